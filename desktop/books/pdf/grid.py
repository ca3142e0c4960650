"""Tables as the books need them: measured once, split at rows (or within a row that fills a page), fast.

ReportLab's own Table measures every cell of every remaining row again at each page; a budget table of
thousands of rows does not forgive that. Here a cell that fits on one line is only a string.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, FrameBreak, Paragraph

from desktop.base.richtext import Run
from desktop.books import palette
from desktop.books.document import Align, Column, Line, Row, Table, text_of
from desktop.books.fonts import BOLD, REGULAR, is_plain, tidy
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.styles import Alignment, cell_style, line_markup, style

PAD_X, PAD_Y = 5.0, 3.4
SIZES = (8.2, 7.4, 6.6, 5.8)
"""Type sizes tried for a table, the largest that fits wins."""
_TALL, _LEAST_PIECE = 300.0, 80.0
"""A row higher than this may be cut, if a piece of at least that height stays on the page (points)."""
_ALIGN: dict[Align, Alignment] = {
    "left": TA_LEFT,
    "right": TA_RIGHT,
    "center": TA_CENTER,
    "decimal": TA_RIGHT,
}
_FLEX_LEAST = (112.0, 62.0, 36.0)
"""The least width of columns that wrap, from comfortable to desperate."""


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row whose cells are measured: plain strings, or paragraphs that wrap."""

    cells: tuple[str | Paragraph, ...]
    kind: str
    height: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts of one table share."""

    columns: tuple[Column, ...]
    widths: tuple[float, ...]
    size: float
    header: LaidRow | None
    caption: Paragraph | None
    continued: Paragraph | None
    plain: bool
    key: str

    def aligned(self, place: int) -> Align:
        """How the cells of a column stand."""
        return self.columns[place].align


def plain_text(line: Line) -> str | None:
    """The text of a cell that needs no markup at all, else None."""
    if not line:
        return ""
    part = line[0]
    if len(line) > 1 or not isinstance(part, Run) or part != Run(part.text):
        return None
    text = tidy(part.text)
    return text if "\n" not in text and is_plain(text) else None


def fits_upright(table: Table, room: float) -> bool:
    """Whether a table reads well within ``room`` points; else it wants a page turned on its side."""
    return any(widths(table, room, size, _FLEX_LEAST[0]) is not None for size in SIZES[:2])


def best_widths(table: Table, room: float) -> tuple[float, tuple[float, ...]]:
    """The largest type size that fits and the width of each column; equal columns when nothing fits."""
    for least in _FLEX_LEAST:
        for size in SIZES:
            found = widths(table, room, size, least)
            if found is not None:
                return size, found
    return SIZES[-1], tuple(room / len(table.columns) for _ in table.columns)


def widths(table: Table, room: float, size: float, flex: float) -> tuple[float, ...] | None:
    """The width of each column within ``room`` points; None when the table does not fit at this size.

    Columns that wrap get ``flex`` points or, if that is less, what their contents need.
    """
    least: list[float] = []
    for place, column in enumerate(table.columns):
        words = column.title.split()
        head = max((stringWidth(word, BOLD, size) for word in words), default=0.0) + 2 * PAD_X + 0.5
        natural = _natural(table, place, size)
        if column.width:
            share = flex * min(1.0, 0.4 + 0.4 * column.width)
            least.append(max(head, min(natural, max(share, _longest_word(table, place, size)))))
        else:
            least.append(max(head, min(natural, room * 0.4)))
    spare = room - sum(least)
    if spare < 0:
        return None
    shares = sum(column.width for column in table.columns)
    if not shares:
        return tuple(width + spare / len(least) for width in least)
    flexible = spare + sum(w for w, column in zip(least, table.columns, strict=True) if column.width)
    wanted = [flexible * column.width / shares for column in table.columns]
    lacking = sum(
        max(0.0, w - want) for w, want, c in zip(least, wanted, table.columns, strict=True) if c.width
    )
    surplus = sum(
        max(0.0, want - w) for w, want, c in zip(least, wanted, table.columns, strict=True) if c.width
    )
    keep = 1 - lacking / surplus if surplus else 0.0
    return tuple(
        w if not column.width or want <= w else w + (want - w) * keep
        for w, want, column in zip(least, wanted, table.columns, strict=True)
    )


def _longest_word(table: Table, place: int, size: float) -> float:
    """What the longest word of a column needs, up to a bound: words are broken only in need."""
    longest = ""
    for row in table.rows:
        if row.kind != "group" and place < len(row.cells):
            words = text_of(row.cells[place])[:2000].split()
            longest = max((longest, *words), key=len)
    return min(stringWidth(tidy(longest[:60]), BOLD, size) + 2 * PAD_X + 0.5, _FLEX_LEAST[0])


def _natural(table: Table, place: int, size: float) -> float:
    widest = 0.0
    for row in table.rows:
        if row.kind == "group" or place >= len(row.cells):
            continue
        font = REGULAR if row.kind == "body" and not table.columns[place].strong else BOLD
        text = plain_text(row.cells[place])
        if text is None:
            text = text_of(row.cells[place]) + "  "
        widest = max(widest, stringWidth(text[:200], font, size))
    return widest + 2 * PAD_X + 0.5


class Grid(Flowable):
    """A table, or what of it stands on one page."""

    def __init__(self, plan: Plan, rows: Sequence[LaidRow], *, first: bool = True, last: bool = True) -> None:
        super().__init__()
        self._plan, self._rows, self._first, self._last = plan, rows, first, last
        self.spaceBefore = 8 if first else 0
        self.spaceAfter = 12 if last else 0

    # ----------------------------------------------------------------------------------- measuring

    @property
    def _title(self) -> Paragraph | None:
        return self._plan.caption if self._first else self._plan.continued

    def _head_height(self, width: float) -> float:
        title = self._title
        above = title.wrap(width, 10_000)[1] + 5 if title is not None else 0.0
        return above + (self._plan.header.height if self._plan.header else 0.0)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As high as all its rows."""
        self.width = width
        self.height = self._head_height(width) + sum(row.height for row in self._rows)
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        """The rows that fit, and the rest; a row is cut only when it would not fit on a page either."""
        room = height - self._head_height(width)
        count, used = 0, 0.0
        for row in self._rows:
            if used + row.height > room:
                break
            used += row.height
            count += 1
        if count < len(self._rows) and self._rows[count].height > _TALL and room - used > _LEAST_PIECE:
            cut = self._cut(self._rows[count], room - used)
            if cut is not None:
                return self._parted([*self._rows[:count], cut[0]], [cut[1], *self._rows[count + 1 :]])
        count = self._good_break(count)
        return self._parted(self._rows[:count], self._rows[count:]) if count else []

    def least(self, width: float) -> float:
        """How high its beginning is: where less room is left, the whole of it goes to the next page."""
        used = self._head_height(width)
        for count, row in enumerate(self._rows, 1):
            if row.height > _TALL:
                return used + _LEAST_PIECE + 1
            used += row.height
            if count == len(self._rows) or self._good_break(count):
                break
        return used

    def _good_break(self, count: int) -> int:
        """No more than ``count`` rows, so that none is left alone and what belongs together stays so."""
        rows = len(self._rows)
        best = min(count, rows - 2) if count < rows and rows > 3 else count
        while 0 < best < rows and self._sticks(best):
            best -= 1
        alone = best == 1 and rows > 3 and self._first and self._rows[0].height < 120
        return 0 if alone else best or (count if count and not self._first else 0)

    def _sticks(self, count: int) -> bool:
        """Whether a break before row ``count`` would part what belongs together."""
        return self._rows[count - 1].kind == "group" or self._rows[count].kind in {"total", "subtotal"}

    def _parted(self, above: Sequence[LaidRow], below: Sequence[LaidRow]) -> list[Flowable]:
        if not below:
            return [self._part(above)]
        # Without the break the rest would be offered the room that was left free on purpose.
        return [self._part(above, last=False), FrameBreak, self._part(below, first=False)]

    def _part(self, rows: Sequence[LaidRow], *, first: bool = True, last: bool = True) -> Grid:
        return Grid(self._plan, rows, first=first and self._first, last=last and self._last)

    def _cut(self, row: LaidRow, room: float) -> tuple[LaidRow, LaidRow] | None:
        above: list[str | Paragraph] = []
        below: list[str | Paragraph] = []
        for place, cell in enumerate(row.cells):
            inner = self._inner_width(place, row)
            if isinstance(cell, str) or cell.wrap(inner, 10_000)[1] <= room - 2 * PAD_Y:
                above.append(cell)
                below.append("")
                continue
            pieces = cell.split(inner, room - 2 * PAD_Y)
            if len(pieces) < 2:
                return None
            above.append(cast(Paragraph, pieces[0]))
            below.append(cast(Paragraph, pieces[1]))
        return self._measured(above, row), self._measured(below, row)

    def _inner_width(self, place: int, row: LaidRow) -> float:
        width = sum(self._plan.widths) if row.kind == "group" else self._plan.widths[place]
        return width - 2 * PAD_X

    def _measured(self, cells: list[str | Paragraph], row: LaidRow) -> LaidRow:
        heights = [
            cell.wrap(self._inner_width(place, row), 100_000)[1]
            for place, cell in enumerate(cells)
            if isinstance(cell, Paragraph)
        ]
        height = max([self._plan.size * 1.32, *heights]) + 2 * PAD_Y
        return LaidRow(tuple(cells), row.kind, height)

    # ------------------------------------------------------------------------------------- drawing

    def draw(self) -> None:
        """Caption, header, rows, rules."""
        canvas = cast(BookCanvas, self.canv)
        plan, y = self._plan, self.height
        if self._first and plan.key:
            canvas.mark(plan.key, 0, "", self.height)
        title = self._title
        if title is not None:
            y -= title.height
            title.drawOn(canvas, 0, y)
            y -= 5
        total = sum(plan.widths)
        strong, light = HexColor(palette.RULE if plan.plain else palette.NAVY), 0.4 if plan.plain else 0.9
        canvas.setLineWidth(light)
        canvas.setStrokeColor(strong)
        canvas.line(0, y, total, y)
        if plan.header is not None:
            y -= plan.header.height
            canvas.setFillColor(HexColor(palette.PALE))
            canvas.rect(0, y, total, plan.header.height - 0.45, stroke=0, fill=1)
            self._draw_row(canvas, plan.header, y)
            canvas.setLineWidth(0.5)
            canvas.line(0, y, total, y)
        for number, row in enumerate(self._rows):
            y -= row.height
            self._draw_ground(canvas, row, y, total, number=number)
            self._draw_row(canvas, row, y)
        canvas.setStrokeColor(strong)
        canvas.setLineWidth(light if self._last else 0.4)
        canvas.line(0, y, total, y)

    def _draw_ground(self, canvas: BookCanvas, row: LaidRow, y: float, total: float, *, number: int) -> None:
        if row.kind in {"group", "total", "subtotal"}:
            ground = palette.BAND if row.kind != "total" else palette.PALE
            canvas.setFillColor(HexColor(ground))
            canvas.rect(0, y, total, row.height, stroke=0, fill=1)
        if row.kind == "total":
            canvas.setStrokeColor(HexColor(palette.NAVY))
            canvas.setLineWidth(0.7)
        else:
            canvas.setStrokeColor(HexColor(palette.RULE))
            canvas.setLineWidth(0.4)
        if number:
            canvas.line(0, y + row.height, total, y + row.height)

    def _draw_row(self, canvas: BookCanvas, row: LaidRow, y: float) -> None:
        plan, x, top = self._plan, 0.0, y + row.height - PAD_Y
        strong = row.kind != "body"
        colour = HexColor(palette.NAVY if strong else palette.INK)
        for place, cell in enumerate(row.cells):
            width = plan.widths[place]
            if isinstance(cell, Paragraph):
                cell.drawOn(canvas, x + PAD_X, top - cell.height)
            elif cell:
                canvas.setFillColor(colour)
                canvas.setFont(BOLD if strong or plan.columns[place].strong else REGULAR, plan.size)
                baseline = top - plan.size * 1.04
                match plan.aligned(place):
                    case "right" | "decimal":
                        canvas.drawRightString(x + width - PAD_X, baseline, cell)
                    case "center":
                        canvas.drawCentredString(x + width / 2, baseline, cell)
                    case _:
                        canvas.drawString(x + PAD_X, baseline, cell)
            x += width


class Builder:
    """Lays out the rows of one table for given column widths."""

    def __init__(
        self, table: Table, column_widths: tuple[float, ...], size: float, targets: frozenset[str]
    ) -> None:
        self._table, self._widths, self._size, self._targets = table, column_widths, size, targets

    def build(self, caption: str, continued: str, key: str) -> Grid:
        """The whole table; ``caption`` and ``continued`` are paragraph markup, empty for none."""
        table = self._table
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
        )
        return Grid(plan, [self._row(row, row.kind) for row in table.rows])

    def _row(self, row: Row, kind: str) -> LaidRow:
        cells = tuple(
            self._cell(line, place, kind) for place, line in enumerate(row.cells[: len(self._widths)])
        )
        heights = [cell.height for cell in cells if isinstance(cell, Paragraph)]
        height = max([self._size * 1.32, *heights]) + 2 * PAD_Y
        return LaidRow(cells, kind, height)

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
        look = cell_style(self._size, align, bold=strong, colour=colour)
        paragraph = Paragraph(line_markup(line, self._targets), look)
        paragraph.wrap(width, 100_000)
        return paragraph


def _paragraph(markup: str) -> Paragraph | None:
    return Paragraph(markup, style("caption")) if markup else None
