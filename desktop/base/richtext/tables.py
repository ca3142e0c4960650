"""The cells of one table while it is read."""

from __future__ import annotations

from desktop.base.richtext.blocks import MAX_COLUMNS, Run, joined

_MAX_ROWS_SPANNED = 100


class TableReader:
    """Collects cells; spans become empty cells, so that every row has every column."""

    def __init__(self, table_id: str) -> None:
        self.id = table_id
        self._rows: list[dict[int, tuple[Run, ...]]] = []
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
        for below in range(row, row + min(max(rows, 1), _MAX_ROWS_SPANNED)):
            self._claimed.setdefault(below, set()).update(covered)
        for place in covered:
            self._rows[row].setdefault(place, ())
        self._cell = (row, column)

    def close(self) -> None:
        """The cell or row ends; text that follows belongs to a cell of its own."""
        self._cell = None

    def fill(self, runs: tuple[Run, ...]) -> None:
        """Put text into the open cell."""
        if self._cell is None:
            self.cell(1, 1)
        row, column = self._cell or (0, 0)
        there = self._rows[row].get(column, ())
        joiner = (Run(" "),) if there and runs else ()
        self._rows[row][column] = tuple(joined((*there, *joiner, *runs)))

    def grid(self) -> tuple[tuple[tuple[Run, ...], ...], ...]:
        """The rows, all equally long; rows without any cell are left out."""
        rows = [row for row in self._rows if row]
        width = max((max(row) + 1 for row in rows), default=0)
        return tuple(tuple(row.get(column, ()) for column in range(width)) for row in rows)
