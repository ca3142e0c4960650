"""The assessment page: ratings by digits, an assessor beside, differences, results, forms."""

import pytest
from PySide6.QtCore import Qt

from desktop.base import Message
from desktop.checks.assessment import EVALUATION, readiness_assessment
from desktop.ui.assessing.source import CONDITION, DIFFERENCE, EVIDENCE, NOTE, OTHER
from desktop.ui.pages import assessment as assessment_page
from desktop.workspace import Place

LABEL = Message("workspace.label.resolve")


@pytest.fixture
def page(desk):
    return desk.visit("assessment")


def column_of(page, name):
    return next(
        c for c in range(page.grid.model.columnCount()) if (f := page.grid.model.field_at(c)) and f.id == name
    )


def items(page):
    return [row for row, line in enumerate(page.grid.model.rows) if not line.heading]


def test_digits_rate_and_the_cursor_goes_on(desk, page):
    own, rows = column_of(page, "own"), items(page)
    page.grid.table.setCurrentIndex(page.grid.model.index(rows[0], own))
    page.grid.table.setFocus()
    steps = sorted(page.source.found.choices, key=lambda each: each.score)
    for step in (steps[-1], steps[0]):
        desk.qtbot.keyClick(page.grid.table, str(step.score))
    found = readiness_assessment(desk.session.plan, desk.session.pack)
    assert [item.own for item in found.items[:2]] == [steps[-1].id, steps[0].id]
    assert page.grid.table.currentIndex().row() == rows[2]
    desk.session.undo()
    assert not readiness_assessment(desk.session.plan, desk.session.pack).items[1].own


def test_an_assessors_rating_stands_beside_and_differs(desk, page):
    own, other, rows = column_of(page, "own"), column_of(page, OTHER), items(page)
    low, high = (sorted(page.source.found.choices, key=lambda each: each.score)[at] for at in (0, -1))
    say = desk.session.say
    page.grid.model.write([(rows[0], own, say(high.label)), (rows[0], other, say(low.label))])
    page.grid.model.write([(rows[0], column_of(page, NOTE), "Bukti kurang")])
    page.refresh()
    line = page.grid.model.rows[rows[0]]
    assert str(line.values[DIFFERENCE]).startswith("−")
    (score,) = desk.session.plan.scores
    assert (score.by, score.value, score.note) == ("assessor", low.id, "Bukti kurang")
    assert not page.result.other.isHidden()
    page.only.setChecked(True)
    assert len(items(page)) == 1
    place = Place("score", score.id, "value")
    assert page.point_at(place)


def test_what_only_shows_cannot_be_written(desk, page):
    before = desk.session.plan.head
    row = items(page)[0]
    page.grid.model.write([(row, column_of(page, EVIDENCE), "5"), (row, column_of(page, DIFFERENCE), "5")])
    assert desk.session.plan.head == before
    condition = column_of(page, CONDITION)
    page.grid.model.write([(row, condition, "Ada dua ahli.")])
    assert readiness_assessment(desk.session.plan, desk.session.pack).items[0].condition


def test_the_words_beside_tell_the_result_and_the_best_item(desk, page):
    own, rows = column_of(page, "own"), items(page)
    low = min(page.source.found.choices, key=lambda each: each.score)
    page.grid.model.write([(row, own, desk.session.say(low.label)) for row in rows])
    page.refresh()
    assert page.result.result.text()
    assert page.result.gains.text().startswith("1.")


@pytest.mark.slow
def test_the_form_is_printed_beside_the_window(desk, page, tmp_path, monkeypatch):
    target = tmp_path / "form.pdf"
    monkeypatch.setattr(assessment_page, "ask_save", lambda *_: target)
    monkeypatch.setattr(assessment_page.QDesktopServices, "openUrl", lambda _: True)
    page.blank.click()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=30_000)
    assert target.read_bytes().startswith(b"%PDF")


def test_an_agency_rates_itself_and_nobody_else(desk, page):
    desk.session.remember(role="agency")
    fields = {field.id: page.source.locked(field) for field in page.source.columns()}
    assert not fields["own"]
    assert fields[OTHER]
    assert fields[NOTE]
    desk.session.remember(role="assessor")
    fields = {field.id: page.source.locked(field) for field in page.source.columns()}
    assert fields["own"]
    assert not fields[OTHER]


def test_the_yearly_evaluation_is_chosen_where_there_is_one(desk, page):
    kinds = [page.kind.itemData(at) for at in range(page.kind.count())]
    if EVALUATION in kinds:
        page.kind.setCurrentIndex(kinds.index(EVALUATION))
        page.kind.activated.emit(kinds.index(EVALUATION))
        assert page.source.kind == EVALUATION
    assert Qt.FocusPolicy.StrongFocus == page.kind.focusPolicy()
