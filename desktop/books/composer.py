"""Builds a document element by element and gives out the numbers, the same in every language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

from desktop.base import Language, LocalText, Message, clock
from desktop.base.richtext import Run
from desktop.books.document import (
    Chart,
    Column,
    Element,
    Figure,
    Heading,
    Inline,
    Line,
    ListBlock,
    Paragraph,
    Photo,
    Row,
    Source,
    Table,
    Tag,
)
from desktop.books.resolving import References, resolved
from desktop.books.words import EMPTY, Words, listed, shortened
from desktop.checks.offers import Offer, offers
from desktop.guideline import Guideline
from desktop.guideline.conditions import Condition, conditions
from desktop.guideline.pack import Book, Field, Pack
from desktop.workspace.plan import Agency, Answer, EvidenceFile, Place, Plan, Programme

SCALES = (1_000_000, 1_000)
_UNITS = {
    1_000_000: Message("books.unit.millions"),
    1_000: Message("books.unit.thousands"),
    1: Message("books.unit.rupiah"),
}
_SHORT_UNITS = {
    1_000_000: Message("books.unit.short_millions"),
    1_000: Message("books.unit.short_thousands"),
    1: Message("books.unit.short_rupiah"),
}


class Composer:
    """What every block of a chapter writes into, and asks about plan and guideline."""

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        book: Book,
        language: Language,
        findings: Mapping[str, Message],
        *,
        draft: bool,
        agency: str = "",
        today: dt.date | None = None,
    ) -> None:
        """``agency``: whose copy it is, of a document that is printed once for each agency.

        ``today``: the day of printing, where it is not the present one.
        """
        self.plan, self.pack, self.book = plan, pack, book
        self.whose = plan.agency(agency)
        self._articles = 0
        self.guide = Guideline(pack)
        self.words = Words(language, plan.source_language)
        self.findings = findings
        self.draft = draft
        self.today = today or clock.today(plan.region.code)
        """The day of printing: who holds an office, and what is in force."""
        self.elements: list[Element] = []
        self.front = 0
        """So many elements from the first are read before the contents."""
        self.source: Source | None = None
        """Where what is written now comes from."""
        self.on_screen = False
        """Whether texts that are still empty get a place where they can be written."""
        self._tables = self._figures = 0
        self._chapter = ""
        self._level = 1
        self._own_parts: list[int] | None = []

    # ---------------------------------------------------------------------------------- headings

    def chapter(self, number: str, level: int, title: LocalText, target: str, *, has_sections: bool) -> None:
        """Open a chapter or section of the guideline."""
        self._chapter, self._level = number, level
        # Sections of the guideline keep their numbers; a block's own headings are numbered only where
        # they cannot clash with those.
        self._own_parts = None if has_sections else []
        tags = self.words.local_foreign(title)
        self.add(Heading(level, number, shortened(self.words.local(title)), target, tags))

    def heading(self, text: str, depth: int = 1, *, target: str = "", tags: tuple[Tag, ...] = ()) -> None:
        """A heading within the present chapter, ``depth`` levels below the chapter's own."""
        self.add(Heading(self._level + depth, self._part(depth), shortened(text), target, tags))

    def article(self, title: str, target: str = "", tags: tuple[Tag, ...] = ()) -> None:
        """Open the next article (*pasal*) of a memorandum; they are counted through."""
        self._articles += 1
        self._own_parts, self._level = None, 1
        number = str(self._articles)
        said = Message("books.article.titled", number=number, title=shortened(title))
        text = self.words.say(said if title else Message("books.article", number=number))
        self.add(Heading(1, "", text, target, tags))

    def unnumbered(self, title: str, target: str = "") -> None:
        """Open a part of a letter, or a part beside the chapters, that has a name and no number."""
        self._own_parts, self._level = None, 1
        self.add(Heading(1, "", shortened(title), target))

    def _part(self, depth: int) -> str:
        parts = self._own_parts
        if parts is None:
            return ""
        del parts[depth:]
        parts.extend([0] * (depth - len(parts)))
        parts[depth - 1] += 1
        return ".".join([self._chapter, *map(str, parts)])

    # ---------------------------------------------------------------------------------- elements

    def add(self, element: Element) -> None:
        """Any other element."""
        if self.source is not None and isinstance(element, Heading | Paragraph | ListBlock | Table | Figure):
            element = element if element.source is not None else replace(element, source=self.source)
        self.elements.append(element)

    @contextmanager
    def at(self, place: Place) -> Iterator[None]:
        """What is written inside is the text of one field of the present page."""
        before = self.source
        self.source = self.field(place)
        yield
        self.source = before

    def field(self, place: Place, fixed: str = "") -> Source:
        """A field of the present page as a source."""
        here = self.source or Source("")
        return Source(here.page, here.ref, place, fixed)

    def paragraph(self, *parts: Inline, example: bool = False) -> None:
        """Running text."""
        self.add(Paragraph(parts, example=example))

    def note(self, message: Message) -> None:
        """A remark of the book itself, in small type."""
        self.add(Paragraph((Run(self.words.say(message)),), "note"))

    def minor(self, text: str, *tags: Tag) -> None:
        """A small heading that is neither numbered nor in the contents."""
        self.add(Paragraph((Run(shortened(text)), *tags), "minor_heading"))

    def table(
        self,
        caption: str,
        columns: Sequence[Column],
        rows: Sequence[Row],
        *,
        target: str = "",
        note: Line = (),
    ) -> None:
        """A numbered table; nothing happens when it has no rows."""
        if not rows:
            return
        self._tables += 1
        self.add(
            Table(self._tables, shortened(caption), tuple(columns), tuple(rows), target=target, note=note)
        )

    def facts(self, facts: Iterable[tuple[str, Line] | tuple[str, Line, Place]]) -> None:
        """A fact sheet: what at the left, how it is at the right; facts that say nothing are left out.

        A third part names the field behind a fact.
        """
        rows = tuple(
            Row(((Run(label),), line), sources=(None, self.field(place[0])) if place else ())
            for label, line, *place in facts
            if line and (line != (Run(EMPTY),) or (place and self.on_screen))
        )
        if rows:
            columns = (Column("", width=0.9, strong=True), Column("", width=2.6))
            self.add(Table(0, "", columns, rows, plain=True))

    def figure(self, caption: str, chart: Chart | Photo, *, target: str = "", description: str = "") -> None:
        """A numbered figure: a chart, or a photo among the evidence."""
        self._figures += 1
        self.add(Figure(self._figures, shortened(caption), chart, target, description))

    # -------------------------------------------------------------------------------- plan, asked

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Condition, ...]]:
        """When questions are asked that are not asked of everybody, by item."""
        return conditions(self.pack)

    @cached_property
    def _agencies(self) -> dict[str, Agency]:
        return {agency.id: agency for agency in self.plan.agencies}

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        """All programmes: by dimension and sub-dimension as the guideline orders them, then as sorted.

        In an agency's copy its own: those it leads or supports.
        """
        dimensions = {dimension.id: place for place, dimension in enumerate(self.pack.dimensions)}
        subs = {sub.id: place for d in self.pack.dimensions for place, sub in enumerate(d.sub_dimensions)}
        last = len(dimensions) + len(subs)
        there = self.plan.programmes
        if self.pack.planning.quick_win is None:
            # a mark from an earlier guideline is kept, but this one knows no quick wins
            there = tuple(replace(each, quick_win=False) if each.quick_win else each for each in there)
        return tuple(
            sorted(
                filter(self._concerns, there),
                key=lambda p: (
                    dimensions.get(p.dimension, last),
                    subs.get(p.sub_dimension, last),
                    p.order,
                    p.id,
                ),
            )
        )

    def _concerns(self, programme: Programme) -> bool:
        whose = self.whose
        return whose is None or whose.id in {programme.lead, *programme.supporting}

    def by_dimension(self, only: str = "") -> list[tuple[str, str, tuple[Programme, ...]]]:
        """Dimension id, its name and its programmes, in order; those without a known dimension come last."""
        found = [(d.id, self.words.local(d.name), self._in(d.id)) for d in self.pack.dimensions]
        known = {d.id for d in self.pack.dimensions}
        rest = tuple(p for p in self.programmes if p.dimension not in known)
        if rest:
            found.append(("", self.words.say(Message("books.programme.no_dimension")), rest))
        return [entry for entry in found if not only or entry[0] == only]

    def _in(self, dimension: str) -> tuple[Programme, ...]:
        return tuple(p for p in self.programmes if p.dimension == dimension)

    @cached_property
    def scale(self) -> int:
        """By what whole rupiah are divided in tables, so that nothing is lost: a million, a thousand or 1."""
        amounts = [amount for each in self.plan.programmes for amount in stated_amounts(each)]
        return next((s for s in SCALES if amounts and all(amount % s == 0 for amount in amounts)), 1)

    @property
    def unit(self) -> Message:
        """What the figures of a table of money count: *rupiah*, *ribu rupiah*, *juta rupiah*."""
        return _UNITS[self.scale]

    @property
    def short_unit(self) -> Message:
        """The same for the head of a column: *Rp*, *Rp ribu*, *Rp juta*."""
        return _SHORT_UNITS[self.scale]

    def amount(self, value: int | None) -> str:
        """Whole rupiah as tables of money print them, in the unit that their head names; or a dash."""
        return self.words.number(None if value is None else value // self.scale)

    def agency(self, id: str, *, short: bool = False) -> str:  # noqa: A002 - the field's own word
        """What an agency is called, or a dash."""
        agency = self._agencies.get(id)
        if agency is None:
            return EMPTY
        name = self.words.text(agency.name)
        return (agency.short_name or name if short else name or agency.short_name) or EMPTY

    def agencies(self, ids: Iterable[str], *, short: bool = False) -> str:
        """Several agencies, in the order of the plan."""
        wanted = set(ids)
        return listed(self.agency(a.id, short=short) for a in self.plan.agencies if a.id in wanted)

    def programme_tags(self, programme: Programme) -> tuple[Tag, ...]:
        """What a reader must know about a programme wherever its title stands."""
        tags: list[Tag] = list(self.words.foreign(programme.title))
        if programme.origin == "example":
            tags.append(self.words.example())
        parts = {programme.id, *(line.id for line in programme.budget)}
        parts |= {activity.id for activity in programme.activities} | {risk.id for risk in programme.risks}
        for indicator in programme.indicators:
            parts |= {indicator.id, *(target.id for target in indicator.targets)}
        if parts & self._differing:
            tags.append(self.words.differing())
        return tuple(tags)

    def programme_title(self, programme: Programme) -> str:
        """The title, or the code, or a dash."""
        return self.words.text(programme.title) or programme.code or EMPTY

    def programme_line(self, programme: Programme) -> Line:
        """Title and labels, for a table."""
        return (Run(shortened(self.programme_title(programme))), *self.programme_tags(programme))

    @cached_property
    def _differing(self) -> frozenset[str]:
        return frozenset(conflict.row for conflict in self.plan.conflicts)

    def differs(self, row: str) -> bool:
        """Whether a row holds something that two people filled in differently."""
        return row in self._differing

    def answered(self, item: str, field: Field) -> Answer:
        """The answer to a question of a form: as it was given, else as the plan has it elsewhere."""
        answer = self.plan.answer(item)
        offer = self._offers.get(item)
        given = bool(answer.text) if field.bilingual else answer.value not in (None, "", ())
        return answer if offer is None or given else replace(answer, value=offer.value, text=offer.text)

    @cached_property
    def _offers(self) -> Mapping[str, Offer]:
        return offers(self.plan, self.pack, self.today)

    def evidence_tags(self, item: str, scope: str = "", row: str = "") -> tuple[Tag, ...]:
        """Labels of the evidence that supports an item or a row (*Bukti 3*)."""
        found = self._evidence_by.get((item, scope), ()) if item else ()
        if row:
            found += self._evidence_by.get(("", row), ())
        numbers = sorted({number for number, _ in found})
        return tuple(Tag(self.words.say(Message("books.evidence.short", number=str(n)))) for n in numbers)

    @cached_property
    def _evidence_by(self) -> dict[tuple[str, str], tuple[tuple[int, EvidenceFile], ...]]:
        found: dict[tuple[str, str], tuple[tuple[int, EvidenceFile], ...]] = {}
        for number, file in enumerate(self.plan.evidence, 1):
            for claim in file.claims:
                key = (claim.item, claim.scope) if claim.item else ("", claim.row)
                found[key] = (*found.get(key, ()), (number, file))
        return found

    # --------------------------------------------------------------------------------------- end

    def places(self) -> dict[str, str]:
        """What references to headings, tables and figures of this book read: kinds with their numbers."""
        return {
            e.target: self._named(e)
            for e in reversed(self.elements)
            if isinstance(e, Heading | Table | Figure) and e.target
        }

    def finished(self, beyond: Callable[[], Mapping[str, str]] = dict) -> tuple[Element, ...]:
        """All elements, with references turned into the numbers of what they lead to.

        ``beyond`` says what references read whose target stands in another book or has a name of its own
        (programmes, indicators); it is asked only where there are references.
        """
        names = References(self, self.places(), beyond)
        return tuple(resolved(element, names) for element in self.elements)

    def _named(self, element: Heading | Table | Figure) -> str:
        number = str(element.number)
        match element:
            case Table():
                return f"{self.words.say(Message('books.table'))} {number}"
            case Figure():
                return f"{self.words.say(Message('books.figure'))} {number}"
            case _ if element.number:
                return self.words.say(Message("books.ref.chapter", number=number))
            case _:
                return element.text


def stated_amounts(programme: Programme) -> Iterator[int]:
    """Every sum of money that stands anywhere about a programme."""
    for line in programme.budget:
        yield from (each for each in (line.indicative, line.ceiling, line.realised) if each is not None)
    yield from (each.amount for each in programme.ceilings if each.amount is not None)
    if programme.total_budget is not None:
        yield programme.total_budget
