"""The sheet of all keys is made from the registry and the notes of tables and texts."""

import pytest
from PySide6.QtGui import QKeySequence

from desktop.base import Language, render
from desktop.ui.actions import EVERYTHING
from desktop.ui.dialogs.cheat_sheet import CheatSheet
from desktop.ui.fields.richedit import RichEditor
from desktop.ui.fields.richtools import KEYS
from desktop.ui.key_notes import PLACES
from desktop.ui.roles import Role
from desktop.ui.speaker import Speaker


@pytest.fixture
def sheet(desk):
    made = CheatSheet(desk.window)
    yield made
    made.deleteLater()


def test_every_command_with_keys_and_every_note_stands_on_it(sheet):
    ids = {entry.id for entry in sheet.list.rows.entries()}
    offered = {each.id for each in EVERYTHING if each.keys and Role.SECRETARY in each.roles}
    assert offered <= ids
    assert len(ids) == len(offered) + sum(len(list(notes())) for notes in PLACES.values())
    assert all(entry.keys for entry in sheet.list.rows.entries())


def test_keys_of_tables_and_texts_are_not_the_windows():
    taken = {QKeySequence(keys).toString() for command in EVERYTHING for keys in command.keys.split()}
    for notes in PLACES.values():
        for note in notes():
            for keys in note.keys.split():
                assert QKeySequence(keys).toString() not in taken, note
            for language in Language:
                assert "ui." not in render(note.what, language)


def test_it_is_searched_and_a_command_is_given(desk, sheet):
    sheet.search.setText("cadangan")
    assert next(entry.id for entry in sheet.list.rows.entries()) == "go-history"
    sheet._take()
    sheet.picked.run()
    desk.settle()
    assert desk.window.workbench.stop.page == "history"


def test_it_is_printed_and_no_heading_shows_a_mnemonic(desk, sheet):
    path = desk.folder / "pintasan.pdf"
    sheet.write(path)
    assert path.read_bytes().startswith(b"%PDF")
    html = sheet.html()
    assert "Ctrl+Z" in html
    assert "&amp;" not in html
    assert html.count("<table") == html.count("</table>")


def test_the_keys_told_of_texts_are_those_they_have(qtbot):
    editor = RichEditor(Speaker(Language.ID))
    qtbot.addWidget(editor)
    assert sorted(keys for keys, _ in KEYS) == sorted(editor.edit.keys)
