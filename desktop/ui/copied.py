"""Which answers a person has already copied into an online form, remembered on this computer only."""

from __future__ import annotations

import contextlib
import json

from desktop.base.paths import home

MOST = 4000
"""How many marks are remembered; the oldest are forgotten."""


class Copied:
    """Fingerprints of what was copied, by name; a damaged file counts as none."""

    def __init__(self) -> None:
        self._path = home() / "copied.json"
        self._known = self._read()

    def _read(self) -> dict[str, str]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(key): str(value) for key, value in data.items()}
        except (OSError, ValueError, AttributeError):
            return {}

    def find(self, name: str) -> str:
        """The fingerprint of what was copied, or nothing."""
        return self._known.get(name, "")

    def keep(self, marks: dict[str, str]) -> None:
        """Remember marks; an empty one is forgotten. A full disk is no reason to stop."""
        known = {**self._read(), **self._known}
        for name, mark in marks.items():
            known.pop(name, None)
            if mark:
                known[name] = mark
        self._known = dict(list(known.items())[-MOST:])
        fresh = self._path.with_suffix(".new")
        try:
            fresh.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(self._known), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
