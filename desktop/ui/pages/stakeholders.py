"""The register of stakeholders, and the consultations at which they were heard."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.books.pictures import participation
from desktop.ui import theme, widgets
from desktop.ui.charted import ChartCard
from desktop.ui.grid.view import Grid
from desktop.ui.hearing.list import InputList
from desktop.ui.hearing.sources import Narrowed, StakeholderSource
from desktop.ui.meetings.form import MeetingForm
from desktop.ui.meetings.list import MeetingList
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place


class StakeholdersPage(Page):
    """The register; below it consultations with who came and what was said; at the end who takes part."""

    purpose = Message("ui.stakeholders.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        source = StakeholderSource(session)
        card = widgets.Card(session.speaker, source.title, Message("ui.stakeholder.note"))
        self.register = Grid(session, source, source.title)
        self.register.table.setMinimumHeight(theme.grown(320))
        self.register.teach(Message("ui.stakeholder.none"))
        card.add(self.register, 1)
        card.add(widgets.label(session.speaker, Message("ui.stakeholder.privacy"), "muted", wrap=True))
        self.add(card)
        self._inputs: InputList | None = None
        self.consultations = MeetingList(
            session,
            ("consultation",),
            title=Message("ui.consultation.list"),
            note=Message("ui.consultation.note"),
            made=self._adopt,
            also=self._said_there,
        )
        self.add(self.consultations)
        self.chart = ChartCard(session, Message("ui.chart.participation"))
        self.add(self.chart)
        self.body.addStretch(1)

    def _adopt(self, form: MeetingForm | None) -> None:
        self.boxes = form.boxes if form is not None else []
        if form is None:
            self._inputs = None

    def _said_there(self, meeting: str) -> QWidget:
        """What was said at a consultation, to be typed one line after the other."""
        note = Message("ui.input.typing_note")
        self._inputs = InputList(self.session, Narrowed(meeting=meeting), note=note)
        self._inputs.refresh()
        return self._inputs

    def complete(self) -> None:
        super().complete()
        if self.consultations.form is not None:
            self.consultations.form.complete()

    def refresh(self) -> None:
        self.register.refresh()
        self.consultations.refresh()
        self.chart.show_chart(participation)
        if self._inputs is not None and self.consultations.form is not None:
            self._inputs.refresh()

    def take_focus(self) -> None:
        self.register.table.setFocus()

    def open_ref(self, ref: str) -> None:
        if ref:
            self.point_at(Place("meeting", ref))

    def point_at(self, place: Place) -> bool:
        found: QWidget | None
        if place.table == "stakeholder":
            found = self.register if self.register.point_at(place) else None
        else:
            found = self.consultations.point_at(place)
        if found is not None:
            self.reveal(found)
        return found is not None
