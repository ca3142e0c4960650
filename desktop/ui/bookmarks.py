"""Where a person stopped in each interview, remembered on this computer and never in a workspace."""

from __future__ import annotations

import contextlib
import json

from desktop.base.paths import home

MOST = 400
"""How many places are remembered; the oldest are forgotten."""


class Bookmarks:
    """A place by name; a damaged file counts as none, a full disk is no reason to stop working."""

    def __init__(self) -> None:
        self._path = home() / "stopped.json"

    def _read(self) -> dict[str, str]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): str(value) for key, value in data.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def find(self, name: str) -> str:
        """Where somebody stopped, or nothing."""
        return self._read().get(name, "")

    def keep(self, name: str, place: str) -> None:
        """Remember a place."""
        known = self._read()
        if known.get(name) == place:
            return
        known.pop(name, None)
        known[name] = place
        fresh = self._path.with_suffix(".new")
        try:
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(dict(list(known.items())[-MOST:])), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
