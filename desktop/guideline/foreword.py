"""The foreword (*kata pengantar*) that every book may have, whatever its guideline says of it.

No guideline asks for it, and no book of a region is without it. So it is no part of any pack: packs and the
packages sealed with them stay as they are, and a text of it is an answer like that of any chapter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from desktop.base import LocalText
from desktop.base.resources import resource
from desktop.guideline.printed import Book, Chapter

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack

_ENDING = ".foreword"


def foreword(book: Book) -> Chapter | None:
    """The foreword of a book as a chapter without a number; None where it has none, or one of the pack's."""
    own = f"{book.id}{_ENDING}"
    if book.kind != "book" or any(chapter.id == own for chapter in book.chapters):
        return None
    return _made(own)


def forewords(pack: Pack) -> Iterator[tuple[Book, Chapter]]:
    """Every foreword with its book."""
    for book in pack.books:
        made = foreword(book)
        if made is not None:
            yield book, made


def foreword_with(pack: Pack, chapter: str) -> tuple[Book, Chapter] | None:
    """The foreword with this id and its book, if it is one."""
    return next((each for each in forewords(pack) if each[1].id == chapter), None)


@cache
def _made(own: str) -> Chapter:
    said = json.loads(resource("books", "foreword.json").read_text("utf-8"))
    return Chapter(
        id=own, title=LocalText(said["title"]), guidance=LocalText(said["guidance"]), required=False
    )
