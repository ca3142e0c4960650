"""Which files lie in the folders that were named, and which of them were handed in as one thing."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.folders import is_so, walked
from desktop.base.ordinary import open_ordinary
from desktop.submission.mark import Mark, mark_of
from desktop.submission.plainly import plain, shown
from desktop.submission.register.examine import written

_COPIES = frozenset({
    ".documentrevisions-v100", ".dropbox.cache", ".fseventsd", ".spotlight-v100", ".stfolder", ".stversions",
    ".sync", ".temporaryitems", ".thumbnails", ".tmp.drivedownload", ".tmp.driveupload", ".trashes",
    # of Windows, and of network drives: bins and older states of every file
    "$recycle.bin", "recycler", "recycled", "system volume information", "lost+found",
    "#recycle", "@recycle", ".recycle", "#snapshot", ".snapshot", ".snapshots", "~snapshot", ".zfs", "@eadir",
})  # fmt: skip
"""Folders of what was thrown away, replaced, or is on its way: nobody hands in anything there."""
_FOUND = re.compile(r"found\.[0-9]{3}")
"""What Windows found when it mended a disk."""
_SYSTEMS = frozenset({"__macosx", ".appledouble", ".cache", ".git", ".idea", ".svn", ".vscode"})
"""Others that programs keep; any other name, whatever it begins with, may be somebody's."""
_HANDED_IN = frozenset({".asice", ".sce", ".zip", ".pdf", ".7z", ".rar"})
_DOUBLE = b"\x00\x05\x16\x07"
"""How a file begins that macOS lays beside another one, with the same ending."""

_AWAY = ".icloud"
"""How a name ends that stands for a file which a cloud took off this computer: ``.a.asice.icloud``."""

MOST = 100_000
"""Files looked at in one run."""
_MOST_ASIDE = 20_000
"""Names read in folders of systems."""


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
        self.errors: list[OSError] = []
        """Why folders could not be looked into."""
        self._hidden: list[str] = []
        self._away: list[str] = []
        self._aside: list[str] = []
        self._names_aside = 0
        self._unreadable: list[Message] = []
        self.passed_over: list[Message] = []
        """What was not looked at and may have been handed in all the same."""

    @property
    def problems(self) -> list[Message]:
        """What could not be looked at and what was not."""
        return [*self._unreadable, *self.passed_over]

    def found(self) -> Iterator[Found]:
        """In the order of names; links to elsewhere are not followed, but those that somebody named.

        What lies directly in a named folder stands for itself; what lies in a folder of it belongs to the
        deepest folder, so that provinces may have folders of regions.
        """
        seen: set[str] = set()
        for root in self._roots:
            is_folder = self._is_folder(root)
            for file in self._files(root, is_folder=is_folder):
                place = str(file)
                # no link was followed on the way to it
                if place in seen or place in self._skipped or self._leads_to_skipped(file):
                    continue
                if len(seen) == MOST:
                    self._unseen += [written(each) for each in self._roots]
                    self.passed_over.append(Message("submission.register.too_many", most=MOST))
                    self._tell_passed_over()
                    return
                seen.add(place)
                try:
                    mark = mark_of(file.lstat())
                except OSError:
                    mark = Mark(-1, 0, "")
                alone = file.parent == root or not is_folder
                yield Found(file, root, file if alone else file.parent, mark)
        self._tell_passed_over()

    def _tell_passed_over(self) -> None:
        """What was not looked at and may have been handed in all the same."""
        if self._hidden:
            first = plain(self._hidden[0])
            self.passed_over.append(Message("submission.register.hidden", n=len(self._hidden), file=first))
        if self._away:
            first = plain(self._away[0])
            self.passed_over.append(Message("submission.register.away", n=len(self._away), file=first))
        if self._aside:
            first = plain(self._aside[0])
            self.passed_over.append(Message("submission.register.aside", n=len(self._aside), file=first))
        if self._names_aside > _MOST_ASIDE:
            self.passed_over.append(Message("submission.register.aside_many", most=_MOST_ASIDE))

    def saw(self, path: str) -> bool:
        """Whether a file at this place would have been found; asked when all was looked at."""
        return _lies_in(path, (written(each) for each in self._roots)) and not _lies_in(path, self._unseen)

    def _is_folder(self, root: Path) -> bool | None:
        """Whether a named place is one; None where nobody can say now: a share may have failed meanwhile."""
        try:
            return stat.S_ISDIR(root.stat().st_mode)
        except OSError as error:
            self._not_seen(OSError(error.errno, error.strerror, str(root)))
            return None

    def _leads_to_skipped(self, file: Path) -> bool:
        link = is_so(file.is_symlink)
        return link and any(is_so(partial(file.samefile, each)) for each in self._skipped)

    def _files(self, root: Path, *, is_folder: bool | None) -> Iterator[Path]:
        if is_folder is None:
            return
        if not is_folder:
            yield root
            return
        for here in walked(root, self._not_seen):
            for name in here.folders:
                if name.casefold() in _SYSTEMS:
                    self._look_aside(here.path / name)
            here.folders[:] = [name for name in here.folders if not _is_of_a_system(name)]
            # a folder that is a link is not looked into, and so has to be told like a file that is one
            links = [name for name in here.links if not _is_of_a_system(name)]
            for name in sorted([*here.names, *links]):
                if not _is_byproduct(name):
                    yield here.path / name
                elif name.casefold().endswith(_AWAY):
                    # what it stands for, by its name: there is nothing else to look at
                    there = here.path / name[1 : -len(_AWAY)]
                    self._away += [written(there)] if there.suffix.casefold() in _HANDED_IN else []
                elif _could_be_handed_in(here.path / name):
                    self._hidden.append(written(here.path / name))

    def _look_aside(self, root: Path) -> None:
        """By their names: what lies in a folder that a program keeps for itself, and no more of them."""
        for here in walked(root, self._not_seen):
            for name in here.names:
                self._names_aside += 1
                if self._names_aside > _MOST_ASIDE:
                    return
                if _could_be_handed_in(here.path / name):
                    self._aside.append(written(here.path / name))

    def _not_seen(self, error: OSError) -> None:
        """A folder that cannot be read, for good or for a moment: nobody knows what lies in it."""
        place = written(Path(os.fsdecode(error.filename)))
        self._unseen.append(place)
        self.errors.append(error)
        reason = str(error.strerror or type(error).__name__)
        self._unreadable.append(
            Message("submission.register.folder_unreadable", folder=shown(place), reason=reason)
        )


def _lies_in(path: str, places: Iterable[str]) -> bool:
    return any(path == each or path.startswith(each.rstrip(os.sep) + os.sep) for each in places)


def _is_of_a_system(name: str) -> bool:
    folded = name.casefold()
    return folded in _SYSTEMS | _COPIES or folded.startswith(".trash-") or bool(_FOUND.fullmatch(folded))


def _could_be_handed_in(file: Path) -> bool:
    """Whether a by-product, by its name, is a package or a document all the same."""
    if file.suffix.casefold() not in _HANDED_IN:
        return False
    try:
        with open_ordinary(file) as opened:
            head = opened.read(len(_DOUBLE))
    except (OSError, FileProblem):
        return True
    return bool(head) and head != _DOUBLE


def _is_byproduct(name: str) -> bool:
    """What systems and programs leave beside people's files."""
    return name.startswith((".", "~$")) or name.casefold() in {"thumbs.db", "desktop.ini"}
