"""The elements of a document as paragraphs and tables that Word and LibreOffice show alike."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatchmethod

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from docx.table import Table as DocxTable
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as DocxParagraph

from desktop.base.richtext import Run
from desktop.books import document, palette
from desktop.books.document import (
    Align,
    Callout,
    Column,
    Document,
    Element,
    Heading,
    Inline,
    Line,
    ListBlock,
    Note,
    Row,
    Signatures,
    Table,
    Tone,
    text_of,
)

_FONT = "Calibri"
"""Known to Word; LibreOffice has a face of the same widths for it."""
_SIZE, _CELL = Pt(10.5), Pt(9.5)
_PAPER = Mm(210), Mm(297)
_MARGIN = Mm(20)
_NARROW = Mm(24)
"""The width of a column that only takes what it needs."""
_WIDE = 7
"""A table with so many columns lies across the page."""
_ALIGN: dict[Align, WD_ALIGN_PARAGRAPH] = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "decimal": WD_ALIGN_PARAGRAPH.RIGHT,
}
_TONES = {
    Tone.SOFT: palette.MUTED,
    Tone.EXAMPLE: palette.BLUE,
    Tone.WARNING: palette.AMBER,
    Tone.GOOD: palette.GREEN,
    Tone.MODERATE: palette.AMBER,
    Tone.POOR: palette.RED,
}


class Writer:
    """Writes one document."""

    def __init__(self, book: Document) -> None:
        self._book = book
        self._docx: Docx = docx.Document()

    def write(self) -> Docx:
        """The whole document: head, elements, foot."""
        self._set_up()
        if self._book.letterhead:
            self._letterhead()
        else:
            self._title()
        for element in self._book.elements:
            self._made(element)
        return self._docx

    def _title(self) -> None:
        cover = self._book.cover
        self._line(cover.overline, size=Pt(9), colour=palette.BLUE, bold=True)
        self._line(cover.title, size=Pt(18), colour=palette.NAVY, bold=True)
        self._line(f"{cover.region}, {cover.province}", size=Pt(11), colour=palette.MUTED, after=Pt(12))

    def _letterhead(self) -> None:
        """Whose letter it is, in the middle over a rule; then what kind of letter."""
        lines = self._book.letterhead
        for place, (text, size) in enumerate(zip(lines, (Pt(13), Pt(12), Pt(10)), strict=False), 1):
            paragraph = self._docx.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            self._runs(paragraph, (Run(text),), size=size, bold=True)
            if place == min(len(lines), 3):
                _rule_below(paragraph)
        title = self._docx.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(12), Pt(10)
        self._runs(title, (Run(self._book.cover.title),), size=Pt(13), bold=True)

    def _set_up(self) -> None:
        book, made = self._book, self._docx
        core = made.core_properties
        core.title, core.subject, core.author = book.title[:255], book.subject[:255], book.author[:255]
        core.language = book.language.value
        core.created = core.modified = book.moment.replace(tzinfo=None)
        core.last_modified_by, core.revision, core.comments = book.author[:255], 1, ""
        section = made.sections[0]
        wide = any(isinstance(e, Table) and len(e.columns) >= _WIDE for e in book.elements)
        width, height = reversed(_PAPER) if wide else _PAPER
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = width, height
        section.left_margin = section.right_margin = _MARGIN
        section.top_margin = section.bottom_margin = _MARGIN
        self._room = int(width) - 2 * int(_MARGIN)
        normal = made.styles["Normal"]
        normal.font.name, normal.font.size = _FONT, _SIZE
        normal.paragraph_format.space_after = Pt(6)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "id-ID" if book.language.value == "id" else "en-GB")
        normal.element.get_or_add_rPr().append(language)
        foot = section.footer.paragraphs[0]
        self._runs(
            foot, (Run("  ·  ".join((book.running_foot, *book.notices))),), size=Pt(8), colour=palette.MUTED
        )

    # ------------------------------------------------------------------------------------ elements

    @singledispatchmethod
    def _made(self, element: Element) -> None:
        raise TypeError(type(element))

    @_made.register
    def _heading(self, element: Heading) -> None:
        text = f"{element.number} {element.text}".strip()
        paragraph = self._docx.add_heading(level=min(element.level, 4))
        self._runs(paragraph, (Run(text), *element.tags), colour=palette.NAVY)

    @_made.register
    def _paragraph(self, element: document.Paragraph) -> None:
        paragraph = self._docx.add_paragraph()
        match element.style:
            case "minor_heading":
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_before = Pt(8)
                self._runs(paragraph, element.line, colour=palette.BLUE, bold=True)
            case "centred":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
                paragraph.paragraph_format.space_after = Pt(4)
                self._runs(paragraph, element.line, bold=True)
            case "note":
                self._runs(paragraph, element.line, size=Pt(9), colour=palette.MUTED)
            case _:
                self._runs(paragraph, element.line)

    @_made.register
    def _list(self, element: ListBlock) -> None:
        for item in element.items:
            style = "List Number" if item.ordinal else "List Bullet"
            self._runs(self._docx.add_paragraph(style=style), item.line)

    @_made.register
    def _callout(self, element: Callout) -> None:
        table = self._docx.add_table(1, 1)
        table.style = "Table Grid"
        cell = table.cell(0, 0)
        _shade(cell, palette.PALE if element.tone is Tone.SOFT else palette.AMBER_PALE)
        self._runs(cell.paragraphs[0], (Run(element.title),), bold=True)
        for line in element.lines:
            self._runs(cell.add_paragraph(), line, size=_CELL)
        self._docx.add_paragraph().paragraph_format.space_after = Pt(0)

    @_made.register
    def _page_break(self, _element: document.PageBreak) -> None:
        self._docx.add_page_break()

    @_made.register
    def _signatures(self, element: Signatures) -> None:
        table = self._docx.add_table(0, 2)
        for signer in element.signers:
            # a letter is signed at the right
            cell = table.add_row().cells[bool(self._book.letterhead)]
            box = f"\n\n{signer.instead}\n\n"
            text = f"{element.place_label}\n{signer.office}{box}{signer.name}"
            self._runs(cell.paragraphs[0], (Run(text),))
            self._runs(cell.add_paragraph(), (Run(signer.details),), size=_CELL)

    @_made.register
    def _table(self, element: Table) -> None:
        if not element.columns or not element.rows:
            return
        if element.caption:
            label = f"{self._book.labels.table} {element.number}  " if element.number else ""
            caption = self._docx.add_paragraph()
            caption.paragraph_format.keep_with_next = True
            self._runs(caption, (Run(label, bold=True), Run(element.caption)), size=_CELL)
        headed = any(column.title for column in element.columns)
        table = self._docx.add_table(int(headed), len(element.columns))
        table.style = "Table Grid"
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        widths = self._widths(element.columns)
        if headed:
            self._head(table, element.columns)
        for row in element.rows:
            self._row(table, row, element)
        for place, width in enumerate(widths):
            table.columns[place].width = width
            for cell in table.columns[place].cells:
                cell.width = width
        after = self._docx.add_paragraph()
        after.paragraph_format.space_after = Pt(2)
        if element.note:
            self._runs(after, element.note, size=Pt(9), colour=palette.MUTED)

    def _head(self, table: DocxTable, columns: tuple[Column, ...]) -> None:
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            _shade(cell, palette.PALE)
            self._runs(cell.paragraphs[0], (Run(column.title),), size=_CELL, bold=True, colour=palette.NAVY)
        # the head is repeated on every page
        properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no public way
        properties.append(OxmlElement("w:tblHeader"))

    def _row(self, table: DocxTable, row: Row, element: Table) -> None:
        made = table.add_row()
        made._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has none
        cells = made.cells
        if row.kind == "group":
            merged = cells[0].merge(cells[-1])
            _shade(merged, palette.BAND)
            self._runs(merged.paragraphs[0], row.cells[0], size=_CELL, bold=True)
            return
        for cell, line, column in zip(cells, row.cells, element.columns, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = _ALIGN[column.align]
            paragraph.paragraph_format.space_after = Pt(2)
            self._runs(paragraph, line, size=_CELL, bold=column.strong or row.kind != "body")

    def _widths(self, columns: Iterable[Column]) -> list[Emu]:
        columns = tuple(columns)
        shares = sum(column.width for column in columns)
        spare = self._room - int(_NARROW) * sum(not column.width for column in columns)
        return [
            Emu(int(spare * column.width / shares)) if column.width else Emu(int(_NARROW))
            for column in columns
        ]

    # ---------------------------------------------------------------------------------------- text

    def _line(
        self,
        text: str,
        *,
        size: Pt,
        colour: str,
        bold: bool = False,
        after: Pt = Pt(2),  # noqa: B008 - a length
    ) -> None:
        paragraph = self._docx.add_paragraph()
        paragraph.paragraph_format.space_after = after
        self._runs(paragraph, (Run(text),), size=size, colour=colour, bold=bold)

    def _runs(
        self,
        paragraph: DocxParagraph,
        line: Line,
        *,
        size: Pt | None = None,
        colour: str = "",
        bold: bool = False,
    ) -> None:
        for part in line:
            self._run(paragraph, part, size=size, colour=colour, bold=bold)

    def _run(
        self, paragraph: DocxParagraph, part: Inline, *, size: Pt | None, colour: str, bold: bool
    ) -> None:
        if isinstance(part, Run):
            made = paragraph.add_run(_drawable(part.text))
            made.bold, made.italic = (bold or part.bold) or None, part.italic or None
            made.underline, made.font.strike = part.underline or None, part.strike or None
            made.font.subscript, made.font.superscript = (
                part.raised == "sub" or None,
                part.raised == "sup" or None,
            )
        elif isinstance(part, Note):
            made = paragraph.add_run(f" [{_drawable(text_of(part.line))}]")
            made.italic = True
        else:
            made = paragraph.add_run(f" {_drawable(part.text)}")
            made.bold, colour = True, _TONES[part.tone]
        if size is not None:
            made.font.size = size
        if colour:
            made.font.color.rgb = RGBColor.from_string(colour.removeprefix("#").upper())


def _drawable(text: str) -> str:
    """What XML can hold: control characters (but for the line break) cannot be written at all."""
    return "".join(letter for letter in text if letter >= " " or letter in "\n\t")


def _rule_below(paragraph: DocxParagraph) -> None:
    """The double rule that closes a letterhead."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "double"), ("sz", "8"), ("space", "4"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no public way
    properties.append(borders)


def _shade(cell: Cell, colour: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:color"), "auto")
    shading.set(qn("w:fill"), colour.removeprefix("#").upper())
    cell._tc.get_or_add_tcPr().append(shading)  # noqa: SLF001 - python-docx has no public way
