"""The rows of *Pembagian tugas*: each part of each agency, how it stands, who fills it in, by when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.checks.owing import Key, Owed, Owing, Standing, standing_name
from desktop.checks.places import agency_name
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.grid.source import GridRow, PlainCells, column
from desktop.ui.own.office import today
from desktop.ui.session import Session
from desktop.ui.tracing import Record
from desktop.workspace.plan import Place, Plan, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

COLUMNS = (
    column("agency", Message("ui.duties.agency"), wide=170),
    column("part", Message("ui.duties.part"), wide=250),
    column("state", Message("ui.duties.state"), wide=150),
    column("progress", Message("ui.duties.progress"), wide=90),
    column("due", Message("ui.duties.due"), "date", wide=120),
    column("person", Message("ui.duties.person"), "person", wide=160),
    column("superior", Message("ui.duties.superior"), wide=150),
    column("note", Message("ui.duties.note"), wide=200),
    column("group", Message("ui.duties.group"), wide=160),
)
WRITTEN = frozenset({"due", "person"})
"""What is typed here; all else follows from the work itself and from what was said of it."""
_TONES = {
    Standing.EMPTY: "moderate",
    Standing.FILLED: "info",
    Standing.SENT: "good",
    Standing.APPROVED: "good",
    Standing.RETURNED: "poor",
    Standing.NOT_OURS: "poor",
}


class Shown(StrEnum):
    """Which parts are shown."""

    ALL = "all"
    LATE = "late"
    OPEN = "open"
    SENT = "sent"
    RETURNED = "returned"
    NOT_OURS = "not_ours"
    DIFFERS = "differs"


_WANTED: Mapping[Shown, Callable[[Owed], bool]] = {
    Shown.ALL: lambda _part: True,
    Shown.LATE: lambda part: part.late,
    Shown.OPEN: lambda part: part.open or part.changed,
    Shown.SENT: lambda part: part.standing is Standing.SENT,
    Shown.RETURNED: lambda part: part.standing is Standing.RETURNED,
    Shown.NOT_OURS: lambda part: part.standing is Standing.NOT_OURS,
    Shown.DIFFERS: lambda part: part.differs,
}


class DutySource(PlainCells):
    """Every part that is owed, narrowed by state and agency."""

    labelled = False
    may_add = may_move = False
    rare = ("superior", "group")
    name = "duties"

    def __init__(self, session: Session) -> None:
        self._session = session
        self.title = Message("ui.page.duties")
        self.shown, self.agency = Shown.ALL, ""
        self.owing: Owing | None = None
        self.parts: dict[str, Owed] = {}

    def columns(self) -> tuple[Field, ...]:
        return COLUMNS

    def rows(self, plan: Plan) -> list[GridRow]:
        self.owing = Owing(plan, self._session.pack, today(self._session))
        wanted = _WANTED[self.shown]
        chosen = [each for each in self.owing.parts if wanted(each) and self.agency in {"", each.agency}]
        self.parts = {_row(each.key): each for each in chosen}
        return [self._line(key, each, plan) for key, each in self.parts.items()]

    def _line(self, key: str, part: Owed, plan: Plan) -> GridRow:
        language = self._session.speaker.language
        values: dict[str, Value] = {
            "agency": value_text(agency_name(plan, part.agency), language),
            "part": value_text(part.title, language),
            "state": self._session.say(standing_name(part)),
            "progress": f"{part.filled}/{part.required}" if part.required else "",
            "due": part.due or None,
            "person": part.person.id if part.person is not None else None,
            "superior": part.superior.name if part.superior is not None else "",
            "note": part.note,
            "group": self._group(part, plan),
        }
        return GridRow(key, values)

    def _group(self, part: Owed, plan: Plan) -> str:
        """The working group of a programme's dimension: as the region calls it, else the dimension."""
        programme = next((each for each in plan.programmes if each.id == part.ref), None)
        dimension = self._session.guide.dimension(programme.dimension) if programme is not None else None
        if dimension is None:
            return ""
        language = self._session.speaker.language
        formed = next((each for each in plan.bodies if each.dimension == dimension.id and each.name), None)
        return formed.name.read(language.value) if formed is not None else dimension.name.read(language)

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        if column.id != "person":
            return ()
        part = self.parts.get(row.key)
        people = self._session.plan.people
        own = [each for each in people if part is not None and each.agency == part.agency]
        rest = [each for each in people if each not in own]
        return tuple(Option(each.id, each.name) for each in (*own, *rest) if each.name.strip())

    def locked(self, column: Field) -> bool:
        return column.id not in WRITTEN

    def tone(self, row: GridRow, column: Field) -> str:
        part = self.parts.get(row.key)
        if part is None or column.id != "state":
            return ""
        return "moderate" if part.changed else _TONES[part.standing]

    def remark(self, row: GridRow, column: Field) -> Message | None:
        part = self.parts.get(row.key)
        if part is None:
            return None
        if column.id == "due" and part.late:
            return Message("ui.duties.late")
        if column.id == "state" and part.differs:
            return Message("ui.duties.differs")
        if column.id == "state" and part.moved:
            return Message("ui.duties.changed") if part.changed else Message("ui.duties.moved")
        return None

    def adds_up(self, column: Field) -> bool:
        del column
        return False

    def ensure(self, operation: Operation, row: GridRow) -> str:
        del operation
        return row.key

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        del language
        part = self.parts.get(row.key)
        if part is None:
            return
        if column.id == "person":
            operation.duty(part.page, part.ref, part.agency, person=value or None)
        elif value:
            operation.deadline(str(value), page=part.page, ref=part.ref, agency=part.agency)
        else:
            mine = (each for each in self._session.plan.deadlines)
            for each in mine:
                if (each.page, each.ref, each.agency) == part.key:
                    operation.delete("deadline", each.id)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del operation, before, values
        return ""

    def delete(self, operation: Operation, row: GridRow) -> None:
        """Parts are owed; nothing is deleted here."""

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        """They stand in the guideline's order."""

    def place(self, row: GridRow, column: Field) -> Place:
        part = self.parts.get(row.key)
        duty = part.duty if part is not None else None
        return Place("duty", duty.id if duty is not None else "", column.id)

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        part = self.parts.get(row.key)
        if part is None or part.duty is None or column.id not in {"state", "person", "note"}:
            return ()
        return (Record("duty", part.duty.id, column.id),)

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        part = self.parts.get(row.key)
        mine = part.duty.id if part is not None and part.duty is not None else ""
        return place.table == "duty" and bool(mine) and place.row == mine and column.id == "state"


def _row(key: Key) -> str:
    return "|".join(key)
