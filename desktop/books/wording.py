"""Drafts whose wording the team may change part by part: their parts, and what stands in each.

A part nobody worded stands as the template has it. In a language in which it was not worded the wording of
the other language is shown, and marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.base import Language, Message, render
from desktop.base.richtext import Run
from desktop.books.document import Line, Tag
from desktop.books.words import Words
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan, Text
from desktop.workspace.wording import worded

PLACES: Mapping[str, Message] = {
    "day": Message("books.place.day"),
    "due": Message("books.place.due"),
    "name": Message("books.place.name"),
    "place": Message("books.place.place"),
    "region": Message("books.place.region"),
    "weekday": Message("books.place.weekday"),
}
"""What the program fills in, by the word that stands in braces for it in each language."""
LEFT_OUT = "-"
"""A part that says only this is left out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a draft; of ``lines`` each line is an item of its own; the program fills in ``places``."""

    id: str
    label: Message
    lines: bool = False
    places: tuple[str, ...] = ()


_NUMBER = Part("number", Message("books.wording.number"))
_ABOUT = Part("about", Message("books.wording.about"))
_WHY = Part("why", Message("books.wording.why"), lines=True)
_BASES = Part("bases", Message("books.wording.bases"), lines=True)
_FREE = Part("free", Message("books.wording.free"), lines=True)
_COPIES = Part("copies", Message("books.wording.copies"), lines=True)

DECREE = (
    _NUMBER, _ABOUT, _WHY, _BASES,
    Part("dictum1", Message("books.wording.dictum", number="1")),
    Part("dictum2", Message("books.wording.dictum", number="2")),
    Part("tasks", Message("books.wording.tasks"), lines=True),
    Part("dictum3", Message("books.wording.dictum", number="3")),
    Part("dictum4", Message("books.wording.dictum", number="4")),
    Part("more", Message("books.wording.more_dictums"), lines=True),
    Part("dictum5", Message("books.wording.last_dictum")),
    _FREE, _COPIES,
)  # fmt: skip
REGULATION = (
    _NUMBER, _ABOUT, _WHY, _BASES,
    *(Part(f"article{n}", Message("books.wording.article", number=str(n)), lines=True) for n in range(1, 9)),
    Part("more", Message("books.wording.more_articles"), lines=True),
    Part("article9", Message("books.wording.last_article"), lines=True),
    Part("published", Message("books.wording.published")),
    _FREE,
)  # fmt: skip
NOTE = (
    Part("subject", Message("books.note.subject"), places=("region",)),
    Part("opening", Message("books.wording.opening"), places=("region",)),
    Part("overdue", Message("books.wording.overdue")),
    Part("until", Message("books.wording.until"), places=("due",)),
    Part("how", Message("books.wording.how")),
    _FREE,
    Part("closing", Message("books.wording.closing")),
    _COPIES,
)
RECORD = (
    _NUMBER,
    Part("opening", Message("books.wording.opening"), places=("weekday", "day", "name", "place")),
    _FREE,
    Part("closing", Message("books.wording.closing")),
    _COPIES,
)
ATTENDANCE = (_FREE, Part("closing", Message("books.wording.closing")))

PARTS: Mapping[str, tuple[Part, ...]] = {
    "decree": DECREE, "regulation": REGULATION, "note": NOTE, "record": RECORD, "attendance": ATTENDANCE,
}  # fmt: skip
NAMES: Mapping[str, Message] = {
    "decree": Message("books.legal.decree"),
    "regulation": Message("books.legal.regulation"),
    "note": Message("books.note.title"),
    "record": Message("books.wording.record"),
    "attendance": Message("books.record.list"),
}
"""Documents whose wording can be changed."""


def label_of(document: str, part: str) -> Message | None:
    """What a part is called, with its document; None for what is no part."""
    found = next((each for each in PARTS.get(document, ()) if each.id == part), None)
    if found is None:
        return None
    return Message("books.wording.of", document=NAMES[document], part=found.label)


def borrowed(text: Text, language: str, source: str) -> str:
    """What is printed in a language for want of words in it: those of another; empty where there are none."""
    others = {code: words for code, words in text.values.items() if code != language}
    return Text(others).read(language, source).strip()


class Wording:
    """The wording of one document in one language, as the team or the template has it."""

    def __init__(self, plan: Plan, words: Words, document: str, *, template: bool = False) -> None:
        """``template``: as if nobody had changed anything."""
        self._plan, self._words, self._document = plan, words, document
        self._template = template
        self.templates: dict[str, str] = {}
        """What the template says in each part that was asked for, line by line."""
        self.changed: list[Message] = []
        """The parts the team worded itself, in the order in which they stand."""

    def lines(self, part: str, template: Iterable[str], **values: str) -> list[Line]:
        """The lines of a part. ``values`` fill the places that stand in it in braces."""
        given = [each for each in template if each]
        values = {render(PLACES[key], each): text for key, text in values.items() for each in Language}
        self.templates.setdefault(part, "\n".join(given))
        text = worded(self._plan, self._document, part)
        if self._template or not text:
            return [(Run(_filled(each, values)),) for each in given]
        label = next(each.label for each in PARTS[self._document] if each.id == part)
        if label not in self.changed:
            self.changed.append(label)
        said = [each.strip() for each in self._words.text(text).split("\n") if each.strip()]
        if said == [LEFT_OUT]:
            return []
        made: list[Line] = [(Run(_filled(each, values)),) for each in said]
        made[-1] = (*made[-1], *self._words.foreign(text))
        return made

    def line(self, part: str, template: str, **values: str) -> Line:
        """A part of one paragraph; empty where it is left out."""
        lines = self.lines(part, (template,), **values)
        out: Line = ()
        for each in lines:
            out = (*out, Run("\n"), *each) if out else each
        return out

    def text(self, part: str, template: str, **values: str) -> str:
        """The same without its marks, for what stands in the middle of a sentence or in capitals."""
        return "".join(run.text for run in self.line(part, template, **values) if isinstance(run, Run))

    def foreign(self, part: str) -> tuple[Tag, ...]:
        """The mark of a part that was worded in the other language only."""
        if self._template:
            return ()
        return self._words.foreign(worded(self._plan, self._document, part))


def braces(words: Words, place: str) -> str:
    """What stands for something the program fills in: *{hari}*."""
    return f"{{{words.say(PLACES[place])}}}"


def held(words: Words) -> str:
    """That it was held, with what differs from meeting to meeting in braces."""
    weekday_, day_, name, place = (braces(words, each) for each in ("weekday", "day", "name", "place"))
    return words.say(Message("books.record.held", weekday=weekday_, day=day_, name=name, place=place))


def _filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into ``{name}`` places and nothing else; what is in no place stays as it was typed."""
    return re.sub(r"\{(\w+)\}", lambda place: values.get(place[1], place[0]), text)


def templates(plan: Plan, pack: Pack, document: str, language: Language) -> dict[str, str]:
    """What the template says in each part of a document. Raises KeyError for an unknown document."""
    from desktop.books.legal.decree import draft_decree
    from desktop.books.legal.regulation import draft_regulation

    known = {part.id: "" for part in PARTS[document]}
    if document == "decree":
        return known | draft_decree(plan, pack, language, template=True).wording.templates
    if document == "regulation":
        return known | draft_regulation(plan, pack, language, template=True).wording.templates
    if document == "note":
        from desktop.books.notes import note_templates

        return known | note_templates(plan, language)
    if document == "record":
        from desktop.books.record import CLOSING, DOTS

        words = Words(language, plan.source_language)
        number = words.say(Message("books.record.numbered", dots=DOTS))
        return known | {"number": number, "opening": held(words), "closing": words.say(CLOSING)}
    return known
