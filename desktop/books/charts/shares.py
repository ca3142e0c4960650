"""Draws how the money is shared out among the dimensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charted import Share, Shares
from desktop.books.charts.base import LABEL_SIZE, area, blank, fit, rule, string, wide
from desktop.books.fonts import drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROW, LINE, TITLE = 19.0, 9.0, 16.0
NAMES = 0.3
"""What the names have of the width."""


def draw_shares(chart: Shares, width: float) -> Drawing:
    """One drawing, ``width`` points wide: a bar for each dimension with its figures at the end."""
    side = width * NAMES
    names = [fit(share.name, side - 8, 3) for share in chart.shares]
    heights = [ROW + LINE * (len(lines) - 1) for lines in names]
    drawing = blank(width, TITLE + sum(heights) + 3)
    title = fit(chart.unit, width - side, 1)[0]
    drawing.add(string(side, drawing.height - 9, title, LABEL_SIZE, palette.MUTED))
    largest = max((share.amount.value for share in chart.shares), default=0.0)
    room = width - side - max((wide(_said(share), LABEL_SIZE) for share in chart.shares), default=0.0) - 8
    y = drawing.height - TITLE
    for share, lines, height in zip(chart.shares, names, heights, strict=True):
        y -= height
        for number, line in enumerate(lines):
            baseline = y + height / 2 - 2.6 + (len(lines) - 1) * LINE / 2 - number * LINE
            drawing.add(string(side - 6, baseline, line, LABEL_SIZE, palette.INK, anchor="end"))
        length = room * share.amount.value / largest if largest > 0 else 0.0
        if length >= 0.3:
            area(drawing, (side, y + height / 2 - 5.5, length, 11), palette.BLUE)
        said = drawable(_said(share))
        drawing.add(string(side + max(length, 0) + 5, y + height / 2 - 2.6, said, LABEL_SIZE, palette.INK))
    rule(drawing, (side, 1), (side, drawing.height - TITLE), palette.NAVY, 0.8)
    return drawing


def _said(share: Share) -> str:
    return f"{share.amount.text}  ({share.percent})" if share.percent else share.amount.text
