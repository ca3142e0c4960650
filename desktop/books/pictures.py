"""The charts of the books for the screen: the same drawings, as SVG."""

from __future__ import annotations

from desktop.base import Language
from desktop.books.blocks.actions import risk_matrix
from desktop.books.blocks.readiness import radar_chart
from desktop.books.blocks.roadmap import roadmap_chart
from desktop.books.charts import svg
from desktop.books.composer import Composer
from desktop.books.document import Matrix, Radar
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan


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


def readiness_chart(plan: Plan, pack: Pack, language: Language) -> Radar | None:
    """The readiness radar as figures, for who draws it in other colours; None without such a worksheet."""
    return radar_chart(_composer(plan, pack, language))


def risk_chart(plan: Plan, pack: Pack, language: Language, programme: str = "") -> Matrix | None:
    """The risks by likelihood and impact, of all programmes or of one; None while none is rated."""
    return risk_matrix(_composer(plan, pack, language), programme)


def _composer(plan: Plan, pack: Pack, language: Language) -> Composer:
    return Composer(plan, pack, pack.books[0], language, {}, draft=False)
