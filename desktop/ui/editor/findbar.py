"""The line that finds words in the texts of one page, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit

from desktop.base import Message
from desktop.ui import widgets

if TYPE_CHECKING:
    from desktop.ui.fields.richedit import RichEditor
    from desktop.ui.session import Session


class FindBar(QFrame):
    """Marks every occurrence in its editors; Enter goes to the next, Shift+Enter back, Esc leaves."""

    left = Signal()

    def __init__(self, session: Session, editors: Callable[[], Iterable[RichEditor]]) -> None:
        super().__init__()
        self._session, self._editors = session, editors
        speaker = session.speaker
        self.edit = QLineEdit()
        speaker.tie(self.edit, QLineEdit.setPlaceholderText, Message("ui.findbar.words"))
        widgets.call(speaker, self.edit, Message("ui.findbar.words"))
        self.edit.textChanged.connect(self._typed)
        self.said = widgets.label(speaker, "", "muted")
        row = widgets.line(
            self.edit,
            self.said,
            widgets.tool(speaker, Message("ui.findbar.previous"), "chevron-up", lambda: self.step(-1)),
            widgets.tool(speaker, Message("ui.findbar.next"), "chevron-down", lambda: self.step(1)),
            widgets.button(
                speaker, Message("ui.findbar.everywhere"), self._everywhere, icon="replace", look="quiet"
            ),
            widgets.tool(speaker, Message("ui.findbar.close"), "x", self.close_bar),
        )
        self.setLayout(row)
        self.hide()

    def open_bar(self, words: str = "") -> None:
        """Take the keyboard, with the words chosen in the text."""
        self.show()
        if words and "\u2029" not in words:
            self.edit.setText(words)
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()
        self._typed()

    def close_bar(self) -> None:
        """Leave the text as it is."""
        self.hide()
        self._mark(None)
        self.left.emit()

    def _pattern(self) -> re.Pattern[str] | None:
        words = self.edit.text()
        return re.compile(re.escape(words), re.IGNORECASE) if words else None

    def _mark(self, pattern: re.Pattern[str] | None) -> None:
        for editor in self._editors():
            editor.dressing.show_found(pattern)

    def _places(self) -> list[tuple[RichEditor, int, int]]:
        pattern, found = self._pattern(), []
        for editor in self._editors() if pattern is not None else ():
            block = editor.edit.document().begin()
            while block.isValid():
                found += [
                    (editor, block.position() + match.start(), len(match.group()))
                    for match in (pattern.finditer(block.text()) if pattern else ())
                ]
                block = block.next()
        return found

    def _typed(self) -> None:
        self._mark(self._pattern())
        self._tell(None)

    def _tell(self, number: int | None) -> None:
        count = len(self._places())
        message: Message | str = ""
        if self.edit.text():
            message = Message("ui.findbar.count", n=count)
            if number is not None:
                message = Message("ui.findbar.number", number=number, count=count)
        self._session.speaker.tie(self.said, QLabel.setText, message)

    def step(self, by: int) -> None:
        """Go to the next or previous occurrence, from one end to the other."""
        places = self._places()
        if not places:
            self._tell(None)
            return
        now = next(
            (
                number
                for number, (editor, at, length) in enumerate(places)
                if editor.edit.textCursor().selectionStart() == at
                and editor.edit.textCursor().selectionEnd() == at + length
            ),
            -1 if by > 0 else 0,
        )
        number = (now + by) % len(places)
        for editor in self._editors():
            cursor = editor.edit.textCursor()
            cursor.clearSelection()
            editor.edit.setTextCursor(cursor)
        editor, at, length = places[number]
        cursor = QTextCursor(editor.edit.document())
        cursor.setPosition(at)
        cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        editor.edit.setTextCursor(cursor)
        editor.edit.ensureCursorVisible()
        self._tell(number + 1)

    def _everywhere(self) -> None:
        self.close_bar()
        self._session.show("finding")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)
