"""The cells of one table while it is read."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.base.richtext.blocks import MAX_COLUMNS, Run, joined

_MAX_ROWS_SPANNED = 100
_MOST_CLAIMED = 200_000
"""Places that cells may cover beside their own."""
_MOST_CELLS = 200_000
"""Cells of a table, the empty ones that fill it up too."""


class TableReader:
    """Collects cells; spans become empty cells, so that every row has every column."""

    def __init__(self, table_id: str) -> None:
        self.id = table_id
        self._rows: list[dict[int, list[Run]]] = []
        self._covered = 0
        self._claimed: dict[int, set[int]] = {}
        self._cell: tuple[int, int] | None = None

    def row(self) -> None:
        """A row begins."""
        self._rows.append({})
        self._cell = None

    def cell(self, columns: int, rows: int) -> None:
        """A cell begins that spans so many columns and rows."""
        if not self._rows:
            self._rows.append({})
        row = len(self._rows) - 1
        used = self._claimed.setdefault(row, set())
        column = next(place for place in range(MAX_COLUMNS + 1) if place not in used)
        column = min(column, MAX_COLUMNS - 1)
        covered = range(column, min(column + max(columns, 1), MAX_COLUMNS))
        high = min(max(rows, 1), _MAX_ROWS_SPANNED)
        self._covered += len(covered) * (high - 1)
        for below in range(row, row + (high if self._covered <= _MOST_CLAIMED else 1)):
            self._claimed.setdefault(below, set()).update(covered)
        for place in covered:
            self._rows[row].setdefault(place, [])
        self._cell = (row, column)

    def close(self) -> None:
        """The cell or row ends; text that follows belongs to a cell of its own."""
        self._cell = None

    def fill(self, runs: tuple[Run, ...]) -> None:
        """Put text into the open cell."""
        if self._cell is None:
            self.cell(1, 1)
        row, column = self._cell or (0, 0)
        _add(self._rows[row].setdefault(column, []), runs)

    def grid(self) -> tuple[tuple[tuple[Run, ...], ...], ...]:
        """The rows, all equally long; rows without any cell are left out."""
        rows = [row for row in self._rows if row]
        width = max((max(row) + 1 for row in rows), default=0)
        width = min(width, max(1, _MOST_CELLS // max(1, len(rows))))
        for row in rows:
            for column in sorted(place for place in row if place >= width):
                _add(row.setdefault(width - 1, []), row.pop(column))
        return tuple(tuple(tuple(joined(row.get(at, ()))) for at in range(width)) for row in rows)


def _add(there: list[Run], runs: Sequence[Run]) -> None:
    """Text of one more cell in the place of another, a blank between them."""
    if there and runs:
        there.append(Run(" "))
    there += runs
