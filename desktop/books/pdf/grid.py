"""Tables as the books need them: measured once, split at rows (or within a row that fills a page), fast.

ReportLab's own Table measures every cell of every remaining row again at each page; a budget table of
thousands of rows does not forgive that. Here a cell that fits on one line is only a string.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, FrameBreak, Paragraph

from desktop.books import palette
from desktop.books.document import Align, Column
from desktop.books.fonts import BOLD, REGULAR
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.footnotes import foot_height
from desktop.books.pdf.measures import PAD_X, parted
from desktop.books.pdf.pen import Pen, plain_lines

_TALL, _LEAST_PIECE = 300.0, 80.0
"""A row higher than this may be cut, if a piece of at least that height stays on the page (points)."""
_LEAST_KEPT, _FEW, _FULL = 90.0, 6, 0.6
"""Points of the last rows that stand together on a page, of tables with more rows than a few, as long as the
page before keeps such a share of what it could hold."""
_BASELINE = 1.04
"""How far the first line stands below the top of a cell, in sizes of the type."""


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row whose cells are measured: plain strings, or paragraphs that wrap."""

    cells: tuple[str | Paragraph, ...]
    kind: str
    height: float
    so_far: tuple[str, ...] = ()
    """What each column comes to up to this row, to be carried over a page; empty = nothing to carry."""
    notes: tuple[Paragraph, ...] = ()
    """Its footnotes, which stand at the foot of the page."""


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
    decimal_mark: str
    decimals: tuple[float, ...]
    """By column the room that figures need from the decimal sign on."""
    carried: tuple[str, str]
    """What stands before sums that go over to the next page, and that come from the page before."""
    pad: float
    """Points above and below the text of a cell."""
    bare: bool = False
    """Without any rule."""

    def aligned(self, place: int) -> Align:
        """How the cells of a column stand."""
        return self.columns[place].align

    @property
    def carry_height(self) -> float:
        """The height of a row of carried sums."""
        return self.size * 1.32 + 2 * self.pad

    def carry(self, row: LaidRow, *, over: bool) -> LaidRow | None:
        """The row that carries sums after ``row``; None where there is nothing to carry."""
        if not row.so_far:
            return None
        cells = (self.carried[0 if over else 1], *row.so_far[1:])
        return LaidRow(cells, "carried", self.carry_height, row.so_far)


class Grid(Flowable):
    """A table, or what of it stands on one page."""

    def __init__(self, plan: Plan, rows: Sequence[LaidRow], *, first: bool = True, last: bool = True) -> None:
        super().__init__()
        self._plan, self._rows, self._first, self._last = plan, rows, first, last
        self.below = 0.0
        """How high that is which must not stand on a page alone, without the last rows."""
        self.spaceBefore = 8 if first else 0
        self.spaceAfter = 12 if last else 0

    @property
    def notes(self) -> tuple[Paragraph, ...]:
        """The footnotes of all rows that stand here."""
        return tuple(note for row in self._rows for note in row.notes)

    # ----------------------------------------------------------------------------------- measuring

    @property
    def _title(self) -> Paragraph | None:
        return self._plan.caption if self._first else self._plan.continued

    def _head_height(self, width: float) -> float:
        title = self._title
        above = title.wrap(width, 10_000)[1] + 5 if title is not None else 0.0
        return above + (self._plan.header.height if self._plan.header else 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """As high as all its rows; a little higher than the room where what follows would stand alone."""
        self.width = width
        self.height = self._head_height(width) + sum(row.height for row in self._rows)
        needed = self.height + foot_height(self.notes, width)
        if self.below and needed <= height < needed + self.below and self.parts_well:
            return width, height + 1
        return width, needed

    @property
    def parts_well(self) -> bool:
        """Whether some rows can go to the next page and others stay."""
        return self._rows_kept() < len(self._rows)

    def _rows_kept(self) -> int:
        """How many of the last rows go with what follows."""
        kept, used = 0, 0.0
        for row in reversed(self._rows):
            kept, used = kept + 1, used + row.height
            if kept > 1 and used > _LEAST_KEPT:
                break
        while kept < len(self._rows) and self._sticks(len(self._rows) - kept):
            kept += 1
        return kept

    def split(self, width: float, height: float) -> list[Flowable]:
        """The rows that fit, and the rest; a row is cut only when it would not fit on a page either."""
        room = height - self._head_height(width)
        if any(row.so_far for row in self._rows):
            room -= self._plan.carry_height
        count, used = self._fitting(width, room)
        if count < len(self._rows) and self._rows[count].height > _TALL and room - used > _LEAST_PIECE:
            cut = self._cut(self._rows[count], room - used)
            if cut is not None:
                return self._parted([*self._rows[:count], cut[0]], [cut[1], *self._rows[count + 1 :]])
        if self.below and count == len(self._rows):
            count -= self._rows_kept()
        else:
            count = self._good_break(count)
        return self._parted(self._rows[:count], self._rows[count:]) if count else []

    def _fitting(self, width: float, room: float) -> tuple[int, float]:
        """How many rows fit with their footnotes, and how high they are together."""
        used = 0.0
        notes: tuple[Paragraph, ...] = ()
        for count, row in enumerate(self._rows):
            notes = (*notes, *row.notes)
            if used + row.height + foot_height(notes, width) > room:
                return count, used + foot_height(notes[: len(notes) - len(row.notes)], width)
            used += row.height
        return len(self._rows), used

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
        # a page with hardly anything on it is none: rather two that are both not full
        rest = sum(row.height for row in self._rows[best:])
        while best > count * _FULL and 0 < rest < _LEAST_KEPT and rows > _FEW:
            best -= 1
            rest += self._rows[best].height
        while 0 < best < rows and self._sticks(best):
            best -= 1
        above = self._rows[:best]
        said = sum(row.kind == "body" for row in above)
        alone = said < 2 and rows > 3 and self._first and sum(row.height for row in above) < 120
        return 0 if alone else best or (count if count and not self._first else 0)

    def _sticks(self, count: int) -> bool:
        """Whether a break before row ``count`` would part what belongs together."""
        heads = {"group", "carried"}
        return self._rows[count - 1].kind in heads or self._rows[count].kind in {"total", "subtotal"}

    def _parted(self, above: Sequence[LaidRow], below: Sequence[LaidRow]) -> list[Flowable]:
        if not below:
            return [self._part(above)]
        over = self._plan.carry(above[-1], over=True)
        brought = self._plan.carry(above[-1], over=False)
        if over is not None and brought is not None:
            above, below = [*above, over], [brought, *below]
        # Without the break the rest would be offered the room that was left free on purpose.
        return [self._part(above, last=False), FrameBreak, self._part(below, first=False)]

    def _part(self, rows: Sequence[LaidRow], *, first: bool = True, last: bool = True) -> Grid:
        part = Grid(self._plan, rows, first=first and self._first, last=last and self._last)
        part.below = self.below if part._last else 0.0
        part.spaceAfter = self.spaceAfter if part._last else 0
        return part

    def _cut(self, row: LaidRow, room: float) -> tuple[LaidRow, LaidRow] | None:
        above: list[str | Paragraph] = []
        below: list[str | Paragraph] = []
        for place, cell in enumerate(row.cells):
            inner = self._inner_width(place, row)
            if isinstance(cell, str) or cell.wrap(inner, 10_000)[1] <= room - 2 * self._plan.pad:
                above.append(cell)
                below.append("")
                continue
            pieces = cell.split(inner, room - 2 * self._plan.pad)
            if len(pieces) < 2:
                return None
            above.append(cast(Paragraph, pieces[0]))
            below.append(cast(Paragraph, pieces[1]))
        # the sums are those after the whole row, the footnotes stand where it ends
        return replace(self._measured(above, row), so_far=(), notes=()), self._measured(below, row)

    def _inner_width(self, place: int, row: LaidRow) -> float:
        width = sum(self._plan.widths) if row.kind == "group" else self._plan.widths[place]
        return width - 2 * PAD_X

    def _measured(self, cells: list[str | Paragraph], row: LaidRow) -> LaidRow:
        heights = [
            cell.wrap(self._inner_width(place, row), 100_000)[1]
            for place, cell in enumerate(cells)
            if isinstance(cell, Paragraph)
        ]
        height = max([self._plan.size * 1.32, *heights]) + 2 * self._plan.pad
        return replace(row, cells=tuple(cells), height=height)

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
        if plan.bare:
            for row in self._rows:
                y -= row.height
                self._draw_row(canvas, row, y)
            return
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
        if row.kind in {"group", "total", "subtotal", "carried"}:
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
        """The cells from left to right, in one text object as long as their type does not change.

        Each object has a font, a colour and places of its own to write down, to be read and to be judged.
        """
        plan, x = self._plan, 0.0
        top = y + row.height - plan.pad
        strong = row.kind != "body"
        pen = Pen(canvas, palette.NAVY if strong else palette.INK, plan.size)
        for place, cell in enumerate(row.cells):
            width = plan.widths[place]
            # a group's one cell spans the table, whatever its first column holds
            align = "left" if row.kind == "group" else plan.aligned(place)
            inner = (x + PAD_X, width - 2 * PAD_X)
            if isinstance(cell, Paragraph):
                lines = plain_lines(cell)
                if lines is None:
                    pen.lift()
                    cell.drawOn(canvas, x + PAD_X, top - cell.height)
                else:
                    pen.take(cell.frags[0].fontName)
                    baseline = top - plan.size * _BASELINE
                    for number, line in enumerate(lines):
                        pen.write(line, inner, baseline - number * cell.style.leading, align)
            elif cell:
                pen.take(BOLD if strong or plan.columns[place].strong else REGULAR)
                left = self._left_of_rest(pen, cell, place) if row.kind != "header" else 0.0
                pen.write(cell, (inner[0], inner[1] - left), top - plan.size * _BASELINE, align)
            x += width
        pen.lift()

    def _left_of_rest(self, pen: Pen, text: str, place: int) -> float:
        """How far a figure stays from the right, so that its decimal sign stands below those above it."""
        if self._plan.aligned(place) != "decimal":
            return 0.0
        _, rest = parted(text, self._plan.decimal_mark)
        return self._plan.decimals[place] - pen.width(rest)
