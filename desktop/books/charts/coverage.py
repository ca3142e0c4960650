"""Draws the map of sub-dimensions: where programmes and money are, and where none is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charted import Area, AreaGroup, Coverage
from desktop.books.charts.base import LABEL_SIZE, SMALL, blank, fit, look, string, wide
from desktop.books.document import Chart

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

CELL, GAP, KEY = 49.0, 4.0, 16.0
NAMES = 0.19
MOST_ACROSS = 4
LEAST_CELL = 88.0


def draw_coverage(chart: Coverage, width: float) -> Drawing:
    """One drawing, ``width`` points wide: a row of fields for each dimension."""
    across = _across(chart, width)
    lines = sum(_lines(group, across) for group in chart.groups)
    key = _key_lines(chart, width)
    drawing = blank(width, lines * (CELL + GAP) + KEY * len(key))
    side = width * NAMES
    cell = (width - side - GAP * (across - 1)) / across
    top = drawing.height
    for group in chart.groups:
        for number, line in enumerate(fit(group.name, side - 8, 4, 8)):
            drawing.add(string(0, top - 11 - 9.2 * number, line, 8, palette.NAVY))
        for place, area in enumerate(group.areas):
            x = side + (place % across) * (cell + GAP)
            y = top - (place // across) * (CELL + GAP) - CELL
            _field(drawing, chart, area, (x, y, cell))
        top -= _lines(group, across) * (CELL + GAP)
    for number, entries in enumerate(reversed(key)):
        for shade, text, x in entries:
            _ground(drawing, shade, (x, 3 + KEY * number, 11, 8))
            drawing.add(string(x + 15, 4.4 + KEY * number, text, LABEL_SIZE, palette.INK))
    return drawing


def coverage_parts(chart: Coverage, width: float, height: float) -> Iterator[Chart]:
    """As many dimensions in each piece as fit."""
    across = _across(chart, width)
    room = int((height - KEY * len(_key_lines(chart, width))) // (CELL + GAP))
    groups: list[AreaGroup] = []
    used = 0
    for group in chart.groups:
        for place in range(0, max(len(group.areas), 1), across * max(room, 1)):
            piece = replace(group, areas=group.areas[place : place + across * max(room, 1)])
            needed = _lines(piece, across)
            if groups and used + needed > room:
                yield replace(chart, groups=tuple(groups))
                groups, used = [], 0
            groups.append(piece)
            used += needed
    if groups:
        yield replace(chart, groups=tuple(groups))


def _across(chart: Coverage, width: float) -> int:
    most = max((len(group.areas) for group in chart.groups), default=1)
    fits = int((width * (1 - NAMES) + GAP) // (LEAST_CELL + GAP))
    return max(1, min(most, MOST_ACROSS, fits))


def _lines(group: AreaGroup, across: int) -> int:
    return max(1, -(-len(group.areas) // across))


def _ground(drawing: Drawing, shade: int, box: tuple[float, float, float, float]) -> None:
    """The field itself; one without a programme is a dashed outline, one without money a plain one."""
    from reportlab.graphics.shapes import Rect

    fill = palette.DEPTHS[shade]
    match shade:
        case 0:
            drawing.add(Rect(*box, **look(fill, palette.RED, 1.1, [3, 2])))
        case 1:
            drawing.add(Rect(*box, **look(fill, palette.MUTED, 0.6)))
        case _:
            drawing.add(Rect(*box, **look(fill)))


def _field(drawing: Drawing, chart: Coverage, area: Area, box: tuple[float, float, float]) -> None:
    x, y, width = box
    shade = chart.shade(area)
    inset = 0.6
    _ground(drawing, shade, (x + inset, y + inset, width - 2 * inset, CELL - 2 * inset))
    for number, line in enumerate(fit(area.name, width - 10, 3)):
        drawing.add(string(x + 5, y + CELL - 10.5 - 8.6 * number, line, LABEL_SIZE, palette.INK))
    colour = palette.INK if shade else palette.RED
    text = fit(area.text, width - 10, 1, SMALL)[0]
    drawing.add(string(x + 5, y + 6, text, SMALL, colour, bold=False))


def _key_lines(chart: Coverage, width: float) -> list[list[tuple[int, str, float]]]:
    lines: list[list[tuple[int, str, float]]] = [[]]
    x = 1.0
    for shade, name in enumerate(chart.key):
        text = fit(name, width - 20, 1)[0]
        needed = 15 + wide(text, LABEL_SIZE)
        if lines[-1] and x + needed > width:
            lines.append([])
            x = 1.0
        lines[-1].append((shade, text, x))
        x += needed + 14
    return lines
