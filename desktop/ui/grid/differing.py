"""Cells that are filled differently: a corner and a sign, words beside it, a click that leads to both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPolygon
from PySide6.QtWidgets import QToolTip

from desktop.ui import icons, theme
from desktop.ui.differing.badge import NAME
from desktop.ui.differing.open import place_of

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable
    from desktop.workspace.plan import OpenConflict

Index = QModelIndex | QPersistentModelIndex
SPOT = 20
"""Pixels at the left of a cell that take the sign, and the click on it."""


class DifferingCells(QObject):
    """Marks the cells of one table and follows clicks on the marks."""

    def __init__(self, table: CellTable) -> None:
        super().__init__(table)
        self._table = table
        table.viewport().installEventFilter(self)
        table.session.changed.connect(self._again)

    def _again(self, _changes: object) -> None:
        self._table.viewport().update()

    def at(self, index: Index) -> OpenConflict | None:
        """What is open in a cell, if anything is."""
        session = self._table.session
        if not session.is_open or not session.plan.conflicts or not index.isValid():
            return None
        return self._table.cells.differing(index)

    def open(self, index: Index) -> bool:
        """Show the sides of a cell; whether it has several."""
        found = self.at(index)
        if found is not None:
            self._table.session.show("differing", "", place_of(found))
        return found is not None

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """The mark: never by colour alone."""
        colours = theme.colours()
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.warn))
        corner = rect.topLeft()
        painter.drawPolygon(QPolygon([corner, corner + QPoint(9, 0), corner + QPoint(0, 9)]))
        painter.restore()
        painter.drawPixmap(_sign(rect), icons.pixmap("combine", colours.warn, 14))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._table.indexAt(event.pos())
            if self.at(index) is not None:
                QToolTip.showText(event.globalPos(), self._table.session.say(NAME), self._table)
                return True
        elif event.type() is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            spot = event.position().toPoint()
            index = self._table.indexAt(spot)
            rect = self._table.visualRect(index)
            on_sign = event.button() is Qt.MouseButton.LeftButton and spot.x() < rect.x() + SPOT
            if on_sign and self.open(index):
                return True
        return super().eventFilter(watched, event)


def _sign(rect: QRect) -> QRect:
    return QRect(rect.x() + 4, rect.center().y() - 7, 14, 14)
