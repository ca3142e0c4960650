"""Where a field is: its register in the workspace, its page in the journey, its name for a sentence."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple, Protocol

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.guideline.pack import Book, Chapter, Field, FixedRow, Form, PageRef, Worksheet
from desktop.workspace.plan import Indicator, Place, Programme, Row, Text

PROFILE = PageRef(page="profile")
AGENCIES = PageRef(page="agencies")
PACKAGE = PageRef(page="package")
PROGRAMMES = PageRef(page="programmes")
EVIDENCE = PageRef(page="evidence")
SESSIONS = PageRef(page="sessions")
STAKEHOLDERS = PageRef(page="stakeholders")
INPUTS = PageRef(page="inputs")
FIGURES = PageRef(page="figures")
BODIES = PageRef(page="bodies")
DECREES = PageRef(page="decrees")


FIELD_NAMES = {
    "title": Message("checks.field.title"),
    "dimension": Message("checks.field.dimension"),
    "sub_dimension": Message("checks.field.sub_dimension"),
    "lead": Message("checks.field.lead"),
    "service": Message("checks.field.service"),
    "before": Message("checks.field.before"),
    "after": Message("checks.field.after"),
    "served": Message("checks.field.served"),
    "technology": Message("checks.field.technology"),
    "start_year": Message("checks.field.start_year"),
    "end_year": Message("checks.field.end_year"),
    "code": Message("checks.field.code"),
    "budget": Message("checks.field.budget"),
    "indicator": Message("checks.field.indicator"),
}
"""What the fields that every programme has are called."""


def named(text: Text, otherwise: str = "") -> Param:
    """A person's title for use in a sentence, in whatever language the sentence is read."""
    if text:
        return LocalText({language: value for language, value in text.values.items() if value.strip()})
    return otherwise or Message("checks.untitled")


_SAID_BEFORE = re.compile(r"program(?:me)?\s+(?=\S)", re.IGNORECASE)
_SAID_AFTER = re.compile(r"(?<=\w)\s+programme(?=\s*(?:\(.*\))?$)", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:an?|and|any|each|every|for|in|its|of|or|our|per|that|the|this|to)$", re.IGNORECASE)
"""Words that the next one belongs to: "Evaluation of each programme" keeps it."""


def called(text: Text) -> Param:
    """A programme's title for a sentence that says "program" itself: official titles have that word, too.

    Indonesian ones begin with it, English ones end with it.
    """
    return once(named(text))


def once(title: Param) -> Param:
    """The same for a title that is at hand."""
    if not isinstance(title, LocalText):
        return title
    return LocalText({language: _once(value) for language, value in title.texts.items()})


def _once(title: str) -> str:
    if _SAID_BEFORE.match(title):
        return _SAID_BEFORE.sub("", title, count=1)
    after = _SAID_AFTER.search(title)
    if after is None or _BOUND.search(title[: after.start()]):
        return title
    return title[: after.start()] + title[after.end() :]


def body_row(body: str, dimension: str = "") -> str:
    """The row of a body, whose id is known before anybody has written it."""
    return derived_id("body", body, dimension)


def day(iso: str) -> Param:
    """A day (ISO) for a sentence; what is none stays as it is."""
    try:
        return dt.date.fromisoformat(iso)
    except ValueError:
        return iso


def programme_page(programme: Programme) -> PageRef:
    """The page of one programme."""
    return PageRef(page="programmes", ref=programme.id)


class Spot(Protocol):
    """A field that something can be said about."""

    def place(self, language: str = "") -> Place:
        """The register itself; texts have one for each language."""
        ...

    def where(self) -> Message:
        """The field's name and what it belongs to, to stand inside a sentence."""
        ...

    @property
    def page(self) -> PageRef:
        """The page of the journey that shows it."""
        ...


class FormSpot(NamedTuple):
    """A field of a form."""

    form: Form
    field: Field

    def place(self, language: str = "") -> Place:
        """The answer's register."""
        return Place("answer", language=language, item=f"{self.form.id}.{self.field.id}")

    def where(self) -> Message:
        """The question and its form."""
        return Message("checks.where.form", field=self.field.label, form=self.form.title)

    @property
    def page(self) -> PageRef:
        """The form's page."""
        return PageRef(page="form", ref=self.form.id)


class ProgrammeAnswerSpot(NamedTuple):
    """A field the guideline adds to programmes, or an aspect of a quick win."""

    programme: Programme
    item: str
    field: Field

    def place(self, language: str = "") -> Place:
        """The answer's register, scoped to the programme."""
        return Place("answer", language=language, item=self.item, scope=self.programme.id)

    def where(self) -> Message:
        """The field and its programme."""
        title = called(self.programme.title)
        return Message("checks.where.programme", field=self.field.label, programme=title)

    @property
    def page(self) -> PageRef:
        """The programme's page."""
        return programme_page(self.programme)


class ProgrammeSpot(NamedTuple):
    """A field that every programme has."""

    programme: Programme
    name: str

    def place(self, language: str = "") -> Place:
        """The programme's register."""
        return Place("programme", self.programme.id, self.name, language)

    def where(self) -> Message:
        """The field and its programme."""
        return Message(
            "checks.where.programme", field=FIELD_NAMES[self.name], programme=called(self.programme.title)
        )

    @property
    def page(self) -> PageRef:
        """The programme's page."""
        return programme_page(self.programme)


class IndicatorSpot(NamedTuple):
    """A field of an indicator."""

    programme: Programme
    indicator: Indicator
    name: str = "name"

    def place(self, language: str = "") -> Place:
        """The indicator's register; the scope is the programme it belongs to."""
        return Place("indicator", self.indicator.id, self.name, language, scope=self.programme.id)

    def where(self) -> Message:
        """The indicator and its programme."""
        title = called(self.programme.title)
        return Message("checks.where.indicator", indicator=named(self.indicator.name), programme=title)

    @property
    def page(self) -> PageRef:
        """The programme's page."""
        return programme_page(self.programme)


class ChapterSpot(NamedTuple):
    """The narrative of a chapter."""

    book: Book
    chapter: Chapter

    def place(self, language: str = "") -> Place:
        """The chapter text's register."""
        return Place("answer", language=language, item=f"chapter.{self.chapter.id}")

    def where(self) -> Message:
        """The chapter and its book."""
        return Message("checks.where.chapter", chapter=self.chapter.title, book=self.book.title)

    @property
    def page(self) -> PageRef:
        """The chapter's page."""
        return PageRef(page="chapter", ref=self.chapter.id)


class CellSpot(NamedTuple):
    """A cell of a worksheet; ``row`` is None for a row of the guideline that nobody has touched yet."""

    worksheet: Worksheet
    row: Row | None
    fixed: FixedRow | None
    agency: str
    number: int
    column: Field

    def place(self, language: str = "") -> Place:
        """The cell's register: a row of the guideline has its derived id even before its first use."""
        fixed = self.fixed.id if self.fixed else ""
        row = self.row.id if self.row else derived_id("row", self.worksheet.id, fixed, self.agency)
        return Place("cell", row, self.column.id, language, f"{self.worksheet.id}.{self.column.id}")

    def where(self) -> Message:
        """The column, the row (by the guideline's name for it, else by number) and the worksheet."""
        row: Param = self.fixed.label if self.fixed else str(self.number)
        return Message("checks.where.cell", column=self.column.label, row=row, worksheet=self.worksheet.title)

    @property
    def page(self) -> PageRef:
        """The worksheet's page."""
        return PageRef(page="worksheet", ref=self.worksheet.id)


class BoundSpot(NamedTuple):
    """A column of a worksheet that shows programmes, activities, indicators or risks themselves.

    ``item`` is set for a column that the guideline adds: it is an answer about the row.
    """

    worksheet: Worksheet
    programme: Programme
    table: str
    row: str
    title: Text
    column: Field
    item: str = ""

    def place(self, language: str = "") -> Place:
        """The row's own register, or the answer about it."""
        if self.item:
            return Place("answer", language=language, item=self.item, scope=self.row)
        scope = "" if self.table == "programme" else self.programme.id
        return Place(self.table, self.row, self.column.id, language, scope=scope)

    def where(self) -> Message:
        """The column, the row by its title, and the worksheet."""
        title = named(self.title)
        return Message(
            "checks.where.cell", column=self.column.label, row=title, worksheet=self.worksheet.title
        )

    @property
    def page(self) -> PageRef:
        """The worksheet's page."""
        return PageRef(page="worksheet", ref=self.worksheet.id)


class PartSpot(NamedTuple):
    """A text of an activity, a sub-activity or a risk."""

    programme: Programme
    table: str
    row: str
    title: Text
    name: str

    def place(self, language: str = "") -> Place:
        """The register; the scope is the programme it is a part of."""
        return Place(self.table, self.row, self.name, language, scope=self.programme.id)

    def where(self) -> Message:
        """The activity or risk and its programme."""
        title, programme = named(self.title), called(self.programme.title)
        if self.table == "activity":
            return Message("checks.where.activity", activity=title, programme=programme)
        if self.table == "sub_activity":
            return Message("checks.where.sub_activity", activity=title, programme=programme)
        return Message("checks.where.risk", risk=title, programme=programme)

    @property
    def page(self) -> PageRef:
        """The programme's page."""
        return programme_page(self.programme)
