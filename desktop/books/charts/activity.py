"""Draws how busy each agency or stage was, week by week: cells in four shades with their counts in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from desktop.books import palette
from desktop.books.document import Activity
from desktop.books.fonts import BOLD, REGULAR, drawable, register

Anchor: TypeAlias = Literal["start", "middle", "end"]

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

LINE, SIDE, TOP, TOTAL = 14.0, 130.0, 14.0, 30.0
"""The height of a row, the width of the names, the height of the heads, the width of the sums; in points."""
MOST_ROWS = 40
"""Rows on one drawing; it must fit on a page."""


def draw_activity(chart: Activity, width: float) -> Drawing:
    """One drawing, ``width`` points wide."""
    from reportlab.graphics.shapes import Drawing, Rect, String
    from reportlab.lib.colors import HexColor

    register()
    rows = chart.rows[:MOST_ROWS]
    height = TOP + LINE * max(len(rows), 1)
    step = (width - SIDE - TOTAL) / max(len(chart.weeks), 1)
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=7)

    def write(x: float, y: float, text: str, colour: str, size: float = 7, *, bold: bool = False,
              anchor: Anchor = "start") -> None:  # fmt: skip
        drawing.add(
            String(x, y, drawable(text), fontName=BOLD if bold else REGULAR, fontSize=size,
                   fillColor=HexColor(colour), textAnchor=anchor)
        )  # fmt: skip

    for place, week in enumerate(chart.weeks):
        if week:
            write(SIDE + (place + 0.5) * step, height - 9, week, palette.MUTED, 6, anchor="middle")
    for number, name in enumerate(rows):
        y = height - TOP - LINE * (number + 1)
        write(0, y + 4, _cut(name, SIDE - 8), palette.INK)
        for place, count in enumerate(chart.counts[number]):
            shade = chart.shade(count)
            cell = Rect(SIDE + place * step + 0.6, y + 0.6, step - 1.2, LINE - 1.2)
            cell.fillColor, cell.strokeColor = HexColor(palette.SHADES[shade]), None
            drawing.add(cell)
            if count and step >= 12:
                colour = palette.WHITE if shade >= 3 else palette.INK
                write(SIDE + (place + 0.5) * step, y + 4.2, _few(count), colour, 6, anchor="middle")
        write(width, y + 4, str(sum(chart.counts[number])), palette.NAVY, 7, bold=True, anchor="end")
    return drawing


def _few(count: int) -> str:
    """A count in three letters at most."""
    return str(count) if count < 1000 else f"{count // 1000}k"


def _cut(text: str, width: float) -> str:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = " ".join(text[:200].split())
    if stringWidth(drawable(text), REGULAR, 7) <= width:
        return text
    while text and stringWidth(drawable(text) + "…", REGULAR, 7) > width:
        text = text[:-1]
    return text.rstrip() + "…"
