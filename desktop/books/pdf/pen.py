"""Writes lines of one size and colour, many of them in one text object."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import Paragraph

from desktop.books.document import Align
from desktop.books.pdf.canvas import BookCanvas


class Pen:
    """Takes a font, writes lines at their places; what it wrote is on the page when it is lifted."""

    def __init__(self, canvas: BookCanvas, colour: str, size: float) -> None:
        self._canvas, self._colour, self._size = canvas, HexColor(colour), size
        self._text: PDFTextObject | None = None
        self._font = ""

    def take(self, font: str) -> None:
        """What follows is written in this font."""
        if self._text is None:
            self._text, self._font = self._canvas.beginText(), ""
            self._text.setFillColor(self._colour)
        if font != self._font:
            self._text.setFont(font, self._size)
            self._font = font

    def width(self, text: str) -> float:
        """How wide a text is in the present font, in points."""
        return float(stringWidth(text, self._font, self._size))

    def write(self, text: str, room: tuple[float, float], y: float, align: Align) -> None:
        """One line with its baseline at ``y``; ``room`` is where its place begins, and how wide that is."""
        if self._text is None:
            raise ValueError(text)
        x, wide = room
        if align == "center":
            x += (wide - self.width(text)) / 2
        elif align != "left":
            x += wide - self.width(text)
        self._text.setTextOrigin(x, y)
        self._text.textOut(text)

    def lift(self) -> None:
        """Put what was written on the page."""
        if self._text is not None:
            self._canvas.drawText(self._text)
            self._text = None


def plain_lines(paragraph: Paragraph) -> Sequence[str] | None:
    """The lines of a paragraph that was laid out and is nothing but text; None where it is more than that."""
    laid: Any = vars(paragraph)["blPara"]
    if laid.kind or laid.us_lines or laid.link or laid.rise or any(spare < -1e-8 for spare, _ in laid.lines):
        return None
    return [" ".join(words) for _, words in laid.lines]
