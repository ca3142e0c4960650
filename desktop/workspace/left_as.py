"""How a workspace file was when it was last let go of on this computer: then its rows need not be read again.

A file says of itself on which computer it was worked with, and so may whoever wrote into its rows by hand.
The profile knows better: by path, the file's size and place on the disk and when it was last touched, which
nobody can set.
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


def note(workspace: Path) -> None:
    """Note it; where nothing may be written nobody is troubled with it."""
    with contextlib.suppress(OSError, ValueError):
        folder(_FOLDER)
        place = _place(workspace)
        half = place.with_name(f"{place.name}.{os.getpid()}.part")
        try:
            half.write_text(json.dumps(_state(workspace)), encoding="utf-8")
            half.replace(place)
        finally:
            half.unlink(missing_ok=True)
        _thin(place.parent)


def is_as_left(workspace: Path) -> bool:
    """Whether nobody has written into it since."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        return bool(json.loads(_place(workspace).read_text(encoding="utf-8")) == _state(workspace))
    return False


def _state(workspace: Path) -> list[int]:
    about = workspace.stat()
    return [about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino]


def _place(workspace: Path) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(workspace))).hexdigest()[:32]
    return home() / _FOLDER / f"{name}.json"


def _thin(place: Path) -> None:
    there = list(place.iterdir())
    if len(there) > _MOST:
        there.sort(key=lambda each: each.stat().st_mtime_ns)
        for each in there[: len(there) - _FEWER]:
            each.unlink(missing_ok=True)
