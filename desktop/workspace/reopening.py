"""Undoing what settled a field or row: its sides stand beside each other again, on what they were made from.

An undone choice must not leave one side standing as if it had been chosen. So each side is written once
more: the first in place of the choice, the others on the base of them all. Then they are what they were,
concurrent with a common base, and the merge lists them again on every copy.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.base.canonical import canonical_text
from desktop.workspace.journal import Edit
from desktop.workspace.merge import Op, RowOps
from desktop.workspace.registers import WHOLE

if TYPE_CHECKING:
    from desktop.workspace.journal import ChangeSet


def reopened(history: RowOps, op: Op) -> list[Edit] | None:
    """The edits that take back a choice between sides; None where an operation chose between none."""
    sides = [pred for pred in history.preds(op, op.field) if pred.kind != "D"]
    if op.kind != "U" or not sides or not history.combine(sides, op.field).conflicting:
        return None
    values = {canonical_text(history.value(each, op.field)): each for each in sides}
    heads = tuple(sorted(head.id for head in history.heads(op.field)))
    base = tuple(each.id for each in history.nearest(history.common(sides, op.field), op.field)) or heads
    return [
        Edit(op.table, op.row, "U", op.field, history.value(each, op.field), base if place else heads)
        for place, each in enumerate(values.values())
    ]


def row_reopened(history: RowOps, op: Op) -> list[Edit] | None:
    """The edits that take back keeping or deleting a row somebody had deleted; None for every other row.

    It is deleted once more, and what the others had written in it stands beside that again.
    """
    earlier = history.earlier(op)
    whole = earlier.heads(WHOLE)
    if not whole or any(each.kind != "D" for each in whole):
        return None
    now = {head.id for field in (*history.fields, WHOLE) for head in history.heads(field)}
    edits = [Edit(op.table, op.row, "D", "", None, tuple(sorted(now)))]
    for field in earlier.fields:
        edits += [
            Edit(op.table, op.row, "U", field, head.value, head.pred)
            for head in earlier.heads(field)
            if head.kind == "U"
        ]
    return edits


def row_settled_again(history: RowOps, ops: Sequence[Op], undone: ChangeSet) -> Edit | None:
    """The edit that keeps or deletes a row again whose question an undo opened; None where it opened none."""
    choice = next(
        (op for op in history.ops.values() if op.change_set == undone.undoes and op.kind in {"I", "D"}), None
    )
    if undone.kind != "undo" or choice is None or all(op.kind != "D" for op in ops):
        return None
    if row_reopened(history, choice) is None:
        return None
    now = {head.id for field in (*history.fields, WHOLE) for head in history.heads(field)}
    if not now <= {op.id for op in ops}:
        return None
    return Edit(choice.table, choice.row, choice.kind, "", choice.value, tuple(sorted(now)))


def closed_again(history: RowOps, ops: Sequence[Op], undone: ChangeSet) -> Edit | None:
    """The edit that does a choice again whose sides an undo wrote; None when something newer stands there."""
    first = ops[0]
    heads = {head.id for head in history.heads(first.field)}
    choice = next(
        (
            op
            for op in history.ops.values()
            if op.change_set == undone.undoes and op.kind == "U" and op.field == first.field
        ),
        None,
    )
    if choice is None or heads != {op.id for op in ops}:
        return None
    value = history.value(choice, first.field)
    return Edit(first.table, first.row, "U", first.field, value, tuple(sorted(heads)))


def first_written(history: RowOps, op: Op, undoes: dict[str, str]) -> Op:
    """The operation a side came from, where undoing wrote it once more: its author is who first wrote it."""
    seen: set[str] = set()
    while op.change_set in undoes and op.id not in seen and op.kind != "I":
        seen.add(op.id)
        said = canonical_text(op.value)
        choices = [c for c in history.ops.values() if c.change_set == undoes[op.change_set]]
        sides = [pred for choice in choices for pred in history.preds(choice, op.field or WHOLE)]
        if op.kind == "D":
            same = [each for each in sides if each.kind == "D"]
        else:
            same = [s for s in sides if s.kind != "D" and canonical_text(history.value(s, op.field)) == said]
        if not same:
            break
        op = same[-1]
    return op
