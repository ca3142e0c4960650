"""How a database was when it was last let go of on this computer: then nothing was left half-written in it.

A file that is as it was needs no journal, whatever lies beside it by then. Noted in the profile by path, as
its size and the moment in which it was written.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from desktop.base.paths import folder, home

_FOLDER = "left"
_MOST, _FEWER = 600, 400
"""Notes that are kept, and how many are left when there are more."""


def note(database: Path) -> None:
    """Note it; where nothing may be written nobody is troubled with it."""
    with contextlib.suppress(OSError, ValueError):
        folder(_FOLDER)
        place = _place(database)
        half = place.with_name(f"{place.name}.{os.getpid()}.part")
        try:
            half.write_text(json.dumps(_state(database)), encoding="utf-8")
            half.replace(place)
        finally:
            half.unlink(missing_ok=True)
        _thin(place.parent)


def is_as_left(database: Path) -> bool:
    """Whether nobody has written into it since."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        return bool(json.loads(_place(database).read_text(encoding="utf-8")) == _state(database))
    return False


def _state(database: Path) -> list[int]:
    about = database.stat()
    return [about.st_size, about.st_mtime_ns]


def _place(database: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(database))).hexdigest()[:32]
    return home() / _FOLDER / f"{name}.json"


def _thin(place: Path) -> None:
    there = list(place.iterdir())
    if len(there) > _MOST:
        there.sort(key=lambda each: each.stat().st_mtime_ns)
        for each in there[: len(there) - _FEWER]:
            each.unlink(missing_ok=True)
