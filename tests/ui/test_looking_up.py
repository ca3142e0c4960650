"""A row of another worksheet is looked for by its words, in a form and in a table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.base import Message
from desktop.ui.fields.looking_up import LookUpEditor, meant

Key = Qt.Key


@pytest.fixture
def page(desk):
    def work(op):
        desk.programme = op.insert("programme", title={"id": "Layanan"})
        for wish in ("Taman di tepi sungai", "Taman bermain", "Sumur"):
            op.cell_text(op.add_row("wishes"), "wish", "id", wish)

    desk.change(work)
    return desk.visit("programmes", desk.programme)


def look_for(desk, editor, words):
    """Type, and leave by the keyboard: the list that opened goes with the first Tab."""
    desk.type_into(editor.inner, words)
    desk.qtbot.keyClick(QApplication.activePopupWidget() or editor.inner, Key.Key_Tab)
    desk.leave_field()


def chosen(desk):
    return desk.plan.answer("programme.wish", desk.programme).value


@pytest.mark.slow
def test_any_part_of_its_words_finds_the_row(desk, page):
    editor = desk.box(page, "wish").bindings[0].editor
    assert isinstance(editor, LookUpEditor)
    look_for(desk, editor, "berm")
    rows = desk.plan.rows["wishes"]
    assert chosen(desk) == rows[1].id
    assert editor.inner.text() == "Taman bermain"


@pytest.mark.slow
def test_what_fits_several_or_none_is_refused_and_stays(desk, page):
    box = desk.box(page, "wish")
    editor = box.bindings[0].editor
    look_for(desk, editor, "taman")
    assert chosen(desk) is None
    assert editor.inner.text() == "taman"


@pytest.mark.slow
def test_emptied_it_is_nothing_again_and_a_deleted_row_is_named_so(desk, page):
    editor = desk.box(page, "wish").bindings[0].editor
    look_for(desk, editor, "Sumur")
    gone = chosen(desk)
    desk.change(lambda op: op.delete("row", gone))
    page.refresh()
    assert editor.inner.text() == desk.session.say(Message("exchange.value.row_gone"))
    assert chosen(desk) == gone
    editor.inner.setFocus()
    editor.inner.selectAll()
    desk.qtbot.keyClick(editor.inner, Key.Key_Delete)
    desk.window.commands.run("save")
    assert chosen(desk) is None


def test_an_entry_a_label_or_the_only_one_that_holds_it_is_meant():
    names = {"Taman – di kota": "1", "Tamansari": "2", "Sumur": "3"}
    labels = {"Taman": "1", "Tamansari": "2", "Sumur": "3"}
    said = ("", "Taman", "Taman – di kota", "sari", "sum", "tam", "kolam")
    assert [meant(names, labels, each) for each in said] == ["", "1", "1", "2", "3", "tam", "kolam"]
