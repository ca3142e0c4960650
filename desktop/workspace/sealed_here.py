"""Which packages were sealed of a document on this computer, out of which file and where to.

Each file has a log of its own (``parcels``). An older copy or a backup that takes its place lacks what was
sealed since: it would call the next package the first, and every signer is told so. So the profile on this
computer remembers besides what this program has sealed. Nothing that stands in a file comes in here: that may
be anybody's. Where nobody can say what was sealed (the file that was replaced holds packages that nobody here
knows, is gone, damaged or another document's) that is written into the log: then a person is asked.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from desktop.base.canonical import canonical_text
from desktop.base.errors import RancangError
from desktop.workspace import file, tables
from desktop.workspace.beside import real
from desktop.workspace.journal import Journal
from desktop.workspace.noted import Noted

_NOTED = Noted("sealed", "packages")
_KNOWN, _HEADS = 1000, 64
"""Sealings remembered of one document, and heads of one state; a plan that is worked on has few."""
_NAMES = 4
"""What stands before the heads."""

UNKNOWN = canonical_text({"unknown": True})
"""The facts of what is written down where nobody can say what was sealed."""


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
    """What was sealed here of the file at this place, whatever lies there by now; the last one first."""
    here = str(real(workspace))
    return [each for each in _all(journal) if each.file == here]


def any_known(journal: Journal) -> bool:
    """Whether this computer sealed anything of the document, out of whatever file."""
    return bool(_all(journal))


def may_hold(journal: Journal, other: Path | None) -> bool:
    """Whether another file of the document knows of packages, or nobody can say."""
    if other is None:
        return True
    try:
        with file.peeked(other) as connection:
            own = connection.execute("SELECT value FROM sync_meta WHERE key = 'workspace'").fetchone()
            query = "SELECT 1 FROM sync_package_log WHERE direction = 'sealed' LIMIT 1"
            return own != (journal.meta("workspace"),) or connection.execute(query).fetchone() is not None
    except (sqlite3.Error, RancangError, ValueError):
        return True


def write_unknown(journal: Journal) -> None:
    """Write down that nobody can say what was sealed."""
    row = dict.fromkeys(("file", "at", "by", "backup"), "")
    journal.connection.execute(
        tables.package_log.insert().values(direction="sealed", counts="{}", facts=UNKNOWN, **row)
    )


def _all(journal: Journal) -> list[Sealing]:
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
