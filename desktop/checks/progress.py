"""How far is the team? Filled and required fields of every form, worksheet, chapter and dimension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.base import LocalText
from desktop.checks.completeness import filled_rows
from desktop.checks.programmes import NEEDED, missing_fields
from desktop.checks.reading import Asked, Reading
from desktop.checks.spots import CellSpot
from desktop.checks.words import plain, says_nothing, word_count
from desktop.guideline.pack import Chapter, Dimension, Pack
from desktop.workspace.plan import Plan

PartKind = Literal["form", "worksheet", "chapter", "dimension", "agency", "stage"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the work: how many of its required fields are filled."""

    kind: PartKind
    ref: str
    """The id of the form, worksheet, chapter, dimension, agency or stage."""
    title: LocalText
    filled: int
    required: int

    @property
    def percent(self) -> int:
        """Filled of required, rounded down so that 100 means done; 100 when nothing is required."""
        return 100 if not self.required else self.filled * 100 // self.required

    @property
    def done(self) -> bool:
        """Whether everything required is filled."""
        return self.filled >= self.required


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """The progress of every part, and of all together."""

    parts: tuple[Part, ...]

    @property
    def filled(self) -> int:
        """How many required fields are filled."""
        return sum(part.filled for part in self.parts)

    @property
    def required(self) -> int:
        """How many fields are required."""
        return sum(part.required for part in self.parts)

    @property
    def percent(self) -> int:
        """Filled of required, rounded down."""
        return 100 if not self.required else self.filled * 100 // self.required

    def of(self, kind: PartKind, ref: str) -> Part | None:
        """The progress of one part, if the guideline has it."""
        return next((part for part in self.parts if part.kind == kind and part.ref == ref), None)

    def within(self, parts: Iterable[tuple[PartKind, str]]) -> PlanProgress:
        """The progress of some parts only (a step of the journey, one book)."""
        wanted = set(parts)
        return PlanProgress(tuple(part for part in self.parts if (part.kind, part.ref) in wanted))


def progress(plan: Plan, pack: Pack) -> PlanProgress:
    """What is filled of what the guideline requires, part by part. Pure.

    A worksheet counts its required cells and, where it asks for a number of rows, each of those; a chapter
    counts once and is filled when it says something and is as long as asked; a dimension counts each
    sub-dimension that has a programme, and each programme that is complete.
    """
    return next(found for found in measuring(plan, pack) if found is not None)


def measuring(plan: Plan, pack: Pack) -> Iterator[PlanProgress | None]:
    """The same in small steps, for a window that must answer in between: None until it is measured."""
    reading = Reading(plan, pack)
    parts: list[Part] = []
    for form in pack.forms:
        parts.append(_fields("form", form.id, form.title, reading.in_form(form), reading))
        yield None
    for worksheet in pack.worksheets:
        cells = _fields("worksheet", worksheet.id, worksheet.title, reading.in_worksheet(worksheet), reading)
        rows = min(filled_rows(reading, worksheet), worksheet.min_rows)
        filled, required = cells.filled + rows, cells.required + worksheet.min_rows
        parts.append(Part("worksheet", cells.ref, cells.title, filled, required))
        yield None
    for part in _chapters(reading):
        parts.append(part)
        yield None
    for dimension in pack.dimensions:
        parts.append(_dimension(reading, dimension))
        yield None
    yield PlanProgress(tuple(parts))


def _fields(kind: PartKind, ref: str, title: LocalText, fields: Iterable[Asked], reading: Reading) -> Part:
    required = [asked for asked in fields if asked.field.required]
    filled = sum(asked.answered(reading.source) for asked in required)
    return Part(kind, ref, title, filled, len(required))


def _chapters(reading: Reading) -> Iterator[Part]:
    for spot in reading.chapters:
        text = reading.plan.answer(f"chapter.{spot.chapter.id}").text.values.get(reading.source, "")
        required = int(spot.chapter.required)
        written = bool(required) and _long_enough(text, spot.chapter.min_words)
        yield Part("chapter", spot.chapter.id, spot.chapter.title, int(written), required)


def _long_enough(text: str, min_words: int) -> bool:
    if says_nothing(text):
        return False
    return word_count(plain(text)) >= min_words


def _dimension(reading: Reading, dimension: Dimension) -> Part:
    programmes = [programme for programme in reading.plan.programmes if programme.dimension == dimension.id]
    covered = {programme.sub_dimension for programme in programmes} & {
        sub.id for sub in dimension.sub_dimensions
    }
    complete = sum(not missing_fields(reading, programme) for programme in programmes)
    # A dimension without sub-dimensions is reached by its first programme.
    asked = len(dimension.sub_dimensions) or 1
    reached = len(covered) if dimension.sub_dimensions else int(bool(programmes))
    return Part("dimension", dimension.id, dimension.name, reached + complete, asked + len(programmes))


def by_stage(measured: PlanProgress, pack: Pack) -> tuple[Part, ...]:
    """The stages of the journey, each the sum of its pages; those that require nothing are left out."""
    chapters = {part.ref: part for part in measured.parts if part.kind == "chapter"}
    out = []
    for stage in pack.stages:
        parts: list[Part | None] = []
        for page in stage.pages:
            match page.page:
                case "form" | "worksheet":
                    parts.append(measured.of(page.page, page.ref))
                case "chapter":
                    parts += [chapters.get(ref) for ref in chapters_of(pack, page.ref)]
                case "programmes":
                    parts += [part for part in measured.parts if part.kind == "dimension"]
                case _:
                    pass
        out.append(_sum("stage", stage.id, stage.title, parts))
    return tuple(part for part in out if part.required)


def by_chapter(measured: PlanProgress, pack: Pack) -> tuple[Part, ...]:
    """The chapters of the books, each with those below it."""
    parts = {part.ref: part for part in measured.parts if part.kind == "chapter"}
    out = [
        _sum("chapter", chapter.id, chapter.title, [parts.get(ref) for ref in chapters_of(pack, chapter.id)])
        for book in pack.books
        for chapter in book.chapters
    ]
    return tuple(part for part in out if part.required)


def by_agency(plan: Plan, pack: Pack) -> tuple[Part, ...]:
    """Each agency's own part: the programmes it leads, and its rows in worksheets filled by agencies."""
    reading = Reading(plan, pack)
    filled: dict[str, int] = defaultdict(int)
    required: dict[str, int] = defaultdict(int)
    for programme in plan.programmes:
        asked = [each for each in reading.in_programme(programme) if each.field.required]
        missing = len(missing_fields(reading, programme))
        there = sum(each.answered(reading.source) for each in asked)
        required[programme.lead] += _OF_A_PROGRAMME + len(asked)
        filled[programme.lead] += _OF_A_PROGRAMME - missing + there
    for worksheet in pack.worksheets:
        if worksheet.scope != "agency" or worksheet.binding:
            continue
        for each in reading.in_worksheet(worksheet):
            if each.field.required and isinstance(each.spot, CellSpot):
                required[each.spot.agency] += 1
                filled[each.spot.agency] += each.answered(reading.source)
    return tuple(
        Part("agency", agency.id, LocalText(dict(agency.name.values)), filled[agency.id], required[agency.id])
        for agency in plan.agencies
    )


_OF_A_PROGRAMME = len(NEEDED) + 1
"""What every programme needs (its years are two fields)."""


def chapters_of(pack: Pack, ref: str) -> list[str]:
    """A chapter with those below it, or all of a book."""

    def walk(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
        for chapter in chapters:
            yield chapter
            yield from walk(chapter.chapters)

    for book in pack.books:
        if book.id == ref:
            return [chapter.id for chapter in walk(book.chapters)]
        for chapter in walk(book.chapters):
            if chapter.id == ref:
                return [each.id for each in walk([chapter])]
    return []


def _sum(kind: PartKind, ref: str, title: LocalText, parts: Iterable[Part | None]) -> Part:
    known = {(part.kind, part.ref): part for part in parts if part is not None}.values()
    return Part(kind, ref, title, sum(part.filled for part in known), sum(part.required for part in known))
