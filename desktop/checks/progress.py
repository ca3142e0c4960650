"""How far is the team? Filled and required fields of every form, worksheet, chapter and dimension."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.base import LocalText
from desktop.checks.completeness import filled_rows
from desktop.checks.programmes import NEEDED, missing_fields
from desktop.checks.reading import Asked, Reading, reading_of
from desktop.checks.spots import CellSpot
from desktop.checks.texts import own_words
from desktop.checks.words import plain, says_nothing, word_count
from desktop.guideline.foreword import foreword_with
from desktop.guideline.pack import Chapter, Dimension, Pack
from desktop.workspace.plan import Plan

PartKind = Literal[
    "form", "worksheet", "chapter", "dimension", "agency", "stage", "person", "figures", "bodies", "sessions",
    "inputs",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the work: how many of its required fields are filled."""

    kind: PartKind
    ref: str
    """The id of the form, worksheet, chapter, dimension, agency, person or stage; empty for whole pages."""
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
    sub-dimension that has a programme, and each programme that is complete. A dash, or the guideline's own
    words copied, fill nothing.
    """
    return next(found for found in measuring(plan, pack) if found is not None)


def measuring(plan: Plan, pack: Pack) -> Iterator[PlanProgress | None]:
    """The same in small steps, for a window that must answer in between: None until it is measured."""
    reading = reading_of(plan, pack)
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
    parts += _pages(reading)
    yield PlanProgress(tuple(parts))


def _pages(reading: Reading) -> Iterator[Part]:
    """The pages that are neither form nor worksheet nor chapter: what each must hold at least."""
    plan, pack = reading.plan, reading.pack
    stated = {each.measure for each in plan.figures if not says_nothing(each.value)}
    measures = [each.id for each in pack.figures if each.required]
    yield Part("figures", "", LocalText(), len(stated & set(measures)), len(measures))
    wanted = {
        (body.id, dimension)
        for body in pack.bodies
        if body.required
        for dimension in ([each.id for each in pack.dimensions] if body.per_dimension else [""])
    }
    formed = {(body.body, body.dimension) for body in plan.bodies if body.members or body.decree}
    yield Part("bodies", "", LocalText(), len(formed & wanted), len(wanted) if plan.bodies else 0)
    due = {(session.id, output.id) for session in pack.sessions for output in session.outputs}
    done = {(each.session, each.output) for each in plan.outputs if each.state == "done"}
    # before the first session is dated nobody is late with what it asks
    begun = bool(plan.outputs) or any(each.kind == "bimtek" for each in plan.meetings)
    yield Part("sessions", "", LocalText(), len(done & due), len(due) if begun else 0)
    answered = sum(each.decision != "open" for each in plan.inputs)
    yield Part("inputs", "", LocalText(), answered, len(plan.inputs))


def _fields(kind: PartKind, ref: str, title: LocalText, fields: Iterable[Asked], reading: Reading) -> Part:
    required = [asked for asked in fields if asked.field.required]
    filled = sum(_filled(asked, reading.source) for asked in required)
    return Part(kind, ref, title, filled, len(required))


def _filled(asked: Asked, language: str) -> bool:
    """Whether a field says something of the region's own."""
    if not asked.answered(language):
        return False
    return not asked.field.bilingual or own_words(asked.field, asked.text.values.get(language, ""))


def _chapters(reading: Reading) -> Iterator[Part]:
    for spot in reading.chapters:
        text = reading.plan.answer(f"chapter.{spot.chapter.id}").text.values.get(reading.source, "")
        required = int(spot.chapter.required)
        written = bool(required) and own_words(spot.chapter, text) and _long_enough(text, spot.chapter)
        yield Part("chapter", spot.chapter.id, spot.chapter.title, int(written), required)


def _long_enough(text: str, chapter: Chapter) -> bool:
    return word_count(plain(text)) >= chapter.min_words


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
                case "figures" | "bodies" | "sessions" | "inputs":
                    parts.append(measured.of(page.page, ""))
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
    reading = reading_of(plan, pack)
    filled: dict[str, int] = defaultdict(int)
    required: dict[str, int] = defaultdict(int)
    for programme in plan.programmes:
        asked = [each for each in reading.in_programme(programme) if each.field.required]
        missing = len(missing_fields(reading, programme))
        there = sum(_filled(each, reading.source) for each in asked)
        required[programme.lead] += _OF_A_PROGRAMME + len(asked)
        filled[programme.lead] += _OF_A_PROGRAMME - missing + there
    for worksheet in pack.worksheets:
        if worksheet.scope != "agency" or worksheet.binding:
            continue
        for each in reading.in_worksheet(worksheet):
            if each.field.required and isinstance(each.spot, CellSpot):
                required[each.spot.agency] += 1
                filled[each.spot.agency] += _filled(each, reading.source)
    return tuple(
        Part("agency", agency.id, LocalText(dict(agency.name.values)), filled[agency.id], required[agency.id])
        for agency in plan.agencies
    )


def by_person(plan: Plan, pack: Pack, measured: PlanProgress) -> tuple[Part, ...]:
    """Each person's own part: the dimension they answer for, else the part of their agency.

    People who have neither are left out: nothing in the plan waits for them in particular.
    """
    agencies = {part.ref: part for part in by_agency(plan, pack)}
    out = []
    for person in plan.people:
        part = measured.of("dimension", person.dimension) if person.dimension else None
        part = part or agencies.get(person.agency)
        if part is not None and part.required:
            name = LocalText({"id": person.name or person.office.read("id") or "?"})
            out.append(Part("person", person.id, name, part.filled, part.required))
    return tuple(out)


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
    return [ref] if foreword_with(pack, ref) is not None else []


def _sum(kind: PartKind, ref: str, title: LocalText, parts: Iterable[Part | None]) -> Part:
    known = {(part.kind, part.ref): part for part in parts if part is not None}.values()
    return Part(kind, ref, title, sum(part.filled for part in known), sum(part.required for part in known))
