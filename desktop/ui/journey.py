"""The journey as the guideline declares it: stages, their pages, and where a field is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from desktop.base import LocalText, Message
from desktop.guideline.foreword import foreword, foreword_with, forewords
from desktop.guideline.lookup import Guideline
from desktop.guideline.pack import Book, Chapter, Pack
from desktop.ui.pages.directory import KINDS
from desktop.ui.roles import REVIEWERS, Role
from desktop.workspace.plan import Plan

HEARING = ("stakeholders", "inputs")
CLOSING = ("evidence", "checks", "books", "package")
"""Pages every journey needs, whether or not the pack's stages name them."""
REVIEW = "review"
"""The page a reviewer's document opens with."""
FIRST = "home"
"""The page a document opens with."""
OWN = "mine"
"""The page an agency's document opens with: its own part, which is all that its window shows."""
FIRST_OF_ALL = (REVIEW, OWN, FIRST, "duties")
"""Before the stages: pages about the work as a whole."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the journey: a kind of page and, where there are several, which one."""

    page: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """A stage of the journey with its stops in order."""

    title: LocalText | Message
    stops: tuple[Stop, ...]


class Journey:
    """Stages and stops of one guideline, with everything needed to find a way through them."""

    def __init__(self, pack: Pack, role: Role = Role.SECRETARY) -> None:
        self._pack = pack
        self.role = role
        self._guide = Guideline(pack)

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The pack's stages, then what every journey needs and the pack left out, all that this role sees."""
        legs = [
            Leg(
                stage.title,
                tuple(self._with_forewords(Stop(page.page, page.ref) for page in stage.pages)),
            )
            for stage in self._pack.stages
        ]
        named_stops = frozenset(stop for leg in legs for stop in leg.stops)
        named = {stop.page for stop in named_stops}
        first = tuple(Stop(page) for page in ("profile", "agencies", "programmes") if page not in named)
        if first:
            legs.insert(0, Leg(Message("ui.journey.basics"), first))
        rest = tuple(self._unnamed(named_stops))
        if rest:
            legs.append(Leg(Message("ui.journey.rest"), rest))
        sessions = ("sessions",) if self._pack.sessions else ()
        last = tuple(Stop(page) for page in (*sessions, *HEARING, *CLOSING) if page not in named)
        if last:
            legs.append(Leg(Message("ui.journey.result"), last))
        legs.insert(0, Leg(LocalText(), tuple(Stop(page) for page in self._first)))
        if "roadmap" not in named:
            legs = [Leg(leg.title, tuple(_drawn(leg.stops))) for leg in legs]
        seen = (Leg(leg.title, tuple(filter(self.sees, leg.stops))) for leg in legs)
        return tuple(leg for leg in seen if leg.stops)

    @property
    def _first(self) -> tuple[str, ...]:
        """Before the stages; what was said is at hand for those who say it."""
        return (REVIEW, "comments", FIRST) if self.role in REVIEWERS else FIRST_OF_ALL

    def _with_forewords(self, stops: Iterable[Stop]) -> Iterator[Stop]:
        """The stops of a stage; before a book's first chapter the foreword, which no pack needs to name."""
        before = {book.chapters[0].id: chapter.id for book, chapter in forewords(self._pack) if book.chapters}
        for stop in stops:
            if stop.page == "chapter" and stop.ref in before:
                yield Stop("chapter", before[stop.ref])
            yield stop

    def _unnamed(self, named: frozenset[Stop]) -> Iterator[Stop]:
        """What the guideline asks and no stage names: nothing it wants filled in is out of reach."""
        for form in self._pack.forms:
            if Stop("form", form.id) not in named:
                yield Stop("form", form.id)
        for sheet in self._pack.worksheets:
            if Stop("worksheet", sheet.id) not in named:
                yield Stop("worksheet", sheet.id)
        reached = {each.id for stop in named if stop.page == "chapter" for each in self.within(stop.ref)}
        for book in self._pack.books:
            for chapter in _printed(book):
                if any(each.written and each.id not in reached for each in _walk((chapter,))):
                    yield Stop("chapter", chapter.id)

    def sees(self, stop: Stop) -> bool:
        """Whether this role's window has the page."""
        return stop.page in KINDS and self.role in KINDS[stop.page].roles

    @cached_property
    def advanced(self) -> Leg:
        """What is rarely needed (*Lanjutan*)."""
        rare = tuple(Stop(kind.id) for kind in KINDS.values() if kind.rare and kind.id not in self._first)
        return Leg(Message("ui.journey.advanced"), tuple(filter(self.sees, rare)))

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Every stop of the pack's way, in order."""
        return tuple(stop for leg in self.legs for stop in leg.stops)

    def title(self, stop: Stop) -> LocalText | Message:
        """What a stop is called."""
        match stop.page:
            case "form":
                return next((form.title for form in self._pack.forms if form.id == stop.ref), LocalText())
            case "worksheet":
                return next(
                    (each.title for each in self._pack.worksheets if each.id == stop.ref), LocalText()
                )
            case "chapter":
                return self._chapter_title(stop.ref)
            case _:
                return KINDS[stop.page].title or LocalText()

    def _chapter_title(self, ref: str) -> LocalText | Message:
        before = foreword_with(self._pack, ref)
        if before is not None:
            return Message("checks.page.foreword", title=before[1].title, book=before[0].title)
        for book in self._pack.books:
            if book.id == ref:
                return book.title
        for book in self._pack.books:
            for numbered in self._guide.chapters(book):
                if numbered.chapter.id == ref:
                    number = f"{book.code}.{numbered.number}"
                    return Message("ui.journey.chapter", number=number, title=numbered.chapter.title)
        return LocalText()

    def leg_of(self, stop: Stop) -> Leg | None:
        """The stage a stop belongs to."""
        return next((leg for leg in (*self.legs, self.advanced) if stop in leg.stops), None)

    def after(self, stop: Stop) -> Stop | None:
        """The next stop of the way."""
        stops = self.stops
        place = stops.index(stop) if stop in stops else -1
        return stops[place + 1] if place + 1 < len(stops) else None

    def before(self, stop: Stop) -> Stop | None:
        """The stop before it on the way."""
        stops = self.stops
        place = stops.index(stop) if stop in stops else 0
        return stops[place - 1] if place else None

    def home_of(self, page: str, ref: str) -> Stop:
        """The stop that shows what a finding points at: a chapter's is the one that holds it."""
        if page in KINDS and KINDS[page].title is not None:
            return Stop(page)  # one page; ``ref`` is something on it
        exact = Stop(page, ref)
        if page != "chapter" or exact in self.stops:
            return exact
        for stop in self.stops:
            if stop.page == "chapter" and any(each.id == ref for each in self.within(stop.ref)):
                return stop
        return exact

    def chapters(self) -> Iterator[Chapter]:
        """Every chapter of every book, depth first."""
        for book in self._pack.books:
            yield from _walk(_printed(book))

    def untouched(self, stop: Stop, plan: Plan) -> bool:
        """Whether nobody has filled in anything on a page yet."""
        match stop.page:
            case "form":
                mine = f"{stop.ref}."
                return not any(
                    each.item.startswith(mine) and (each.value is not None or each.text)
                    for each in plan.answers.values()
                )
            case "worksheet":
                sheet = next((each for each in self._pack.worksheets if each.id == stop.ref), None)
                return sheet is not None and not sheet.binding and not plan.rows.get(stop.ref)
            case "chapter":
                texts = [each for each in self.within(stop.ref) if each.written]
                return bool(texts) and not any(plan.answer(f"chapter.{each.id}").text for each in texts)
            case "agencies":
                return not plan.agencies and not plan.people
            case "figures" | "bodies" | "decrees" | "evidence" | "stakeholders" | "inputs" as name:
                return not getattr(plan, name)
        return False

    def within(self, ref: str) -> tuple[Chapter, ...]:
        """The chapters a stop shows: all of a book, or a chapter with what is below it."""
        for book in self._pack.books:
            if book.id == ref:
                return tuple(_walk(_printed(book)))
        found = next((chapter for chapter in self.chapters() if chapter.id == ref), None)
        return (found, *_walk(found.chapters)) if found else ()


def _drawn(stops: tuple[Stop, ...]) -> Iterator[Stop]:
    """The stops of a stage; after the programmes their roadmap, which no pack needs to name."""
    for stop in stops:
        yield stop
        if stop.page == "programmes":
            yield Stop("roadmap")


def _printed(book: Book) -> tuple[Chapter, ...]:
    """The chapters of a book, after its foreword."""
    before = foreword(book)
    return book.chapters if before is None else (before, *book.chapters)


def _walk(chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _walk(chapter.chapters)


def describe(plan: Plan) -> str:
    """Region and years in one line, as it stands under the program's name."""
    return f"{plan.region.name} {plan.first_year}\N{EN DASH}{plan.last_year}"
