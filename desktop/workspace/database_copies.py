"""Copies of files that came from elsewhere, in a folder of ours, with the holes that they have."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary

_HEADER = b"SQLite format 3\0"


def copied(path: Path, copy: Path) -> list[str]:
    """Copy a file, and of a database what is to be played into it; the SHA-256 of each, in order.

    Raises NotOrdinary, FileProblem.
    """
    there = Path(os.path.realpath(path))
    found = [one_file(there, copy, path.name)]
    with copy.open("rb") as made:
        if made.read(len(_HEADER)) != _HEADER:
            return found
    for end in ("-journal", "-wal"):
        beside = there.with_name(there.name + end)
        if os.path.lexists(beside):
            found.append(end + one_file(beside, copy.with_name(copy.name + end), path.name + end))
    return found


def one_file(path: Path, copy: Path, name: str = "") -> str:
    """Copy one file; its SHA-256. Raises NotOrdinary, FileProblem."""
    with open_ordinary(path, links=False, name=name or path.name) as source:
        return _one(source.fileno(), copy, name or path.name)


def _one(source: int, target: Path, name: str) -> str:
    """Copy what is open, whole or not at all, and say its SHA-256."""
    hasher, holes = hashlib.sha256(), []
    try:
        # what grows meanwhile has no end
        size, at = os.fstat(source).st_size, 0
        _check_space(size, target.parent)
        with target.open("xb") as file:
            file.truncate(size)
            while at < size:
                found = _next_data(source, at)
                if found is None:
                    break
                if found > at:
                    holes.append((at, found))
                    at = found
                os.lseek(source, at, os.SEEK_SET)
                file.seek(at)
                piece = os.read(source, min(size - at, 1 << 20))
                if not piece:
                    break
                at += len(piece)
                hasher.update(piece)
                file.write(piece)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise FileProblem.from_os(error, name) from error
    if not holes and at == size:
        return hasher.hexdigest()
    # where nothing is written is said beside what is written
    return hashlib.sha256(f"{hasher.hexdigest()} {holes} {size}".encode()).hexdigest()


def _next_data(source: int, at: int) -> int | None:
    """Where something is written from here on, None where nothing is: a stick may hold more than fits."""
    if not hasattr(os, "SEEK_DATA"):
        return at
    try:
        return os.lseek(source, at, os.SEEK_DATA)
    except OSError as error:
        return None if error.errno == errno.ENXIO else at


def _check_space(size: int, folder: Path) -> None:
    """A file full of nothing would fill the disk before anybody hears of it."""
    if size > shutil.disk_usage(folder).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
