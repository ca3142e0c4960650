"""Charts as one drawing that a PDF takes as it is and a screen takes as SVG."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desktop.books import palette
from desktop.books.charted import Coverage, Participation, Paths, Shares, Stacked
from desktop.books.document import Activity, Chart, Matrix, Radar, Roadmap

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing


def draw(chart: Chart, width: float) -> Drawing:
    """A chart as a ReportLab drawing, ``width`` points wide. A drawing may stand in one document once."""
    from desktop.books.charts import (
        activity,
        base,
        coverage,
        matrix,
        participation,
        path,
        radar,
        roadmap,
        shares,
        stacked,
    )
    from desktop.books.fonts import register

    register()
    wide = max(width, base.LEAST)
    match chart:
        case Roadmap():
            return roadmap.draw_roadmap(chart, width)
        case Matrix():
            return matrix.draw_matrix(chart, width)
        case Activity():
            return activity.draw_activity(chart, width)
        case Radar():
            return radar.draw_radar(chart, width)
        case Stacked():
            return stacked.draw_stacked(chart, wide)
        case Shares():
            return shares.draw_shares(chart, wide)
        case Paths():
            return path.draw_paths(chart, wide)
        case Participation():
            return participation.draw_participation(chart, wide)
        case Coverage():
            return coverage.draw_coverage(chart, wide)


def svg(chart: Chart, width: float = 640, colours: Mapping[str, str] | None = None) -> str:
    """A chart as SVG for the screen: no clip paths (QtSvg paints them black), font families by name.

    ``colours`` names others for those of :mod:`palette` (hexadecimal), as on dark paper.
    """
    from reportlab.graphics import renderSVG

    text = renderSVG.drawToString(draw(chart, width))
    text = re.sub(r"<clipPath.*?</clipPath>", "", text, flags=re.DOTALL)
    text = re.sub(r'\s*clip-path="[^"]*"|clip-path:[^;"]*;?', "", text)
    text = re.sub(r"font-family:\s*NotoSans-Bold;?", "font-family: 'Noto Sans'; font-weight: 700;", text)
    text = re.sub(r"font-family:\s*NotoSans;?", "font-family: 'Noto Sans';", text)
    return recoloured(text, colours) if colours else text


def recoloured(text: str, colours: Mapping[str, str]) -> str:
    """The same SVG with other colours: each is exchanged once, whatever the others become.

    ReportLab writes colours as whole percents of red, green and blue.
    """
    by_percents = {percents(known): other for known, other in colours.items()}

    def exchanged(found: re.Match[str]) -> str:
        return by_percents.get(found.groups(), found.group(0))

    return re.sub(r"rgb\((\d+)%,(\d+)%,(\d+)%\)", exchanged, text)


def dark_svg(chart: Chart, width: float = 640) -> str:
    """A chart as SVG for dark paper."""
    return svg(chart, width, palette.ON_DARK)


def percents(colour: str) -> tuple[str, ...]:
    """A colour as ReportLab's SVG has it."""
    return tuple(str(int(int(colour[place : place + 2], 16) / 255 * 100)) for place in (1, 3, 5))


def parts(chart: Chart, width: float, height: float) -> Iterator[Chart]:
    """The chart in pieces that are at most ``height`` points high; most charts are one piece."""
    match chart:
        case Roadmap():
            from desktop.books.charts.roadmap import roadmap_parts

            yield from roadmap_parts(chart, width, height)
        case Paths():
            from desktop.books.charts.path import path_parts

            yield from path_parts(chart, width, height)
        case Coverage():
            from desktop.books.charts.coverage import coverage_parts

            yield from coverage_parts(chart, width, height)
        case _:
            yield chart
