"""Where a cell of a workbook lives in the plan, and how it is written there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.exchange.agency_workbook.layout import WORKSHEET, Column, Register, Sheet
from desktop.exchange.agency_workbook.planning import PARENT
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.filled_elsewhere import Filled

BUDGET = "budget"


def register_of(sheet: str, key: str, column: Column, source: str) -> Register:
    """The register behind a cell; ``source`` is the language in which texts are written."""
    language = source if column.field.bilingual else ""
    if sheet.startswith(WORKSHEET):
        return Register("cell", derived_id("cell", key, column.id, language), "value")
    if "." in column.id:
        return Register("answer", derived_id("answer", column.id, key, language), "value")
    what, _, year = column.id.partition(":")
    if sheet == BUDGET:
        programme, _, fund = key.partition(".")
        known: dict[str, object] = {"programme": programme, "year": year, "source": fund}
        return Register("budget_line", TABLES["budget_line"].identify(known), what)
    if year:
        return Register("target", TABLES["target"].identify({"indicator": key, "year": year}), what)
    return Register(sheet, key, f"{column.id}:{language}" if language else column.id)


class Pen:
    """Writes values of a workbook into one operation."""

    def __init__(
        self,
        operation: Filled,
        sheets: Mapping[str, Sheet],
        agency: str,
        source: str,
        fixed: Mapping[str, str],
    ) -> None:
        self._op, self._sheets, self._agency, self._source = operation, sheets, agency, source
        self._fixed = fixed
        """The guideline's own rows by their id."""

    def value(self, sheet: str, key: str, name: str, value: Json, *, beside: bool = False) -> bool:
        """Write one value; False where its column or row is not there any more."""
        column = self._sheets[sheet].column(name)
        if column is None:
            return False
        table, row, register = register_of(sheet, key, column, self._source)
        if column.field.bilingual or (column.is_text and table != "cell"):
            value = "" if value is None else value
        if beside and table == "answer" and not self._op.is_there(sheet, key):
            self._op.bring_back(sheet, key)
        if beside and self._op.has_past(table, row):
            self._op.beside(table, row, register, value)
            return True
        return self._plainly(sheet, key, column, value)

    def _plainly(self, sheet: str, key: str, column: Column, value: Json) -> bool:
        op, text, language = self._op, column.field.bilingual, self._source
        what, _, year = column.id.partition(":")
        if sheet.startswith(WORKSHEET):
            self.ensure(sheet, key)
            if text:
                op.cell_text(key, column.id, language, value, policy=column.field.policy)
            else:
                op.cell(key, column.id, value, policy=column.field.policy)
        elif "." in column.id:
            policy = column.field.policy
            if text:
                op.answer_text(column.id, language, value, scope=key, policy=policy, origin="imported")
            else:
                op.answer(column.id, value, scope=key, policy=policy, origin="imported")
        elif sheet == BUDGET:
            programme, _, fund = key.partition(".")
            op.put("budget_line", programme=programme, year=int(year), source=fund, **{what: value})
        elif year:
            op.put("target", indicator=key, year=int(year), **{what: value})
        elif not op.is_there(sheet, key):
            return False
        elif text:
            op.write(sheet, key, column.id, language, value)
        else:
            op.set(sheet, key, **{column.id: value})
        return True

    def ensure(self, sheet: str, key: str) -> None:
        """Make the guideline's own row where nobody has written in it yet."""
        if not sheet.startswith(WORKSHEET) or self._op.is_there("row", key):
            return
        worksheet = sheet.removeprefix(WORKSHEET)
        fixed = self._fixed.get(key)
        if fixed is not None:
            self._op.fixed_row(worksheet, fixed, agency=self._agency)

    def add(self, sheet: str, key: str, values: Mapping[str, Json]) -> None:
        """Add a row with its values, unless it is there."""
        op = self._op
        if sheet.startswith(WORKSHEET):
            worksheet = sheet.removeprefix(WORKSHEET)
            op.insert_as("row", key, worksheet=worksheet, agency=self._agency or None, fixed="")
        elif sheet == "programme":
            op.insert_as("programme", key, title={}, lead=self._agency or None, origin="imported")
        elif sheet != BUDGET:
            op.insert_as(sheet, key, programme=values[PARENT])
        column_of = self._sheets[sheet].column
        for name, value in values.items():
            column = column_of(name)
            if column is not None and not column.new_only:
                self.value(sheet, key, name, value)

    def drop(self, sheet: str, key: str) -> None:
        """Delete a row, where it is still there."""
        if sheet == BUDGET:
            programme, _, fund = key.partition(".")
            for column in self._sheets[sheet].columns:
                what, _, year = column.id.partition(":")
                if year and what == "indicative":
                    known: dict[str, object] = {"programme": programme, "year": year, "source": fund}
                    self._op.discard("budget_line", TABLES["budget_line"].identify(known))
            return
        self._op.discard("row" if sheet.startswith(WORKSHEET) else sheet, key)
