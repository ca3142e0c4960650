"""A folder and all that lie in it, whatever their names, rights and depth: no tree of folders ends a look.

Folders come from archives and disks of others: one may be entered by nobody, lie at a path that the system
does not take, or be one of a thousand within each other. Each of these costs itself alone.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

DEEPEST = 64
"""Folders within each other that are looked into; people have ten."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies in one folder, by name and in order; of links to folders none is followed."""

    path: Path
    folders: list[str] = field(default_factory=list)
    """Whoever looks takes out those that need not be looked into."""
    links: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def walked(root: Path, unseen: Callable[[OSError], object] = lambda _error: None) -> Iterator[Folder]:
    """This folder, then each in it with all that lie in that one.

    ``unseen`` is told of folders that cannot be looked into or lie too deep. Never raises.
    """
    waiting = [(root, 0)]
    while waiting:
        path, depth = waiting.pop()
        # somebody may have put a link in its place meanwhile
        if depth and is_so(path.is_symlink):
            continue
        if depth > DEEPEST:
            unseen(OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(path)))
            continue
        here = Folder(path)
        try:
            with os.scandir(path) as entries:
                for each in entries:
                    _kind(each, here).append(each.name)
        except OSError as error:
            unseen(error)
            continue
        for names in (here.folders, here.links, here.names):
            names.sort()
        yield here
        waiting += [(path / name, depth + 1) for name in reversed(here.folders)]


def files_below(root: Path) -> Iterator[Path]:
    """The files in a folder and in all folders in it; what cannot be looked into has none."""
    for here in walked(root):
        yield from (path for name in here.names if is_so((path := here.path / name).is_file))


def is_so(question: Callable[[], bool]) -> bool:
    """What the system says of a path (``path.is_dir``); what cannot be asked is not so. Never raises."""
    try:
        return question()
    except (OSError, ValueError):
        return False


def _kind(entry: os.DirEntry[str], here: Folder) -> list[str]:
    """What cannot be asked is told with the files, as something that cannot be read."""
    try:
        if entry.is_dir():
            return here.links if entry.is_symlink() else here.folders
    except OSError:
        pass
    return here.names
