"""A programme with its parts: money by year, indicators and targets, activities, risks, ceilings."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.workspace.value import Text


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Money of one programme, year and source, in whole rupiah; None = not stated."""

    id: str
    year: int
    source: str
    indicative: int | None
    ceiling: int | None
    realised: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """The value an indicator shall reach, and did reach, in a calendar year."""

    id: str
    year: int
    target: Decimal | None
    realised: Decimal | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """What shows that a programme works; ``direction`` is ``up``, ``down`` or ``keep``."""

    id: str
    name: Text
    unit: str
    direction: str
    baseline: Decimal | None
    baseline_year: int | None
    source: str
    targets: tuple[Target, ...]
    order: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What the RPJMD allows a programme in a calendar year, in whole rupiah."""

    id: str
    year: int
    amount: int | None
    source: str


@dataclass(frozen=True, slots=True)
class SubActivity:
    """A sub-activity (*subkegiatan*) of an activity; ``budget`` in whole rupiah."""

    id: str
    code: str
    title: Text
    output: Text
    lead: str
    start_year: int | None
    end_year: int | None
    budget: int | None
    order: str


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity (*kegiatan*) of a programme in the action plan; ``budget`` in whole rupiah.

    Columns a guideline adds are answers: item ``<worksheet>.<column>``, scope the activity's id.
    """

    id: str
    area: str
    title: Text
    output: Text
    lead: str
    start_year: int | None
    end_year: int | None
    budget: int | None
    order: str
    code: str = ""
    sub_activities: tuple[SubActivity, ...] = ()


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk of a programme and how it is met; further columns are answers, as with activities."""

    id: str
    title: Text
    likelihood: str
    impact: str
    mitigation: Text
    owner: str
    order: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme (*program*): the service it improves, the process before and after, who is served."""

    id: str
    code: str
    title: Text
    dimension: str
    sub_dimension: str
    lead: str
    supporting: tuple[str, ...]
    service: Text
    """The public service improved."""
    before: Text
    """The business process today."""
    after: Text
    """The business process afterwards."""
    served: Text
    """Who is served."""
    technology: Text
    """The enabling technology."""
    start_year: int | None
    end_year: int | None
    quick_win: bool
    status: str
    total_budget: int | None
    """Whole rupiah as the source states the sum; None = only the lines count."""
    origin: str
    """``typed``, ``imported`` or ``example`` (text written for the demo, marked in the books)."""
    source: str
    """Where the data comes from, in words (RPJMD page, file name)."""
    order: str
    budget: tuple[BudgetLine, ...]
    indicators: tuple[Indicator, ...]
    activities: tuple[Activity, ...] = ()
    risks: tuple[Risk, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()
    """By year: what the RPJMD allows."""
