"""What a person has seen of a workspace: the newest change sets there when they last left it.

It is remembered in the profile on this computer (``seen/``), never in the file, so that a colleague's
having looked does not count as one's own. Heads of several copies of one workspace are kept together:
what was seen in one file is seen in all.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

from desktop.base.paths import home
from desktop.workspace.profile import person

MOST = 64
"""Heads remembered of one workspace; older ones lie below these anyway."""
_VERSION = 1


def seen(workspace: str, who: str = "") -> tuple[str, ...] | None:
    """The heads a person has seen of the workspace of this id; None when they were never here."""
    known = _read(_file(workspace)).get(_who(who))
    return tuple(known) if known is not None else None


def remember(workspace: str, heads: Iterable[str], who: str = "", *, below: Iterable[str] = ()) -> None:
    """Remember that a person has seen these heads; those named ``below`` lie under them and go.

    Where nothing may be written it is not remembered, and nobody is troubled with it.
    """
    path = _file(workspace)
    everybody = _read(path)
    old = [head for head in everybody.get(_who(who), []) if head not in set(below)]
    kept = list(dict.fromkeys([*old, *heads]))[-MOST:]
    if everybody.get(_who(who)) == kept:
        return
    everybody[_who(who)] = kept
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(json.dumps({"version": _VERSION, "seen": everybody}), encoding="utf-8")
        half.replace(path)
    with contextlib.suppress(OSError):
        half.unlink(missing_ok=True)


def _who(who: str) -> str:
    return " ".join((who or person()).split()).casefold()


def _file(workspace: str) -> Path:
    """The id comes out of a file from anywhere, so it never becomes a path itself."""
    return home() / "seen" / f"{hashlib.sha256(workspace.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> dict[str, list[str]]:
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, RecursionError, AttributeError):
        found = json.loads(path.read_text(encoding="utf-8"))["seen"]
        return {str(who): [str(head) for head in heads] for who, heads in found.items()}
    return {}
