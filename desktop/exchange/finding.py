"""Words found in every text of a plan: chapters, forms, worksheets, rows.

Only what people write is looked through; what is picked from a list, and the guideline's own words, are not.
A text that has no language (a name, the number of a decree) is looked through whatever language is asked for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, RancangError, richtext
from desktop.base.richtext import Block, Run
from desktop.checks.reading import Reading, reading_of
from desktop.checks.spots import AGENCIES, EVIDENCE, PROFILE, ChapterSpot, named
from desktop.exchange.ground_texts import ground_texts
from desktop.guideline.pack import Pack, PageRef, Policy
from desktop.workspace.plan import Place, Plan, Text

if TYPE_CHECKING:
    pass

CONTEXT = 48
"""Letters shown before and after what was found."""
_WRITTEN = frozenset({"text", "long_text", "rich_text"})


class BadPattern(RancangError):
    """The pattern cannot be read, or finds nothing but emptiness."""

    def __init__(self, pattern: str) -> None:
        super().__init__(Message("exchange.find.bad_pattern", pattern=pattern))


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; no ``languages`` means all; ``pattern``: the words are a regular expression."""

    words: str
    case: bool = False
    whole: bool = False
    pattern: bool = False
    languages: frozenset[str] = frozenset()

    def compiled(self) -> re.Pattern[str]:
        """The expression that finds it. Raises :class:`BadPattern`."""
        return _compiled(self.words, self.case, self.whole, self.pattern)


@lru_cache(maxsize=16)
def _compiled(words: str, case: bool, whole: bool, pattern: bool) -> re.Pattern[str]:  # noqa: FBT001 - cached
    source = words if pattern else r"\s+".join(map(re.escape, words.split(" ")))
    if whole:
        source = rf"(?<!\w)(?:{source})(?!\w)"
    try:
        made = re.compile(source, 0 if case else re.IGNORECASE)
    except re.error as error:
        raise BadPattern(words) from error
    if not words or made.match("") is not None:
        raise BadPattern(words)
    return made


@dataclass(frozen=True, slots=True)
class Source:
    """One text of the plan in one language: where it is, what it is called, how it is written."""

    place: Place
    where: Message | LocalText
    page: PageRef
    text: Text
    rich: bool = False
    policy: Policy = "text"

    @property
    def language(self) -> str:
        """The language it is in; empty for a text that has none."""
        return self.place.language

    @property
    def value(self) -> str:
        """What is written."""
        return self.text.values.get(self.language, "")


@dataclass(frozen=True, slots=True)
class Hit:
    """One occurrence: the text it is in, which one of that text (from 0), and what stands around it."""

    source: Source
    number: int
    before: str
    found: str
    after: str

    @property
    def key(self) -> tuple[Place, int]:
        """By which a person chooses it."""
        return self.source.place, self.number


def sources(plan: Plan, pack: Pack) -> Iterator[Source]:
    """Every text people have written, page by page in the journey's order."""
    yield from _each(plan.title, Place("plan", field="title"), Message("exchange.find.title"), PROFILE)
    reading = reading_of(plan, pack)
    yield from _without_language(reading)
    for written in reading.written:
        rich = isinstance(written.spot, ChapterSpot)
        policy: Policy = "text"
        if written.field is not None:
            rich = written.field.type == "rich_text"
            policy = written.field.policy
        for language in written.text.values:
            spot = written.spot
            yield Source(spot.place(language), spot.where(), spot.page, written.text, rich, policy)
    for file in plan.evidence:
        place = Place("evidence", file.id, "caption")
        where = Message("exchange.find.caption", file=file.name)
        yield from _each(file.caption, place, where, EVIDENCE)
    for each in ground_texts(plan):
        yield Source(each.place, each.where, each.page, each.text)


def _without_language(reading: Reading) -> Iterator[Source]:
    for asked in reading.asked:
        field, value, spot = asked.field, asked.value, asked.spot
        if field.type in _WRITTEN and not field.bilingual and isinstance(value, str) and value:
            rich = field.type == "rich_text"
            yield Source(spot.place(), spot.where(), spot.page, Text({"": value}), rich, field.policy)


def _each(text: Text, place: Place, where: Message, page: PageRef) -> Iterator[Source]:
    for language, value in text.values.items():
        if value:
            yield Source(replace(place, language=language), where, page, text)


# -- finding ----------------------------------------------------------------------------------------
def search(plan: Plan, pack: Pack, query: Query) -> Iterator[tuple[Hit, ...]]:
    """The occurrences text by text, so that a window can answer in between. Raises :class:`BadPattern`."""
    expression = query.compiled()
    for source in sources(plan, pack):
        if not (query.languages and source.language) or source.language in query.languages:
            yield tuple(_hits(source, expression))


def find(plan: Plan, pack: Pack, query: Query) -> list[Hit]:
    """All occurrences at once. Raises :class:`BadPattern`."""
    return [hit for hits in search(plan, pack, query) for hit in hits]


def _hits(source: Source, expression: re.Pattern[str]) -> Iterator[Hit]:
    value = source.value
    if source.rich and not expression.search(_stripped(value)):
        return
    number = 0
    for line in _lines(value, rich=source.rich):
        for found in expression.finditer(line):
            start, end = found.span()
            yield Hit(source, number, _tail(line[:start]), found.group(), _head(line[end:]))
            number += 1


_BREAKS = re.compile(r"</td>|<br/>")
_TAGS = re.compile(r"<[^<>]*>")


def _stripped(value: str) -> str:
    """A rich text's letters, quickly: may find too much, never too little."""
    return html.unescape(_TAGS.sub("", _BREAKS.sub("\n", value)))


def _lines(value: str, *, rich: bool) -> Iterator[str]:
    if not rich:
        yield value
        return
    for block in richtext.parse(value):
        for runs in _parts(block):
            yield "".join(run.text for run in runs)


def _parts(block: Block) -> Iterator[tuple[Run, ...]]:
    if block.rows:
        yield from (cell for row in block.rows for cell in row)
    else:
        yield block.runs


def _tail(text: str) -> str:
    text = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    return text if len(text) <= CONTEXT else "…" + text[-CONTEXT:].partition(" ")[2]


def _head(text: str) -> str:
    text = (" " if text[:1].isspace() else "") + " ".join(text.split())
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + "…"


def by_page(hits: Collection[Hit]) -> Mapping[tuple[str, str], list[Hit]]:
    """Occurrences grouped by the page they are on, in order."""
    grouped: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        grouped.setdefault((hit.source.page.page, hit.source.page.ref), []).append(hit)
    return grouped


def page_title(plan: Plan, pack: Pack, page: str, ref: str) -> LocalText | Message | str:
    """What a page is called to whom it is listed."""
    from desktop.guideline import Guideline

    guide = Guideline(pack)
    match page:
        case "chapter":
            chapter = guide.chapter(ref)
            return chapter.title if chapter else ref
        case "form" | "worksheet":
            return guide.title_of(ref)
        case "programmes":
            found = next((each for each in plan.programmes if each.id == ref), None)
            title = named(found.title) if found else ref
            return title if isinstance(title, LocalText | Message | str) else ref
        case _:
            return _PAGES.get(page, Message("exchange.find.profile"))


_PAGES: dict[str, Message] = {
    EVIDENCE.page: Message("exchange.find.evidence"),
    AGENCIES.page: Message("exchange.find.agencies"),
    "figures": Message("exchange.find.figures"),
    "decrees": Message("exchange.find.decrees"),
    "bodies": Message("exchange.find.bodies"),
    "sessions": Message("exchange.find.sessions"),
    "stakeholders": Message("exchange.find.stakeholders"),
    "inputs": Message("exchange.find.inputs"),
}
"""What the pages of rows are called; texts of the plan itself stand in its profile."""
