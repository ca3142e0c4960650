"""Which sign separates decimals in each column of a sheet: by its clear numbers, else by its neighbours'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.exchange.columns import MONEY, YEARLY, Role
from desktop.exchange.header import Column, Header
from desktop.exchange.numbers import NumberStyle, styles_of
from desktop.exchange.several import entries
from desktop.exchange.table import Table, Value

VALUES = (YEARLY - MONEY) | {Role.BASELINE, Role.FINAL_TARGET}
"""What columns say of indicators."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The style of each column; ``usual`` for columns whose numbers do not settle it."""

    usual: NumberStyle | None = None
    by_column: Mapping[int, NumberStyle] = field(default_factory=dict)
    mixed: frozenset[int] = frozenset()
    """Columns that are clearly written in both ways: their unclear numbers are asked about one by one."""
    decided: bool = False
    """Whether ``usual`` is what a person decided, because nothing in the sheet tells."""

    def of(self, index: int) -> NumberStyle | None:
        """How numbers of a column are written; None where nobody can tell."""
        return None if index in self.mixed else self.by_column.get(index, self.usual)

    def is_decided(self, index: int) -> bool:
        """Whether only a person's word tells how numbers of a column are written."""
        return self.decided and index not in self.mixed and index not in self.by_column


def styles_in(table: Table, header: Header, said: NumberStyle | None) -> Styles:
    """The styles of a sheet; ``said`` is what a person decided for numbers that nothing else settles."""
    votes: dict[int, set[NumberStyle]] = {}
    for column, cell in number_cells(table, header):
        styles = styles_of(cell)
        if len(styles) == 1:
            votes.setdefault(column.index, set()).update(styles)
    settled = {index: next(iter(styles)) for index, styles in votes.items() if len(styles) == 1}
    mixed = frozenset(votes.keys() - settled.keys())
    all_of_them = set(settled.values())
    usual = all_of_them.pop() if len(all_of_them) == 1 and not mixed else None
    if usual is None and table.decimal_comma:
        usual = NumberStyle.COMMA
    return Styles(said or usual, settled, mixed, decided=said is not None and usual is None)


def number_cells(table: Table, header: Header) -> Iterator[tuple[Column, Value]]:
    """Every cell that should hold a number, each entry of it apart."""
    numeric = [column for column in header.columns if column.role in MONEY | VALUES]
    for row in table.rows[header.first_row :]:
        for column in numeric:
            cell = row[column.index] if column.index < len(row) else None
            if isinstance(cell, str):
                yield from ((column, entry) for entry in entries(cell))
