"""The file around the text: python-docx's package, with styles, lists, heads, feet and notes of our own."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from desktop.books.document import Document
from desktop.books.docx import furniture, styles
from desktop.books.docx.lines import Lines, Notes
from desktop.books.docx.marking import Marks
from desktop.books.docx.properties import add_properties
from desktop.books.docx.targets import Targets
from desktop.books.docx.xml import root

_UNUSED = ("customXml", "stylesWithEffects", "thumbnail", "webSettings")
"""What python-docx's template brings along and nobody needs."""

_MADE_BY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Rancang</Application></Properties>"
)
"""In place of the pages and words that python-docx's template once had."""


class File:
    """A Word file in the making."""

    def __init__(self, book: Document, properties: Mapping[str, str]) -> None:
        self._book = book
        self.docx = docx.Document()
        self._part: Any = self.docx.part
        self._furniture: dict[tuple[tuple[float, float], bool], tuple[str, str]] = {}
        self._links: dict[str, str] = {}
        self._notes: Part | None = None
        self._tidy()
        self._about()
        if properties:
            add_properties(self.docx, properties)

    def _tidy(self) -> None:
        for owner in (self._part.package, self._part):
            for relation in [each for each in owner.rels.values() if each.reltype.endswith(_UNUSED)]:
                del owner.rels[relation.rId]

    def _about(self) -> None:
        book, core = self._book, self.docx.core_properties
        core.title, core.subject, core.author = book.title[:255], book.subject[:255], book.author[:255]
        core.language = styles.LANGUAGES[book.language]
        core.created = core.modified = book.moment.replace(tzinfo=None)
        core.last_modified_by, core.revision, core.comments = book.author[:255], 1, ""
        core.keywords = book.keywords[:255]
        made_by = self._part.package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
        vars(made_by)["_blob"] = _MADE_BY

    # ---------------------------------------------------------------------------------------- parts

    def _new(self, name: str, kind: str, relation: str, content: bytes) -> tuple[Part, str]:
        part = Part(PackURI(f"/word/{name}.xml"), kind, content, self._part.package)
        return part, self._part.relate_to(part, relation)

    def furniture(self, page: tuple[float, float], *, front: bool = False) -> tuple[str, str]:
        """The relations of head and foot of such pages; ``front`` = before the first chapter."""
        if (page, front) not in self._furniture:
            number = len(self._furniture) + 1
            _, head = self._new(
                f"header{number}",
                CONTENT_TYPE.WML_HEADER,
                RELATIONSHIP_TYPE.HEADER,
                furniture.head(self._book, page, number, front=front),
            )
            _, foot = self._new(
                f"footer{number}",
                CONTENT_TYPE.WML_FOOTER,
                RELATIONSHIP_TYPE.FOOTER,
                furniture.foot(self._book, page),
            )
            self._furniture[page, front] = head, foot
        return self._furniture[page, front]

    def link(self, address: str) -> str:
        """The relation of a link out of the text."""
        return _linked(self._part, self._links, address)

    def picture(self, data: bytes) -> str:
        """The relation of a picture; the same picture is stored once."""
        relation, _ = self._part.get_or_add_image(io.BytesIO(data))
        return str(relation)

    def note_lines(self, targets: Targets, notes: Notes, marks: Marks) -> Lines:
        """Who writes the lines of footnotes, whose links are relations of their own part."""
        self._notes, _ = self._new("footnotes", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, b"")
        links: dict[str, str] = {}
        part = self._notes

        def link(address: str) -> str:
            return _linked(part, links, address)

        return Lines(targets, self._book.labels, link, notes, marks)

    def add_notes(self, content: bytes) -> None:
        """The text of the footnotes."""
        vars(self._notes)["_blob"] = content

    def finished(self, body: str, lists: tuple[tuple[int, int], ...]) -> bytes:
        """The file with its text."""
        book, part = self._book, self._part
        part._element = parse_xml(root("document", f"<w:body>{body}</w:body>"))  # noqa: SLF001 - no other way
        replaced: tuple[tuple[str, bytes], ...] = (
            (RELATIONSHIP_TYPE.STYLES, styles.styles(book)),
            (RELATIONSHIP_TYPE.NUMBERING, styles.numbering(lists)),
            (
                RELATIONSHIP_TYPE.SETTINGS,
                styles.settings(book.language, letter=book.letter, noted=self._notes is not None),
            ),
            (RELATIONSHIP_TYPE.FONT_TABLE, styles.font_table()),
        )
        for relation, content in replaced:
            other = part.part_related_by(relation)
            if "_element" in vars(other):
                vars(other)["_element"] = parse_xml(content)
            else:
                vars(other)["_blob"] = content
        target = io.BytesIO()
        self.docx.save(target)
        return target.getvalue()


def _linked(part: Part, known: dict[str, str], address: str) -> str:
    if address not in known:
        known[address] = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return known[address]
