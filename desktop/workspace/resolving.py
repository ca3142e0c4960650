"""Settling a conflict is an ordinary edit that replaces every head of the field, seen by all copies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from desktop.base.canonical import Json
from desktop.workspace import tables
from desktop.workspace.draft import fitted
from desktop.workspace.errors import SettledAlready
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import Conflict, RowOps
from desktop.workspace.operation import Operation
from desktop.workspace.projection import open_conflicts


@dataclass(frozen=True, slots=True)
class Choice:
    """One side of a conflict: who wrote what when; ``deletes`` when that side deleted the row."""

    author: str
    role: str
    when: dt.datetime
    value: Json
    deletes: bool


def choices(journal: Journal, conflict: Conflict) -> list[Choice]:
    """The sides of a conflict, one for each of its operations, in a fixed order."""
    ops = journal.load([(conflict.table, conflict.row)]).get((conflict.table, conflict.row), [])
    history = RowOps(conflict.table, conflict.row, ops)
    written = {
        c.id: c for c in journal.info(tables.change_set.c.id.in_(sorted({op.change_set for op in ops})))
    }
    out = []
    for name in conflict.heads:
        op = history.ops[name]
        change, deletes = written[op.change_set], op.kind == "D"
        value = None if deletes else history.value(op, conflict.field or op.field)
        out.append(Choice(change.author, change.role, change.when, value, deletes))
    return out


def edits_for(journal: Journal, conflict: Conflict, value: Json, *, keep: bool) -> list[Edit]:
    """The edits that settle one conflict: a chosen value, or the whole row kept or deleted.

    Raises SettledAlready when it is not open any more as it was looked at, and UnfitValue.
    """
    if conflict not in open_conflicts(journal.connection):
        raise SettledAlready
    history = RowOps(
        conflict.table,
        conflict.row,
        journal.load([(conflict.table, conflict.row)])[conflict.table, conflict.row],
    )
    if conflict.kind == "value":
        heads = tuple(sorted(op.id for op in history.heads(conflict.field)))
        chosen = fitted(conflict.table, conflict.field, value)
        return [Edit(conflict.table, conflict.row, "U", conflict.field, chosen, heads)]
    if not keep:
        # with everything that hangs on it: a part left behind would bring the row back
        operation = Operation(journal, "", journal.position())
        operation.delete(conflict.table, conflict.row)
        return operation.edits()
    resolved = history.resolve()
    everything = tuple(sorted({op for ops in resolved.heads.values() for op in ops}))
    stated = {name: shown for name, shown in resolved.values.items() if shown is not None}
    return [Edit(conflict.table, conflict.row, "I", "", stated, everything)]
