"""One input in full: who said it and where, what about, and the answer beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.base import Message, clock
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.flow import Pair
from desktop.ui.hearing.changed import ChangedProgrammes
from desktop.ui.hearing.sources import INPUT
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session
from desktop.workspace.hearing import Input
from desktop.workspace.listening import decide
from desktop.workspace.operation import Operation
from desktop.workspace.plan import Place, Value

FIELDS = {field.id: field for field in INPUT}


@dataclass(frozen=True, slots=True)
class DecisionRegister(RowRegister):
    """The decision, which remembers who made it and when."""

    by: str = ""
    region: str = ""
    """The code of the region whose day it is."""

    def put(self, operation: Operation, value: Value) -> None:
        decide(operation, self.row, str(value or "open"), by=self.by, on=clock.today(self.region))


class InputForm(QWidget):
    """Two cards. The page that shows it adopts its ``boxes``."""

    def __init__(self, session: Session, row: str) -> None:
        super().__init__()
        self.session, self.row = session, row
        self.boxes: list[FieldBox] = []
        layout = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(layout)
        self.changed = ChangedProgrammes(session, row)
        pair = Pair()
        pair.add(self._said())
        pair.add(self._answered())
        layout.addWidget(pair)
        self.changed.refresh()

    def _box(self, name: str) -> FieldBox:
        field = FIELDS[name]
        register = (
            DecisionRegister(
                "input",
                self.row,
                name,
                field.said,
                self.session.workspace.author.name,
                self.session.plan.region.code,
            )
            if name == "decision"
            else RowRegister("input", self.row, name, field.said)
        )
        box = FieldBox(self.session, field, register)
        self.boxes.append(box)
        return box

    def _said(self) -> QWidget:
        card = widgets.Card(self.session.speaker, Message("ui.input.said_card"))
        for name in ("body", "item", "stakeholder", "author"):
            card.add(self._box(name))
        card.add(Pair(self._box("date"), self._box("channel")))
        card.add(self._box("meeting"))
        return card

    def _answered(self) -> QWidget:
        card = widgets.Card(
            self.session.speaker, Message("ui.input.answer_card"), Message("ui.input.answer_note")
        )
        for name in ("decision", "answer"):
            card.add(self._box(name))
        card.add(self.changed)
        self._by = widgets.label(self.session.speaker, self._told, "muted", wrap=True)
        card.add(self._by)
        card.body.addStretch(1)
        return card

    def _told(self) -> str:
        now = self.changed.now()
        if now is None or not now.answered_by:
            return ""
        from desktop.ui.picks import day_said

        return self.session.say(
            Message("ui.input.answered", who=now.answered_by, day=day_said(now.answered_on))
        )

    def now(self) -> Input | None:
        """The input as it stands, if it is still there."""
        return self.changed.now()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        for box in self.boxes:
            box.refresh()
        self.changed.refresh()
        self.session.speaker.tie(self._by, type(self._by).setText, self._told)

    def point_at(self, place: Place) -> QWidget | None:
        """Give the focus to the field at a place; the widget that has it."""
        for box in self.boxes:
            if box.is_at(place):
                box.take_focus(place.language)
                return box
        if place.field == "programmes" and place.row == self.row:
            self.changed.pick.inner.setFocus()
            return self.changed
        return None
