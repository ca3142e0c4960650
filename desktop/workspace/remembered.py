"""What stood in a file when it was last left on this computer: an older copy put in its place is noticed.

People copy files in the file manager, and sometimes an older one over a newer. The profile on this computer
(``heads/``) remembers by path the newest change sets that were there; a file that lacks some of them is
opened like any other, and whoever opens it hears which backup holds them. Bringing that backup back loses
nothing on either side.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
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
    backup: Backup | None = None
    """The backup from which they come back best; None where there is none."""
    change_sets: int = 0
    """How many change sets it holds that were here and that the file lacks."""
    others: int = 0
    """How many more it would bring, of which it is not known that they were ever here."""
    whole: bool = False
    """Whether the backup holds all that is known to be lost."""


def older_than_remembered(workspace: Contents) -> Older | None:
    """What this file lacks of what was here last time; None where it lacks nothing.

    A change set was here where one that is lost rests on it: names are hashes of all that is before. The best
    backup brings nothing else. Where each brings more, one of this copy goes before one of another copy that
    was looked into here, then one that holds all, and then the one that brings the fewest others.
    """
    places = _NOTED.read(workspace.id)
    named = str(Path(real(workspace.path.parent), workspace.path.name))
    # a link may have taken the place of the file
    known = dict.fromkeys([*places.get(named, []), *places.get(_place(workspace.path), [])])
    if not known:
        return None
    here = workspace.journal.ids()
    lost = tuple(head for head in known if head not in here)
    if not lost:
        return None
    place = backup.place_word(workspace.path)
    best: tuple[tuple[bool, bool, bool, int, int], Older] | None = None
    for saved in [*backup.listed(workspace.id), *backup.listed_second(workspace.id)]:
        new, own = _new(saved.path, here), saved.place == place
        was = _until(lost, new)
        if was or (own and new):
            found = Older(lost, saved, len(was), len(new) - len(was), was.issuperset(lost))
            sure = not found.others
            worth = sure, own or sure, found.whole, -found.others, found.change_sets
            # newest first, so that of equals the newest stays
            if best is None or worth > best[0]:
                best = worth, found
    return best[1] if best else Older(lost)


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


def _new(path: Path, here: set[str]) -> dict[str, list[str]]:
    """The change sets of a backup that are not here, with what each rests on; none of a damaged one."""
    with (
        contextlib.suppress(RancangError, sqlite3.Error, OSError, ValueError, TypeError),
        file.peeked(path) as opened,
    ):
        found = opened.execute("SELECT id, parents FROM sync_txn")
        return {str(name): json.loads(parents) for name, parents in found if name not in here}
    return {}


def _until(lost: Iterable[str], new: Mapping[str, list[str]]) -> set[str]:
    """Those of some change sets that are lost, and all that these rest on."""
    seen, todo = set[str](), [head for head in lost if head in new]
    while todo:
        at = todo.pop()
        if at not in seen:
            seen.add(at)
            todo += [parent for parent in new[at] if parent in new]
    return seen
