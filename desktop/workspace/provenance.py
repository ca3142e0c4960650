"""Where a value comes from: typed, computed, imported, carried over, suggested, or written as an example."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa

from desktop.base import Message
from desktop.workspace import tables
from desktop.workspace.registers import WHOLE

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal

Register: TypeAlias = tuple[str, str, str]
"""Table, row and field; a bilingual field without its language means all its languages."""
_BATCH = 400
_DEEPEST = 40
"""How often a value may have been taken back and done again before nobody looks any further."""


class Manner(StrEnum):
    """How a value came to stand where it stands."""

    TYPED = "typed"
    COMPUTED = "computed"
    IMPORTED = "imported"
    CARRIED = "carried"
    MOVED = "moved"
    """Taken along to another guideline."""
    QUOTED = "quoted"
    """Said in a conversation, and pasted from there with its source."""
    SUGGESTED = "suggested"
    """Proposed by the program or a helper's list; nobody has confirmed it yet."""
    EXAMPLE = "example"
    """Written for the demonstration."""


BY_KIND = {
    "import": Manner.IMPORTED,
    "carry": Manner.CARRIED,
    "move": Manner.MOVED,
    "suggest": Manner.SUGGESTED,
    "compute": Manner.COMPUTED,
    "quote": Manner.QUOTED,
}
"""Kinds of change sets whose values were not typed."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Of one register: how its present value came there, through whom and when."""

    manner: Manner
    author: str
    role: str
    when: dt.datetime
    """The writer's wall clock (UTC)."""
    label: Message
    """What was done then, for people."""
    detail: str = ""
    """Where it was taken from, in words: file, and page or row where the list says so."""
    arrival: int = 0
    """The local number of the change set: of several registers the greatest is the newest."""

    @property
    def message(self) -> Message:
        """The whole of it in a sentence."""
        who = (
            Message("workspace.from.person", name=self.author)
            if self.author
            else Message("workspace.from.nobody")
        )
        match self.manner:
            case Manner.TYPED:
                return Message("workspace.from.typed", who=who, when=self.when)
            case Manner.COMPUTED:
                return Message("workspace.from.computed", when=self.when)
            case Manner.IMPORTED if self.detail:
                return Message("workspace.from.imported", source=self.detail, who=who, when=self.when)
            case Manner.IMPORTED:
                return Message("workspace.from.imported_somewhere", who=who, when=self.when)
            case Manner.CARRIED:
                return Message("workspace.from.carried", when=self.when)
            case Manner.MOVED:
                return Message("workspace.from.moved", when=self.when)
            case Manner.QUOTED:
                return Message("workspace.from.quoted", source=self.detail or "?", who=who, when=self.when)
            case Manner.SUGGESTED:
                return Message("workspace.from.suggested", when=self.when)
            case Manner.EXAMPLE:
                return Message("workspace.from.example")


@dataclass(frozen=True, slots=True)
class _Head:
    """The change set a register's present value was written in."""

    op: str
    kind: str
    record: Any


def provenance(journal: Journal, registers: Iterable[Register]) -> dict[Register, Provenance]:
    """Where the present values of some registers come from; what was never written is left out.

    One query for each table and 400 rows. What Undo or Redo brought back comes from where it came from.
    """
    wanted = set(registers)
    connection = journal.connection
    heads = _heads(connection, {(table, row) for table, row, _ in wanted})
    said = _said(connection, {(table, row) for table, row, _ in wanted})
    out: dict[Register, Provenance] = {}
    for table, row, field in wanted:
        known = heads.get((table, row), {})
        mine = [head for name, head in known.items() if name.partition(":")[0] == field and ":of" not in name]
        mine = mine or [head for name, head in known.items() if name == field]
        newest = max(mine, key=lambda head: head.record.no, default=known.get(WHOLE))
        if newest is not None:
            out[table, row, field] = _told(newest, known, said.get((table, row), {}), table)
    return out


def _told(newest: _Head, known: Mapping[str, _Head], said: Mapping[str, str], table: str) -> Provenance:
    record = newest.record
    label = Message.from_text(record.label)
    manner = BY_KIND.get(newest.kind, Manner.TYPED)
    detail = ""
    origin = said.get("origin", "")
    stated = known.get("origin") or known.get(WHOLE)
    # What a row says of itself holds for what was written together with it, not for what came later.
    own = table == "answer" or (stated is not None and stated.record.no == record.no)
    moved = manner is Manner.MOVED and origin == Manner.TYPED  # what was typed was typed elsewhere
    quoted = manner is Manner.QUOTED  # whoever pasted it typed nothing, whatever the answer says of itself
    if own and origin in set(Manner) and not (moved or quoted):
        manner = Manner(origin)
    if quoted:
        source = label.params.get("source", "")
        detail = source if isinstance(source, str) else ""
    if manner is Manner.IMPORTED:
        file = label.params.get("file", "")
        detail = (said.get("source", "") if own else "") or (file if isinstance(file, str) else "")
    return Provenance(
        manner,
        record.author,
        record.role,
        dt.datetime.fromisoformat(record.wall),
        label,
        detail,
        record.no,
    )


def _heads(connection: sa.Connection, rows: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, _Head]]:
    """The newest operation of every register of some rows, with the change set it is in."""
    out: dict[tuple[str, str], dict[str, _Head]] = defaultdict(dict)
    by_table: dict[str, list[str]] = defaultdict(list)
    for table, row in sorted(rows):
        by_table[table].append(row)
    change, head = tables.change_set.c, tables.head.c
    columns = (change.no, change.kind, change.author, change.role, change.wall, change.label)
    query = (
        sa.select(head.row, head.field, head.op, *columns)
        .join(tables.change_set, change.id == sa.func.substr(head.op, 1, 64))
        .order_by(change.no)
    )
    for table, ids in by_table.items():
        for start in range(0, len(ids), _BATCH):
            batch = query.where(head.tbl == table, head.row.in_(ids[start : start + _BATCH]))
            for record in connection.execute(batch):
                kind, told = record.kind, record
                if kind in {"undo", "redo"}:
                    told = _restored(connection, record.op) or record
                out[table, record.row][record.field] = _Head(record.op, told.kind, told)
    return out


def _restored(connection: sa.Connection, op: str) -> Any:
    """The change set that first wrote what an undo or redo brought back, if the journal says so."""
    for _ in range(_DEEPEST):
        # Back over what was taken back, to what stood there before it.
        taken_back = _before(connection, op)
        op = _before(connection, taken_back) if taken_back else ""
        if not op:
            return None
        change = tables.change_set
        found = connection.execute(sa.select(change).where(change.c.id == op.partition(".")[0])).first()
        if found is None or found.kind not in {"undo", "redo"}:
            return found
    return None


def _before(connection: sa.Connection, op: str) -> str:
    txn, _, idx = op.partition(".")
    found = connection.execute(
        sa.select(tables.op.c.pred).where(tables.op.c.txn == txn, tables.op.c.idx == int(idx))
    ).scalar()
    replaced = json.loads(found) if found else []
    return str(replaced[0]) if replaced else ""


def _said(connection: sa.Connection, rows: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    """What rows say of themselves: ``origin``, and ``source`` in words."""
    out: dict[tuple[str, str], dict[str, str]] = {}
    for table in sorted({table for table, _ in rows}):
        target = tables.rows.get(table)
        if target is None or "origin" not in target.c:
            continue
        names = [name for name in ("origin", "source") if name in target.c]
        ids = sorted(row for each, row in rows if each == table)
        for start in range(0, len(ids), _BATCH):
            query = sa.select(target.c.id, *(target.c[name] for name in names))
            for record in connection.execute(query.where(target.c.id.in_(ids[start : start + _BATCH]))):
                out[table, record.id] = {name: getattr(record, name) or "" for name in names}
    return out


def newest(found: Iterable[Provenance | None]) -> Provenance | None:
    """Of several registers of one field the one written last."""
    return max((each for each in found if each is not None), key=lambda each: each.arrival, default=None)
