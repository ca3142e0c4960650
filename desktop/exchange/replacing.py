"""Words put in place of those found; marks and links stay, and translations keep their standing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base import richtext
from desktop.base.ids import derived_id
from desktop.base.richtext import Run
from desktop.exchange.finding import BadPattern, Query, Source, search
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Place, Plan, text_hash

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation


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
