"""Programmes: list, form, budget that adds up or says so, indicators with yearly targets."""

import pytest
from PySide6.QtCore import Qt

from desktop.ui.pages import programmes


@pytest.fixture
def page(desk):
    return desk.visit("programmes")


@pytest.fixture
def form(desk, page):
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}, short_name="DA"))
    page.new.click()
    desk.settle()
    return page.form


@pytest.mark.slow
def test_a_new_programme_opens_with_the_cursor_in_its_name(desk, page, form):
    assert page.shown == desk.plan.programmes[0].id
    assert form.boxes[0].bindings[0].editor.inner.hasFocus()
    assert (desk.plan.programmes[0].start_year, desk.plan.programmes[0].end_year) == (2027, 2030)


@pytest.mark.slow
def test_dimension_narrows_the_sub_dimensions_offered(desk, form):
    combo = desk.box(form, "dimension").bindings[0].editor.combo
    combo.setCurrentIndex(combo.findText("Udara"))
    combo.activated.emit(combo.currentIndex())
    desk.session.drafts.flush()
    desk.settle()
    subs = desk.box(form, "sub_dimension").bindings[0].editor.combo
    assert [subs.itemText(row) for row in range(1, subs.count())] == ["Udara pertama", "Udara kedua"]


@pytest.mark.slow
def test_sums_follow_the_typing_and_a_stated_total_that_differs_is_said(desk, form):
    budget = form.budget
    budget.table.setCurrentIndex(budget.model.index(0, 0))
    assert budget.table.paste("1.000.000\t2.000.000\n500000\tRp250.000") == 4
    desk.settle()
    model = budget.model
    assert model.index(2, 4).data() == "3.750.000"
    assert model.index(0, 4).data() == "3.000.000"
    assert model.index(2, 0).data() == "1.500.000"
    desk.type_into(budget.total.bindings[0].editor.inner, "4000000")
    desk.leave_field()
    assert "250.000" in budget.mismatch.text()
    assert budget.mismatch.property("look") == "bad"
    budget.model.setData(model.index(1, 2), "250.000")
    desk.settle()
    assert budget.mismatch.property("look") == "good"
    lines = {(each.year, each.source): each.indicative for each in desk.plan.programmes[0].budget}
    assert lines == {(2027, "purse"): 1_000_000, (2028, "purse"): 2_000_000, (2027, "gift"): 500_000,
                     (2028, "gift"): 250_000, (2029, "gift"): 250_000}  # fmt: skip


@pytest.mark.slow
def test_ceiling_and_realised_are_kept_apart_from_the_indicative_figure(desk, form):
    form.budget.model.setData(form.budget.model.index(0, 0), "100")
    form.budget.show_figure("ceiling")
    form.budget.model.setData(form.budget.model.index(0, 0), "90")
    desk.settle()
    (line,) = desk.plan.programmes[0].budget
    assert (line.indicative, line.ceiling, line.realised) == (100, 90, None)


@pytest.mark.slow
def test_what_is_no_amount_is_refused_and_said(desk, form):
    assert form.budget.model.setData(form.budget.model.index(0, 0), "banyak") is False
    desk.settle()
    assert "banyak" in form.budget.refused.text()
    assert desk.plan.programmes[0].budget == ()


@pytest.mark.slow
def test_indicators_have_a_column_for_each_years_target(desk, form):
    grid = form.indicators
    grid.table.setCurrentIndex(grid.model.index(0, 0))
    grid.table.paste("Waktu tunggu\tmenit\tMakin rendah makin baik\t95\t2025\t80\t60\t50\t45")
    desk.settle()
    (indicator,) = desk.plan.programmes[0].indicators
    assert (indicator.name.values["id"], indicator.direction, str(indicator.baseline)) == (
        "Waktu tunggu",
        "down",
        "95",
    )
    assert [(each.year, str(each.target)) for each in indicator.targets] == [
        (2027, "80"), (2028, "60"), (2029, "50"), (2030, "45"),
    ]  # fmt: skip


@pytest.mark.slow
def test_quick_win_aspects_appear_with_the_quick_win(desk, form):
    assert all(box.field.id != "joy" for box in form.boxes)
    combo = desk.box(form, "quick_win").bindings[0].editor.combo
    combo.setCurrentIndex(combo.findData("true"))
    combo.activated.emit(combo.currentIndex())
    desk.session.drafts.flush()
    desk.settle()
    aspect = desk.box(form, "joy")
    assert aspect.isVisible()
    desk.type_into(aspect.bindings[0].editor.inner, "Semua tersenyum")
    desk.session.drafts.flush()
    assert desk.plan.answer("quick_win.joy", form.programme).text.values["id"] == "Semua tersenyum"


@pytest.mark.slow
def test_supporting_agencies_are_ticked(desk, form):
    agency = desk.plan.agencies[0].id
    form.supporting.ticks._ticks[agency].click()
    desk.settle()
    assert desk.plan.programmes[0].supporting == (agency,)
    form.supporting.ticks._ticks[agency].click()
    desk.settle()
    assert desk.plan.programmes[0].supporting == ()


@pytest.mark.slow
def test_a_deleted_programme_is_gone_and_undo_brings_it_back(desk, page, form, monkeypatch):
    monkeypatch.setattr(programmes, "confirm", lambda *_: True)
    page.remove.click()
    desk.settle()
    assert desk.plan.programmes == ()
    assert page.shown == ""
    desk.window.commands.run("undo")
    assert len(desk.plan.programmes) == 1


@pytest.mark.slow
def test_the_list_filters_sorts_and_opens(desk, page):
    def fill(op):
        for code, title, budget in (("B", "Sumur", 5), ("A", "Taman", 20), ("C", "Sumur resapan", 1)):
            op.insert("programme", code=code, title={"id": title}, total_budget=budget)

    desk.change(fill)
    listed, table = page.list.model, page.list.table
    place = next(column for column in range(listed.columnCount()) if listed.column_key(column) == "money")
    table.sortByColumn(place, Qt.SortOrder.DescendingOrder)
    assert [line.values["code"] for line in listed.rows] == ["A", "B", "C"]
    page.list.search.setText("sumur")
    assert [line.values["code"] for line in listed.rows] == ["B", "C"]
    table.go((1, 1))
    desk.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert page.shown == listed.rows[1].key


@pytest.mark.slow
def test_a_finding_leads_to_the_budget_line_the_indicator_or_the_field(desk, page, form):
    def fill(op):
        op.set(
            "programme",
            form.programme,
            title={"id": "Air bersih"},
            dimension="air",
            start_year=2027,
            end_year=2028,
        )
        op.put("budget_line", programme=form.programme, year=2029, source="purse", indicative=5)
        op.insert("indicator", programme=form.programme, name={"id": "Kebocoran"}, unit="%", direction="down")

    desk.change(fill)
    report = desk.check()
    mine = [each for each in report.findings if each.page.ref == form.programme]
    assert {each.place.table for each in mine} >= {"programme", "budget_line", "indicator"}
    for finding in mine:
        desk.visit("profile")
        desk.window.workbench.show_finding(finding)
        desk.settle()
        assert desk.window.workbench.current.shown == form.programme
        focused = desk.window.focusWidget()
        assert focused is not None
        assert form.isAncestorOf(focused) or desk.window.workbench.current.form.isAncestorOf(focused), finding


@pytest.mark.slow
def test_a_line_without_any_figure_goes_so_that_it_claims_no_year(desk, form):
    budget = form.budget
    budget.model.setData(budget.model.index(0, 3), "100")
    budget.show_figure("ceiling")
    budget.model.setData(budget.model.index(0, 3), "90")
    budget.model.setData(budget.model.index(0, 3), "")
    assert len(desk.plan.programmes[0].budget) == 1
    budget.show_figure("indicative")
    budget.model.setData(budget.model.index(0, 3), "")
    assert desk.plan.programmes[0].budget == ()


@pytest.fixture
def several(desk, page):
    def fill(op):
        op.insert("agency", name={"id": "Dinas Air"}, short_name="DA")
        for title, dimension in (("Sumur", "air"), ("Angin", "udara"), ("Kolam", "air")):
            op.insert("programme", title={"id": title}, dimension=dimension)

    desk.change(fill)
    return page.list


def titles(listed):
    return [
        listed.model.index(row, 0 if listed.model.skips(row) else 1).data()
        for row in range(listed.model.rowCount())
    ]


@pytest.mark.slow
def test_programmes_are_grouped_and_groups_fold(desk, several):
    several.group_by("dimension")
    assert titles(several) == ["Air · 2 program", "Sumur", "Kolam", "Udara · 1 program", "Angin"]
    several.table.setFocus()
    several.table.go((0, 0))
    desk.qtbot.keyClick(several.table, Qt.Key.Key_Left)
    assert titles(several) == ["Air · 2 program", "Udara · 1 program", "Angin"]
    desk.qtbot.keyClick(several.table, Qt.Key.Key_Return)
    assert len(titles(several)) == 5
    several.group_by("lead")
    assert titles(several)[0] == "Belum ditentukan · 3 program"
    several.group_by("")
    assert titles(several) == ["Sumur", "Angin", "Kolam"]


@pytest.mark.slow
def test_several_programmes_are_changed_and_deleted_as_one_operation(desk, several, monkeypatch):
    from desktop.ui.pages import programme_list

    before = len(desk.session.workspace.recent())
    several.table.choose((0, 1), (1, 1))
    several.set_chosen("lead", desk.plan.agencies[0].id)
    desk.settle()
    assert [each.lead != "" for each in desk.plan.programmes] == [True, True, False]
    several.table.choose((0, 1), (2, 1))
    several.set_chosen("dimension", "udara")
    desk.settle()
    assert {each.dimension for each in desk.plan.programmes} == {"udara"}
    monkeypatch.setattr(programme_list, "confirm", lambda *_: True)
    several.table.choose((0, 1), (1, 1))
    several.table.delete_rows()
    desk.settle()
    assert [each.title.values["id"] for each in desk.plan.programmes] == ["Kolam"]
    assert len(desk.session.workspace.recent()) == before + 3
    desk.window.commands.run("undo")
    assert len(desk.plan.programmes) == 3


@pytest.mark.slow
def test_a_title_is_edited_in_the_list_and_computed_columns_are_not(desk, several):
    several.model.setData(several.model.index(0, 1), "Sumur dalam")
    assert desk.plan.programmes[0].title.values["id"] == "Sumur dalam"
    place = next(c for c in range(several.model.columnCount()) if several.model.column_key(c) == "money")
    assert several.model.locked(place)
    assert not several.model.editable(0, place)
    assert "dibaca" in several.model.index(0, place).data(Qt.ItemDataRole.AccessibleDescriptionRole)


@pytest.mark.slow
def test_another_dimension_takes_its_sub_dimensions_along(desk, several):
    subs = [
        sub.id for each in desk.session.pack.dimensions if each.id == "air" for sub in each.sub_dimensions
    ]
    programme = desk.plan.programmes[0].id
    desk.change(lambda op: op.set("programme", programme, sub_dimension=subs[0]))
    several.refresh()
    several.table.choose((0, 1), (0, 1))
    several.set_chosen("dimension", "udara")
    assert desk.plan.programmes[0].sub_dimension == ""


def test_where_a_programmes_sums_disagree_stands_at_its_budget(desk, several):
    from desktop.ui.grid.cells import REMARK

    programme = desk.plan.programmes[0].id

    def fill(op):
        op.set("programme", programme, total_budget=10)
        op.put("budget_line", programme=programme, year=2027, source="purse", indicative=7)

    desk.change(fill)
    several.refresh()
    place = next(c for c in range(several.model.columnCount()) if several.model.column_key(c) == "money")
    assert "selisih" in desk.session.say(several.model.index(0, place).data(REMARK))
    assert several.model.index(1, place).data(REMARK) is None


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_list_and_form_need_no_scrolling_sideways_at_150_percent(desk, several, language):
    from desktop.base import Language

    desk.session.remember(text_percent=150)
    desk.session.speaker.switch(Language(language))
    page = desk.visit("programmes")
    assert page.horizontalScrollBar().maximum() == 0
    page = desk.visit("programmes", desk.plan.programmes[0].id)
    assert page.horizontalScrollBar().maximum() == 0
