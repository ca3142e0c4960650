"""A change set: what one transaction did, by whom and after which others; its id is the hash of all of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from desktop.base import Message
from desktop.base.canonical import Json, digest
from desktop.workspace.merge import Kind, Op

SCHEMA = 1
"""The version of the journal's names and values that this program writes."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An operation before it is written: ``pred`` are the ids of the operations it replaces."""

    table: str
    row: str
    kind: Kind
    field: str
    value: Json
    pred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One transaction: who, when, why, and after which others. Its id is the hash of all of it."""

    id: str
    replica: str
    seq: int
    lamport: int
    wall: str
    tz_minutes: int
    clock_suspect: bool
    author: str
    role: str
    kind: str
    label: str
    undoes: str | None
    schema: int
    parents: tuple[str, ...]
    edits: tuple[Edit, ...] = field(repr=False)

    @property
    def message(self) -> Message:
        """What the change set did, for people."""
        return Message.from_text(self.label)

    @property
    def when(self) -> dt.datetime:
        """The writer's wall clock (UTC); a claim, never a reason."""
        return dt.datetime.fromisoformat(self.wall)

    def content_hash(self) -> str:
        """SHA-256 over the canonical content."""
        edits = [[e.table, e.row, e.kind, e.field, e.value, list(e.pred)] for e in self.edits]
        return digest(
            [
                "rancang-change-set",
                1,
                self.replica,
                self.seq,
                self.lamport,
                self.wall,
                self.tz_minutes,
                self.clock_suspect,
                self.author,
                self.role,
                self.kind,
                self.label,
                self.undoes,
                self.schema,
                list(self.parents),
                edits,
            ]
        )

    def ops(self) -> list[Op]:
        """Its operations with their ids."""
        return [
            Op(f"{self.id}.{i}", self.id, self.lamport, e.table, e.row, e.kind, e.field, e.value, e.pred)
            for i, e in enumerate(self.edits)
        ]
