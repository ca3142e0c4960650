"""The form of ``data.json``: the plan as a register reads it, and the JSON Schema published from it.

Own version, apart from the workspace's; stable ids; whole rupiah as integers; decimal numbers as text;
every user text with each language it exists in. Nothing is floating point.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import msgspec

from desktop.workspace.plan_data_bodies import (
    BodyPart,
    DecreePart,
    InputPart,
    MeetingPart,
    OutputPart,
    StakeholderPart,
)
from desktop.workspace.plan_data_part import CalendarYear, Day, Number, Part, Rupiah, Texts, Value

FORMAT = "rancang-data"
VERSION: Literal[2] = 2
NAME = "data.json"


class WorkspacePart(Part, frozen=True, kw_only=True):
    """The workspace and the journal head the data was read at."""

    id: str
    head: str
    changed_at: str
    source_language: str
    example: bool


class RegionPart(Part, frozen=True, kw_only=True):
    """The region by Kemendagri code."""

    code: str
    name: str
    kind: str
    province: str


class PlanPart(Part, frozen=True, kw_only=True):
    """The plan's title and years."""

    title: Texts
    first_year: CalendarYear
    last_year: CalendarYear


class GuidelinePart(Part, frozen=True, kw_only=True):
    """The guideline pack followed."""

    id: str
    version: str
    sha256: str


class AgencyPart(Part, frozen=True, kw_only=True):
    """A regional government agency."""

    id: str
    code: str
    name: Texts
    short_name: str
    head: str


class PersonPart(Part, frozen=True, kw_only=True):
    """A person with an office; ``acting`` is empty, ``plt``, ``plh`` or ``pj``."""

    id: str
    name: str
    office: Texts
    role: str
    agency: str
    nip: str
    acting: str
    since: Day = ""
    until: Day = ""
    dimension: str = ""


class CeilingPart(Part, frozen=True, kw_only=True):
    """What the RPJMD allows in one year."""

    year: CalendarYear
    amount: Rupiah | None
    source: str


class BudgetPart(Part, frozen=True, kw_only=True):
    """Money of one year and source; null = not stated."""

    year: CalendarYear
    source: str
    indicative: Rupiah | None
    ceiling: Rupiah | None
    realised: Rupiah | None


class TargetPart(Part, frozen=True, kw_only=True):
    """An indicator's value in one year."""

    year: CalendarYear
    target: Number | None
    realised: Number | None


class IndicatorPart(Part, frozen=True, kw_only=True):
    """An indicator with its baseline and yearly targets."""

    id: str
    name: Texts
    unit: str
    direction: str
    baseline: Number | None
    baseline_year: CalendarYear | None
    source: str
    targets: tuple[TargetPart, ...]


class SubActivityPart(Part, frozen=True, kw_only=True):
    """A sub-activity of an activity."""

    id: str
    code: str
    title: Texts
    output: Texts
    lead: str
    start_year: CalendarYear | None
    end_year: CalendarYear | None
    budget: Rupiah | None


class ActivityPart(Part, frozen=True, kw_only=True):
    """An activity of the action plan."""

    id: str
    area: str
    title: Texts
    output: Texts
    lead: str
    start_year: CalendarYear | None
    end_year: CalendarYear | None
    budget: Rupiah | None
    code: str = ""
    sub_activities: tuple[SubActivityPart, ...] = ()


class RiskPart(Part, frozen=True, kw_only=True):
    """A risk and how it is met."""

    id: str
    title: Texts
    likelihood: str
    impact: str
    mitigation: Texts
    owner: str


class ProgrammePart(Part, frozen=True, kw_only=True):
    """A programme: the service it improves, the process before and after, who is served, the enabler."""

    id: str
    code: str
    title: Texts
    dimension: str
    sub_dimension: str
    lead: str
    supporting: tuple[str, ...]
    service: Texts
    before: Texts
    after: Texts
    served: Texts
    technology: Texts
    start_year: CalendarYear | None
    end_year: CalendarYear | None
    quick_win: bool
    status: str
    total_budget: Rupiah | None
    origin: str
    source: str
    budget: tuple[BudgetPart, ...]
    indicators: tuple[IndicatorPart, ...]
    activities: tuple[ActivityPart, ...]
    risks: tuple[RiskPart, ...]
    ceilings: tuple[CeilingPart, ...] = ()


class AnswerPart(Part, frozen=True, kw_only=True):
    """An answer to an item of the guideline; ``scope`` is empty or a row's id."""

    item: str
    scope: str
    value: Value
    text: Texts
    origin: str


class CellPart(Part, frozen=True, kw_only=True):
    """What stands in one column of a row."""

    column: str
    value: Value
    text: Texts


class RowPart(Part, frozen=True, kw_only=True):
    """A row of a worksheet; ``fixed`` is the guideline's own row id."""

    id: str
    agency: str
    fixed: str
    cells: tuple[CellPart, ...]


class WorksheetPart(Part, frozen=True, kw_only=True):
    """A worksheet's rows in order."""

    worksheet: str
    rows: tuple[RowPart, ...]


class ClaimPart(Part, frozen=True, kw_only=True):
    """The field that a piece of evidence supports."""

    table: str
    row: str
    field: str
    item: str
    scope: str


class EvidencePart(Part, frozen=True, kw_only=True):
    """A file of evidence, found in the package by its hash."""

    id: str
    sha256: str
    name: str
    media_type: str
    size: int
    caption: Texts
    claims: tuple[ClaimPart, ...]
    taken_on: Day = ""
    valid_until: Day = ""


class SetAsidePart(Part, frozen=True, kw_only=True):
    """A finding put aside with a reason."""

    finding: str
    reason: str
    author: str


class FigurePart(Part, frozen=True, kw_only=True):
    """What a measure was in a year, and who says so."""

    measure: str
    year: CalendarYear
    value: str
    source: str


class Data(Part, frozen=True, kw_only=True):
    """The whole of ``data.json``; version 2 added everything from ``figures`` on."""

    format: Literal["rancang-data"] = "rancang-data"
    version: Literal[1, 2] = VERSION
    workspace: WorkspacePart
    region: RegionPart
    plan: PlanPart
    guideline: GuidelinePart
    agencies: tuple[AgencyPart, ...]
    people: tuple[PersonPart, ...]
    programmes: tuple[ProgrammePart, ...]
    answers: tuple[AnswerPart, ...]
    worksheets: tuple[WorksheetPart, ...]
    evidence: tuple[EvidencePart, ...]
    set_aside: tuple[SetAsidePart, ...]
    figures: tuple[FigurePart, ...] = ()
    decrees: tuple[DecreePart, ...] = ()
    bodies: tuple[BodyPart, ...] = ()
    meetings: tuple[MeetingPart, ...] = ()
    outputs: tuple[OutputPart, ...] = ()
    stakeholders: tuple[StakeholderPart, ...] = ()
    inputs: tuple[InputPart, ...] = ()


def schema_text(kind: type, title: str) -> str:
    """The JSON Schema (2020-12) of a form, as published under ``resources/schemas``."""
    schema: dict[str, Any] = msgspec.json.schema(kind)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
