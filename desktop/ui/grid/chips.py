"""Chips in a table: a short state in its colour, and never by colour alone (the words say it)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme

TONES = {
    "good": ("good_soft", "good"),
    "moderate": ("warn_soft", "warn"),
    "poor": ("bad_soft", "bad"),
}


def paint_chip(painter: QPainter, option: Any, text: str, tone: str) -> None:
    """Draw a chip at the left of a cell."""
    soft, strong = (theme.colours()[role] for role in TONES[tone])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = option.font
    font.setPixelSize(11)
    font.setBold(True)
    painter.setFont(font)
    width = min(painter.fontMetrics().horizontalAdvance(text) + 18, option.rect.width() - 12)
    box = QRectF(option.rect.x() + 7, option.rect.center().y() - 10, width, 21)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(soft))
    painter.drawRoundedRect(box, 10.5, 10.5)
    painter.setPen(QColor(strong))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class ChipDelegate(QStyledItemDelegate):
    """Paints a column as chips; the tone is the item's ``UserRole``."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        widget = shown.widget
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, widget)
        if text:
            paint_chip(painter, shown, text, str(index.data(Qt.ItemDataRole.UserRole)))
