"""Undo and redo: a new change set with the inverse; what somebody changed since is left alone and said."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from desktop.base import Message
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
    """Read the journal as the history of one undo button; it survives closing, since nothing else is kept."""
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
    restoring = {c.id: c.undoes or "" for c in journal.info(tables.change_set.c.kind.in_(["undo", "redo"]))}
    edits: list[Edit] = []
    left: list[tuple[str, str, str]] = []
    for (table, row), ops in rows.items():
        history = _History(RowOps(table, row, ops), restoring)
        for op in ops:
            if op.change_set == target.id:
                edit = history.inverse(op)
                if edit is None:
                    left.append((table, row, op.field))
                else:
                    edits.append(edit)
    return edits, tuple(left)


class _History:
    """One row seen by the undo button: an undone change is as if it had never been there."""

    def __init__(self, ops: RowOps, restoring: dict[str, str]) -> None:
        self._ops = ops
        self._restoring = restoring

    def _stands(self, op: Op, field: str) -> bool:
        """Whether what a register holds now is what this operation gave it."""
        return {o for head in self._ops.heads(field) for o in self._origins(head, field, op.id)} == {op.id}

    def _origins(self, head: Op, field: str, sought: str) -> set[str]:
        """The operations an undo or redo restored: what stood before the one it took back."""
        if head.id == sought or head.change_set not in self._restoring:
            return {head.id}
        undone = self._restoring[head.change_set]
        taken_back = [
            op
            for op in self._ops.ops.values()
            if op.change_set == undone and (op.kind != "U" or op.field == field)
        ]
        restored = self._newest([p for op in taken_back for p in self._ops.preds(op, field)], field)
        return {origin for op in restored for origin in self._origins(op, field, sought)}

    def _newest(self, ops: list[Op], field: str) -> list[Op]:
        return [op for op in ops if not any(op.id in self._ops.ancestors(other, field) for other in ops)]

    def inverse(self, op: Op) -> Edit | None:
        """The edit that takes one operation back, or None when something newer stands on it."""
        history = self._ops
        fields = [*history.fields, WHOLE]
        heads = tuple(sorted({head.id for field in fields for head in history.heads(field)}))
        match op.kind:
            case "U":
                if not self._stands(op, op.field):
                    return None
                own = tuple(sorted(head.id for head in history.heads(op.field)))
                return Edit(op.table, op.row, "U", op.field, history.before([op], op.field), own)
            case "I":
                if not all(self._stands(op, field) for field in fields):
                    return None
                return Edit(op.table, op.row, "D", "", None, heads)
            case "D":
                if not self._stands(op, WHOLE):
                    return None
                earlier = {field: history.before([op], field) for field in history.fields}
                stated = {field: value for field, value in earlier.items() if value is not None}
                return Edit(op.table, op.row, "I", "", stated, heads)
