"""One meeting in full: when and where, agenda and results, who was there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import Message, clock
from desktop.base.message import Param
from desktop.books.words import listed
from desktop.checks.places import agency_name
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.flow import Pair
from desktop.ui.gradual import Gradual
from desktop.ui.grid.view import Grid
from desktop.ui.meetings.sources import MEETING, AttendanceSource
from desktop.ui.registers import RowRegister, find
from desktop.ui.session import Session
from desktop.workspace.organisation import Meeting
from desktop.workspace.owners import home_of
from desktop.workspace.plan import Place

FIELDS = {field.id: field for field in MEETING}
TOP = ("kind", "session", "body", "start", "end", "place", "leader")
"""What stands two in a row at the top."""


class MeetingForm(QWidget):
    """Boxes and the attendance of one meeting. The page that shows it adopts its ``boxes``."""

    grown = Signal()

    def __init__(self, session: Session, meeting: str, *, fixed_kind: bool = False) -> None:
        """``fixed_kind``: the list it belongs to holds one kind only, so the kind is not asked."""
        super().__init__()
        self.session = session
        self.meeting = meeting
        self.boxes: list[FieldBox] = []
        self._top: dict[str, FieldBox] = {}
        self._fixed_kind = fixed_kind
        self._evidence: EvidenceSlot | None = None
        self.attendance: Grid | None = None
        self._layout = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(self._layout)
        self._gradual = Gradual(self, self._make(), self.grown.emit)

    def now(self) -> Meeting | None:
        """The meeting as it stands, if it is still there."""
        found = find(self.session.plan, "meeting", self.meeting)
        return found if isinstance(found, Meeting) else None

    def complete(self) -> None:
        """Make the parts that are not there yet."""
        self._gradual.finish()

    def _make(self) -> Iterator[None]:
        for make in (self._basics, self._said, self._attended):
            self._layout.addWidget(make())
            yield

    # -- parts ----------------------------------------------------------------------------------
    def _box(self, name: str) -> FieldBox:
        field = FIELDS[name]
        box = FieldBox(self.session, field, RowRegister("meeting", self.meeting, name, field.said))
        self.boxes.append(box)
        return box

    def _basics(self) -> QWidget:
        card = widgets.Card(self.session.speaker, Message("ui.meeting.basics"))
        card.add(self._box("title"))
        pair = Pair()
        for name in TOP:
            if name == "kind" and self._fixed_kind:
                continue
            self._top[name] = box = self._box(name)
            if name in {"session", "body"}:
                card.add(box)
                continue
            if pair.count() == 2 or name == "start":
                pair = Pair()
            pair.add(box)
            if pair.count() == 1:
                card.add(pair)
        self._show_what_fits()
        return card

    def _said(self) -> QWidget:
        card = widgets.Card(self.session.speaker, Message("ui.meeting.said"))
        card.add(self._box("agenda"))
        card.add(self._box("result"))
        self._evidence = EvidenceSlot(self.session, Place("meeting", self.meeting, "result"), required=False)
        self._evidence.refresh()
        card.add(self._evidence)
        return card

    def _attended(self) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker, Message("ui.attendance.title"), Message("ui.attendance.note"))
        source = AttendanceSource(self.session, self.meeting)
        self.attendance = Grid(self.session, source, source.title)
        self.attendance.table.setMinimumHeight(theme.grown(230))
        self.fill = widgets.button(
            speaker, Message("ui.attendance.fill"), self.fill_in, icon="users", look="quiet"
        )
        self.attendance.tools.addWidget(self.fill)
        self._count = widgets.label(speaker, "", "muted", wrap=True)
        card.add(self.attendance, 1)
        card.add(self._count)
        self._show_attendance()
        return card

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the plan as it is now."""
        for box in self.boxes:
            box.refresh()
        if self._evidence is not None:
            self._evidence.refresh()
        self._show_what_fits()
        if self.attendance is not None:
            self._show_attendance()

    def _show_what_fits(self) -> None:
        """A guidance session is one of the guideline's, a meeting one of a body's."""
        now = self.now()
        kind = now.kind if now is not None else ""
        for name, wanted in (("session", kind == "bimtek"), ("body", kind == "meeting")):
            if name in self._top:
                self._top[name].setVisible(wanted)

    def _show_attendance(self) -> None:
        if self.attendance is None:
            return
        self.attendance.refresh()
        self.fill.setEnabled(not self.attendance.model.shut)
        self.session.speaker.tie(self._count, QLabel.setText, self._counted)

    def _counted(self) -> str:
        now = self.now()
        return self.session.say(counted(self.session, now)) if now is not None else ""

    def point_at(self, place: Place) -> QWidget | None:
        """Give the focus to the field at a place; the widget that has it."""
        self.complete()
        for box in self.boxes:
            if box.is_at(place):
                box.take_focus(place.language)
                return box
        wanted = place.table == "meeting" and place.row == self.meeting and place.field == "attendance"
        if self.attendance is None or not (wanted or place.table == "attendance"):
            return None
        if not wanted and not self.attendance.point_at(place):
            return None
        if wanted:
            self.attendance.table.setFocus()
        return self.attendance

    # -- changing -------------------------------------------------------------------------------
    def fill_in(self) -> None:
        """Put everybody of the plan, and each agency that has nobody there, on the list as one change.

        Before the meeting nobody is marked as present.
        """
        self.session.drafts.flush()
        now = self.now()
        if now is None:
            return
        plan, language = self.session.plan, self.session.source
        ahead = not now.start or now.start > clock.today(plan.region.code).isoformat()
        there = {each.person for each in now.attendance if each.person}
        names = {each.name.strip().casefold() for each in now.attendance}
        people = [p for p in plan.people if p.id not in there and p.name.strip().casefold() not in names]
        held = {each.agency for each in now.attendance} | {each.agency for each in people}
        agencies = [agency for agency in plan.agencies if agency.id not in held]

        def work() -> None:
            with self.session.change(Message("ui.op.attendance")) as operation:
                for person in people:
                    office = person.office.read(language.value)
                    operation.insert(
                        "attendance", meeting=now.id, person=person.id, agency=person.agency or None,
                        name=person.name, office=office, present=not ahead,
                    )  # fmt: skip
                for agency in agencies:
                    operation.insert(
                        "attendance", meeting=now.id, agency=agency.id, name=agency.head, present=not ahead
                    )

        if people or agencies:
            self.session.attempt(work)


def counted(session: Session, meeting: Meeting) -> Message:
    """How many are on the list, how many of them came, and from where."""
    if not meeting.attendance:
        return Message("ui.attendance.none")
    here = [each for each in meeting.attendance if each.present]
    by: Counter[str] = Counter(home_of(session.plan, each) for each in here)
    plan = session.plan
    parts = [
        f"{_said(session, agency_name(plan, agency.id))} {by[agency.id]}"
        for agency in plan.agencies
        if by[agency.id]
    ]
    if by[""]:
        parts.append(session.say(Message("ui.attendance.others", count=by[""])))
    return Message("ui.attendance.count", present=len(here), all=len(meeting.attendance), where=listed(parts))


def _said(session: Session, name: Param) -> str:
    from desktop.base.speech import value_text

    return value_text(name, session.speaker.language)


def day_of(text: str) -> dt.date | None:
    """A day of the plan, if it is one."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
