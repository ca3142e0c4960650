"""How a file is recognised without being read, and whether it stayed the same while it was read."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self

from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.submission.frame.zipform import MAXIMUM_SIZE

_CHUNK = 1 << 20
_LATEST = (1 << 63) - 1
"""Nanoseconds that a register can keep: they end in the year 2262, and no file system does."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Size, times and number of a file."""

    size: int
    mtime_ns: int
    inode: str

    @property
    def changed(self) -> str:
        """The time of the last change of any kind, where the system has one."""
        return self.inode.rpartition(":")[2]


def mark_of(found: os.stat_result) -> Mark:
    """The mark of a file; systems without inode numbers give 0 for all.

    The time of the last change of any kind, which nobody can set back, is what Windows does not have: there
    it is that of its making. Whoever sends a file says when it was written, and may say anything.
    """
    changed = found.st_ctime_ns if os.name == "posix" else 0
    written = max(-_LATEST, min(found.st_mtime_ns, _LATEST))
    return Mark(found.st_size, written, f"{found.st_dev}:{found.st_ino}:{changed}")


def mark_at(path: Path) -> Mark | None:
    """The mark of what lies there now; None of what is not there."""
    try:
        return mark_of(path.stat())
    except (OSError, ValueError):
        return None


def name_of(file: BinaryIO) -> Path | None:
    """A path that leads to this very open file; None where the system has none."""
    held = Path(f"/proc/self/fd/{file.fileno()}")
    return held if os.name == "posix" and held.exists() else None


def open_sha256(file: BinaryIO, size: int) -> str:
    """SHA-256 of the first ``size`` bytes of an open file, in hexadecimal."""
    sha, left = hashlib.sha256(), size
    file.seek(0)
    # what grows meanwhile may never end, and is not the same any more
    while left > 0 and (piece := file.read(min(_CHUNK, left))):
        sha.update(piece)
        left -= len(piece)
    return sha.hexdigest()


class Held:
    """An ordinary file held open while others read it by its path, so that a change is noticed."""

    def __init__(self, path: Path) -> None:
        """Nothing is held of what is no ordinary file, or cannot be read."""
        self._path = path
        self._file: BinaryIO | None = None
        self._mark: Mark | None = None
        try:
            self._file = open_ordinary(path)
            self._mark = mark_of(os.fstat(self._file.fileno()))
        except (OSError, FileProblem):
            self.__exit__()

    def __enter__(self) -> Self:
        """Held from the start."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it go."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def path(self) -> Path:
        """The very file that is held: its path may lead to another soon."""
        return (name_of(self._file) if self._file is not None else None) or self._path

    def same(self) -> bool:
        """Whether the path still leads to the file that is held, and nobody wrote at it."""
        if self._file is None:
            return True
        try:
            return mark_of(self._path.stat()) == self._mark == mark_of(os.fstat(self._file.fileno()))
        except OSError:
            return False

    def sha256(self) -> str:
        """Of the file that is held, in hexadecimal; empty where nothing is, or more than any package has."""
        if self._file is None or self._mark is None or self._mark.size > MAXIMUM_SIZE:
            return ""
        return open_sha256(self._file, self._mark.size)
