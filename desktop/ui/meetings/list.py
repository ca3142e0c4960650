"""The list of meetings with the chosen one in full below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui.grid.below import ListWithForm
from desktop.ui.meetings.form import MeetingForm
from desktop.ui.meetings.sources import MeetingSource
from desktop.ui.registers import find
from desktop.ui.session import Session
from desktop.workspace.groundwork import MEETING_KINDS
from desktop.workspace.plan import Place

TITLE, NOTE = Message("ui.meeting.list"), Message("ui.meeting.note")


class MeetingList(ListWithForm[MeetingForm]):
    """A grid of meetings of some kinds.

    ``also`` makes a further part under the form for a meeting (what was heard at it, its record).
    """

    def __init__(
        self,
        session: Session,
        kinds: tuple[str, ...] = MEETING_KINDS,
        *,
        title: Message = TITLE,
        note: Message = NOTE,
        made: Callable[[MeetingForm | None], object] = lambda _form: None,
        also: Callable[[str], QWidget] | None = None,
    ) -> None:
        super().__init__(session, MeetingSource(session, kinds), title, note, made)
        self._kinds, self._also = kinds, also
        self._fit(190, Message("ui.meeting.none"))

    def _put(self, row: str) -> None:
        found = find(self.session.plan, "meeting", row)
        if found is not None and found.kind in self._kinds:
            self.form = MeetingForm(self.session, row, fixed_kind=len(self._kinds) == 1)
            self.below.addWidget(self.form)
            if self._also is not None:
                self.below.addWidget(self._also(row))

    def open_meeting(self, meeting: str) -> bool:
        """Put the cursor on a meeting of the list and show it in full; whether it is there."""
        if not self.grid.point_at(Place("meeting", meeting)):
            return False
        self.show_row(meeting)
        return True

    def point_at(self, place: Place) -> QWidget | None:
        """Show the field at a place; the widget that has the focus then."""
        meeting = self._meeting_of(place)
        if place.table == "meeting" and not place.row:
            return self.grid if self.grid.point_at(place) else None
        if not meeting or not self.open_meeting(meeting) or self.form is None:
            return None
        return self.form.point_at(place) or self.grid

    def _meeting_of(self, place: Place) -> str:
        if place.table == "meeting":
            return place.row
        if place.table != "attendance":
            return ""
        return next(
            (
                meeting.id
                for meeting in self.session.plan.meetings
                if any(each.id == place.row for each in meeting.attendance)
            ),
            "",
        )
