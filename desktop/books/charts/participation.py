"""Draws who takes part: for each kind of stakeholders three bars with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charted import Participation
from desktop.books.charts.base import LABEL_SIZE, SMALL, Key, area, blank, fit, rule, string, wide
from desktop.books.fonts import drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

BAR, GAP = 8.4, 7.0
NAMES = 0.28
LOOKS = ((palette.SKY, ""), (palette.BLUE, "up"), (palette.NAVY, ""))


def draw_participation(chart: Participation, width: float) -> Drawing:
    """One drawing, ``width`` points wide."""
    key = Key(chart.names, width)
    side = width * NAMES
    each = BAR * len(chart.names) + GAP
    drawing = blank(width, each * len(chart.kinds) + key.height + 4)
    counts = [amount for kind in chart.kinds for amount in kind.counts]
    most = max((amount.value for amount in counts), default=0.0)
    room = width - side - max((wide(amount.text, SMALL) for amount in counts), default=0.0) - 6
    foot = key.height + 2
    y = drawing.height - 2
    for kind in chart.kinds:
        y -= each
        lines = fit(kind.name, side - 8, 3)
        for number, line in enumerate(lines):
            baseline = y + each / 2 - 2.6 + 4.3 * (len(lines) - 1) - 8.6 * number
            drawing.add(string(side - 6, baseline, line, LABEL_SIZE, palette.INK, anchor="end"))
        for place, amount in enumerate(kind.counts):
            low = y + each - GAP / 2 - BAR * (place + 1)
            length = room * amount.value / most if most > 0 else 0.0
            if length >= 0.3:
                area(drawing, (side, low + 1, length, BAR - 2), *LOOKS[place % len(LOOKS)])
            text = drawable(amount.text)
            drawing.add(string(side + length + 4, low + 1.9, text, SMALL, palette.INK))
        rule(drawing, (0, y), (width, y))
    rule(drawing, (side, foot), (side, drawing.height), palette.NAVY, 0.8)
    key.draw(drawing, LOOKS[: len(chart.names)])
    return drawing
