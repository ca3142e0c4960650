"""Charts as one drawing that a PDF takes as it is and a screen takes as SVG."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from desktop.books import palette
from desktop.books.document import Activity, Bar, BarGroup, Chart, Matrix, Radar, Roadmap
from desktop.books.fonts import BOLD, REGULAR, drawable, register

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing, Polygon, String

Anchor: TypeAlias = Literal["start", "middle", "end"]
ROW, TWO_LINES, GROUP_ROW, HEAD, FOOT = 15.0, 22.0, 19.0, 20.0, 20.0
"""Heights in a roadmap, in points."""
LABEL_SHARE = 0.42
LABEL_SIZE = 7.4


def draw(chart: Chart, width: float) -> Drawing:
    """A chart as a ReportLab drawing, ``width`` points wide. A drawing may stand in one document once."""
    register()
    match chart:
        case Roadmap():
            return _roadmap(chart, width)
        case Matrix():
            return _matrix(chart, width)
        case Activity():
            from desktop.books.activity_chart import draw_activity

            return draw_activity(chart, width)
        case _:
            return _radar(chart, width)


def svg(chart: Chart, width: float = 640) -> str:
    """A chart as SVG for the screen: no clip paths (QtSvg paints them black), font families by name."""
    from reportlab.graphics import renderSVG

    text = renderSVG.drawToString(draw(chart, width))
    text = re.sub(r"<clipPath.*?</clipPath>", "", text, flags=re.DOTALL)
    text = re.sub(r'\s*clip-path="[^"]*"|clip-path:[^;"]*;?', "", text)
    text = re.sub(r"font-family:\s*NotoSans-Bold;?", "font-family: 'Noto Sans'; font-weight: 700;", text)
    return re.sub(r"font-family:\s*NotoSans;?", "font-family: 'Noto Sans';", text)


def parts(chart: Chart, width: float, height: float) -> Iterator[Chart]:
    """The chart in pieces that are at most ``height`` points high; most charts are one piece."""
    if not isinstance(chart, Roadmap):
        yield chart
        return
    room = height - HEAD - FOOT
    groups: list[BarGroup] = []
    used = 0.0
    for group in chart.groups:
        bars: list[Bar] = []
        used += GROUP_ROW
        for bar in group.bars:
            needed = _bar_height(bar, width)
            if used + needed > room and (bars or groups):
                yield _piece(chart, [*groups, BarGroup(group.title, tuple(bars))])
                groups, bars, used = [], [], GROUP_ROW
            bars.append(bar)
            used += needed
        if bars:
            groups.append(BarGroup(group.title, tuple(bars)))
    if groups:
        yield _piece(chart, groups)


def _piece(chart: Roadmap, groups: list[BarGroup]) -> Roadmap:
    return Roadmap(chart.years, tuple(group for group in groups if group.bars), chart.quick_win_label)


# ------------------------------------------------------------------------------------------- roadmap


def _fit(text: str, width: float, lines: int) -> list[str]:
    """A text in at most so many lines, cut with an ellipsis."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    text = drawable(" ".join(text[:300].split()))
    split = simpleSplit(text, REGULAR, LABEL_SIZE, width) or [""]
    result = split[:lines]
    for place, line in enumerate(result):
        cut = len(split) > lines and place == lines - 1
        while line and stringWidth(line + "…" * cut, REGULAR, LABEL_SIZE) > width:
            line, cut = line[:-1], True  # noqa: PLW2901 - shortened until it fits
        result[place] = line.rstrip() + "…" * cut
    return result


def _label_width(width: float) -> float:
    return width * LABEL_SHARE - 10


def _bar_height(bar: Bar, width: float) -> float:
    return TWO_LINES if len(_fit(bar.label, _label_width(width), 2)) > 1 else ROW


def _roadmap(chart: Roadmap, width: float) -> Drawing:
    from reportlab.graphics.shapes import Drawing, Line, Rect, String
    from reportlab.lib.colors import HexColor

    rows = sum(GROUP_ROW + sum(_bar_height(bar, width) for bar in group.bars) for group in chart.groups)
    height = HEAD + rows + FOOT
    left = width * LABEL_SHARE
    step = (width - left) / max(len(chart.years), 1)
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)
    top = height - HEAD
    for place, year in enumerate(chart.years):
        x = left + place * step
        if place % 2 == 0:
            drawing.add(Rect(x, FOOT, step, rows, **_look(palette.BAND)))
        middle = x + step / 2
        drawing.add(_string(middle, top + 7, str(year), 8, palette.NAVY, bold=True, anchor="middle"))
    for place in range(len(chart.years) + 1):
        x = left + place * step
        drawing.add(Line(x, FOOT, x, top, strokeColor=HexColor(palette.RULE), strokeWidth=0.4))
    drawing.add(Line(0, top, width, top, strokeColor=HexColor(palette.NAVY), strokeWidth=0.9))
    y = top
    for place, group in enumerate(chart.groups):
        colour = palette.GROUPS[place % len(palette.GROUPS)]
        y -= GROUP_ROW
        drawing.add(Rect(0, y + 5, 3, 9, **_look(colour)))
        title = _fit(group.title, left - 16, 1)[0]
        drawing.add(_string(9, y + 6, title, 8, palette.NAVY, bold=True))
        for bar in group.bars:
            row = _bar_height(bar, width)
            y -= row
            _bar(drawing, chart, bar, (left, y, step, row), colour)
            drawing.add(Line(0, y, width, y, strokeColor=HexColor(palette.RULE), strokeWidth=0.3))
    drawing.add(Line(0, FOOT, width, FOOT, strokeColor=HexColor(palette.NAVY), strokeWidth=0.6))
    if any(bar.quick_win for group in chart.groups for bar in group.bars):
        drawing.add(_diamond(left + 5, 8))
        drawing.add(String(left + 13, 5.5, drawable(chart.quick_win_label), fontName=REGULAR, fontSize=7.4,
                           fillColor=HexColor(palette.MUTED)))  # fmt: skip
    return drawing


def _bar(
    drawing: Drawing, chart: Roadmap, bar: Bar, cell: tuple[float, float, float, float], colour: str
) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    left, y, step, row = cell
    lines = _fit(bar.label, left - 10, 2)
    for place, line in enumerate(lines):
        baseline = y + row / 2 - 2.6 + (len(lines) - 1) * 4.4 - place * 8.8
        drawing.add(_string(9, baseline, line, LABEL_SIZE, palette.INK))
    first, last = chart.years[0], chart.years[-1]
    start, end = max(bar.start, first), min(bar.end, last)
    if start > end:
        return
    x, length = left + (start - first) * step + 2.5, (end - start + 1) * step - 5
    shape = Rect(x, y + row / 2 - 4, length, 8, rx=3, ry=3, **_look(colour))
    if bar.example:
        shape.fillColor = HexColor(palette.WHITE)
        shape.strokeColor = HexColor(colour)
        shape.strokeWidth = 0.9
        shape.strokeDashArray = [2.5, 1.5]
    drawing.add(shape)
    if bar.quick_win:
        drawing.add(_diamond(x + 6, y + row / 2))


def _look(
    fill: str | None, stroke: str | None = None, line_width: float = 0, dashes: list[int] | None = None
) -> dict[str, Any]:
    """Fill and outline of a shape."""
    from reportlab.lib.colors import HexColor

    look: dict[str, Any] = {"fillColor": HexColor(fill) if fill else None}
    look["strokeColor"] = HexColor(stroke) if stroke else None
    if stroke:
        look |= {"strokeWidth": line_width, "strokeDashArray": dashes}
    return look


def _diamond(x: float, y: float) -> Polygon:
    from reportlab.graphics.shapes import Polygon
    from reportlab.lib.colors import HexColor

    size = 4.6
    points = [x, y + size, x + size, y, x, y - size, x - size, y]
    white = HexColor(palette.WHITE)
    return Polygon(points, fillColor=HexColor(palette.NAVY), strokeColor=white, strokeWidth=0.9)


def _string(
    x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, anchor: Anchor = "start"
) -> String:
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    name = BOLD if bold else REGULAR
    return String(x, y, text, fontName=name, fontSize=size, fillColor=HexColor(colour), textAnchor=anchor)


# --------------------------------------------------------------------------------------------- radar


def _radar(chart: Radar, width: float) -> Drawing:
    from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon
    from reportlab.lib.colors import HexColor

    legend = 18 * max(1, len(chart.series))
    height = min(width * 0.62, 300.0) + legend
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)
    count = max(len(chart.axes), 1)
    radius = (height - legend) / 2 - 34
    middle = (width / 2, legend + (height - legend) / 2)

    def point(axis: int, value: float) -> tuple[float, float]:
        angle = 2 * math.pi * axis / count
        reach = radius * value / chart.maximum
        return middle[0] + reach * math.sin(angle), middle[1] + reach * math.cos(angle)

    def outline(values: list[float]) -> list[float]:
        return [number for axis, value in enumerate(values) for number in point(axis, value)]

    shown = [[value or 0.0 for value in series.values] for series in chart.series]
    if shown:
        drawing.add(Polygon(outline(shown[0]), fillColor=HexColor("#dbe7f8"), strokeColor=None))
    for ring in range(1, chart.maximum + 1):
        rule = _look(None, palette.RULE, 0.6)
        drawing.add(Polygon(outline([float(ring)] * count), **rule))
    for axis in range(count):
        x, y = point(axis, chart.maximum)
        drawing.add(Line(*middle, x, y, strokeColor=HexColor(palette.RULE), strokeWidth=0.6))
        _axis_label(drawing, chart, axis, point(axis, chart.maximum * 1.09), middle[0])
    for place, (series, values) in enumerate(zip(chart.series, shown, strict=True)):
        colour = palette.SERIES[place % len(palette.SERIES)]
        dashes = [4, 3] if place else None
        drawing.add(Polygon(outline(values), **_look(None, colour, 1.6, dashes)))
        for axis, value in enumerate(series.values):
            if value is not None:
                drawing.add(Circle(*point(axis, value), 2.4, **_look(colour)))
        y = legend - 12 - 16 * place
        line = {key: value for key, value in _look(None, colour, 1.8, dashes).items() if key != "fillColor"}
        drawing.add(Line(middle[0] - 46, y + 3, middle[0] - 28, y + 3, **line))
        drawing.add(_string(middle[0] - 22, y, drawable(series.name), 8, palette.INK))
    for ring in range(1, chart.maximum + 1):
        label = chart.rings[ring - 1] if ring <= len(chart.rings) else str(ring)
        x, y = point(0, ring)
        drawing.add(_string(x + 3, y - 8, drawable(label), 6.6, palette.MUTED))
    return drawing


def _axis_label(drawing: Drawing, chart: Radar, axis: int, place: tuple[float, float], middle: float) -> None:
    x, y = place
    anchor: Anchor = "middle" if abs(x - middle) < 12 else ("start" if x > middle else "end")
    room = 150.0 if anchor == "middle" else max(60.0, (2 * middle - x if anchor == "start" else x) - 4)
    rated = any(series.values[axis] is not None for series in chart.series)
    lines = _fit(chart.axes[axis] + ("" if rated else " –"), room, 2)
    lift = 4 * (len(lines) - 1) if anchor != "middle" or y < drawing.height / 2 else 9 * (len(lines) - 1)
    for number, line in enumerate(lines):
        drawing.add(_string(x, y - 3 + lift - 9 * number, line, 8, palette.INK, anchor=anchor))


# -------------------------------------------------------------------------------------------- matrix
MATRIX_ROW, MATRIX_SIDE, MATRIX_FOOT = 40.0, 92.0, 34.0
"""Height of a row, width of its name, height of the names below, in points."""


def _matrix(chart: Matrix, width: float) -> Drawing:
    """Cells in three tones, the gravest at the top right; risks stand in them by number."""
    from reportlab.graphics.shapes import Drawing, Rect
    from reportlab.lib.colors import HexColor

    width = min(width, 360.0)
    rows, columns = len(chart.rows), max(len(chart.columns), 1)
    height = rows * MATRIX_ROW + MATRIX_FOOT + 12
    step = (width - MATRIX_SIDE) / columns
    drawing = Drawing(width, height, initialFontName=REGULAR, initialFontSize=8)
    drawing.add(_string(0, height - 9, drawable(chart.row_title), 8, palette.NAVY, bold=True))
    for row, name in enumerate(chart.rows):
        y = MATRIX_FOOT + row * MATRIX_ROW
        for place, line in enumerate(_fit(name, MATRIX_SIDE - 10, 2)):
            drawing.add(_string(0, y + MATRIX_ROW / 2 - 3 - 9 * place, line, 8, palette.INK))
        for column in range(columns):
            x = MATRIX_SIDE + column * step
            fill = palette.TONES[chart.tone(row, column)]
            cell = Rect(x, y, step, MATRIX_ROW, **_look(fill, palette.WHITE, 1.5))
            cell.strokeColor = HexColor(palette.WHITE)
            drawing.add(cell)
            numbers = ", ".join(map(str, chart.cells[row][column]))
            for place, line in enumerate(_fit(numbers, step - 8, 3) if numbers else []):
                baseline = y + MATRIX_ROW / 2 - 3 - 10 * place
                drawing.add(_string(x + step / 2, baseline, line, 9, palette.INK, bold=True, anchor="middle"))
    for column, name in enumerate(chart.columns):
        middle = MATRIX_SIDE + (column + 0.5) * step
        line = _fit(name, step - 4, 1)[0]
        drawing.add(_string(middle, MATRIX_FOOT - 12, line, 8, palette.INK, anchor="middle"))
    whole = MATRIX_SIDE + (width - MATRIX_SIDE) / 2
    title = drawable(chart.column_title)
    drawing.add(_string(whole, MATRIX_FOOT - 26, title, 8, palette.NAVY, bold=True, anchor="middle"))
    return drawing
