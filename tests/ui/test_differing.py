"""Fields filled differently in the window: shown side by side, settled by button, key, sentence or group."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from desktop.base import Language, Message, richtext
from desktop.ui.differing.badge import DifferingBadge
from desktop.ui.grid.table import CellTable
from desktop.ui.journey import Stop
from desktop.workspace import Author, Workspace, handouts
from desktop.workspace.plan import Place
from tests.measuring import cut, unnamed

EDIT = Message("ui.op.add_programme")


def apart(desk, theirs, mine, who="Budi", role=""):
    """A copy is changed by somebody else, this one by us, and the copy is brought back."""
    copy = desk.folder / f"salinan-{who}.rancang"
    desk.session.workspace.snapshot(copy)
    with Workspace.open(copy, author=Author(who, role)) as other, other.operation(EDIT) as op:
        theirs(op)
    desk.change(mine)
    desk.session.workspace.bring_back(copy)
    desk.settle()
    return desk.visit("differing")


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def sides(page):
    return {side.value: place for place, side in enumerate(page.card.case.sides)}


@pytest.mark.slow
def test_competing_values_are_shown_with_author_time_and_base(desk):
    desk.change(lambda op: op.answer("town.mayor", "Semula"))
    page = apart(
        desk, lambda op: op.answer("town.mayor", "Pak Budi"), lambda op: op.answer("town.mayor", "Ibu Ratna")
    )
    said = words(page.card)
    assert said[0].startswith("Nama wali kota")
    assert {"Pak Budi", "Ibu Ratna", "Semula"} <= set(said)
    assert any(each.startswith("Budi, ") for each in said)
    assert said.count("Ditampilkan sekarang") == 1
    page.card.take(sides(page)["Pak Budi"])
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Pak Budi"
    assert page.list.flat() == []
    assert page._empty.isVisible()
    desk.session.undo()
    desk.settle()
    assert desk.plan.answer("town.mayor").value != "Pak Budi" or desk.plan.conflicts


@pytest.mark.slow
def test_another_value_can_be_typed_and_what_is_not_understood_is_told(desk):
    page = apart(desk, lambda op: op.answer("town.trees", 5), lambda op: op.answer("town.trees", 7))
    page.card.write_another()
    page.card.editor.inner.setText("banyak")
    page.card.settle_by_typed()
    assert len(desk.plan.conflicts) == 1
    assert any("banyak" in each for each in words(page.card))
    page.card.editor.inner.setText("1.234")
    page.card.settle_by_typed()
    desk.settle()
    assert desk.plan.answer("town.trees").value == 1234
    assert desk.plan.conflicts == ()


@pytest.mark.slow
@pytest.mark.parametrize("keep", [True, False])
def test_a_programme_deleted_here_and_changed_there_is_kept_or_deleted_in_words(desk, keep):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air bersih"}))
    page = apart(
        desk,
        lambda op: op.write("programme", programme, "title", "id", "Air bersih kota"),
        lambda op: op.delete("programme", programme),
    )
    assert page.card.case.conflict.kind == "delete-edit"
    said = words(page.card)
    assert "Air bersih" in said[0]
    assert any(each.startswith("Sari menghapusnya") for each in said)
    assert any(each.startswith("Budi mengubahnya") for each in said)
    assert any("Air bersih kota" in each for each in said[1:])
    page.card.decide(keep=keep)
    desk.settle()
    assert [each.title.values["id"] for each in desk.plan.programmes] == (["Air bersih kota"] if keep else [])
    assert desk.plan.conflicts == ()


@pytest.mark.slow
@pytest.mark.parametrize("keep", [True, False])
def test_a_programme_deleted_here_that_got_an_indicator_there(desk, keep):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air bersih"}))
    page = apart(
        desk,
        lambda op: op.insert("indicator", programme=programme, name={"id": "Kebocoran"}),
        lambda op: op.delete("programme", programme),
    )
    assert page.card.case.conflict.kind == "deleted-parent"
    assert any("terkait" in each for each in words(page.card))
    assert any("ikut terhapus: 1 " in each for each in words(page.card))
    page.card.decide(keep=keep)
    desk.settle()
    assert len(desk.plan.programmes) == int(keep)
    assert desk.plan.conflicts == ()


@pytest.mark.slow
def test_everything_speaks_the_language_of_the_window(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    desk.window.speak_language(Language.EN)
    page = apart(
        desk,
        lambda op: op.set("programme", programme, quick_win=True),
        lambda op: op.set("programme", programme, quick_win=False),
    )
    said = " ".join(words(page.card))
    assert "Quick win" in said
    assert "Yes" in said
    assert "No" in said
    assert "program “" not in said
    desk.window.speak_language(Language.ID)
    desk.settle()
    assert "Ya" in " ".join(words(page.card))


@pytest.mark.slow
def test_money_is_shown_with_its_totals(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}, dimension="air"))
    desk.change(lambda op: op.put("budget_line", programme=programme, year=2027, source="gift", indicative=1))
    desk.change(lambda op: op.put("budget_line", programme=programme, year=2028, source="gift", indicative=9))
    line = desk.plan.programmes[0].budget[0].id
    page = apart(
        desk,
        lambda op: op.set("budget_line", line, indicative=1_500_000),
        lambda op: op.set("budget_line", line, indicative=2_000_000),
    )
    said = words(page.card)
    assert {"Rp1.500.000", "Rp2.000.000", "Rp500.000", "Rp2.000.009"} <= set(said)
    assert "Jumlah program Air" in said


def test_names_of_totals_stand_above_their_figures_where_those_leave_no_room(desk):
    """With large letters the card had to be pushed sideways, and "Go to the field" was cut."""
    from desktop.ui.differing.money import NAMED, MoneyTable
    from desktop.workspace.totals_apart import Money, Total

    table = MoneyTable(
        desk.session, Money("indicative", (10**9, 2 * 10**9), (Total("plan", "", (10**12, 2 * 10**12)),))
    )
    desk.qtbot.addWidget(table)
    table.show()
    figures = table.minimumSizeHint().width()
    for wide, stacked in ((figures + NAMED + 100, False), (figures + 10, True)):
        table.resize(wide, 300)
        desk.settle()
        name, cells = table._rows[1]
        assert (name.geometry().bottom() <= cells[0].geometry().top()) is stacked
        assert cells[-1].geometry().right() <= table.width()


TEXT = "Satu lama. Dua lama. Tiga lama."


def texts(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}, service={"id": TEXT}))
    page = apart(
        desk,
        lambda op: op.write(
            "programme", programme, "service", "id", "Satu Budi. Dua lama. Tiga lama. Akhir Budi."
        ),
        lambda op: op.write(
            "programme", programme, "service", "id", "Satu Sari. Dua Sari. Tiga lama. Akhir Sari."
        ),
    )
    return page, programme


@pytest.mark.slow
def test_a_text_is_put_together_sentence_by_sentence(desk):
    page, _ = texts(desk)
    chooser = page.card.chooser
    assert not chooser.use.isEnabled()
    first, last = chooser.choices[0], chooser.choices[-1]
    assert all(button.isVisible() for choice in chooser.choices for button in choice.buttons.values())
    assert last.buttons["both"].isChecked()
    place = next(n for n, side in enumerate(page.card.case.sides) if "Satu Budi" in side.value)
    # whoever hears it hears the sentences of that side, not the words that went as well
    assert first.buttons[f"side{place}"].accessibleDescription() == "Satu Budi. Dua lama."
    first.buttons[f"side{place}"].setChecked(True)
    assert chooser.use.isEnabled()
    assert "Satu Budi." in chooser.result.text()
    first.buttons["own"].setChecked(True)
    first.words.setPlainText("Satu bersama.")
    assert "Satu bersama." in chooser.result.text()
    chooser.use.click()
    desk.settle()
    written = desk.plan.programmes[0].service.values["id"]
    assert "Satu bersama." in written
    assert "Akhir Budi." in written
    assert "Akhir Sari." in written
    assert desk.plan.conflicts == ()


@pytest.mark.slow
def test_a_chapter_stays_a_text_with_marks(desk):
    chapter = "chapter.A.start"
    base = richtext.from_plain("Satu lama. Dua lama.")
    desk.change(lambda op: op.answer_text(chapter, "id", base))
    page = apart(
        desk,
        lambda op: op.answer_text(chapter, "id", base.replace("Satu lama", "Satu <b>Budi</b>")),
        lambda op: op.answer_text(chapter, "id", base.replace("Satu", "Semua")),
    )
    (choice,) = page.card.chooser.choices
    assert "‹tebal: Budi›" in " ".join(each.text() for each in choice.findChildren(QLabel)), "marks are told"
    choice.buttons["own"].setChecked(True)
    choice.words.setPlainText("Baru & <bersama>.")
    page.card.chooser.use.click()
    desk.settle()
    written = desk.plan.answer(chapter).text.values["id"]
    assert richtext.plain_text(written) == "Baru & <bersama>. Dua lama."
    assert richtext.normalise(written) == written


def several(desk):
    """Two programmes of one agency in which three fields differ, and an answer of nobody."""

    def ground(op):
        agency = op.insert("agency", name={"id": "Dinas Air"}, short_name="DINAIR")
        op.insert("person", name="Budi", agency=agency)
        return [op.insert("programme", title={"id": name}, lead=agency) for name in ("Air", "Sumur")]

    one, two = desk.change(ground)

    def write(word):
        def work(op):
            op.set("programme", one, code=word, status=word)
            op.set("programme", two, code=word)
            op.answer("town.mayor", word)

        return work

    return apart(desk, write("Budi"), write("Sari"), role="agency"), one, two


@pytest.mark.slow
def test_keys_settle_without_leaving_the_list_and_the_next_gets_the_cursor(desk):
    page, *_ = several(desk)
    page.list.setFocus()
    before = [item.text(0) for item in page.list.flat()]
    assert len(before) == 4
    page.list.setCurrentItem(page.list.flat()[1])
    desk.qtbot.keyClick(page.list, Qt.Key.Key_B)
    desk.settle()
    assert [item.text(0) for item in page.list.flat()] == [before[0], *before[2:]]
    assert page.list.currentItem() is page.list.flat()[1]
    assert page.list.hasFocus()
    assert page.card.case.key == page.list.chosen().key
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.card.takes[0].hasFocus()
    desk.qtbot.keyClick(page.list, Qt.Key.Key_Q)
    assert len(page.list.flat()) == 3


@pytest.mark.slow
def test_a_whole_agency_is_taken_at_once_and_what_stays_is_said(desk):
    page, one, _ = several(desk)
    head = page.list.topLevelItem(0)
    assert head.text(0).startswith("Dinas Air (3)")
    page.list.setCurrentItem(head)
    desk.settle()
    assert page.card is None
    assert "DINAIR (3)" in page.bar.take.text()
    page.bar.take.click()
    desk.settle()
    assert {each.code for each in desk.plan.programmes} == {"Budi"}
    assert [each.table for each in desk.plan.conflicts] == ["answer"]
    undone = desk.session.workspace.can_undo
    assert undone is not None
    assert undone.id == "workspace.label.resolve_many"
    desk.session.undo()
    desk.settle()
    assert next(each for each in desk.plan.programmes if each.id == one).code in {"Sari", "Budi"}


@pytest.mark.slow
@pytest.mark.parametrize(("role", "name"), [("mentor", "Rina"), ("agency", "Tuti")])
def test_who_is_not_entitled_sees_why(desk, role, name):
    page, *_ = several(desk)
    desk.session.workspace.author = Author(name, role)
    page._conflicts = None
    page.refresh()
    desk.settle()
    assert page.card.why_not is not None
    buttons = [b for b in page.card.findChildren(QPushButton) if b.text().startswith("Pakai")]
    assert buttons
    assert not any(button.isEnabled() for button in buttons)
    assert desk.session.say(page.card.why_not) in words(page.card)
    page.card.take(0)
    page.card.settle("x")
    desk.qtbot.keyClick(page.list, Qt.Key.Key_A)
    assert len(desk.plan.conflicts) == 4


@pytest.mark.slow
def test_the_agency_settles_its_own_part(desk):
    page, *_ = several(desk)
    desk.session.workspace.author = Author("Budi", "agency")
    page._conflicts = None
    page.refresh()
    assert [page.differing.why_not(case) is None for case in page.differing.cases].count(True) == 3


@pytest.mark.slow
def test_from_the_field_to_its_case_and_back(desk):
    page, one, _ = several(desk)
    desk.window.workbench.visit(Stop("checks"))
    desk.session.show("differing", "", Place("programme", one, "status"))
    desk.settle()
    assert page.card.case.conflict.field == "status"
    page.go(page.card.case)
    desk.settle()
    assert desk.window.workbench.stop.page == "programmes"
    status = desk.window.statusBar().differing
    assert status.isVisible()
    status.click()
    desk.settle()
    assert desk.window.workbench.stop == Stop("differing")


@pytest.mark.slow
def test_what_was_settled_meanwhile_is_told_and_the_list_is_right(desk):
    page, *_ = several(desk)
    case = page.card.case
    desk.session.workspace.resolve(case.conflict, "lain" if case.conflict.table != "programme" else "x")
    page.settle([__import__("desktop.workspace.entitled", fromlist=["decision"]).decision(case, 0)])
    desk.settle()
    assert [message.id for message in desk.said] == ["workspace.error.settled_already"]
    assert len(page.list.flat()) == 3


# -- badges ------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_every_field_that_differs_carries_a_badge_that_leads_to_its_sides(desk):
    several(desk)
    page = desk.visit("form", "town")
    box = desk.box(page, "mayor")
    assert box.spoken.badge.isVisible()
    assert "Isian berbeda" in box.spoken.badge.toolTip()
    assert not desk.box(page, "trees").spoken.badge.isVisible()
    box.spoken.badge.click()
    desk.settle()
    shown = desk.window.workbench.current
    assert shown.card.case.conflict.table == "answer"
    shown.card.take(0)
    desk.settle()
    page = desk.visit("form", "town")
    assert not desk.box(page, "mayor").spoken.badge.isVisible()


@pytest.mark.slow
def test_a_programme_in_the_list_carries_the_badge_of_its_parts(desk):
    several(desk)
    page = desk.visit("programmes")
    (table,) = (each for each in page.findChildren(CellTable) if each.isVisible())
    cells = table.cells
    titles = [n for n in range(cells.columnCount()) if cells.column_key(n) == "title"]
    marked = [n for n in range(cells.rowCount()) if table.differing.at(cells.index(n, titles[0])) is not None]
    assert len(marked) == 2
    code = next(n for n in range(cells.columnCount()) if cells.column_key(n) == "code")
    index = cells.index(marked[0], code)
    assert table.differing.at(index).field == "code"
    assert "Isian berbeda" in cells.data(index, Qt.ItemDataRole.AccessibleDescriptionRole)
    table.setCurrentIndex(index)
    menu = table.menu()
    assert menu.actions()[-1].text() == "Bandingkan isian berbeda…"
    menu.actions()[-1].trigger()
    desk.settle()
    assert desk.window.workbench.stop == Stop("differing")
    assert desk.window.workbench.current.card.case.conflict.field == "code"
    menu.deleteLater()


@pytest.mark.slow
def test_a_cell_is_marked_and_a_click_on_the_mark_leads_to_the_sides(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}, dimension="air"))
    desk.change(lambda op: op.put("budget_line", programme=programme, year=2027, source="gift", indicative=1))
    line = desk.plan.programmes[0].budget[0].id
    apart(
        desk,
        lambda op: op.set("budget_line", line, indicative=5),
        lambda op: op.set("budget_line", line, indicative=6),
    )
    desk.session.show("programmes", programme, Place("budget_line", line, scope=programme))
    desk.settle()
    page = desk.window.workbench.current
    tables = [each for each in page.findChildren(CellTable) if each.isVisible()]
    found = [
        (table, table.cells.index(row, column))
        for table in tables
        for row in range(table.cells.rowCount())
        for column in range(table.cells.columnCount())
        if table.differing.at(table.cells.index(row, column)) is not None
    ]
    assert found
    table, index = found[0]
    assert "Isian berbeda" in (table.cells.data(index, Qt.ItemDataRole.ToolTipRole) or "")
    table.scrollTo(index)
    rect = table.visualRect(index)
    desk.qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.x() + 8, rect.center().y())
    )
    desk.settle()
    assert desk.window.workbench.stop == Stop("differing")
    assert desk.window.workbench.current.card.case.conflict.row == line


@pytest.mark.slow
def test_the_finding_leads_to_the_sides(desk):
    several(desk)
    report = desk.check()
    found = [each for each in report.findings if each.check == "open_conflicts"]
    assert found
    for finding in found:
        desk.window.workbench.show_finding(finding)
        desk.settle()
        card = desk.window.workbench.current.card
        assert card is not None
        assert card.case.conflict.table == finding.place.table


@pytest.mark.slow
def test_a_chapter_shows_the_badge_beside_its_language(desk):
    chapter = "chapter.A.start"
    base = richtext.from_plain("Satu lama.")
    desk.change(lambda op: op.answer_text(chapter, "id", base))
    apart(
        desk,
        lambda op: op.answer_text(chapter, "id", base.replace("lama", "Budi")),
        lambda op: op.answer_text(chapter, "id", base.replace("lama", "Sari")),
    )
    desk.session.show("chapter", "A.start")
    desk.settle()
    page = desk.window.workbench.current
    page.complete()
    desk.settle()
    badges = [each for each in page.findChildren(DifferingBadge) if each.isVisible()]
    assert len(badges) == 1
    badges[0].click()
    desk.settle()
    assert desk.window.workbench.current.card.case.language == "id"


@pytest.mark.slow
def test_the_package_page_refuses_and_leads_to_what_differs(desk, monkeypatch):
    several(desk)
    page = desk.visit("package")
    monkeypatch.setattr(page.sealing, "seal", lambda *_: pytest.fail("sealed"))
    page.sealing.choose_target()
    desk.settle()
    assert [message.id for message in desk.said] == ["submission.seal.still_differing"]
    assert desk.window.workbench.stop == Stop("differing")


def test_an_agencys_copy_that_its_giver_looks_into_is_not_sealed(desk, monkeypatch):
    with desk.session.workspace._writing() as journal:
        handouts.make_for(journal, handouts.MadeFor(role="agency"))
    page = desk.visit("package")
    monkeypatch.setattr(page.sealing, "seal", lambda *_: pytest.fail("sealed"))
    page.sealing.button.click()
    desk.settle()
    assert [message.id for message in desk.said] == ["submission.seal.not_here"]
    assert desk.window.workbench.stop == Stop("package")


@pytest.mark.slow
def test_of_a_circle_the_parents_are_named(desk):
    one, two = desk.change(
        lambda op: [op.insert("agency", name={"id": name}) for name in ("Dinas Satu", "Dinas Dua")]
    )
    page = apart(
        desk,
        lambda op: op.set("agency", one, successor=two),
        lambda op: op.set("agency", two, successor=one),
    )
    assert page.card.case.conflict.kind == "cycle"
    said = words(page.card)
    assert said[0].startswith("Dilanjutkan oleh")
    assert {"Dinas Satu", "Dinas Dua"} & set(said)
    place = next(n for n, side in enumerate(page.card.case.sides) if side.value is not None)
    page.card.take(place)
    desk.settle()
    assert desk.plan.conflicts == ()


@pytest.mark.slow
def test_hundreds_of_cases_are_read_once(desk):
    programmes = desk.change(lambda op: [op.insert("programme", title={"id": f"P{n}"}) for n in range(40)])

    def write(word):
        return lambda op: [op.set("programme", each, code=word, status=word) for each in programmes]

    page = apart(desk, write("Budi"), write("Sari"))
    before = {case.key: case for case in page.differing.cases}
    assert len(before) == 80
    page.card.take(0)
    desk.settle()
    after = page.differing.cases
    assert len(after) == 79
    assert all(before[case.key] is case for case in after)


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_every_part_has_a_name_is_seen_whole_and_reached_by_tab(desk, language):
    page, programme = texts(desk)
    desk.change(lambda op: op.put("budget_line", programme=programme, year=2027, source="gift", indicative=1))
    line = desk.plan.programmes[0].budget[0].id
    page = apart(
        desk,
        lambda op: op.set("budget_line", line, indicative=1_500_000_000),
        lambda op: op.set("budget_line", line, indicative=2_000_000_000),
        who="Dewi",
    )
    desk.window.speak_language(language)
    desk.settle()
    assert len(page.list.flat()) == 2
    for item in page.list.flat():
        page.list.setCurrentItem(item)
        desk.settle()
        assert list(unnamed(page)) == []
        assert list(cut(page.card)) == []
        page.list.setFocus()
        reached = set()
        for _ in range(40):
            desk.window.focusNextChild()
            reached.add(QApplication.focusWidget())
        assert set(page.card.takes) <= reached


@pytest.mark.slow
def test_a_narrow_window_stacks_the_list_and_the_card(desk):
    page, _ = texts(desk)
    assert page.split.orientation() is Qt.Orientation.Horizontal
    page.resize(500, 600)
    desk.settle()
    page.setParent(None)
    page.resize(500, 600)
    page.show()
    desk.settle()
    assert page.split.orientation() is Qt.Orientation.Vertical
    page.resize(1200, 600)
    desk.settle()
    assert page.split.orientation() is Qt.Orientation.Horizontal
    page.deleteLater()
