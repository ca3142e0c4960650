"""Meetings and their attendance as rows of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.grid.source import GridRow, TableField, column
from desktop.ui.grid.tables import TableSource
from desktop.ui.session import Session
from desktop.workspace.groundwork import MEETING_KINDS
from desktop.workspace.plan import Plan, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.organisation import Meeting

MEETING: tuple[TableField, ...] = (
    column("start", Message("ui.meeting.start"), "date"),
    column("kind", Message("ui.meeting.kind"), "choice"),
    column("title", Message("ui.meeting.title"), translated=True, wide=260),
    column("place", Message("ui.meeting.place")),
    column("end", Message("ui.meeting.end"), "date"),
    column("leader", Message("ui.meeting.leader")),
    column("session", Message("ui.meeting.session"), "choice"),
    column("body", Message("ui.meeting.body"), "choice"),
    column("agenda", Message("ui.meeting.agenda"), "long_text", translated=True),
    column("result", Message("ui.meeting.result"), "long_text", translated=True),
)
"""Every field of a meeting; the list shows the first six."""
ATTENDANCE: tuple[TableField, ...] = (
    column("name", Message("ui.attendance.name"), wide=190),
    column("office", Message("ui.attendance.office"), wide=170),
    column("agency", Message("ui.attendance.agency"), "agency"),
    column("institution", Message("ui.attendance.institution"), wide=150),
    column("present", Message("ui.attendance.present"), "boolean"),
)
OUTPUT: tuple[TableField, ...] = (
    column("state", Message("ui.output.state"), "choice"),
    column("due", Message("ui.output.due"), "date"),
    column("done_on", Message("ui.output.done_on"), "date"),
    column("signed_by", Message("ui.output.signed_by")),
    column("note", Message("ui.output.note"), "long_text"),
)
LISTED = 6


class MeetingSource(TableSource):
    """Meetings of some kinds, earliest first; a row typed at the end is of the first of them."""

    def __init__(self, session: Session, kinds: tuple[str, ...] = MEETING_KINDS) -> None:
        shown = MEETING[:LISTED] if len(kinds) > 1 else tuple(f for f in MEETING[:LISTED] if f.id != "kind")
        super().__init__(
            session, "meeting", Message("ui.meeting.list"), shown, self._of_kinds, may_move=False
        )
        self.kinds = kinds
        self.name = "meeting" if len(kinds) > 1 else f"meeting:{kinds[0]}"
        self.starts_as = "meeting" if "meeting" in kinds else kinds[0]
        """The kind of a meeting that is only begun."""

    def _of_kinds(self, plan: Plan) -> Iterable[Meeting]:
        return (each for each in plan.meetings if each.kind in self.kinds)

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        found = super().options(column, row)
        return tuple(each for each in found if each.value in self.kinds) if column.id == "kind" else found

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del before
        kind = values.get("kind")
        return operation.insert("meeting", kind=kind if kind in self.kinds else self.starts_as)


class AttendanceSource(TableSource):
    """Who is on the list of one meeting; whoever is written down counts as present until unticked."""

    def __init__(self, session: Session, meeting: str) -> None:
        def read(plan: Plan) -> Iterable[Any]:
            found = next((each for each in plan.meetings if each.id == meeting), None)
            return found.attendance if found else ()

        title = Message("ui.attendance.title")
        super().__init__(session, "attendance", title, ATTENDANCE, read, owner={"meeting": meeting})
        self._meeting = meeting

    @property
    def for_review(self) -> bool:
        """Who came to a reviewer's own visit is written down by the reviewer."""
        return self._meeting in self._session.own.visits()
