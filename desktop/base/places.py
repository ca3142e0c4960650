"""When two paths lead to one file, however it is spelled: a link, ``..``, another case, a relative path."""

from __future__ import annotations

import os
from pathlib import Path


def names_of(path: Path) -> frozenset[str]:
    """What a place is known by; two paths lead to one place where they share any of it.

    What is not there is known by its spelling alone: of a share that has gone each folder on the way would
    keep the window waiting once more.
    """
    try:
        found = path.stat()
        real = os.path.normcase(os.path.realpath(path))
    except (OSError, ValueError):
        return frozenset({os.path.normcase(_absolute(path))})
    # some drives count no files, and give all of them one number
    return frozenset({real, f"{found.st_dev}:{found.st_ino}" if found.st_ino else real})


def _absolute(path: Path) -> Path:
    try:
        return path.absolute()
    except OSError:  # the folder that it is told from was deleted
        return path


def is_called(path: Path, other: Path) -> bool:
    """Whether two paths are one name in one folder: what a link of that name leads to is another matter.

    Whoever may write in a folder can lay a link to another of its files in a file's place.
    """
    return path == other or _name_of(path) == _name_of(other)


def _name_of(path: Path) -> str:
    """Ways that lead through a folder that is not there are told by their spelling."""
    plain = _absolute(path)
    try:
        return os.path.normcase(Path(os.path.realpath(plain.parent), plain.name))
    except (OSError, ValueError):
        return os.path.normcase(plain)


def is_one(path: Path, other: Path) -> bool:
    """Whether two paths lead to one place."""
    return path == other or not names_of(path).isdisjoint(names_of(other))
