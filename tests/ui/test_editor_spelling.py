"""Misspelled words are marked when nobody types, and set right by menu or keyboard."""

import pytest
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QMenu

from desktop.base import richtext
from desktop.ui.fields import editor as fields_editor

WAVE = QTextCharFormat.UnderlineStyle.WaveUnderline


@pytest.fixture
def editor(desk):
    page = desk.visit("chapter", "A.start")
    made = page.bindings[0].editor
    made.edit.setFocus()
    return made


def marked(editor):
    found = []
    block = editor.edit.document().begin()
    while block.isValid():
        found += [
            block.text()[part.start : part.start + part.length]
            for part in block.layout().formats()
            if part.format.underlineStyle() is WAVE
        ]
        block = block.next()
    return found


def write(desk, words):
    html = richtext.from_plain(words)
    desk.change(lambda op: op.answer_text("chapter.A.start", "id", html))


def wait(desk, editor, expected):
    desk.qtbot.waitUntil(lambda: marked(editor) == expected, timeout=4000)


@pytest.mark.slow
def test_unknown_words_are_marked_and_names_of_the_plan_are_not(desk, editor):
    desk.change(lambda op: op.insert("agency", name={"id": "Dinas Xyzabc"}))
    write(desk, "Pelayann Dinas Xyzabc di Pringsewu oleh OPD 2026")
    wait(desk, editor, ["Pelayann"])


@pytest.mark.slow
def test_a_suggestion_takes_the_place_of_the_word(desk, editor, monkeypatch):
    write(desk, "Layanan kabupten kami")
    wait(desk, editor, ["kabupten"])

    def choose(menu, _where):
        next(action for action in menu.actions() if action.text() == "kabupaten").trigger()

    monkeypatch.setattr(fields_editor, "show_menu", choose)
    editor.tools.spell()
    assert editor.edit.toPlainText() == "Layanan kabupaten kami"
    desk.session.drafts.flush()


@pytest.mark.slow
def test_a_word_can_be_remembered(desk, editor):
    write(desk, "Kata zzkata")
    wait(desk, editor, ["zzkata"])
    menu = QMenu()
    menu.addAction("x")
    cursor = editor.edit.textCursor()
    cursor.setPosition(7)
    editor.speller.offer(menu, cursor)
    next(action for action in menu.actions() if "zzkata" in action.text()).trigger()
    wait(desk, editor, [])
    menu.deleteLater()


@pytest.mark.slow
def test_marking_can_be_switched_off(desk, editor):
    write(desk, "kabupten")
    wait(desk, editor, ["kabupten"])
    desk.session.remember(spelling=False)
    assert marked(editor) == []
    desk.session.remember(spelling=True)


def test_when_nothing_is_wrong_that_is_told(desk, editor, qtbot):
    write(desk, "Layanan kabupaten")
    with qtbot.waitSignal(desk.session.told) as told:
        editor.tools.spell()
    assert told.args[0].id == "ui.spelling.all_right"
