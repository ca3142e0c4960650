"""What lets a Word file come back: whose it is, the state it shows, and which text of the plan stands where.

It is said twice, since every program loses something else: as properties of the document, and as hidden
bookmarks around each text. Headings are the third way, for whoever reads the file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base import Language, clock
from desktop.books.document import Document, Mark, Returning
from desktop.checks.reading import reading_of
from desktop.guideline.pack import Field
from desktop.workspace.plan import Place, Text

if TYPE_CHECKING:
    from desktop.checks.spots import Spot
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan

_TEXT, _REFERENCE = "_rcT", "_rcR"
"""How the hidden bookmarks begin; Word shows none whose name begins with an underscore."""
_MARK = re.compile(r"_rc(?:T[0-9a-f]{24}|R[0-9a-f]{16})")
_FORM = "1"
"""The form of properties and marks."""
_STATES, _HEADS = 20, 3
"""So many properties with heads, and so many heads in each: Word keeps 255 letters of a property."""
NAMES = (
    "RancangForm",
    "RancangDocument",
    "RancangGuideline",
    "RancangLanguage",
    "RancangBook",
    "RancangProgram",
    "RancangPrinted",
    "RancangState",
)
"""What the properties are called; further ones of the last are counted from 2."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Whose a Word file is and what it shows, as it says itself."""

    workspace: str
    guideline: str
    """Id and version, with a blank between."""
    language: Language
    book: str
    """The id of the book, or :data:`CHAPTERS`."""
    heads: tuple[str, ...]
    """The newest change sets in the plan as it was printed."""
    program: str = __version__
    """The version of the program that printed it: another may print other words around the texts."""
    printed_on: str = ""
    """The day (ISO): who held an office then stands in a book."""

    @property
    def day(self) -> dt.date | None:
        """The day of printing, if it is told."""
        try:
            return dt.date.fromisoformat(self.printed_on)
        except ValueError:
            return None

    def properties(self) -> dict[str, str]:
        """The properties of the document that say it."""
        values = (
            _FORM, self.workspace, self.guideline, self.language.value, self.book, self.program,
            self.printed_on,
        )  # fmt: skip
        said = dict(zip(NAMES, values, strict=False))
        for turn, start in enumerate(range(0, len(self.heads[: _STATES * _HEADS]), _HEADS)):
            name = NAMES[-1] if not turn else f"{NAMES[-1]}{turn + 1}"
            said[name] = " ".join(self.heads[start : start + _HEADS])
        return said


CHAPTERS = "chapters"
"""Stands for a book where chapters went out for editing."""


def read_slip(properties: Mapping[str, str]) -> Slip | None:
    """What the properties of a document say; None where they are not ours, or of a later form."""
    form, workspace, guideline, language, book, program, day = (
        properties.get(name, "").strip() for name in NAMES[:-1]
    )
    if form != _FORM or not re.fullmatch(r"[0-9a-f]{32}", workspace) or language not in set(Language):
        return None
    states = (
        properties.get(NAMES[-1] + (str(turn) if turn > 1 else ""), "") for turn in range(1, _STATES + 1)
    )
    heads = tuple(head for said in states for head in said.split() if re.fullmatch(r"[0-9a-f]{64}", head))
    return Slip(workspace, guideline[:200], Language(language), book[:200], heads, program[:40], day[:10])


def went_out(xml: str) -> bool:
    """Whether the beginning of a part of a Word file says that it went out of a plan."""
    return f'"{NAMES[1]}"' in xml or f'"{_TEXT}' in xml


# ---- marks -----------------------------------------------------------------------------------------
def key_of(place: Place) -> tuple[str, ...]:
    """A field of the plan whatever its language: what finds it, and nothing that only describes it."""
    match place.table:
        case "answer":
            return "answer", place.item, place.scope
        case _:
            return place.table, place.row, place.field


def text_mark(place: Place, language: str) -> str:
    """The mark of a text in one language."""
    return _TEXT + sha256("\0".join((*key_of(place), language)).encode()).hexdigest()[:24]


def reference_mark(key: str) -> str:
    """The mark of a reference, by what it leads to."""
    return _REFERENCE + sha256(key.encode()).hexdigest()[:16]


def read_mark(name: str) -> str:
    """The mark in the name of a bookmark, without its number; empty where it is none of ours."""
    found = _MARK.match(name)
    return found.group() if found else ""


def is_text(mark: str) -> bool:
    """Whether it is the mark of a text."""
    return mark.startswith(_TEXT)


# ---- texts -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Returnable:
    """A text of the plan that can come back."""

    spot: Spot
    text: Text
    rich: bool
    title: bool = False
    """Whether books print it on one line, shortened."""


def returnables(plan: Plan, pack: Pack) -> Iterator[Returnable]:
    """Every text that the guideline asks for in words, written or not, each field once."""
    reading, seen = reading_of(plan, pack), set[tuple[str, ...]]()
    found = [
        *(Returnable(s, plan.answer(s.place().item).text, rich=True) for s in reading.chapters),
        *(
            Returnable(each.spot, each.text, rich=each.field is not None and each.field.type == "rich_text",
                       title=_is_title(each.spot))
            for each in reading.written
        ),
        *(
            Returnable(each.spot, _own(plan, each.spot, each.text), rich=each.field.type == "rich_text")
            for each in reading.asked
            if each.field.bilingual and _is_prose(each.field)
        ),
    ]  # fmt: skip
    for each in found:
        key = key_of(each.spot.place())
        if key not in seen:
            seen.add(key)
            yield each


def _is_prose(field: Field) -> bool:
    return field.type in {"text", "long_text", "rich_text"}


def _is_title(spot: Spot) -> bool:
    return spot.place().field == "title" and spot.place().table in {"programme", "activity", "sub_activity"}


def _own(plan: Plan, spot: Spot, text: Text) -> Text:
    """What was answered itself: what stands elsewhere in the plan is edited there."""
    place = spot.place()
    return plan.answer(place.item, place.scope).text if place.table == "answer" else text


def shown_in(text: Text, language: str, source: str) -> str:
    """The language in which a book prints a text: its own, else another in which it is written."""
    if not text or text.has(language):
        return language
    shown = text.read(language, source)
    return next((each for each, value in text.values.items() if value == shown), language)


def returning(document: Document, plan: Plan, pack: Pack, heads: Sequence[str]) -> Document:
    """The document with what its Word file needs to come back.

    Where a book prints a text in another language, that one comes back; chapters for editing go out in
    their own alone.
    """
    language, info = document.language, pack.pack
    slip = Slip(plan.workspace, f"{info.id} {info.version}", language, document.id, tuple(heads))
    slip = replace(slip, printed_on=clock.today(plan.region.code).isoformat())
    marks = {}
    for each in returnables(plan, pack):
        place = each.spot.place()
        spoken = language.value
        if document.id != CHAPTERS:
            spoken = shown_in(each.text, spoken, plan.source_language)
        marks[key_of(place)] = Mark(text_mark(place, spoken), not each.text.has(spoken))
    return replace(document, returning=Returning(slip.properties(), marks))
