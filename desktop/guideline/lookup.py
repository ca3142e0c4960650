"""What everybody asks a guideline: the field behind an item, a form by id, chapters with their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from desktop.base import LocalText
from desktop.base.resources import resource
from desktop.guideline.foreword import foreword_with, forewords
from desktop.guideline.pack import (
    Body,
    Book,
    Chapter,
    Choice,
    Dimension,
    Field,
    Form,
    Funding,
    Measure,
    Output,
    Pack,
    PackInfo,
    Role,
    Session,
    SubDimension,
    Term,
    Worksheet,
)


class Numbered(NamedTuple):
    """A chapter with its number in its book (``2.3.1`` in every language) and its level (1 = chapter)."""

    number: str
    level: int
    chapter: Chapter


class Guideline:
    """A pack that answers questions; lookups are made once, on first use."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    # ---- items ----

    def field(self, item: str) -> Field | None:
        """The field behind an item id (a chapter is a rich text); None when the pack does not know it."""
        return self._fields.get(item)

    def items(self) -> Iterator[tuple[str, Field]]:
        """Every item of the pack with its field, in pack order."""
        return iter(self._fields.items())

    def title_of(self, item: str) -> LocalText:
        """What a person calls an item: its field's label, a form's or worksheet's title, else the id."""
        field = self._fields.get(item)
        if field is not None:
            return field.label
        holder = self.form(item) or self.worksheet(item)
        return holder.title if holder is not None else LocalText({"id": item})

    @cached_property
    def _fields(self) -> dict[str, Field]:
        fields = {f"{form.id}.{field.id}": field for form in self.pack.forms for field in form.fields}
        fields |= {
            f"{sheet.id}.{field.id}": field for sheet in self.pack.worksheets for field in sheet.columns
        }
        fields |= {f"chapter.{chapter.id}": _as_field(chapter) for chapter in self._chapters.values()}
        planning, evaluation = self.pack.planning, self.pack.evaluation
        fields |= {f"programme.{field.id}": field for field in planning.extra_fields}
        fields |= (
            {f"quick_win.{field.id}": field for field in planning.quick_win.aspects}
            if planning.quick_win
            else {}
        )
        sections = evaluation.sections if evaluation else ()
        return fields | {f"evaluation.{field.id}": field for section in sections for field in section.fields}

    # ---- parts by id ----

    def form(self, id: str) -> Form | None:  # noqa: A002 - the pack's own word, here and below
        """The form with this id."""
        return self._forms.get(id)

    def worksheet(self, id: str) -> Worksheet | None:  # noqa: A002
        """The worksheet with this id."""
        return self._worksheets.get(id)

    def dimension(self, id: str) -> Dimension | None:  # noqa: A002
        """The dimension with this id."""
        return self._dimensions.get(id)

    def sub_dimension(self, id: str) -> SubDimension | None:  # noqa: A002
        """The sub-dimension with this id; ids are unique over all dimensions."""
        return self._sub_dimensions.get(id)

    def dimension_of(self, sub_dimension: str) -> Dimension | None:
        """The dimension that a sub-dimension belongs to."""
        return next(
            (
                one
                for one in self.pack.dimensions
                if any(sub.id == sub_dimension for sub in one.sub_dimensions)
            ),
            None,
        )

    def book(self, id: str) -> Book | None:  # noqa: A002
        """The book or other document with this id."""
        return self._books.get(id)

    def chapter(self, id: str) -> Chapter | None:  # noqa: A002
        """The chapter, section or foreword with this id; ids are unique over all books."""
        return self._chapters.get(id)

    def chapters(self, book: Book | str) -> Iterator[Numbered]:
        """Every chapter and section of a book in reading order, numbered; nothing for an unknown book."""
        found = self.book(book) if isinstance(book, str) else book
        return _numbered(found.chapters, "") if found else iter(())

    def book_of(self, chapter: str) -> Book | None:
        """The book that holds a chapter."""
        before = foreword_with(self.pack, chapter)
        if before is not None:
            return before[0]
        return next(
            (
                book
                for book in self.pack.books
                if any(one.chapter.id == chapter for one in self.chapters(book))
            ),
            None,
        )

    def funding(self, id: str) -> Funding | None:  # noqa: A002
        """The source of money with this id."""
        return next((one for one in self.pack.planning.funding if one.id == id), None)

    def action_area(self, id: str) -> Choice | None:  # noqa: A002
        """The area of the action plan with this id."""
        return next((one for one in self.pack.planning.action_areas if one.id == id), None)

    def term(self, id: str) -> Term | None:  # noqa: A002
        """The planning term with this id."""
        return next((one for one in self.pack.planning.terms if one.id == id), None)

    def role(self, id: str) -> Role | None:  # noqa: A002
        """The signing or answering office with this id."""
        return next((one for one in self.pack.roles if one.id == id), None)

    def measure(self, id: str) -> Measure | None:  # noqa: A002
        """The figure of the region with this id."""
        return self._measures.get(id)

    def body(self, id: str) -> Body | None:  # noqa: A002
        """The council, team, forum or working group with this id."""
        return self._bodies.get(id)

    def session(self, id: str) -> Session | None:  # noqa: A002
        """The guidance session with this id."""
        return self._sessions.get(id)

    def output(self, session: str, id: str) -> Output | None:  # noqa: A002
        """What is due at a guidance session, by its id there."""
        found = self.session(session)
        return next((one for one in found.outputs if one.id == id), None) if found else None

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self.pack.figures}

    @cached_property
    def _bodies(self) -> dict[str, Body]:
        return {body.id: body for body in self.pack.bodies}

    @cached_property
    def _sessions(self) -> dict[str, Session]:
        return {session.id: session for session in self.pack.sessions}

    @cached_property
    def _forms(self) -> dict[str, Form]:
        return {form.id: form for form in self.pack.forms}

    @cached_property
    def _worksheets(self) -> dict[str, Worksheet]:
        return {sheet.id: sheet for sheet in self.pack.worksheets}

    @cached_property
    def _dimensions(self) -> dict[str, Dimension]:
        return {dimension.id: dimension for dimension in self.pack.dimensions}

    @cached_property
    def _sub_dimensions(self) -> dict[str, SubDimension]:
        return {sub.id: sub for dimension in self.pack.dimensions for sub in dimension.sub_dimensions}

    @cached_property
    def _books(self) -> dict[str, Book]:
        return {book.id: book for book in self.pack.books}

    @cached_property
    def _chapters(self) -> dict[str, Chapter]:
        found = {one.chapter.id: one.chapter for book in self.pack.books for one in self.chapters(book)}
        return found | {chapter.id: chapter for _, chapter in forewords(self.pack)}


def _numbered(chapters: tuple[Chapter, ...], prefix: str) -> Iterator[Numbered]:
    for index, chapter in enumerate(chapters, 1):
        number = f"{prefix}{index}"
        yield Numbered(number, number.count(".") + 1, chapter)
        yield from _numbered(chapter.chapters, f"{number}.")


def _as_field(chapter: Chapter) -> Field:
    """The question a chapter asks: its narrative."""
    return Field(
        id=chapter.id,
        label=chapter.title,
        type="rich_text",
        help=chapter.guidance,
        required=chapter.required,
        min_words=chapter.min_words,
        standard=chapter.standard,
        verified=chapter.verified,
        source=chapter.source,
    )


@dataclass(frozen=True, slots=True)
class Bundled:
    """A pack the program brings along; ``path`` is the folder of its readable source."""

    id: str
    version: str
    title: LocalText
    status: str
    path: Path
    verified: bool


def bundled() -> tuple[Bundled, ...]:
    """The packs that the program brings along, those in force first. Reads only their pack.json."""
    found = [_bundled(path.parent) for path in sorted(resource("guidelines").glob("*/pack.json"))]
    return tuple(sorted(found, key=lambda one: (one.status != "in-force", one.id)))


def _bundled(folder: Path) -> Bundled:
    import msgspec

    from desktop.guideline.loading import decode_text

    info = msgspec.json.decode((folder / "pack.json").read_bytes(), type=PackInfo, dec_hook=decode_text)
    return Bundled(info.id, info.version, info.title, info.status, folder, info.verified)


@cache
def bundled_bytes(id: str) -> bytes:  # noqa: A002
    """The ``*.rancang-guideline`` bytes of a bundled pack, to be pinned in a workspace. Raises KeyError."""
    from desktop.guideline.loading import write_pack

    for one in bundled():
        if one.id == id:
            return write_pack(one.path)
    raise KeyError(id)
