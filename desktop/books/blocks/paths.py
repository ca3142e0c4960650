"""Indicators as charts: from the baseline over the yearly targets, with what was reached."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from desktop.base import Message
from desktop.books.charted import Amount, Path, Paths, Point
from desktop.books.composer import Composer
from desktop.books.scales import short
from desktop.books.words import EMPTY, shortened
from desktop.workspace.plan import Indicator, Programme

LEAST = 2
"""So many values make a way."""


def indicator_path(to: Composer, indicator: Indicator) -> Path | None:
    """One indicator; None where fewer than two of its values are known."""
    baseline = None
    if indicator.baseline is not None:
        baseline = _point(to, indicator.baseline_year or to.plan.first_year - 1, indicator.baseline)
    targets = sorted(indicator.targets, key=lambda each: each.year)
    path = Path(
        shortened(to.words.text(indicator.name) or EMPTY),
        to.words.unit(indicator.unit),
        baseline,
        tuple(_point(to, each.year, each.target) for each in targets if each.target is not None),
        tuple(_point(to, each.year, each.realised) for each in targets if each.realised is not None),
    )
    years = {point.year for point in path.points}
    return path if len(path.points) >= LEAST and len(years) >= LEAST else None


def _point(to: Composer, year: int, value: Decimal) -> Point:
    return Point(year, Amount(float(value), short(to.words, value)))


def paths_chart(to: Composer, programmes: Iterable[Programme]) -> Paths | None:
    """The indicators of some programmes; None while none of them has a way."""
    found = tuple(
        path
        for programme in programmes
        for indicator in programme.indicators
        if (path := indicator_path(to, indicator)) is not None
    )
    if not found:
        return None
    say = to.words.say
    return Paths(
        found,
        say(Message("books.indicator.baseline")),
        say(Message("books.chart.target")),
        say(Message("books.chart.realised")),
    )


def paths(to: Composer, dimension: str, name: str, programmes: Iterable[Programme]) -> None:
    """The indicators of one dimension as a figure."""
    chart = paths_chart(to, programmes)
    if chart is None:
        return
    caption = to.words.say(Message("books.chart.paths", dimension=name))
    target = "/".join(filter(None, ("figure/indicators", dimension)))
    to.figure(caption, chart, target=target, description=paths_told(to, chart))


def paths_told(to: Composer, chart: Paths) -> str:
    """How the figure is read, and how many of its indicators are measured by now."""
    known = sum(1 for path in chart.paths if path.realised)
    read = to.words.say(Message("books.chart.paths_read", n=len(chart.paths)))
    if not known:
        return read
    return f"{read} {to.words.say(Message('books.chart.paths_realised', n=known))}"
