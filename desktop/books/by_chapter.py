"""What reports list, under the chapter of the book in which it is printed: the order and the headings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.base.speech import value_text
from desktop.books.document import Line, Row
from desktop.books.homes import Home, Homes
from desktop.checks.places import title_of_page

if TYPE_CHECKING:
    from desktop.books.hearing.paper import Paper
    from desktop.guideline.pack import PageRef


class Listed(Protocol):
    """An entry of a report."""

    @property
    def home(self) -> Home | None:
        """Where it is printed; None: in no book."""

    @property
    def page(self) -> PageRef | None:
        """Where it is filled in; None: nowhere."""


E = TypeVar("E")
L = TypeVar("L", bound=Listed)


def grouped(entries: Iterable[E], key: Callable[[E], Hashable]) -> list[list[E]]:
    """Entries of one key together, in the order in which the first of each came."""
    found: dict[Hashable, list[E]] = {}
    for each in entries:
        found.setdefault(key(each), []).append(each)
    return list(found.values())


class ByChapter:
    """The books of a guideline as the frame of a report. What has one title in a language may be two."""

    def __init__(self, to: Paper) -> None:
        self._to = to
        self._homes = Homes(to.plan, to.guide)

    def home(self, page: PageRef | None, dimension: str = "") -> Home | None:
        """Where a page is printed; ``dimension``: that of a programme which is gone."""
        return self._homes.of(page, dimension) if page is not None else None

    def order(self, home: Home | None, page: PageRef | None) -> tuple[tuple[int, int], str]:
        """What sorts entries as the books print them; what is in none comes last, page by page."""
        if home is not None:
            return home.order, ""
        return (len(self._to.pack.books), 0), "/".join(_of(page)) if page is not None else ""

    def books(self, entries: Iterable[L]) -> list[tuple[str, list[L]]]:
        """Book by book with its title."""
        parts = grouped(entries, lambda each: each.home.book if each.home is not None else "")
        return [(self._book(part[0]), part) for part in parts]

    def chapters(self, entries: Iterable[L]) -> list[tuple[str, list[L]]]:
        """Chapter by chapter with its heading; what is in no book by the page where it is filled in."""
        parts = grouped(entries, lambda each: self.order(each.home, each.page))
        return [(self._chapter(part[0]), part) for part in parts]

    def rows(
        self, entries: Iterable[L], counted: Callable[[str, Sequence[L]], tuple[Line, ...]]
    ) -> list[Row]:
        """A table of the chapters under their books, each with what ``counted`` says of it."""
        rows: list[Row] = []
        for title, group in self.books(entries):
            rows.append(Row(((Run(title),),), "group"))
            rows += [Row(counted(chapter, mine)) for chapter, mine in self.chapters(group)]
        return rows

    def _book(self, entry: Listed) -> str:
        if entry.home is None:
            return self._to.words.say(Message("books.findings.elsewhere"))
        return self._to.words.local(entry.home.book_title)

    def _chapter(self, entry: Listed) -> str:
        words, home, page = self._to.words, entry.home, entry.page
        if home is not None:
            if home.number:
                return f"{home.number} {words.local(home.title)}"
            return words.say(Message("books.findings.whole_book"))
        if page is None:
            return words.say(Message("books.revisions.no_page"))
        return value_text(title_of_page(self._to.plan, self._to.guide, *_of(page)), words.language)


def _of(page: PageRef) -> tuple[str, str]:
    """A page by its kind and what it is about; programmes stand on one page."""
    return page.page, "" if page.page == "programmes" else page.ref
