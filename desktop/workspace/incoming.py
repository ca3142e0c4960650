"""What a colleague's file brings: a whole workspace or changes. Its content tells which, never its name."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from desktop.base.errors import FileProblem, RancangError
from desktop.base.ordinary import open_ordinary
from desktop.workspace import blobs, changes_file, engine, file, handouts, migrate, selfcheck, tables, wire
from desktop.workspace.changes_file import Sender
from desktop.workspace.errors import DamagedChanges, IncompleteChanges, TooManyChanges
from desktop.workspace.handouts import Vouched
from desktop.workspace.journal import ChangeSet, Edit, Journal

_MOST = 3 * changes_file.OPERATIONS
"""Operations of a whole file that is read from end to end: more would fill the memory."""
_FEW = 0.5
"""Of a file's change sets the share up to which only the rows they touch are read."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The change sets and copies that a file brings, and where its attachments are found."""

    workspace: str
    change_sets: tuple[ChangeSet, ...]
    replicas: tuple[dict[str, Any], ...]
    path: Path
    sender: Sender = field(default_factory=Sender)
    heads: tuple[str, ...] = ()
    """The newest change sets of the copy it comes from."""
    review: bool = False
    """Whether whoever made it said that it holds a review and nothing else."""
    vouched: Vouched = Vouched.OWN_WORD
    """What our own file knows of the sender."""
    lines: tuple[list[Any], ...] | None = field(default=None, repr=False)
    """Of a changes file: its change sets still packed; what they rest on is here, not in the file."""

    def unpacked(self, journal: Journal) -> tuple[ChangeSet, ...]:
        """The change sets, whole. Raises IncompleteChanges, DamagedChanges, TooManyChanges."""
        if self.lines is None:
            return self.change_sets
        try:
            return tuple(wire.unpack(self.lines, journal.texts))
        except wire.Unfounded as error:
            raise IncompleteChanges(self.path.name, self.sender.called) from error
        except wire.TooMuch as error:
            raise TooManyChanges(self.path.name) from error
        except wire.Garbled as error:
            raise DamagedChanges(self.path.name) from error


def read_incoming(path: Path, known: Collection[str] = ()) -> Incoming:
    """Read a workspace file or a changes file; of the first what is ``known`` here already is left out.

    Raises NotChanges, DamagedChanges, TooManyChanges, and what opening a workspace raises.
    """
    try:
        with open_ordinary(path, name=path.name) as opened:
            head = opened.read(64)
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    if not head.startswith(b"PK"):
        return read_file(path, known)  # says what is wrong with what is no workspace
    found = changes_file.read(path)
    said = found.manifest
    return Incoming(
        said.workspace, (), found.replicas, path, said.sender, said.heads, said.review, lines=found.lines
    )


def read_file(path: Path, known: Collection[str] = ()) -> Incoming:
    """Read another workspace file without changing it. Raises what opening a workspace raises."""
    file.inspect(path)
    with migrate.readable(path) as copy, file.understood(path):
        file.check_schema(copy, tables.allowed(), tables.columns())
        with _reading(copy) as connection:
            return _of_workspace(Journal(connection), path, known)


def _of_workspace(journal: Journal, path: Path, known: Collection[str]) -> Incoming:
    selfcheck.rules_of(journal, path.name)
    connection = journal.connection
    replicas = tuple(dict(each) for each in connection.execute(sa.select(tables.replica)).mappings())
    whom, own = handouts.made_for(journal), journal.meta("replica")
    person = next((str(each["person"]) for each in replicas if each["id"] == own), "")
    if whom is None:
        sender = Sender(person, replica=own)
    else:
        unopened = not journal.meta("device")
        sender = Sender(
            "" if unopened else person,
            whom.role,
            whom.agency,
            whom.person,
            whom.handout,
            "" if unopened else own,
        )
    sets = tuple(_change_sets(journal, path, known))
    return Incoming(journal.meta("workspace"), sets, replicas, path, sender, journal.newest())


def _change_sets(journal: Journal, path: Path, known: Collection[str]) -> list[ChangeSet]:
    """All change sets, or the few that are new; then only the rows those touch are read."""
    there = journal.ids()
    new = there.difference(known)
    if len(new) <= _FEW * len(there):
        return pick(journal, new)
    count = journal.connection.execute(sa.select(sa.func.count()).select_from(tables.op)).scalar() or 0
    if count > _MOST:
        raise TooManyChanges(path.name)
    return journal.change_sets(there - new)


def pick(journal: Journal, chosen: Collection[str]) -> list[ChangeSet]:
    """Some change sets with their edits, parents first, without reading all of the journal."""
    c = tables.op.c
    found = journal.connection.execute(
        sa.select(c.tbl, c.row).distinct().where(tables.among(c.txn, chosen))
    ).all()
    sets = journal.info(tables.among(tables.change_set.c.id, chosen))
    edits: dict[str, dict[int, Edit]] = {name: {} for name in chosen}
    for ops in journal.load((r.tbl, r.row) for r in found).values():
        for op in ops:
            if op.change_set in edits:
                number = int(op.id.rpartition(".")[2])
                edits[op.change_set][number] = Edit(op.table, op.row, op.kind, op.field, op.value, op.pred)
    whole = [replace(c, edits=tuple(each for _, each in sorted(edits[c.id].items()))) for c in sets]
    return sorted(whole, key=lambda c: (c.lamport, c.id))


# -- attachments -------------------------------------------------------------------------------------
class Attachments(Protocol):
    """The evidence files that come along, by their hash."""

    def has(self, sha256: str) -> bool:
        """Whether these bytes are there."""

    def read(self, sha256: str) -> bytes | None:
        """The bytes, or None where they cannot be read."""


class _InWorkspace:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def has(self, sha256: str) -> bool:
        return blobs.present(self._connection, sha256)

    def read(self, sha256: str) -> bytes | None:
        try:
            return blobs.read(self._connection, sha256)
        except (RancangError, sa.exc.DBAPIError, sqlite3.Error, TypeError):
            return None


@contextlib.contextmanager
def attachments(incoming: Incoming) -> Iterator[Attachments]:
    """The evidence files of what came in."""
    if incoming.lines is not None:
        with changes_file.attachments(incoming.path) as found:
            yield found
        return
    with file.understood(incoming.path), _reading(incoming.path) as connection:
        yield _InWorkspace(connection)


def whole(data: bytes | None, sha256: str) -> bool:
    """Whether bytes are those that their name promises."""
    return data is not None and hashlib.sha256(data).hexdigest() == sha256


def _reading(path: Path) -> sa.Connection:
    return engine.connect(lambda: file.connect(path, read_only=True))


__all__ = [
    "Attachments",
    "Incoming",
    "Sender",
    "attachments",
    "pick",
    "read_file",
    "read_incoming",
    "whole",
]
