"""The charts of the books for the screen: the same drawings, as SVG."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.base import Language
from desktop.books.blocks.actions import risk_matrix
from desktop.books.blocks.coverage import coverage_chart, coverage_told
from desktop.books.blocks.money_charts import shares_chart, shares_told, stacked_chart, stacked_told
from desktop.books.blocks.participation import participation_chart, participation_told
from desktop.books.blocks.paths import paths_chart, paths_told
from desktop.books.blocks.readiness import radar_chart, radar_told
from desktop.books.blocks.roadmap import roadmap_chart
from desktop.books.charts import svg
from desktop.books.composer import Composer
from desktop.books.document import Chart, Matrix, Radar
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan


@dataclass(frozen=True, slots=True)
class Told:
    """A chart and what it shows in words."""

    chart: Chart
    words: str


def budget_by_year(plan: Plan, pack: Pack, language: Language, figure: str = "indicative") -> Told | None:
    """Money by year and source; None while none is stated."""
    to = _composer(plan, pack, language)
    chart = stacked_chart(to, figure=figure)
    return Told(chart, stacked_told(to, chart)) if chart is not None else None


def budget_by_dimension(
    plan: Plan, pack: Pack, language: Language, figure: str = "indicative"
) -> Told | None:
    """What each dimension has of the money; None while none is stated."""
    to = _composer(plan, pack, language)
    chart = shares_chart(to, figure)
    return Told(chart, shares_told(to, chart)) if chart is not None else None


def coverage_map(plan: Plan, pack: Pack, language: Language) -> Told | None:
    """Where programmes and money are among the sub-dimensions; None without programmes."""
    to = _composer(plan, pack, language)
    chart = coverage_chart(to)
    return Told(chart, coverage_told(to, chart)) if chart is not None else None


def coverage_gaps(plan: Plan, pack: Pack, language: Language) -> Told | None:
    """The same of the dimensions that have a sub-dimension without any programme; None where none has."""
    to = _composer(plan, pack, language)
    chart = coverage_chart(to)
    groups = () if chart is None else tuple(g for g in chart.groups if not all(a.programmes for a in g.areas))
    if chart is None or not groups:
        return None
    some = replace(chart, groups=groups)
    return Told(some, coverage_told(to, some))


def indicator_paths(plan: Plan, pack: Pack, language: Language, programme: str) -> Told | None:
    """The indicators of one programme on their way; None while fewer than two values are known of each."""
    to = _composer(plan, pack, language)
    chart = paths_chart(to, [each for each in to.programmes if each.id == programme])
    return Told(chart, paths_told(to, chart)) if chart is not None else None


def participation(plan: Plan, pack: Pack, language: Language) -> Told | None:
    """Of each kind of stakeholders how many there are, came and said something; None without any."""
    to = _composer(plan, pack, language)
    chart = participation_chart(to)
    return Told(chart, participation_told(to, chart)) if chart is not None else None


def roadmap_svg(plan: Plan, pack: Pack, language: Language, width: float = 640) -> str:
    """The roadmap as SVG, ``width`` points wide; empty when no programme has years yet."""
    chart = roadmap_chart(_composer(plan, pack, language))
    return svg(chart, width) if chart.groups else ""


def readiness_svg(plan: Plan, pack: Pack, language: Language, width: float = 480) -> str:
    """The readiness radar as SVG; empty when the guideline has none or nothing is rated yet."""
    chart = radar_chart(_composer(plan, pack, language))
    if chart is None or all(value is None for value in chart.series[0].values):
        return ""
    return svg(chart, width)


def readiness_told(plan: Plan, pack: Pack, language: Language) -> Told | None:
    """The readiness radar with its figures in words; None while nothing is rated."""
    to = _composer(plan, pack, language)
    chart = radar_chart(to)
    if chart is None or all(value is None for series in chart.series for value in series.values):
        return None
    return Told(chart, radar_told(to, chart))


def readiness_chart(plan: Plan, pack: Pack, language: Language) -> Radar | None:
    """The readiness radar as figures, for who draws it in other colours; None without such a worksheet."""
    return radar_chart(_composer(plan, pack, language))


def risk_chart(plan: Plan, pack: Pack, language: Language, programme: str = "") -> Matrix | None:
    """The risks by likelihood and impact, of all programmes or of one; None while none is rated."""
    return risk_matrix(_composer(plan, pack, language), programme)


def _composer(plan: Plan, pack: Pack, language: Language) -> Composer:
    return Composer(plan, pack, pack.books[0], language, {}, draft=False)
