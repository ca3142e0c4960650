"""The history of a field, told from the field itself; and fields filled differently, settled in words."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import Language, Message
from desktop.ui.dialogs import field_history
from desktop.ui.dialogs.field_history import FieldHistory
from desktop.ui.fields import editor
from desktop.ui.tracing import spell, trace
from desktop.workspace import Author, Place, Workspace

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


def test_what_is_typed_is_in_its_history_at_once(desk, shown):
    page = desk.visit("form", "town")
    inner = desk.box(page, "mayor").bindings[0].editor.inner
    desk.type_into(inner, "Ratna")
    history_key(desk, inner)
    assert shown[0][1] == [("Sari", "\N{EM DASH}", "Ratna")]


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


def test_without_a_field_the_command_says_what_to_do(desk, shown):
    desk.visit("checks")
    desk.window.workbench.panel.tree.setFocus()
    desk.window.commands.run("field-history")
    assert shown == []
    assert "Letakkan kursor" in desk.window.statusBar().told.text()


def test_the_dialog_shows_the_chosen_change_in_full(desk, qtbot):
    desk.change(lambda op: op.answer("town.mayor", "Ratna"))
    desk.change(lambda op: op.answer("town.mayor", "Budi"))
    page = desk.visit("form", "town")
    dialog = FieldHistory(desk.session, desk.box(page, "mayor").subject(), desk.window)
    assert (dialog.before.toPlainText(), dialog.after.toPlainText()) == ("Ratna", "Budi")
    dialog.table.setCurrentCell(1, 0)
    assert (dialog.before.toPlainText(), dialog.after.toPlainText()) == ("", "Ratna")
    dialog.deleteLater()


# -- fields filled differently ----------------------------------------------------------------------
def apart(desk, theirs, mine, who="Budi"):
    """A copy is changed by somebody else, this one by us, and the copy is brought back."""
    copy = desk.folder / f"salinan-{who}.rancang"
    desk.session.workspace.snapshot(copy)
    with Workspace.open(copy, author=Author(who)) as other, other.operation(EDIT) as op:
        theirs(op)
    desk.change(mine)
    desk.session.workspace.bring_back(copy)
    desk.settle()
    return desk.visit("history").differing


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def test_competing_values_are_shown_with_author_and_time_not_the_latest_changes(desk):
    for name in ("Satu", "Dua", "Tiga"):
        desk.change(lambda op, name=name: op.answer("town.mayor", name))
    card = apart(
        desk, lambda op: op.answer("town.mayor", "Pak Budi"), lambda op: op.answer("town.mayor", "Ibu Ratna")
    )
    (entry,) = card.entries
    said = words(entry)
    assert said[0].startswith("Nama wali kota")
    assert {"Pak Budi", "Ibu Ratna"} <= set(said)
    assert not {"Satu", "Dua", "Tiga"} & set(said)
    assert any(each.startswith("Budi, ") for each in said)
    choice = next(each for each in entry.choices if each.value == "Pak Budi")
    entry.settle(choice.value)
    desk.settle()
    assert desk.plan.answer("town.mayor").value == "Pak Budi"
    assert not card.isVisible()


def test_another_value_can_be_typed_and_what_is_not_understood_is_told(desk):
    card = apart(desk, lambda op: op.answer("town.trees", 5), lambda op: op.answer("town.trees", 7))
    (entry,) = card.entries
    entry.write_another()
    entry.editor.inner.setText("banyak")
    entry.settle_by_typed()
    assert len(desk.plan.conflicts) == 1
    assert any("banyak" in each for each in words(entry))
    entry.editor.inner.setText("1.234")
    entry.settle_by_typed()
    desk.settle()
    assert desk.plan.answer("town.trees").value == 1234
    assert desk.plan.conflicts == ()


@pytest.mark.parametrize("keep", [True, False])
def test_a_programme_deleted_here_and_changed_there_is_kept_or_deleted_in_words(desk, keep):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air bersih"}))
    card = apart(
        desk,
        lambda op: op.write("programme", programme, "title", "id", "Air bersih kota"),
        lambda op: op.delete("programme", programme),
    )
    entry = next(each for each in card.entries if each.conflict.kind == "delete-edit")
    said = words(entry)
    assert "Air bersih" in said[0]
    assert any(each.startswith("Sari menghapusnya") for each in said)
    assert any(each.startswith("Budi mengubahnya") for each in said)
    assert any("Air bersih kota" in each for each in said[1:])
    entry.decide(keep=keep)
    desk.settle()
    assert [each.title.values["id"] for each in desk.plan.programmes] == (["Air bersih kota"] if keep else [])
    assert desk.plan.conflicts == ()


@pytest.mark.parametrize("keep", [True, False])
def test_a_programme_deleted_here_that_got_an_indicator_there(desk, keep):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air bersih"}))
    card = apart(
        desk,
        lambda op: op.insert("indicator", programme=programme, name={"id": "Kebocoran"}),
        lambda op: op.delete("programme", programme),
    )
    (entry,) = card.entries
    assert entry.conflict.kind == "deleted-parent"
    assert any("terkait" in each for each in words(entry))
    entry.decide(keep=keep)
    desk.settle()
    assert len(desk.plan.programmes) == int(keep)
    assert desk.plan.conflicts == ()


def test_differing_entries_speak_the_language_of_the_window(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air"}))
    desk.window.speak_language(Language.EN)
    card = apart(
        desk,
        lambda op: op.set("programme", programme, quick_win=True),
        lambda op: op.set("programme", programme, quick_win=False),
    )
    said = " ".join(words(card.entries[0]))
    assert "Quick win" in said
    assert "Yes" in said
    assert "No" in said
    assert "program “" not in said


def test_comments_and_deadlines_are_named_in_words(desk):
    programme = desk.change(lambda op: op.insert("programme", title={"id": "Air bersih"}))

    def work(op):
        about = Place("programme", programme, "title")
        comment = op.comment(about, "Sebutkan layanannya.\n" * 9, Author("Rina", "mentor"), due="2027-02-28")
        return comment, op.deadline("2027-01-31", page="evidence", note="Rapat")

    comment, deadline = desk.change(work)

    def say(known):
        return desk.session.say(known.title)

    state = trace(desk.session, "comment", comment, "state")
    assert say(state).startswith("Status")
    assert "Sebutkan layanannya. Sebutkan" in say(state)
    assert "…" in say(state)
    assert spell(desk.session, state.field, "declined", state.offered) == "Tidak ditindaklanjuti"
    due = trace(desk.session, "deadline", deadline, "due")
    assert "Bukti dukung" in say(due)
    assert spell(desk.session, due.field, "2027-01-31", due.offered) == "31 Januari 2027"
    desk.change(lambda op: op.delete("deadline", deadline))
    assert "Bukti dukung" in say(trace(desk.session, "deadline", deadline))


def test_rows_without_a_title_of_their_own_are_named_by_the_guideline_or_by_their_owner(desk):

    def work(op):
        programme = op.insert("programme", title={"id": "Air bersih"})
        return {
            "rpjmd_ceiling": op.insert("rpjmd_ceiling", programme=programme, year=2027, amount=5),
            "input": op.insert("input", body={"id": "Jalan rusak"}),
            "decree": op.insert("decree", title={"id": "SK Dewan"}),
            "figure": op.insert("figure", measure="population", year=2026),
        }

    rows = desk.change(work)
    for table, part in (
        ("rpjmd_ceiling", "Air bersih, 2027"),
        ("input", "Jalan"),
        ("decree", "SK Dewan"),
        ("figure", "2026"),
    ):
        said = desk.session.say(trace(desk.session, table, rows[table]).title)
        assert part in said
        assert "Lainnya" not in said
