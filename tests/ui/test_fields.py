"""A field writes one operation when the focus leaves, after a pause, or on save, and loses nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.base import Language
from desktop.ui import drafts
from desktop.ui.fields.picking import QuietCombo


@pytest.fixture
def town(desk):
    return desk.visit("form", "town")


def inner(box, place=0):
    return box.bindings[place].editor.inner


@pytest.mark.slow
def test_nothing_is_written_while_somebody_types(desk, town):
    head = desk.session.workspace.head
    desk.type_into(inner(desk.box(town, "mayor")), "Ibu Ratna")
    assert desk.session.workspace.head == head
    assert desk.session.drafts


@pytest.mark.slow
def test_leaving_a_field_writes_one_operation(desk, town):
    before = len(desk.session.workspace.recent())
    desk.type_into(inner(desk.box(town, "mayor")), "Ibu Ratna")
    desk.leave_field()
    assert desk.plan.answer("town.mayor").value == "Ibu Ratna"
    assert len(desk.session.workspace.recent()) == before + 1
    assert not desk.session.drafts


@pytest.mark.slow
def test_a_pause_writes_it_too(desk, town, monkeypatch):
    desk.session.drafts._pause.setInterval(20)
    desk.type_into(inner(desk.box(town, "mayor")), "Pak Budi")
    desk.qtbot.waitUntil(lambda: not desk.session.drafts)
    assert desk.plan.answer("town.mayor").value == "Pak Budi"
    assert drafts.PAUSE == 2000


@pytest.mark.slow
def test_ctrl_s_writes_it_too(desk, town):
    editor = inner(desk.box(town, "mayor"))
    desk.type_into(editor, "Pak Budi")
    desk.window.commands.run("save")
    assert desk.plan.answer("town.mayor").value == "Pak Budi"
    assert editor.hasFocus()


@pytest.mark.slow
def test_going_to_another_page_closing_and_speaking_otherwise_lose_nothing(desk, town):
    desk.type_into(inner(desk.box(town, "mayor")), "Satu")
    desk.visit("profile")
    assert desk.plan.answer("town.mayor").value == "Satu"
    desk.visit("form", "town")
    desk.type_into(inner(desk.box(town, "mayor")), " dua")
    desk.window.speak_language(Language.EN)
    assert desk.plan.answer("town.mayor").value == "Satu dua"
    desk.type_into(inner(desk.box(town, "mayor")), " tiga")
    desk.window.close()
    from desktop.workspace import Workspace

    with Workspace.open(desk.path, read_only=True) as again:
        assert again.plan().answer("town.mayor").value == "Satu dua tiga"


def test_a_change_from_elsewhere_shows_but_not_in_the_field_being_edited(desk, town):
    mayor, rain = desk.box(town, "mayor"), desk.box(town, "rain")
    desk.type_into(inner(mayor), "Setengah")
    desk.change(lambda op: (op.answer("town.mayor", "Orang lain"), op.answer("town.rain", "12.5")))
    assert inner(mayor).text() == "Setengah"
    assert inner(rain).text() == "12,5"


def test_money_is_grouped_while_it_is_typed_and_the_cursor_stays_at_its_digit(desk, town):
    editor = inner(desk.box(town, "cash"))
    desk.type_into(editor, "18400000")
    assert editor.text() == "18.400.000"
    editor.setCursorPosition(2)
    desk.qtbot.keyClicks(editor, "9")
    assert editor.text() == "189.400.000"
    assert editor.cursorPosition() == 3
    desk.leave_field()
    assert desk.plan.answer("town.cash").value == 189_400_000


def test_what_is_not_understood_stays_visible_and_is_said(desk, town):
    box = desk.box(town, "trees")
    desk.type_into(inner(box), "banyak")
    desk.leave_field()
    assert inner(box).text() == "banyak"
    assert "banyak" in box._said.text()
    assert desk.session.drafts
    inner(box).clear()
    desk.type_into(inner(box), "12")
    desk.leave_field()
    assert desk.plan.answer("town.trees").value == 12
    assert not desk.session.drafts


def test_dates_are_read_as_people_write_them(desk, town):
    box = desk.box(town, "founded")
    desk.type_into(inner(box), "17 Agustus 1945")
    desk.leave_field()
    assert desk.plan.answer("town.founded").value == "1945-08-17"
    assert inner(box).text() == "17 Agustus 1945"
    desk.window.speak_language(Language.EN)
    assert inner(box).text() == "17 August 1945"


def test_choices_yes_and_no_and_ticks(desk, town):
    for name, label, value in (
        ("mood", "Gembira", "glad"),
        ("happy", "Tidak", False),
        ("first", "Udara", "udara"),
    ):
        combo = inner(desk.box(town, name))
        combo.setCurrentIndex(combo.findText(label))
        combo.activated.emit(combo.currentIndex())
        desk.leave_field()
        desk.session.drafts.flush()
        assert desk.plan.answer(f"town.{name}").value == value
    ticks = desk.box(town, "tools").bindings[0].editor._ticks
    ticks["net"].click()
    desk.session.drafts.flush()
    assert desk.plan.answer("town.tools").value == ("net",)


@pytest.mark.slow
def test_the_second_language_is_off_until_asked_for_and_knows_when_it_is_stale(desk, town):
    words = desk.box(town, "words")
    assert len(words.bindings) == 1
    desk.window.commands.run("second-language")
    desk.settle()
    assert inner(words, 1).isVisible()
    desk.type_into(inner(words, 0), "Selamat datang")
    desk.type_into(inner(words, 1), "Welcome")
    desk.leave_field()
    assert not words.stale.isVisible()
    desk.type_into(inner(words, 0), " semua")
    desk.leave_field()
    assert words.stale.isVisible()
    assert desk.plan.answer("town.words").text.values["en"] == "Welcome"


def test_undo_takes_back_letters_first_and_operations_after(desk, town):
    editor = inner(desk.box(town, "mayor"))
    desk.type_into(editor, "Ibu Ratna")
    desk.leave_field()
    editor.setFocus()
    desk.qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert desk.plan.answer("town.mayor").value is None
    assert editor.text() == ""
    assert "Nama wali kota" in desk.window.commands.action("redo").text()
    desk.window.commands.run("redo")
    assert desk.plan.answer("town.mayor").value == "Ibu Ratna"


@pytest.mark.slow
def test_a_read_only_workspace_cannot_be_edited(desk):
    from desktop.workspace import Workspace

    path = desk.session.workspace.path
    desk.session.leave()
    desk.session.adopt(Workspace.open(path, read_only=True))
    page = desk.visit("form", "town")
    assert inner(desk.box(page, "mayor")).isReadOnly()
    assert not inner(desk.box(page, "mood")).isEnabled()
    assert not page.boxes[1].slot.add.isEnabled()
    assert not desk.window.commands.action("undo").isEnabled()
    assert "baca" in desk.window.statusBar().saved.text()
    assert QApplication.activeModalWidget() is None


@pytest.mark.slow
def test_evidence_is_claimed_where_it_is_dropped_and_let_go_again(desk, town):
    file = desk.folder / "sk.pdf"
    file.write_bytes(b"%PDF-1.4 sk")
    slot = desk.box(town, "trees").slot
    slot.take([file])
    desk.settle()
    (kept,) = desk.plan.evidence
    assert [claim.item for claim in kept.claims] == ["town.trees"]
    slot._unclaim(kept)
    assert desk.plan.evidence[0].claims == ()


@pytest.mark.slow
def test_the_wheel_scrolls_the_page_and_changes_no_answer(desk, town):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    combo = next(each for each in town.findChildren(QuietCombo) if each.count() > 1)
    assert combo.focusPolicy() == Qt.FocusPolicy.StrongFocus
    combo.setFocus()
    before, at = combo.currentIndex(), QPointF(combo.rect().center())
    turned = QWheelEvent(
        at, QPointF(combo.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(combo, turned)
    assert combo.currentIndex() == before
    assert not turned.isAccepted(), "the page it stands on scrolls instead"


@pytest.mark.slow
def test_the_cursor_comes_into_the_first_field_of_a_form(desk, town):
    town.take_focus()
    assert town.boxes[0].bindings[0].editor.inner.hasFocus()


@pytest.mark.slow
def test_a_required_field_is_called_by_its_name_and_a_star(desk):
    page = desk.visit("form", desk.session.pack.forms[0].id)
    names = [box._title() for box in page.boxes if box.field.required]
    assert names
    assert all(desk.session.say(name).endswith(" *") for name in names)
