"""Reads the figures of a row: amounts by year, indicators, baselines, targets, and what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from desktop.base import Message
from desktop.exchange.cells import CellReader, as_text
from desktop.exchange.columns import Role, bare
from desktop.exchange.counting import counted
from desktop.exchange.directions import direction_named
from desktop.exchange.drafts import Amount, Figure, IndicatorDraft, Planned, ProgrammeDraft
from desktop.exchange.header import Column
from desktop.exchange.number_styles import VALUES
from desktop.exchange.numbers import NumberStyle, parse_number
from desktop.exchange.questions import lines_id, number_id
from desktop.exchange.several import entries, split, with_gaps
from desktop.exchange.table import Value, filled
from desktop.exchange.when import When


class FigureReader(CellReader):
    """Reads the figures of rows: amounts, and indicators with their values."""

    # -- years -------------------------------------------------------------------------------------
    def _row_year(self, planned: Planned, row: tuple[Value, ...]) -> int | None:
        """The year a row is about; a span of years (``2018-``) dates the programme and no figure."""
        for column in self._header.of(Role.YEAR):
            found = self._when(row, column)
            if found is None:
                return None
            if found.year is None:
                self._span(planned, found, row, column)
            else:
                planned.named_years.add(found.year)
            return found.year
        return None

    def _span(self, planned: Planned, found: When, row: tuple[Value, ...], column: Column) -> None:
        if not isinstance(planned, ProgrammeDraft):
            planned.named_years |= {found.first, found.last or found.first}
            return
        planned.start_year = planned.start_year or found.first
        planned.end_year = planned.end_year or found.last
        if found.last is None:
            planned.open_end = True
            message = Message("exchange.import.open_end", **self._at(column, row[column.index]))
            self._refuse(column, message, taken=True)

    # -- figures -----------------------------------------------------------------------------------
    def _figures(self, planned: Planned, row: tuple[Value, ...]) -> None:
        row_year = self._row_year(planned, row)
        self._money(planned, row, row_year)
        for level, owner in self._owners(planned):
            said = self._said_of(row, level) if level else self._inherited(row, Role.INDICATOR)
            names, sure = split(said)
            if names:
                self._indicators(owner, row, names, (row_year, level), sure=sure)

    def _owners(self, planned: Planned) -> Iterator[tuple[int, Planned]]:
        """Whose indicators a row holds, and by which level their columns are called; 0 for the row's own."""
        yield 0, planned

    def _said_of(self, row: tuple[Value, ...], level: int) -> str:
        columns = (column for column in self._header.of(Role.INDICATOR) if column.level == level)
        return next((as_text(row[c.index]) for c in columns if c.index < len(row)), "")

    def _money(self, planned: Planned, row: tuple[Value, ...], row_year: int | None) -> None:
        source = self._said(row, Role.FUNDING)
        figures = {
            Role.BUDGET: "indicative", Role.CEILING: "ceiling", Role.REALISED_BUDGET: "realised",
            Role.TOTAL_BUDGET: "total",
        }  # fmt: skip
        for role, figure in figures.items():
            for column in self._header.of(role):
                if (self._row.row - 1, column.index) in self._table.covered:
                    continue
                amount = self._amount(row, column)
                if amount is None:
                    continue
                year = column.year or row_year
                if figure == "total":
                    planned.total = planned.total or amount
                elif year is None:
                    self._undated(column, str(amount.value))
                else:
                    self._add(planned, (year, source, figure), amount)

    def _add(self, planned: Planned, figure: Figure, amount: Amount) -> None:
        """One more amount; rows of accounts add up to the one of what they are parts of."""
        amounts = planned.amounts.setdefault(figure, [])
        if self._header.adds and amounts and amounts[0].absolute == amount.absolute:
            amounts[0] = Amount(amounts[0].value + amount.value, amount.absolute, amounts[0].row)
        else:
            amounts.append(amount)

    def _undated(self, column: Column, text: str) -> None:
        self._refuse(column, Message("exchange.import.no_year_for", **self._at(column, text)))

    def _amount(self, row: tuple[Value, ...], column: Column) -> Amount | None:
        cell = row[column.index] if column.index < len(row) else None
        if isinstance(cell, str) and len(entries(cell)) > 1:
            return self._several_amounts(cell, column)
        parsed = self._number(cell, column, money=True)
        if parsed is None:
            return None
        return self._in_rupiah(parsed, column, scaled=self.scaled(cell))

    def _in_rupiah(self, value: Decimal, column: Column, *, scaled: bool) -> Amount:
        """An amount; one whose own scale word or whose column's head says the unit needs none besides."""
        factor = 1 if scaled else self._units.get(column.index, self._ways.factor)
        return Amount(value * (factor or 1), bool(factor), self._row.row)

    def _several_amounts(self, cell: str, column: Column) -> Amount | None:
        """Several amounts in one cell: a person says whether they add up."""
        parts = entries(cell)
        answer = self._ask(
            lines_id(self._row.sheet, self._cell(column)),
            Message("exchange.ask.lines.money", n=len(parts), **self._at(column, " / ".join(parts))),
            ("leave", "sum", "first"),
        )
        if answer in {"", "leave"}:
            self._refuse(column, Message("exchange.import.several_amounts", **self._at(column, cell)))
            return None
        values = [
            self._number(part, column, money=True) for part in parts[: 1 if answer == "first" else None]
        ]
        scaled = {self.scaled(part) for part in parts}
        if None in values or len(scaled) > 1:
            return None
        total = sum((value for value in values if value is not None), Decimal(0))
        return self._in_rupiah(total, column, scaled=scaled.pop())

    @staticmethod
    def scaled(cell: Value) -> bool:
        """Whether an amount names its own scale (``1,2 miliar``)."""
        return isinstance(cell, str) and any(letter.isalpha() for letter in _without_currency(cell))

    def _indicators(
        self,
        planned: Planned,
        row: tuple[Value, ...],
        names: list[str],
        of: tuple[int | None, int],
        *,
        sure: bool,
    ) -> None:
        """The values of a row, each with its indicator; where their numbers differ somebody is asked."""
        cells = {
            column: row[column.index]
            for column in self._header.columns
            if column.role in VALUES
            and column.index < len(row)
            and filled(row[column.index])
            and column.level == of[1]
        }
        written = {column: _values(cell, len(names)) for column, cell in cells.items()}
        if len(names) > 1 and not sure and all(len(parts) <= 1 for parts in written.values()):
            # One indicator whose name was broken into lines.
            names = [" ".join(names)]
        units = entries(self._said(row, Role.UNIT))
        drafts = [self._indicator(planned, name, units, at) for at, name in enumerate(names)]
        self._directions(row, drafts)
        for column, parts in written.items():
            for draft, part in zip(drafts, self._aligned(column, parts, len(names)), strict=False):
                self._value(draft, column, part, of[0])

    def _aligned(self, column: Column, parts: list[Value], wanted: int) -> list[Value]:
        """One value for each indicator; where their numbers differ, as a person decided."""
        if len(parts) in {0, wanted}:
            return parts
        text = " / ".join(map(as_text, parts))
        values, names = counted(values=len(parts)), counted(indicators=wanted)
        there = {"values": values, "indicators": names, **self._at(column, text)}
        ways = ("leave", "all") if len(parts) == 1 else ("leave", "first")
        question = lines_id(self._row.sheet, self._cell(column))
        match self._ask(question, Message("exchange.ask.lines", **there), ways):
            case "first":
                return parts[:wanted]
            case "all":
                return parts * wanted
        self._refuse(column, Message("exchange.import.lines", **there))
        return []

    def _indicator(self, planned: Planned, name: str, units: list[str], at: int) -> IndicatorDraft:
        draft = planned.indicators.setdefault(bare(name), IndicatorDraft(name))
        unit = units[at] if at < len(units) else units[0] if len(units) == 1 else ""
        draft.unit = draft.unit or unit
        return draft

    def _directions(self, row: tuple[Value, ...], drafts: list[IndicatorDraft]) -> None:
        said = entries(self._said(row, Role.DIRECTION))
        for at, draft in enumerate(drafts):
            if at < len(said):
                draft.direction = draft.direction or direction_named(said[at])
        for column in self._header.of(Role.BASELINE_YEAR):
            for draft in drafts:
                draft.baseline_year = draft.baseline_year or self._year(row, column)

    def _value(self, draft: IndicatorDraft, column: Column, cell: Value, row_year: int | None) -> None:
        value = self._number(cell, column)
        if value is not None and self._table.percents is None:
            value = self._fraction(draft, column, cell, value)
        if value is None:
            return
        shown = self._is_percent(cell, column)
        unit = "%" if shown else parse_number(cell, self._styles.of(column.index) or NumberStyle.POINT).unit
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

    def _fraction(self, draft: IndicatorDraft, column: Column, cell: Value, value: Decimal) -> Decimal | None:
        """A number below one of an indicator in per cent, in a file that does not tell how it is shown."""
        percent = draft.unit.casefold() in _PERCENT or bare(draft.name).startswith(("persen", "percent"))
        if not percent or not isinstance(cell, Decimal) or not 0 < abs(value) < 1:
            return value
        meant = {"percent": value * 100, "plain": value}
        labels = {way: Message("exchange.ask.number.is", value=each) for way, each in meant.items()}
        message = Message("exchange.ask.fraction", **self._at(column, cell))
        answer = self._ask(number_id(self._row.sheet, self._cell(column)), message, tuple(meant), labels)
        if answer not in meant:
            self._refuse(column, Message("exchange.import.two_ways", **self._at(column, cell)))
        return meant.get(answer)

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


def _values(cell: Value, wanted: int) -> list[Value]:
    """The values that a cell lists; blank lines between them count where there are just enough then."""
    if not isinstance(cell, str):
        return [cell]
    found: list[Value] = list(entries(cell))
    if len(found) not in {0, wanted}:
        gaps = with_gaps(cell)
        if len(gaps) == wanted:
            return [gap or None for gap in gaps]
    return found


def _without_currency(text: str) -> str:
    return re.sub(r"\b(?:rp|idr)\b\.?", "", text, flags=re.IGNORECASE)


_PERCENT = frozenset({"%", "persen", "percent", "per cent", "persentase"})
