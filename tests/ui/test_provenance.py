"""Beside every field stands softly where its value comes from; suggestions are confirmed with one press."""

import pytest
from PySide6.QtCore import Qt

from desktop.base import Language, Message
from desktop.workspace.provenance import Manner
from tests.ui.keys import too_dear

IMPORT = Message("exchange.import.label", file="renja.xlsx", n=1)


@pytest.fixture
def town(desk):
    return desk.visit("form", "town")


def told(box):
    return box.mark.told.manner if box.mark is not None and box.mark.told is not None else None


def test_an_empty_field_says_nothing_and_a_typed_one_who_typed_it(desk, town):
    box = desk.box(town, "mayor")
    assert told(box) is None
    desk.type_into(box.bindings[0].editor.inner, "Ibu Ratna")
    desk.leave_field()
    assert told(box) is Manner.TYPED
    assert "Sari" in box.mark.toolTip()
    assert box.mark.isVisible()


@pytest.mark.slow
def test_the_word_shows_only_on_a_closer_look(desk, town):
    desk.change(lambda op: op.answer("town.mayor", "Ibu Ratna"))
    box = desk.box(town, "mayor")
    desk.leave_field()
    assert box.mark.word.isHidden()
    box.take_focus()
    assert box.mark.word.isVisible()
    assert box.mark.word.text() == "diketik"
    desk.window.speak_language(Language.EN)
    assert box.mark.word.text() == "typed"
    desk.leave_field()
    assert box.mark.word.isHidden()


@pytest.mark.slow
def test_a_screen_reader_hears_it_too(desk, town):
    desk.change(lambda op: op.answer("town.mayor", "Ibu Ratna"))
    described = desk.box(town, "mayor").bindings[0].editor.inner.accessibleDescription()
    assert "Diketik oleh Sari" in described


@pytest.mark.slow
def test_imported_values_name_their_file(desk, town):
    with desk.session.workspace.operation(IMPORT, kind="import") as op:
        op.answer("town.trees", 12, origin="imported")
    desk.settle()
    box = desk.box(town, "trees")
    assert told(box) is Manner.IMPORTED
    assert "renja.xlsx" in box.mark.toolTip()


@pytest.mark.slow
def test_a_suggestion_is_confirmed_with_one_press_and_that_can_be_undone(desk, town):
    desk.change(lambda op: op.answer("town.mayor", "Ibu Ratna", origin="suggested"))
    box = desk.box(town, "mayor")
    assert told(box) is Manner.SUGGESTED
    assert box.mark.word.isVisible()
    before = desk.session.workspace.position
    box.mark.confirm.click()
    desk.settle()
    assert desk.session.workspace.position == before + 1
    assert told(box) is Manner.TYPED
    assert box.mark.confirm.isHidden()
    assert "Nama wali kota" in desk.window.commands.action("undo").text()
    desk.window.commands.run("undo")
    desk.settle()
    assert told(box) is Manner.SUGGESTED


@pytest.mark.slow
def test_the_journal_is_asked_once_for_a_whole_page(desk, town, monkeypatch):
    asked = []
    real = type(desk.session.workspace).provenance
    monkeypatch.setattr(
        type(desk.session.workspace), "provenance", lambda self, wanted: asked.append(1) or real(self, wanted)
    )
    desk.change(lambda op: [op.answer(f"town.{name}", 5) for name in ("trees", "cash", "census")])
    assert len(asked) == 1


@pytest.mark.slow
def test_a_field_tells_its_unit_remarks_and_words(desk, town):
    desk.check()
    box = desk.box(town, "words")
    desk.type_into(box.bindings[0].editor.inner, "dua kata")
    assert "2 kata; diminta 5–40" in box._counts[0].text()
    assert box._counts[0].property("look") == "warn"
    assert box.bindings[0].editor.inner.placeholderText().startswith("Contoh: ")


@pytest.mark.slow
def test_the_caret_stays_at_its_letters_when_the_text_is_replaced(desk, town):
    desk.change(lambda op: op.answer("town.mayor", "Ibu Ratna Dewi"))
    editor = desk.box(town, "mayor").bindings[0].editor.inner
    editor.setFocus()
    editor.setCursorPosition(3)
    desk.change(lambda op: op.answer("town.mayor", "Ibu Ratna Dewi, M.Si."))
    assert editor.cursorPosition() == 3
    desk.window.commands.run("undo")
    desk.settle()
    assert (editor.text(), editor.cursorPosition()) == ("Ibu Ratna Dewi", 3)
    words = desk.box(town, "words").bindings[0].editor.inner
    desk.type_into(words, "satu dua tiga")
    desk.leave_field()
    words.setFocus()
    cursor = words.textCursor()
    cursor.setPosition(9)
    words.setTextCursor(cursor)
    desk.change(lambda op: op.answer_text("town.words", "id", "nol satu dua tiga"))
    assert words.textCursor().position() == 13


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mayor", "cash", "words", "song"])
def test_a_key_costs_little(desk, town, name):
    """Milliseconds: tests/bench/bench_frames.py."""
    inner = desk.box(town, name).bindings[0].editor.inner
    inner.setFocus(Qt.FocusReason.OtherFocusReason)
    desk.settle()
    assert too_dear(inner, "1234567890" * 3) == []


@pytest.mark.slow
def test_a_cell_of_a_worksheet_tells_it_on_a_closer_look(desk):
    with desk.session.workspace.operation(IMPORT, kind="import") as op:
        op.cell_text(op.add_row("wishes"), "wish", "id", "Taman kota", policy="text")
    page = desk.visit("worksheet", "wishes")
    model = page.grid.model
    shown = [
        model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    told = next(text for text in shown if text and "Taman kota" in text)
    assert "Diimpor dari renja.xlsx" in told
