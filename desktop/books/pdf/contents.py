"""The table of contents, and the lists of tables and figures: laid out at once, numbered at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable

from desktop.books import palette
from desktop.books.fonts import BOLD, REGULAR, drawable
from desktop.books.pdf.canvas import BookCanvas


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents and the place it leads to."""

    key: str
    level: int
    number: str
    text: str


_PAGE_ROOM = 34.0


class ContentsLine(Flowable):
    """One entry, over several lines if need be."""

    def __init__(self, entry: Entry, number_width: float) -> None:
        super().__init__()
        self._entry = entry
        strong = entry.level == 1
        self._font, self._size = (BOLD, 9.6) if strong else (REGULAR, 9.0)
        self._leading = self._size * 1.45
        self._indent = 0.0 if strong or not entry.level else number_width * 0.62
        self._number_width = number_width
        self._lines: list[str] = []
        self.spaceBefore = 7 if strong else 0

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """As wide as the page, as high as its lines."""
        self.width = width
        room = width - self._indent - self._number_width - _PAGE_ROOM
        self._lines = simpleSplit(drawable(self._entry.text), self._font, self._size, room)[:3] or [""]
        self.height = self._leading * len(self._lines)
        return width, self.height

    def draw(self) -> None:
        """Number, text and dots; the page number comes when all pages are known."""
        canvas = cast(BookCanvas, self.canv)
        canvas.setFillColor(HexColor(palette.NAVY if self._entry.level == 1 else palette.INK))
        canvas.setFont(self._font, self._size)
        left = self._indent + self._number_width
        y = self.height - self._size
        canvas.drawString(self._indent, y, self._entry.number)
        for line in self._lines:
            canvas.drawString(left, y, line)
            y -= self._leading
        y += self._leading
        end = left + canvas.stringWidth(self._lines[-1], self._font, self._size) + 5
        stop = self.width - 24
        if end < stop:
            canvas.setStrokeColor(HexColor("#9fb0c6"))
            canvas.setLineWidth(0.7)
            canvas.setLineCap(1)
            canvas.setDash([0.01, 3.6])
            canvas.line(end, y, stop, y)
            canvas.setDash([])
        canvas.saveState()
        canvas.translate(0, y)
        canvas.keep_entry(self._entry.key, self.width, self._size)
        canvas.restoreState()
