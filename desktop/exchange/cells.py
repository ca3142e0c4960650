"""Reads cells of a sheet as texts, years and numbers, and notes what is doubtful or not to be taken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from desktop.base import Message
from desktop.base.message import Param
from desktop.exchange.columns import Role
from desktop.exchange.drafts import Problem
from desktop.exchange.header import Column, Header
from desktop.exchange.money_unit import units_apart
from desktop.exchange.number_styles import Styles, Unclear, likely_style
from desktop.exchange.numbers import Kind, NumberStyle, Parsed, parse_number
from desktop.exchange.questions import Option, Question, number_id
from desktop.exchange.table import Table, Value, column_name, filled, is_error
from desktop.exchange.when import When, when


@dataclass(frozen=True, slots=True)
class Ways:
    """How the cells of a sheet are read: its numbers, its doubtful cells, and which rows are passed over."""

    styles: Styles
    decided: Mapping[str, str] = field(default_factory=dict)
    """What a person decided about single cells, by the question."""
    skipped: frozenset[int] = frozenset()
    factor: int = 0
    """How many rupiah an amount is, where sheets of one file say different units; 0 where they do not."""


@dataclass(frozen=True, slots=True)
class Where:
    """The row a value stands in, to speak about it."""

    sheet: str
    row: int


class CellReader:
    """Reads cells of one sheet, and notes what could not be taken and what a person has to settle."""

    def __init__(self, table: Table, header: Header, ways: Ways) -> None:
        self._table = table
        self._header = header
        self._ways = ways
        self._styles = ways.styles
        self._units = units_apart(header)
        self._doubts: dict[str, Question] = {}
        self._unknown = 0
        self._problems: list[Problem] = []
        self._ambiguous: dict[Unclear, None] = {}
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

    def _all_said(self, row: tuple[Value, ...], role: Role) -> Iterator[str]:
        """Every text that a row has in the columns of a role."""
        for column in self._header.of(role):
            cell = row[column.index] if column.index < len(row) else None
            if filled(cell) and not is_error(cell):
                yield as_text(cell)

    def _inherited(self, row: tuple[Value, ...], role: Role) -> str:
        """The same, or what a row above said about the same programme (merged cells are blank below)."""
        text = self._said(row, role)
        if text:
            self._above[role] = text
        return self._above.get(role, "")

    # -- years -------------------------------------------------------------------------------------
    def _year(self, row: tuple[Value, ...], column: Column, *, last: bool = False) -> int | None:
        """The year a cell names; of a span the first, or the last."""
        found = self._when(row, column)
        if found is None:
            return None
        return found.last if last else found.first

    def _when(self, row: tuple[Value, ...], column: Column) -> When | None:
        cell = row[column.index] if column.index < len(row) else None
        if not filled(cell) or parse_number(cell, NumberStyle.POINT).kind is Kind.NOTHING:
            return None
        found = when(cell)
        if found is None:
            self._refuse(column, Message("exchange.import.no_year", **self._at(column, cell)))
        elif found.serial:
            there = self._at(column, cell)
            self._refuse(
                column, Message("exchange.import.serial", year=str(found.first), **there), taken=True
            )
        return found

    # -- numbers -----------------------------------------------------------------------------------
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
        parsed = self._parsed(cell, column, money=money)
        match parsed.kind:
            case Kind.NUMBER:
                return self._shown(parsed.value, cell, column)
            case Kind.BOUND:
                value = parsed.value or Decimal(0)
                message = Message("exchange.import.bound", value=value, **self._at(column, cell))
                self._refuse(column, message, taken=True)
                return value
            case Kind.AMBIGUOUS if column.index not in self._styles.mixed:
                self._unclear(cell, column, money=money)
            case Kind.AMBIGUOUS:
                self._refuse(column, Message("exchange.import.two_ways", **self._at(column, cell)))
            case Kind.NO_NUMBER:
                self._refuse(column, Message("exchange.import.no_number", **self._at(column, cell)))
            case Kind.NOTHING:
                self._unknown += filled(cell)
        return None

    def _parsed(self, cell: Value, column: Column, *, money: bool) -> Parsed:
        """A cell read in its column's style; where the column is written in both, as a person decided."""
        parsed = parse_number(cell, self._styles.of(column.index), money=money)
        if column.index in self._styles.decided:
            # The question stays, so that whoever answered it sees it and may answer otherwise.
            if parse_number(cell, None, money=money).kind is Kind.AMBIGUOUS:
                self._unclear(cell, column, money=money)
            return parsed
        if parsed.kind is not Kind.AMBIGUOUS or column.index not in self._styles.mixed:
            return parsed
        ways = {
            style.value: Message(
                "exchange.ask.number.is", value=parse_number(cell, style, money=money).value or Decimal(0)
            )
            for style in NumberStyle
        }
        question = number_id(self._row.sheet, self._cell(column))
        message = Message("exchange.ask.number", **self._at(column, cell))
        answer = self._ask(question, message, tuple(ways), ways)
        return parse_number(cell, NumberStyle(answer), money=money) if answer in ways else parsed

    def _unclear(self, cell: Value, column: Column, *, money: bool) -> None:
        text, decided = as_text(cell), column.index in self._styles.decided
        likely = likely_style(text, self._styles, money=money)
        self._ambiguous[Unclear(text, money, likely, decided)] = None

    def _is_percent(self, cell: Value, column: Column) -> bool:
        return isinstance(cell, Decimal) and (self._row.row - 1, column.index) in (self._table.percents or ())

    def _shown(self, value: Decimal | None, cell: Value, column: Column) -> Decimal | None:
        """A number as the spreadsheet shows it: 0.85 that is formatted as per cent is 85."""
        if value is not None and self._is_percent(cell, column):
            shown = (value * 100).normalize()
            return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown
        return value

    def _ask(
        self, name: str, message: Message, ways: tuple[str, ...], labels: Mapping[str, Message] | None = None
    ) -> str:
        """Note that a cell can be meant in several ways; the answer, if a person gave one."""
        said = labels or _WAYS
        options = tuple(Option(way, said[way]) for way in ways)
        suggestion = "leave" if "leave" in ways else ""
        self._doubts[name] = Question(name, "cells", message, options, suggestion, certainty="weak")
        return self._ways.decided.get(name, "")

    def _cell(self, column: Column) -> str:
        return f"{column_name(column.index)}{self._row.row}"

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


_WAYS = {
    "leave": Message("exchange.ask.lines.leave"),
    "first": Message("exchange.ask.lines.first"),
    "all": Message("exchange.ask.lines.all"),
    "sum": Message("exchange.ask.lines.sum"),
}
