"""What a book has besides its chapters: imprint, glossary, list of annexes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from desktop.base import LocalText, Message
from desktop.base.resources import resource
from desktop.base.richtext import Run
from desktop.books.composer import Composer
from desktop.books.document import (
    Column,
    Element,
    Heading,
    ListBlock,
    Paragraph,
    Row,
    Table,
    text_of,
)
from desktop.books.words import listed
from desktop.guideline.signing import package_books


def imprint(to: Composer, title: str, guideline: str) -> tuple[tuple[str, str], ...]:
    """Whose book it is, by which guideline, of which day: what stands on the back of the cover."""
    words, plan = to.words, to.plan
    region = f"{plan.region.name} ({plan.region.code})"
    facts = (
        (Message("books.imprint.title"), title),
        (Message("books.imprint.region"), ", ".join(filter(None, (region, plan.region.province)))),
        (Message("books.imprint.years"), words.years(plan.first_year, plan.last_year)),
        (Message("books.imprint.by"), words.say(Message("books.author", region=plan.region.name))),
        (Message("books.imprint.guideline"), guideline),
        (Message("books.imprint.state"), words.date(plan.changed_on)),
        (Message("books.imprint.made_with"), words.say(Message("books.imprint.rancang"))),
    )
    return tuple((words.say(label), value) for label, value in facts if value)


def back_matter(to: Composer) -> None:
    """The glossary and the list of annexes of a book; a part that would be empty is left out."""
    _glossary(to)
    _annexes(to)


@cache
def _terms() -> tuple[tuple[LocalText, LocalText, re.Pattern[str]], ...]:
    data: list[dict[str, Any]] = json.loads(resource("books", "glossary.json").read_text("utf-8"))
    return tuple(
        (
            LocalText(one["term"]),
            LocalText(one["meaning"]),
            re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, one['seen']))})(?!\w)"),
        )
        for one in data
    )


def _glossary(to: Composer) -> None:
    """The terms that the book uses, with what they mean, in the order of the language's letters."""
    said = "\n".join(text for element in to.elements for text in _texts(element))
    found = [
        (to.words.local(term), to.words.local(meaning))
        for term, meaning, seen in _terms()
        if seen.search(said)
    ]
    if not found:
        return
    say = to.words.say
    to.unnumbered(say(Message("books.glossary")))
    columns = (
        Column(say(Message("books.glossary.term")), width=0.8, strong=True),
        Column(say(Message("books.glossary.meaning")), width=2.6),
    )
    rows = tuple(Row(((Run(term),), (Run(meaning),))) for term, meaning in sorted(found, key=_by_letters))
    to.add(Table(0, "", columns, rows))


def _by_letters(entry: tuple[str, str]) -> str:
    return entry[0].casefold()


def _texts(element: Element) -> Iterator[str]:
    match element:
        case Heading():
            yield element.text
        case Paragraph():
            yield text_of(element.line)
        case ListBlock():
            yield from (text_of(item.line) for item in element.items)
        case Table():
            yield element.caption
            yield from (column.title for column in element.columns)
            yield from (text_of(cell) for row in element.rows for cell in row.cells)


def _annexes(to: Composer) -> None:
    """What is handed in with the book: the other documents, and the evidence by its numbers."""
    say, words = to.words.say, to.words
    rows = [
        Row(((Run(say(Message("books.annexes.document"))),), (Run(words.local(book.title)),)))
        for book in package_books(to.pack)
        if book.id != to.book.id
    ]
    for number, file in enumerate(to.plan.evidence, 1):
        caption = words.text(file.caption) or file.name
        label = say(Message("books.evidence.short", number=str(number)))
        name = () if caption == file.name else (Run(f"  {file.name}", italic=True),)
        rows.append(Row(((Run(label),), (Run(listed([caption])), *name))))
    if not rows:
        return
    to.unnumbered(say(Message("books.annexes")))
    columns = (
        Column(say(Message("books.annexes.kind")), width=0.8, strong=True),
        Column(say(Message("books.annexes.title")), width=2.6),
    )
    to.add(Table(0, "", columns, tuple(rows)))
