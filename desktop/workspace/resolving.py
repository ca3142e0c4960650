"""Settling what was filled differently: ordinary edits that replace every head, seen by all copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.base import Message, clock
from desktop.base.canonical import Json
from desktop.workspace import tables
from desktop.workspace.draft import Draft
from desktop.workspace.errors import SettledAlready, UnfitValue
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import Conflict, Op, RowOps
from desktop.workspace.operation import Operation
from desktop.workspace.projection import open_conflicts
from desktop.workspace.registers import PLAN_ROW
from desktop.workspace.reopening import first_written

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace

# Many are settled in one operation of the workspace, which hands itself over.
# ruff: noqa: SLF001

ROWS = frozenset({"delete-edit", "deleted-parent"})
"""Kinds of which the question is whether a whole row stays; the others ask for the value of a field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One side of a conflict: who wrote what when; ``deletes`` when that side deleted the row."""

    author: str
    role: str
    when: dt.datetime
    value: Json
    deletes: bool
    field: str = ""
    """The register that was written; empty when the whole row was."""
    replica: str = ""
    """The copy in which it was written."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How one conflict is settled: a field by its value, a row by keeping or deleting it."""

    conflict: Conflict
    value: Json = None
    keep: bool = True


def choices(journal: Journal, conflict: Conflict) -> list[Choice]:
    """The sides of a conflict, one for each of its operations, in a fixed order."""
    return choices_of(journal, [conflict])[0]


def choices_of(journal: Journal, conflicts: Sequence[Conflict]) -> list[list[Choice]]:
    """The sides of many conflicts, in their order; the journal is asked once."""
    rows = journal.load({(each.table, each.row) for each in conflicts})
    kinds = tables.change_set.c.kind
    undoes = {found.id: found.undoes or "" for found in journal.info(kinds.in_(["undo", "redo"]))}
    histories = {key: RowOps(*key, ops) for key, ops in rows.items()}
    ops: dict[str, Op] = {
        name: first_written(history, history.ops[name], undoes)
        for each in conflicts
        for history in [histories[each.table, each.row]]
        for name in each.heads
    }
    wrote = tables.among(tables.change_set.c.id, {op.change_set for op in ops.values()})
    written = {found.id: found for found in journal.info(wrote)}
    out = []
    for conflict in conflicts:
        sides = []
        for name in conflict.heads:
            op = ops[name]
            change, deletes = written[op.change_set], op.kind == "D"
            value = None if deletes else RowOps.value(op, conflict.field or op.field)
            sides.append(
                Choice(change.author, change.role, change.when, value, deletes, op.field, change.replica)
            )
        out.append(sides)
    return out


def edits_for(journal: Journal, decisions: Iterable[Decision]) -> list[Edit]:
    """The edits that settle some conflicts together: chosen values, rows kept, rows deleted with their parts.

    Raises SettledAlready when one is not open any more as it was looked at, and UnfitValue.
    """
    wanted = list(decisions)
    standing = set(open_conflicts(journal.connection))
    if any(each.conflict not in standing for each in wanted):
        raise SettledAlready
    rows = [each for each in wanted if each.conflict.kind in ROWS]
    operation = Operation(journal, "", journal.position())
    for each in rows:
        # with everything that hangs on it: a part left behind would bring the row back
        if not each.keep and (each.conflict.table, each.conflict.row) not in _gone(operation.edits()):
            operation.delete(each.conflict.table, each.conflict.row)
    deletions = operation.edits()
    gone = _gone(deletions)
    draft = Draft(journal, "", journal.position())
    for each in rows:
        if each.keep and (each.conflict.table, each.conflict.row) not in gone:
            _keep(journal, draft, each.conflict)
    for each in wanted:
        conflict = each.conflict
        if conflict.kind not in ROWS and (conflict.table, conflict.row) not in gone:
            draft.register(conflict.table, conflict.row, conflict.field, each.value)
            if conflict.kind == "cycle" and each.value is not None:
                _open_circle(journal, draft, conflict)
    written = draft.edits()
    settled = {(edit.table, edit.row, edit.field) for edit in written}
    renewed = {(edit.table, edit.row) for edit in written if edit.kind == "I"}
    return [
        edit
        for edit in deletions
        if edit.kind == "D"
        or ((edit.table, edit.row, edit.field) not in settled and (edit.table, edit.row) not in renewed)
    ] + written


def _open_circle(journal: Journal, draft: Draft, conflict: Conflict) -> None:
    """Where the move that made a circle is chosen, the row that leads back goes to where it was before."""
    table, field = conflict.table, conflict.field
    path = [conflict.row]
    while len(path) == len(set(path)):
        following = draft.value(table, path[-1], field)
        if not isinstance(following, str) or not draft.exists(table, following):
            return
        path.append(following)
    if path[-1] != conflict.row:
        return
    back = path[-2]
    ops = journal.load([(table, back)])[table, back]
    history = RowOps(table, back, ops)
    before = history.before(history.heads(field), field)
    draft.register(table, back, field, None if before in path else before)


def _gone(edits: Iterable[Edit]) -> set[tuple[str, str]]:
    return {(edit.table, edit.row) for edit in edits if edit.kind == "D"}


def _keep(journal: Journal, draft: Draft, conflict: Conflict) -> None:
    """The row once more as it is shown, in place of everything that was said about it, and its parts."""
    ops = journal.load([(conflict.table, conflict.row)])[conflict.table, conflict.row]
    resolved = RowOps(conflict.table, conflict.row, ops).resolve()
    draft.insert(conflict.table, conflict.row, resolved.values)
    deleting = {op.change_set for op in ops if op.id in conflict.heads and op.kind == "D"}
    _bring_back_parts(journal, draft, conflict.row, deleting)


def _bring_back_parts(journal: Journal, draft: Draft, kept: str, deleting: set[str]) -> None:
    """What the same deletion took along with a row comes back with it: its budget, its indicators.

    A part is a row that names what is kept, or another part.
    """
    columns = tables.op.c
    query = sa.select(columns.tbl, columns.row).where(columns.txn.in_(sorted(deleting)), columns.kind == "D")
    gone = sorted({(r.tbl, r.row) for r in journal.connection.execute(query)})
    lost: dict[tuple[str, str], dict[str, Json]] = {}
    for (table, row), ops in journal.load(gone).items():
        if not draft.exists(table, row):
            history = RowOps(table, row, ops)
            mine = [op for op in ops if op.change_set in deleting and op.kind == "D"]
            lost[table, row] = {field: history.before(mine, field) for field in history.fields}
    there = {kept}
    while True:
        parts = {
            key for key, values in lost.items() if there & {v for v in values.values() if isinstance(v, str)}
        }
        if not parts:
            return
        for table, row in sorted(parts):
            draft.insert(table, row, lost.pop((table, row)))
            there.add(row)


def resolve_many(workspace: Workspace, decisions: Sequence[Decision], label: Message | None = None) -> int:
    """Settle several conflicts in one operation: one undo step, one entry of the history.

    Returns how many were settled. Raises SettledAlready, UnfitValue and what writing raises; then nothing
    is settled.
    """
    if not decisions:
        return 0
    from desktop.workspace import reading

    said = label or (
        Message("workspace.label.resolve")
        if len(decisions) == 1
        else Message("workspace.label.resolve_many", n=len(decisions))
    )
    with workspace._writing() as journal:
        edits = edits_for(journal, decisions)
        written = journal.write(edits, kind="resolve", label=said, author=workspace.author, now=clock.now())
        touched = journal.follow(written)
        if any(edit.table == "plan" for edit in edits) and not reading.stands(journal):
            raise UnfitValue("plan", "", PLAN_ROW)
    workspace._tell(touched)
    return len(decisions)
