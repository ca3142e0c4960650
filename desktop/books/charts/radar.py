"""Draws scores along several axes: a radar with an outline for each who gave them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charts.base import Anchor, fit, look, rule, string
from desktop.books.document import Radar, Series
from desktop.books.fonts import REGULAR, drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

AROUND = 34.0
"""Room for the names of the axes above and below, in points."""
ABOVE = 8.0
"""From the outermost ring up to the name of the topmost axis."""
DASHES: tuple[list[float] | None, ...] = (None, [5.0, 3.0], [2.0, 2.5], [7.0, 2.0, 1.5, 2.0])
"""One's own outline is drawn through, those of others are told apart by their dashes."""
SHORTEST = 0.5
"""Points from one score to the next, or from the middle: printers draw what is shorter as they like."""


def draw_radar(chart: Radar, width: float) -> Drawing:
    """One drawing, ``width`` points wide: one's own outline filled, others dashed."""
    from reportlab.graphics.shapes import Drawing, Line, Polygon
    from reportlab.lib.colors import HexColor

    legend = 18 * max(1, len(chart.series))
    count = max(len(chart.axes), 1)
    # three axes stand on a base: below the middle they need but half as much room
    down = max(-math.cos(2 * math.pi * axis / count) for axis in range(count))
    radius = min((min(width * 0.62, 300.0) - 2 * AROUND) / (1 + max(down, 0.5)), width * 0.26)
    height = radius * (1 + max(down, 0.5)) + 2 * AROUND + legend
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)
    middle = (width / 2, height - AROUND - radius)

    def point(axis: int, value: float) -> tuple[float, float]:
        angle = 2 * math.pi * axis / count
        reach = radius * value / chart.maximum
        return middle[0] + reach * math.sin(angle), middle[1] + reach * math.cos(angle)

    def outline(values: list[float]) -> list[float]:
        return [number for axis, value in enumerate(values) for number in point(axis, value)]

    own = [value for value in chart.series[0].values if value is not None] if chart.series else []
    if own and len(own) == count:
        for piece in _pieces([point(axis, value) for axis, value in enumerate(own)], middle):
            drawing.add(Polygon(piece, fillColor=HexColor("#dbe7f8"), strokeColor=None))
    for ring in range(1, chart.maximum + 1):
        drawing.add(Polygon(outline([float(ring)] * count), **look(None, palette.RULE, 0.6)))
    for axis in range(count):
        x, y = point(axis, chart.maximum)
        drawing.add(Line(*middle, x, y, strokeColor=HexColor(palette.RULE), strokeWidth=0.6))
    for place, series in enumerate(chart.series):
        colour = palette.SERIES[place % len(palette.SERIES)]
        dashes = DASHES[min(place, len(DASHES) - 1)]
        _outline(drawing, place, series, point)
        y = legend - 12 - 16 * place
        line = {key: value for key, value in look(None, colour, 1.8, dashes).items() if key != "fillColor"}
        drawing.add(Line(middle[0] - 46, y + 3, middle[0] - 28, y + 3, **line))
        name = fit(series.name, width / 2 + 18, 1, 8)[0]
        drawing.add(string(middle[0] - 22, y, name, 8, palette.INK))
    # over the marks of scores, never below them
    for axis in range(count):
        x, y = point(axis, chart.maximum * 1.09)
        if not axis:  # in a small radar, too, above what names the outermost ring beside a mark on it
            y = max(y, point(axis, chart.maximum)[1] + ABOVE)
        _axis_label(drawing, chart, axis, (x, y), (middle[0], radius))
    for ring, label, marked in chart.named():
        x, y = point(0, ring)
        # below the outline that begins at a mark on this ring there is no room
        at = (x + 6, y - 1.5) if marked else (x + 3, y - 8)
        drawing.add(string(*at, drawable(label), 6.6, palette.MUTED))
    return drawing


def _pieces(ends: list[tuple[float, float]], middle: tuple[float, float]) -> Iterator[list[float]]:
    """What the outline holds, in pieces with an area: where a score is nothing, it is as thin as can be."""
    count = len(ends)
    far = [math.dist(one, middle) >= SHORTEST for one in ends]
    if all(far):
        yield [number for one in ends for number in one]
        return
    start = far.index(False)
    piece: list[tuple[float, float]] = []
    for axis in range(start, start + count + 1):
        if far[axis % count]:
            piece.append(ends[axis % count])
            continue
        if len(piece) > 1:
            yield [number for one in (middle, *piece) for number in one]
        piece = []


def _outline(
    drawing: Drawing, place: int, series: Series, point: Callable[[int, float], tuple[float, float]]
) -> None:
    """From axis to axis; it breaks off where nothing is rated, for that is no score of nothing."""
    from reportlab.graphics.shapes import Circle, Rect

    colour = palette.SERIES[place % len(palette.SERIES)]
    dashes = DASHES[min(place, len(DASHES) - 1)]
    thick = 2.4 if place == 1 else 1.5  # two outlines on one line are both seen
    around = [*enumerate(series.values), (0, series.values[0])] if series.values else []
    for (start, low), (end, high) in pairwise(around):
        if low is None or high is None:
            continue
        one, other = point(start, low), point(end, high)
        if math.dist(one, other) >= SHORTEST:
            rule(drawing, one, other, colour, thick, dashes)
    for axis, value in enumerate(series.values):
        if value is None:
            continue
        x, y = point(axis, value)
        if place:
            drawing.add(Rect(x - 2.2, y - 2.2, 4.4, 4.4, **look(colour)))
        else:
            drawing.add(Circle(x, y, 2.4, **look(colour)))


def _axis_label(
    drawing: Drawing, chart: Radar, axis: int, place: tuple[float, float], web: tuple[float, float]
) -> None:
    """The name of an axis, at its end; ``web`` is the middle and the reach of all."""
    x, y = place
    middle, radius = web
    anchor: Anchor = "middle" if abs(x - middle) < 12 else ("start" if x > middle else "end")
    if anchor == "middle":
        # the names beside it begin where their axes end
        beside = radius * 1.09 * math.sin(2 * math.pi / len(chart.axes)) - 4
        room = min(150.0, 2 * beside)
    else:
        room = (2 * middle - x if anchor == "start" else x) - 2
    rated = any(series.values[axis] is not None for series in chart.series)
    lines = fit(chart.axes[axis] + ("" if rated else " –"), room, 2, 8)
    above = 9 if y > drawing.height / 2 else 0
    lift = (4 if anchor != "middle" else above) * (len(lines) - 1)
    for number, line in enumerate(lines):
        drawing.add(string(x, y - 3 + lift - 9 * number, line, 8, palette.INK, anchor=anchor))
