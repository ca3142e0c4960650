"""Rows as they are shown: the source's order, or sorted within their headings; filtered; folded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from desktop.ui.grid.ordering import ColumnFilter, ordered, passing
from desktop.ui.grid.source import GridRow

Said = Callable[[GridRow], tuple[Sequence[str], str]]
Key = Callable[[GridRow, int], Any]


class Arrangement:
    """Keeps what is sorted and filtered by. Rows keep their place while somebody works on them.

    A row that is edited stays where it is, though it may no longer pass or would stand elsewhere now;
    only sorting or filtering again moves it. So the cursor never loses its row.
    """

    def __init__(self, said: Said, key: Key) -> None:
        self._said, self._key = said, key
        self.everything: list[GridRow] = []
        """All rows, headings included, in the source's order."""
        self.sorted_by: tuple[int, bool] | None = None
        """The column, and whether backwards."""
        self.words: tuple[str, ...] = ()
        self.columns: dict[int, ColumnFilter] = {}
        self._folded: set[str] = set()
        self._last: list[GridRow] = []

    @property
    def filtered(self) -> bool:
        """Whether some rows may be left out."""
        return bool(self.words or self.columns)

    @property
    def plain(self) -> bool:
        """Whether rows are shown as the source has them."""
        return not (self.filtered or self.sorted_by or self._folded)

    def sort(self, column: int, *, backwards: bool) -> None:
        """Sort by a column from now on; a negative one means the source's order."""
        self.sorted_by = (column, backwards) if column >= 0 else None

    def narrow(self, column: int, wanted: ColumnFilter) -> None:
        """Filter a column from now on."""
        if wanted.active:
            self.columns[column] = wanted
        else:
            self.columns.pop(column, None)

    def clear(self) -> None:
        """Show everything in the source's order."""
        self.sorted_by, self.words = None, ()
        self.columns.clear()

    def is_folded(self, heading: GridRow) -> bool:
        """Whether a heading's rows are hidden."""
        return heading.identity in self._folded

    def fold(self, heading: GridRow, *, closed: bool) -> None:
        """Hide or show a heading's rows."""
        (self._folded.add if closed else self._folded.discard)(heading.identity)

    def start(self, rows: list[GridRow]) -> list[GridRow]:
        """Arrange rows of another shape: filters of columns that may be gone are dropped."""
        self.columns.clear()
        self.sorted_by = None
        self.everything = rows
        return self.again()

    def again(self) -> list[GridRow]:
        """Sort and filter everything anew."""
        if self.plain:
            self._last = list(self.everything)
            return self._last[:]
        out: list[GridRow] = []
        for heading, rows in self._groups():
            shown = passing(rows, self._said, self.words, tuple(self.columns.items()))
            if self.sorted_by is not None:
                column, backwards = self.sorted_by
                shown = ordered(shown, partial(self._key_of, column), backwards=backwards)
            if heading is not None and (shown or not self.filtered):
                out.append(heading)
            if heading is None or not self.is_folded(heading):
                out += shown
        self._last = out
        return out[:]

    def follow(self, rows: list[GridRow]) -> list[GridRow]:
        """Take over what changed in the rows without moving those that are shown."""
        before, self.everything = self.everything, rows
        if self.plain:
            self._last = rows
            return rows[:]
        if any(row.heading for row in rows):
            return self.again()
        known = {row.identity for row in before}
        now = {row.identity: row for row in rows}
        if self.sorted_by is None:
            shown = {row.identity for row in self._last}
            self._last = [row for row in rows if row.identity in shown or row.identity not in known]
        else:
            stay = [now[row.identity] for row in self._last if row.identity in now]
            self._last = stay + [row for row in rows if row.identity not in known]
        return self._last[:]

    def _key_of(self, column: int, row: GridRow) -> Any:
        return self._key(row, column)

    def _groups(self) -> list[tuple[GridRow | None, list[GridRow]]]:
        out: list[tuple[GridRow | None, list[GridRow]]] = [(None, [])]
        for row in self.everything:
            if row.heading:
                out.append((row, []))
            else:
                out[-1][1].append(row)
        return out
