"""How busy the weeks were: by the author's agency and by stage, each change once, by the reader's days."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.base import Language, Message, clock
from desktop.books.charts import draw, svg
from desktop.books.document import Activity
from desktop.exchange.activity import agency_chart, busy, stage_chart, stages, weeks_until
from desktop.workspace import Author, Place, story

LABEL = Message("workspace.label.resolve")


def test_weeks_begin_on_mondays_and_end_with_the_day() -> None:
    weeks = weeks_until(dt.date(2026, 11, 25), 4)
    assert weeks == tuple(dt.date(2026, 11, day) for day in (2, 9, 16, 23))
    assert weeks_until(dt.date(2026, 11, 25), since=dt.date(2026, 11, 11)) == weeks[1:]
    assert len(weeks_until(dt.date(2026, 11, 25), since=dt.date(1, 1, 1))) == 521, "ten years are enough"
    assert len(weeks_until(dt.date(2026, 1, 1), since=dt.date(2027, 1, 1))) == 1


def test_each_change_counts_once_for_its_agency_and_in_each_stage_it_touched(
    workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = dt.datetime(2027, 3, 7, 23, 30).astimezone()  # a Sunday night
    monkeypatch.setattr(clock, "now", lambda: at)
    pack = workspace.pack()
    with workspace.operation(LABEL) as op:
        health = op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
        op.insert("person", name="Budi", agency=health)
    workspace.author = Author("Budi", "agency")
    at = dt.datetime(2027, 3, 8, 0, 30).astimezone()
    with workspace.operation(LABEL) as op:
        row = op.insert("programme", title={"id": "Layanan"})
        op.put("budget_line", programme=row, year=2026, source="apbd", indicative=5)
        form = pack.forms[0]
        op.answer(f"{form.id}.{next(iter(form.fields)).id}", "1")
        op.comment(Place("programme", row), "Bagus", workspace.author)
    weeks = weeks_until(dt.date(2027, 3, 8), 2)
    found = busy(workspace.path, workspace.plan(), pack, story.hands(workspace), weeks)
    assert found.total == 2
    assert found.agencies == {"": (1, 0), health: (0, 1)}
    stage_of = stages(pack)
    planning, asked = stage_of("table:programme"), stage_of(f"item:{form.id}.x")
    assert planning
    assert planning != asked
    assert found.both[health, planning] == found.both[health, asked] == 1
    chart = agency_chart(found, workspace.plan(), Language.ID)
    assert chart.rows == ("Tim (tanpa perangkat daerah)", "Dinkes")
    assert stage_chart(found, pack, Language.EN).most == 1
    assert chart.shade(0) == 0
    assert chart.shade(1) == 4


def test_every_page_of_the_stages_is_reached(workspace) -> None:
    pack = workspace.pack()
    stage_of = stages(pack)
    for form in pack.forms:
        named = any(page.page == "form" and page.ref == form.id for s in pack.stages for page in s.pages)
        assert bool(stage_of(f"item:{form.id}.x")) == named
    assert stage_of("item:programme.extra") == stage_of("table:indicator")
    assert stage_of("table:nonsense") == ""
    assert stage_of("page:programmes/some-id") == stage_of("table:programme")


@pytest.mark.slow
def test_the_chart_is_drawn_also_when_it_is_empty_or_very_long() -> None:
    assert draw(Activity((), (), ()), 400).height > 0
    many = Activity(tuple(f"Dinas {n} " * 20 for n in range(60)), ("1/1",) * 26, ((1, 2) * 13,) * 60)
    drawing = draw(many, 470)
    assert drawing.height < 700
    assert "<svg" in svg(many)
