"""First-class rows as grids: agencies, people, indicators with yearly targets, and bound worksheets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.base import LocalText, Message, RancangError
from desktop.base.ids import derived_id
from desktop.exchange.values import Option, options
from desktop.guideline.pack import Field, Worksheet
from desktop.ui.grid.source import GridRow, KnownLines, PlainCells, TableField, column
from desktop.ui.picks import picks
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.tracing import Record, item_records
from desktop.workspace.plan import Place, Plan, Text, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

DIRECTIONS = (
    Option("up", Message("ui.direction.up")),
    Option("down", Message("ui.direction.down")),
    Option("keep", Message("ui.direction.keep")),
)
ACTING = (
    Option("plt", Message("ui.acting.plt")),
    Option("plh", Message("ui.acting.plh")),
    Option("pj", Message("ui.acting.pj")),
)
LEVELS = (
    Option("low", Message("ui.level.low")),
    Option("medium", Message("ui.level.medium")),
    Option("high", Message("ui.level.high")),
)
PICKS = {"direction": DIRECTIONS, "acting": ACTING, "likelihood": LEVELS, "impact": LEVELS}

AGENCY = (
    column("code", Message("ui.agency.code")),
    column("name", Message("ui.agency.name"), translated=True),
    column("short_name", Message("ui.agency.short_name"), translated=False),
    column("head", Message("ui.agency.head"), translated=False),
    column("until", Message("ui.agency.until"), "date"),
    column("successor", Message("ui.agency.successor"), "agency"),
)
PERSON = (
    column("name", Message("ui.person.name"), translated=False),
    column("office", Message("ui.person.office"), translated=True),
    column("role", Message("ui.person.role"), "choice"),
    column("agency", Message("ui.person.agency"), "agency"),
    column("task", Message("ui.person.task"), "choice"),
    column("nip", Message("ui.person.nip"), translated=False),
    column("acting", Message("ui.person.acting"), "choice"),
    column("since", Message("ui.person.since"), "date"),
    column("until", Message("ui.person.until"), "date"),
    column("tenure", Message("ui.person.tenure"), "choice"),
    column("dimension", Message("ui.person.dimension"), "dimension"),
)
INDICATOR = (
    column("name", Message("ui.indicator.name"), translated=True),
    column("unit", Message("ui.indicator.unit"), translated=False),
    column("direction", Message("ui.indicator.direction"), "choice"),
    column("baseline", Message("ui.indicator.baseline"), "decimal"),
    column("baseline_year", Message("ui.indicator.baseline_year"), "year"),
    column("source", Message("ui.indicator.source"), translated=False),
)
TARGET = "target:"
TABLE_OF = {"programme": "programme", "activity": "activity", "indicator": "indicator", "risk": "risk"}


class TableSource(PlainCells):
    """The rows of one table, all of them or those of one owner (an agency list, a programme's indicators)."""

    labelled = False

    def __init__(
        self,
        session: Session,
        table: str,
        title: Speech,
        columns: tuple[Field, ...],
        read: Callable[[Plan], Iterable[Any]],
        *,
        owner: dict[str, str] | None = None,
        may_move: bool = True,
        may_add: bool = True,
    ) -> None:
        self._session = session
        self._table = table
        self._columns = columns
        self._read = read
        self._owner = owner or {}
        self.title = title
        self.name = table
        self.may_add = may_add
        self.may_move = may_move
        self._lines = KnownLines()

    def columns(self) -> tuple[Field, ...]:
        return self._columns

    def rows(self, plan: Plan) -> list[GridRow]:
        return [self._lines.line(each, self._line) for each in self._read(plan)]

    def _line(self, each: Any) -> GridRow:
        values: dict[str, Value] = {}
        texts: dict[str, Text] = {}
        for field in self._columns:
            found = getattr(each, field.id, None)
            if isinstance(found, Text):
                texts[field.id] = found
            else:
                values[field.id] = (
                    found if found is None or isinstance(found, str | int | tuple) else f"{found:f}"
                )
        return GridRow(each.id, values, texts)

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        ours = () if column.choices else picks(self._session, self._table, column.id)
        if ours:
            return ours
        if column.id in PICKS and not column.choices:
            return PICKS[column.id]
        dimension = str(row.values.get("dimension") or "")
        return options(column, self._session.plan, self._session.pack, dimension)

    def adds_up(self, column: Field) -> bool:
        # Percent, minutes and documents stand below each other there.
        return self._table != "indicator" and super().adds_up(column)

    def ensure(self, operation: Operation, row: GridRow) -> str:
        return row.key or self.add(operation, "", {})

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        key = self.ensure(operation, row)
        if language:
            operation.write(self._table, key, column.id, language, str(value or ""))
        else:
            operation.set(self._table, key, **{column.id: value})

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del values
        key = operation.insert(self._table, **self._owner)
        if before:
            operation.move_row(key, before=before, table=self._table)
        return key

    def delete(self, operation: Operation, row: GridRow) -> None:
        operation.delete(self._table, row.key)

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        operation.move_row(row.key, before=before, table=self._table)

    def place(self, row: GridRow, column: Field) -> Place:
        return Place(self._table, row.key, column.id)

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        return (Record(self._table, row.key, column.id),)

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        if place.table == self._table and not place.row:
            return row.fresh and column is self._columns[0]
        same = place.table == self._table and place.row == row.key
        return same and place.field in {column.id, ""}


class IndicatorSource(TableSource):
    """A programme's indicators: what each is, its baseline, and a column for each year's target."""

    def __init__(self, session: Session, programme: str) -> None:
        def read(plan: Plan) -> Iterable[Any]:
            found = next((each for each in plan.programmes if each.id == programme), None)
            return found.indicators if found else ()

        title = Message("ui.indicator.title")
        super().__init__(session, "indicator", title, INDICATOR, read, owner={"programme": programme})

    def columns(self) -> tuple[Field, ...]:
        years = tuple(
            TableField(
                id=f"{TARGET}{year}",
                label=LocalText(),
                type="decimal",
                said=Message("ui.indicator.target", year=str(year)),
            )
            for year in self._session.plan.years
        )
        return (*INDICATOR[:5], *years, INDICATOR[5])

    def _line(self, each: Any) -> GridRow:
        line = super()._line(each)
        targets = {
            f"{TARGET}{target.year}": f"{target.target:f}"
            for target in each.targets
            if target.target is not None
        }
        return replace(line, values={**line.values, **targets})

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        if not column.id.startswith(TARGET):
            super().write(operation, row, column, value, language)
            return
        key = self.ensure(operation, row)
        operation.put("target", indicator=key, year=int(column.id.removeprefix(TARGET)), target=value)

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        if not column.id.startswith(TARGET):
            return super().records(row, column)
        target = derived_id("target", row.key, column.id.removeprefix(TARGET))
        return (Record("target", target, "target"),)

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        if place.table != "target":
            return super().is_at(place, row, column)
        if place.scope != row.key or not column.id.startswith(TARGET):
            return False
        return place.row == "" or place.row == self._target(row.key, int(column.id.removeprefix(TARGET)))

    def _target(self, indicator: str, year: int) -> str:
        return next(
            (
                target.id
                for programme in self._session.plan.programmes
                for each in programme.indicators
                if each.id == indicator
                for target in each.targets
                if target.year == year
            ),
            "",
        )


class BoundSource(TableSource):
    """A worksheet that is a view of first-class rows; columns it lacks are extra answers about the row."""

    def __init__(self, session: Session, sheet: Worksheet) -> None:
        self._own = sheet.columns
        self._answers: object = None
        self._owners: dict[str, str] = {}
        self._items = "programme" if sheet.binding == "programme" else sheet.id
        table = TABLE_OF[sheet.binding]
        super().__init__(
            session, table, sheet.title, sheet.columns, _reader(sheet.binding),
            may_move=False,
        )  # fmt: skip
        self.name = f"sheet:{sheet.id}"

    def _is_extra(self, field: Field) -> bool:
        from desktop.workspace.registers import TABLES

        return TABLES[self._table].register(field.id) is None

    def columns(self) -> tuple[Field, ...]:
        return self._own

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:  # noqa: ARG002
        """A part of a programme goes to the one named in the row, else to the first."""
        if self._table == "programme":
            return operation.insert("programme", title={}, origin="typed")
        programmes = [each.id for each in self._session.plan.programmes]
        if not programmes:
            raise NoProgrammeYet
        owner = values.get("programme")
        return operation.insert(self._table, programme=owner if owner in programmes else programmes[0])

    def rows(self, plan: Plan) -> list[GridRow]:
        if any(self._is_extra(field) for field in self._own) and plan.answers is not self._answers:
            # Answers stand beside the records: lines are compared when they are made anew.
            self._answers = plan.answers
            self._lines.look_again()
        part = {"activity": "activities", "risk": "risks", "indicator": "indicators"}.get(self._table)
        if part:
            owners = {each.id: owner.id for owner in plan.programmes for each in getattr(owner, part)}
            if owners != self._owners:
                self._owners = owners
                self._lines.look_again()
        return super().rows(plan)

    def _line(self, each: Any) -> GridRow:
        line = super()._line(each)
        plan = self._session.plan
        values, texts = dict(line.values), dict(line.texts)
        for field in self._own:
            if self._is_extra(field):
                answer = plan.answer(f"{self._items}.{field.id}", each.id)
                values[field.id], texts[field.id] = answer.value, answer.text
        if self._table != "programme":
            values["programme"] = self._owners.get(each.id, "")
        return GridRow(each.id, values, texts)

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        if not self._is_extra(column):
            super().write(operation, row, column, value, language)
            return
        key, item = self.ensure(operation, row), f"{self._items}.{column.id}"
        if language:
            operation.answer_text(item, language, str(value or ""), scope=key, policy=column.policy)
        else:
            operation.answer(item, value, scope=key, policy=column.policy)

    def place(self, row: GridRow, column: Field) -> Place:
        if not self._is_extra(column):
            return super().place(row, column)
        return Place("answer", item=f"{self._items}.{column.id}", scope=row.key)

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        if not self._is_extra(column):
            return super().records(row, column)
        return item_records(self._session, "answer", f"{self._items}.{column.id}", row.key)

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        if place.table == "answer":
            return place.scope == row.key and place.item == f"{self._items}.{column.id}"
        return super().is_at(place, row, column)


class NoProgrammeYet(RancangError):
    """Activities, indicators and risks belong to programmes, and there is none."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(Message("ui.error.no_programme"))


def _reader(binding: str) -> Callable[[Plan], Iterable[Any]]:
    def read(plan: Plan) -> Iterable[Any]:
        if binding == "programme":
            return plan.programmes
        if binding == "indicator":
            return [each for programme in plan.programmes for each in programme.indicators]
        parts = {"activity": "activities", "risk": "risks"}[binding]
        return [each for programme in plan.programmes for each in getattr(programme, parts)]

    return read
