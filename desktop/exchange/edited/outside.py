"""What stands in a file outside the texts that can be taken over, held against what was printed there.

Programs and people put a new paragraph before or behind the hidden mark of a text as often as within it. So
what was not printed and touches a text belongs to it; what was not printed elsewhere is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from desktop.base.richtext import Run
from desktop.books.document import (
    Callout,
    Cited,
    Document,
    Element,
    Figure,
    Heading,
    Line,
    ListBlock,
    Note,
    Paragraph,
    Signatures,
    Table,
)
from desktop.books.returnable import CHAPTERS, is_text, reference_mark
from desktop.exchange.edited.contents import Contents, Grid, Item, Para

if TYPE_CHECKING:
    import datetime as dt

    from desktop.base import Language
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan

_OWN = frozenset({"p", "li", "minor"})
"""Kinds of paragraphs that a text can be made of."""
_WORD = re.compile(r"[^\W_]+")
SHOWN = 6
"""So many of what was changed outside are quoted."""


@dataclass(frozen=True, slots=True)
class Printed:
    """All that was printed: each paragraph and cell squeezed, and what references read, by their mark."""

    words: frozenset[str] = frozenset()
    references: Mapping[str, frozenset[str]] = field(default_factory=dict)


def printed(plan: Plan, pack: Pack, book: str, language: Language, day: dt.date | None) -> Printed:
    """What a book (or chapters for editing) printed of this plan.

    No book stands for all of them: it is not known which it was. Nothing is known of one the pack lacks.
    """
    from desktop.books.references import beyond

    words: set[str] = set()
    references: dict[str, frozenset[str]] = {}
    for document in _documents(plan, pack, book, language, day):
        words.update(squeezed(text) for text in _texts(document))
        for cited in _cited(document):
            mark = reference_mark(cited.key)
            references[mark] = references.get(mark, frozenset()) | {" ".join(cited.text.split())}
    if book in {"", CHAPTERS}:
        # of some chapters alone, what the others are called stands in no book of their file
        for key, name in beyond(plan, pack, None, language).items():
            mark = reference_mark(key)
            references[mark] = references.get(mark, frozenset()) | {name}
    return Printed(frozenset(words - {""}), references)


def _documents(
    plan: Plan, pack: Pack, wanted: str, language: Language, day: dt.date | None
) -> Iterator[Document]:
    from desktop.books.compose import compose
    from desktop.books.editing import compose_chapters
    from desktop.checks import check

    if wanted in {"", CHAPTERS}:
        for books in (tuple(each.id for each in pack.books), tuple(each.id for each in pack.books[:1])):
            yield compose_chapters(plan, pack, books, language, ())
    found = [each for each in pack.books if wanted in {"", each.id}]
    aside = {each.finding.key: each.finding.message for each in check(plan, pack).set_aside} if found else {}
    for book in found:
        for agency in [each.id for each in plan.agencies] if book.per else [""]:
            for draft in (True, False):
                yield compose(
                    plan, pack, book.id, language,
                    draft=draft, test=plan.example, findings=aside, agency=agency, today=day,
                )  # fmt: skip


def squeezed(text: str) -> str:
    """Words alone, in no order: blanks, dashes, and how lists of names are sorted do not count."""
    return "".join(sorted(_WORD.findall(text.casefold())))


def _texts(document: Document) -> Iterator[str]:
    labels = document.labels
    yield from (
        labels.sign_here,
        labels.duty_stamp,
        document.title,
        *document.notices,
        *document.cover.lines,
        document.cover.title,
    )
    yield from (labels.contents, labels.tables, labels.figures)
    for element in document.all:
        match element:
            case Heading():
                yield element.text
                yield f"{element.number} {element.text}"
            case Figure():
                yield f"{labels.figure} {element.number} {element.caption}"
                yield element.description
            case Table():
                yield f"{labels.table} {element.number} {element.caption}"
                yield element.caption
                yield from (column.title for column in element.columns)
                yield from (_said(cell) for row in element.rows for cell in row.cells)
                yield _said(element.note)
            case _:
                yield from _lines(element)


def _cited(document: Document) -> Iterator[Cited]:
    for element in document.all:
        match element:
            case Paragraph():
                lines: Iterable[Line] = [element.line]
            case ListBlock():
                lines = [item.line for item in element.items]
            case Callout():
                lines = element.lines
            case Table():
                lines = [cell for row in element.rows for cell in row.cells]
            case _:
                continue
        for part in (part for line in lines for part in line):
            runs = part.line if isinstance(part, Note) else (part,)
            yield from (run for run in runs if isinstance(run, Cited) and run.key)


def _lines(element: Element) -> Iterator[str]:
    match element:
        case Paragraph():
            yield _said(element.line)
        case ListBlock():
            yield from (_said(item.line) for item in element.items)
        case Callout():
            yield element.title
            yield from map(_said, element.lines)
        case Signatures():
            for each in element.signers:
                yield from (f"{element.place_label} {each.office}", each.office, each.instead)
                yield from (each.name, each.details, f"{each.name} {each.details}")


def _said(line: Line) -> str:
    parts = []
    for part in line:
        if isinstance(part, Run):
            parts.append(part.text)
        elif isinstance(part, Note):
            parts += [run.text for run in part.line]
    return "".join(parts)


# ---- the file --------------------------------------------------------------------------------------
def sorted_out(contents: Contents, known: frozenset[str]) -> tuple[Contents, frozenset[str], tuple[str, ...]]:
    """The file with what touches a text as a part of it, the marks of such texts, and what else is new."""
    items: list[Item] = []
    strange: list[str] = []
    grown: set[str] = set()
    waiting: list[Para] = []
    blanks: list[int] = []
    """Where blank lines behind a text stand: of the text as well, if a paragraph of it follows."""
    mark, begun = "", False
    for item in contents.items:
        begun = begun or (isinstance(item, Para) and item.kind == "heading")
        if not _says(item):
            if mark and not item.mark:
                blanks.append(len(items))
            items.append(item)
            continue
        blank, blanks = blanks, []
        if item.mark:
            # what stands right before a text, and behind none, belongs to it
            items += [replace(each, mark=item.mark) for each in waiting]
            grown |= {item.mark} if waiting else set()
            waiting, mark = [], item.mark if is_text(item.mark) else ""
            items.append(item)
        elif begun and isinstance(item, Para) and item.kind in _OWN and squeezed(item.text) not in known:
            if mark:
                for at in blank:
                    items[at] = replace(items[at], mark=mark)
                items.append(replace(item, mark=mark))
                grown.add(mark)
            else:
                waiting.append(item)
        else:
            strange += [each.text for each in waiting]
            items += waiting
            waiting, mark = [], ""
            items.append(item)
            strange += _unknown(item, known) if begun else []
    strange += [each.text for each in waiting]
    return replace(contents, items=(*items, *waiting)), frozenset(grown), tuple(strange)


def unknown(contents: Contents, known: frozenset[str]) -> tuple[str, ...]:
    """What stands below the headings of a file in no text of the plan, and is not printed today either."""
    found: list[str] = []
    begun = False
    for item in contents.items:
        begun = begun or (isinstance(item, Para) and item.kind == "heading")
        if begun and not item.mark and _says(item):
            found += _unknown(item, known)
    return tuple(found)


def _says(item: Item) -> bool:
    """Whether anything is written in it that counts."""
    return isinstance(item, Grid) or (item.kind != "contents" and bool(squeezed(item.text)))


def _unknown(item: Item, known: frozenset[str]) -> Sequence[str]:
    if isinstance(item, Para):
        return [item.text] if squeezed(item.text) not in known else []
    cells = [cell for row in item.rows for cell in row if squeezed(cell.text)]
    odd = [each.text for each in cells if not each.mark and squeezed(each.text) not in known]
    # the box with the fingerprint is a table to Word, and every word of it is the program's own
    return odd if len(odd) < len(cells) else []


def quoted(texts: Iterable[str]) -> str:
    """The first of them, shortened, each in quotes."""
    found = [" ".join(text.split()) for text in texts]
    shown = (f"\N{LEFT DOUBLE QUOTATION MARK}{_cut(text)}\N{RIGHT DOUBLE QUOTATION MARK}" for text in found)
    return ", ".join([each for _, each in zip(range(SHOWN), shown, strict=False)])


def _cut(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
