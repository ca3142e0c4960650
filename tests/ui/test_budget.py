"""The budget grid: sums while typing, three figures, disagreements at their cell, totals spread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from desktop.checks.action_plan import of_activities
from desktop.exchange.spreading import shares
from desktop.ui.grid.cells import REMARK
from desktop.ui.pages.money import money


@pytest.fixture
def form(desk):
    page = desk.visit("programmes")
    page.new.click()
    desk.settle()
    return page.form


@pytest.fixture
def budget(form):
    return form.budget


def lines(desk):
    return {(each.year, each.source): each for each in desk.plan.programmes[0].budget}


@pytest.mark.slow
def test_sums_follow_the_typing_before_anything_is_written(desk, budget):
    model, table = budget.model, budget.table
    model.write([(0, 0, "100"), (1, 0, "50")])
    desk.change(lambda op: op.set("programme", desk.plan.programmes[0].id, total_budget=150))
    budget.refresh()
    assert budget.mismatch.property("look") == "good"
    table.setFocus()
    table.go((0, 1))
    desk.qtbot.keyClicks(table, "2")
    editor = desk.window.focusWidget()
    desk.qtbot.keyClicks(editor, "000")
    assert editor.text() == "2000"
    assert model.index(0, 4).data() == "2.100"
    assert model.index(2, 1).data() == "2.000"
    assert model.index(2, 4).data() == "2.150"
    assert budget.mismatch.property("look") == "bad"
    assert "2.150" in budget.mismatch.text()
    assert (2028, "purse") not in lines(desk)
    desk.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    desk.settle()
    assert model.index(2, 4).data() == "150"
    assert budget.mismatch.property("look") == "good"


@pytest.mark.slow
def test_three_figures_stand_beneath_each_other(desk, budget):
    budget.model.write([(0, 0, "100")])
    budget.show_figure("all")
    model = budget.model
    assert model.rowCount() == 7
    model.write([(1, 0, "90"), (2, 0, "95")])
    desk.settle()
    line = lines(desk)[2027, "purse"]
    assert (line.indicative, line.ceiling, line.realised) == (100, 90, 95)
    assert [model.index(row, 0).data() for row in (3, 4, 5)] == ["100", "90", "95"]
    assert "Pagu" in model.headerData(1, Qt.Orientation.Vertical)


@pytest.mark.slow
def test_an_amount_over_its_limit_is_marked_at_its_cell_and_told_in_words(desk, budget):
    budget.show_figure("all")
    budget.model.write([(0, 0, "100"), (1, 0, "120"), (2, 0, "130")])
    desk.settle()
    wrong = [row for row in range(3) if budget.model.index(row, 0).data(REMARK) is not None]
    assert wrong == [1, 2]
    assert "120" in budget.model.index(1, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert "2027" in budget.mismatch.text()
    assert "melebihi" in budget.mismatch.text()


@pytest.mark.slow
def test_activities_that_add_up_to_something_else_are_told_at_the_whole_sum(desk, budget):
    programme = desk.plan.programmes[0].id
    budget.model.write([(0, 0, "100")])
    desk.change(lambda op: op.insert("activity", programme=programme, title={"id": "Sumur"}, budget=170))
    budget.refresh()
    assert of_activities(desk.plan.programmes[0]) == 170
    corner = budget.model.index(2, 4)
    assert desk.session.say(corner.data(REMARK)).startswith("Kegiatan berjumlah")
    assert "Kegiatan berjumlah" in budget.mismatch.text()


@pytest.mark.slow
def test_a_line_without_any_figure_is_no_money_and_shows_no_year(desk, budget):
    programme = desk.plan.programmes[0].id
    desk.change(lambda op: op.put("budget_line", programme=programme, year=2040, source="gift"))
    budget.refresh()
    assert budget.model.years == [2027, 2028, 2029, 2030]
    assert money(desk.plan.programmes[0]) == 0


@pytest.mark.slow
def test_a_ceiling_alone_counts_as_planned_money(desk, budget):
    budget.show_figure("ceiling")
    budget.model.write([(0, 0, "80")])
    assert money(desk.plan.programmes[0]) == 80
    assert budget.model.planned() == 80


@pytest.mark.slow
def test_a_total_is_spread_over_years_and_sources_as_one_operation(desk, budget):
    budget.model.write([(1, 3, "5")])
    before = len(desk.session.workspace.recent())
    popup = budget.open_spread()
    popup.amount.setText("1000")
    for row in range(popup.years.count()):
        popup.years.item(row).setCheckState(Qt.CheckState.Checked if row < 3 else Qt.CheckState.Unchecked)
    popup.sources.item(0).setCheckState(Qt.CheckState.Checked)
    popup.sources.item(1).setCheckState(Qt.CheckState.Unchecked)
    popup.apply()
    desk.settle()
    assert {key: each.indicative for key, each in lines(desk).items()} == {
        (2027, "purse"): 334, (2028, "purse"): 333, (2029, "purse"): 333,
    }  # fmt: skip
    assert len(desk.session.workspace.recent()) == before + 1
    desk.window.commands.run("undo")
    desk.settle()
    assert {key: each.indicative for key, each in lines(desk).items()} == {(2030, "gift"): 5}


@pytest.mark.slow
def test_spreading_says_what_is_missing(desk, budget):
    popup = budget.open_spread()
    popup.amount.setText("banyak")
    popup.apply()
    assert "banyak" in popup.said.text()
    popup.amount.setText("10")
    for row in range(popup.years.count()):
        popup.years.item(row).setCheckState(Qt.CheckState.Unchecked)
    popup.apply()
    assert "centang" in popup.said.text()
    popup.close()


@pytest.mark.slow
def test_fill_right_repeats_an_amount_over_the_years(desk, budget):
    budget.model.write([(0, 0, "10")])
    budget.table.choose((0, 0), (0, 3), cursor=(0, 0))
    budget.table.setFocus()
    desk.qtbot.keyClick(budget.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert [lines(desk)[year, "purse"].indicative for year in range(2027, 2031)] == [10] * 4


@given(st.integers(0, 10**15), st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_shares_always_add_up_to_the_total(total, weights):
    out = shares(total, weights)
    assert sum(out) == total
    assert all(each >= 0 for each in out)
    assert len(out) == len(weights)
