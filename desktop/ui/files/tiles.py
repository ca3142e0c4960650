"""Evidence as tiles: the look of each file, its name and what it shows, painted and not made of widgets."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import icons, theme
from desktop.ui.fading import fade
from desktop.ui.files.model import CAPTION, NAME, Files, kind_name

ICON = 40
PICTURE, MARGIN = 120, 10
"""Height of the picture and room around it, in pixels at 100 %."""


class TilePainter(QStyledItemDelegate):
    """Paints one tile."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.grown(168), PICTURE + theme.grown(62))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        if not isinstance(model, Files):
            return
        file, colours = model.files[index.row()], theme.colours()
        state = option.state
        box: QRect = option.rect.adjusted(4, 4, -4, -4)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ringed = chosen or bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(colours.primary if ringed else colours.line), 2 if ringed else 1))
        painter.setBrush(QColor(colours.primary_soft if chosen else colours.sunken))
        painter.drawRoundedRect(box, 8, 8)
        picture = QRect(box.left() + MARGIN, box.top() + MARGIN, box.width() - 2 * MARGIN, PICTURE - MARGIN)
        drawn = model.thumbs.picture(file)
        if drawn is not None:
            size = drawn.size().scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(picture.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place, drawn)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(colours.line))
            painter.drawRect(place)
        else:
            icon = model.picture(file, ICON + 12)
            if isinstance(icon, QIcon):
                place = QRect(0, 0, ICON, ICON)
                place.moveCenter(picture.center())
                icon.paint(painter, place)
        self._words(painter, box, model, index)
        if not file.claims:
            mark = icons.pixmap("link", colours.warn, 16)
            painter.drawPixmap(box.right() - 24, box.top() + 8, 16, 16, mark)
        painter.restore()

    def _words(
        self, painter: QPainter, box: QRect, model: Files, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        file, colours = model.files[index.row()], theme.colours()
        font = QFont(painter.font())
        line = theme.grown(18)
        top = box.top() + PICTURE + 4
        wide = box.width() - 2 * MARGIN
        caption = model.text(file, CAPTION)
        for number, (text, role, bold) in enumerate(
            ((caption or file.called, "text", True), (f"{kind_name(file)} · {file.called}", "muted", False))
        ):
            font.setBold(bold)
            font.setPixelSize(theme.grown(12))
            painter.setFont(font)
            painter.setPen(QColor(colours[role]))
            area = QRect(box.left() + MARGIN, top + number * line, wide, line)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Tiles(QListView):
    """Tiles that wrap with the width there is."""

    def __init__(self, model: Files) -> None:
        super().__init__()
        self.setModel(model)
        self.setModelColumn(NAME)
        self.setItemDelegate(TilePainter(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        fade(self)
        self.setSpacing(4)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space opens the file (the page sees to it) instead of turning the selection over.
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)
