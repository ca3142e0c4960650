"""What stood in a file when it was last left on this computer: an older copy put in its place is noticed.

People copy files in the file manager, and sometimes an older one over a newer. The profile on this computer
(``heads/``) remembers by path the newest change sets that were there; a file that lacks some of them is
opened like any other, and whoever opens it hears which backup holds them. Bringing that backup back loses
nothing on either side.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import RancangError
from desktop.base.paths import home
from desktop.workspace import backup, file

if TYPE_CHECKING:
    from desktop.workspace.backup import Backup
    from desktop.workspace.store import Workspace


_VERSION = 1
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


def older_than_remembered(workspace: Workspace) -> Older | None:
    """What this file lacks of what was here last time; None where it lacks nothing."""
    known = _read(_file(workspace.id)).get(_place(workspace.path), [])
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


def note(workspace: Workspace) -> None:
    """Remember what stands in this file now. What was lost stays remembered until it is back.

    Where nothing may be written it is not remembered, and nobody is troubled with it.
    """
    with contextlib.suppress(RancangError, sqlite3.Error, OSError, ValueError):
        path, place = _file(workspace.id), _place(workspace.path)
        paths, newest = _read(path), list(workspace.journal.newest())
        if paths.get(place) == newest:
            return
        here = workspace.journal.ids()
        lost = [head for head in paths.get(place, []) if head not in here]
        if here.issuperset(newest):  # what a damaged file says of itself is not remembered
            paths.pop(place, None)
            paths[place] = [*lost, *newest][-_HEADS:]
            _write(path, dict(list(paths.items())[-_PATHS:]))


def forget(identity: str, path: Path) -> None:
    """Somebody chose that an older state stands there: nobody needs to hear of it."""
    remembered = _read(_file(identity))
    if remembered.pop(_place(path), None) is not None:
        with contextlib.suppress(OSError):
            _write(_file(identity), remembered)


def leave(workspace: Workspace) -> None:
    """Back up what was written since the last backup; what stood in the file last is then never gone.

    A full disk at home is no reason to keep a file from being closed.
    """
    with contextlib.suppress(RancangError, sqlite3.Error, OSError):
        if not workspace.read_only:
            workspace.backup("close")


def _place(path: Path) -> str:
    return str(file.real(path))


def _file(identity: str) -> Path:
    """The id comes out of a file from anywhere, so it never becomes a path itself."""
    return home() / "heads" / f"{hashlib.sha256(identity.encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> dict[str, list[str]]:
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError, RecursionError, AttributeError):
        found = json.loads(path.read_text(encoding="utf-8"))["paths"]
        return {str(place): _strings(heads) for place, heads in found.items()}
    return {}


def _strings(heads: Iterable[object]) -> list[str]:
    return [str(head) for head in heads]


def _write(path: Path, paths: dict[str, list[str]]) -> None:
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_text(json.dumps({"version": _VERSION, "paths": paths}), encoding="utf-8")
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _ids(path: Path) -> set[str]:
    """The change sets of a backup; none where it cannot be read."""
    with (
        contextlib.suppress(RancangError, sqlite3.Error, OSError),
        contextlib.closing(file.connect(path, read_only=True)) as opened,
    ):
        return {str(found) for (found,) in opened.execute("SELECT id FROM sync_txn")}
    return set()
