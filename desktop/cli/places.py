"""What a person means by a place: an item of the guideline, a field of a row, a page of the journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import Message, RancangError

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.guideline.pack import Worksheet
    from desktop.workspace import Place

WHOLE = "-"
"""The whole document."""


class UnknownPage(RancangError):
    """The guideline has no such page."""

    def __init__(self, wanted: str, known: list[str]) -> None:
        super().__init__(Message("cli.unknown_page", wanted=wanted, known=", ".join(known)))


def place_of(writer: Writer, word: str, about: str = "", language: str = "") -> Place:
    """What something can be said about: ``table/row/field``, an item, ``page:``, ``book:``, or ``-`` for all.

    Raises UnknownTable, UnknownField, UnknownName, UnknownItem, AboutWhat, NoLanguages.
    """
    from desktop.workspace import Place

    if word == WHOLE:
        return Place("plan", writer.plan_row)
    kind, sign, rest = word.partition(":")
    if sign and kind in {"page", "book"}:
        return _page(writer, kind, rest)
    if "/" in word:
        return _register(writer, word, language)
    place = item_place(writer, word, about)
    field = writer.guideline.field(word)
    if field is None or not language:
        return place
    writer.text_language(field, word, language)
    return Place(place.table, place.row, place.field, language, place.item, place.scope)


def _page(writer: Writer, kind: str, word: str) -> Place:
    """A whole page (``page:form/town``), or a heading of a book (``book:II/3.2``). Raises UnknownPage."""
    from desktop.checks.places import book_place, page_place

    if kind == "page":
        return page_place(*page_named(writer, word))
    book, _, chapter = word.partition("/")
    found = next((each for each in writer.pack.books if each.id == book), None)
    chapters = [each.chapter.id for each in writer.guideline.chapters(found)] if found else []
    if found is None or (chapter and chapter not in chapters):
        known = [f"{book}/{each}" for each in chapters] or [each.id for each in writer.pack.books]
        raise UnknownPage(word, known)
    return book_place(book, chapter)


def _register(writer: Writer, word: str, language: str) -> Place:
    from desktop.cli.setting import SETTABLE
    from desktop.cli.writing import UnknownTable
    from desktop.workspace import Place

    table, wanted, name = [*word.split("/"), ""][:3]
    if table not in SETTABLE:
        raise UnknownTable(table, list(SETTABLE))
    if name:
        writer.known_register(table, name)
    row = writer.plan_row if table == "plan" else writer.rows.find(table, wanted)
    return Place(table, row, name, language)


def item_place(writer: Writer, item: str, about: str) -> Place:
    """An item, or a cell of a worksheet's row named by ``about``.

    Raises UnknownItem, AboutWhat, UnknownName.
    """
    from desktop.cli.setting import AboutWhat, known_item, scope_of
    from desktop.workspace import Place

    known_item(writer.guideline, item)
    holder, _, column = item.partition(".")
    sheet = writer.guideline.worksheet(holder)
    if sheet is None or sheet.binding:
        return Place("answer", item=item, scope=scope_of(writer, item, about))
    if not about:
        raise AboutWhat(item)
    return Place("cell", _row(writer, sheet, about), column, item=item)


def _row(writer: Writer, sheet: Worksheet, about: str) -> str:
    from desktop.base.ids import derived_id

    if about in {fixed.id for fixed in sheet.fixed_rows}:
        # the guideline's own row has its id even before somebody writes in it
        return derived_id("row", sheet.id, about, "")
    return writer.rows.find("row", about, [each.id for each in writer.plan.rows.get(sheet.id, ())])


def page_named(writer: Writer, word: str) -> tuple[str, str]:
    """A page of the journey: ``evidence``, ``chapter/4``, ``programmes/T-001``; ``-`` for everything.

    Raises UnknownPage, UnknownName.
    """
    from desktop.checks.places import PAGES

    if word == WHOLE:
        return "", ""
    page, _, ref = word.partition("/")
    guide = writer.guideline
    pack = writer.pack
    known = {
        "form": [form.id for form in pack.forms],
        "worksheet": [sheet.id for sheet in pack.worksheets],
        "chapter": [
            *(book.id for book in pack.books),
            *(numbered.chapter.id for book in pack.books for numbered in guide.chapters(book)),
        ],
    }
    if page in known:
        if ref not in known[page]:
            raise UnknownPage(word, [f"{page}/{each}" for each in known[page]])
        return page, ref
    if page == "programmes" and ref:
        return page, writer.rows.find("programme", ref)
    if page not in PAGES or ref:
        raise UnknownPage(word, [each if each not in known else f"{each}/ID" for each in PAGES])
    return page, ""
