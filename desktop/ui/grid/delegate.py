"""How cells are painted and edited: chips for rated answers, marks for what is wrong, an editor by type."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import (
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)  # fmt: skip

from desktop.exchange.values import PICKED
from desktop.ui import icons, theme
from desktop.ui.grid.cells import HEADING, NEWS, REMARK, TONE, CellModel, Role
from desktop.ui.grid.chips import TONES, paint_chip
from desktop.ui.grid.editing import DayLine, LongText, PickLine, PickSeveral

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable

Index = QModelIndex | QPersistentModelIndex
PAD = 8
"""Pixels at the sides of a cell's text."""
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class OpenCell(QObject):
    """A cell being edited, as something unwritten: saving, closing and undoing write it like every field."""

    def __init__(self, delegate: CellDelegate, editor: QWidget, index: QPersistentModelIndex) -> None:
        super().__init__(editor)
        self._delegate = delegate
        self._editor = editor
        self._index = index

    def commit(self) -> bool:
        """Write the cell and close its editor; what is not understood stays open, marked."""
        return not self._index.isValid() or self._delegate.write(self._editor, self._index)


class CellDelegate(QStyledItemDelegate):
    """Editors and painting for a :class:`CellModel`."""

    def __init__(self, table: CellTable) -> None:
        super().__init__(table)
        self._table = table

    # -- editors --------------------------------------------------------------------------------
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        cells, session = cast("CellModel", index.model()), self._table.session
        kind = cells.kind_at(index.row(), index.column())
        made: QWidget
        if kind in PICKED:
            made = PickLine(session, cells.choices(index.row(), index.column()), parent)
            made.picked.connect(lambda: self._finish(made))
        elif kind == "choices":
            value = index.data(Role.UserRole)
            made = PickSeveral(session, cells.choices(index.row(), index.column()), value, parent)
        elif kind in {"long_text", "rich_text"} or (kind == "text" and self._is_cut(index)):
            made = LongText(parent)
            made.single = kind == "text"
            made.setTabChangesFocus(True)
            made.textChanged.connect(partial(self._on_typed, made, QPersistentModelIndex(index)))
        elif kind == "date":
            made = DayLine(session, parent)
            made.picked.connect(lambda: self._finish(made))
        else:
            made = QLineEdit(parent)
            if kind == "code":
                from desktop.ui.codes import CodeCompleter

                completer = CodeCompleter(session, made, cells.level())
                completer.activated.connect(lambda _code: self._finish(made))
            if cells.headerData(index.column(), Qt.Orientation.Horizontal, Role.TextAlignmentRole):
                side = cast("Qt.AlignmentFlag", index.data(Role.TextAlignmentRole))
                made.setAlignment(side)
            made.textEdited.connect(partial(self._on_typed, made, QPersistentModelIndex(index)))
        head = str(cells.headerData(index.column(), Qt.Orientation.Horizontal) or "")
        made.setAccessibleName(head)
        session.drafts.hold(OpenCell(self, made, QPersistentModelIndex(index)))
        return made

    def _on_typed(self, editor: QWidget, index: QPersistentModelIndex, *_text: str) -> None:
        if not index.isValid():
            return
        cells, text = self._table.cells, answer(editor)
        cells.preview(index.row(), index.column(), text)
        # the foot of a table may be far below
        hint = cells.hint(index.row(), index.column(), text)
        said = self._table.session.say(hint) if hint is not None else ""
        if said or editor.toolTip():
            editor.setToolTip(said)
            QToolTip.showText(editor.mapToGlobal(editor.rect().bottomLeft()), said, editor)

    def _is_cut(self, index: Index) -> bool:
        """Whether one line of a text would not be seen at once."""
        text = str(index.data(Role.EditRole) or "")
        room = self._table.columnWidth(index.column()) - 2 * PAD
        return QFontMetrics(self._table.font()).horizontalAdvance(text) > room

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._table.cells.preview(-1, -1, "")
        for each in editor.findChildren(OpenCell):
            self._table.session.drafts.release(each)
        super().destroyEditor(editor, index)

    def _finish(self, editor: QWidget) -> None:
        """Write what stands in the editor; what is not understood stays in it, marked."""
        self.write(editor, self._table.currentIndex())

    def write(self, editor: QWidget, index: Index) -> bool:
        """The same for the cell of this place; whether it was understood."""
        if not self._table.cells.understands(index.row(), index.column(), answer(editor)):
            theme.mark(editor, invalid=True)
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        return True

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Role.EditRole) or "")
        # The view asks again whenever cells change; what a person is typing is not theirs to replace.
        if isinstance(editor, LongText) and not editor.document().isModified():
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, answer(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        rect: QRect = option.rect
        if isinstance(editor, LongText | PickSeveral):
            rect = editor.room(rect)
            view = self._table.viewport().rect()
            rect.moveRight(min(rect.right(), max(view.right(), rect.width() - 1)))
            rect.moveBottom(min(rect.bottom(), max(view.bottom(), rect.height() - 1)))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(editor, QWidget)
        ):
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if event.key() in ENTER and control:
                return self._fill_chosen(editor)
            if event.key() in ENTER and not alt:
                up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._table.go_after(-1 if up else 1, 0)
                self._finish(editor)
                return True
            if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and not control:
                self._table.go_after(0, 0)
                index = self._table.currentIndex()
                if not self._table.cells.understands(index.row(), index.column(), answer(editor)):
                    theme.mark(editor, invalid=True)
                    return True
        return super().eventFilter(editor, event)

    def _fill_chosen(self, editor: QWidget) -> bool:
        text, index = answer(editor), self._table.currentIndex()
        if self._table.cells.understands(index.row(), index.column(), text):
            self.closeEditor.emit(editor)
            self._table.fill_chosen(text)
        else:
            theme.mark(editor, invalid=True)
        return True

    # -- painting -------------------------------------------------------------------------------
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Painted by hand: three times as quick as the style sheet's way, and text wraps as we measure it.
        rect = option.rect
        state = option.state
        colours = theme.colours()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = index.data(Role.BackgroundRole)
        if chosen:
            painter.fillRect(rect, QColor(colours.primary_soft))
        elif ground is not None:
            painter.fillRect(rect, ground)
        heading = index.data(HEADING)
        if heading and index.column() == 0:
            mark = "chevron-right" if heading == "closed" else "chevron-down"
            painter.drawPixmap(
                QRect(rect.x() + 4, rect.center().y() - 7, 14, 14), icons.pixmap(mark, colours.label, 14)
            )
            rect = rect.adjusted(14, 0, 0, 0)
        text = str(index.data(Role.DisplayRole) or "")
        remark = index.data(REMARK)
        differs = self._table.differing.at(index) is not None
        if differs:
            self._table.differing.paint(painter, rect)
        if remark:
            self._paint_remark(painter, rect, sign=not differs)
        if index.data(NEWS):
            self._paint_dot(painter, rect)
        tone = str(index.data(TONE) or "")
        if text and tone in TONES:
            paint_chip(painter, rect, painter.font(), text, tone)
        elif text:
            self._paint_text(painter, rect, index, text, marked=bool(remark) or differs)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index, text: str, *, marked: bool) -> None:
        font = index.data(Role.FontRole)
        painter.save()
        if isinstance(font, QFont):
            painter.setFont(font)
        colour = index.data(Role.ForegroundRole)
        painter.setPen(QColor(colour) if colour is not None else QColor(theme.colours().text))
        side = index.data(Role.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft
        metrics = painter.fontMetrics()
        box = rect.adjusted(PAD + (16 if marked else 0), 2, -PAD, -2)
        lines = max(1, box.height() // metrics.lineSpacing())
        if lines == 1 or metrics.horizontalAdvance(text) <= box.width():
            said = text.replace("\n", " ") if lines == 1 else text
            said = metrics.elidedText(said, Qt.TextElideMode.ElideRight, box.width()) if lines == 1 else said
            painter.drawText(box, int(side) | int(Qt.AlignmentFlag.AlignVCenter), said)
        else:
            flags = int(side & Qt.AlignmentFlag.AlignHorizontal_Mask) | int(Qt.TextFlag.TextWordWrap)
            whole = metrics.boundingRect(box, flags, text)
            if whole.height() > box.height():
                painter.setClipRect(box.adjusted(0, 0, 0, -(box.height() % metrics.lineSpacing())))
                painter.drawText(box, flags | int(Qt.AlignmentFlag.AlignTop), text)
                painter.setClipping(False)
                more = QRect(box.right() - 12, box.bottom() - metrics.ascent() - 2, 16, metrics.height())
                painter.drawText(more, int(Qt.AlignmentFlag.AlignCenter), "\N{HORIZONTAL ELLIPSIS}")
            else:
                painter.drawText(box, flags | int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.restore()

    def _paint_dot(self, painter: QPainter, rect: QRect) -> None:
        """A dot at the upper right: something is new here; what it is, is said beside it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colours().primary))
        painter.drawEllipse(rect.right() - 12, rect.top() + 5, 8, 8)
        painter.restore()

    def _paint_remark(self, painter: QPainter, rect: QRect, *, sign: bool) -> None:
        """A corner and a sign: what is wrong is said beside it, and never by colour alone."""
        colours = theme.colours()
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.bad))
        corner = rect.topRight()
        painter.drawPolygon(QPolygon([corner, corner - QPoint(9, 0), corner + QPoint(0, 9)]))
        painter.restore()
        if sign:
            spot = QRect(rect.x() + 4, rect.center().y() - 7, 14, 14)
            painter.drawPixmap(spot, icons.pixmap("triangle-alert", colours.bad, 14))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the text in the column's present width; as wide as its longest line."""
        font = index.data(Role.FontRole)
        metrics = QFontMetrics(font if isinstance(font, QFont) else self._table.font())
        text = str(index.data(Role.DisplayRole) or "")
        del option
        # a cell is painted without the line at its right
        wide = self._table.columnWidth(index.column()) - 2 * PAD - int(self._table.showGrid())
        longest = max((metrics.horizontalAdvance(line) for line in text.split("\n")), default=0)
        if longest <= wide:
            lines = text.count("\n") + 1
            return QSize(longest + 2 * PAD + 4, lines * metrics.lineSpacing() + 8)
        box = metrics.boundingRect(QRect(0, 0, max(20, wide), 10_000), int(Qt.TextFlag.TextWordWrap), text)
        return QSize(longest + 2 * PAD + 4, box.height() + 8)


def answer(editor: QWidget) -> str:
    """What stands in an editor, as a text the model understands."""
    match editor:
        case PickLine() | PickSeveral():
            return editor.answer()
        case QLineEdit():
            return editor.text()
        case QPlainTextEdit():
            text = editor.toPlainText()
            return " ".join(text.split("\n")) if isinstance(editor, LongText) and editor.single else text
        case _:
            return ""
