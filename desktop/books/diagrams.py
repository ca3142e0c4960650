"""What the diagrams of a book show: programmes over the years, scores, risks, work by weeks.

Nothing here is drawn (``charts`` does that), and every text is already in the language of the book.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A programme in a roadmap, from the first to the last calendar year."""

    label: str
    start: int
    end: int
    quick_win: bool = False
    example: bool = False


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The programmes of one dimension."""

    title: str
    bars: tuple[Bar, ...]
    place: int | None = None
    """Which of the dimensions it is, where only some of them are drawn: it keeps its colour."""


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Programmes over the years of the plan (*peta jalan*)."""

    years: tuple[int, ...]
    groups: tuple[BarGroup, ...]
    quick_win_label: str
    terms: tuple[Bar, ...] = ()
    """The terms of the guideline (*jangka pendek*), each with its first and last year."""


@dataclass(frozen=True, slots=True)
class Series:
    """One outline of a radar; None = not rated."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Radar:
    """Scores along several axes, on a scale from 0 to ``maximum``; ``rings`` name the whole scores."""

    axes: tuple[str, ...]
    series: tuple[Series, ...]
    maximum: int
    rings: tuple[str, ...] = ()

    def named(self) -> Iterator[tuple[int, str, bool]]:
        """Every ring with its name, which stands at the first axis, and whether a mark stands right there."""
        marks = [series.values[0] for series in self.series if series.values]
        for ring in range(1, self.maximum + 1):
            name = self.rings[ring - 1] if ring <= len(self.rings) else str(ring)
            yield ring, name, any(mark is not None and abs(mark - ring) < _BESIDE for mark in marks)


_BESIDE = 0.15
"""Of a level: so near a score's mark lies upon its ring."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Risks by how likely they are (rows, least first) and how much they hurt (columns, least first).

    ``cells`` hold the numbers of the risks as the table beside it counts them.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[tuple[int, ...], ...], ...]
    row_title: str
    column_title: str

    def tone(self, row: int, column: int) -> str:
        """How grave a cell is: by how far it is from the harmless corner."""
        far = (len(self.rows) - 1) + (len(self.columns) - 1)
        share = (row + column) / far if far else 0.0
        return "good" if share < 0.4 else "poor" if share > 0.6 else "moderate"

    @property
    def filled(self) -> bool:
        """Whether any risk stands in it."""
        return any(cell for row in self.cells for cell in row)


@dataclass(frozen=True, slots=True)
class Activity:
    """How many changes each (agency, stage) made in each week: a row of cells, the busier the darker."""

    rows: tuple[str, ...]
    weeks: tuple[str, ...]
    """The weeks by their first day, short; an empty name is not written."""
    counts: tuple[tuple[int, ...], ...]
    """By row and week."""

    @property
    def most(self) -> int:
        """The largest count of all."""
        return max((count for row in self.counts for count in row), default=0)

    def shade(self, count: int) -> int:
        """How dark a cell is: 0 (nothing) to 4, by the square root, so that few changes are seen too."""
        if not count or not self.most:
            return 0
        return max(1, min(4, math.ceil(4 * math.sqrt(count / self.most))))
