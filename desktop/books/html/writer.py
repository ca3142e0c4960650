"""A book as one page: head, cover, contents, chapters, footnotes, foot."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from lxml import etree

from desktop.base.jobs import Report
from desktop.base.resources import resource
from desktop.books.document import Document, Heading, Pictures
from desktop.books.html import figures
from desktop.books.html.elements import Anchors, Body, proof
from desktop.books.html.nodes import Node, add, node

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""The page loads nothing and runs nothing: what a browser is told about it."""
_CONTENTS_LEVEL = 2
_TEXT, _CONTENTS = "text", "contents"
"""The ids of the text and of the heading of the contents."""


class Writer:
    """Writes one document."""

    def __init__(self, book: Document, pictures: Pictures | None) -> None:
        self._book, self._labels = book, book.labels
        self._anchors = Anchors(book)
        self._pictures = pictures
        self._body = Body(book, self._anchors, pictures)

    def write(self, report: Report) -> bytes:
        """The whole page, in UTF-8."""
        book = self._book
        kind = "letter" if book.letter else "book"
        page = node("html", self._head(), lang=book.language.value)
        body = node("body", class_=kind)
        page.append(body)
        if self._labels.skip:
            add(body, node("a", self._labels.skip, href=f"#{_TEXT}", class_="skip"))
        add(body, self._letterhead() if book.letter else self._cover())
        add(body, *self._contents())
        main = node("main", id=_TEXT, tabindex="-1")
        body.append(main)
        self._body.into(main, report)
        add(main, *self._notes())
        if book.proof is not None:
            add(main, proof(book.proof, "proof", "h2"))
        add(body, self._foot())
        return b"<!DOCTYPE html>\n" + etree.tostring(page, method="html", encoding="utf-8") + b"\n"

    def _head(self) -> Node:
        book = self._book
        facts = {
            "viewport": "width=device-width, initial-scale=1",
            "color-scheme": "light dark",
            "author": book.author,
            "description": book.subject,
            "keywords": book.keywords,
            "generator": "Rancang",
            "dcterms.modified": book.moment.isoformat(),
        }
        return node(
            "head",
            node("meta", charset="utf-8"),
            node("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            node("title", book.title),
            *(node("meta", name=name, content=text) for name, text in facts.items() if text),
            node("style", _look()),
        )

    # --------------------------------------------------------------------------------------- cover

    def _cover(self) -> Node:
        cover = self._book.cover
        made = node(
            "header",
            node("p", cover.overline, class_="overline"),
            node("h1", cover.title),
            self._emblem(),
            node("p", node("strong", cover.region), class_="region"),
            node("p", cover.province, class_="province") if cover.province else None,
            node("p", cover.years, class_="years") if cover.years else None,
            *self._marks(),
            *(node("p", line, class_="small") for line in cover.lines),
            class_="cover",
        )
        if self._book.imprint:
            facts = node("dl", class_="imprint")
            for label, value in self._book.imprint:
                add(facts, node("div", node("dt", label), node("dd", value)))
            add(made, facts)
        return made

    def _letterhead(self) -> Node:
        cover = self._book.cover
        region = ", ".join(filter(None, (cover.region, cover.province)))
        made = node("header", class_="letterhead official" if self._book.letterhead else "letterhead")
        if self._book.letterhead:
            add(made, self._emblem())
            add(made, *(node("p", node("strong", line)) for line in self._book.letterhead))
            add(made, node("h1", cover.title))
        else:
            add(made, node("p", cover.overline, class_="overline"), node("h1", cover.title))
            add(made, node("p", region, class_="region"))
        return add(made, *self._marks())

    def _emblem(self) -> Node | None:
        """The region's emblem, on white in every light; None where there is none."""
        made = figures.emblem(self._book.emblem, self._labels.coat_of_arms, self._pictures)
        return node("p", made, class_="emblem") if made is not None else None

    def _marks(self) -> Iterator[Node]:
        """What nobody may overlook, in words: a draft, an example, a test."""
        stamp = self._book.watermark
        if stamp is not None:
            yield node("p", node("strong", stamp.word), " ", stamp.sentence, class_="mark")
        if self._book.notices:
            yield node("ul", *(node("li", notice) for notice in self._book.notices), class_="notices")

    # ------------------------------------------------------------------------------------ contents

    def _contents(self) -> Iterator[Node]:
        headings = [h for h in self._book.headings if h.level <= _CONTENTS_LEVEL]
        if self._book.letter or not headings:
            return
        labels = self._labels
        made = node("nav", node("h2", labels.contents, id=_CONTENTS), aria_labelledby=_CONTENTS)
        add(made, self._tree(headings))
        for title, label, things in (
            (labels.tables, labels.table, list(self._book.tables)),
            (labels.figures, labels.figure, list(self._book.figures)),
        ):
            if things:
                entries = (
                    node("li", node("a", f"{label} {e.number} {e.caption}", href=f"#{self._anchors.of(e)}"))
                    for e in things
                )
                add(made, node("details", node("summary", title), node("ul", *entries)))
        yield made

    def _tree(self, headings: list[Heading]) -> Node:
        """Chapters, their sections below them."""
        whole = node("ul")
        for heading in headings:
            shown = f"{heading.number} {heading.text}".strip()
            entry = node("li", node("a", shown, href=f"#{self._anchors.of(heading)}"))
            if heading.level == 1 or not len(whole):
                whole.append(entry)
                continue
            chapter = whole[-1]
            if len(chapter) == 1:
                add(chapter, node("ul"))
            chapter[-1].append(entry)
        return whole

    # ----------------------------------------------------------------------------------------- end

    def _notes(self) -> Iterator[Node]:
        """All footnotes, each with a way back to its mark."""
        lines = self._body.lines
        if not lines.notes:
            return
        made = node("ol")
        for number, note in sorted(lines.notes.items()):
            item = lines.into(node("li", id=f"note-{number}", value=str(number)), note.line)
            back = f"{self._labels.back} ({self._labels.note} {number})"
            add(item, " ", node("a", "↩", href=f"#mark-{number}", role="doc-backlink", aria_label=back))
            add(made, item)
        heading = node("h2", self._labels.notes, id="notes")
        yield node("section", heading, made, class_="notes", role="doc-endnotes", aria_labelledby="notes")

    def _foot(self) -> Node:
        book = self._book
        said = (" · ".join(filter(None, book.running_head)), book.running_foot)
        stamp = (f"{book.watermark.word}: {book.watermark.sentence}",) if book.watermark else ()
        return node("footer", *(node("p", text) for text in (*said, *stamp, *book.notices) if text))


@cache
def _look() -> str:
    return resource("books", "book.css").read_text("utf-8")
