"""Reads the figures of a row: amounts by year, indicators, baselines, targets, and what cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from desktop.base import Message
from desktop.base.message import Param
from desktop.exchange.columns import MONEY, YEARLY, Role, bare
from desktop.exchange.directions import direction_named
from desktop.exchange.drafts import Amount, IndicatorDraft, Planned, Problem, ProgrammeDraft
from desktop.exchange.header import Column, Header
from desktop.exchange.numbers import Kind, NumberStyle, parse_number
from desktop.exchange.table import Table, Value, column_name, is_error

_RANGE = re.compile(r"((?:19|20|21)\d\d)\s*(?:-|–|—|s\.?/?d\.?|sampai|to)\s*((?:19|20|21)\d\d)?")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_VALUES = (YEARLY - MONEY) | {Role.BASELINE, Role.FINAL_TARGET}


@dataclass(frozen=True, slots=True)
class Where:
    """The row a value stands in, to speak about it."""

    sheet: str
    row: int


class FigureReader:
    """Reads cells of one sheet as numbers, years and texts, and notes what could not be taken."""

    def __init__(self, table: Table, header: Header, style: NumberStyle | None) -> None:
        self._table = table
        self._header = header
        self._style = style
        self._problems: list[Problem] = []
        self._ambiguous: dict[str, None] = {}
        self._above: dict[Role, str] = {}
        self._row = Where(table.sheet, 0)
        self._finals = 0
        columns = [c.year for c in header.columns if c.role is Role.TARGET and c.year]
        self._last_year = header.span[1] if header.span else max(columns, default=None)

    def _said(self, row: tuple[Value, ...], role: Role) -> str:
        """The first text that a row has in the columns of a role."""
        for column in self._header.of(role):
            cell = row[column.index] if column.index < len(row) else None
            text = as_text(cell)
            if text and not is_error(cell):
                return text
        return ""

    def _inherited(self, row: tuple[Value, ...], role: Role) -> str:
        """The same, or what a row above said about the same programme (merged cells are blank below)."""
        text = self._said(row, role)
        if text:
            self._above[role] = text
        return self._above.get(role, "")

    # -- years -------------------------------------------------------------------------------------
    def _year(self, row: tuple[Value, ...], column: Column) -> int | None:
        cell = row[column.index] if column.index < len(row) else None
        if isinstance(cell, dt.date):
            return cell.year
        text = as_text(cell).removesuffix(".0")
        if not text:
            return None
        if _YEAR.fullmatch(text):
            return int(text)
        self._refuse(column, Message("exchange.import.no_year", **self._at(column, text)))
        return None

    def _row_year(self, planned: Planned, row: tuple[Value, ...]) -> int | None:
        """The year a row is about; a span of years (``2018-``) dates the programme and no figure."""
        for column in self._header.of(Role.YEAR):
            text = as_text(row[column.index] if column.index < len(row) else None)
            span = _RANGE.fullmatch(text)
            if span:
                if isinstance(planned, ProgrammeDraft):
                    planned.start_year = planned.start_year or int(span[1])
                    planned.end_year = planned.end_year or (int(span[2]) if span[2] else None)
                    if not span[2]:
                        planned.open_end = True
                        message = Message("exchange.import.open_end", **self._at(column, text))
                        self._refuse(column, message, taken=True)
                return None
            year = self._year(row, column)
            if year is not None and isinstance(planned, ProgrammeDraft):
                planned.named_years.add(year)
            return year
        return None

    # -- figures -----------------------------------------------------------------------------------
    def _figures(self, planned: Planned, row: tuple[Value, ...]) -> None:
        row_year = self._row_year(planned, row)
        self._money(planned, row, row_year)
        names = lines(self._inherited(row, Role.INDICATOR))
        if names:
            self._indicators(planned, row, names, row_year)

    def _money(self, planned: Planned, row: tuple[Value, ...], row_year: int | None) -> None:
        source = self._said(row, Role.FUNDING)
        figures = {
            Role.BUDGET: "indicative", Role.CEILING: "ceiling", Role.REALISED_BUDGET: "realised",
            Role.TOTAL_BUDGET: "total",
        }  # fmt: skip
        for role, figure in figures.items():
            for column in self._header.of(role):
                amount = self._amount(row, column)
                if amount is None:
                    continue
                year = column.year or row_year
                if figure == "total":
                    planned.total = planned.total or amount
                elif year is None:
                    self._undated(column, str(amount.value))
                else:
                    planned.amounts.setdefault((year, source, figure), []).append(amount)

    def _undated(self, column: Column, text: str) -> None:
        self._refuse(column, Message("exchange.import.no_year_for", **self._at(column, text)))

    def _amount(self, row: tuple[Value, ...], column: Column) -> Amount | None:
        cell = row[column.index] if column.index < len(row) else None
        if isinstance(cell, str) and len(lines(cell)) > 1:
            self._refuse(column, Message("exchange.import.several_amounts", **self._at(column, cell)))
            return None
        parsed = self._number(cell, column, money=True)
        if parsed is None:
            return None
        # The cell's own scale word multiplied the digits; such an amount needs no unit.
        return Amount(parsed, self.scaled(cell), self._row.row)

    @staticmethod
    def scaled(cell: Value) -> bool:
        """Whether an amount names its own scale (``1,2 miliar``)."""
        return isinstance(cell, str) and any(letter.isalpha() for letter in _without_currency(cell))

    def _indicators(
        self, planned: Planned, row: tuple[Value, ...], names: list[str], row_year: int | None
    ) -> None:
        columns = [c for c in self._header.columns if c.role in _VALUES]
        written = {c: lines(row[c.index] if c.index < len(row) else None) for c in columns}
        if len(names) > 1 and all(len(parts) <= 1 for parts in written.values()):
            # One indicator whose name was broken into lines.
            names = [" ".join(names)]
        units = lines(self._said(row, Role.UNIT))
        drafts = [self._indicator(planned, name, units, at) for at, name in enumerate(names)]
        self._directions(row, drafts)
        for column, parts in written.items():
            if len(parts) not in {0, len(names)}:
                there = self._at(column, " / ".join(parts))
                self._refuse(
                    column, Message("exchange.import.lines", there=len(parts), n=len(names), **there)
                )
                continue
            for draft, line in zip(drafts, parts, strict=False):
                cell = row[column.index] if len(names) == 1 else line
                self._value(draft, column, cell, row_year)

    def _indicator(self, planned: Planned, name: str, units: list[str], at: int) -> IndicatorDraft:
        draft = planned.indicators.setdefault(bare(name), IndicatorDraft(name))
        unit = units[at] if at < len(units) else units[0] if len(units) == 1 else ""
        draft.unit = draft.unit or unit
        return draft

    def _directions(self, row: tuple[Value, ...], drafts: list[IndicatorDraft]) -> None:
        said = lines(self._said(row, Role.DIRECTION))
        for at, draft in enumerate(drafts):
            if at < len(said):
                draft.direction = draft.direction or direction_named(said[at])
        for column in self._header.of(Role.BASELINE_YEAR):
            for draft in drafts:
                draft.baseline_year = draft.baseline_year or self._year(row, column)

    def _value(self, draft: IndicatorDraft, column: Column, cell: Value, row_year: int | None) -> None:
        value = self._number(cell, column)
        if value is None:
            return
        unit = parse_number(cell, self._style or NumberStyle.POINT).unit
        draft.unit = draft.unit or unit
        if column.role is Role.BASELINE:
            if draft.baseline is not None and draft.baseline != value:
                self._refuse(column, Message("exchange.import.other_baseline", **self._at(column, cell)))
                return
            draft.baseline = value
            draft.baseline_year = draft.baseline_year or column.year
            return
        year = self._last_year if column.role is Role.FINAL_TARGET else column.year or row_year
        if year is None:
            self._undated(column, as_text(cell))
            return
        if column.role is Role.FINAL_TARGET:
            self._final(draft, column, cell, year, value)
            return
        values = draft.targets if column.role is Role.TARGET else draft.realised
        if values.setdefault(year, value) != value:
            self._refuse(column, Message("exchange.import.other_target", **self._at(column, cell)))

    def _final(self, draft: IndicatorDraft, column: Column, cell: Value, year: int, value: Decimal) -> None:
        """The condition at the end of the period is the last year's target, unless that is stated apart."""
        known = draft.targets.get(year)
        if known is None:
            draft.targets[year] = value
            self._finals += 1
        elif known != value:
            self._refuse(
                column, Message("exchange.import.other_final", year=str(year), **self._at(column, cell))
            )

    def _number(self, cell: Value, column: Column, *, money: bool = False) -> Decimal | None:
        if cell is None and (self._row.row - 1, column.index) in self._table.uncounted:
            self._refuse(column, Message("exchange.import.uncounted", **self._at(column, cell)))
            return None
        if is_error(cell):
            self._refuse(column, Message("exchange.import.formula_error", **self._at(column, cell)))
            return None
        if isinstance(cell, dt.date):
            self._refuse(column, Message("exchange.import.date_not_number", **self._at(column, cell)))
            return None
        parsed = parse_number(cell, self._style, money=money)
        match parsed.kind:
            case Kind.NUMBER:
                return parsed.value
            case Kind.BOUND:
                value = parsed.value or Decimal(0)
                message = Message("exchange.import.bound", value=value, **self._at(column, cell))
                self._refuse(column, message, taken=True)
                return value
            case Kind.AMBIGUOUS:
                self._ambiguous[as_text(cell)] = None
            case Kind.NO_NUMBER:
                self._refuse(column, Message("exchange.import.no_number", **self._at(column, cell)))
            case Kind.NOTHING:
                pass
        return None

    def _at(self, column: Column, cell: Value) -> dict[str, Param]:
        """Where the present cell is and what stands there, for a sentence about it."""
        return {
            "sheet": self._row.sheet, "row": str(self._row.row), "column": column_name(column.index),
            "header": column.header, "text": as_text(cell),
        }  # fmt: skip

    def _refuse(self, column: Column, message: Message, *, taken: bool = False) -> None:
        where = self._row
        self._problems.append(Problem(where.sheet, where.row, column_name(column.index), message, taken))


def as_text(cell: Value) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return str(int(cell))
    return str(cell).strip()


def lines(cell: Value) -> list[str]:
    """The lines of a cell that say something."""
    return [line.strip() for line in as_text(cell).splitlines() if line.strip()]


def _without_currency(text: str) -> str:
    return re.sub(r"\b(?:rp|idr)\b\.?", "", text, flags=re.IGNORECASE)


def money_cells(table: Table, header: Header) -> Iterator[Value]:
    """Every cell that should hold a number, each line of it apart: what tells a sheet's number style."""
    numeric = [c for c in header.columns if c.role in MONEY | _VALUES]
    for row in table.rows[header.first_row :]:
        for column in numeric:
            cell = row[column.index] if column.index < len(row) else None
            yield from lines(cell) if isinstance(cell, str) else ()
