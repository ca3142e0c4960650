"""What a guideline pack says: the types of its JSON files, from which the published schema is made.

Ids are stable and never reused. An *item* is anything an answer can be given to; its id is
``<form>.<field>``, ``<worksheet>.<column>``, ``chapter.<chapter>``, ``programme.<field>``,
``quick_win.<aspect>`` or ``evaluation.<item>``. ``verified: false`` marks what no source confirms: an
editable default. Only chapter ids may contain a dot.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

import msgspec

from desktop.base import LocalText

FORMAT = 2
"""The version of the pack format this program writes; it reads every one before it too."""

FieldType = Literal[
    "text", "long_text", "rich_text", "integer", "decimal", "rupiah", "percent", "date", "year", "boolean",
    "choice", "choices", "dimension", "sub_dimension", "agency", "person", "programme", "row",
]  # fmt: skip
Meaning = Literal[
    "", "place", "date", "number_region", "number_ministry", "name_region", "name_ministry", "address_region",
    "address_ministry", "title", "service", "before", "after", "served", "technology",
]  # fmt: skip
"""What the program may take from an answer: for a letter from a form, for a programme from a worksheet."""
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$(?!\n)", max_length=64)]
DottedId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$(?!\n)", max_length=64)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Year = Annotated[int, msgspec.Meta(ge=1900, le=2200)]
Policy = Literal["conflict", "text", "set", "lww"]
ParamValue: TypeAlias = str | int | bool | tuple[str, ...]
FindingList = Literal["mandatory", "weak", "hint"]
"""The three lists of checks: *Wajib*, *Perlu diperbaiki*, *Saran*."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Anything in a pack."""


class Item(Part, frozen=True, kw_only=True):
    """Anything in a pack that has an identity and may rest on a source."""

    id: Id
    verified: bool = True
    source: str = ""


class Choice(Item, frozen=True, kw_only=True):
    """One of several answers; ``score`` orders a scale, ``tone`` colours it."""

    label: LocalText
    score: int | None = None
    tone: Literal["", "good", "moderate", "poor"] = ""
    help: LocalText = LocalText()


class Field(Item, frozen=True, kw_only=True):
    """One question of a form, one column of a worksheet, one extra field of a programme.

    ``verified`` speaks of what is asked: label, type, choices, whether it is required. ``help``, ``why`` and
    ``example`` are explanations by the makers of the pack, whatever the source says.
    """

    label: LocalText
    type: FieldType = "text"
    help: LocalText = LocalText()
    why: LocalText = LocalText()
    example: LocalText = LocalText()
    choices: tuple[Choice, ...] = ()
    unit: LocalText = LocalText()
    required: bool = False
    evidence: Literal["none", "optional", "required"] = "none"
    translated: bool | None = None
    min_words: Count = 0
    max_words: Count = 0
    merge: Policy | None = None
    standard: LocalText = LocalText()
    """Wording the guideline offers to be used as it is; taking it over is no copied guidance."""
    worksheet: str = ""
    """The worksheet whose rows can be chosen, for type ``row`` (a target of the RPJMD mapping, ...)."""
    dimension: str = ""
    """The dimension that a yes in this column marks (the marks of the RPJMD mapping)."""
    difference: tuple[str, ...] = ()
    """Two columns of the same worksheet: the value is worked out as the first less the second."""
    says: Meaning = ""
    """What a letter takes from this question, or a programme that a row becomes from this column.

    Where no field of a form or worksheet says it, the one whose id is that word does.
    """
    made_of: tuple[str, ...] = ()
    """Two text columns of the same worksheet that this one is made of: shown while it is written (TOWS)."""

    @property
    def bilingual(self) -> bool:
        """Whether the answer is a text with one register per language."""
        return self.type in {"text", "long_text", "rich_text"} if self.translated is None else self.translated

    @property
    def policy(self) -> Policy:
        """How two different answers to it merge."""
        if self.merge is not None:
            return self.merge
        if self.type in {"long_text", "rich_text"}:
            return "text"
        return "set" if self.type == "choices" else "conflict"


class FieldGroup(Part, frozen=True, kw_only=True):
    """Questions that belong together under one heading."""

    title: LocalText
    fields: tuple[Field, ...]
    help: LocalText = LocalText()
    id: Id | None = None
    """Needed only by the sections of the evaluation, whose weights name them."""


class Form(Item, frozen=True, kw_only=True):
    """Fields, answered once for the region: a questionnaire, a statement."""

    title: LocalText
    purpose: LocalText = LocalText()
    groups: tuple[FieldGroup, ...]

    @property
    def fields(self) -> Iterator[Field]:
        """Every field of every group, in order."""
        return (field for group in self.groups for field in group.fields)


class FixedRow(Item, frozen=True, kw_only=True):
    """A row the guideline itself writes (a readiness item, a future-analysis question)."""

    label: LocalText
    group: str = ""
    help: LocalText = LocalText()


class RowGroup(Item, frozen=True, kw_only=True):
    """A heading over fixed rows (a readiness component)."""

    label: LocalText


class Worksheet(Item, frozen=True, kw_only=True):
    """Rows of columns (*kertas kerja*): filled for the region or by each agency.

    With ``binding`` it is a view of first-class rows, never a copy: a column whose id is a field of that
    table is the field itself, any other an extra one. ``fixed_rows`` come from the pack; their ids are
    derived, so that every copy means the same row.
    """

    title: LocalText
    purpose: LocalText = LocalText()
    scope: Literal["region", "agency"] = "region"
    binding: Literal["", "programme", "activity", "indicator", "risk"] = ""
    columns: tuple[Field, ...]
    groups: tuple[RowGroup, ...] = ()
    fixed_rows: tuple[FixedRow, ...] = ()
    free_rows: bool = True
    min_rows: Count = 0
    number: str = ""
    term: str = ""
    """The planning term a roadmap sheet is about, if it is one."""
    recap: bool = True
    """Whether a sheet filled by agencies is also shown merged, for all of them."""


class SubDimension(Item, frozen=True, kw_only=True):
    """A third of a dimension, with what it covers and what users are asked about it."""

    name: LocalText
    elements: tuple[LocalText, ...] = ()
    elements_verified: bool = True
    """Whether a source confirms every element; ``verified`` is about name, target and survey items."""
    target: LocalText = LocalText()
    survey_items: tuple[LocalText, ...] = ()


class Dimension(Item, frozen=True, kw_only=True):
    """A dimension (*dimensi*; *aspek* in the 2026 draft) and its sub-dimensions."""

    name: LocalText
    goal: LocalText = LocalText()
    sub_dimensions: tuple[SubDimension, ...] = ()
    outcome_indicators: tuple[LocalText, ...] = ()


class Readiness(Part, frozen=True, kw_only=True):
    """Which worksheet holds the readiness items, and which of its columns rate and describe them."""

    worksheet: str
    rating: str
    condition: str
    swot: Swot | None = None


class Swot(Part, frozen=True, kw_only=True):
    """Where strengths and weaknesses suggested by the readiness ratings go: a worksheet and its columns.

    A row of that worksheet stands for a group of readiness items when both have the same id.
    """

    worksheet: str
    strengths: str
    weaknesses: str


class Measure(Item, frozen=True, kw_only=True):
    """A figure of the region that is stated by year with its source (population, HDI, APBD, ...)."""

    label: LocalText
    type: Literal["integer", "decimal", "percent", "rupiah", "choice"] = "decimal"
    unit: LocalText = LocalText()
    group: LocalText = LocalText()
    help: LocalText = LocalText()
    choices: tuple[Choice, ...] = ()
    better: Literal["", "up", "down"] = ""
    required: bool = False
    part_of: str = ""
    """The measure this one is a part of: the parts of one year may not exceed it (APBD)."""
    item: str = ""
    """An item of a form that asks the same figure: its newest value is offered there."""
    evidence: Literal["none", "optional", "required"] = "optional"


class Funding(Item, frozen=True, kw_only=True):
    """A source of money, of the regional budget (APBD) or not."""

    label: LocalText
    kind: Literal["apbd", "non_apbd"]


class QuickWin(Part, frozen=True, kw_only=True):
    """What makes a programme a quick win: the term and the aspects it is judged by."""

    max_years: Count = 1
    aspects: tuple[Field, ...]


class Term(Item, frozen=True, kw_only=True):
    """Short, medium, long: how many years a roadmap term reaches."""

    label: LocalText
    years: Count


class SampleCode(Part, frozen=True, kw_only=True):
    """A programme code of the national nomenclature, as an example beside the field."""

    code: str
    title: str


class Planning(Part, frozen=True, kw_only=True):
    """What a programme needs: terms, money, action areas, extra fields, quick wins, code forms."""

    terms: tuple[Term, ...] = ()
    funding: tuple[Funding, ...]
    action_areas: tuple[Choice, ...] = ()
    extra_fields: tuple[Field, ...] = ()
    quick_win: QuickWin | None = None
    code_patterns: tuple[str, ...] = ()
    sample_codes: tuple[SampleCode, ...] = ()


class Block(Part, frozen=True, kw_only=True):
    """What stands in a chapter besides its own text; ``ref`` names a form, worksheet or dimension.

    A ``text`` with a ``ref`` quotes that chapter. ``parties`` opens a letter with who signs it; its ``ref``
    names the form that ``says`` place, date, numbers and addresses. A worksheet in a memorandum holds the
    articles a region adds.
    """

    show: Literal[
        "text", "form", "worksheet", "region", "dimensions", "programmes", "quick_wins", "budget",
        "indicators", "roadmap", "readiness_radar", "readiness_shares", "agencies", "evidence", "set_aside",
        "signatures", "activities", "risks", "figures", "bodies", "decrees", "sessions", "stakeholders",
        "inputs", "assessment", "recap", "parties",
    ]  # fmt: skip
    ref: str = ""


class Chapter(Item, frozen=True, kw_only=True):
    """A chapter or section (*bab*): its narrative is an answer, its blocks come from the data."""

    id: DottedId
    title: LocalText
    guidance: LocalText = LocalText()
    standard: LocalText = LocalText()
    """Wording the guideline offers to be used as it is; taking it over is no copied guidance."""
    required: bool = True
    min_words: Count = 0
    blocks: tuple[Block, ...] = (Block(show="text"),)
    chapters: tuple[Chapter, ...] = ()

    @property
    def written(self) -> bool:
        """Whether it has a text of its own to be written (a quoted one is written elsewhere)."""
        return any(block.show == "text" and not block.ref for block in self.blocks)


class Book(Item, frozen=True, kw_only=True):
    """A book (*buku*) or another printed document of the submission, with who signs it."""

    code: str
    title: LocalText
    kind: Literal["book", "application", "commitment", "memorandum", "presentation", "statement"] = "book"
    chapters: tuple[Chapter, ...]
    signers: tuple[str, ...] = ()
    per: Literal["", "agency"] = ""
    """Printed once, or once for each agency (commitment sheets of agency heads).

    Then the first of ``signers`` is the head of that agency, and it is no part of the package.
    """
    submitted: bool = True
    """Whether it is part of the submission package; others are printed for use at home."""


class Role(Item, frozen=True, kw_only=True):
    """An office that signs or answers for something (head of region, secretary, council chair).

    ``closes_package`` marks the role that signs the finished package, last, over everything in it.
    """

    label: LocalText
    closes_package: bool = False
    signs_by_sheet: bool = False
    """Whether this role approves all documents of the package with one signature on an approval sheet."""
    party: Literal["region", "ministry"] = "region"
    """Whose office it is: a memorandum is signed by both parties."""


class SigningStep(Item, frozen=True, kw_only=True):
    """One step on the way to the signed package; steps are taken in the order of the file.

    ``initials`` (*paraf*) are given on paper before anybody signs, with ``per`` once by each agency that
    leads something; a ``signature`` is put on every document that names the role; ``closing`` is the
    last, over the whole package.
    """

    kind: Literal["initials", "signature", "closing"]
    role: str
    label: LocalText
    per: Literal["", "agency"] = ""


class Body(Item, frozen=True, kw_only=True):
    """A council, team, forum or working group the region sets up."""

    name: LocalText
    purpose: LocalText = LocalText()
    needs_outsiders: bool = False
    meetings_per_year: Count = 0
    instrument: LocalText = LocalText()
    """The legal form that sets it up (a decree of the regent or mayor)."""
    members: tuple[LocalText, ...] = ()
    per_dimension: bool = False
    """Whether there is one for each dimension (working groups)."""
    required: bool = True


class Output(Item, frozen=True, kw_only=True):
    """What must come out of a guidance session; ``page`` says where in the journey it is worked on."""

    label: LocalText
    page: PageRef | None = None


class Session(Item, frozen=True, kw_only=True):
    """A technical guidance session (*Bimtek*) and what must come out of it."""

    title: LocalText
    outputs: tuple[Output, ...] = ()
    topics: tuple[LocalText, ...] = ()
    days: Count = 0


class Criterion(Item, frozen=True, kw_only=True):
    """What regions were selected by, in which rounds."""

    label: LocalText
    years: tuple[Year, ...] = ()


class Round(Part, frozen=True, kw_only=True):
    """A selection round of the movement: how many regions were invited and chosen; 0 = not known."""

    year: Year
    invited: Count = 0
    attended: Count = 0
    chosen: Count = 0
    note: LocalText = LocalText()
    verified: bool = True
    source: str = ""


class Evaluation(Part, frozen=True, kw_only=True):
    """The yearly evaluation: its scale, sections with items, and the weight sets by cohort (percent)."""

    scale_max: Count = 4
    sections: tuple[FieldGroup, ...] = ()
    weights: dict[str, dict[str, int]] = {}
    cohorts: tuple[Choice, ...] = ()
    """What the weight sets are called: the choice ids are the keys of ``weights``."""
    survey_respondents: Count = 0
    """How many users are asked for each dimension."""


class LegalBasis(Item, frozen=True, kw_only=True):
    """A rule the guideline stands on."""

    title: str
    subject: LocalText = LocalText()
    issued: str = ""
    """The day it was issued (ISO 8601), where known."""


class PageRef(Part, frozen=True, kw_only=True):
    """One place of the journey in the window."""

    page: Literal[
        "profile", "agencies", "form", "worksheet", "chapter", "programmes", "evidence", "checks", "books",
        "package", "figures", "bodies", "decrees", "sessions", "assessment", "stakeholders", "inputs",
        "roadmap", "leftover",
    ]  # fmt: skip
    ref: str = ""


class Stage(Item, frozen=True, kw_only=True):
    """A step of the journey: its title and its pages in order."""

    title: LocalText
    purpose: LocalText = LocalText()
    pages: tuple[PageRef, ...]


class Rule(Item, frozen=True, kw_only=True):
    """A check the pack asks for: a rule the program knows (``check``), its list and its parameters."""

    check: str
    list: FindingList
    params: dict[str, ParamValue] = {}
    message: LocalText = LocalText()


class PackInfo(Part, frozen=True, kw_only=True):
    """The pack itself: who issued which version, in what state, for plans of how many years."""

    format: int
    id: str
    version: str
    title: LocalText
    issuer: LocalText = LocalText()
    status: Literal["in-force", "draft", "superseded", "example"]
    languages: tuple[str, ...] = ("id", "en")
    min_years: Count = 5
    max_years: Count = 10
    note: LocalText = LocalText()
    verified: bool = True
    based_on: str = ""
    """The pack this one was made from. In a folder of JSON files, files that are not there are taken from
    the folder of that name beside it; a pack file always holds everything."""


class Mapping(Part, frozen=True, kw_only=True):
    """How another pack's ids are called in this one; what is called the same needs no entry.

    Each mapping goes from the other pack's id to this one's. ``items`` are item ids or whole parts of them
    (``form`` or ``worksheet``); ``choices`` are ``<item>.<choice>``; sub-dimensions may become dimensions.
    An empty target says that nothing here means the same, although something may be called the same.
    """

    pack: str
    dimensions: dict[str, str] = {}
    sub_dimensions: dict[str, str] = {}
    items: dict[str, str] = {}
    choices: dict[str, str] = {}
    rows: dict[str, str] = {}
    """Fixed rows, as ``<worksheet>.<row>``."""
    bodies: dict[str, str] = {}
    measures: dict[str, str] = {}
    roles: dict[str, str] = {}
    sessions: dict[str, str] = {}
    """Guidance sessions, and their outputs as ``<session>.<output>``."""
    areas: dict[str, str] = {}
    """Areas of the action plan."""


class Pack(Part, frozen=True, kw_only=True):
    """A whole guideline: one attribute for each JSON file of the pack."""

    pack: PackInfo
    dimensions: tuple[Dimension, ...]
    forms: tuple[Form, ...] = ()
    worksheets: tuple[Worksheet, ...] = ()
    readiness: Readiness | None = None
    planning: Planning
    books: tuple[Book, ...]
    roles: tuple[Role, ...] = ()
    signing: tuple[SigningStep, ...] = ()
    """Who initials and who signs, in which order; without any the order of the roles holds."""
    bodies: tuple[Body, ...] = ()
    sessions: tuple[Session, ...] = ()
    selection: tuple[Criterion, ...] = ()
    rounds: tuple[Round, ...] = ()
    evaluation: Evaluation | None = None
    legal: tuple[LegalBasis, ...] = ()
    stages: tuple[Stage, ...] = ()
    rules: tuple[Rule, ...] = ()
    figures: tuple[Measure, ...] = ()
    mappings: tuple[Mapping, ...] = ()
