"""Draws indicators side by side, each from its baseline over the targets, with what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charted import Path, Paths, Point
from desktop.books.charts.base import LABEL_SIZE, SMALL, blank, fit, fitting, look, rule, string, wide
from desktop.books.document import Chart
from desktop.books.fonts import drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

PLOT, NAME, YEARS, GAP, KEY = 58.0, 30.0, 13.0, 10.0, 16.0
"""Heights of the lines, of the name above, of the years below, between two rows, of the key; in points."""
PANEL = PLOT + NAME + YEARS
WIDEST_PANEL = 150.0
BETWEEN = 16.0
Spot = tuple[float, float]


def draw_paths(chart: Paths, width: float) -> Drawing:
    """One drawing, ``width`` points wide."""
    columns = _columns(chart, width)
    rows = -(-len(chart.paths) // columns)
    drawing = blank(width, rows * PANEL + max(rows - 1, 0) * GAP + KEY)
    wide_panel = (width - BETWEEN * (columns - 1)) / columns
    for number, path in enumerate(chart.paths):
        x = (number % columns) * (wide_panel + BETWEEN)
        y = drawing.height - (number // columns) * (PANEL + GAP) - PANEL
        _panel(drawing, path, (x, y, wide_panel))
    _key(drawing, chart)
    return drawing


def path_parts(chart: Paths, width: float, height: float) -> Iterator[Chart]:
    """As many rows in each piece as fit."""
    columns = _columns(chart, width)
    rows = max(1, int((height - KEY + GAP) // (PANEL + GAP)))
    for start in range(0, len(chart.paths), rows * columns):
        yield replace(chart, paths=chart.paths[start : start + rows * columns])


def _columns(chart: Paths, width: float) -> int:
    return max(1, min(int((width + BETWEEN) // (WIDEST_PANEL - 10 + BETWEEN)), max(len(chart.paths), 2)))


def _panel(drawing: Drawing, path: Path, box: tuple[float, float, float]) -> None:
    x, y, width = box
    name = f"{path.name} ({path.unit})" if path.unit else path.name
    for number, line in enumerate(fit(name, width, 3, 7)):
        drawing.add(string(x, y + PANEL - 7 - 8.2 * number, line, 7, palette.NAVY))
    points = path.points
    if not points:
        return
    years = sorted({point.year for point in points})
    first = points[0]
    size = fitting([point.amount.text for point in points], width * 0.28, SMALL) or 5.4
    before = max(wide(first.amount.text, size), wide(str(years[0]), SMALL) / 2) + 6
    ends = [line[-1] for line in (path.targets, path.realised) if line]
    after = max([wide(end.amount.text, size) for end in ends] or [0.0]) + 6
    after = max(after, wide(str(years[-1]), SMALL) / 2 + 2)
    plot = (x + before, y + YEARS, width - before - after)
    _years(drawing, years, plot)
    spots = _spots(points, years, plot)
    targets = [spots[point] for point in (path.baseline, *path.targets) if point is not None]
    _line(drawing, targets, palette.BLUE, None)
    _line(drawing, [spots[point] for point in path.realised], palette.SERIES[1], [3, 2])
    if path.baseline is not None:
        _mark(drawing, spots[path.baseline], "baseline")
    for point in path.targets:
        _mark(drawing, spots[point], "target")
    for point in path.realised:
        _mark(drawing, spots[point], "realised")
    _values(drawing, first, ends, spots, (plot[0] + plot[2] + 5, size))


def _spots(
    points: Sequence[Point], years: Sequence[int], plot: tuple[float, float, float]
) -> dict[Point, Spot]:
    values = [point.amount.value for point in points]
    low, high = min(values), max(values)
    span = (years[-1] - years[0]) or 1
    room = PLOT - 10
    x, y, width = plot
    return {
        point: (
            x + width * ((point.year - years[0]) / span if len(years) > 1 else 0.5),
            y + 5 + room * ((point.amount.value - low) / (high - low) if high > low else 0.5),
        )
        for point in points
    }


def _years(drawing: Drawing, years: Sequence[int], plot: tuple[float, float, float]) -> None:
    x, y, width = plot
    rule(drawing, (x, y), (x + width, y), palette.NAVY, 0.6)
    span = (years[-1] - years[0]) or 1
    free = -1e9
    last = x + width if len(years) > 1 else None
    for year in years:
        at = x + width * ((year - years[0]) / span if len(years) > 1 else 0.5)
        half = wide(str(year), SMALL) / 2
        is_end = year == years[-1]
        if at - half < free + 3 or (not is_end and last is not None and at + half > last - half - 3):
            continue
        rule(drawing, (at, y), (at, y - 2), palette.NAVY, 0.5)
        drawing.add(string(at, y - 9, str(year), SMALL, palette.MUTED, anchor="middle"))
        free = at + half


def _line(drawing: Drawing, spots: Sequence[Spot], colour: str, dashes: list[float] | None) -> None:
    for start, end in pairwise(spots):
        rule(drawing, start, end, colour, 1.3, dashes)


def _mark(drawing: Drawing, spot: Spot, kind: str) -> None:
    from reportlab.graphics.shapes import Circle, Rect

    x, y = spot
    match kind:
        case "baseline":
            drawing.add(Circle(x, y, 2.6, **look(palette.WHITE, palette.BLUE, 1.1)))
        case "target":
            drawing.add(Circle(x, y, 2.2, **look(palette.BLUE)))
        case _:
            drawing.add(Rect(x - 2.3, y - 2.3, 4.6, 4.6, **look(palette.SERIES[1])))


def _values(
    drawing: Drawing,
    first: Point,
    ends: Sequence[Point],
    spots: dict[Point, Spot],
    right: tuple[float, float],
) -> None:
    """The first value at the left, the last of each line at the right, apart from each other."""
    x, size = right
    at = spots[first]
    if first not in ends:
        text = drawable(first.amount.text)
        drawing.add(string(at[0] - 5, at[1] - 2.3, text, size, palette.INK, anchor="end"))
    heights = [spots[end][1] for end in ends]
    if len(heights) > 1 and abs(heights[0] - heights[1]) < 8.5:
        middle, upper = sum(heights) / 2, heights[0] >= heights[1]
        heights = [middle + (4.3 if upper else -4.3), middle - (4.3 if upper else -4.3)]
    for place, (end, height) in enumerate(zip(ends, heights, strict=True)):
        colour = palette.AMBER if place else palette.INK
        drawing.add(string(x, height - 2.3, drawable(end.amount.text), size, colour))


def _key(drawing: Drawing, chart: Paths) -> None:
    x = 4.0
    shown = [("baseline", chart.baseline), ("target", chart.target)]
    if any(path.realised for path in chart.paths):
        shown.append(("realised", chart.realised))
    for kind, name in shown:
        if kind == "target":
            _line(drawing, [(x, 5.5), (x + 16, 5.5)], palette.BLUE, None)
        elif kind == "realised":
            _line(drawing, [(x, 5.5), (x + 16, 5.5)], palette.SERIES[1], [3, 2])
        _mark(drawing, (x + (0 if kind == "baseline" else 8), 5.5), kind)
        x += 7 if kind == "baseline" else 20
        drawing.add(string(x, 3, drawable(name), LABEL_SIZE, palette.INK))
        x += wide(name, LABEL_SIZE) + 16
