"""Undo and redo: a new change set with the inverse; what somebody changed since is left alone and said."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.workspace import tables
from desktop.workspace.journal import ChangeSet, Edit, Journal
from desktop.workspace.merge import Op, RowOps
from desktop.workspace.registers import WHOLE


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What was undone (or redone), and the fields left alone because they were changed since."""

    label: Message
    left_alone: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be undone and redone next, newest last; computed from this copy's own change sets."""

    undo: tuple[ChangeSet, ...]
    redo: tuple[ChangeSet, ...]


def stacks(journal: Journal) -> Stacks:
    """Read the journal as the history of one person's undo button. Survives closing, since nothing else is kept."""
    own = journal.info(tables.change_set.c.replica == journal.meta("replica"))
    by_id = {c.id: c for c in own}
    undo: list[ChangeSet] = []
    redo: list[ChangeSet] = []
    for c in reversed(own):
        if c.kind == "undo" and c.undoes in by_id:
            undo = [done for done in undo if done.id != c.undoes]
            redo.append(c)
        elif c.kind == "redo" and c.undoes in by_id:
            redo = [done for done in redo if done.id != c.undoes]
            undo.append(c)
        elif c.kind != "create":
            undo.append(c)
            redo.clear()
    return Stacks(tuple(undo), tuple(redo))


def inverse(journal: Journal, target: ChangeSet) -> tuple[list[Edit], tuple[tuple[str, str, str], ...]]:
    """The edits that take a change set back, and the registers that must be left alone."""
    query = sa.select(tables.op.c.tbl, tables.op.c.row).where(tables.op.c.txn == target.id).distinct()
    rows = journal.load((r.tbl, r.row) for r in journal.connection.execute(query))
    edits: list[Edit] = []
    left: list[tuple[str, str, str]] = []
    for (table, row), ops in rows.items():
        history = RowOps(table, row, ops)
        for op in ops:
            if op.change_set == target.id:
                edit = _inverse_of(history, op)
                if edit is None:
                    left.append((table, row, op.field))
                else:
                    edits.append(edit)
    return edits, tuple(left)


def _inverse_of(history: RowOps, op: Op) -> Edit | None:
    fields = [*history.fields, WHOLE]
    match op.kind:
        case "U":
            if [head.id for head in history.heads(op.field)] != [op.id]:
                return None
            return Edit(op.table, op.row, "U", op.field, history.before([op], op.field), (op.id,))
        case "I":
            if any([head.id for head in history.heads(field)] != [op.id] for field in fields):
                return None
            return Edit(op.table, op.row, "D", "", None, (op.id,))
        case "D":
            if [head.id for head in history.heads(WHOLE)] != [op.id]:
                return None
            earlier = {field: history.before([op], field) for field in history.fields}
            heads = tuple(sorted({head.id for field in fields for head in history.heads(field)}))
            return Edit(op.table, op.row, "I", "", _stated(earlier), heads)


def _stated(values: dict[str, Json]) -> dict[str, Json]:
    return {field: value for field, value in values.items() if value is not None}
