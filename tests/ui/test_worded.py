"""What reads as no name, office or number is said where it is typed, and may stand all the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.ui.dialogs.succession import PersonFollows
from desktop.ui.grid.cells import REMARK

SENTENCE = "Menyetujui pinjaman daerah"


@pytest.fixture
def people(desk):
    """The list of people, with an official to be written over."""
    desk.change(lambda op: op.insert("person", name="Budi"))
    grid = desk.visit("agencies").grids[1]
    grid.table.setFocus()
    return grid


def column(grid, name):
    return next(place for place, each in enumerate(grid.model.fields, grid.model.first) if each.id == name)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "fine"), [("name", "Budi Santoso"), ("office", "Wali Kota"), ("nip", "1970")]
)
def test_a_sentence_is_told_while_it_is_typed(desk, people, field, fine):
    place = column(people, field)
    people.table.setColumnHidden(place, False)
    people.table.go((0, place))
    people.table.edit(people.model.index(0, place))
    editor = people.table.findChild(QLineEdit)
    editor.clear()
    desk.qtbot.keyClicks(editor, SENTENCE)
    assert people._said.isVisibleTo(people)
    told = people._said.text()
    assert "hasil verifikasi" in told
    assert editor.toolTip() == told
    editor.clear()
    desk.qtbot.keyClicks(editor, fine)
    assert editor.toolTip() == ""
    assert not people._said.isVisibleTo(people)
    editor.clear()
    desk.qtbot.keyClicks(editor, SENTENCE)
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    # it stands there, and is marked
    index = people.model.index(0, place)
    assert people.model.text(0, place) == SENTENCE
    assert desk.session.say(index.data(REMARK)) == told
    assert not people._said.isVisibleTo(people)


@pytest.mark.slow
def test_nothing_is_said_of_people_as_they_are(people):
    fields = range(people.model.first, people.model.columnCount())
    assert not any(people.model.index(0, each).data(REMARK) for each in fields)


@pytest.mark.slow
@pytest.mark.usefixtures("people")
def test_a_successor_is_looked_at_too(desk):
    dialog = PersonFollows(desk.session, desk.plan.people[0], desk.window)
    desk.qtbot.addWidget(dialog)
    dialog.name.setText(SENTENCE)
    assert "hasil verifikasi" in dialog._fault.text()
    assert dialog.ok.isEnabled()
    dialog.name.setText("Citra")
    assert dialog._fault.text() == ""
    dialog.nip.setText("Rp500")
    assert "NIP" in dialog._fault.text()
