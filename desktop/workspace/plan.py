"""The plan as everybody reads it: one frozen picture of a whole workspace at one journal head.

Checks, books and the package read this and nothing else; only this room knows the tables behind it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from desktop.workspace.nomenclature import NO_CODES, CodeList

if TYPE_CHECKING:
    from desktop.workspace.hearing import Input, Stakeholder
    from desktop.workspace.organisation import Body, Decree, Figure, Meeting, Score, SessionOutput

Value: TypeAlias = str | int | bool | tuple[str, ...] | None
"""An answer: text, whole number, yes/no, a choice id, a decimal as text, an ISO date, a set of choice ids."""


def text_hash(text: str) -> str:
    """What a translation remembers of the source it was made from (64 bits of SHA-256, hexadecimal)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Text:
    """A user's text in several languages; ``made_from`` holds, per language, the hash of its source."""

    values: Mapping[str, str] = field(default_factory=dict)
    made_from: Mapping[str, str] = field(default_factory=dict)

    def read(self, language: str, fallback: str = "id") -> str:
        """The text in ``language``, else in ``fallback``, else in any, else empty."""
        return (
            self.values.get(language)
            or self.values.get(fallback)
            or next(filter(None, self.values.values()), "")
        )

    def has(self, language: str) -> bool:
        """Whether something other than blanks is written in this language."""
        return bool(self.values.get(language, "").strip())

    def stale(self, language: str, source: str) -> bool:
        """Whether the translation was made from another source text than the present one."""
        if language == source or not self.has(language):
            return False
        return self.made_from.get(language) != text_hash(self.values.get(source, ""))

    def __bool__(self) -> bool:
        return any(value.strip() for value in self.values.values())


@dataclass(frozen=True, slots=True)
class Place:
    """The exact field something is about: a register of the workspace.

    ``table`` and ``row`` name a row; ``field`` a register in it. For answers and cells that may not
    exist yet, ``item`` (pack item id) and ``scope`` (row the answer belongs to, or empty) find it.
    """

    table: str
    row: str = ""
    field: str = ""
    language: str = ""
    item: str = ""
    scope: str = ""


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


@dataclass(frozen=True, slots=True)
class SetAside:
    """A finding put aside with a reason (*dikesampingkan dengan alasan*), printed in the books."""

    id: str
    finding: str
    reason: str
    author: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark of a mentor or colleague about one field (*catatan pendamping*), or an answer to one.

    In a text ``block`` is the id of the block meant and ``quote`` the words marked in it. An agreed
    action has an ``owner`` (an agency) and a ``due`` day.
    """

    id: str
    place: Place
    """What it is about; that may be deleted by now, and the comment is kept."""
    block: str
    quote: str
    body: str
    """Plain text, perhaps of several lines."""
    author: str
    role: str
    at: str
    """When it was written (ISO 8601, UTC): a claim of the writer's clock."""
    state: str
    """``open``, ``answered``, ``done`` or ``declined``; an answer has none of its own (``open``)."""
    parent: str
    """The comment it answers, or empty."""
    owner: str
    due: str
    """ISO date, or empty."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when a page of the journey must be done (*tenggat*): by everybody, or by one agency.

    ``page`` and ``ref`` name a place of the journey as the guideline does (``chapter``, ``4``); both
    empty mean the whole document.
    """

    id: str
    page: str
    ref: str
    agency: str
    due: str
    """ISO date."""
    note: str


@dataclass(frozen=True, slots=True)
class Duty:
    """What an agency owes: a page of the journey, who fills it in, and how far that is.

    ``page`` and ``ref`` name a place of the journey as in a :class:`Deadline`.
    """

    id: str
    page: str
    ref: str
    agency: str
    person: str
    """One of the plan's people, or empty."""
    state: str
    """Empty (nobody said anything), ``filled``, ``sent``, ``approved``, ``returned`` or ``not_ours``."""
    by: str
    """Who said so."""
    at: str
    """When (ISO 8601, UTC): a claim of the writer's clock."""
    note: str
    content: str = ""
    """The fingerprint of what stood there when it was sent or approved; empty for what came in a workbook."""
    since: frozenset[str] = frozenset()
    """What the agency itself wrote after that: rows, scopes and items (see ``rewritten``)."""
    given: bool = True
    """Whether it was given to the agency by name; else the agency only said how far it is with its share."""


@dataclass(frozen=True, slots=True)
class Initial:
    """A paraf: somebody has put initials under the plan, or gave it back. The team's own record of paper."""

    id: str
    step: str
    """A step of the guideline."""
    agency: str
    """The agency whose head it is, or empty for a step taken once."""
    state: str
    """``""`` (awaited), ``initialled`` or ``returned``."""
    by: str
    office: str
    """What the person was called who did so."""
    at: str
    """ISO date, or empty."""
    note: str
    evidence: str
    """A file that shows the initialled sheet, or empty; it is no electronic signature."""
    content: str = ""
    """The fingerprint of the agency's part as it was initialled, or empty."""
    since: int = 0
    """How many times something was written into the plan after that (see ``initialled``)."""
    touched: frozenset[str] = frozenset()
    """In what that was written: rows, scopes and items (see ``rewritten``)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a reviewer would write in a field; the owner accepts or declines it."""

    id: str
    place: Place
    base: Value
    """What stood there when it was made."""
    proposed: Value
    reason: str
    author: str
    role: str
    at: str
    """When it was made (ISO 8601, UTC): a claim of the writer's clock."""
    state: str
    """``open``, ``accepted`` or ``declined``."""
    answer: str
    answered_by: str
    answered_at: str


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
    """The time of the last operation (UTC)."""
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
    def years(self) -> range:
        """The calendar years of the plan, first to last."""
        return range(self.first_year, self.last_year + 1)

    def answer(self, item: str, scope: str = "") -> Answer:
        """The answer to an item; an empty one when nobody answered."""
        return self.answers.get((item, scope)) or Answer(item, scope, None, Text(), "")

    def agency(self, id: str) -> Agency | None:  # noqa: A002 - the field's own word
        """The agency with this id, if it exists."""
        return next((agency for agency in self.agencies if agency.id == id), None)
