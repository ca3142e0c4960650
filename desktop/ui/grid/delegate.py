"""How cells are painted and edited: chips for rated answers, lists for picked ones, text for the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.exchange.values import PICKED
from desktop.ui.grid.chips import TONES, paint_chip
from desktop.ui.grid.model import FIELD, TONE

if TYPE_CHECKING:
    from desktop.ui.grid.model import GridModel

Index = QModelIndex | QPersistentModelIndex


class CellText(QPlainTextEdit):
    """Long text in a cell: Enter writes it, Alt+Enter starts a new line."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            event.ignore()
            return
        if enter:
            self.insertPlainText("\n")
            return
        super().keyPressEvent(event)


class CellDelegate(QStyledItemDelegate):
    """Editors and painting for a :class:`GridModel`."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = cast("GridModel", index.model())
        field = model.field_at(index.column())
        if field is None:
            return super().createEditor(parent, option, index)
        name = str(model.headerData(index.column(), Qt.Orientation.Horizontal))
        made: QWidget
        if field.type in PICKED:
            combo = QComboBox(parent)
            combo.addItem(model.session.say(Message("ui.value.none")), "")
            for choice in model.options(index.row(), field):
                combo.addItem(model.session.say(choice.label), choice.value)
            combo.activated.connect(lambda _row: self._finish(combo))
            made = combo
        elif field.type in {"long_text", "rich_text"}:
            text = CellText(parent)
            text.setTabChangesFocus(True)
            made = text
        else:
            made = QLineEdit(parent)
        made.setAccessibleName(name)
        return made

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findText(text)) if text else 0)
            editor.showPopup()
        elif isinstance(editor, CellText):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData() or "")
        elif isinstance(editor, CellText):
            model.setData(index, editor.toPlainText())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        rect: Any = option.rect
        if isinstance(editor, CellText):
            rect.setHeight(max(rect.height(), 84))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and isinstance(editor, CellText)
        ):
            plain = not event.modifiers() & (
                Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
            )
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
                self._finish(editor)
                return True
        return super().eventFilter(editor, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tone = str(index.data(TONE) or "") if index.data(FIELD) == "choice" else ""
        if tone not in TONES:
            super().paint(painter, option, index)
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        widget = shown.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
        paint_chip(painter, shown, text, tone)
