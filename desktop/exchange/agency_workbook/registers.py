"""Where a cell of a workbook lives in the plan, and how it is written there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.exchange.agency_workbook.layout import OWNER, WORKSHEET, Column, Register, Sheet
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.filled_elsewhere import Filled

BUDGET = "budget"
ANSWERS = "answers."
"""How the id of a sheet begins whose rows are questions of the guideline: their keys are the items."""
SUPPORTING = "supporting"
"""The column with the agencies that support a programme: rows of their own in the plan."""
OWN_ROWS = ("agency", "person", "programme", "decree", "stakeholder", "input")
"""Sheets of rows that are no part of another one; each may name rows of those before it."""


class Yearly(NamedTuple):
    """Where figures by year live: their table, and what their row and sheet's key are called there."""

    table: str
    owner: str


YEARLY = {
    BUDGET: Yearly("budget_line", "programme"),
    "indicator": Yearly("target", "indicator"),
    "figure": Yearly("figure", "measure"),
    "rpjmd_ceiling": Yearly("rpjmd_ceiling", "programme"),
}
"""By sheet."""
WHOLLY_YEARLY = frozenset({BUDGET, "figure", "rpjmd_ceiling"})
"""Sheets whose rows are nothing but their figures by year."""


def yearly(sheet: str, key: str, year: str) -> tuple[str, dict[str, object]]:
    """The table of a figure by year, and what makes out its row there."""
    table, owner = YEARLY[sheet]
    if sheet == BUDGET:
        programme, _, fund = key.partition(".")
        return table, {owner: programme, "year": int(year), "source": fund}
    return table, {owner: key, "year": int(year)}


def register_of(sheet: str, key: str, column: Column, source: str) -> Register:
    """The register behind a cell; ``source`` is the language in which texts are written."""
    language, name = (column.language or source) if column.field.bilingual else "", column.name
    if sheet.startswith(WORKSHEET):
        return Register("cell", derived_id("cell", key, name, language), "value")
    if sheet.startswith(ANSWERS):
        return Register("answer", derived_id("answer", key, "", language), "value")
    if "." in name:
        return Register("answer", derived_id("answer", name, key, language), "value")
    what, _, year = name.partition(":")
    if year:
        table, known = yearly(sheet, key, year)
        return Register(table, TABLES[table].identify(known), what)
    return Register(sheet, key, f"{name}:{language}" if language else name)


class Pen:
    """Writes values of a workbook into one operation."""

    def __init__(
        self,
        operation: Filled,
        sheets: Mapping[str, Sheet],
        agency: str,
        source: str,
        fixed: Mapping[str, tuple[str, str]],
    ) -> None:
        self._op, self._sheets, self._agency, self._source = operation, sheets, agency, source
        self._fixed = fixed
        """The guideline's own rows and whose they are, by their id."""

    def value(
        self, sheet: str, key: str, name: str, value: Json, *, base: Json = None, beside: bool = False
    ) -> bool:
        """Write one value; False where its column or row is not there any more.

        ``base`` is what was handed out: of a set only what was added and taken out since is written.
        """
        column = self._sheets[sheet].column(name)
        if column is None:
            return False
        column = self._sheets[sheet].at(key, column)
        if column.id == SUPPORTING:
            return self._supporting(key, value, base)
        table, row, register = register_of(sheet, key, column, self._source)
        if column.field.bilingual or (column.is_text and table != "cell"):
            value = "" if value is None else value
        if table == "figure":
            value = "" if value is None else str(value)
        if beside and table == "answer" and sheet in TABLES and not self._op.is_there(sheet, key):
            self._op.bring_back(sheet, key)
        if beside and self._op.has_past(table, row):
            self._op.beside(table, row, register, value)
            return True
        return self._plainly(sheet, key, column, value)

    def _plainly(self, sheet: str, key: str, column: Column, value: Json) -> bool:
        op, text, language = self._op, column.field.bilingual, column.language or self._source
        what, _, year = column.name.partition(":")
        if sheet.startswith(WORKSHEET):
            self.ensure(sheet, key)
            if text:
                op.cell_text(key, what, language, str(value), policy=column.field.policy)
            else:
                op.cell(key, what, value, policy=column.field.policy)
        elif sheet.startswith(ANSWERS):
            self._answer(key, "", column, value)
        elif "." in column.name:
            self._answer(column.name, key, column, value)
        elif year:
            table, known = yearly(sheet, key, year)
            op.put(table, **known, **{what: value})
        elif not op.is_there(sheet, key):
            return False
        elif text:
            op.write(sheet, key, what, language, str(value))
        else:
            op.set(sheet, key, **{what: value})
        return True

    def _answer(self, item: str, scope: str, column: Column, value: Json) -> None:
        policy, language = column.field.policy, column.language or self._source
        if column.field.bilingual:
            self._op.answer_text(item, language, str(value), scope=scope, policy=policy, origin="imported")
        else:
            self._op.answer(item, value, scope=scope, policy=policy, origin="imported")

    def _supporting(self, programme: str, value: Json, base: Json) -> bool:
        if not self._op.is_there("programme", programme):
            return False
        now, before = (set(map(str, each)) if isinstance(each, list) else set() for each in (value, base))
        for agency in sorted(now - before):
            self._op.put("programme_agency", programme=programme, agency=agency)
        for agency in sorted(before - now):
            known: dict[str, object] = {"programme": programme, "agency": agency}
            self._op.discard("programme_agency", TABLES["programme_agency"].identify(known))
        return True

    def ensure(self, sheet: str, key: str) -> None:
        """Make the guideline's own row where nobody has written in it yet."""
        if not sheet.startswith(WORKSHEET) or self._op.is_there("row", key):
            return
        worksheet = sheet.removeprefix(WORKSHEET)
        fixed = self._fixed.get(key)
        if fixed is not None:
            self._op.fixed_row(worksheet, fixed[0], agency=fixed[1])

    def add(self, sheet: str, key: str, values: Mapping[str, Json]) -> None:
        """Add a row with its values, unless it is there."""
        op, parent = self._op, self._sheets[sheet].parent
        if sheet.startswith(WORKSHEET):
            agency = str(values.get(OWNER) or self._agency) or None
            op.insert_as("row", key, worksheet=sheet.removeprefix(WORKSHEET), agency=agency, fixed="")
        elif sheet == "programme":
            lead = str(values.get("lead") or self._agency) or None
            op.insert_as(sheet, key, title={}, lead=lead, origin="imported")
        elif sheet in OWN_ROWS:
            op.insert_as(sheet, key)
        elif sheet not in WHOLLY_YEARLY:
            op.insert_as(sheet, key, **{parent: values[parent]})
        column_of = self._sheets[sheet].column
        for name, value in values.items():
            column = column_of(name)
            if column is not None and not column.new_only:
                self.value(sheet, key, name, value)

    def drop(self, sheet: str, key: str) -> None:
        """Delete a row, where it is still there."""
        if sheet not in WHOLLY_YEARLY:
            self._op.discard("row" if sheet.startswith(WORKSHEET) else sheet, key)
            return
        years = {column.name.partition(":")[2] for column in self._sheets[sheet].columns}
        for year in sorted(years - {""}):
            table, known = yearly(sheet, key, year)
            self._op.discard(table, TABLES[table].identify(known))
