"""The rows of a table, measured once for given column widths."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books import palette
from desktop.books.document import Align, Labels, Line, Note, Row, Table
from desktop.books.fonts import BOLD, REGULAR
from desktop.books.pdf.footnotes import note_paragraph
from desktop.books.pdf.grid import Grid, LaidRow, Plan
from desktop.books.pdf.measures import PAD_X, PAD_Y, TIGHT_Y, decimals_width, plain_text
from desktop.books.pdf.styles import Alignment, cell_style, line_markup, style
from desktop.books.pdf.texts import paragraph

_ALIGN: dict[Align, Alignment] = {
    "left": TA_LEFT,
    "right": TA_RIGHT,
    "center": TA_CENTER,
    "decimal": TA_RIGHT,
}


class Builder:
    """Lays out the rows of one table for given column widths."""

    def __init__(
        self,
        table: Table,
        room: tuple[tuple[float, ...], float],
        targets: frozenset[str],
        language: Language | None,
        labels: Labels,
        *,
        tight: bool = False,
    ) -> None:
        """``room``: the width of each column, and the size of the type, in points; ``tight``: low rows.

        ``language``: by whose rules words are broken, if they are.
        """
        (self._widths, self._size), self._table, self._targets = room, table, targets
        self._language, self._labels = language, labels
        self._pad = TIGHT_Y if tight else PAD_Y

    def build(self, caption: str, continued: str, key: str) -> Grid:
        """The whole table; ``caption`` and ``continued`` are paragraph markup, empty for none."""
        table, mark = self._table, self._labels.decimal_mark
        header = None
        if any(column.title for column in table.columns):
            titles: tuple[Line, ...] = tuple((Run(column.title),) for column in table.columns)
            header = self._row(Row(titles), "header")
        plan = Plan(
            table.columns,
            self._widths,
            self._size,
            header,
            _paragraph(caption),
            _paragraph(continued),
            table.plain,
            key,
            mark,
            tuple(decimals_width(table, place, self._size, mark) for place in range(len(table.columns))),
            (self._labels.carried_over, self._labels.brought_forward),
            self._pad,
            bare=table.clauses,
        )
        return Grid(plan, [self._row(row, row.kind) for row in table.rows])

    def _row(self, row: Row, kind: str) -> LaidRow:
        cells = tuple(
            self._cell(line, place, kind) for place, line in enumerate(row.cells[: len(self._widths)])
        )
        heights = [cell.height for cell in cells if isinstance(cell, Paragraph)]
        height = max([self._size * 1.32, *heights]) + 2 * self._pad
        return LaidRow(cells, kind, height, row.so_far, tuple(self._notes(row)))

    def _notes(self, row: Row) -> Iterator[Paragraph]:
        for line in row.cells:
            for part in line:
                if isinstance(part, Note):
                    yield note_paragraph(part, self._targets, self._language)

    def _cell(self, line: Line, place: int, kind: str) -> str | Paragraph:
        column = self._table.columns[place]
        width = (sum(self._widths) if kind == "group" else self._widths[place]) - 2 * PAD_X
        strong = kind != "body" or column.strong
        text = plain_text(line)
        if (
            text is not None
            and len(text) < 200
            and stringWidth(text, BOLD if strong else REGULAR, self._size) <= width + 0.01
        ):
            return text
        align: Alignment = TA_LEFT if kind == "group" else _ALIGN[column.align]
        colour = palette.NAVY if kind != "body" else palette.INK
        look = cell_style(self._size, align, bold=strong, colour=colour, language=self._language)
        made = paragraph(line_markup(line, self._targets), look, Paragraph)
        made.wrap(width, 100_000)
        return made


def _paragraph(markup: str) -> Paragraph | None:
    return Paragraph(markup, style("caption")) if markup else None
