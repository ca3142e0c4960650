"""The text itself under the keyboard: lists, tables and references behave as people expect of an editor."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QDesktopServices,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QTextEdit, QToolTip

from desktop.base import richtext
from desktop.ui.editor import document, footnotes, pasting, shaping

REMARKS = frozenset({"Ctrl+Alt+M", "Ctrl+Alt+N", "Ctrl+Alt+P"})
"""Keys that work where nothing may be written: who reads may remark."""
_AUTO = re.compile(r"^(?:(?P<bullet>[-*•])|(?P<number>1[.)])|(?P<heading>#{1,3}))$")
"""What, followed by a blank at the start of a paragraph, makes a list or a heading."""


class RichText(QTextEdit):
    """Pastes only what the books can print; references are moved over, deleted and followed as a whole."""

    followed = Signal(str)
    """A reference was clicked (with Ctrl) or Ctrl+Enter was pressed on it."""
    at_typed = Signal()
    """An ``@`` was typed where a word may begin."""

    note_wanted = Signal(object)
    """The footnote at a place was clicked, or Ctrl+Enter was pressed beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.notes = footnotes.Numbers(self)
        self.say_note: Callable[[int, str], str] = lambda number, words: f"{number} {words}"
        """How a footnote is told to somebody who points at it, or hears the text."""
        self.names: document.Names = document.unnamed
        self.keys: dict[str, Callable[[], object]] = {}
        """Key sequences (portable text) that this text takes before the window does."""
        self.setAcceptRichText(True)
        self.setTabChangesFocus(False)
        self.setMouseTracking(True)
        self.cursorPositionChanged.connect(self._announce)

    # -- paste ----------------------------------------------------------------------------------
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasHtml() or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self._step_out()
        cursor = self.textCursor()
        pasted = source.hasHtml() and pasting.insert(cursor, source.html(), self.names)
        if not pasted and source.hasText():
            self._paste_plain(cursor, source.text())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _paste_plain(self, cursor: QTextCursor, text: str) -> None:
        if "\n" not in text.strip("\r\n"):
            cursor.insertText(text.strip("\r\n"), cursor.charFormat())
            return
        pasting.put(cursor, richtext.parse(richtext.from_plain(text)), self.names)

    def paste_plain(self) -> None:
        """Paste the words without their looks."""
        from PySide6.QtGui import QGuiApplication

        if not self.isReadOnly():
            self._step_out()
            cursor = self.textCursor()
            self._paste_plain(cursor, QGuiApplication.clipboard().text())
            self.setTextCursor(cursor)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies go out as the subset, so that Word and this editor read the same."""
        from PySide6.QtGui import QTextDocument

        copy = QTextDocument()
        QTextCursor(copy).insertFragment(self.textCursor().selection())
        blocks = tuple(document.read(copy))
        made = QMimeData()
        made.setHtml(richtext.editor_html(blocks))
        made.setText(richtext.plain_text(richtext.serialise(blocks)))
        return made

    # -- keys -----------------------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._own(cast("QKeyEvent", event)) is not None:
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Pointing at the number of a footnote tells its words."""
        if event.type() is QEvent.Type.ToolTip:
            help_event = cast("QHelpEvent", event)
            place = footnotes.under(self, help_event.pos())
            QToolTip.showText(help_event.globalPos(), self.note_said(place), self.viewport())
            return True
        return super().viewportEvent(event)

    def note_said(self, place: int | None) -> str:
        """The footnote at a place in words: its number and what it says; empty where there is none."""
        if place is None:
            return ""
        words = footnotes.words_of(footnotes.letter(self.document(), place).charFormat())
        return self.say_note(self.notes.number(place), footnotes.plain(words))

    def _announce(self) -> None:
        """Who hears the text hears a footnote when the cursor comes behind it or chooses it."""
        cursor = self.textCursor()
        place = cursor.position() - 1 if not cursor.hasSelection() else footnotes.at(cursor)
        if QAccessible.isActive() and place is not None and footnotes.is_at(self.document(), place):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.note_said(place)))

    def _own(self, event: QKeyEvent) -> Callable[[], object] | None:
        keys = QKeySequence(event.keyCombination()).toString()
        if self.isReadOnly() and keys not in REMARKS:
            return None
        return self.keys.get(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        own = self._own(event)
        if own is not None:
            own()
        elif self.isReadOnly() or not self._handled(event):
            super().keyPressEvent(event)
            if event.text() == "@" and not self.isReadOnly():
                self._maybe_reference()

    def _handled(self, event: QKeyEvent) -> bool:
        """Whether a key meant something of our own."""
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        match event.key():
            case Qt.Key.Key_Tab if plain:
                return self._tab(1)
            case Qt.Key.Key_Backtab:
                return self._tab(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and self._note_chosen():
                return self._follow(self.textCursor())
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                return self._enter()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if (
                event.modifiers() == Qt.KeyboardModifier.ControlModifier
            ):
                return self._follow(self.textCursor())
            case Qt.Key.Key_Backspace if plain or shift:
                return self._erase(before=True)
            case Qt.Key.Key_Delete if plain:
                return self._erase(before=False)
            case Qt.Key.Key_Space if plain and self._autoformat():
                return True
        if event.text() and event.text().isprintable():
            self._step_out()
        return False

    def _note_chosen(self) -> bool:
        """Whether exactly one footnote is chosen: Enter opens it."""
        cursor = self.textCursor()
        return cursor.hasSelection() and footnotes.at(cursor) is not None

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() or event.preeditString():
            self._step_out()
        super().inputMethodEvent(event)

    def _tab(self, by: int) -> bool:
        cursor = self.textCursor()
        table = document.table_at(cursor)
        if table is not None:
            there = shaping.next_cell(cursor, table, by)
            if there is not None:
                self.setTextCursor(there)
                return True
        elif shaping.list_of(cursor.block()) is not None and (by > 0 or self._depth() > 1):
            return shaping.indent(cursor, by)
        self.focusNextPrevChild(by > 0)
        return True

    def _depth(self) -> int:
        inside = shaping.list_of(self.textCursor().block())
        return inside.format().indent() if inside is not None else 0

    def _enter(self) -> bool:
        """Enter on an empty item leaves the list; after a heading comes a paragraph; never in a link."""
        self._step_out()
        cursor = self.textCursor()
        if document.table_at(cursor) is not None:
            cursor.insertText(document.LINE)
            self.setTextCursor(cursor)
            return True
        if self._depth() and not cursor.hasSelection() and cursor.block().length() == 1:
            shaping.indent(cursor, -1)
            return True
        level = cursor.blockFormat().headingLevel()
        if level and cursor.atBlockEnd():
            with shaping.one_step(cursor):
                cursor.insertBlock(document.block_format(), document.letter_format(0))
            self.setTextCursor(cursor)
            self.setCurrentCharFormat(document.letter_format(0))
            return True
        return False

    def _erase(self, *, before: bool) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        found = shaping.anchor_around(cursor, before=before)
        if found is not None and shaping.href_of(found).startswith("ref:"):
            found.removeSelectedText()
            return True
        if before and cursor.atBlockStart() and self._depth():
            shaping.indent(cursor, -1)
            return True
        if before and cursor.atBlockStart() and cursor.blockFormat().headingLevel():
            shaping.set_heading(cursor, 0)
            return True
        return False

    def _autoformat(self) -> bool:
        """``- ``, ``1. `` and ``# `` at the start of a paragraph make lists and headings."""
        cursor = self.textCursor()
        block = cursor.block()
        if cursor.hasSelection() or document.table_at(cursor) is not None or self._depth():
            return False
        found = _AUTO.match(block.text()[: cursor.positionInBlock()])
        if found is None or block.blockFormat().headingLevel():
            return False
        with shaping.one_step(cursor):
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            if found["heading"]:
                shaping.set_heading(cursor, len(found["heading"]))
            else:
                shaping.toggle_list(cursor, ordered=found["number"] is not None)
        if found["heading"]:
            self.setCurrentCharFormat(document.letter_format(len(found["heading"])))
        return True

    def _step_out(self) -> None:
        """What is typed next does not become part of a reference, nor of a link that ends here."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return
        found = shaping.anchor_around(cursor)
        if found is None:
            return
        inside = found.selectionEnd() != cursor.position()
        if inside and not shaping.href_of(found).startswith("ref:"):
            return
        cursor.setPosition(found.selectionEnd())
        self.setTextCursor(cursor)
        shape = cursor.charFormat()
        shape.setAnchor(False)
        shape.clearProperty(shape.Property.AnchorHref.value)
        self.setCurrentCharFormat(shape)

    def _maybe_reference(self) -> None:
        """An ``@`` after a blank or at a start offers the references; in an address it does not."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock() - 1]
        if not before or before[-1] in " \u00a0(\u201c\u2028":
            self.at_typed.emit()

    # -- following ------------------------------------------------------------------------------
    def _follow(self, cursor: QTextCursor) -> bool:
        note = footnotes.at(cursor)
        if note is not None:
            self.note_wanted.emit(note)
            return True
        found = shaping.anchor_around(cursor) or shaping.anchor_around(cursor, before=False)
        if found is None:
            return False
        self._go(shaping.href_of(found))
        return True

    def _go(self, href: str) -> None:
        if href.startswith("ref:"):
            self.followed.emit(href)
        elif href.startswith(("http:", "https:", "mailto:")):
            QDesktopServices.openUrl(href)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is not Qt.MouseButton.LeftButton:
            return  # the menu of another button comes with it
        note = footnotes.under(self, event.position().toPoint())
        if note is not None and not self.textCursor().hasSelection() and not self.isReadOnly():
            self.note_wanted.emit(note)
            return
        href = self.anchorAt(event.position().toPoint())
        if href and (event.modifiers() & Qt.KeyboardModifier.ControlModifier or self.isReadOnly()):
            self._go(href)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        point = event.position().toPoint()
        over = bool(self.anchorAt(point)) and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        wanted = (
            Qt.CursorShape.PointingHandCursor
            if over or (self.notes.all() and footnotes.under(self, point) is not None)
            else Qt.CursorShape.IBeamCursor
        )
        if self.viewport().cursor().shape() is not wanted:
            self.viewport().setCursor(wanted)
