"""The chapters of a book as they are numbered, and the part of a composed book that one of them is."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.books.document import Element, Heading
from desktop.guideline.pack import Chapter


def numbered(chapters: tuple[Chapter, ...], number: str = "") -> Iterator[tuple[str, Chapter]]:
    """Every chapter and section with its number (``2.1``), those below ``number`` where one is given."""
    for place, chapter in enumerate(chapters, 1):
        own = f"{number}.{place}" if number else str(place)
        yield own, chapter
        yield from numbered(chapter.chapters, own)


def part_of(elements: tuple[Element, ...], chapter: str) -> list[Element]:
    """The elements of one chapter with the sections below it."""
    found: list[Element] = []
    level = 0
    for element in elements:
        if isinstance(element, Heading) and element.target.startswith("chapter/"):
            if element.target == f"chapter/{chapter}":
                level = element.level
            elif level and element.level <= level:
                break
        if level:
            found.append(element)
    return found
