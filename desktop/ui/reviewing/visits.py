"""A visit in the window: where, when, who came; and its record, made from what was remarked that day."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.base import Message, clock
from desktop.base.speech import date
from desktop.books.record import agreed
from desktop.exchange.values import NotUnderstood
from desktop.exchange.visits import newest_visit, record_visit
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.editors import DateEditor
from desktop.ui.helping.asking import offer_help
from desktop.ui.meetings.form import day_of
from desktop.ui.meetings.printing import RecordCard
from desktop.ui.session import Session
from desktop.workspace.organisation import Meeting


class VisitDialog(Ask):
    """Place, day and names; each name on a line of its own."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.visit.add"), Message("ui.visit.keep"), parent)
        offer_help(self, "review")
        self.place = QLineEdit()
        self.field(Message("ui.visit.place"), self.place)
        self.day = DateEditor(session.speaker)
        self.day.show_value(clock.today(session.plan.region.code).isoformat())
        self.field(Message("ui.visit.day"), self.day)
        self.came = QPlainTextEdit()
        self.came.setTabChangesFocus(True)
        self.came.setFixedHeight(theme.grown(96))
        self.field(Message("ui.visit.came"), self.came)
        self.said = widgets.label(session.speaker, "", "bad", wrap=True)
        self.said.hide()
        self.body.addWidget(self.said)

    def chosen_day(self) -> str:
        """The day (ISO). Raises NotUnderstood."""
        return str(self.day.value() or "")

    def accept(self) -> None:
        """A day that is none is told and not kept."""
        try:
            self.chosen_day()
        except NotUnderstood as problem:
            self.session.speaker.tie(self.said, QLabel.setText, problem.message)
            self.said.show()
            return
        super().accept()


class VisitCard(widgets.Card):
    """The reviewer's newest visit with its record, and the way to write down a new one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.visit.title"), Message("ui.visit.note"))
        self._session = session
        self._shown: object = None
        self.new = widgets.button(
            session.speaker, Message("ui.visit.add"), self.add_visit, icon="calendar", look="primary"
        )
        self.head.addWidget(self.new)
        self._inside: QVBoxLayout = widgets.column(spacing=6)
        self.add(self._inside)
        self.record: RecordCard | None = None

    def refresh(self) -> None:
        """Show the plan as it is now."""
        session = self._session
        self.new.setEnabled(not session.locked)
        found = newest_visit(session.plan, session.own.visits())
        remarks = agreed(session.plan, found) if found is not None else ()
        state = (found, remarks)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._inside)
        self.record = None
        if found is None:
            none = Message("ui.visit.none")
            self._inside.addWidget(widgets.label(session.speaker, none, "muted", wrap=True))
            return
        said = Message(
            "ui.visit.held",
            day=_day(session, found),
            place=found.place or "\N{EM DASH}",
            n=len(remarks),
        )
        self._inside.addWidget(widgets.label(session.speaker, said, wrap=True))
        more = widgets.button(
            session.speaker,
            Message("ui.visit.open"),
            lambda: session.show("sessions", found.id),
            icon="arrow-right",
            look="quiet",
        )
        self._inside.addLayout(widgets.line(more, 1))
        self.record = RecordCard(session, found.id)
        self._inside.addWidget(self.record)

    def add_visit(self) -> None:
        """Ask for a visit and keep it as one change."""
        session = self._session
        if session.locked:
            return
        dialog = VisitDialog(session, self)
        if not dialog.exec():
            return
        place, day = dialog.place.text(), dialog.chosen_day()
        came = dialog.came.toPlainText().splitlines()
        session.attempt(lambda: record_visit(session.workspace, place=place, day=day, came=came))


def _day(session: Session, visit: Meeting) -> str:
    day = day_of(visit.start)
    return date(day, session.speaker.language) if day is not None else "\N{EM DASH}"
