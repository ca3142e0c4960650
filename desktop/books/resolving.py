"""What references read and where footnotes stand, when all of a book is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.document import (
    Callout,
    Cited,
    Element,
    Inline,
    Line,
    ListBlock,
    Note,
    Paragraph,
    Table,
    Tag,
    Tone,
)

if TYPE_CHECKING:
    from desktop.books.composer import Composer

OWN_NAMES = frozenset({"programme", "quick_win", "indicator"})
"""Kinds of targets that a reference calls by name; all others by number."""


class References:
    """Says what a reference reads in one book, and where in it a click leads."""

    def __init__(
        self, to: Composer, here: Mapping[str, str], beyond: Callable[[], Mapping[str, str]]
    ) -> None:
        self._to, self._here, self._beyond = to, here, beyond
        self._notes = 0

    def note(self, words: Sequence[Run]) -> Note:
        """The next footnote of the book."""
        self._notes += 1
        return Note(tuple(words), self._notes)

    @cached_property
    def _others(self) -> Mapping[str, str]:
        return self._beyond()

    def resolve(self, run: Run) -> Iterator[Inline]:
        """The reference as printed; one that leads nowhere keeps its words, marked while it is a draft."""
        key = run.href.removeprefix("ref:")
        kind = key.partition("/")[0]
        name = (self._others if kind in OWN_NAMES else self._here).get(key) or self._others.get(key)
        cited = Cited(
            run.text, run.bold, run.italic, run.underline, run.strike, run.raised, key=key
        )  # fmt: skip
        if name is None:
            yield cited
            if self._to.draft:
                yield Tag(self._to.words.say(Message("books.ref.dead")), Tone.WARNING)
            return
        yield replace(cited, text=name, href=self._target(key))

    def _target(self, key: str) -> str:
        """Where in this book a click on it leads: an indicator's is its programme, else the table of all."""
        kind, _, name = key.partition("/")
        candidates = [key]
        if kind == "indicator":
            owners = [p.id for p in self._to.plan.programmes if any(i.id == name for i in p.indicators)]
            candidates = [*(f"programme/{owner}" for owner in owners), "table/indicators"]
        elif kind == "quick_win":
            candidates.append(f"programme/{name}")
        found = next((each for each in candidates if each in self._here), "")
        return f"ref:{found}" if found else ""


def resolved(element: Element, names: References) -> Element:
    """An element whose references read what they lead to, and whose footnotes are counted."""
    match element:
        case Paragraph():
            return replace(element, line=_line(element.line, names))
        case ListBlock():
            return replace(element, items=tuple(replace(i, line=_line(i.line, names)) for i in element.items))
        case Callout():
            return replace(element, lines=tuple(_line(line, names) for line in element.lines))
        case Table():
            rows = tuple(replace(r, cells=tuple(_line(c, names) for c in r.cells)) for r in element.rows)
            return replace(element, rows=rows)
        case _:
            return element


def _line(line: Line, names: References) -> Line:
    if not any(
        isinstance(part, Run) and (part.href.startswith("ref:") or part.raised == "fn") for part in line
    ):
        return line
    return tuple(_shown(line, names))


def _shown(line: Line, names: References) -> Iterator[Inline]:
    """The parts of a line, with what references read, and each footnote in one piece."""
    for is_note, parts in groupby(_tight(line), key=_in_note):
        if is_note:
            words = [replace(part, raised="") for part in parts if isinstance(part, Run)]
            said = tuple(run for part in words for run in _reference(part, names) if isinstance(run, Run))
            if "".join(run.text for run in said).strip():
                yield names.note(said)
            continue
        for part in parts:
            yield from _reference(part, names)


def _in_note(part: Inline) -> bool:
    return isinstance(part, Run) and part.raised == "fn"


def _tight(line: Line) -> Iterator[Inline]:
    """No blank stands before the mark of a footnote."""
    for part, after in zip_longest(line, line[1:]):
        if after is not None and _in_note(after) and isinstance(part, Run) and not _in_note(part):
            yield replace(part, text=part.text.rstrip(" \t"))
        else:
            yield part


def _reference(part: Inline, names: References) -> Iterator[Inline]:
    if isinstance(part, Run) and part.href.startswith("ref:"):
        yield from names.resolve(part)
    else:
        yield part
