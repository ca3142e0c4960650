"""What references read outside the book they lead into, and everything a text may refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.base import Language, LocalText, Message, render
from desktop.books.words import shortened
from desktop.checks.references import SHOWN, chapters, live
from desktop.guideline import Guideline
from desktop.guideline.pack import Book, Pack
from desktop.workspace.plan import Plan, Text


def beyond(plan: Plan, pack: Pack, book: Book | None, language: Language) -> dict[str, str]:
    """What references read that ``book`` does not answer itself: other books' numbers, names of rows."""
    from desktop.books.compose import printed

    found: dict[str, str] = {}
    for other in books_in_order(pack):
        if book is None or other.id != book.id:
            for key, label in printed(plan, pack, other, language).items():
                found.setdefault(key, in_book(label, other, language))
    return found | own_names(plan, language)


def books_in_order(pack: Pack) -> list[Book]:
    """The books first, then application and statements: what two print is cited from the first."""
    return sorted(pack.books, key=lambda book: book.kind != "book")


def in_book(label: str, book: Book, language: Language) -> str:
    """A number with the book it counts in."""
    if book.kind == "book":
        return render(Message("books.ref.in_book", what=label, code=book.code), language)
    return render(Message("books.ref.in_document", what=label, title=book.title), language)


def own_names(plan: Plan, language: Language) -> dict[str, str]:
    """What is called by name wherever it stands: programmes and indicators."""
    source = plan.source_language
    found: dict[str, str] = {}
    for programme in plan.programmes:
        title = _read(programme.title, language, source) or programme.code
        if title:
            found[f"programme/{programme.id}"] = title
            if programme.quick_win:
                found[f"quick_win/{programme.id}"] = title
        for indicator in programme.indicators:
            name = _read(indicator.name, language, source)
            if name:
                found[f"indicator/{indicator.id}"] = name
    return found


def _read(text: Text, language: Language, source: str) -> str:
    return shortened(text.read(language.value, source))


@dataclass(frozen=True, slots=True)
class Referable:
    """Something a text may refer to: its key (``kind/id``), what a reference reads, what it is about."""

    key: str
    kind: str
    label: str
    title: str


def titles(plan: Plan, pack: Pack, language: Language) -> Iterator[tuple[str, str, str]]:
    """Key, kind (chapter, table, figure, programme, indicator) and title of each target."""
    guide = Guideline(pack)
    alive = live(plan, pack)
    for chapter in chapters(pack):
        yield f"chapter/{chapter.id}", "chapter", chapter.title.read(language)
    for key in sorted({key for keys in SHOWN.values() for key in keys} & alive):
        yield key, key.partition("/")[0], ""
    for dimension in pack.dimensions:
        yield f"table/dimension/{dimension.id}", "table", dimension.name.read(language)
        yield f"dimension/{dimension.id}", "chapter", dimension.name.read(language)
    for form in pack.forms:
        yield f"form/{form.id}", "table", form.title.read(language)
    for sheet in pack.worksheets:
        yield f"worksheet/{sheet.id}", "table", sheet.title.read(language)
    yield from _rows(plan, guide, language)


def _rows(plan: Plan, guide: Guideline, language: Language) -> Iterator[tuple[str, str, str]]:
    source = plan.source_language
    for programme in plan.programmes:
        dimension = guide.dimension(programme.dimension)
        area = dimension.name if dimension else LocalText()
        yield f"programme/{programme.id}", "programme", area.read(language)
        for indicator in programme.indicators:
            title = _read(programme.title, language, source)
            yield f"indicator/{indicator.id}", "indicator", title


class Numbers:
    """What references read outside any book, worked out book by book (a window does it in slices)."""

    def __init__(self, plan: Plan, pack: Pack, language: Language) -> None:
        self._plan, self._pack, self._language = plan, pack, language
        self.captions: dict[str, str] = {}
        self.labels: dict[str, str] = dict(own_names(plan, language))

    def work(self) -> Iterator[None]:
        """Read one book after the other; the labels grow with each."""
        from desktop.books.compose import placed

        for book in books_in_order(self._pack):
            for key, label, caption in placed(self._plan, self._pack, book, self._language):
                if key not in self.labels:
                    self.labels[key] = in_book(label, book, self._language)
                    self.captions[key] = caption
            yield None

    def referables(self) -> Iterator[Referable]:
        """Everything a text may refer to that is printed somewhere, in the order of :func:`titles`."""
        for key, kind, title in titles(self._plan, self._pack, self._language):
            label = self.labels.get(key)
            if label:
                yield Referable(key, kind, label, self.captions.get(key) or title)


def numbers(plan: Plan, pack: Pack, language: Language) -> Numbers:
    """All of it at once."""
    made = Numbers(plan, pack, language)
    for _ in made.work():
        pass
    return made


def label_of(href: str, labels: Mapping[str, str]) -> str | None:
    """What a reference reads, or None."""
    return labels.get(href.removeprefix("ref:"))
