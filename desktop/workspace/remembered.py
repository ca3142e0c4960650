"""What stood in a file when it was last left on this computer: an older copy put in its place is noticed.

People copy files in the file manager, and sometimes an older one over a newer. The profile on this computer
(``heads/``) remembers by path the newest change sets that were there; a file that lacks some of them is
opened like any other, and whoever opens it hears which backup holds them. Bringing that backup back loses
nothing on either side.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import RancangError
from desktop.workspace import backup, file
from desktop.workspace.beside import real
from desktop.workspace.noted import Noted

if TYPE_CHECKING:
    from desktop.workspace.backup import Backup
    from desktop.workspace.contents import Contents
    from desktop.workspace.store import Workspace


_NOTED = Noted("heads", "paths")
_PATHS, _HEADS = 32, 64
"""Paths remembered of one workspace, and heads of one path: enough for every copy somebody works on."""


@dataclass(frozen=True, slots=True)
class Older:
    """A file lacks change sets that were there when it was last left on this computer."""

    lost: tuple[str, ...]
    """The newest of them."""
    backup: Backup | None
    """The backup that holds most of them; None where none does."""
    change_sets: int
    """How many change sets the backup holds that the file lacks."""
    whole: bool
    """Whether the backup holds all that is known to be lost."""


def older_than_remembered(workspace: Contents) -> Older | None:
    """What this file lacks of what was here last time; None where it lacks nothing."""
    known = _NOTED.read(workspace.id).get(_place(workspace.path), [])
    if not known:
        return None
    here = workspace.journal.ids()
    lost = tuple(head for head in known if head not in here)
    if not lost:
        return None
    best: tuple[bool, int, Backup] | None = None
    for saved in [*backup.listed(workspace.id), *backup.listed_second(workspace.id)]:
        there = _ids(saved.path)
        more, all_of_it = len(there - here), there.issuperset(lost)
        # newest first, so that of equals the newest stays
        if more and (best is None or (all_of_it, more) > best[:2]):
            best = all_of_it, more, saved
    if best is None:
        return Older(lost, None, 0, whole=False)
    return Older(lost, best[2], best[1], whole=best[0])


def lacks_for_good(workspace: Contents) -> bool:
    """Whether this file lacks something of what was here last time that no backup holds."""
    older = older_than_remembered(workspace)
    return older is not None and not older.whole


def note(workspace: Workspace) -> None:
    """Remember what stands in this file now. What was lost stays remembered until it is back.

    Where nothing may be written it is not remembered, and nobody is troubled with it.
    """
    with contextlib.suppress(RancangError, sqlite3.Error, OSError, ValueError):
        place, newest = _place(workspace.path), list(workspace.journal.newest())
        paths = _NOTED.read(workspace.id)
        if paths.get(place) == newest:
            return
        here = workspace.journal.ids()
        lost = [head for head in paths.get(place, []) if head not in here]
        if here.issuperset(newest):  # what a damaged file says of itself is not remembered
            paths.pop(place, None)
            paths[place] = [*lost, *newest][-_HEADS:]
            _NOTED.write(workspace.id, dict(list(paths.items())[-_PATHS:]))


def forget(identity: str, path: Path) -> None:
    """Somebody chose that an older state stands there: nobody needs to hear of it."""
    remembered = _NOTED.read(identity)
    if remembered.pop(_place(path), None) is not None:
        _NOTED.write(identity, remembered)


def leave(workspace: Workspace) -> None:
    """Back up what was written since the last backup; what stood in the file last is then never gone.

    A full disk at home is no reason to keep a file from being closed.
    """
    with contextlib.suppress(RancangError, sqlite3.Error, OSError):
        if not workspace.read_only:
            workspace.backup("close")


def _place(path: Path) -> str:
    return str(real(path))


def _ids(path: Path) -> set[str]:
    """The change sets of a backup; none where it cannot be read."""
    with (
        contextlib.suppress(RancangError, sqlite3.Error, OSError),
        file.peeked(path) as opened,
    ):
        return {str(found) for (found,) in opened.execute("SELECT id FROM sync_txn")}
    return set()
