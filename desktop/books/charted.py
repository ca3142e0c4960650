"""What the charts of money, indicators, participation and coverage show: figures with how they are read.

Nothing here is drawn (``charts`` does that), and every text is already in the language of the book.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and how it is read in the unit of its chart."""

    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from 0 or below to the last tick; the unit stands in its title."""

    title: str
    ticks: tuple[Amount, ...]

    @property
    def lowest(self) -> float:
        """Where it begins."""
        return self.ticks[0].value if self.ticks else 0.0

    @property
    def highest(self) -> float:
        """Where it ends."""
        return self.ticks[-1].value if self.ticks else 1.0

    def share(self, value: float) -> float:
        """Where a value stands, from 0 to 1."""
        room = self.highest - self.lowest
        return min(1.0, max(0.0, (value - self.lowest) / room)) if room else 0.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One source of money: its whole rupiah in every column, and how their sum is read."""

    name: str
    values: tuple[int, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Stacked:
    """Money by year, the sources on top of each other (*anggaran per tahun dan sumber*)."""

    columns: tuple[str, ...]
    layers: tuple[Layer, ...]
    totals: tuple[str, ...]
    axis: Axis

    def total(self, column: int) -> int:
        """What a column comes to."""
        return sum(layer.values[column] for layer in self.layers)


@dataclass(frozen=True, slots=True)
class Share:
    """What one dimension has of the whole."""

    name: str
    amount: Amount
    percent: str


@dataclass(frozen=True, slots=True)
class Shares:
    """Money by dimension (*porsi anggaran per dimensi*)."""

    shares: tuple[Share, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value in a year."""

    year: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class Path:
    """One indicator from its baseline over the targets; what was reached stands beside them."""

    name: str
    unit: str
    baseline: Point | None
    targets: tuple[Point, ...]
    realised: tuple[Point, ...] = ()

    @property
    def points(self) -> tuple[Point, ...]:
        """All of them."""
        return (*((self.baseline,) if self.baseline else ()), *self.targets, *self.realised)


@dataclass(frozen=True, slots=True)
class Paths:
    """Indicators beside each other, each on its own scale."""

    paths: tuple[Path, ...]
    baseline: str
    target: str
    realised: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One kind of stakeholders: how many are registered, were at a consultation, gave an input."""

    name: str
    counts: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Participation:
    """Who takes part (*partisipasi pemangku kepentingan*); ``names`` tell what the counts of a kind are."""

    kinds: tuple[Heard, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A sub-dimension: how many programmes it has, and what they cost (None = nothing stated)."""

    name: str
    programmes: int
    money: int | None
    text: str
    """Both, as they are read."""


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """A dimension with its sub-dimensions."""

    name: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where programmes and money are, and where none is (*peta subdimensi*)."""

    groups: tuple[AreaGroup, ...]
    key: tuple[str, ...]
    """What the shades are called: no programme, without money, then from little to much."""
    most: int = 0
    """The largest sum of a sub-dimension in the whole plan; shades are told from it."""

    def shade(self, area: Area) -> int:
        """0 = no programme, 1 = programmes without money, 2 to 4 = up to a third, two thirds, all of most."""
        if not area.programmes:
            return 0
        if not area.money or self.most <= 0:
            return 1
        return 2 + min(2, 3 * area.money // self.most)
