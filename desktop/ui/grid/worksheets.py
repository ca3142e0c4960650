"""The rows of a worksheet (*kertas kerja*) as a grid: free rows, the guideline's own rows, per agency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.exchange.values import NO_TEXT, Option, options
from desktop.guideline.pack import Field, Worksheet
from desktop.ui.grid.source import GridRow, KnownLines, PlainCells
from desktop.ui.session import Session
from desktop.ui.tracing import Record, item_records
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
        self._lines = KnownLines()
        self._named: dict[str, GridRow] = {}

    @property
    def labelled(self) -> bool:
        """Rows have a name where the guideline wrote them, or the agency's where all are shown."""
        return bool(self._sheet.fixed_rows) or self.agency == ALL

    def columns(self) -> tuple[Field, ...]:
        return self._sheet.columns

    def rows(self, plan: Plan) -> list[GridRow]:
        if self.agency == ALL:
            named = {row.id: self._of_agency(row, plan) for row in plan.rows.get(self._sheet.id, ())}
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
                out.append(_line(written.get(each.id), each.id, each.label, each.help))
        alone = (each for each in self._sheet.fixed_rows if each.id not in shown)
        out += [_line(written.get(each.id), each.id, each.label, each.help) for each in alone]
        out += [self._lines.line(row, _line) for row in mine if not row.fixed]
        return out

    def _of_agency(self, row: Row, plan: Plan) -> GridRow:
        """A row among everybody's, named by its agency and, where there is one, the guideline's row."""
        agency = plan.agency(row.agency)
        who = LocalText(agency.name.values) if agency else Message("ui.sheet.whole_region")
        fixed = next((each for each in self._sheet.fixed_rows if each.id == row.fixed), None)
        label = Message("ui.sheet.row_of", agency=who, row=fixed.label) if fixed else who
        return replace(_line(row), label=label)

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        dimension = ""
        if column.type == "sub_dimension":
            picked = next((each.id for each in self._sheet.columns if each.type == "dimension"), "")
            dimension = str(row.values.get(picked) or "")
        return options(column, self._session.plan, self._session.pack, dimension)

    def ensure(self, operation: Operation, row: GridRow) -> str:
        if row.key:
            return row.key
        if row.fixed:
            return operation.fixed_row(self._sheet.id, row.fixed, agency=self.agency)
        return self.add(operation, "", {})

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        key = self.ensure(operation, row)
        if language:
            operation.cell_text(key, column.id, language, str(value or ""), policy=column.policy)
        else:
            operation.cell(key, column.id, value, policy=column.policy)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del values
        agency = "" if self.agency == ALL else self.agency
        return operation.add_row(self._sheet.id, agency=agency, before=before)

    def delete(self, operation: Operation, row: GridRow) -> None:
        operation.delete("row", row.key)

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        operation.move_row(row.key, before=before)

    def place(self, row: GridRow, column: Field) -> Place:
        key = row.key or derived_id("row", self._sheet.id, row.fixed, self.agency)
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


def _line(
    row: Row | None, fixed: str = "", label: LocalText | str = "", help_: LocalText = NO_TEXT
) -> GridRow:
    values = {name: cell.value for name, cell in row.cells.items()} if row else {}
    texts = {name: cell.text for name, cell in row.cells.items()} if row else {}
    return GridRow(row.id if row else "", values, texts, label, help_, fixed)
