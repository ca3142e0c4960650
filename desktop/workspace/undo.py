"""Undo and redo: a new change set with the inverse; what somebody changed since is left alone and said."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from desktop.base import Message
from desktop.workspace import tables
from desktop.workspace.journal import ChangeSet, Edit, Journal
from desktop.workspace.merge import Op, RowOps
from desktop.workspace.registers import WHOLE, parts_of, pointers_to
from desktop.workspace.reopening import closed_again, reopened, row_reopened, row_settled_again


@dataclass(frozen=True, slots=True)
class UndoResult:
    """What was undone (or redone), and the fields left alone because they were changed since."""

    label: Message
    left_alone: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Stacks:
    """What can be undone and redone next, newest last: ids of this copy's own change sets."""

    undo: tuple[str, ...]
    redo: tuple[str, ...]


def stacks(journal: Journal) -> Stacks:
    """Read the journal as the history of one undo button; it survives closing, since nothing else is kept."""
    columns = tables.change_set.c
    own = journal.connection.execute(
        sa.select(columns.id, columns.kind, columns.undoes)
        .where(columns.replica == journal.meta("replica"))
        .order_by(columns.no)
    ).all()
    known = {record.id for record in own}
    undo: dict[str, None] = {}
    redo: dict[str, None] = {}
    for name, kind, undoes in own:
        if kind == "undo" and undoes in known:
            undo.pop(undoes, None)
            redo[name] = None
        elif kind == "redo" and undoes in known:
            redo.pop(undoes, None)
            undo[name] = None
        elif kind != "create":
            undo[name] = None
            redo.clear()
    return Stacks(tuple(undo), tuple(redo))


def named(journal: Journal, stack: tuple[str, ...]) -> ChangeSet | None:
    """The change set on top of a stack, or None."""
    return journal.info(tables.change_set.c.id == stack[-1])[0] if stack else None


def inverse(journal: Journal, target: ChangeSet) -> tuple[list[Edit], tuple[tuple[str, str, str], ...]]:
    """The edits that take a change set back, and the registers that must be left alone."""
    query = sa.select(tables.op.c.tbl, tables.op.c.row).where(tables.op.c.txn == target.id).distinct()
    rows = journal.load((r.tbl, r.row) for r in journal.connection.execute(query))
    restoring = {c.id: c.undoes or "" for c in journal.info(tables.change_set.c.kind.in_(["undo", "redo"]))}
    edits: list[Edit] = []
    left: list[tuple[str, str, str]] = []
    asked: set[tuple[str, str]] = set()
    """Rows of which it is asked again whether they stay, whatever hangs on them."""
    for (table, row), ops in rows.items():
        history = _History(RowOps(table, row, ops), restoring)
        mine = [op for op in ops if op.change_set == target.id]
        settled = history.row(mine, target)
        if settled:
            edits += settled
            asked |= {(table, row)}
            continue
        own: dict[tuple[str, str], list[Op]] = defaultdict(list)
        for op in mine:
            own[op.kind, op.field].append(op)
        for (_, field), same in own.items():
            taken_back = history.inverses(same, target)
            edits += taken_back
            if not taken_back:
                left.append((table, row, field))
    edits, spared = _spare(journal.connection, edits, asked)
    return edits, (*left, *spared)


def _spare(
    connection: sa.Connection, edits: list[Edit], asked: set[tuple[str, str]]
) -> tuple[list[Edit], list[tuple[str, str, str]]]:
    """Leave alone what others have hung something on since: deleting it would only bring it back."""
    spared: list[tuple[str, str, str]] = []
    while True:
        gone = {(e.table, e.row) for e in edits if e.kind == "D"}
        moved = {(e.table, e.row, e.field) for e in edits if e.kind == "U"}
        kept = {key for key in gone - asked if _carries(connection, *key, gone, moved)}
        if not kept:
            return edits, spared
        edits = [e for e in edits if (e.table, e.row) not in kept]
        spared += sorted((table, row, "") for table, row in kept)


def _carries(
    connection: sa.Connection,
    table: str,
    row: str,
    gone: set[tuple[str, str]],
    moved: set[tuple[str, str, str]],
) -> bool:
    for other, key in [*parts_of(table), *pointers_to(table)]:
        target = tables.rows[other]
        for child in connection.execute(sa.select(target.c.id).where(target.c[key] == row)).scalars():
            if (other, child) not in gone and (other, child, key) not in moved:
                return True
    return False


class _History:
    """One row seen by the undo button: an undone change is as if it had never been there."""

    def __init__(self, ops: RowOps, restoring: dict[str, str]) -> None:
        self._ops = ops
        self._restoring = restoring
        self._by_change: dict[str, list[Op]] = defaultdict(list)
        for op in ops.ops.values():
            self._by_change[op.change_set].append(op)

    def _stands(self, op: Op, field: str) -> bool:
        """Whether what a register holds now is what this operation gave it."""
        return {o for head in self._ops.heads(field) for o in self._origins(head, field, op.id)} == {op.id}

    def _origins(self, head: Op, field: str, sought: str) -> set[str]:
        """The operations an undo or redo restored: what stood before the one it took back."""
        out: set[str] = set()
        seen: set[str] = set()
        todo = [head]
        while todo:
            op = todo.pop()
            if op.id in seen:
                continue
            seen.add(op.id)
            if op.id == sought or op.change_set not in self._restoring:
                out.add(op.id)
                continue
            taken_back = [
                other
                for other in self._by_change.get(self._restoring[op.change_set], [])
                if other.kind != "U" or other.field == field
            ]
            todo += self._newest([p for other in taken_back for p in self._ops.preds(other, field)], field)
        return out

    def _newest(self, ops: list[Op], field: str) -> list[Op]:
        return [op for op in ops if not any(op.id in self._ops.ancestors(other, field) for other in ops)]

    def row(self, ops: list[Op], target: ChangeSet) -> list[Edit]:
        """The edits by which it is asked again whether a row stays, or answered again; mostly none."""
        again = row_settled_again(self._ops, ops, target)
        if again is not None:
            return [again]
        (op, *more) = ops
        if more or op.kind == "U" or self.inverse(op) is None:
            return []
        return row_reopened(self._ops, op) or []

    def inverses(self, ops: list[Op], target: ChangeSet) -> list[Edit]:
        """The edits that take back what one change set did to a register; none when something is newer.

        It did more than one thing where it took a choice back, whose sides then stand beside each other.
        """
        if len(ops) > 1:
            again = closed_again(self._ops, ops, target)
            return [again] if again is not None else []
        edit = self.inverse(ops[0])
        if edit is None:
            return []
        return (reopened(self._ops, ops[0]) if edit.kind == "U" else None) or [edit]

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
                return self._without(op, heads)
            case "D":
                if not self._stands(op, WHOLE):
                    return None
                earlier = {field: history.before([op], field) for field in history.fields}
                stated = {field: value for field, value in earlier.items() if value is not None}
                return Edit(op.table, op.row, "I", "", stated, heads)

    def _without(self, op: Op, heads: tuple[str, ...]) -> Edit:
        """The row as it was before it was written anew; mostly it was not there."""
        before = self._ops.earlier(op).resolve()
        if not before.live:
            return Edit(op.table, op.row, "D", "", None, heads)
        stated = {name: value for name, value in before.values.items() if value is not None}
        return Edit(op.table, op.row, "I", "", stated, heads)
