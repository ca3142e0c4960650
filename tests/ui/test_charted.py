"""The books' charts in the window: of the plan as it is, in the theme's colours, told in words."""

from __future__ import annotations

import pytest

from desktop.books import palette
from desktop.ui import charted, theme
from desktop.ui.charted import IndicatorPaths
from desktop.ui.viewer.darkroom import Darkroom


@pytest.fixture
def form(desk):
    """A programme with money in two years and an indicator."""
    page = desk.visit("programmes")
    page.new.click()
    desk.settle()
    page.form.budget.model.write([(0, 0, "1200000000"), (1, 1, "800000000")])
    desk.settle()
    row = desk.plan.programmes[0].id
    found = {}

    def fill(op):
        found["indicator"] = op.insert("indicator", programme=row, unit="hari", baseline="9")
        for year, target, realised in ((2027, "5", "6"), (2028, "2", None)):
            op.put("target", indicator=found["indicator"], year=year, target=target, realised=realised)

    desk.change(fill)
    return page.form


def drawn(desk):
    """Wait until nothing is being drawn any more."""
    desk.settle()
    desk.qtbot.waitUntil(lambda: not Darkroom.of(desk.session).busy, timeout=10_000)
    desk.settle()


def totals(desk):
    page = desk.window.workbench.current
    page.show_totals()
    drawn(desk)
    return page.totals


@pytest.mark.slow
def test_the_sums_have_their_charts_below_them(desk, form, monkeypatch, tmp_path):
    shown = totals(desk)
    assert shown.years.isVisible()
    assert "2 miliar" in shown.years.words.text()
    assert shown.years.view.accessibleDescription() == shown.years.words.text()
    assert shown.years.view.height() > 100
    assert shown.map.isVisible()
    assert shown.map.words.text()
    target = tmp_path / "anggaran.svg"
    monkeypatch.setattr("desktop.ui.pictures.ask_save", lambda *_: target)
    shown.years.save()
    drawn(desk)
    assert "Noto Sans" in target.read_text("utf-8")
    shown.show_figure("realised")
    drawn(desk)
    assert not shown.years.isVisible(), "nothing is realised yet"


@pytest.mark.slow
def test_a_programme_shows_its_indicators_on_their_way(desk, form):
    form.complete()
    drawn(desk)
    (card,) = form.findChildren(IndicatorPaths)
    assert card.isVisibleTo(form)
    assert card.words.text()
    indicator = desk.plan.programmes[0].indicators[0]
    desk.change(lambda op: op.set("indicator", indicator.id, baseline=None))
    for year in (2027, 2028):
        put = dict.fromkeys(("target", "realised"))
        desk.change(lambda op, year=year, put=put: op.put("target", indicator=indicator.id, year=year, **put))
    assert not desk.plan.programmes[0].indicators[0].baseline
    drawn(desk)
    assert not card.isVisibleTo(form), "one value is no way"


@pytest.mark.slow
def test_a_chart_is_drawn_in_the_colours_of_the_theme(desk, form):
    shown = totals(desk)
    assert charted.colours() is None
    light = shown.years.view.grab().toImage()
    desk.session.remember(theme=theme.Theme.DARK)
    desk.settle()
    others = charted.colours()
    assert others is not None
    assert others[palette.WHITE] == theme.DARK.card
    desk.qtbot.waitUntil(lambda: shown.years.view.grab().toImage() != light, timeout=10_000)
    drawn(desk)


def test_the_gaps_of_the_coverage_are_those_dimensions_alone_that_have_one(desk):
    from desktop.base import Language
    from desktop.books.pictures import coverage_gaps, coverage_map
    from tests.books import plans

    plan, pack = plans.plan(), plans.pack()
    whole = coverage_map(plan, pack, Language.ID)
    some = coverage_gaps(plan, pack, Language.ID)
    assert whole is not None
    gaps = [group for group in whole.chart.groups if any(not area.programmes for area in group.areas)]
    assert (list(some.chart.groups) if some else []) == gaps
