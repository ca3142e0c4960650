"""Words found, and put in place of others, in every text of a plan: chapters, forms, worksheets, rows.

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
from desktop.base.ids import derived_id
from desktop.base.richtext import Block, Run
from desktop.checks.reading import Reading, reading_of
from desktop.checks.spots import AGENCIES, EVIDENCE, PROFILE, ChapterSpot, named
from desktop.exchange.ground_texts import ground_texts
from desktop.guideline.pack import Pack, PageRef, Policy
from desktop.workspace.plan import Place, Plan, Text, text_hash

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

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


# -- replacing --------------------------------------------------------------------------------------
def replaced(source: Source, query: Query, by: str, chosen: Collection[int] | None = None) -> str:
    r"""The text with the chosen occurrences (all of them for None) replaced; marks and links stay.

    ``by`` is taken as it is, unless the query is a pattern: then ``\1`` is its first group. The words of
    a reference are not changed, for they are those of what it leads to.
    """
    edit = _Edit(query.compiled(), by if query.pattern else by.replace("\\", r"\\"), chosen)
    if not source.rich:
        return edit.plain(source.value)
    blocks = []
    for block in richtext.parse(source.value):
        if block.rows:
            rows = tuple(tuple(edit.runs(cell) for cell in row) for row in block.rows)
            blocks.append(replace(block, rows=rows))
        else:
            blocks.append(replace(block, runs=edit.runs(block.runs)))
    return richtext.serialise(blocks) if edit.done else source.value


class _Edit:
    """One text on its way through: counts the occurrences, and changes those that were chosen."""

    def __init__(self, expression: re.Pattern[str], by: str, chosen: Collection[int] | None) -> None:
        self._expression, self._by, self._chosen = expression, by, chosen
        self._number = 0
        self.done = 0

    def _wanted(self, text: str) -> list[tuple[int, int, str]]:
        found = []
        for match in self._expression.finditer(text):
            if self._chosen is None or self._number in self._chosen:
                try:
                    found.append((*match.span(), match.expand(self._by)))
                except (re.error, IndexError) as error:
                    raise BadPattern(self._by) from error
            self._number += 1
        return found

    def plain(self, text: str) -> str:
        """A text without marks."""
        for start, end, new in reversed(self._wanted(text)):
            text = text[:start] + new + text[end:]
            self.done += 1
        return text

    def runs(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """Runs: what comes in stands in the style of the first letter that went."""
        for start, end, new in reversed(self._wanted("".join(run.text for run in runs))):
            changed = _spliced(runs, start, end, new)
            self.done += changed != runs
            runs = changed
        return runs


def _spliced(runs: tuple[Run, ...], start: int, end: int, new: str) -> tuple[Run, ...]:
    out: list[Run] = []
    at, put = 0, False
    for run in runs:
        left, right = max(start - at, 0), min(end - at, len(run.text))
        inside = left < right
        if inside and run.href.startswith("ref:"):
            return runs
        if not inside:
            out.append(run)
        else:
            out.append(replace(run, text=run.text[:left] + ("" if put else new) + run.text[right:]))
            put = True
        at += len(run.text)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Change:
    """One text as it will be."""

    source: Source
    new: str
    count: int


def changes(
    plan: Plan, pack: Pack, query: Query, by: str, chosen: Collection[tuple[Place, int]] | None = None
) -> list[Change]:
    """What replacing would write. Raises :class:`BadPattern`."""
    by_place: dict[Place, set[int]] | None = None
    if chosen is not None:
        by_place = {}
        for place, number in chosen:
            by_place.setdefault(place, set()).add(number)
    made = []
    for hits in search(plan, pack, query):
        if not hits:
            continue
        source = hits[0].source
        numbers = {hit.number for hit in hits} if by_place is None else by_place.get(source.place, set())
        if not numbers:
            continue
        new = replaced(source, query, by, numbers)
        if new != source.value:
            made.append(Change(source, new, len(numbers)))
    return made


def write(operation: Operation, plan: Plan, made: Collection[Change]) -> int:
    """Write them; returns how many occurrences that were.

    A translation that was up to date stays so when its source is changed along with it, and one that was
    stale stays stale: replacing a word is not translating.
    """
    source_language = plan.source_language
    news = {_alike(each.source.place): each.new for each in made if each.source.language == source_language}
    # The sources first, so that translations can remember what they stand beside.
    for each in sorted(made, key=lambda one: one.source.language != source_language):
        text, language = each.source.text, each.source.language
        if not language:
            _put_plain(operation, each.source, each.new)
            continue
        of = text.made_from.get(language, "")
        if language != source_language and not text.stale(language, source_language):
            now = news.get(_alike(each.source.place), text.values.get(source_language, ""))
            of = text_hash(now)
        _put(operation, each.source, each.new, of if language != source_language else "")
    return sum(each.count for each in made)


def _alike(place: Place) -> Place:
    return replace(place, language="")


def _put(operation: Operation, source: Source, new: str, of: str) -> None:
    place, language = source.place, source.language
    match place.table:
        case "answer":
            row = operation.answer_text(
                place.item, language, new, scope=place.scope, policy=source.policy, origin="typed"
            )
            if of:
                operation.set("answer", row, of=of)
        case "cell":
            operation.cell_text(place.row, place.field, language, new, policy=source.policy)
            if of:
                operation.set("cell", derived_id("cell", place.row, place.field, language), of=of)
        case "plan":
            operation.write("plan", derived_id("plan"), place.field, language, new, made_from=of)
        case _:
            operation.write(place.table, place.row, place.field, language, new, made_from=of)


def _put_plain(operation: Operation, source: Source, new: str) -> None:
    """A text that has no language and so no translation either."""
    place = source.place
    match place.table:
        case "answer":
            operation.answer(place.item, new, scope=place.scope, policy=source.policy)
        case "cell":
            operation.cell(place.row, place.field, new, policy=source.policy)
        case _:
            operation.set(place.table, place.row, **{place.field: new})


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
