"""The elements of a book as parts of a page, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatchmethod

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.books import document
from desktop.books.document import (
    Callout,
    Document,
    Element,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Photo,
    Pictures,
    Proof,
    Signatures,
    Signer,
    Table,
)
from desktop.books.html import figures
from desktop.books.html.lines import Lines, tag
from desktop.books.html.nodes import Node, add, node
from desktop.books.html.tables import ACROSS, WIDE, TableWriter

_DEEPEST = 6
"""HTML has no smaller heading."""
_UNSAFE = re.compile(r"[^A-Za-z0-9/_.-]+")


class Anchors:
    """Where links lead: an id for every heading, table and figure, each once."""

    def __init__(self, book: Document) -> None:
        self.places: dict[str, str] = {}
        """By target."""
        self._ids: dict[int, str] = {}
        taken: set[str] = set()
        for number, element in enumerate(book.all, 1):
            if not isinstance(element, Heading | Table | Figure):
                continue
            anchor = _UNSAFE.sub("-", element.target).strip("-") or f"place-{number}"
            while anchor in taken:
                anchor = f"{anchor}-{number}"
            taken.add(anchor)
            self._ids[id(element)] = anchor
            if element.target:
                self.places.setdefault(element.target, anchor)

    def of(self, element: Heading | Table | Figure) -> str:
        """The id of an element of the book."""
        return self._ids[id(element)]


class Body:
    """Writes the elements of one document."""

    def __init__(self, book: Document, anchors: Anchors, pictures: Pictures | None) -> None:
        self._labels, self._anchors, self._pictures = book.labels, anchors, pictures
        self._book, self._elements = book, book.all
        self.lines = Lines(anchors.places, book.labels)
        self._level = 0
        """Of the last heading, as it was written."""
        self._headed = ""
        """Its id."""

    def into(self, main: Node, report: Report) -> None:
        """Write all of it; each chapter is a section of its own. ``report`` may raise Cancelled."""
        here = main
        for done, element in enumerate(self._elements):
            if not done % 20:
                report(done, len(self._elements), Message("books.progress.laying_out"))
            made = self._made(element)
            if isinstance(element, Heading) and element.level == 1:
                here = node("section", class_="chapter", aria_labelledby=self._headed)
                main.append(here)
            add(here, *made)

    @singledispatchmethod
    def _made(self, element: Element) -> list[Node]:
        raise TypeError(type(element))

    @_made.register
    def _heading(self, element: Heading) -> list[Node]:
        # a step down is one step: who listens takes a gap for something that is missing
        self._level = min(element.level, self._level + 1)
        self._headed = self._anchors.of(element)
        called = self._book.over(element) if element.centred else element.number
        number = (node("span", called, class_="number"), " ") if called else ()
        name, look = f"h{min(self._level + 1, _DEEPEST)}", "centred" if element.centred else None
        made = node(name, *number, element.text, id=self._headed, class_=look)
        for each in element.tags:
            add(made, " ", tag(each))
        return [made]

    @_made.register
    def _paragraph(self, element: document.Paragraph) -> list[Node]:
        if element.style == "minor_heading":
            name = f"h{min(self._level + 2, _DEEPEST)}"
            return [self.lines.into(node(name, class_="minor"), element.line)]
        style = "" if element.style == "body" else element.style
        names = " ".join(filter(None, (style, "example" if element.example else "")))
        return [self.lines.into(node("p", class_=names or None), element.line)]

    @_made.register
    def _list(self, element: ListBlock) -> list[Node]:
        made = list(self._lists(list(element.items), 1))
        for each in made:
            if element.example:
                each.set("class", "example")
        return made

    def _lists(self, items: list[ListItem], depth: int) -> Iterator[Node]:
        """A list for each stretch of items of one kind; deeper ones stand within the item above."""
        place = 0
        current: Node | None = None
        while place < len(items):
            item = items[place]
            if item.depth > depth and current is not None and len(current):
                inner = place
                while inner < len(items) and items[inner].depth > depth:
                    inner += 1
                add(current[-1], *self._lists(items[place:inner], depth + 1))
                place = inner
                continue
            name = "ol" if item.ordinal else "ul"
            if current is None or current.tag != name or (item.ordinal == 1 and len(current)):
                if current is not None:
                    yield current
                start = str(item.ordinal) if item.ordinal > 1 else None
                current = node(name, start=start)
            current.append(self.lines.into(node("li"), item.line))
            place += 1
        if current is not None:
            yield current

    @_made.register
    def _table(self, element: Table) -> list[Node]:
        if not element.columns or not element.rows:
            return []
        anchor = self._anchors.of(element)
        label = f"{self._labels.table} {element.number}" if element.number else ""
        made = TableWriter(element, self.lines, self._labels.decimal_mark).write(label, anchor)
        if len(element.columns) >= WIDE and not element.clauses:
            named = f"{anchor}-caption" if element.caption else self._headed or None
            role = "region" if element.caption else "group"
            names = "wide across" if len(element.columns) >= ACROSS else "wide"
            made = node("div", made, class_=names, tabindex="0", role=role, aria_labelledby=named)
        note = [self.lines.into(node("p", class_="note"), element.note)] if element.note else []
        return [made, *note]

    @_made.register
    def _figure(self, element: Figure) -> list[Node]:
        anchor = self._anchors.of(element)
        label = f"{self._labels.figure} {element.number}"
        caption = node("figcaption", node("b", label), " ", element.caption, id=f"{anchor}-caption")
        if isinstance(element.chart, Photo):
            words = element.description or element.caption
            picture = figures.photo(element.chart, words, self._pictures)
            return [node("figure", picture, caption, id=anchor)]
        described = f"{anchor}-description" if element.description else None
        drawing = figures.chart(element.chart, f"{label} {element.caption}", described)
        frame = node("div", drawing, class_="chart", tabindex="0", role="group")
        frame.set("aria-labelledby", f"{anchor}-caption")
        words_below = node("p", element.description, class_="note", id=described) if described else None
        return [node("figure", frame, caption, words_below, id=anchor)]

    @_made.register
    def _callout(self, element: Callout) -> list[Node]:
        made = node("aside", role="note", class_=f"callout {element.tone.value}")
        add(made, node("p", node("strong", element.title)))
        return [add(made, *(self.lines.into(node("p"), line) for line in element.lines))]

    @_made.register
    def _page_break(self, _element: document.PageBreak) -> list[Node]:
        return [node("hr", class_="break", aria_hidden="true")]

    @_made.register
    def _signatures(self, element: Signatures) -> list[Node]:
        boxes = (self._signer(signer, element.place_label) for signer in element.signers)
        made = [
            node("ul", *boxes, class_="signatures right" if self._book.on_right(element) else "signatures")
        ]
        if element.proof is not None:
            made.append(proof(element.proof, "proof", "p"))
        return made

    def _signer(self, signer: Signer, place_label: str) -> Node:
        stamp = self._labels.duty_stamp.replace("\n", " ") if signer.duty_stamp else ""
        return node(
            "li",
            *(node("p", line, class_="quiet") for line in place_label.split("\n")),
            node("p", node("strong", signer.office)),
            node("p", signer.instead or self._labels.sign_here, class_="box"),
            node("p", stamp, class_="box stamp") if stamp else None,
            node("p", node("strong", signer.name)),
            node("p", signer.details, class_="quiet") if signer.details else None,
        )


def proof(made: Proof, anchor: str, heading: str) -> Node:
    """The fingerprint: in words, in letters, as QR, and how it is checked."""
    return node(
        "section",
        node(heading, made.title, id=f"{anchor}-title"),
        figures.qr(made.code, f"QR: {made.title}"),
        node("ol", *(node("li", word) for word in made.words), class_="words"),
        node("p", node("code", " ".join(made.letters))),
        *(node("p", line, class_="quiet") for line in made.lines),
        class_="proof",
        aria_labelledby=f"{anchor}-title",
    )
