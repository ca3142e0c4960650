"""The rows of a worksheet (*kertas kerja*) as a grid: free rows, the guideline's own rows, per agency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.checks.recap import Recap, Spread, recap
from desktop.exchange.values import NO_TEXT, YES_NO, Option, options
from desktop.guideline.pack import Field, Worksheet
from desktop.ui.grid.source import GridRow, KnownLines, PlainCells
from desktop.ui.session import Session
from desktop.ui.tracing import Record, item_records
from desktop.workspace.computed import cell_of
from desktop.workspace.plan import Place, Plan, Row, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation


ALL = "*"
"""Everybody's rows together."""


class WorksheetSource(PlainCells):
    """One worksheet, and of a worksheet that agencies fill, one agency's part."""

    def __init__(self, session: Session, sheet: Worksheet) -> None:
        self._session = session
        self._sheet = sheet
        self.title = sheet.title
        self.name = f"sheet:{sheet.id}"
        self.agency = ""
        """Whose part is shown: an agency's id, empty for the region, :data:`ALL` for everybody's."""
        self.may_add = sheet.free_rows
        self.may_move = sheet.free_rows
        self._worked_out = tuple(column for column in sheet.columns if column.difference)
        self._lines = KnownLines()
        self._named: dict[str, GridRow] = {}
        self._whose: dict[str, str] = {}
        """Whose each row is, where everybody's are shown."""

    @property
    def _owner(self) -> str:
        """Whose the rows are that are written now; where everybody's are shown, the region's."""
        return "" if self.agency == ALL else self.agency

    @property
    def labelled(self) -> bool:
        """Rows have a name where the guideline wrote them, or the agency's where all are shown."""
        return bool(self._sheet.fixed_rows) or self.agency == ALL

    def columns(self) -> tuple[Field, ...]:
        return self._sheet.columns

    def rows(self, plan: Plan) -> list[GridRow]:
        if self.agency == ALL:
            self._whose = {row.id: row.agency for row in plan.rows.get(self._sheet.id, ())}
            found = self._of_fixed(plan) if self._sheet.fixed_rows else []
            named = {row.identity: row for row in [*found, *self._of_agencies(plan)]}
            known = self._named
            self._named = {key: known[key] if known.get(key) == row else row for key, row in named.items()}
            return list(self._named.values())
        mine = [row for row in plan.rows.get(self._sheet.id, ()) if row.agency == self.agency]
        written = {row.fixed: row for row in mine if row.fixed}
        out: list[GridRow] = []
        shown: set[str] = set()
        for group in self._sheet.groups:
            fixed = [each for each in self._sheet.fixed_rows if each.group == group.id]
            if fixed:
                out.append(GridRow("", label=group.label, heading=True, fixed=f"group:{group.id}"))
            for each in fixed:
                shown.add(each.id)
                out.append(self._line(written.get(each.id), each.id, each.label, each.help))
        alone = (each for each in self._sheet.fixed_rows if each.id not in shown)
        out += [self._line(written.get(each.id), each.id, each.label, each.help) for each in alone]
        out += [self._lines.line(row, self._line) for row in mine if not row.fixed]
        return out

    def _of_fixed(self, plan: Plan) -> Iterator[GridRow]:
        """Under each of the guideline's rows the region's own answer, and those of the agencies."""
        found = recap(plan, self._sheet)
        for each in found.spreads:
            yield GridRow("", label=self._spread(each, found), heading=True, fixed=f"spread:{each.fixed.id}")
            own = self._line(each.own, each.fixed.id, each.fixed.label, each.fixed.help)
            yield replace(own, label=Message("ui.sheet.regions_own"))
            for row in each.agencies:
                yield replace(self._line(row), label=self._who(row.agency, plan))

    def _spread(self, spread: Spread, found: Recap) -> LocalText | Message:
        """The row's name, and how the agencies' answers spread in the first column that can be counted."""
        if not spread.agencies or not found.spread_columns:
            return spread.fixed.label
        column = found.spread_columns[0]
        labels = {choice.id: choice.label for choice in column.choices}
        said: Param = ""
        for choice, count in spread.counts(column).items():
            name: Param = labels.get(choice) or (YES_NO[0] if choice == "true" else YES_NO[1]).label
            part = Message("ui.sheet.so_many", count=count, answer=name)
            said = Message("ui.sheet.and", one=said, other=part) if said else part
        if not said:
            return spread.fixed.label
        return Message("ui.sheet.spread", row=spread.fixed.label, spread=said)

    def _of_agencies(self, plan: Plan) -> Iterator[GridRow]:
        """The rows that people added, under their agency; the region's own first."""
        rows: dict[str, list[Row]] = {}
        for row in plan.rows.get(self._sheet.id, ()):
            if not (self._sheet.fixed_rows and row.fixed):
                rows.setdefault(row.agency, []).append(row)
        known = ["", *(agency.id for agency in plan.agencies)]
        for agency in [*known, *sorted(set(rows) - set(known))]:
            if agency not in rows:
                continue
            if set(rows) != {""}:
                heading = Message("ui.sheet.of", agency=self._who(agency, plan), n=len(rows[agency]))
                yield GridRow("", label=heading, heading=True, fixed=f"agency:{agency}")
            for row in rows[agency]:
                yield replace(self._line(row), label=self._who(row.agency, plan))

    def _who(self, agency: str, plan: Plan) -> LocalText | Message:
        found = plan.agency(agency)
        if found is None:
            return Message("ui.sheet.whole_region")
        return LocalText({"id": found.short_name}) if found.short_name else LocalText(found.name.values)

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        dimension = ""
        if column.type == "sub_dimension":
            picked = next((each.id for each in self._sheet.columns if each.type == "dimension"), "")
            dimension = str(row.values.get(picked) or "")
        return options(column, self._session.plan, self._session.pack, dimension)

    def others(self, row: GridRow) -> bool:
        office = self._session.keeps_to
        if not office:
            return False
        return (self._whose.get(row.key, "") if self.agency == ALL else self.agency) != office

    def ensure(self, operation: Operation, row: GridRow) -> str:
        if row.key:
            return row.key
        if row.fixed:
            return operation.fixed_row(self._sheet.id, row.fixed, agency=self._owner)
        return self.add(operation, "", {})

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        key = self.ensure(operation, row)
        if language:
            operation.cell_text(key, column.id, language, str(value or ""), policy=column.policy)
        else:
            operation.cell(key, column.id, value, policy=column.policy)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        key = operation.add_row(self._sheet.id, agency=self._owner, before=before)
        for column in self._sheet.columns if self._owner and values else ():
            if column.type == "agency" and column.id not in values:
                # nobody has to name their own office; the printed table says whose it is
                operation.cell(key, column.id, self._owner, policy=column.policy)
        return key

    def delete(self, operation: Operation, row: GridRow) -> None:
        operation.delete("row", row.key)

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        operation.move_row(row.key, before=before)

    def place(self, row: GridRow, column: Field) -> Place:
        key = row.key or derived_id("row", self._sheet.id, row.fixed, self._owner)
        return Place("cell", key, column.id)

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        return item_records(self._session, "cell", self.place(row, column).row, column.id)

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        if place.table == "row" and place.item == self._sheet.id:
            return row.fresh or not self.may_add
        if place.table != "cell" or place.field != column.id:
            return False
        # The guideline's own rows have the same id before their first use.
        return bool(row.key or row.fixed) and place.row == self.place(row, column).row

    def adds_up(self, column: Field) -> bool:
        """Indices and shares stand below each other there, each with its own unit."""
        return column.type != "decimal"

    def locked(self, column: Field) -> bool:
        """What is worked out is only shown."""
        return bool(column.difference)

    def _line(
        self, row: Row | None, fixed: str = "", label: LocalText | str = "", help_: LocalText = NO_TEXT
    ) -> GridRow:
        values = {name: cell.value for name, cell in row.cells.items()} if row else {}
        texts = {name: cell.text for name, cell in row.cells.items()} if row else {}
        if row is not None:
            for column in self._worked_out:
                values[column.id] = cell_of(column, row).value
        return GridRow(row.id if row else "", values, texts, label, help_, fixed)
