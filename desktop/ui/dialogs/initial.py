"""Noting one paraf: given or given back, by whom, when, and a scan of the sheet if there is one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.base import Message, clock
from desktop.checks.initials import Paraf, parafs, standing_name
from desktop.exchange.initials import Said, clear, give, give_back
from desktop.exchange.values import NotUnderstood
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.fields.editors import DateEditor
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.ui.speaker import Speech

GIVEN, RETURNED, WAITING = "initialled", "returned", ""


class InitialDialog(Ask):
    """What is noted of a paraf; with nothing given or given back the note is taken away."""

    def __init__(self, session: Session, paraf: Paraf, parent: QWidget) -> None:
        title = Message("ui.initials.title", who=paraf.message)
        super().__init__(session, title, Message("ui.initials.accept"), parent)
        offer_help(self, "initials")
        self.widen(580)  # an office with all that it is responsible for
        self.scan: Path | None = None
        speaker, given = session.speaker, paraf.initial
        self.body.addWidget(widgets.label(speaker, Message("checks.initials.own_record"), "muted", wrap=True))
        self.state = QuietCombo()
        for value, name in (
            (GIVEN, Message("ui.initials.given")),
            (RETURNED, Message("ui.initials.returned")),
            (WAITING, Message("ui.initials.waiting")),
        ):
            self.state.addItem(session.say(name), value)
        noted = given.state if given is not None and given.state else GIVEN
        self.state.setCurrentIndex(self.state.findData(noted))
        self.state.activated.connect(lambda _row: self._judge())
        self.field(Message("ui.initials.state"), self.state)
        language = session.source.value
        self.by = QLineEdit(paraf.name)
        self.office = QLineEdit((given.office if given is not None else "") or paraf.title(language))
        self.note = QLineEdit(given.note if given is not None else "")
        for edit in (self.by, self.office, self.note):
            edit.setCursorPosition(0)  # long offices begin in view
        for name, edit in (
            (Message("ui.initials.by"), self.by),
            (Message("ui.initials.office"), self.office),
            (Message("ui.initials.note"), self.note),
        ):
            self.field(name, edit)
            edit.textChanged.connect(lambda _text: self._judge())
        self.day = DateEditor(speaker)
        noted_day = given.at if given is not None and not _anew(paraf) else ""
        self.day.show_value(noted_day or clock.today(session.plan.region.code).isoformat())
        label = widgets.label(speaker, Message("ui.initials.at"), "field")
        label.setBuddy(self.day.inner)
        widgets.call(speaker, self.day.inner, Message("ui.initials.at"))
        self.body.addWidget(label)
        self.body.addWidget(self.day)
        self.day.edited.connect(self._judge)
        self.choose = widgets.button(speaker, Message("ui.initials.scan"), self._choose, icon="paperclip")
        kept = Message("ui.initials.scan_kept") if given is not None and given.evidence else ""
        self._file = widgets.label(speaker, kept, "muted", wrap=True)
        self.body.addLayout(widgets.line(self.choose, self._file, 1))
        self._fault = widgets.label(speaker, "", "bad", wrap=True)
        self.body.addWidget(self._fault)
        self._judge()

    def _choose(self) -> None:
        kinds = Message("ui.files.scans")
        path = ask_open(self, self.session, Message("ui.initials.scan"), kinds, Purpose.EVIDENCE)
        if path is not None:
            self.take_scan(path)

    def take_scan(self, path: Path) -> None:
        """Keep this file beside the paraf."""
        self.scan = path
        self.session.speaker.tie(self._file, QLabel.setText, path.name)

    def _judge(self) -> None:
        state, fault = self.state.currentData(), self._wrong()
        for part in (self.by, self.office, self.note, self.day, self.choose):
            part.setEnabled(state != WAITING)
        self.office.setEnabled(state == GIVEN)
        self.session.speaker.tie(self._fault, QLabel.setText, fault)
        self._fault.setVisible(bool(fault))
        self.ok.setEnabled(not fault)

    def _wrong(self) -> Speech:
        """What keeps it from being noted, or empty."""
        state = self.state.currentData()
        if state == WAITING:
            return ""
        try:
            day = self._day()
        except NotUnderstood as error:
            return error.message
        today = clock.today(self.session.plan.region.code)
        if day is not None and day > today:
            return Message("exchange.initials.not_yet", day=day)
        if state == RETURNED and not self.note.text().strip():
            return Message("ui.initials.needs_reason")
        if state == GIVEN and not self.by.text().strip():
            return Message("ui.initials.needs_name")
        return ""

    def _day(self) -> dt.date | None:
        value = self.day.value()
        return dt.date.fromisoformat(str(value)) if value else None

    def said(self) -> Said:
        """What is to be noted."""
        return Said(self.by.text(), self.office.text(), self._day(), self.note.text(), self.scan)


def _anew(paraf: Paraf) -> bool:
    """Whether a paraf that was given has to be given again: then of another day."""
    return paraf.standing.value == "changed"


def ask_initial(parent: QWidget, session: Session, paraf: Paraf) -> None:
    """Ask what is to be noted of a paraf, and note it as one change."""
    dialog = InitialDialog(session, paraf, parent)
    if dialog.exec():
        note(session, paraf, str(dialog.state.currentData()), dialog.said())


def note(session: Session, paraf: Paraf, state: str, said: Said) -> None:
    """Note it as one change; what cannot be noted is told."""
    today = clock.today(session.plan.region.code)
    label = Message("ui.op.initial", state=standing_of(state))
    plan, pack = session.plan, session.pack
    # what was written while the question stood open belongs to what is initialled
    paraf = next(
        (
            each
            for each in parafs(plan, pack, today)
            if (each.step, each.agency) == (paraf.step, paraf.agency)
        ),
        paraf,
    )

    def write() -> None:
        with session.change(label) as op:
            if state == GIVEN:
                give(op, paraf, plan, pack, said, today)
            elif state == RETURNED:
                give_back(op, paraf, plan, said, today)
            else:
                clear(op, paraf)

    session.attempt(write)


def standing_of(state: str) -> Message:
    """What a state that was noted is called."""
    from desktop.checks.initials import Standing

    return standing_name(
        {GIVEN: Standing.INITIALLED, RETURNED: Standing.RETURNED}.get(state, Standing.WAITING)
    )
