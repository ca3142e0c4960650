"""Guidance sessions with what is due at each, and every other meeting and visit."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui.meetings.commitments import CommitmentsCard
from desktop.ui.meetings.form import MeetingForm
from desktop.ui.meetings.list import MeetingList
from desktop.ui.meetings.outputs import Outputs
from desktop.ui.meetings.printing import RecordCard
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place


class SessionsPage(Page):
    """The sessions of the guideline above, the list of all meetings below."""

    purpose = Message("ui.sessions.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.meetings = MeetingList(session, made=self._adopt, also=self._record_of)
        self.outputs = Outputs(session, self.open_meeting)
        if session.pack.sessions:
            self.add(self.outputs)
        self.commitments: CommitmentsCard | None = None
        self.add(self.meetings)
        self.grow(self._more())

    def _adopt(self, form: MeetingForm | None) -> None:
        self.boxes = form.boxes if form is not None else []

    def _more(self) -> Iterator[None]:
        """What stands below: a line for every agency is made after the first paint."""
        yield
        if any(book.per == "agency" for book in self.session.pack.books):
            self.commitments = CommitmentsCard(self.session)
            self.commitments.refresh()
            self.add(self.commitments)
        self.body.addStretch(1)

    def _record_of(self, meeting: str) -> QWidget:
        return RecordCard(self.session, meeting)

    def complete(self) -> None:
        super().complete()
        if self.meetings.form is not None:
            self.meetings.form.complete()

    def refresh(self) -> None:
        self.outputs.refresh()
        if self.commitments is not None:
            self.commitments.refresh()
        self.meetings.refresh()

    def _on_report(self) -> None:
        super()._on_report()
        if self.isVisible():
            self.outputs.refresh()

    def take_focus(self) -> None:
        first = next(iter(self.outputs.cards.values()), None)
        (first.record if first is not None else self.meetings.grid.table).setFocus()

    def open_meeting(self, meeting: str) -> None:
        """Show a meeting in full and begin with its first field."""
        self.meetings.refresh()
        if meeting and self.meetings.open_meeting(meeting) and self.meetings.form is not None:
            form = self.meetings.form
            form.complete()
            self.reveal(form.boxes[0])
            form.boxes[0].take_focus()

    def open_ref(self, ref: str) -> None:
        if ref:
            self.open_meeting(ref)

    def point_at(self, place: Place) -> bool:
        self.complete()
        found: QWidget | None
        if place.table == "session_output":
            self.outputs.refresh()
            found = self.outputs.edit_of(place.row)
            if found is not None:
                found.setFocus()
        elif place.table == "agency" and self.commitments is not None:
            self.commitments.refresh()
            found = self.commitments.edits.get(place.row)
            if found is not None:
                found.setFocus()
        else:
            found = self.meetings.point_at(place)
        if found is not None:
            self.reveal(found)
        return found is not None
