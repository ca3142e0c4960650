"""Which person's profile on which computer is at work: copies opened elsewhere become copies of their own."""

from __future__ import annotations

import contextlib
import json

from desktop.base.ids import derived_id, new_id
from desktop.base.paths import home


def device() -> str:
    """The identity of this person's profile on this computer; made on first use.

    Where nothing may be written it is derived from the names of the person and the computer, so that
    it is at least the same next time.
    """
    path = home() / "device.json"
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, RecursionError):
        return str(json.loads(path.read_text(encoding="utf-8"))["id"])
    identity = new_id()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"id": identity}), encoding="utf-8")
    except OSError:
        import platform

        return derived_id("device", platform.node(), person())
    return identity


def person() -> str:
    """The name the operating system knows the person by."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
