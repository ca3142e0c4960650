"""What a book says in its language: the catalogue's words, the users' texts, numbers and money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from desktop.base import Language, LocalText, Message, render
from desktop.base.message import Param
from desktop.base.richtext import Kind, Run, parse
from desktop.base.speech import date, number, rupiah, value_text
from desktop.books.document import Line, Tag, Tone
from desktop.books.units import unit_in
from desktop.guideline.pack import Field, FixedRow, Item
from desktop.workspace.plan import Text

EMPTY = "–"
"""Stands where nothing is stated."""
_MINUS = "\N{MINUS SIGN}"
UNVERIFIED = "°"
"""Stands after what the guideline is not sure of."""
LONGEST_TITLE = 240
"""Headings and captions are cut here (in characters), so that none can fill a page."""


class Words:
    """Speaks one language; texts missing in it are read in another and marked softly."""

    def __init__(self, language: Language, source: str) -> None:
        self.language = language
        self._source = source

    # ---- the catalogue

    def say(self, message: Message) -> str:
        """A sentence of the catalogue."""
        return render(message, self.language)

    # ---- figures

    def number(self, value: int | Decimal | None) -> str:
        """A number by locale, with the minus of print, or a dash."""
        return EMPTY if value is None else number(value, self.language).replace("-", _MINUS, 1)

    def unit(self, unit: str) -> str:
        """What people wrote as a unit, in this language where that is known."""
        return unit.strip() if self.language == self._source else unit_in(self.language, unit) or unit.strip()

    def unit_marked(self, unit: str) -> Line:
        """The same as a line, with a soft label where it stays in the other language; or a dash."""
        if unit.strip() and unit_in(self.language, unit) is not None:
            return (Run(self.unit(unit)),)
        return self.said_once(unit)

    def said_once(self, text: str) -> Line:
        """What people write in the language of the plan only, marked in any other; or a dash."""
        if not text.strip():
            return (Run(EMPTY),)
        return (
            Run(text.strip()),
            *(() if self.language == self._source else (self.in_language(self._source),)),
        )

    def measured(self, value: int | Decimal | None, unit: str) -> str:
        """A number with its unit, which no line end parts from it; a percent sign stands close to it."""
        unit = "\u00a0".join(self.unit(unit).split())
        gap = "" if unit.startswith("%") else "\u00a0"
        return self.number(value) if value is None or not unit else f"{self.number(value)}{gap}{unit}"

    def money(self, value: int | None) -> str:
        """Whole rupiah with the currency, or a dash."""
        return EMPTY if value is None else rupiah(value, self.language).replace("-", _MINUS, 1)

    def date(self, value: dt.date) -> str:
        """A calendar day in words."""
        return date(value, self.language)

    def decimal(self, text: str) -> str:
        """A decimal that travels as text; what is not one is shown as it is."""
        try:
            return self.number(Decimal(text))
        except InvalidOperation:
            return text

    def years(self, first: int | None, last: int | None) -> str:
        """A span of calendar years."""
        if first is None and last is None:
            return EMPTY
        if first is None or last is None or first == last:
            return str(first if first is not None else last)
        return f"{first}–{last}"

    # ---- texts

    def text(self, text: Text) -> str:
        """A user's text in this language, else in another (see :meth:`marked`)."""
        return text.read(self.language, self._source).strip()

    def marked(self, text: Text) -> Line:
        """A user's text as a line, with a soft label when it is in another language."""
        shown = self.text(text)
        if not shown:
            return (Run(EMPTY),)
        return (Run(shown), *self.foreign(text))

    def foreign(self, text: Text) -> tuple[Tag, ...]:
        """The label of a text that does not exist in this language."""
        shown = self.text(text)
        if not shown or text.has(self.language):
            return ()
        found = next((key for key, value in text.values.items() if value.strip() == shown), "")
        return (self.in_language(found),)

    def in_language(self, code: str) -> Tag:
        """The label *teks Indonesia*, *English text*, or the language's code."""
        match code:
            case "id":
                return Tag(self.say(Message("books.mark.indonesian")))
            case "en":
                return Tag(self.say(Message("books.mark.english")))
            case _:
                return Tag(self.say(Message("books.mark.other_language", language=code)))

    def local(self, text: LocalText) -> str:
        """A text of the guideline."""
        return text.read(self.language).strip()

    def local_marked(self, text: LocalText) -> Line:
        """A text of the guideline as a line; italic when the guideline lacks this language."""
        return (Run(self.local(text), italic=text.falls_back(self.language)),)

    def question(self, part: Field | FixedRow) -> str:
        """The label of a question, column or row; with a ring where no source confirms it."""
        return self.local(part.label) + ("" if part.verified else UNVERIFIED)

    def question_marked(self, part: Field | FixedRow) -> Line:
        """The same as a line; italic when the guideline lacks this language."""
        return (Run(self.question(part), italic=part.label.falls_back(self.language)),)

    def unverified(self, parts: Iterable[Item]) -> Line:
        """The note below a table that shows a ring; nothing where all of it is confirmed."""
        if all(part.verified for part in parts):
            return ()
        return (Run(self.say(Message("books.unverified"))),)

    def local_foreign(self, text: LocalText) -> tuple[Tag, ...]:
        """The label of a guideline's text that does not exist in this language."""
        if not text.falls_back(self.language):
            return ()
        shown = text.read(self.language)
        return (self.in_language(next((key for key, value in text.texts.items() if value == shown), "")),)

    def said(self, param: Param) -> Line:
        """A sentence or a name as a line; marked where something it names is not said in this language."""
        text = value_text(param, self.language)
        foreign = dict.fromkeys(mark for each in _texts(param) for mark in self.local_foreign(each))
        return (Run(text), *foreign) if text else ()

    def example(self) -> Tag:
        """The label of text written for the demonstration."""
        return Tag(self.say(Message("books.mark.example")), Tone.EXAMPLE)

    def differing(self) -> Tag:
        """The label of a field filled differently by two people."""
        return Tag(self.say(Message("books.mark.differing")), Tone.WARNING)

    def yes_no(self, value: bool) -> str:  # noqa: FBT001 - the value itself
        """Yes or no."""
        return self.say(Message("books.yes")) if value else self.say(Message("books.no"))


def _texts(param: Param) -> Iterator[LocalText]:
    """The texts that a sentence names."""
    match param:
        case LocalText() if param:
            yield param
        case Message():
            for each in param.params.values():
                yield from _texts(each)


def rich_line(source: str) -> Line:
    """A rich text within a table cell: blocks on lines of their own, lists with bullets, tables as text."""
    runs: list[Run] = []
    for block in parse(source):
        if runs:
            runs.append(Run("\n"))
        if block.kind is Kind.LI:
            runs.append(Run("\u2003" * (block.depth - 1) + "• "))
        runs.extend(block.runs if block.kind is not Kind.TABLE else (Run(block.text.replace("\t", " | ")),))
    return tuple(runs)


def shortened(text: str, most: int = LONGEST_TITLE) -> str:
    """One line of at most so many characters, cut between two words where there are any."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    kept, _, last = text[:most].rpartition(" ")
    return (kept if len(kept) > len(last) else text[: most - 1]).rstrip(" ,;:") + "…"


def listed(parts: Iterable[str]) -> str:
    """Names one after the other."""
    return ", ".join(part for part in parts if part) or EMPTY
