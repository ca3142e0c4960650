"""The editor for texts with headings, lists, tables and emphasis, and its toolbar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import (
    QFont,
    QKeySequence,
    QShortcut,
    QTextBlockFormat,
    QTextCharFormat,
    QTextList,
    QTextListFormat,
)
from PySide6.QtWidgets import QComboBox, QSizePolicy, QTextEdit, QToolButton, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.fields import document
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

_ALIGN = QTextCharFormat.VerticalAlignment
BLOCKS = (
    (0, Message("ui.rich.paragraph")),
    (1, Message("ui.rich.heading1")),
    (2, Message("ui.rich.heading2")),
    (3, Message("ui.rich.heading3")),
)


class CleanTextEdit(QTextEdit):
    """Pastes only what the books can print."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasHtml():
            document.insert(self.textCursor(), source.html())
        elif source.hasText():
            self.insertPlainText(source.text())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasHtml() or source.hasText()


class RichEditor(Editor):
    """A text with its toolbar; ``compact`` for a field on a form, else it takes the room there is."""

    def __init__(self, speaker: Speaker, *, compact: bool = False) -> None:
        super().__init__(speaker)
        self.edit = CleanTextEdit()
        self.edit.setAcceptRichText(True)
        self.edit.setTabChangesFocus(True)
        self.edit.installEventFilter(self)
        self.add_menu(self.edit)
        self._stored = ""
        self._quiet = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._bar = self._toolbar()
        layout.addWidget(self._bar)
        layout.addWidget(self.edit, 1)
        if compact:
            self.edit.setFixedHeight(140)
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.edit.setMinimumHeight(180)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.cursorPositionChanged.connect(self._reflect)

    @property
    def inner(self) -> QTextEdit:
        return self.edit

    def value(self) -> Value:
        return document.store(self.edit.document(), self._stored) or None

    def show_value(self, value: Value) -> None:
        text = str(value or "")
        if text == self._stored:
            return
        same = document.store(self.edit.document(), text) == text
        self._stored = text
        if same:
            return
        self._quiet = True
        document.load(self.edit.document(), text)
        self._quiet = False

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)
        self._bar.setEnabled(not locked)

    def words(self) -> int:
        """How many words stand in it now."""
        return sum(1 for word in self.edit.toPlainText().split() if any(map(str.isalnum, word)))

    def _on_changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    # -- toolbar --------------------------------------------------------------------------------
    def _toolbar(self) -> QWidget:
        self._kind = QuietCombo()
        for level, name in BLOCKS:
            self._kind.addItem(self.speaker.say(name), level)
        self.speaker.changed.connect(self._speak)
        self._kind.activated.connect(self._set_heading)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        widgets.call(self.speaker, self._kind, Message("ui.rich.kind"))
        self._bold = self._toggle(Message("ui.rich.bold"), "bold", self._set_bold, "Ctrl+B")
        self._italic = self._toggle(Message("ui.rich.italic"), "italic", self._set_italic, "Ctrl+I")
        self._underline = self._toggle(
            Message("ui.rich.underline"), "underline", self._set_underline, "Ctrl+U"
        )
        parts = [
            self._kind,
            self._bold,
            self._italic,
            self._underline,
            self._tool(
                Message("ui.rich.bullets"), "list", partial(self._set_list, QTextListFormat.Style.ListDisc)
            ),
            self._tool(
                Message("ui.rich.numbers"),
                "list-ordered",
                partial(self._set_list, QTextListFormat.Style.ListDecimal),
            ),
            self._tool(Message("ui.rich.table"), "table", self._insert_table),
            self._tool(Message("ui.rich.row"), "plus", self._insert_row),
        ]
        bar = QWidget()
        bar.setLayout(widgets.line(*parts, 1, spacing=2))
        return bar

    def _tool(self, name: Message, icon: str, press: Callable[..., object]) -> QToolButton:
        made = widgets.tool(self.speaker, name, icon)
        # The focus stays in the text, so that pressing a button does not close the operation.
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(press)
        return made

    def _toggle(self, name: Message, icon: str, put: Callable[[bool], object], keys: str) -> QToolButton:
        made = widgets.tool(self.speaker, name, icon)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(put)
        shortcut = QShortcut(QKeySequence(keys), self.edit, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(made.click)
        return made

    def _speak(self) -> None:
        for row, (_, name) in enumerate(BLOCKS):
            self._kind.setItemText(row, self.speaker.say(name))

    def _reflect(self) -> None:
        shape = self.edit.currentCharFormat()
        level = self.edit.textCursor().blockFormat().headingLevel()
        self._bold.setChecked(shape.fontWeight() >= 600 and not level)
        self._italic.setChecked(shape.fontItalic())
        self._underline.setChecked(shape.fontUnderline())
        self._kind.setCurrentIndex(min(level, len(BLOCKS) - 1))

    def _set_bold(self, on: bool) -> None:
        shape = QTextCharFormat()
        shape.setFontWeight(QFont.Weight.Bold if on else QFont.Weight.Normal)
        self._merge(shape)

    def _set_italic(self, on: bool) -> None:
        shape = QTextCharFormat()
        shape.setFontItalic(on)
        self._merge(shape)

    def _set_underline(self, on: bool) -> None:
        shape = QTextCharFormat()
        shape.setFontUnderline(on)
        self._merge(shape)

    def _merge(self, shape: QTextCharFormat) -> None:
        self.edit.mergeCurrentCharFormat(shape)
        self.edit.setFocus()

    def _set_heading(self, _row: int) -> None:
        level = int(self._kind.currentData())
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        shape = QTextBlockFormat()
        shape.setHeadingLevel(level)
        cursor.mergeBlockFormat(shape)
        letters = QTextCharFormat()
        letters.setFontWeight(QFont.Weight.Bold if level else QFont.Weight.Normal)
        letters.setProperty(QTextCharFormat.Property.FontSizeAdjustment, 4 - level if level else 0)
        cursor.select(cursor.SelectionType.BlockUnderCursor)
        cursor.mergeCharFormat(letters)
        cursor.endEditBlock()
        self.edit.mergeCurrentCharFormat(letters)
        self.edit.setFocus()

    def _set_list(self, style: QTextListFormat.Style, _pressed: bool = False) -> None:
        cursor = self.edit.textCursor()
        inside = cast("QTextList | None", cursor.currentList())
        if inside is not None and inside.format().style() is style:
            block = cursor.block()
            inside.remove(block)
            plain = QTextBlockFormat(block.blockFormat())
            plain.setIndent(0)
            cursor.setBlockFormat(plain)
        else:
            cursor.createList(style)
        self.edit.setFocus()

    def _insert_table(self, _pressed: bool = False) -> None:
        self.edit.textCursor().insertTable(3, 3, document.table_format())
        self.edit.setFocus()

    def _insert_row(self, _pressed: bool = False) -> None:
        table = self.edit.textCursor().currentTable()
        if table is not None:
            table.insertRows(table.cellAt(self.edit.textCursor()).row() + 1, 1)
        self.edit.setFocus()
