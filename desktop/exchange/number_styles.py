"""Which sign separates decimals in each column of a sheet: by its clear numbers, else by its like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.exchange.columns import MONEY, YEARLY, Role
from desktop.exchange.header import Column, Header
from desktop.exchange.numbers import NumberStyle, styles_of
from desktop.exchange.several import entries
from desktop.exchange.table import Table, Value

VALUES = (YEARLY - MONEY) | {Role.BASELINE, Role.FINAL_TARGET}
"""What columns say of indicators."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The style of each column; ``usual`` for columns of which nothing else is known."""

    usual: NumberStyle | None = None
    by_column: Mapping[int, NumberStyle] = field(default_factory=dict)
    mixed: frozenset[int] = frozenset()
    """Columns that are clearly written in both ways: their unclear numbers are asked about one by one."""
    decided: frozenset[int] = frozenset()
    """Columns of which only a person's word tells how they are written."""
    neighbours: NumberStyle | None = None
    """How the sheet's clear numbers are written, whatever they count: no more than a hint for the others."""

    def of(self, index: int) -> NumberStyle | None:
        """How numbers of a column are written; None where nobody can tell."""
        return None if index in self.mixed else self.by_column.get(index, self.usual)


class Unclear(NamedTuple):
    """A number that reads in two ways where nothing tells which one is meant."""

    text: str
    money: bool
    likely: NumberStyle
    decided: bool
    """Whether a person said already how it is meant."""


def styles_in(
    table: Table, header: Header, said: NumberStyle | None, values: NumberStyle | None = None
) -> Styles:
    """The styles of a sheet; ``said`` is what a person decided for numbers that nothing else settles.

    Amounts are told by amounts and values by values: an index of 2.75 beside amounts of 1.250 is everyday.
    ``values`` is what was decided for values, where that is something else.
    """
    votes: dict[int, set[NumberStyle]] = {}
    grouped: set[int] = set()
    for column, cell in number_cells(table, header):
        styles = styles_of(cell)
        if len(styles) == 1:
            votes.setdefault(column.index, set()).update(styles)
        elif len(styles) > 1 and "," in str(cell):
            grouped.add(column.index)
    settled = {index: next(iter(styles)) for index, styles in votes.items() if len(styles) == 1}
    mixed = frozenset(votes.keys() - settled.keys())
    neighbours = None if mixed else _only(settled.values())
    found, decided = dict(settled), set[int]()
    for roles, word in ((MONEY, said), (VALUES, values or said)):
        columns = {column.index for column in header.columns if column.role in roles}
        usual = None if mixed & columns else _only(settled[index] for index in columns & settled.keys())
        open_ = columns - settled.keys() - mixed
        english = roles is MONEY or neighbours is NumberStyle.POINT
        if usual is None and table.decimal_comma and not (english and grouped & open_):
            # but an amount of 26,260 in such a file has no three decimals: somebody is asked
            usual = NumberStyle.COMMA
        style = word or usual
        if style is not None:
            found |= dict.fromkeys(open_, style)
        if word is not None and usual is None:
            decided |= open_
    return Styles(None, found, mixed, frozenset(decided), neighbours)


def _only(styles: Iterable[NumberStyle]) -> NumberStyle | None:
    different = set(styles)
    return different.pop() if len(different) == 1 else None


def likely_style(text: str, styles: Styles, *, money: bool) -> NumberStyle:
    """How an unclear number is likely meant: amounts are grouped in threes and have no three decimals."""
    if money:
        return NumberStyle.POINT if "," in text else NumberStyle.COMMA
    return styles.neighbours or NumberStyle.COMMA


def number_cells(table: Table, header: Header) -> Iterator[tuple[Column, Value]]:
    """Every cell that should hold a number, each entry of it apart."""
    numeric = [column for column in header.columns if column.role in MONEY | VALUES]
    for row in table.rows[header.first_row :]:
        for column in numeric:
            cell = row[column.index] if column.index < len(row) else None
            if isinstance(cell, str):
                yield from ((column, entry) for entry in entries(cell))
