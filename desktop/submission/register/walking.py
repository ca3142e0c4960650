"""Which files lie in the folders that were named, and which of them were handed in as one thing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message
from desktop.submission.mark import Mark, mark_of
from desktop.submission.plainly import plain
from desktop.submission.register.examine import written

MOST = 100_000
"""Files looked at in one run."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file before it is read. ``unit`` is what was handed in: the file, or the folder it came in."""

    path: Path
    root: Path
    unit: Path
    mark: Mark


class Walk:
    """One look at some folders: every file, each once, and what could not be looked at."""

    def __init__(self, paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> None:
        # a folder may be named in several ways, and what lies in it came in once
        self._roots = list(dict.fromkeys(Path(os.path.realpath(path)) for path in paths))
        self._skipped = {os.path.realpath(each) for each in leave_out}
        self._unseen: list[str] = []
        self.problems: list[Message] = []

    def found(self) -> Iterator[Found]:
        """In the order of names; links to elsewhere are not followed, but those that somebody named.

        What lies directly in a named folder stands for itself; what lies in a folder of it belongs to the
        deepest folder, so that provinces may have folders of regions.
        """
        seen: set[str] = set()
        for root in self._roots:
            is_folder = root.is_dir()
            for file in self._files(root):
                place = str(file)
                if place in seen or os.path.realpath(place) in self._skipped:
                    continue
                if len(seen) == MOST:
                    self._unseen += [written(each) for each in self._roots]
                    self.problems.append(Message("submission.register.too_many", most=MOST))
                    return
                seen.add(place)
                try:
                    mark = mark_of(file.lstat())
                except OSError:
                    mark = Mark(-1, 0, "")
                alone = file.parent == root or not is_folder
                yield Found(file, root, file if alone else file.parent, mark)

    def saw(self, path: str) -> bool:
        """Whether a file at this place would have been found; asked when all was looked at."""
        return _lies_in(path, (written(each) for each in self._roots)) and not _lies_in(path, self._unseen)

    def _files(self, root: Path) -> Iterator[Path]:
        if not root.is_dir():
            yield root
            return
        for folder, folders, names in os.walk(root, onerror=self._not_seen):
            folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
            # a folder that is a link is not looked into, and so has to be told like a file that is one
            links = [name for name in folders if Path(folder, name).is_symlink()]
            for name in sorted([*names, *links]):
                if not _is_byproduct(name):
                    yield Path(folder, name)

    def _not_seen(self, error: OSError) -> None:
        """A folder that cannot be read, for good or for a moment: nobody knows what lies in it."""
        place = written(Path(os.fsdecode(error.filename)))
        self._unseen.append(place)
        reason = str(error.strerror or type(error).__name__)
        self.problems.append(
            Message("submission.register.folder_unreadable", folder=plain(place), reason=reason)
        )


def _lies_in(path: str, places: Iterable[str]) -> bool:
    return any(path == each or path.startswith(each.rstrip(os.sep) + os.sep) for each in places)


def _is_byproduct(name: str) -> bool:
    """What systems and programs leave beside people's files."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "desktop.ini"}
