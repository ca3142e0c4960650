"""Codes found while typing, the region's own list in its dialog, activities and sub-activities, risks."""

import csv

import pytest
from PySide6.QtCore import Qt

from desktop.ui.dialogs.codes import CodesDialog
from desktop.ui.grid.cells import REMARK
from desktop.ui.pages.budget_cells import LIMIT
from desktop.workspace.nomenclature import Entry

LIST = (
    Entry("2.16.03", "Program Pengelolaan Aplikasi Informatika"),
    Entry("2.16.03.2.02", "Pengelolaan E-government"),
    Entry("2.16.03.2.02.0035", "Promosi Literasi SPBE"),
)


@pytest.fixture
def form(desk):
    desk.change(lambda op: op.take_codes(LIST, "sipd.xlsx"))
    page = desk.visit("programmes")
    page.new.click()
    page.complete()
    desk.session.codes.finish()
    desk.settle()
    return page.form


def code_box(form):
    return next(box for box in form.boxes if box.field.id == "code")


def test_a_code_is_found_by_words_and_brings_its_title_where_there_is_none(desk, form):
    box = code_box(form)
    editor = box.bindings[0].editor
    desk.type_into(editor.edit, "aplikasi")
    popup = box.completer.popup()
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == [
        "2.16.03   Program Pengelolaan Aplikasi Informatika"
    ]
    box.completer.activated.emit(box.completer.pathFromIndex(popup.model().index(0, 0)))
    assert editor.edit.text() == "2.16.03"
    desk.leave_field()
    programme = desk.plan.programmes[0]
    assert (programme.code, programme.title.read("id")) == ("2.16.03", LIST[0].title)
    desk.window.commands.run("undo")
    desk.settle()
    assert (desk.plan.programmes[0].code, bool(desk.plan.programmes[0].title)) == ("", False)


def test_a_title_that_is_there_stays_until_the_other_is_taken(desk, form):
    row = desk.plan.programmes[0].id
    desk.change(lambda op: op.set("programme", row, code="2.16.03"))
    desk.change(lambda op: op.write("programme", row, "title", "id", "Judul kami"))
    form.refresh()
    box = code_box(form)
    assert LIST[0].title in box._named.text()
    assert desk.plan.programmes[0].title.read("id") == "Judul kami"
    box.take_title()
    desk.settle()
    assert desk.plan.programmes[0].title.read("id") == LIST[0].title


def test_activities_and_sub_activities_are_filled_one_below_the_other(desk, form):
    plan_card = form.action_plan
    plan_card.activities.model.write([(0, 0, "2.16.03.2.02"), (0, 7, "100")])
    desk.settle()
    (activity,) = desk.plan.programmes[0].activities
    assert (activity.title.read("id"), activity.budget) == ("Pengelolaan E-government", 100)
    plan_card.activities.table.setCurrentIndex(plan_card.activities.model.index(0, 1))
    desk.settle()
    assert plan_card.subs is not None
    plan_card.subs.model.write([(0, 0, "2.16.03.2.02.0035"), (0, 6, "40")])
    desk.settle()
    (sub,) = desk.plan.programmes[0].activities[0].sub_activities
    assert (sub.title.read("id"), sub.budget) == ("Promosi Literasi SPBE", 40)
    plan_card.refresh()
    assert plan_card.activities.model.index(0, 7).data(REMARK) is not None
    plan_card.subs.model.write([(0, 6, "100"), (0, 0, "2.16.3")])
    desk.settle()
    plan_card.refresh()
    assert plan_card.activities.model.index(0, 7).data(REMARK) is None
    assert "2.16.3" in desk.session.say(plan_card.subs.model.index(0, 0).data(REMARK))


def test_a_finding_leads_to_the_activity_the_sub_activity_and_the_risk(desk, form):
    from desktop.workspace.plan import Place

    owner = desk.plan.programmes[0].id

    def fill(op):
        activity = op.insert("activity", programme=owner, title={"id": "Latih"})
        return activity, op.insert("sub_activity", activity=activity), op.insert("risk", programme=owner)

    activity, sub, risk = desk.change(fill)
    form.refresh()
    assert form.point_at(Place("activity", activity, "code")) is form.action_plan
    assert form.point_at(Place("sub_activity", sub, "code")) is form.action_plan
    assert form.point_at(Place("risk", risk, "mitigation")) is form.risks


def test_a_quick_win_without_risk_is_told_and_the_matrix_follows(desk, form):
    owner = desk.plan.programmes[0].id
    desk.change(lambda op: op.set("programme", owner, quick_win=True))
    form.refresh()
    assert form.risks.wanted.isVisibleTo(form)
    desk.change(lambda op: op.insert("risk", programme=owner, title={"id": "Listrik padam"}))
    form.refresh()
    assert not form.risks.wanted.isVisibleTo(form)


def test_what_the_rpjmd_allows_is_typed_in_its_own_row_and_warned_about(desk, form):
    model = form.budget.model
    model.write([(0, 0, "100"), (1, 0, "50")])
    assert model.place(model.limit_row)[0] == LIMIT
    model.write([(model.limit_row, 0, "120")])
    desk.settle()
    (ceiling,) = desk.plan.programmes[0].ceilings
    assert (ceiling.year, ceiling.amount) == (2027, 120)
    assert model.index(model.limit_row, 0).data(REMARK) is not None
    assert model.index(2, 0).data(REMARK) is not None
    assert "RPJMD" in form.budget.mismatch.text()
    model.preview(0, 0, "60")
    assert model.index(model.limit_row, 0).data(REMARK) is None
    model.preview(-1, -1, "")
    model.write([(model.limit_row, 0, "")])
    desk.settle()
    assert desk.plan.programmes[0].ceilings == ()


def test_the_sums_of_the_whole_budget(desk, form):
    form.budget.model.write([(0, 0, "100"), (1, 1, "50")])
    page = desk.window.workbench.current
    page.show_totals()
    desk.settle()
    totals = page.totals
    rows = [totals.model.headerData(row, Qt.Orientation.Vertical) for row in range(totals.model.rowCount())]
    assert len(rows) == 3
    assert [totals.model.text(row, totals.model.columnCount() - 1) for row in range(3)] == [
        "100",
        "50",
        "150",
    ]
    totals.show_by("agency")
    assert totals.model.rowCount() == 2
    totals.show_figure("realised")
    assert totals.model.text(0, 0) == ""
    assert totals.model.write([(0, 0, "5")]) == 0
    totals.back.click()
    desk.settle()
    assert page.list.isVisible()


def test_the_dialog_takes_a_list_in_and_does_without_again(desk, qtbot):
    path = desk.folder / "sipd.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Kode", "Nama"], *LIST, ["2.16.3", "Salah"]])
    dialog = CodesDialog(desk.session, desk.window)
    dialog.show()
    dialog.read(path)
    qtbot.waitUntil(lambda: not dialog._beside.running)
    desk.session.codes.finish()
    desk.settle()
    assert desk.plan.nomenclature_name == "sipd.csv"
    assert "2.16.3" in dialog.remarks.text()
    dialog.search.setText("literasi")
    dialog._look_up("literasi")
    assert [dialog.found.item(row).text() for row in range(dialog.found.count())] == [
        "2.16.03.2.02.0035   Promosi Literasi SPBE"
    ]
    dialog.read(desk.folder / "none.csv")
    qtbot.waitUntil(lambda: not dialog._beside.running)
    assert "none.csv" in dialog.remarks.text()
    dialog.remove_list()
    desk.session.codes.finish()
    desk.settle()
    assert desk.plan.nomenclature == ""
    dialog.close()
    dialog.deleteLater()
