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

_FOLDER, _COPIES = "left", "left-copies"
_MOST, _FEWER = 600, 400
"""Notes that are kept, and how many are left when there are more."""


def note(workspace: Path) -> None:
    """Note it; where nothing may be written nobody is troubled with it."""
    _note(workspace, _FOLDER)


def note_copy(copy: Path) -> None:
    """The same of a copy made for a worker: there are many of them, and they crowd out nobody."""
    _note(copy, _COPIES)


def _note(workspace: Path, kind: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        folder(kind)
        place = _place(workspace, kind)
        half = place.with_name(f"{place.name}.{os.getpid()}.part")
        try:
            half.write_text(json.dumps(state(workspace)), encoding="utf-8")
            half.replace(place)
        finally:
            half.unlink(missing_ok=True)
        _thin(place.parent)


def is_as_left(workspace: Path) -> bool:
    """Whether nobody has written into it since."""
    for kind in (_FOLDER, _COPIES):
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if json.loads(_place(workspace, kind).read_text(encoding="utf-8")) == state(workspace):
                return True
    return False


def state(workspace: Path) -> list[int]:
    """What tells whether somebody has written into a file: its size, when it was touched, its place."""
    about = workspace.stat()
    return [about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino]


def _place(workspace: Path, kind: str) -> Path:
    name = hashlib.sha256(os.fsencode(os.path.realpath(workspace))).hexdigest()[:32]
    return home() / kind / f"{name}.json"


def _thin(place: Path) -> None:
    there = list(place.iterdir())
    if len(there) > _MOST:
        there.sort(key=lambda each: each.stat().st_mtime_ns)
        for each in there[: len(there) - _FEWER]:
            each.unlink(missing_ok=True)
