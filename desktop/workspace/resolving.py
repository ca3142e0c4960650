"""Settling a conflict is an ordinary edit that replaces every head of the field, seen by all copies."""

from __future__ import annotations

from desktop.base.canonical import Json
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import Conflict, RowOps


def edits_for(journal: Journal, conflict: Conflict, value: Json, *, keep: bool) -> list[Edit]:
    """The edits that settle one conflict: a chosen value, or the whole row kept or deleted."""
    history = RowOps(
        conflict.table,
        conflict.row,
        journal.load([(conflict.table, conflict.row)])[conflict.table, conflict.row],
    )
    if conflict.kind == "value":
        heads = tuple(sorted(op.id for op in history.heads(conflict.field)))
        return [Edit(conflict.table, conflict.row, "U", conflict.field, value, heads)]
    resolved = history.resolve()
    everything = tuple(sorted({op for ops in resolved.heads.values() for op in ops}))
    if not keep:
        return [Edit(conflict.table, conflict.row, "D", "", None, everything)]
    stated = {name: shown for name, shown in resolved.values.items() if shown is not None}
    return [Edit(conflict.table, conflict.row, "I", "", stated, everything)]
