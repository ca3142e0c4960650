"""The programmes an input changed: found by typing, listed with a way to each, taken off again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.exchange.values import NotUnderstood, Option
from desktop.ui import widgets
from desktop.ui.fields.looking_up import LookUpEditor
from desktop.ui.registers import find
from desktop.ui.session import Session
from desktop.workspace.hearing import Input
from desktop.workspace.plan import Programme

NAME = Message("ui.input.programmes")


class ChangedProgrammes(QWidget):
    """One line for each programme, and a place to add one; each is one operation."""

    def __init__(self, session: Session, row: str) -> None:
        super().__init__()
        self._session, self._row = session, row
        layout = widgets.column(spacing=4)
        self.setLayout(layout)
        layout.addWidget(widgets.label(session.speaker, NAME, "field"))
        layout.addWidget(
            widgets.label(session.speaker, Message("ui.input.programmes_note"), "muted", wrap=True)
        )
        self._lines = widgets.column(spacing=2)
        layout.addLayout(self._lines)
        self.pick = LookUpEditor(session.speaker)
        session.speaker.tie(self.pick, LookUpEditor.name, Message("ui.input.add_programme"))
        self.pick.left.connect(self._add)
        layout.addWidget(self.pick)
        self._shown: object = None

    def now(self) -> Input | None:
        """The input as it stands."""
        found = find(self._session.plan, "input", self._row)
        return found if isinstance(found, Input) else None

    def refresh(self) -> None:
        """Show what it changed now."""
        now, plan = self.now(), self._session.plan
        if now is None:
            return
        rest = [each for each in plan.programmes if each.id not in now.programmes]
        self.pick.offer(Option(each.id, LocalText(each.title.values)) for each in rest if each.title)
        self.pick.lock(locked=self._session.read_only)
        mine = [each for each in plan.programmes if each.id in now.programmes]
        state = ([(each.id, each.title) for each in mine], self._session.read_only)
        if state != self._shown:
            self._shown = state
            widgets.empty(self._lines)
            for each in mine:
                self._lines.addLayout(self._line(each))

    def _line(self, programme: Programme) -> QHBoxLayout:
        speaker = self._session.speaker
        title = LocalText(programme.title.values) if programme.title else programme.code
        go = widgets.button(
            speaker,
            title,
            partial(self._session.show, "programmes", programme.id),
            icon="target",
            look="quiet",
        )
        off = widgets.tool(
            speaker,
            Message("ui.input.remove_programme", programme=title),
            "x",
            partial(self.remove, programme.id),
        )
        off.setEnabled(not self._session.read_only)
        return widgets.line(go, off, 1, spacing=4)

    def _add(self) -> None:
        try:
            value = self.pick.value()
        except NotUnderstood as problem:
            self._session.failed.emit(problem.message)
            return
        if value:
            self.pick.show_value(None)
            self.add(str(value))

    def add(self, programme: str) -> None:
        """Say that the input changed a programme."""

        def work() -> None:
            with self._session.change(Message("ui.op.input_programme")) as operation:
                operation.put("input_programme", input=self._row, programme=programme)

        self._session.attempt(work)

    def remove(self, programme: str) -> None:
        """Take that back."""

        def work() -> None:
            with self._session.change(Message("ui.op.input_programme")) as operation:
                operation.delete("input_programme", derived_id("input_programme", self._row, programme))

        self._session.attempt(work)
