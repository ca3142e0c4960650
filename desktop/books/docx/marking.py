"""Hidden bookmarks around what can come back: texts of the plan, and references within them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from desktop.base.richtext import Run
from desktop.books import document
from desktop.books.document import Element, Line, ListBlock, Mark, Returning, Source, Table
from desktop.books.docx.xml import Xml, attribute
from desktop.books.returnable import key_of, reference_mark
from desktop.books.words import EMPTY

_TEXTS = frozenset({"body", "lead", "minor_heading"})
"""Paragraphs that somebody wrote; notes are the book's own."""


class Marks:
    """Numbers all bookmarks of a file; each name stands once."""

    def __init__(self, returning: Returning | None) -> None:
        self._known = returning.marks if returning is not None else {}
        self._returns = returning is not None
        self._ids = 0
        self._turns: Counter[str] = Counter()
        self._open = 0
        self._region: Mark | None = None

    def around(self, name: str, content: Xml) -> Xml:
        """A bookmark around something."""
        self._ids += 1
        return f"{_start(self._ids, name)}{content}{_end(self._ids)}"

    def reference(self, key: str, content: Xml) -> Xml:
        """The mark of a reference, where the file is to come back."""
        if not self._returns or not key:
            return content
        return self.around(self._once(reference_mark(key)), content)

    def cell(self, source: Source | None, line: Line, content: Xml) -> Xml:
        """The mark of a text in a cell."""
        mark = self._of(source)
        if mark is None or (mark.empty and _words(line) != EMPTY):
            return content
        return self.around(self._once(mark.name), content)

    # ---- texts of several paragraphs

    def leaves(self, element: Element) -> Xml:
        """The end of the text before, where an element is no part of it."""
        if self._region is None or self._text_of(element) == self._region:
            return ""
        return self.closed()

    def enters(self, element: Element) -> Xml:
        """The beginning of the text that an element begins."""
        mark = self._text_of(element)
        if mark is None or mark == self._region:
            return ""
        self._ids += 1
        self._region, self._open = mark, self._ids
        return _start(self._ids, self._once(mark.name))

    def closed(self) -> Xml:
        """The end of the text that is open, if one is."""
        if self._region is None:
            return ""
        self._region = None
        return _end(self._open)

    def _text_of(self, element: Element) -> Mark | None:
        match element:
            case document.Paragraph() if element.style in _TEXTS:
                return self._of(element.source)
            case ListBlock():
                return self._of(element.source)
            case Table() if not element.caption and not _has_fields(element):
                return self._of(element.source)
        return None

    def _of(self, source: Source | None) -> Mark | None:
        if source is None or source.place is None or not self._known:
            return None
        return self._known.get(key_of(source.place))

    def _once(self, name: str) -> str:
        self._turns[name] += 1
        return f"{name}_{self._turns[name]}"


def _has_fields(table: Table) -> bool:
    return any(source is not None for row in table.rows for source in row.sources)


def _words(line: Iterable[object]) -> str:
    return "".join(part.text for part in line if isinstance(part, Run)).strip()


def _start(number: int, name: str) -> Xml:
    return f'<w:bookmarkStart w:id="{number}" w:name={attribute(name)}/>'


def _end(number: int) -> Xml:
    return f'<w:bookmarkEnd w:id="{number}"/>'
