"""Icons inside lines of text: as large as the letters beside them, and never under them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from desktop.base import Message
from desktop.ui import inside


def inner(edit, kind):
    return next(each for each in edit.findChildren(kind) if each.isVisibleTo(edit))


@pytest.fixture
def line(desk):
    """A line in the window with a mark before and two buttons after its words."""
    made = QLineEdit(desk.window)
    inside.mark(made, "search")
    inside.clearing(desk.session.speaker, made)
    pressed = []
    inside.button(
        desk.session.speaker, made, Message("ui.value.calendar"), "calendar", lambda: pressed.append(1)
    )
    made.resize(300, 44)
    made.show()
    desk.settle()
    return made, pressed


@pytest.mark.slow
def test_icons_grow_with_the_letters(desk, line):
    """Qt's own stayed at sixteen pixels beside letters of twice that size."""
    edit, _ = line
    sizes = []
    for percent in (100, 150, 200):
        desk.session.remember(text_percent=percent)
        desk.qtbot.waitUntil(desk.window.updatesEnabled)
        desk.settle()
        edit.resize(400, 60)
        button, mark = inner(edit, QToolButton), inner(edit, QLabel)
        sizes.append((button.iconSize().width(), mark.pixmap().deviceIndependentSize().width()))
        assert mark.geometry().right() < edit.textMargins().left() + 10
    assert all(button == mark for button, mark in sizes)
    assert sizes[0][0] < sizes[1][0] < sizes[2][0]


def test_a_line_is_emptied_by_its_button_as_by_hand(desk, line):
    edit, pressed = line
    typed = []
    edit.textEdited.connect(typed.append)
    clear, calendar = edit.findChildren(QToolButton)
    assert not clear.isVisible()
    desk.type_into(edit, "air")
    assert clear.isVisible()
    desk.qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert edit.text() == ""
    assert typed[-1] == ""
    assert not clear.isVisible()
    desk.qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton)
    assert pressed == [1]
    assert clear.accessibleName()
    assert calendar.accessibleName()


def test_what_is_asked_for_has_the_room_of_a_button_that_is_not_there(line):
    """ "Cari nama, keterangan, isian" was cut for a cross that only comes with the first letter."""
    edit, _ = line
    before = edit.textMargins().right()
    edit.setText("air")
    assert edit.textMargins().right() > before
    edit.clear()
    assert edit.textMargins().right() == before
