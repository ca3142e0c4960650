"""Draws the roadmap: programmes of each dimension over the years, with the terms of the guideline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charts.base import LABEL_SIZE, fit, fitting, is_whole, look, rule, string, wide
from desktop.books.document import Bar, BarGroup, Chart, Roadmap
from desktop.books.fonts import REGULAR, drawable

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, Polygon

ROW, TWO_LINES, GROUP_ROW, HEAD, FOOT, TERMS = 15.0, 22.0, 19.0, 20.0, 20.0, 21.0
"""Heights in a roadmap, in points."""
LABEL_SHARE = 0.42
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def roadmap_parts(chart: Roadmap, width: float, height: float) -> Iterator[Chart]:
    """The roadmap in pieces that are at most ``height`` points high."""
    room = height - _head(chart) - _foot(chart, width)
    groups: list[BarGroup] = []
    used = 0.0
    for place, group in enumerate(chart.groups):
        bars: list[Bar] = []
        used += GROUP_ROW
        for bar in group.bars:
            needed = _bar_height(bar, width)
            if used + needed > room and (bars or groups):
                yield _piece(chart, [*groups, BarGroup(group.title, tuple(bars), place)])
                groups, bars, used = [], [], GROUP_ROW
            bars.append(bar)
            used += needed
        if bars:
            groups.append(BarGroup(group.title, tuple(bars), place))
    if groups:
        yield _piece(chart, groups)


def _piece(chart: Roadmap, groups: list[BarGroup]) -> Roadmap:
    return replace(chart, groups=tuple(group for group in groups if group.bars))


def _head(chart: Roadmap) -> float:
    return HEAD + (TERMS if chart.terms else 0)


def _spans(chart: Roadmap, width: float) -> list[tuple[float, float, str]]:
    """Each term from where to where it stands, and its name."""
    left = width * LABEL_SHARE
    first, step = chart.years[0], (width - left) / len(chart.years)
    return [
        (left + (term.start - first) * step, left + (term.end + 1 - first) * step, term.label)
        for term in chart.terms
    ]


def _named_below(chart: Roadmap, width: float) -> list[str]:
    """The terms by number, where a name is longer than its years are wide."""
    spans = _spans(chart, width)
    if all(is_whole(label, end - start - 6, 2, bold=True) for start, end, label in spans):
        return []
    return [f"{ROMAN[place % len(ROMAN)]}  {label}" for place, (_, _, label) in enumerate(spans)]


def _key_lines(chart: Roadmap, width: float) -> list[str]:
    lines: list[str] = []
    room = width * (1 - LABEL_SHARE)
    for name in _named_below(chart, width):
        text = fit(name, room, 1)[0]
        joined = f"{lines[-1]}     {text}" if lines else text
        if lines and wide(joined, LABEL_SIZE) <= room:
            lines[-1] = joined
        else:
            lines.append(text)
    return lines


def _foot(chart: Roadmap, width: float) -> float:
    return FOOT + 11 * len(_key_lines(chart, width))


def _terms(drawing: Drawing, chart: Roadmap, top: float, foot: float) -> None:
    """The terms above the years, each parted from the next by a line down to the foot."""
    from reportlab.graphics.shapes import Rect

    width = drawing.width
    below = _named_below(chart, width)
    for place, (start, end, label) in enumerate(_spans(chart, width)):
        drawing.add(Rect(start + 1, top + HEAD, end - start - 2, TERMS - 2, **look(palette.PALE)))
        lines = [ROMAN[place % len(ROMAN)]] if below else fit(label, end - start - 6, 2, bold=True)
        for number, line in enumerate(lines):
            y = top + HEAD + TERMS / 2 - 3.6 + 4.2 * (len(lines) - 1) - 8.4 * number
            drawing.add(
                string((start + end) / 2, y, line, LABEL_SIZE, palette.NAVY, bold=True, anchor="middle")
            )
        if place:
            rule(drawing, (start, foot), (start, top + HEAD + TERMS - 2), palette.MUTED, 0.9)


def _label_width(width: float) -> float:
    return width * LABEL_SHARE - 10


def _bar_height(bar: Bar, width: float) -> float:
    return TWO_LINES if len(fit(bar.label, _label_width(width), 2)) > 1 else ROW


def draw_roadmap(chart: Roadmap, width: float) -> Drawing:
    """One drawing, ``width`` points wide."""
    from reportlab.graphics.shapes import Drawing, Line, Rect
    from reportlab.lib.colors import HexColor

    rows = sum(GROUP_ROW + sum(_bar_height(bar, width) for bar in group.bars) for group in chart.groups)
    foot = _foot(chart, width)
    height = _head(chart) + rows + foot
    left = width * LABEL_SHARE
    step = (width - left) / max(len(chart.years), 1)
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)
    top = height - _head(chart)
    size = fitting([str(year) for year in chart.years], step - 3, 8, bold=True)
    every = 1 if size else 2
    for place, year in enumerate(chart.years):
        x = left + place * step
        if place % 2 == 0:
            drawing.add(Rect(x, foot, step, rows, **look(palette.BAND)))
        if place % every == 0:
            middle, text = x + step / 2, str(year)
            drawing.add(string(middle, top + 7, text, size or 6, palette.NAVY, bold=True, anchor="middle"))
    for place in range(len(chart.years) + 1):
        x = left + place * step
        drawing.add(Line(x, foot, x, top, strokeColor=HexColor(palette.RULE), strokeWidth=0.4))
    drawing.add(Line(0, top, width, top, strokeColor=HexColor(palette.NAVY), strokeWidth=0.9))
    if chart.terms:
        _terms(drawing, chart, top, foot)
    y = top
    for place, group in enumerate(chart.groups):
        hue = place if group.place is None else group.place
        colour = palette.GROUPS[hue % len(palette.GROUPS)]
        y -= GROUP_ROW
        drawing.add(Rect(0, y + 5, 3, 9, **look(colour)))
        title = fit(group.title, left - 16, 1)[0]
        drawing.add(string(9, y + 6, title, 8, palette.NAVY, bold=True))
        for bar in group.bars:
            row = _bar_height(bar, width)
            y -= row
            _bar(drawing, chart, bar, (left, y, step, row), colour)
            drawing.add(Line(0, y, width, y, strokeColor=HexColor(palette.RULE), strokeWidth=0.3))
    drawing.add(Line(0, foot, width, foot, strokeColor=HexColor(palette.NAVY), strokeWidth=0.6))
    below = foot - 12
    for line in _key_lines(chart, width):
        drawing.add(string(left, below - 2.5, drawable(line), LABEL_SIZE, palette.MUTED))
        below -= 11
    if any(bar.quick_win for group in chart.groups for bar in group.bars):
        drawing.add(_diamond(left + 5, below))
        label = drawable(chart.quick_win_label)
        drawing.add(string(left + 13, below - 2.5, label, LABEL_SIZE, palette.MUTED))
    return drawing


def _bar(
    drawing: Drawing, chart: Roadmap, bar: Bar, cell: tuple[float, float, float, float], colour: str
) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    left, y, step, row = cell
    lines = fit(bar.label, left - 10, 2)
    for place, line in enumerate(lines):
        baseline = y + row / 2 - 2.6 + (len(lines) - 1) * 4.4 - place * 8.8
        drawing.add(string(9, baseline, line, LABEL_SIZE, palette.INK))
    first, last = chart.years[0], chart.years[-1]
    start, end = max(bar.start, first), min(bar.end, last)
    if start > end:
        return
    x, length = left + (start - first) * step + 2.5, (end - start + 1) * step - 5
    shape = Rect(x, y + row / 2 - 4, length, 8, rx=3, ry=3, **look(colour))
    if bar.example:
        shape.fillColor = HexColor(palette.WHITE)
        shape.strokeColor = HexColor(colour)
        shape.strokeWidth = 0.9
        shape.strokeDashArray = [2.5, 1.5]
    drawing.add(shape)
    if bar.quick_win:
        drawing.add(_diamond(x + 6, y + row / 2))


def _diamond(x: float, y: float) -> Polygon:
    from reportlab.graphics.shapes import Polygon
    from reportlab.lib.colors import HexColor

    size = 4.6
    points = [x, y + size, x + size, y, x, y - size, x - size, y]
    white = HexColor(palette.WHITE)
    return Polygon(points, fillColor=HexColor(palette.NAVY), strokeColor=white, strokeWidth=0.9)
