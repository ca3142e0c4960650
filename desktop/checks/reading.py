"""A plan read against its guideline: what every check needs, worked out once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from desktop.base import LocalText, clock
from desktop.checks.bound import registers
from desktop.checks.offers import Offer, offers
from desktop.checks.spots import (
    BoundSpot,
    CellSpot,
    ChapterSpot,
    FormSpot,
    IndicatorSpot,
    PartSpot,
    ProgrammeAnswerSpot,
    ProgrammeSpot,
    Spot,
)
from desktop.checks.words import says_nothing
from desktop.guideline.foreword import foreword
from desktop.guideline.pack import Book, Chapter, Dimension, Field, Form, Funding, Pack, Worksheet
from desktop.workspace.computed import cell_of
from desktop.workspace.plan import Agency, Place, Plan, Programme, Row, Text, Value

PROGRAMME_TEXTS = ("title", "service", "before", "after", "served", "technology")
"""The bilingual texts every programme has."""

_CHOSEN = frozenset(
    {"choice", "choices", "dimension", "sub_dimension", "agency", "person", "programme", "row"}
)


class Asked(NamedTuple):
    """A field the guideline asks for, with what stands there."""

    spot: Spot
    field: Field
    value: Value
    text: Text

    def answered(self, language: str) -> bool:
        """Whether something is there that says anything; texts in the given language."""
        if self.field.bilingual:
            return not says_nothing(self.text.values.get(language, ""))
        return self.value not in (None, "", ()) if self.chosen else has_value(self.value)

    @property
    def chosen(self) -> bool:
        """Whether the answer is picked from a list, not written: the choice "none" is a full answer."""
        return self.field.type in _CHOSEN

    @property
    def material(self) -> bool:
        """Whether it is what an agency says to a row of the guideline, which the region answers itself."""
        return isinstance(self.spot, CellSpot) and bool(self.spot.agency and self.spot.fixed)

    @property
    def is_aspect(self) -> bool:
        """Whether it is an aspect of a quick win."""
        return isinstance(self.spot, ProgrammeAnswerSpot) and self.spot.item.startswith("quick_win.")

    def place(self, language: str) -> Place:
        """The register that an answer in the given language belongs into."""
        return self.spot.place(language if self.field.bilingual else "")


class Written(NamedTuple):
    """A text somebody wrote, with the field that asked for it (None: a field every plan has)."""

    spot: Spot
    text: Text
    field: Field | None
    chapter: Chapter | None = None

    @property
    def min_words(self) -> int:
        """How many words the guideline wants at least; 0 = it does not say."""
        part = self.chapter or self.field
        return part.min_words if part else 0

    @property
    def max_words(self) -> int:
        """How many words the guideline wants at most; 0 = it does not say."""
        return self.field.max_words if self.field else 0

    @property
    def standard(self) -> LocalText:
        """Wording the guideline offers to be taken over as it is."""
        part = self.chapter or self.field
        return part.standard if part else LocalText()

    @property
    def guidance(self) -> tuple[LocalText, ...]:
        """What the guideline itself writes about the field, and nobody should hand in as an answer."""
        if self.chapter:
            return (self.chapter.guidance,)
        return (self.field.help, self.field.why, self.field.example) if self.field else ()


def has_value(value: Value) -> bool:
    """Whether a value other than a bilingual text is an answer: "no" and 0 are, blanks and dashes are not."""
    if isinstance(value, str):
        return not says_nothing(value)
    return value is not None and value != ()


class Reading:
    """One plan and its guideline, with the look-ups that checks share; worked out when first asked for."""

    def __init__(self, plan: Plan, pack: Pack, today: dt.date | None = None) -> None:
        """``today`` is the day that terms and validity are read on; none is the present day."""
        self.plan = plan
        self.pack = pack
        self.today = today or clock.today(plan.region.code)

    @property
    def source(self) -> str:
        """The language the team writes first."""
        return self.plan.source_language or "id"

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """Dimensions by id."""
        return {dimension.id: dimension for dimension in self.pack.dimensions}

    @cached_property
    def funding(self) -> Mapping[str, Funding]:
        """Sources of money by id."""
        return {source.id: source for source in self.pack.planning.funding}

    @cached_property
    def agencies(self) -> Mapping[str, Agency]:
        """Agencies by id."""
        return {agency.id: agency for agency in self.plan.agencies}

    @cached_property
    def programmes(self) -> Mapping[str, Programme]:
        """Programmes by id."""
        return {programme.id: programme for programme in self.plan.programmes}

    @cached_property
    def worksheets(self) -> Mapping[str, Worksheet]:
        """Worksheets by id."""
        return {worksheet.id: worksheet for worksheet in self.pack.worksheets}

    @cached_property
    def chapters(self) -> tuple[ChapterSpot, ...]:
        """Every chapter of every book that has a text of its own, in printed order, each id once.

        A book's foreword comes before its chapters.
        """

        def walk(chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
            for chapter in chapters:
                yield chapter
                yield from walk(chapter.chapters)

        def printed(book: Book) -> Iterator[Chapter]:
            before = foreword(book)
            yield from () if before is None else (before,)
            yield from walk(book.chapters)

        spots = {
            chapter.id: ChapterSpot(book, chapter)
            for book in reversed(self.pack.books)
            for chapter in printed(book)
            if chapter.written
        }
        order = {chapter.id: None for book in self.pack.books for chapter in printed(book)}
        return tuple(spots[id] for id in order if id in spots)  # noqa: A001 - the field's own word

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Forms by id."""
        return {form.id: form for form in self.pack.forms}

    def find(self, item: str) -> Asked | None:
        """The form field or chapter that an item id names, with what stands there; None if there is none."""
        for form in self.pack.forms:
            for asked in self.in_form(form):
                if asked.spot.place().item == item:
                    return asked
        for spot in self.chapters:
            if spot.place().item == item:
                field = Field(id=spot.chapter.id, label=spot.chapter.title, type="rich_text")
                return Asked(spot, field, None, self.plan.answer(item).text)
        return None

    def rows(self, worksheet: Worksheet) -> tuple[Row, ...]:
        """The rows of a worksheet, in order."""
        return self.plan.rows.get(worksheet.id, ())

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """What the plan already says elsewhere, by item of a form."""
        return offers(self.plan, self.pack, self.today)

    def plan_says(self, item: str) -> bool:
        """Whether somebody answered an item of a form themselves, whatever stands elsewhere."""
        form = next((each for each in self.pack.forms if item.startswith(f"{each.id}.")), None)
        field = next((each for each in form.fields if f"{form.id}.{each.id}" == item), None) if form else None
        if form is None or field is None:
            return False
        answer = self.plan.answer(item)
        return Asked(FormSpot(form, field), field, answer.value, answer.text).answered(self.source)

    def in_form(self, form: Form) -> Iterator[Asked]:
        """Every field of a form; what nobody answered there and stands elsewhere is answered."""
        for field in form.fields:
            answer = self.plan.answer(f"{form.id}.{field.id}")
            asked = Asked(FormSpot(form, field), field, answer.value, answer.text)
            offer = self.offers.get(f"{form.id}.{field.id}")
            if offer is not None and not asked.answered(self.source):
                asked = asked._replace(value=offer.value, text=offer.text)
            yield asked

    def in_worksheet(self, worksheet: Worksheet) -> Iterator[Asked]:
        """Every cell of a worksheet: of the rows it shows, or of its own (written, then untouched)."""
        if worksheet.binding:
            for register in registers(self.plan, self.pack, worksheet):
                yield Asked(register.spot, register.field, register.value, register.text)
            return
        fixed = {row.id: row for row in worksheet.fixed_rows}
        touched = {(row.agency, row.fixed) for row in self.rows(worksheet)}
        numbers: Counter[str] = Counter()
        for row in self.rows(worksheet):
            numbers[row.agency] += 1
            for column in worksheet.columns:
                cell = cell_of(column, row)
                spot = CellSpot(worksheet, row, fixed.get(row.fixed), row.agency, numbers[row.agency], column)
                yield Asked(spot, column, cell.value, cell.text)
        # The region answers every row of the guideline; agencies answer those they have something to say on.
        for item in worksheet.fixed_rows:
            if ("", item.id) not in touched:
                for column in worksheet.columns:
                    yield Asked(CellSpot(worksheet, None, item, "", 0, column), column, None, Text())

    def in_programme(self, programme: Programme) -> Iterator[Asked]:
        """The fields the guideline adds to a programme."""
        for field in self.pack.planning.extra_fields:
            yield self._scoped(programme, f"programme.{field.id}", field)

    def in_quick_win(self, programme: Programme) -> Iterator[Asked]:
        """The aspects a quick win is judged by."""
        quick_win = self.pack.planning.quick_win
        if quick_win and programme.quick_win:
            for field in quick_win.aspects:
                yield self._scoped(programme, f"quick_win.{field.id}", field)

    def _scoped(self, programme: Programme, item: str, field: Field) -> Asked:
        answer = self.plan.answer(item, programme.id)
        return Asked(ProgrammeAnswerSpot(programme, item, field), field, answer.value, answer.text)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Every field of every form, worksheet and programme that the guideline declares."""
        return tuple(
            [field for form in self.pack.forms for field in self.in_form(form)]
            + [field for worksheet in self.pack.worksheets for field in self.in_worksheet(worksheet)]
            + [field for programme in self.plan.programmes for field in self.in_programme(programme)]
            + [field for programme in self.plan.programmes for field in self.in_quick_win(programme)]
        )

    @cached_property
    def written(self) -> tuple[Written, ...]:
        """Every bilingual text of the plan in which something is written, in any language."""
        # The own texts of programmes, activities and risks follow below, whatever sheet shows them.
        texts = [
            Written(asked.spot, asked.text, asked.field)
            for asked in self.asked
            if asked.text.values and not (isinstance(asked.spot, BoundSpot) and not asked.spot.item)
        ]
        for spot in self.chapters:
            text = self.plan.answer(f"chapter.{spot.chapter.id}").text
            texts.append(Written(spot, text, None, spot.chapter))
        for programme in self.plan.programmes:
            texts += [
                Written(ProgrammeSpot(programme, name), getattr(programme, name), None)
                for name in PROGRAMME_TEXTS
            ]
            texts += [
                Written(IndicatorSpot(programme, indicator), indicator.name, None)
                for indicator in programme.indicators
            ]
            texts += [
                Written(PartSpot(programme, "activity", activity.id, activity.title, name), text, None)
                for activity in programme.activities
                for name, text in (("title", activity.title), ("output", activity.output))
            ]
            texts += [
                Written(PartSpot(programme, "sub_activity", sub.id, sub.title, name), text, None)
                for activity in programme.activities
                for sub in activity.sub_activities
                for name, text in (("title", sub.title), ("output", sub.output))
            ]
            texts += [
                Written(PartSpot(programme, "risk", risk.id, risk.title, name), text, None)
                for risk in programme.risks
                for name, text in (("title", risk.title), ("mitigation", risk.mitigation))
            ]
        return tuple(entry for entry in texts if entry.text)

    @cached_property
    def _claims(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_claim_key(claim) for file in self.plan.evidence for claim in file.claims)

    def has_evidence(self, place: Place) -> bool:
        """Whether a file supports the claim at this place, the row it stands in, or what it is taken from."""
        whole_row = Place("row" if place.table == "cell" else place.table, place.row)
        candidates = [place, whole_row]
        offer = self.offers.get(place.item) if place.table == "answer" and not place.scope else None
        if offer is not None:
            candidates += [offer.place, Place(offer.place.table, offer.place.row)]
        return not self._claims.isdisjoint(_claim_key(candidate) for candidate in candidates)


_last: tuple[Reading, ...] = ()


def reading_of(plan: Plan, pack: Pack) -> Reading:
    """The reading of this very picture of the plan.

    A picture never changes, so the last reading is kept: checks, progress and lists of evidence ask for
    the same one after each edit, and making it anew takes as long as all checks together.
    """
    global _last  # noqa: PLW0603 - a cache of one
    for known in _last:
        if known.plan is plan and known.pack is pack:
            return known
    made = Reading(plan, pack)
    _last = (made,)
    return made


def _claim_key(place: Place) -> tuple[str, ...]:
    """A claim is about a field, whatever its language; answers are known by item and scope."""
    if place.table == "answer":
        return place.table, place.item, place.scope
    return place.table, place.row, place.field
