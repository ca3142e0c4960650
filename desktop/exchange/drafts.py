"""Rows of a list put together: programmes with indicators, targets and amounts, and what was refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from desktop.base import Message
from desktop.base.message import Param
from desktop.exchange.columns import MONEY, YEARLY, Column, Header, Role, bare
from desktop.exchange.numbers import Kind, NumberStyle, parse_number
from desktop.exchange.table import Table, Value, column_name, is_error

_TOTALS = re.compile(r"(sub ?)?(jumlah|total|grand total)\b")
_RANGE = re.compile(r"((?:19|20|21)\d\d)\s*(?:-|–|—|s\.?/?d\.?|sampai|to)\s*((?:19|20|21)\d\d)?")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_TEXTS = (Role.SERVICE, Role.BEFORE, Role.AFTER, Role.SERVED, Role.TECHNOLOGY)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one cell: ``taken`` says whether its value was used after all.

    The message says what, where (sheet, row, column) and what to do.
    """

    sheet: str
    row: int
    column: str
    message: Message
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as written; ``absolute`` when the cell itself says its scale (``1,2 miliar``)."""

    value: Decimal
    absolute: bool
    row: int


Figure: TypeAlias = tuple[int, str, str]
"""Year, source of money as the list calls it, and figure: indicative, ceiling or realised."""


@dataclass(slots=True)
class IndicatorDraft:
    """An indicator as the list has it."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    direction: str = ""
    targets: dict[int, Decimal] = field(default_factory=dict)
    realised: dict[int, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class ProgrammeDraft:
    """A programme as the list has it; ``rows`` are the sheet's rows it was read from."""

    title: str
    agency: str = ""
    code: str = ""
    dimension: str = ""
    sub_dimension: str = ""
    plan: str = ""
    source: str = ""
    quick_win: bool | None = None
    start_year: int | None = None
    end_year: int | None = None
    texts: dict[str, str] = field(default_factory=dict)
    amounts: dict[Figure, list[Amount]] = field(default_factory=dict)
    total: Amount | None = None
    indicators: dict[str, IndicatorDraft] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the programme is known by in answers: its title, without case and punctuation."""
        return bare(self.title)

    @property
    def years(self) -> list[int]:
        """The calendar years the list says anything about."""
        said = {year for year, _, _ in self.amounts}
        for indicator in self.indicators.values():
            said |= indicator.targets.keys()
        said |= {year for year in (self.start_year, self.end_year) if year is not None}
        return sorted(said)


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a sheet gave: programmes in order, problems, and what only a person can settle."""

    programmes: tuple[ProgrammeDraft, ...]
    problems: tuple[Problem, ...]
    other_regions: Mapping[str, int]
    ambiguous: tuple[str, ...]
    """Numbers that read differently in Indonesian and in English, as written."""


@dataclass(frozen=True, slots=True)
class _Where:
    """The row a value stands in, to speak about it."""

    sheet: str
    row: int


class Collector:
    """Reads one sheet row by row; blank cells of merged rows mean what stands above them."""

    def __init__(self, table: Table, header: Header, style: NumberStyle | None, region: str) -> None:
        self._table = table
        self._header = header
        self._style = style
        self._region = region
        self._programmes: dict[tuple[str, str], ProgrammeDraft] = {}
        self._problems: list[Problem] = []
        self._others: dict[str, int] = {}
        self._ambiguous: dict[str, None] = {}
        self._above: dict[Role, str] = {}
        self._row = _Where(table.sheet, 0)

    def collect(self) -> Drafts:
        """Every programme of the sheet."""
        for index in range(self._header.first_row, len(self._table.rows)):
            row = self._table.rows[index]
            self._row = _Where(self._table.sheet, index + 1)
            if any(cell not in (None, "") for cell in row):
                self._read(row)
        return Drafts(
            tuple(self._programmes.values()), tuple(self._problems), self._others, tuple(self._ambiguous)
        )

    # -- one row -----------------------------------------------------------------------------------
    def _read(self, row: tuple[Value, ...]) -> None:
        title = self._said(row, Role.PROGRAMME)
        if _TOTALS.match(bare(title)) or (not title and _TOTALS.match(bare(self._first_text(row)))):
            return
        if title:
            if bare(title) != bare(self._above.get(Role.PROGRAMME, "")):
                self._above = {}
            self._above[Role.PROGRAMME] = title
        elif not self._above.get(Role.PROGRAMME):
            self._no_programme(row)
            return
        region = self._inherited(row, Role.REGION_CODE)
        if region and self._region and region != self._region:
            name = self._inherited(row, Role.REGION) or region
            self._others[name] = self._others.get(name, 0) + 1
            return
        programme = self._programme(row)
        self._figures(programme, row)

    def _first_text(self, row: tuple[Value, ...]) -> str:
        return next((cell for cell in row if isinstance(cell, str) and cell), "")

    def _no_programme(self, row: tuple[Value, ...]) -> None:
        column = self._header.of(Role.PROGRAMME)[0]
        there = self._at(column, self._first_text(row))
        self._refuse(column, Message("exchange.import.no_programme", **there))

    def _programme(self, row: tuple[Value, ...]) -> ProgrammeDraft:
        title, agency = self._above[Role.PROGRAMME], self._inherited(row, Role.AGENCY)
        key = (bare(title), bare(agency))
        draft = self._programmes.get(key)
        if draft is None:
            draft = self._programmes[key] = ProgrammeDraft(" ".join(title.split()), " ".join(agency.split()))
        draft.rows.append(self._row.row)
        draft.code = draft.code or self._said(row, Role.CODE)
        draft.dimension = draft.dimension or self._inherited(row, Role.DIMENSION)
        draft.sub_dimension = draft.sub_dimension or self._inherited(row, Role.SUB_DIMENSION)
        draft.plan = draft.plan or self._said(row, Role.PLAN)
        draft.source = draft.source or self._said(row, Role.SOURCE)
        for role in _TEXTS:
            draft.texts.setdefault(role.value, "")
            draft.texts[role.value] = draft.texts[role.value] or self._said(row, role)
        kind = self._said(row, Role.KIND)
        if kind:
            draft.quick_win = (draft.quick_win or False) or _is_quick_win(kind)
        for column in self._header.of(Role.START_YEAR):
            draft.start_year = draft.start_year or self._year(row, column)
        for column in self._header.of(Role.END_YEAR):
            draft.end_year = draft.end_year or self._year(row, column)
        return draft

    def _said(self, row: tuple[Value, ...], role: Role) -> str:
        """The first text that a row has in the columns of a role."""
        for column in self._header.of(role):
            cell = row[column.index] if column.index < len(row) else None
            text = _as_text(cell)
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
        text = _as_text(cell).removesuffix(".0")
        if not text:
            return None
        if _YEAR.fullmatch(text):
            return int(text)
        self._refuse(column, Message("exchange.import.no_year", **self._at(column, text)))
        return None

    def _row_year(self, programme: ProgrammeDraft, row: tuple[Value, ...]) -> int | None:
        """The year a row is about; a span of years (``2018-``) dates the programme and no figure."""
        for column in self._header.of(Role.YEAR):
            text = _as_text(row[column.index] if column.index < len(row) else None)
            span = _RANGE.fullmatch(text)
            if span:
                programme.start_year = programme.start_year or int(span[1])
                programme.end_year = programme.end_year or (int(span[2]) if span[2] else None)
                return None
            return self._year(row, column)
        return None

    # -- figures -----------------------------------------------------------------------------------
    def _figures(self, programme: ProgrammeDraft, row: tuple[Value, ...]) -> None:
        row_year = self._row_year(programme, row)
        self._money(programme, row, row_year)
        names = _lines(self._inherited(row, Role.INDICATOR))
        if names:
            self._indicators(programme, row, names, row_year)

    def _money(self, programme: ProgrammeDraft, row: tuple[Value, ...], row_year: int | None) -> None:
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
                    programme.total = programme.total or amount
                elif year is None:
                    self._undated(column, str(amount.value))
                else:
                    programme.amounts.setdefault((year, source, figure), []).append(amount)

    def _undated(self, column: Column, text: str) -> None:
        self._refuse(column, Message("exchange.import.no_year_for", **self._at(column, text)))

    def _amount(self, row: tuple[Value, ...], column: Column) -> Amount | None:
        cell = row[column.index] if column.index < len(row) else None
        lines = _lines(cell) if isinstance(cell, str) else []
        if len(lines) > 1:
            self._refuse(column, Message("exchange.import.several_amounts", **self._at(column, cell)))
            return None
        parsed = self._number(cell, column, money=True)
        if parsed is None:
            return None
        # The cell's own scale word multiplied the digits; such an amount needs no unit.
        absolute = isinstance(cell, str) and any(letter.isalpha() for letter in _without_currency(cell))
        return Amount(parsed, absolute, self._row.row)

    def _indicators(
        self, programme: ProgrammeDraft, row: tuple[Value, ...], names: list[str], row_year: int | None
    ) -> None:
        columns = [c for c in self._header.columns if c.role in YEARLY - MONEY or c.role is Role.BASELINE]
        written = {c: _lines(row[c.index] if c.index < len(row) else None) for c in columns}
        if len(names) > 1 and all(len(lines) <= 1 for lines in written.values()):
            # One indicator whose name was broken into lines.
            names = [" ".join(names)]
        units = _lines(self._said(row, Role.UNIT))
        drafts = [self._indicator(programme, name, units, at) for at, name in enumerate(names)]
        self._directions(row, drafts)
        for column, lines in written.items():
            if len(lines) not in {0, len(names)}:
                there = self._at(column, " / ".join(lines))
                self._refuse(
                    column, Message("exchange.import.lines", there=len(lines), n=len(names), **there)
                )
                continue
            for draft, line in zip(drafts, lines, strict=False):
                cell = row[column.index] if len(names) == 1 else line
                self._value(draft, column, cell, row_year)

    def _indicator(self, programme: ProgrammeDraft, name: str, units: list[str], at: int) -> IndicatorDraft:
        draft = programme.indicators.setdefault(bare(name), IndicatorDraft(name))
        unit = units[at] if at < len(units) else units[0] if len(units) == 1 else ""
        draft.unit = draft.unit or unit
        return draft

    def _directions(self, row: tuple[Value, ...], drafts: list[IndicatorDraft]) -> None:
        from desktop.exchange.suggest import direction_named

        said = _lines(self._said(row, Role.DIRECTION))
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
        year = column.year or row_year
        if year is None:
            self._undated(column, _as_text(cell))
            return
        values = draft.targets if column.role is Role.TARGET else draft.realised
        if values.setdefault(year, value) != value:
            self._refuse(column, Message("exchange.import.other_target", **self._at(column, cell)))

    def _number(self, cell: Value, column: Column, *, money: bool = False) -> Decimal | None:
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
                self._ambiguous[_as_text(cell)] = None
            case Kind.NO_NUMBER:
                self._refuse(column, Message("exchange.import.no_number", **self._at(column, cell)))
            case Kind.NOTHING:
                pass
        return None

    def _at(self, column: Column, cell: Value) -> dict[str, Param]:
        """Where the present cell is and what stands there, for a sentence about it."""
        return {
            "sheet": self._row.sheet, "row": str(self._row.row), "column": column_name(column.index),
            "header": column.header, "text": _as_text(cell),
        }  # fmt: skip

    def _refuse(self, column: Column, message: Message, *, taken: bool = False) -> None:
        where = self._row
        self._problems.append(Problem(where.sheet, where.row, column_name(column.index), message, taken))


def _as_text(cell: Value) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return str(int(cell))
    return str(cell).strip()


def _lines(cell: Value) -> list[str]:
    return [line.strip() for line in _as_text(cell).splitlines() if line.strip()]


def _without_currency(text: str) -> str:
    return re.sub(r"\b(?:rp|idr)\b\.?", "", text, flags=re.IGNORECASE)


def _is_quick_win(text: str) -> bool:
    words = bare(text)
    return words in {"ya", "y", "yes", "v", "x", "1", "true"} or "quick win" in words or "percepatan" in words


def money_cells(table: Table, header: Header) -> Iterator[Value]:
    """Every cell that should hold a number, each line of it apart: what tells a sheet's number style."""
    numeric = [c for c in header.columns if c.role in YEARLY | MONEY or c.role is Role.BASELINE]
    for row in table.rows[header.first_row :]:
        for column in numeric:
            cell = row[column.index] if column.index < len(row) else None
            yield from _lines(cell) if isinstance(cell, str) else ()
