"""The list of meetings with the chosen one in full below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.grid.view import Grid
from desktop.ui.meetings.form import MeetingForm
from desktop.ui.meetings.sources import MeetingSource
from desktop.ui.registers import find
from desktop.ui.session import Session
from desktop.workspace.groundwork import MEETING_KINDS
from desktop.workspace.plan import Place

TITLE, NOTE = Message("ui.meeting.list"), Message("ui.meeting.note")


class MeetingList(QWidget):
    """A grid of meetings of some kinds; the row with the cursor is shown in full below.

    ``made`` is called whenever another meeting is shown, so that a page adopts its field boxes; ``also``
    makes a further part under the form for a meeting (what was heard at it, its record).
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
        super().__init__()
        self.session = session
        self._kinds = kinds
        self._made, self._also = made, also
        self.form: MeetingForm | None = None
        layout = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(layout)
        card = widgets.Card(session.speaker, title, note)
        self.source = MeetingSource(session, kinds)
        self.grid = Grid(session, self.source, title)
        self.grid.table.setMinimumHeight(theme.grown(190))
        self.grid.teach(Message("ui.meeting.none"))
        card.add(self.grid, 1)
        layout.addWidget(card)
        self._below = widgets.column(spacing=theme.PAD - 2)
        layout.addLayout(self._below)
        # a row must be written before its meeting can be shown: look when the keys are done
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_chosen)
        self.grid.table.selectionModel().currentRowChanged.connect(self._on_row)

    @property
    def shown(self) -> str:
        """The meeting shown in full, or nothing."""
        return self.form.meeting if self.form is not None else ""

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._soon.start()

    def _chosen(self) -> str:
        index = self.grid.table.currentIndex()
        rows = self.grid.model.rows
        return rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.show_meeting(chosen)

    def show_meeting(self, meeting: str) -> None:
        """Show a meeting in full; the cursor of the list stays where it is."""
        if meeting == self.shown:
            return
        found = find(self.session.plan, "meeting", meeting)
        widgets.empty(self._below)
        self.form = None
        if found is not None and found.kind in self._kinds:
            self.form = MeetingForm(self.session, meeting, fixed_kind=len(self._kinds) == 1)
            self._below.addWidget(self.form)
            if self._also is not None:
                self._below.addWidget(self._also(meeting))
        self._made(self.form)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.grid.refresh()
        if self.form is not None and self.form.now() is None:
            self.show_meeting("")
        elif self.form is not None:
            self.form.refresh()

    def open_meeting(self, meeting: str) -> bool:
        """Put the cursor on a meeting of the list and show it in full; whether it is there."""
        if not self.grid.point_at(Place("meeting", meeting)):
            return False
        self.show_meeting(meeting)
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
