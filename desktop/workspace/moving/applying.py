"""Doing a move: one operation pins the other pack and writes everything it takes along."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.ids import derived_id
from desktop.workspace.moving.planning import Move, State
from desktop.workspace.moving.previewing import preview
from desktop.workspace.moving.slots import CALLED, KEPT, Content, Slot
from desktop.workspace.plan import Plan, Text

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.store import Workspace

KIND = "move"
"""The kind of change set a move is written as."""


def move(workspace: Workspace, pack: bytes) -> Move:
    """Pin another pack and take along what maps; one step to undo.

    Raises BrokenPack, MissingBlob, ReadOnly.
    """
    worked_out = preview(workspace, pack)
    info, plan = worked_out.there.pack.pack, workspace.plan()
    label = Message("workspace.label.move", title=info.title, version=info.version)
    with workspace.operation(label, kind=KIND) as op:
        op.keep(pack, "guideline")
        op.set(
            "plan",
            workspace.plan_row,
            guideline=info.id,
            guideline_version=info.version,
            guideline_sha256=hashlib.sha256(pack).hexdigest(),
        )
        write(op, worked_out, plan)
        _count(op, worked_out, plan)
    return worked_out


def _count(op: Operation, move: Move, plan: Plan) -> None:
    """Remember how much fell away: the checks, which know one guideline only, say that it is there."""
    left, come = (f"{KEPT}.{each.pack.pack.id}" for each in (move.here, move.there))
    fell = len(move.of(State.FALLS)) + sum(state is State.FALLS for state, _ in move.rows)
    if left != come and (fell or (left, "") in plan.answers):
        op.answer(left, fell, policy="lww")
    if (come, "") in plan.answers:
        op.answer(come, 0, policy="lww")


def write(op: Operation, move: Move, plan: Plan) -> None:
    """What a move takes along, as a part of an operation."""
    _Writing(op, move, plan).everything()


class _Writing:
    def __init__(self, op: Operation, move: Move, plan: Plan) -> None:
        self._op, self._move, self._plan = op, move, plan
        self._source = plan.source_language
        self._rows = {row.id: row for rows in plan.rows.values() for row in rows}

    def everything(self) -> None:
        for item, scope in self._move.cleared:
            if (item, scope) not in self._move.shelves:
                self._forget(item, scope)
        for each in self._move.put:
            self._op.put(each.table, **each.key, **_values(each.values))
        self._fixed_rows()
        for slot, content in self._move.writes.items():
            self._write(slot, content)
        for (item, scope), content in self._move.shelves.items():
            self._answer(item, scope, content, "conflict")
        self._labels()

    def _fixed_rows(self) -> None:
        """The guideline's own rows over there, where something comes to stand in one."""
        wanted = {slot.row for slot in self._move.writes if slot.table == "cell"} - set(self._rows)
        if not wanted:
            return
        for sheet in self._move.there.pack.worksheets:
            for fixed in sheet.fixed_rows:
                for agency in ("", *(each.id for each in self._plan.agencies)):
                    if derived_id("row", sheet.id, fixed.id, agency) in wanted:
                        self._op.fixed_row(sheet.id, fixed.id, agency=agency)

    def _write(self, slot: Slot, content: Content) -> None:
        there = self._move.there
        if slot.table == "answer":
            field = there.field(slot.field)
            self._answer(slot.field, slot.row, content, field.policy if field else "conflict")
        elif slot.table == "cell":
            self._cell(slot, content)
        elif slot.table == "member" and not content:
            pass  # a member is a part of a body: it stays with the one that was
        else:
            self._op.set(slot.table, slot.row, **{slot.field: content.value or None})

    def _answer(self, item: str, scope: str, content: Content, policy: Any) -> None:
        before = self._plan.answers.get((item, scope))
        texts = dict(content.text.values)
        for language in sorted(texts, key=lambda each: each != self._source):
            row = self._op.answer_text(
                item, language, texts[language], scope=scope, policy=policy, origin=content.origin
            )
            if language in content.text.made_from:
                self._op.set("answer", row, of=content.text.made_from[language])
        for language in set(before.text.values if before else ()) - set(texts):
            self._op.answer_text(item, language, "", scope=scope, policy=policy)
        if content.value not in (None, "", ()) or (before and before.value not in (None, "", ())):
            self._op.answer(item, content.value, scope=scope, policy=policy, origin=content.origin)

    def _cell(self, slot: Slot, content: Content) -> None:
        row = self._rows.get(slot.row)
        before = row.cells.get(slot.field) if row else None
        sheet = str(self._move.writes.get(Slot("row", slot.row, "worksheet"), Content()).value or "")
        field = self._move.there.field(f"{sheet or (row.worksheet if row else '')}.{slot.field}")
        policy = field.policy if field else "conflict"
        texts = dict(content.text.values)
        for language in sorted(texts, key=lambda each: each != self._source):
            cell = self._op.cell_text(slot.row, slot.field, language, texts[language], policy=policy)
            if language in content.text.made_from:
                self._op.set("cell", cell, of=content.text.made_from[language])
        for language in set(before.text.values if before else ()) - set(texts):
            self._op.cell_text(slot.row, slot.field, language, "", policy=policy)
        if content.value not in (None, "", ()) or (before and before.value not in (None, "", ())):
            self._op.cell(slot.row, slot.field, content.value, policy=policy)

    def _forget(self, item: str, scope: str) -> None:
        """A note that is of no use any more."""
        before = self._plan.answers[item, scope]
        for language in ("", *before.text.values):
            row = derived_id("answer", item, scope, language)
            if before.text.values or language or before.value is not None:
                self._op.discard("answer", row)

    def _labels(self) -> None:
        """What money sources are called that the other guideline does not know: their lines stay."""
        used = {line.source for one in self._plan.programmes for line in one.budget}
        for funding in self._move.here.pack.planning.funding:
            if funding.id in used and self._move.there.funding(funding.id) is None:
                label = Text(dict(funding.label.texts))
                self._answer(f"{CALLED}.funding.{funding.id}", "", Content(None, label), "lww")


def _values(values: Any) -> dict[str, Any]:
    """Values as an operation takes them: texts by language."""
    return {
        name: dict(value.values) if isinstance(value, Text) else value
        for name, value in values.items()
        if value is not None and value != Text()
    }
