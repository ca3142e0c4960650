"""A book before it is laid out: a neutral tree that PDF, DOCX and a screen can all be made from.

Everything a reader sees is here, already in one language, with its number. Writers (``pdf.py``) only
decide where it stands on paper. Numbers do not depend on the language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from desktop.base import Language
from desktop.books.charted import Coverage, Participation, Paths, Shares, Stacked
from desktop.books.diagrams import Activity, Bar, BarGroup, Matrix, Radar, Roadmap, Series
from desktop.books.inline import Cited, Inline, Line, Note, Tag, Tone, text_of
from desktop.workspace.plan import Place

__all__ = [
    "Activity", "Align", "Bar", "BarGroup", "Callout", "Chart", "Cited", "Column", "Cover", "Document",
    "Element", "Figure", "Heading", "Inline", "Labels", "Line", "ListBlock", "ListItem", "Mark",
    "Matrix", "Note", "PageBreak", "Paragraph", "Photo", "Pictures", "Proof", "Radar", "Returning",
    "Roadmap", "Row", "Series", "Side", "Signatures", "Signer", "Source", "Stamp", "Table", "Tag", "Tone",
    "text_of",
]  # fmt: skip
"""Also what lines and diagrams are made of: whoever reads a book takes it from here."""

Side: TypeAlias = Literal["", "left", "right"]
Align: TypeAlias = Literal["left", "right", "center", "decimal"]
"""How a column stands; ``decimal`` = at the right, with the decimal signs below each other."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a part of a book comes from: a page of the journey and, where somebody wrote it, the field.

    Paper does not show it; a screen leads there, or lets the text be edited where it stands.
    """

    page: str
    ref: str = ""
    place: Place | None = None
    fixed: str = ""
    """Of a worksheet's cell the guideline's own row, which may not be in the workspace yet."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number (``2.1``; empty = not numbered). Level 1 opens a new page."""

    level: int
    number: str
    text: str
    target: str = ""
    tags: tuple[Tag, ...] = ()
    source: Source | None = field(default=None, compare=False)
    centred: bool = False
    """In the middle of the page, as chapters and articles of a regulation stand; above it what it is called
    (*BAB I*), where it has a number.
    """


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``example`` = written for the demonstration, shown as such.

    ``aside`` stands in the right half of the page, as the head of an annex does.
    """

    line: Line
    style: Literal["body", "note", "lead", "minor_heading", "centred", "signed", "aside"] = "body"
    example: bool = False
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list; ``ordinal`` 0 = a bullet."""

    line: Line
    depth: int = 1
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list, nested by the depth of its items."""

    items: tuple[ListItem, ...]
    example: bool = False
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``width`` shares out the room (0 = as wide as its contents, which do not wrap)."""

    title: str
    align: Align = "left"
    width: float = 1.0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; a ``group`` row has one cell that spans the table, a ``total`` row closes a sum."""

    cells: tuple[Line, ...]
    kind: Literal["body", "group", "subtotal", "total"] = "body"
    sources: tuple[Source | None, ...] = field(default=(), compare=False)
    """Cell by cell the field behind it; a cell without one is computed."""
    so_far: tuple[str, ...] = ()
    """Cell by cell what a column comes to up to this row: a long table carries it from page to page."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its number in the book (0 = not numbered) and caption.

    Without any column title it has no header row. ``plain`` tables are fact sheets: no zebra. ``clauses``
    are text of a letter that stands label by label: as large as the text around it, without any rules.
    """

    number: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    target: str = ""
    note: Line = ()
    plain: bool = False
    source: Source | None = field(default=None, compare=False)
    clauses: bool = False


Chart: TypeAlias = Roadmap | Radar | Matrix | Activity | Stacked | Shares | Paths | Participation | Coverage
"""What a figure may show of the plan's data."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture among the evidence (JPEG or PNG), found by its SHA-256."""

    sha256: str


Pictures: TypeAlias = Callable[[str], bytes]
"""Hands a writer the bytes of a photo, by its SHA-256. Raises MissingBlob."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or photo with its number and caption; ``description`` says in words what it shows."""

    number: int
    caption: str
    chart: Chart | Photo
    target: str = ""
    description: str = ""
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Callout:
    """A box that must not be overlooked."""

    title: str
    lines: tuple[Line, ...] = ()
    tone: Tone = Tone.WARNING


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows stands on a new page."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs in which office; the writer tells where the signature box came to stand."""

    role: str
    office: str
    name: str
    details: str = ""
    duty_stamp: bool = False
    """Whether a place for the duty stamp (*meterai*) stands beside the box."""
    instead: str = ""
    """What stands in the box of somebody who does not sign here: *Disahkan dengan Lembar Pengesahan*."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The fingerprint on the last page: as words, in letters, as QR, and how a reader checks it."""

    title: str
    words: tuple[str, ...]
    letters: tuple[str, ...]
    """Hexadecimal, in groups."""
    code: str
    """What the QR holds."""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """A block of signature boxes, one for each role."""

    signers: tuple[Signer, ...]
    place_label: str
    """Line by line."""
    proof: Proof | None = None
    """Stands beside the box of a single signer, on a sheet that has no room at its foot."""
    side: Side = ""
    """Where a single box stands; empty: at the right of a letter, at the left of anything else."""


Element: TypeAlias = Heading | Paragraph | ListBlock | Table | Figure | Callout | PageBreak | Signatures
"""A part of a book, in reading order."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page."""

    overline: str
    """What kind of document it is (*Buku II*)."""
    title: str
    region: str
    province: str
    years: str
    lines: tuple[str, ...]
    """Guideline, state of the data."""
    motif: str
    """What the ornament is drawn from (the region's code), so that regions differ."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A word across every page (*DRAF*), and the sentence about it in the foot."""

    word: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The words a writer itself needs, in the language of the book."""

    contents: str
    tables: str
    figures: str
    table: str
    figure: str
    page_of: str
    """With the places ``{page}`` and ``{pages}``."""
    continued: str
    sign_here: str
    duty_stamp: str = ""
    coat_of_arms: str = ""
    chapter: str = ""
    """With the place ``{number}``: *Bab {number}*."""
    decimal_mark: str = ","
    carried_over: str = ""
    brought_forward: str = ""
    note: str = ""
    """What a footnote is called: *Catatan*."""
    notes: str = ""
    """What stands above all of them, where they stand together."""
    back: str = ""
    """What leads from a footnote back to its mark."""
    skip: str = ""
    """What leads past the contents to the text."""


@dataclass(frozen=True, slots=True)
class Returning:
    """Whose a file is, and the hidden mark of each text in it by the field it is written in."""

    properties: Mapping[str, str]
    marks: Mapping[tuple[str, ...], Mark]
    """By :func:`~desktop.books.returnable.key_of` of the place."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a text; ``empty``: nobody has written it yet."""

    name: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole book in one language."""

    id: str
    title: str
    subject: str
    author: str
    language: Language
    moment: dt.datetime
    """The time of the last operation (UTC): the only time a book knows."""
    cover: Cover
    labels: Labels
    running_head: tuple[str, str]
    running_foot: str
    elements: tuple[Element, ...]
    front: tuple[Element, ...] = ()
    """What is read before the contents: the foreword; of a letter what stands above its head."""
    watermark: Stamp | None = None
    notices: tuple[str, ...] = ()
    """Short marks in the foot of every page: example region, test, fields filled differently."""
    letter: bool = False
    """A statement of a page or two: no cover, no contents, chapters on one page."""
    short: bool = False
    """A sheet that shall stay two pages: smaller headings, lower rows, and tables without captions."""
    letterhead: tuple[str, ...] = ()
    """Of a letter: whose it is, line by line under each other, with room for the coat of arms beside."""
    emblem: Photo | None = None
    """The emblem of the region: on the cover of a book, beside the head of a letter."""
    large: bool = False
    """Of a letter: type of the size that official papers have."""
    keywords: str = ""
    """For programs: stands in the metadata of a PDF (``Keywords``), signed with everything else."""
    proof: Proof | None = None
    """What paper can be checked by; stands at the foot of the last page."""
    returning: Returning | None = None
    """What a Word file needs so that it can come back; None where nothing is taken over from it."""
    imprint: tuple[tuple[str, str], ...] = ()
    """Who made the book by what and when, line by line: what it is about, and what there is to say."""

    def over(self, heading: Heading) -> str:
        """What stands above a heading with a number: *BAB I*; nothing above one without."""
        return self.labels.chapter.replace("{number}", heading.number).upper() if heading.number else ""

    @property
    def all(self) -> tuple[Element, ...]:
        """Front and chapters."""
        return (*self.front, *self.elements)

    def on_right(self, signed: Signatures) -> bool:
        """Whether a single box stands at the right, as official letters are signed."""
        if len(signed.signers) != 1 or signed.proof is not None:
            return False
        return signed.side == "right" or (not signed.side and bool(self.letterhead))

    @property
    def headings(self) -> Iterator[Heading]:
        """Every heading, in order."""
        return (element for element in self.all if isinstance(element, Heading))

    @property
    def tables(self) -> Iterator[Table]:
        """Every numbered table, in order."""
        return (e for e in self.elements if isinstance(e, Table) and e.number)

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure, in order."""
        return (element for element in self.elements if isinstance(element, Figure))
