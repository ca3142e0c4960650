"""Who changed what when: the journal read back as the story of a row or a field."""

from __future__ import annotations

from desktop.workspace import tables
from desktop.workspace.changes import HistoryEntry
from desktop.workspace.journal import Journal
from desktop.workspace.merge import RowOps


def history(journal: Journal, table: str, row: str, name: str = "") -> list[HistoryEntry]:
    """Entries newest first; ``name`` limits them to one field (all its languages)."""
    ops = journal.load([(table, row)]).get((table, row), [])
    told = RowOps(table, row, ops)
    wanted = {op.change_set for op in ops}
    infos = {c.id: c for c in journal.info(tables.change_set.c.id.in_(sorted(wanted)))}
    out: list[HistoryEntry] = []
    for op in sorted(ops, key=lambda op: op.order, reverse=True):
        change = infos[op.change_set]
        fields = [op.field] if op.kind == "U" else sorted(op.value) if op.kind == "I" else [""]
        for field in fields:
            if field.endswith(":of") or (name and op.kind != "D" and field.partition(":")[0] != name):
                continue
            before = tuple(told.value(pred, field) for pred in told.preds(op, field) if pred.kind != "D")
            after = None if op.kind == "D" else told.value(op, field)
            out.append(
                HistoryEntry(
                    change.when,
                    change.author,
                    change.role,
                    change.message,
                    change.kind,
                    field,
                    before if op.kind == "U" else (),
                    after,
                )
            )
    return out
