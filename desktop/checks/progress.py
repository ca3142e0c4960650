"""How far is the team? Filled and required fields of every form, worksheet, chapter and dimension."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.base import LocalText
from desktop.checks.completeness import filled_rows
from desktop.checks.programmes import missing_fields
from desktop.checks.reading import Asked, Reading
from desktop.checks.words import plain, says_nothing, word_count
from desktop.guideline.pack import Dimension, Pack
from desktop.workspace.plan import Plan

PartKind = Literal["form", "worksheet", "chapter", "dimension"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the work: how many of its required fields are filled."""

    kind: PartKind
    ref: str
    """The id of the form, worksheet, chapter or dimension."""
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
    reading = Reading(plan, pack)
    parts = [_fields("form", form.id, form.title, reading.in_form(form), reading) for form in pack.forms]
    for worksheet in pack.worksheets:
        cells = _fields("worksheet", worksheet.id, worksheet.title, reading.in_worksheet(worksheet), reading)
        rows = min(filled_rows(reading, worksheet), worksheet.min_rows)
        parts.append(
            Part(
                "worksheet", cells.ref, cells.title, cells.filled + rows, cells.required + worksheet.min_rows
            )
        )
    parts += _chapters(reading)
    parts += [_dimension(reading, dimension) for dimension in pack.dimensions]
    return PlanProgress(tuple(parts))


def _fields(kind: PartKind, ref: str, title: LocalText, fields: Iterable[Asked], reading: Reading) -> Part:
    required = [asked for asked in fields if asked.field.required]
    filled = sum(asked.answered(reading.source) for asked in required)
    return Part(kind, ref, title, filled, len(required))


def _chapters(reading: Reading) -> list[Part]:
    parts = []
    for spot in reading.chapters:
        text = reading.plan.answer(f"chapter.{spot.chapter.id}").text.values.get(reading.source, "")
        written = not says_nothing(text) and word_count(plain(text)) >= spot.chapter.min_words
        required = int(spot.chapter.required)
        parts.append(Part("chapter", spot.chapter.id, spot.chapter.title, int(written) * required, required))
    return parts


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
