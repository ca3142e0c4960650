"""Reads a plain list of programmes; blank cells of merged rows mean what stands above."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.exchange.cells import Ways, Where, as_text
from desktop.exchange.columns import MONEY, NAMES, Role, bare, has_letters
from desktop.exchange.counting import span
from desktop.exchange.drafts import Amount, Drafts, Planned, ProgrammeDraft, Stated, sum_of
from desktop.exchange.figures import FigureReader
from desktop.exchange.header import Header
from desktop.exchange.levels import TOTALS, is_agency, is_unit
from desktop.exchange.numbers import Kind, parse_number
from desktop.exchange.signed import signed_from
from desktop.exchange.table import Table, Value, filled
from desktop.exchange.when import when

_TOLD_EVERY = 250
"""Rows between two reports of how far the reading is."""
_TEXTS = (Role.SERVICE, Role.BEFORE, Role.AFTER, Role.SERVED, Role.TECHNOLOGY)


@dataclass(slots=True)
class Total:
    """A sum as a row states it, and which programmes it may be the sum of, by their place in the sheet."""

    row: int
    label: str
    amounts: dict[int, Amount]
    first: int
    section: int
    last: int | None
    depth: int = 0


class Collector(FigureReader):
    """Reads one sheet row by row."""

    def __init__(
        self,
        table: Table,
        header: Header,
        ways: Ways,
        region: str,
        *,
        agency: str = "",
    ) -> None:
        super().__init__(table, header, ways)
        self._region = region
        self._agency = agency
        self._programmes: dict[tuple[str, ...], ProgrammeDraft] = {}
        self._others: dict[str, int] = {}
        self._totals: list[Total] = []
        self._closed = False
        """Whether a sum came and no programme after it."""
        self._below: list[int] = []
        self._section = 0

    def collect(self, report: Report = quiet) -> Drafts:
        """Every programme of the sheet."""
        last = len(self._table.rows)
        signed = signed_from(self._table, self._header.first_row)
        for index in range(self._header.first_row, last):
            if index % _TOLD_EVERY == 0:
                report(index, last, Message("exchange.reading.rows", sheet=self._table.sheet))
            row = self._table.rows[index]
            if index in self._ways.skipped or not any(map(filled, row)) or self._header.repeated(row):
                continue
            self._row = Where(self._table.sheet, index + 1)
            if index >= signed:
                self._below.append(self._row.row)
            else:
                self._read(row)
        self._finish()
        return Drafts(
            tuple(self._programmes.values()),
            tuple(self._problems),
            self._others,
            tuple(self._ambiguous),
            tuple(each for total in self._totals for each in self._stated(total)),
            tuple(self._notes()),
            tuple(self._doubts.values()),
        )

    def _finish(self) -> None:
        """What can only be told when every row was read."""

    def _notes(self) -> list[Message]:
        sheet, notes = self._table.sheet, list[Message]()
        if self._finals:
            year = str(self._last_year or "")
            notes.append(Message("exchange.note.finals", sheet=sheet, n=self._finals, year=year))
        if self._below:
            rows = span(self._below[0], self._below[-1])
            notes.append(Message("exchange.note.below", sheet=sheet, n=len(self._below), rows=rows))
        if self._units or self._ways.factor:
            notes.append(Message("exchange.note.units", sheet=sheet))
        if self._unknown:
            notes.append(Message("exchange.note.unknown", sheet=sheet, n=self._unknown))
        return notes

    # -- one row -----------------------------------------------------------------------------------
    def _read(self, row: tuple[Value, ...]) -> None:
        raw = self._said(row, Role.PROGRAMME)
        title = next((said for said in self._all_said(row, Role.PROGRAMME) if has_letters(said)), "")
        if raw and not title:
            self._no_programme(row)  # a dash or a number names none, nor what stands above
            return
        if TOTALS.match(bare(title or self._first_text(row))):
            self._total(row, title or self._first_text(row))
            return
        if title and self._is_heading(row, title):
            self._agency, self._above = title, {}
            self._section = here = len(self._programmes)
            for total in self._totals:
                total.last = here if total.last is None else total.last
            self._note_total(row, title, Total(self._row.row, title, {}, here, here, None))
            return
        if title:
            if bare(title) != bare(self._above.get(Role.PROGRAMME, "")):
                self._above = {}
            self._above[Role.PROGRAMME] = title
        elif self._is_below(row):
            self._below.append(self._row.row)
            return
        elif not self._above.get(Role.PROGRAMME):
            self._no_programme(row)
            return
        if self._elsewhere(row):
            return
        self._figures(self._programme(row), row)

    def _is_heading(self, row: tuple[Value, ...], title: str) -> bool:
        """Whether a row only names the agency whose programmes follow."""
        passive = {*MONEY, Role.CODE, Role.NUMBER}
        counted = {column.index for column in self._header.columns if column.role in passive}
        texts = {as_text(cell) for at, cell in enumerate(row) if filled(cell) and at not in counted}
        return len(self._header.columns) > 1 and texts == {title} and is_agency(title)

    def _first_text(self, row: tuple[Value, ...]) -> str:
        """What a row without a programme begins with; the name of an indicator does not count."""
        indicators = {column.index for column in self._header.of(Role.INDICATOR)}
        found = next(((at, cell) for at, cell in enumerate(row) if isinstance(cell, str) and cell), None)
        return found[1] if found is not None and found[0] not in indicators else ""

    def _is_below(self, row: tuple[Value, ...]) -> bool:
        """Whether a row stands below the last sum and only has words: place, office, name of who signed."""
        cells = [cell for cell in row if filled(cell)]
        if not self._closed or not all(isinstance(cell, str) for cell in cells):
            return False
        words = [parse_number(cell, None).kind is Kind.NO_NUMBER for cell in cells]
        return all(words) or (bool(self._below) and any(words))

    def _no_programme(self, row: tuple[Value, ...]) -> None:
        column = next(column for role in NAMES for column in self._header.of(role))
        there = self._at(column, next((as_text(cell) for cell in row if filled(cell)), ""))
        self._refuse(column, Message("exchange.import.no_programme", **there))

    def _elsewhere(self, row: tuple[Value, ...]) -> bool:
        """Whether a row is about another region; it is counted then."""
        region = self._inherited(row, Role.REGION_CODE)
        if not region or not self._region or region == self._region:
            return False
        name = self._inherited(row, Role.REGION) or region
        self._others[name] = self._others.get(name, 0) + 1
        return True

    def _programme(self, row: tuple[Value, ...], code: str = "") -> ProgrammeDraft:
        self._closed = False
        title, agency = self._above[Role.PROGRAMME], self._lead(row)
        key = (bare(title), bare(agency), code)
        draft = self._programmes.get(key)
        if draft is None:
            draft = self._programmes[key] = ProgrammeDraft(
                title=" ".join(title.split()), agency=" ".join(agency.split()), sheet=self._table.sheet
            )
        draft.rows.append(self._row.row)
        draft.code = draft.code or code or self._said(row, Role.CODE)
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
            draft.end_year = draft.end_year or self._year(row, column, last=True)
        return draft

    def _lead(self, row: tuple[Value, ...]) -> str:
        """The agency of a programme; a division of it that the row names leads no programme."""
        named = self._inherited(row, Role.AGENCY)
        return self._agency if not has_letters(named) or is_unit(named) else named

    # -- sums that the file states -------------------------------------------------------------------
    def _total(self, row: tuple[Value, ...], label: str) -> None:
        """A sum below its programmes: of all of them, or of those since the last heading or sum."""
        self._closed = True
        here = len(self._programmes)
        self._note_total(row, label, Total(self._row.row, label, {}, 0, self._section, here))
        self._section = here

    def _note_total(self, row: tuple[Value, ...], label: str, total: Total) -> None:
        row_year = next((self._quiet_year(row, column.index) for column in self._header.of(Role.YEAR)), None)
        for column in self._header.columns:
            year = column.year or row_year
            if column.role not in MONEY - {Role.TOTAL_BUDGET, Role.REALISED_BUDGET} or year is None:
                continue
            cell = row[column.index] if column.index < len(row) else None
            parsed = parse_number(cell, self._styles.of(column.index), money=True)
            if parsed.kind is Kind.NUMBER and parsed.value is not None and parsed.value:
                amount = self._in_rupiah(parsed.value, column, scaled=self.scaled(cell))
                total.amounts.setdefault(year, amount)
        if total.amounts:
            total.label = " ".join(label.split())
            self._totals.append(total)

    @staticmethod
    def _quiet_year(row: tuple[Value, ...], index: int) -> int | None:
        found = when(row[index]) if index < len(row) else None
        return found.year if found else None

    def _stated(self, total: Total) -> list[Stated]:
        """The sum beside what its rows come to; of two possible meanings the one that agrees."""
        order = list(self._programmes.values())
        sections = {total.first, total.section}
        made = [
            [
                Stated(
                    self._table.sheet,
                    total.row,
                    total.label,
                    year,
                    stated,
                    sum((planned_for(each, year) for each in order[first : total.last]), Decimal(0)),
                )
                for year, stated in total.amounts.items()
            ]
            for first in sorted(sections)
        ]
        return max(made, key=lambda each: sum(stated.agrees for stated in each))


def planned_for(planned: Planned, year: int) -> Decimal:
    """What is planned for a year in the list's unit: the indicative amounts, else the ceilings."""
    for figure in ("indicative", "ceiling"):
        found = [
            amounts for (each, _, what), amounts in planned.amounts.items() if (each, what) == (year, figure)
        ]
        if found:
            return sum(map(sum_of, found), Decimal(0))
    return Decimal(0)


def rupiah_for(planned: Planned, year: int, factor: int) -> Decimal:
    """The same in rupiah: amounts that name their own unit as they are, the others by the list's unit."""
    for figure in ("indicative", "ceiling"):
        found = [
            [replace(each, value=each.value * (1 if each.absolute else factor)) for each in amounts]
            for (each_year, _, what), amounts in planned.amounts.items()
            if (each_year, what) == (year, figure)
        ]
        if found:
            return sum(map(sum_of, found), Decimal(0))
    return Decimal(0)


_YES = frozenset({"ya", "y", "yes", "v", "x", "1", "true"})
_QUICK = re.compile(r"quick win|percepatan")
_NOT = re.compile(r"\b(?:bukan|non|tidak|tdk|belum|tanpa|not?)\b")


def _is_quick_win(text: str) -> bool:
    """Whether a kind says so; what stands behind a word like "bukan" says that it is none."""
    words = bare(text)
    said = _QUICK.search(words)
    return words in _YES or (said is not None and not _NOT.search(words[: said.start()]))
