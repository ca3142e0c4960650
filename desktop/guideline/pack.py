"""What a guideline pack says: the types of its JSON files, from which the published schema is made.

Ids are stable and never reused. An *item* is anything an answer can be given to; its id is
``<form>.<field>``, ``<worksheet>.<column>``, ``chapter.<chapter>``, ``programme.<field>``,
``quick_win.<aspect>`` or ``evaluation.<item>``. ``verified: false`` marks what no source confirms: an
editable default. Only chapter ids may contain a dot.

What the guideline asks (``asked``) and what it has printed and signed (``printed``) stand in modules of
their own and are handed on here, beside the rest: what it plans, judges and checks, and the pack itself.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from desktop.base import LocalText
from desktop.base.plain import plain
from desktop.guideline.asked import (
    Choice,
    Field,
    FieldGroup,
    FieldType,
    FixedRow,
    Form,
    Meaning,
    Measure,
    Policy,
    RowGroup,
    Worksheet,
)
from desktop.guideline.identity import Count, Item, Part, Year
from desktop.guideline.printed import Block, Book, Chapter, Role, SigningStep

__all__ = [
    "FORMAT",
    "Block",
    "Body",
    "Book",
    "Chapter",
    "Choice",
    "Criterion",
    "Dimension",
    "Evaluation",
    "Field",
    "FieldGroup",
    "FieldType",
    "FindingList",
    "FixedRow",
    "Form",
    "Funding",
    "Item",
    "LegalBasis",
    "Mapping",
    "Meaning",
    "Measure",
    "Output",
    "Pack",
    "PackInfo",
    "PageRef",
    "ParamValue",
    "Part",
    "Planning",
    "Policy",
    "QuickWin",
    "Readiness",
    "Role",
    "Round",
    "RowGroup",
    "Rule",
    "SampleCode",
    "Session",
    "SigningStep",
    "Stage",
    "SubDimension",
    "Swot",
    "Term",
    "Worksheet",
]

_LONGEST = 200
"""Letters of a title where it is one line; the longest of the ministry's has 90."""
FORMAT = 2
"""The version of the pack format this program writes; it reads every one before it too."""

ParamValue: TypeAlias = str | int | bool | tuple[str, ...]
FindingList = Literal["mandatory", "weak", "hint"]
"""The three lists of checks: *Wajib*, *Perlu diperbaiki*, *Saran*."""


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

    @property
    def called(self) -> LocalText:
        """Its title where people read it: one line, without what cannot be seen.

        Whoever makes a pack writes it; lines of their own would read as what the program says about the pack.
        """
        return LocalText({key: _line(text) or self.id for key, text in self.title.texts.items()})

    @property
    def edition(self) -> str:
        """The version, likewise."""
        return _line(self.version)


def _line(text: str) -> str:
    line = " ".join(plain(text).split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


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
