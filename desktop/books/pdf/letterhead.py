"""The head of a letter (*kop surat*): whose it is, a place for the coat of arms, and a double rule."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desktop.books import palette
from desktop.books.fonts import BOLD, ITALIC, drawable
from desktop.books.pdf.photos import draw_jpeg
from desktop.books.photos import Scaled

_HEIGHT, ARMS = 74.0, 54.0
"""Points: the head as a whole, and the square for the coat of arms."""
_SIZES = (13.0, 12.0, 10.0)


class Letterhead(Flowable):
    """Lines in the middle; beside them the region's own coat of arms, or its place, left free and told."""

    def __init__(self, lines: Sequence[str], hint: str, arms: Scaled | None = None) -> None:
        super().__init__()
        self._lines = [drawable(line) for line in lines[: len(_SIZES)]]
        self._hint, self._arms = drawable(hint), arms
        self.spaceAfter = 14

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Always the same height."""
        self.width = width
        return width, _HEIGHT

    def draw(self) -> None:
        """The place for the arms at the left, the lines beside it, the rules below."""
        canvas, room = self.canv, self.width - 2 * (ARMS + 8)
        canvas.saveState()
        if self._arms is None:
            self._place()
        else:
            left, below = ((ARMS - each) / 2 for each in (self._arms.width, self._arms.height))
            draw_jpeg(canvas, self._arms, left, _HEIGHT - ARMS - 4 + below)
        canvas.setFillColor(HexColor(palette.NAVY))
        y = _HEIGHT - 22
        for line, size in zip(self._lines, _SIZES, strict=False):
            fitted = size
            while fitted > 6 and canvas.stringWidth(line, BOLD, fitted) > room:
                fitted -= 0.5
            canvas.setFont(BOLD, fitted)
            canvas.drawCentredString(self.width / 2, y, line)
            y -= 19
        canvas.setStrokeColor(HexColor(palette.NAVY))
        canvas.setLineWidth(1.8)
        canvas.line(0, 8, self.width, 8)
        canvas.setLineWidth(0.6)
        canvas.line(0, 5, self.width, 5)
        canvas.restoreState()

    def _place(self) -> None:
        """Where a coat of arms belongs that nobody has put in."""
        canvas = self.canv
        canvas.setStrokeColor(HexColor("#b9c4d2"))
        canvas.setLineWidth(0.5)
        canvas.setDash([2, 2])
        canvas.rect(0, _HEIGHT - ARMS - 4, ARMS, ARMS, stroke=1, fill=0)
        canvas.setDash([])
        canvas.setFont(ITALIC, 6.5)
        canvas.setFillColor(HexColor("#8b98a9"))
        canvas.drawCentredString(ARMS / 2, _HEIGHT - ARMS / 2 - 6, self._hint)
