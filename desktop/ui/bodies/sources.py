"""Members, meetings of a body and persons in charge as rows of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.ids import derived_id
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field
from desktop.ui.grid.source import GridRow, PlainCells, TableField, column
from desktop.ui.grid.tables import TableSource
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session
from desktop.ui.tracing import Record
from desktop.workspace.organisation import Body, Meeting
from desktop.workspace.plan import Person, Place, Plan, Text, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

MEMBER: tuple[TableField, ...] = (
    column("position", Message("ui.member.position"), "choice", wide=98),
    column("name", Message("ui.member.name"), wide=140),
    column("office", Message("ui.member.office"), translated=True, wide=160),
    column("institution", Message("ui.member.institution"), wide=140),
    column("outsider", Message("ui.member.outsider"), "boolean", wide=88),
)
MEETING: tuple[TableField, ...] = (
    column("start", Message("ui.meeting.start"), "date", wide=110),
    column("title", Message("ui.meeting.title"), translated=True, wide=260),
    column("place", Message("ui.meeting.place")),
    column("leader", Message("ui.meeting.leader")),
)
CHARGE: tuple[TableField, ...] = (column("person", Message("ui.charge.person"), "person", wide=280),)


class BodyRegister(RowRegister):
    """One field of a body, whose row is made when it is first filled."""

    body = ""
    dimension = ""

    @classmethod
    def of(cls, body: str, dimension: str, field: str, label: Message) -> BodyRegister:
        """The register of a field of a body of the guideline."""
        made = cls("body", body_key(body, dimension), field, label)
        object.__setattr__(made, "body", body)
        object.__setattr__(made, "dimension", dimension)
        return made

    def put(self, operation: Operation, value: Value) -> None:
        ensure_body(operation, self.body, self.dimension)
        super().put(operation, value)

    def write(self, operation: Operation, language: str, text: str) -> None:
        ensure_body(operation, self.body, self.dimension)
        super().write(operation, language, text)


def body_key(body: str, dimension: str) -> str:
    """The row of a body, known before it is written."""
    return derived_id("body", body, dimension)


def ensure_body(operation: Operation, body: str, dimension: str) -> str:
    """The row of a body, made if it is not there yet."""
    return operation.put("body", body=body, dimension=dimension)


class MemberSource(TableSource):
    """The members of one body. A name that is one of the plan's people stays tied to that person."""

    def __init__(self, session: Session, body: str, dimension: str) -> None:
        self._body, self._dimension = body, dimension
        self._row = body_key(body, dimension)
        self._people: dict[str, Person] = {}
        self._agencies: object = None
        super().__init__(session, "member", Message("ui.member.title"), MEMBER, self._members)

    def _members(self, plan: Plan) -> Iterable[Any]:
        found: Body | None = next((each for each in plan.bodies if each.id == self._row), None)
        return found.members if found else ()

    def rows(self, plan: Plan) -> list[GridRow]:
        people = {each.id: each for each in plan.people}
        if people != self._people or plan.agencies != self._agencies:
            self._people, self._agencies = people, plan.agencies
            self._lines.look_again()
        return super().rows(plan)

    def _line(self, each: Any) -> GridRow:
        """What is known of the person stands where the member says nothing of its own."""
        line = super()._line(each)
        values, texts = dict(line.values), dict(line.texts)
        values["outsider"] = each.outsider
        person = self._people.get(each.person)
        if person is not None:
            values["name"] = each.name or person.name
            if not each.office:
                texts["office"] = person.office
            agency = self._session.plan.agency(person.agency)
            if not each.institution and agency is not None:
                values["institution"] = agency.short_name or agency.name.read("id")
        return replace(line, values=values, texts=texts)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del values
        body = ensure_body(operation, self._body, self._dimension)
        key = operation.insert("member", body=body)
        if before:
            operation.move_row(key, before=before, table="member")
        return key

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        if column.id != "name":
            super().write(operation, row, column, value, language)
            return
        wanted = str(value or "").strip().casefold()
        person = next(
            (each for each in self._session.plan.people if each.name.strip().casefold() == wanted), None
        )
        key = self.ensure(operation, row)
        if wanted and person is not None:
            operation.set("member", key, person=person.id, name="")
        else:
            operation.set("member", key, person=None, name=value)


class BodyMeetingSource(TableSource):
    """What one body met for, earliest first."""

    def __init__(self, session: Session, body: str, dimension: str) -> None:
        self._body, self._dimension = body, dimension
        row = body_key(body, dimension)

        def read(plan: Plan) -> Iterable[Meeting]:
            return (each for each in plan.meetings if each.body == row)

        super().__init__(
            session, "meeting", Message("ui.body.meetings"), MEETING, read, may_move=False
        )  # fmt: skip
        self.name = "meeting:body"

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del before, values
        return operation.insert(
            "meeting", kind="meeting", body=ensure_body(operation, self._body, self._dimension)
        )


class ChargeSource(PlainCells):
    """A row for each dimension: the person who answers for it."""

    title = Message("ui.charge.title")
    name = "charge"
    labelled = True
    may_add = False
    may_move = False

    def __init__(self, session: Session) -> None:
        self._session = session

    def columns(self) -> tuple[Field, ...]:
        return CHARGE

    def rows(self, plan: Plan) -> list[GridRow]:
        holders: dict[str, str] = {}
        for person in plan.people:
            if person.dimension:
                holders.setdefault(person.dimension, person.id)
        return [
            GridRow(each.id, {"person": holders.get(each.id)}, dict[str, Text](), each.name, fixed=each.id)
            for each in self._session.pack.dimensions
        ]

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        del row
        return options(column, self._session.plan, self._session.pack)

    def ensure(self, operation: Operation, row: GridRow) -> str:
        del operation
        return row.key

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        """Who answered for it before does so no longer."""
        del column, language
        for person in self._session.plan.people:
            if person.dimension == row.key and person.id != value:
                operation.set("person", person.id, dimension=None)
        if value:
            operation.set("person", str(value), dimension=row.key)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        raise NotImplementedError

    def delete(self, operation: Operation, row: GridRow) -> None:
        self.write(operation, row, CHARGE[0], None, "")

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        raise NotImplementedError

    def place(self, row: GridRow, column: Field) -> Place:
        del column
        return Place("person", str(row.values.get("person") or ""), "dimension", item=row.key)

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        del column
        person = str(row.values.get("person") or "")
        return (Record("person", person, "dimension"),) if person else ()

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        del column
        return place.table == "person" and place.field == "dimension" and place.item == row.key
