"""What a sheet says, put together: programmes with activities, indicators, amounts, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from desktop.base import Message
from desktop.exchange.columns import bare

if TYPE_CHECKING:
    from desktop.exchange.number_styles import Unclear
    from desktop.exchange.questions import Question


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one cell: ``taken`` says whether its value was used after all.

    The message says what, where (sheet, row, column) and what to do.
    """

    sheet: str
    row: int
    column: str
    message: Message
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as written; ``absolute`` when the cell itself says its scale (``1,2 miliar``)."""

    value: Decimal
    absolute: bool
    row: int


Figure: TypeAlias = tuple[int, str, str]
"""Year, source of money as the list calls it, and figure: indicative, ceiling or realised."""
Amounts: TypeAlias = dict[Figure, list[Amount]]


@dataclass(slots=True)
class IndicatorDraft:
    """An indicator as the list has it."""

    name: str
    unit: str = ""
    baseline: Decimal | None = None
    baseline_year: int | None = None
    direction: str = ""
    targets: dict[int, Decimal] = field(default_factory=dict)
    realised: dict[int, Decimal] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Planned:
    """What a programme and an activity have in common: a title, money, indicators, and where they stand."""

    title: str
    code: str = ""
    agency: str = ""
    amounts: Amounts = field(default_factory=dict)
    total: Amount | None = None
    indicators: dict[str, IndicatorDraft] = field(default_factory=dict)
    sheet: str = ""
    rows: list[int] = field(default_factory=list)
    activities: list[ActivityDraft] = field(default_factory=list)
    named_years: set[int] = field(default_factory=set)
    """The years that its rows name, whether or not a figure stands beside them."""
    summed: bool = False
    """Whether the money is the sum of the parts because the list states none for the whole."""

    @property
    def said_years(self) -> set[int]:
        """The calendar years for which there is an amount or a target."""
        said = {year for year, _, _ in self.amounts}
        for indicator in self.indicators.values():
            said |= indicator.targets.keys()
        return said

    @property
    def dated(self) -> set[int]:
        """The same, and the years that its rows name."""
        return self.said_years | self.named_years


@dataclass(slots=True, kw_only=True)
class ActivityDraft(Planned):
    """An activity (*kegiatan*), or one of its sub-activities."""

    level: Literal["activity", "sub_activity"] = "activity"
    location: str = ""
    unit: str = ""
    """The division of the agency that carries it out."""
    details: list[str] = field(default_factory=list)
    """What is achieved, where the list says it in words below the activity."""


@dataclass(slots=True, kw_only=True)
class ProgrammeDraft(Planned):
    """A programme as the list has it; ``rows`` are the sheet's rows it was read from."""

    dimension: str = ""
    sub_dimension: str = ""
    plan: str = ""
    source: str = ""
    quick_win: bool | None = None
    start_year: int | None = None
    end_year: int | None = None
    open_end: bool = False
    """Whether the list says when it begins and not when it ends (``2018-``)."""
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the programme is known by in answers: its title, without case and punctuation."""
        return bare(self.title)

    @property
    def years(self) -> list[int]:
        """The calendar years the list says anything about."""
        said = self.dated
        for activity in self.activities:
            said |= activity.dated
        said |= {year for year in (self.start_year, self.end_year) if year is not None}
        return sorted(said)

    @property
    def last_year(self) -> int | None:
        """When it ends, as far as the list says so: nobody guesses that it ends in the year it began."""
        years = self.years
        if self.open_end and self.end_year is None and years and years[-1] == self.start_year:
            return None
        return years[-1] if years else None


@dataclass(frozen=True, slots=True)
class Stated:
    """A sum that the file states, and what its rows come to, both in the file's unit."""

    sheet: str
    row: int
    label: str
    year: int
    stated: Amount
    counted: Decimal

    @property
    def agrees(self) -> bool:
        """Whether both are the same, but for what rounding in every row can add up to."""
        return abs(self.stated.value - self.counted) < 1


@dataclass(frozen=True, slots=True)
class LeftColumn:
    """A column that says something a plan has no place for, or that nobody understood."""

    sheet: str
    column: str
    header: str
    rows: tuple[int, int]
    """The first and the last row with something in it."""
    cells: int


@dataclass(frozen=True, slots=True)
class Drafts:
    """What a sheet gave: programmes in order, problems, and what only a person can settle."""

    programmes: tuple[ProgrammeDraft, ...]
    problems: tuple[Problem, ...]
    other_regions: Mapping[str, int]
    ambiguous: tuple[Unclear, ...]
    """Numbers that read differently in Indonesian and in English."""
    stated: tuple[Stated, ...] = ()
    notes: tuple[Message, ...] = ()
    doubts: tuple[Question, ...] = ()
    """Single cells that can be meant in several ways."""


def sum_of(amounts: Iterable[Amount]) -> Decimal:
    """The amounts of one year, added; the same amount beside every indicator counts once."""
    everything = list(amounts)
    values = [amount.value for amount in everything]
    return values[0] if len(set(values)) == 1 else sum(values, Decimal(0))
