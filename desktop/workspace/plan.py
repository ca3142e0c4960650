"""The plan as everybody reads it: one frozen picture of a whole workspace at one journal head.

Checks, books and the package read this and nothing else; only this room knows the tables behind it.
A programme with its parts (``programme``), what people working apart say about the plan and owe it
(``apart``) and what can stand in a field (``value``) have modules of their own and are handed on here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.base import clock
from desktop.base.plain import plain_part
from desktop.workspace.apart import Comment, Deadline, Duty, Initial, SetAside, Suggestion
from desktop.workspace.nomenclature import NO_CODES, CodeList
from desktop.workspace.programme import (
    Activity,
    BudgetLine,
    Ceiling,
    Indicator,
    Programme,
    Risk,
    SubActivity,
    Target,
)
from desktop.workspace.value import Place, Text, Value, text_hash

if TYPE_CHECKING:
    from desktop.workspace.hearing import Input, Stakeholder
    from desktop.workspace.organisation import Body, Decree, Figure, Meeting, Score, SessionOutput

__all__ = [
    "Activity",
    "Agency",
    "Answer",
    "BudgetLine",
    "Ceiling",
    "Cell",
    "Comment",
    "Deadline",
    "Duty",
    "EvidenceFile",
    "GuidelineRef",
    "Indicator",
    "Initial",
    "OpenConflict",
    "Person",
    "Place",
    "Plan",
    "Programme",
    "Region",
    "Risk",
    "Row",
    "SetAside",
    "SubActivity",
    "Suggestion",
    "Target",
    "Text",
    "Value",
    "text_hash",
]


@dataclass(frozen=True, slots=True)
class Agency:
    """A regional government agency (*perangkat daerah*)."""

    id: str
    code: str
    name: Text
    short_name: str
    head: str
    order: str
    until: str = ""
    """The day it ceased to be (ISO 8601), or empty."""
    successor: str = ""
    """The agency that took its tasks over, or empty."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an office: head of region, secretary, person in charge of a dimension."""

    id: str
    name: str
    office: Text
    role: str
    agency: str
    nip: str
    acting: str
    """``""``, ``plt`` (Plt.), ``plh`` (Plh.) or ``pj`` (Pj.)."""
    since: str = ""
    until: str = ""
    """From and to when the office is held (ISO days), where stated."""
    dimension: str = ""
    """The dimension the person answers for, if any."""
    successor: str = ""
    """Who took the office over, or empty."""
    task: str = ""
    """``contact`` (fills in the agency's part), ``superior`` (approves it) or empty."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item; texts carry every language, other values one ``value``."""

    item: str
    scope: str
    value: Value
    text: Text
    origin: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a row."""

    value: Value
    text: Text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a worksheet; ``fixed`` is the pack's own row id, if the guideline wrote the row."""

    id: str
    worksheet: str
    agency: str
    fixed: str
    order: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file kept in the workspace as evidence (*bukti dukung*), with the claims it supports."""

    id: str
    sha256: str
    name: str
    media_type: str
    size: int
    caption: Text
    present: bool
    """Whether the bytes are here (a copy may have been handed out without attachments)."""
    claims: tuple[Place, ...]
    taken_on: str = ""
    """The day it shows (ISO), where stated."""
    valid_until: str = ""
    """The last day on which it proves anything (ISO); empty = without end."""

    @property
    def called(self) -> str:
        """Its name where people read it, which leads nowhere and hides nothing; kept is what was written."""
        return plain_part(self.name)


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A field filled differently by two people (*isian berbeda*) that nobody has settled yet."""

    table: str
    row: str
    kind: str
    field: str


@dataclass(frozen=True, slots=True)
class GuidelineRef:
    """The pack a workspace is pinned to."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Region:
    """One of the 514 regencies and cities; ``kind`` is ``kabupaten`` or ``kota``."""

    code: str
    name: str
    kind: str
    province: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a workspace says, at one journal head."""

    workspace: str
    head: str
    """The journal head: SHA-256 over the sorted ids of the newest change sets."""
    changed_at: dt.datetime
    """The time of the last operation (UTC); :attr:`changed_on` is its day."""
    region: Region
    first_year: int
    last_year: int
    title: Text
    source_language: str
    guideline: GuidelineRef
    example: bool
    """Whether this is the demo region (its books are marked)."""
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    programmes: tuple[Programme, ...]
    answers: Mapping[tuple[str, str], Answer]
    """By (item, scope); scope is empty for the region itself, else a row id."""
    rows: Mapping[str, tuple[Row, ...]]
    """By worksheet, in order."""
    evidence: tuple[EvidenceFile, ...]
    set_aside: Mapping[str, SetAside]
    """By finding key."""
    conflicts: tuple[OpenConflict, ...]
    comments: tuple[Comment, ...] = ()
    """In the order in which they were written."""
    deadlines: tuple[Deadline, ...] = ()
    """Earliest first."""
    duties: tuple[Duty, ...] = ()
    """By page and agency."""
    initials: tuple[Initial, ...] = ()
    """By step and agency."""
    suggestions: tuple[Suggestion, ...] = ()
    """In the order in which they were made."""
    figures: tuple[Figure, ...] = ()
    """By measure and year."""
    decrees: tuple[Decree, ...] = ()
    bodies: tuple[Body, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    """Earliest first; those without a day last."""
    outputs: tuple[SessionOutput, ...] = ()
    stakeholders: tuple[Stakeholder, ...] = ()
    inputs: tuple[Input, ...] = ()
    scores: tuple[Score, ...] = ()
    nomenclature: str = ""
    """SHA-256 of the user's own list of codes, kept as a blob; empty = none."""
    nomenclature_name: str = ""
    codes: CodeList = NO_CODES
    """That list, to be looked into; empty where there is none or its bytes did not come along."""
    for_somebody: bool = field(default=False, compare=False)
    """Whether this is a copy made for somebody: its evidence may have stayed with the team."""

    @property
    def changed_on(self) -> dt.date:
        """The day of the last change, where the region is."""
        return clock.day_of(self.changed_at, self.region.code)

    @property
    def years(self) -> range:
        """The calendar years of the plan, first to last."""
        return range(self.first_year, self.last_year + 1)

    def answer(self, item: str, scope: str = "") -> Answer:
        """The answer to an item; an empty one when nobody answered."""
        return self.answers.get((item, scope)) or Answer(item, scope, None, Text(), "")

    def agency(self, id: str) -> Agency | None:  # noqa: A002 - the field's own word
        """The agency with this id, if it exists."""
        return next((agency for agency in self.agencies if agency.id == id), None)
