"""The history of a field, told from the field itself."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import Message
from desktop.ui.dialogs import field_history
from desktop.ui.dialogs.field_history import FieldHistory
from desktop.ui.fields import editor
from desktop.workspace import Author

EDIT = Message("ui.op.add_programme")


@pytest.fixture
def shown(monkeypatch):
    """The histories that were shown, each as its title and its lines in words."""
    seen = []

    def look(dialog):
        title = dialog.findChildren(QLabel)[0].text()
        seen.append((title, [dialog.words(line)[1:4] for line in dialog.lines], dialog))
        return 0

    monkeypatch.setattr(field_history.FieldHistory, "exec", look)
    return seen


def history_key(desk, widget):
    """The shortcut, pressed where the cursor is."""
    desk.qtbot.keyClick(
        widget, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    desk.settle()


@pytest.mark.slow
def test_a_form_field_tells_who_changed_it_from_what_to_what(desk, shown):
    desk.change(lambda op: op.answer("town.cash", 1_000_000))
    desk.session.workspace.author = Author("Budi", "agency")
    desk.change(lambda op: op.answer("town.cash", 2_500_000))
    desk.window.commands.run("undo")
    page = desk.visit("form", "town")
    box = desk.box(page, "cash")
    box.take_focus()
    history_key(desk, box.bindings[0].editor.inner)
    ((title, lines, _),) = shown
    assert title.startswith(desk.session.say(box.field.label))
    assert lines == [
        ("Budi", "2.500.000", "1.000.000"),
        ("Budi", "1.000.000", "2.500.000"),
        ("Sari", "\N{EM DASH}", "1.000.000"),
    ]


@pytest.mark.slow
def test_what_is_typed_is_in_its_history_at_once(desk, shown):
    page = desk.visit("form", "town")
    inner = desk.box(page, "mayor").bindings[0].editor.inner
    desk.type_into(inner, "Ratna")
    history_key(desk, inner)
    assert shown[0][1] == [("Sari", "\N{EM DASH}", "Ratna")]


@pytest.mark.slow
def test_a_programme_field_tells_both_languages_and_choices_in_words(desk, shown):
    programme = desk.change(
        lambda op: op.insert("programme", title={"id": "Air bersih", "en": "Clean water"}, quick_win=True)
    )
    page = desk.visit("programmes", programme)
    desk.box(page, "title").take_focus()
    desk.window.commands.run("field-history")
    assert sorted(line[2] for line in shown[0][1]) == [
        "Air bersih (Bahasa Indonesia)",
        "Clean water (Bahasa Inggris)",
    ]
    desk.box(page, "quick_win").take_focus()
    desk.window.commands.run("field-history")
    assert shown[1][1] == [("Sari", "\N{EM DASH}", "Ya")]


@pytest.mark.slow
def test_of_two_texts_the_words_that_changed_are_told(desk, monkeypatch):
    from desktop.ui.dialogs.field_history import FieldHistory
    from desktop.ui.kinds import field_of
    from desktop.ui.tracing import Record, Subject

    long = "Warga mendaftar di loket setiap hari kerja dari pagi hingga siang."
    row = desk.change(lambda op: op.insert("programme", title={"id": "Air"}, service={"id": long}))
    desk.change(lambda op: op.set("programme", row, service={"id": long.replace("siang", "sore")}))
    subject = Subject("x", field_of("programme", "service"), (Record("programme", row, "service"),))
    dialog = FieldHistory(desk.session, subject, desk.window)
    assert not dialog.diff.isHidden()
    assert "<s" in dialog.diff.text()
    assert "sore" in dialog.diff.text()
    dialog.table.setCurrentCell(1, 0)
    assert dialog.diff.isHidden(), "nothing stood there before"
    dialog.deleteLater()


@pytest.mark.slow
def test_a_chapter_tells_its_text_without_tags(desk, shown):
    book = desk.session.pack.books[0]
    chapter = next(each for each in book.chapters if any(block.show == "text" for block in each.blocks))
    desk.change(lambda op: op.answer_text(f"chapter.{chapter.id}", "id", '<p id="a1">Kota <b>hijau</b></p>'))
    stop = next(
        stop for stop in desk.window.workbench.journey.stops
        if stop.page == "chapter" and chapter in desk.window.workbench.journey.within(stop.ref)
    )  # fmt: skip
    page = desk.visit("chapter", stop.ref)
    page.open_ref(chapter.id)
    page.bindings[0].editor.inner.setFocus()
    history_key(desk, page.bindings[0].editor.inner)
    assert shown[0][1] == [("Sari", "\N{EM DASH}", "Kota hijau (Bahasa Indonesia)")]


@pytest.mark.slow
def test_cells_of_grids_tell_their_history_by_key_and_by_menu(desk, shown):
    agency = desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}, head="Budi"))
    desk.change(lambda op: op.set("agency", agency, head="Ratna"))
    page = desk.visit("agencies")
    table = page.grids[0].table
    table.setCurrentIndex(table.model().index(0, 3))
    table.setFocus()
    history_key(desk, table)
    assert [line[1:] for line in shown[0][1]] == [("Budi", "Ratna"), ("\N{EM DASH}", "Budi")]
    menu = table.menu()
    menu.actions()[-1].trigger()
    assert shown[1][:2] == shown[0][:2]
    table.setCurrentIndex(table.model().index(1, 3))
    assert not table.menu().actions()[-1].isEnabled()


@pytest.mark.slow
def test_budget_cells_and_yearly_targets_tell_their_history(desk, shown):
    def work(op):
        programme = op.insert("programme", title={"id": "Air"})
        op.put("budget_line", programme=programme, year=2027, source=source, indicative=5_000)
        indicator = op.insert("indicator", programme=programme, name={"id": "Bocor"})
        op.put("target", indicator=indicator, year=2027, target="4.5")
        return programme

    source = desk.session.pack.planning.funding[0].id
    page = desk.visit("programmes", desk.change(work))
    page.form.budget.table.setCurrentIndex(page.form.budget.model.index(0, 0))
    page.form.budget.table.setFocus()
    desk.window.commands.run("field-history")
    assert shown[0][1] == [("Sari", "\N{EM DASH}", "5.000")]
    assert "2027" in shown[0][0]
    table = page.form.indicators.table
    column = [field.id for field in page.form.indicators.model.fields].index("target:2027")
    table.setCurrentIndex(table.model().index(0, column))
    table.setFocus()
    desk.window.commands.run("field-history")
    assert shown[1][1] == [("Sari", "\N{EM DASH}", "4,5")]


@pytest.mark.slow
def test_the_supporting_agencies_tell_who_added_and_removed_one(desk, shown):
    agency = desk.change(lambda op: op.insert("agency", name={"id": "Dinas Air"}))
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    page = desk.visit("programmes", programme)
    ticks = page.form.supporting.ticks
    ticks.inner.click()
    desk.settle()
    ticks.inner.click()
    ticks.inner.setFocus()
    desk.window.commands.run("field-history")
    assert desk.plan.programmes[0].supporting == ()
    assert [line[2] for line in shown[0][1]] == ["(dihapus) (Dinas Air)", "Dinas Air (Dinas Air)"]
    assert agency


@pytest.mark.slow
def test_the_menu_of_every_editor_leads_to_the_history(desk, shown, monkeypatch):
    page = desk.visit("form", "town")
    found = []

    def press_last(menu, _where):
        found.append([action.text() for action in menu.actions()])
        menu.actions()[-1].trigger()

    monkeypatch.setattr(editor, "show_menu", press_last)
    for box in page.boxes:
        inner = box.bindings[0].editor.inner
        spot = QPoint(4, 4)
        target = inner.viewport() if hasattr(inner, "viewport") else inner
        QApplication.sendEvent(
            target, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, inner.mapToGlobal(spot))
        )
    assert len(found) == len(page.boxes) == len(shown) > 5
    assert all(menu[-1] == "Riwayat isian ini" for menu in found)


@pytest.mark.slow
def test_without_a_field_the_command_says_what_to_do(desk, shown):
    desk.visit("checks")
    desk.window.workbench.panel.tree.setFocus()
    desk.window.commands.run("field-history")
    assert shown == []
    assert "Letakkan kursor" in desk.window.statusBar().told.text()


@pytest.mark.slow
def test_the_dialog_shows_the_chosen_change_in_full(desk, qtbot):
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    desk.change(lambda op: op.answer("town.mayor", "Budi"))
    page = desk.visit("form", "town")
    dialog = FieldHistory(desk.session, desk.box(page, "mayor").subject(), desk.window)
    assert (dialog.before.toPlainText(), dialog.after.toPlainText()) == ("Ratna", "Budi")
    dialog.table.setCurrentCell(1, 0)
    assert (dialog.before.toPlainText(), dialog.after.toPlainText()) == ("", "Ratna")
    dialog.deleteLater()
