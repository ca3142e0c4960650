"""Which files lie in the folders that were named, and which of them were handed in as one thing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.submission.register.examine import Mark, mark_of

MOST = 100_000
"""Files looked at in one run."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file before it is read. ``unit`` is what was handed in: the file, or the folder it came in."""

    path: Path
    root: Path
    unit: Path
    mark: Mark


def found_in(paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> Iterator[Found]:
    """Every file, each once, in the order of names; links to elsewhere are not followed.

    What lies directly in a named folder stands for itself; what lies in a folder of it belongs to the
    deepest folder, so that provinces may have folders of regions.
    """
    skipped = {os.path.realpath(each) for each in leave_out}
    seen: set[str] = set()
    for path in paths:
        root = path.absolute()
        is_folder = root.is_dir()
        for file in _files(root):
            place = str(file)
            if place in seen or os.path.realpath(place) in skipped:
                continue
            seen.add(place)
            if len(seen) > MOST:
                return
            try:
                mark = mark_of(file.lstat())
            except OSError:
                mark = Mark(-1, 0, "")
            alone = file.parent == root or not is_folder
            yield Found(file, root, file if alone else file.parent, mark)


def _files(root: Path) -> Iterator[Path]:
    if not root.is_dir():
        # who names a link means what it leads to
        yield Path(os.path.realpath(root)) if root.is_symlink() else root
        return
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in sorted(names):
            if not _is_byproduct(name):
                yield Path(folder, name)


def _is_byproduct(name: str) -> bool:
    """What systems and programs leave beside people's files."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "desktop.ini"}
