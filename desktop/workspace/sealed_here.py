"""Which packages were sealed of a document on this computer, out of which file and where to.

Each file has a log of its own (``parcels``). An older copy or a backup that takes its place lacks what was
sealed since, and would not offer it as what the next package replaces. So the profile on this computer
remembers besides what this program has sealed. Nothing that stands in a file comes in here: that may be
anybody's. It helps whoever says what is replaced, and never says so itself: what was sealed elsewhere it
cannot know.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from desktop.workspace import tables
from desktop.workspace.beside import real
from desktop.workspace.journal import Journal
from desktop.workspace.noted import Noted

_NOTED = Noted("sealed", "packages")
_KNOWN, _HEADS = 1000, 64
"""Sealings remembered of one document, and heads of one state; a plan that is worked on has few."""
_NAMES = 4
"""What stands before the heads."""


@dataclass(frozen=True, slots=True)
class Sealing:
    """One at its place, as this computer remembers it."""

    package: Path
    file: str
    """The workspace's file that it was sealed of."""
    id: str
    at: str
    by: str
    heads: tuple[str, ...]
    """The change sets that no other named as parent; empty where that is not known."""


def note(journal: Journal, workspace: Path, sealing: tuple[str, str, str, str], position: int) -> None:
    """Remember a sealing: the package's place, its id, when and by whom; ``position``: of what stood then."""
    place, *facts = sealing
    identity = journal.meta("workspace")
    known = _NOTED.read(identity)
    name = f"{facts[0]} {place}"
    known.pop(name, None)
    known[name] = [str(real(workspace)), *facts, *_heads_at(journal, position)]
    _NOTED.write(identity, dict(list(known.items())[-_KNOWN:]))


def sealings(journal: Journal, workspace: Path) -> list[Sealing]:
    """What was sealed here of the file at this place, whatever lies there by now; the last one first.

    Where a link lies there, the place is that of the link, too: it may have taken the place of the file.
    """
    named = Path(real(workspace.parent), workspace.name)
    return [each for each in everywhere(journal) if each.file in {str(real(workspace)), str(named)}]


def everywhere(journal: Journal) -> list[Sealing]:
    """What was sealed here of the document, out of whatever file; the last one first."""
    found = list[Sealing]()
    for name, facts in reversed(_NOTED.read(journal.meta("workspace")).items()):
        with contextlib.suppress(ValueError):
            of, identity, at, by = facts[:_NAMES]
            place = Path(name.removeprefix(f"{identity} "))
            found.append(Sealing(place, of, identity, at, by, tuple(facts[_NAMES:])))
    return found


def _heads_at(journal: Journal, position: int) -> list[str]:
    """The newest change sets of what stood at a position; none where there are more than are kept."""
    change_set = tables.change_set
    query = sa.select(change_set.c.id, change_set.c.parents).where(change_set.c.no <= position)
    found = journal.connection.execute(query).all()
    named = {parent for _, parents in found for parent in json.loads(parents)}
    heads = [identity for identity, _ in found if identity not in named]
    return heads if len(heads) <= _HEADS else []
