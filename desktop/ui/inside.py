"""Icons and buttons inside a line of text: they grow with its letters, which Qt's own do not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QLineEdit, QToolButton

from desktop.base import Message
from desktop.ui import icons, theme, widgets
from desktop.ui.speaker import Speaker, Speech

SIZE = 15
"""Pixels of an icon at 100 %."""
EDGE, APART = 9, 6
"""Pixels between the line's edge and what stands inside, and between that and the letters."""


def mark(edit: QLineEdit, icon: str) -> None:
    """An icon before the words, only to be looked at."""
    shown = widgets.picture(icon, "muted", SIZE)
    shown.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    _row(edit).insertWidget(0, shown)
    _make_room(edit)


def button(
    speaker: Speaker, edit: QLineEdit, name: Speech, icon: str, press: Callable[[], object]
) -> QToolButton:
    """A button after the words; the keyboard stays in the line."""
    made = widgets.tool(speaker, name, icon, press)
    made.setProperty("look", "inside")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setCursor(Qt.CursorShape.ArrowCursor)
    icons.tie(made, partial(widgets.dress_tool, icon=icon, size=SIZE))
    _row(edit).addWidget(made)
    _make_room(edit)
    return made


def clearing(speaker: Speaker, edit: QLineEdit) -> None:
    """A button that empties the line, there while something stands in it."""

    def empty() -> None:
        edit.clear()
        edit.textEdited.emit("")
        edit.setFocus()

    def follow(text: str) -> None:
        made.setVisible(bool(text))
        _keep_words_off(edit)

    made = button(speaker, edit, Message("ui.line.clear"), "x", empty)
    follow(edit.text())
    edit.textChanged.connect(follow)


def _row(edit: QLineEdit) -> QHBoxLayout:
    there = edit.layout()
    if isinstance(there, QHBoxLayout):
        return there
    made = QHBoxLayout(edit)
    made.setContentsMargins(EDGE, 0, EDGE, 0)
    made.setSpacing(APART)
    made.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    made.addStretch(1)
    return made


def _make_room(edit: QLineEdit) -> None:
    icons.tie(edit, _keep_words_off, "inside")


def _keep_words_off(edit: QLineEdit) -> None:
    """The words begin after the marks and end before the buttons that are there."""
    row = _row(edit)
    parts = [item.widget() for place in range(row.count()) if (item := row.itemAt(place)) is not None]
    after = sum(isinstance(each, QToolButton) and not each.isHidden() for each in parts)
    before = sum(isinstance(each, QLabel) for each in parts)
    each = theme.grown(SIZE) + APART
    edit.setTextMargins(before * each, 0, after * each, 0)
