"""Headings that contents, outline and references can lead to, and paragraphs with a look of their own."""

from __future__ import annotations

from typing import cast

from reportlab.lib.colors import HexColor
from reportlab.platypus import Paragraph

from desktop.books import palette
from desktop.books.fonts import BOLD, drawable
from desktop.books.pdf.canvas import BookCanvas
from desktop.books.pdf.footnotes import Noted
from desktop.books.pdf.styles import style

_OVERLINE, _SPREAD = 9.6, 1.5
"""Size of the line above a chapter's title, and the room between its letters, in points."""
_SUNK, _RULE = 50.0, 16.0
"""How far a chapter's title stands below the top of the text, and the room for the rule below it."""


class TitleLine(Paragraph):
    """A heading that contents, outline and references can lead to."""

    place: tuple[str, int, str] | None = None

    def draw(self) -> None:
        """Leave the mark, then draw."""
        self.leave_mark(self.height + 4)
        super().draw()

    def leave_mark(self, height: float) -> None:
        """Remember that the heading stands here, so many points high."""
        if self.place is not None:
            key, level, text = self.place
            cast(BookCanvas, self.canv).mark(key, level, text, height)


class Chapter(TitleLine):
    """The opening of a chapter: *BAB 2*, sunk on the page, the title, a rule."""

    overline = ""

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Room for what stands above and below the title as well."""
        w, h = super().wrap(width, height)
        return w, h + _SUNK + _RULE

    def draw(self) -> None:
        """The number, the title, the rule."""
        canvas = cast(BookCanvas, self.canv)
        self.leave_mark(self.height + _SUNK + _RULE)
        canvas.saveState()
        if self.overline:
            canvas.setFillColor(HexColor(palette.BLUE))
            canvas.setFont(BOLD, _OVERLINE)
            canvas.drawString(0, self.height + _RULE + 9, drawable(self.overline).upper(), charSpace=_SPREAD)
        canvas.translate(0, _RULE)
        Paragraph.draw(self)
        canvas.restoreState()
        canvas.setStrokeColor(HexColor(palette.RULE))
        canvas.setLineWidth(0.6)
        canvas.line(0, 5, self.width, 5)
        canvas.setStrokeColor(HexColor(palette.BLUE))
        canvas.setLineWidth(2.2)
        canvas.line(0, 5, 42, 5)


def chapter(text: str, overline: str) -> Chapter:
    """The opening of a chapter: its title as paragraph markup, and what stands above it."""
    made = Chapter(text, style("chapter"))
    made.overline = overline
    return made


class Barred(Noted):
    """A paragraph with a bar in the margin: text that was written as an example."""

    def draw(self) -> None:
        """The bar, then the text."""
        self.canv.setStrokeColor(HexColor("#a9c4ec"))
        self.canv.setLineWidth(2)
        self.canv.line(-9, self.below - 1, -9, self.below + self.height - 1)
        super().draw()
