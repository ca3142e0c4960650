"""How busy the weeks were, by agency and by stage of the journey, and the way from there to the history."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QLabel

from desktop.base import Message, clock
from desktop.exchange.activity import Busy, agency_chart, busy, stage_chart, weeks_until
from desktop.exchange.searching.filling import readable
from desktop.ui import widgets
from desktop.ui.beside import Beside
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.pages.page import Page
from desktop.ui.past.busy import BusyTable
from desktop.ui.session import Session
from desktop.workspace import story

_SPANS = (
    (13, Message("ui.activity.quarter")),
    (26, Message("ui.activity.half")),
    (52, Message("ui.activity.year")),
    (156, Message("ui.activity.three_years")),
)


class ActivityPage(Page):
    """Two tables, worked out beside the window."""

    purpose = Message("ui.activity.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.span = QuietCombo()
        for weeks, name in _SPANS:
            self.span.addItem(session.say(name), weeks)
        self.span.setCurrentIndex(1)
        widgets.call(speaker, self.span, Message("ui.activity.span"))
        self.span.activated.connect(lambda _row: self.refresh())
        self.said = widgets.label(speaker, Message("ui.activity.counting"), "muted", wrap=True)
        row = widgets.line(self.span, self.said)
        row.setStretch(1, 1)
        self.add(row)
        self.agencies = self._card(Message("exchange.activity.by_agency"))
        self.stages = self._card(Message("exchange.activity.by_stage"))
        self.agencies.asked.connect(self._show_agency)
        self.stages.asked.connect(self._show_week)
        self.body.addStretch(1)
        self._beside = Beside(self)
        self.found: Busy | None = None
        session.closed.connect(self._beside.stop)
        speaker.changed.connect(self._speak)

    def _card(self, title: Message) -> BusyTable:
        card = widgets.Card(self.session.speaker, title)
        made = BusyTable(self.session, title)
        card.add(made)
        self.add(card)
        return made

    def _speak(self) -> None:
        for row, (_, name) in enumerate(_SPANS):
            self.span.setItemText(row, self.session.say(name))

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        session = self.session
        weeks = weeks_until(clock.now().astimezone().date(), int(self.span.currentData()))
        file, plan, pack = readable(session.workspace), session.plan, session.pack
        hands = story.hands(session.workspace)
        self._beside.start(
            lambda _report: busy(file, plan, pack, hands, weeks), self._show, session.failed.emit, _nothing
        )

    def _show(self, found: Busy) -> None:
        self.found = found
        session, language = self.session, self.session.speaker.language
        if not session.is_open:
            return
        self.agencies.show_chart(agency_chart(found, session.plan, language), found.weeks)
        self.stages.show_chart(stage_chart(found, session.pack, language), found.weeks)
        said = Message("ui.activity.count", n=found.total) if found.total else Message("ui.activity.none")
        session.speaker.tie(self.said, QLabel.setText, said)

    # -- going to the history --------------------------------------------------------------------
    def _show_agency(self, row: int, column: int) -> None:
        if self.found is not None:
            agency = list(self.found.agencies)[row]
            self._go(f"agency:{agency}" if agency else "", column)

    def _show_week(self, _row: int, column: int) -> None:
        self._go("", column)

    def _go(self, ref: str, column: int) -> None:
        """The history of an agency in a week (or, at the sum, in all of them)."""
        weeks = self.found.weeks if self.found is not None else ()
        if column < len(weeks):
            last = weeks[column] + dt.timedelta(days=6)
            ref = f"{ref}@{weeks[column].isoformat()}/{last.isoformat()}"
        self.session.show("history", ref)


def _nothing(*_: object) -> None:
    """Nobody watches how far it is."""
