"""Lines of a book as what stands in a paragraph: marks, links, labels, and the marks of footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.base.richtext import Run
from desktop.books.document import Inline, Labels, Line, Note, Tag
from desktop.books.html.nodes import Node, add, node

_OUTSIDE = re.compile(r"(?i)(https?://|mailto:)[^\s<>\"]+\Z")
"""The only addresses a link of a book may lead to."""
_MARKS = (("strike", "s"), ("underline", "u"), ("italic", "em"), ("bold", "strong"))


class Lines:
    """Writes lines, and gathers the footnotes in them."""

    def __init__(self, places: Mapping[str, str], labels: Labels) -> None:
        """``places``: what references may lead to, by target."""
        self._places, self._labels = places, labels
        self.notes: dict[int, Note] = {}
        """The footnotes met so far, by number."""

    def into(self, parent: Node, line: Line) -> Node:
        """Write a line into an element."""
        for part in line:
            self._part(parent, part)
        return parent

    def _part(self, parent: Node, part: Inline) -> None:
        match part:
            case Run():
                self._run(parent, part)
            case Tag():
                add(parent, " ", tag(part))
            case Note():
                add(parent, self._mark(part))

    def _run(self, parent: Node, run: Run) -> None:
        href = self._address(run.href)
        if href:
            outside = None if href.startswith("#") else "noopener noreferrer"
            parent = _inside(parent, node("a", href=href, rel=outside))
        if run.raised in {"sub", "sup"}:
            parent = _inside(parent, node(run.raised))
        for mark, name in _MARKS:
            if getattr(run, mark):
                parent = _inside(parent, node(name))
        for place, text in enumerate(run.text.split("\n")):
            if place:
                add(parent, node("br"))
            add(parent, text)

    def _address(self, href: str) -> str:
        if href.startswith("ref:"):
            place = self._places.get(href.removeprefix("ref:"))
            return f"#{place}" if place else ""
        return href if _OUTSIDE.match(href) else ""

    def _mark(self, note: Note) -> Node:
        number = str(note.number)
        first = note.number not in self.notes
        self.notes.setdefault(note.number, note)
        link = node(
            "a",
            number,
            href=f"#note-{number}",
            role="doc-noteref",
            id=f"mark-{number}" if first else None,
            aria_label=f"{self._labels.note} {number}",
        )
        return node("sup", link)


def tag(part: Tag) -> Node:
    """A small label."""
    return node("span", part.text, class_=f"tag {part.tone.value}")


def _inside(parent: Node, child: Node) -> Node:
    parent.append(child)
    return child
