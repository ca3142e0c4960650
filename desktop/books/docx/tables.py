"""Tables: as wide as in the PDF, with heads that are repeated and rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.base.richtext import Run
from desktop.books import palette
from desktop.books.document import Align, Line, Row, Source, Table
from desktop.books.docx import grids
from desktop.books.docx.grids import frame
from desktop.books.docx.lines import Lines
from desktop.books.docx.marking import Marks
from desktop.books.docx.styles import CLAUSES, PLAIN_TABLE, TABLE
from desktop.books.docx.xml import Look, Set, Xml, hexa, para, twips

_ALIGN: dict[Align, str] = {"left": "", "right": "right", "center": "center", "decimal": "right"}
_CLOSES = f'<w:top w:val="single" w:sz="6" w:space="0" w:color="{hexa(palette.NAVY)}"/>'
"""The rule over a total."""
_USUAL = 8.0
"""The size that the styles of tables have, in points."""
_TIGHT = {"top": 1.0, "bottom": 1.0}
_TEXT = 11.0
"""The size of clauses, which are text."""


def table(
    element: Table, lines: Lines, marks: Marks, room: float, *, letter: bool, short: bool = False
) -> Xml:
    """A table without its caption; ``room`` is the width of the page's text in points.

    A ``letter`` is filled in by hand; a ``short`` sheet shall stay two pages.
    """
    size, widths = _measured(element, room, letter=letter and not short)
    made = _Rows(element, lines, marks, widths, size)
    headed = any(column.title for column in element.columns)
    rows = (made.head() if headed else "") + "".join(made.row(each) for each in element.rows)
    style = CLAUSES if element.clauses else PLAIN_TABLE if element.plain else TABLE
    padding = _TIGHT if short else None
    return frame(widths, rows, style=style, padding=padding, headed=headed, caption=element.caption)


def _measured(element: Table, room: float, *, letter: bool) -> tuple[float, Sequence[float]]:
    """Size of the type and width of each column, in points; sizes come in halves in Word."""
    from desktop.books.fonts import register
    from desktop.books.pdf.measures import best_widths, widths

    register()
    if element.clauses:
        return _TEXT, best_widths(element, room, _TEXT)[1]
    if letter:
        # to be filled in and signed by hand: larger than the tables of a book
        for size, least in ((9.5, 112.0), (9.0, 112.0), (9.0, 80.0), (8.5, 62.0)):
            found = widths(element, room, size, least)
            if found is not None:
                return size, found
    size, fitting = best_widths(element, room)
    return int(size * 2) / 2, fitting


class _Rows:
    """The rows of one table."""

    def __init__(
        self, element: Table, lines: Lines, marks: Marks, widths: Sequence[float], size: float
    ) -> None:
        self._table, self._lines, self._marks, self._widths = element, lines, marks, widths
        self._look = Look() if size == _USUAL else Look(size=size)

    def head(self) -> Xml:
        """The titles of the columns."""
        cells = "".join(
            self._cell((Run(column.title),), place, "TableHead", palette.PALE)
            for place, column in enumerate(self._table.columns)
        )
        return grids.row(cells, head=True)

    def row(self, row: Row) -> Xml:
        """A row of figures, the title of a group, or a sum."""
        if row.kind == "group":
            line = row.cells[0] if row.cells else ()
            text = para(self._lines.line(line, self._look), Set("TableSum", keep=True))
            whole = sum(map(twips, self._widths)) / 20
            return grids.row(grids.cell(whole, text, span=len(self._widths), ground=palette.BAND))
        style = "TableText" if row.kind == "body" else "TableSum"
        ground = {"total": palette.PALE, "subtotal": palette.BAND}.get(row.kind, "")
        rule = _CLOSES if row.kind == "total" else ""
        empty: Line = ()
        cells = [*row.cells, *[empty] * len(self._widths)][: len(self._widths)]
        sources = [*row.sources, *[None] * len(cells)]
        return grids.row(
            "".join(
                self._cell(line, place, style, ground, rule, sources[place])
                for place, line in enumerate(cells)
            )
        )

    def _cell(
        self, line: Line, place: int, style: str, ground: str, rule: Xml = "", source: Source | None = None
    ) -> Xml:
        column, look = self._table.columns[place], self._look
        if column.strong and style == "TableText":
            look = Look(bold=True, size=look.size)
        words = self._marks.cell(source, line, self._lines.line(line, look))
        text = para(words, Set(style, align=_ALIGN[column.align]))
        return grids.cell(self._widths[place], text, borders=rule, ground=ground)
