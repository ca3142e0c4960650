"""Draws money by year with its sources on top of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charted import Axis, Layer, Stacked
from desktop.books.charts.base import SMALL, Key, area, blank, colour_of, fit, fitting, rule, string, wide
from desktop.books.fonts import drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

PLOT, TITLE, YEARS = 150.0, 24.0, 16.0
"""Heights of the columns, of the axis' title with the sum on the highest column, of the years; in points."""
WIDEST = 46.0
LEAST_NUMBERED = 8.5
"""So high a part must be to hold the number that the key names it by."""


def draw_stacked(chart: Stacked, width: float) -> Drawing:
    """One drawing, ``width`` points wide: parts are numbered as in the key below."""
    key = Key([_named(layer) for layer in chart.layers], width, numbered=True)
    drawing = blank(width, TITLE + PLOT + YEARS + key.height)
    foot = key.height + YEARS
    left = draw_axis(drawing, chart.axis, foot, PLOT)
    count = max(len(chart.columns), 1)
    step = (width - left) / count
    bar = min(step * 0.64, WIDEST)
    size = fitting(chart.totals, step - 3, 7.4)
    named = fitting(chart.columns, step - 2, 8) or 5.4
    every = 1
    while every < count and max(wide(text, named) for text in chart.columns) > step * every - 2:
        every += 1
    for column, name in enumerate(chart.columns):
        middle = left + (column + 0.5) * step
        top = _column(drawing, chart, column, (middle - bar / 2, foot, bar))
        if size and chart.total(column):
            total = drawable(chart.totals[column])
            drawing.add(string(middle, top + 3, total, size, palette.NAVY, bold=False, anchor="middle"))
        if column % every == 0:
            drawing.add(string(middle, foot - 11, name, named, palette.NAVY, bold=False, anchor="middle"))
    rule(drawing, (left, foot), (width, foot), palette.NAVY, 0.8)
    key.draw(drawing, [colour_of(place) for place in range(len(chart.layers))])
    return drawing


def _named(layer: Layer) -> str:
    return f"{layer.name} ({layer.text})" if layer.text else layer.name


def _column(drawing: Drawing, chart: Stacked, column: int, box: tuple[float, float, float]) -> float:
    """The parts of one column; how far up it reaches."""
    x, foot, bar = box
    below = 0
    y = foot
    for place, layer in enumerate(chart.layers):
        value = layer.values[column]
        if value <= 0:
            continue
        below += value
        above = foot + PLOT * chart.axis.share(below)
        height = above - y
        if height >= 0.3:
            colour, hatch = colour_of(place)
            area(drawing, (x, y, bar, height), colour, hatch if height > 4 else "")
            rule(drawing, (x, above), (x + bar, above), palette.WHITE, 0.6)
        if height >= LEAST_NUMBERED and bar >= 12:
            _number(drawing, (x + bar / 2, y + height / 2), place)
        y = above
    return y


def _number(drawing: Drawing, middle: tuple[float, float], place: int) -> None:
    from reportlab.graphics.shapes import Circle
    from reportlab.lib.colors import HexColor

    x, y = middle
    drawing.add(Circle(x, y, 4, fillColor=HexColor(palette.WHITE), strokeColor=None))
    drawing.add(string(x, y - 2.1, str(place + 1), 5.8, palette.INK, anchor="middle"))


def draw_axis(drawing: Drawing, axis: Axis, foot: float, plot: float) -> float:
    """Ticks with lines across, the title above them; how wide the ticks are."""
    left = max((wide(tick.text, SMALL) for tick in axis.ticks), default=0.0) + 6
    title = fit(axis.title, drawing.width, 1)[0]
    drawing.add(string(0, drawing.height - 8, title, 7.4, palette.MUTED))
    for tick in axis.ticks:
        y = foot + plot * axis.share(tick.value)
        rule(drawing, (left, y), (drawing.width, y))
        drawing.add(string(left - 4, y - 2.3, drawable(tick.text), SMALL, palette.MUTED, anchor="end"))
    return left
