"""In which chapter of which book a page of the journey is printed, so that a report can follow the books."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from desktop.base import LocalText
from desktop.guideline import Guideline
from desktop.guideline.pack import Book, PageRef
from desktop.workspace.plan import Plan

_SHOWN = {
    "region": "profile", "agencies": "agencies", "figures": "figures", "bodies": "bodies",
    "decrees": "decrees", "sessions": "sessions", "stakeholders": "stakeholders", "inputs": "inputs",
    "assessment": "assessment", "roadmap": "roadmap", "evidence": "evidence",
}  # fmt: skip
"""The block that prints what a page holds, where it is neither a form nor a worksheet."""


@dataclass(frozen=True, slots=True)
class Home:
    """A chapter of a book; ``order`` sorts homes as the guideline does."""

    book: str
    book_title: LocalText
    number: str
    title: LocalText
    order: tuple[int, int]


class Homes:
    """A guideline and a plan, asked where things stand on paper."""

    def __init__(self, plan: Plan, guide: Guideline) -> None:
        self._dimensions = {each.id: each.dimension for each in plan.programmes}
        self._guide = guide

    @cached_property
    def _books(self) -> list[Book]:
        """What is read as a book comes before letters and slides that repeat it."""
        return sorted(self._guide.pack.books, key=lambda book: book.kind != "book")

    @cached_property
    def _known(self) -> dict[tuple[str, str], Home]:
        found: dict[tuple[str, str], Home] = {}
        for place, book in enumerate(self._books):
            top = Home(book.id, book.title, "", LocalText(), (place, -1))
            for row, entry in enumerate(self._guide.chapters(book)):
                home = Home(book.id, book.title, entry.number, entry.chapter.title, (place, row))
                top = home if entry.level == 1 else top
                found.setdefault(("chapter", entry.chapter.id), home)
                for block in entry.chapter.blocks:
                    if block.show in {"form", "worksheet"}:
                        found.setdefault((block.show, block.ref), home)
                    elif block.show == "parties" and block.ref:
                        found.setdefault(("form", block.ref), home)
                    elif block.show == "programmes":
                        found.setdefault(("dimension", block.ref), home)
                        found.setdefault(("programmes", ""), top)
                    if block.show in _SHOWN:
                        found.setdefault((_SHOWN[block.show], ""), home)
        return found

    @cached_property
    def _whole(self) -> dict[str, Home]:
        """Books by their id: a finding may be about all of one."""
        return {
            book.id: Home(book.id, book.title, "", LocalText(), (place, -1))
            for place, book in enumerate(self._books)
        }

    def of(self, page: PageRef, dimension: str = "") -> Home | None:
        """Where a page is printed; None: in no book. ``dimension``: that of a programme which is gone."""
        known = self._known
        match page.page:
            case "chapter":
                return known.get(("chapter", page.ref)) or self._whole.get(page.ref)
            case "form" | "worksheet":
                return known.get((page.page, page.ref))
            case "programmes":
                dimension = self._dimensions.get(page.ref, dimension)
                return known.get(("dimension", dimension)) or known.get(("programmes", ""))
            case name:
                return known.get((name, ""))
