"""The square at the corner of a chosen block: drawn out with the mouse, it goes on with a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen

from desktop.ui import theme
from desktop.ui.grid.blocks import Block

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable

KNOB = 8
"""Pixels of the square."""


class Handle:
    """Draws the square and follows the mouse that holds it."""

    def __init__(self, table: CellTable) -> None:
        self._table = table
        self._drag: Block | None = None
        self._reach: Block | None = None

    def _rect(self, block: Block) -> QRect:
        table = self._table
        first = table.visualRect(table.cells.index(block.top, block.columns[0]))
        last = table.visualRect(table.cells.index(block.bottom, block.columns[-1]))
        return first.united(last)

    def knob(self) -> QRect:
        """Where the square is; empty where nothing can be filled."""
        table = self._table
        blocks = table.blocks()
        if len(blocks) != 1 or not table.changeable or table.opens:
            return QRect()
        block = blocks[0]
        if table.cells.skips(block.top) or not table.cells.editable(block.bottom, block.columns[-1]):
            return QRect()
        corner = self._rect(block).bottomRight()
        return QRect(corner.x() - KNOB // 2, corner.y() - KNOB // 2, KNOB, KNOB)

    def paint(self) -> None:
        """Draw the square, and the block it is being drawn out to."""
        table = self._table
        if not table.hasFocus() and self._drag is None:
            return
        painter = QPainter(table.viewport())
        colours = theme.colours()
        knob = self.knob()
        if not knob.isEmpty():
            painter.fillRect(knob.adjusted(-1, -1, 1, 1), QColor(colours.card))
            painter.fillRect(knob, QColor(colours.primary))
        if self._reach is not None:
            painter.setPen(QPen(QColor(colours.primary), 2, Qt.PenStyle.DashLine))
            painter.drawRect(self._rect(self._reach).adjusted(1, 1, -1, -1))
        painter.end()

    def pressed(self, event: QMouseEvent) -> bool:
        """Take hold, if the mouse is on the square."""
        grip = self.knob().adjusted(-2, -2, 2, 2)
        if event.button() is not Qt.MouseButton.LeftButton or not grip.contains(event.position().toPoint()):
            return False
        self._drag = self._table.blocks()[0]
        return True

    def moved(self, event: QMouseEvent) -> bool:
        """Follow the mouse while it holds the square."""
        if self._drag is None:
            return False
        self._reach = self._reached(event.position().toPoint(), self._drag)
        self._table.viewport().update()
        return True

    def released(self) -> bool:
        """Let go: the block is continued to where the mouse was."""
        if self._drag is None:
            return False
        seed, reach, table = self._drag, self._reach, self._table
        self._drag = self._reach = None
        if reach is not None and reach != seed:
            table.hands.continue_to(seed, reach)
            shown = table.shown_columns()
            table.choose(
                (reach.top, shown.index(reach.columns[0])),
                (reach.bottom, shown.index(reach.columns[-1])),
                cursor=(seed.top, shown.index(seed.columns[0])),
            )
        table.viewport().update()
        return True

    def _reached(self, point: QPoint, seed: Block) -> Block:
        """The block the mouse spans: taller or wider than the one it began with, never both."""
        table = self._table
        view = table.viewport().rect()
        inside = QPoint(min(max(point.x(), 0), view.width() - 1), min(max(point.y(), 0), view.height() - 1))
        index = table.indexAt(inside)
        row = index.row() if index.isValid() else (table.cells.rowCount() - 1 if inside.y() > 0 else 0)
        shown = table.shown_columns()
        place = shown.index(index.column()) if index.isValid() else shown.index(seed.columns[-1])
        first, last = shown.index(seed.columns[0]), shown.index(seed.columns[-1])
        tall = max(seed.top - row, row - seed.bottom, 0)
        wide = max(first - place, place - last, 0)
        if index.isValid():
            table.scrollTo(index)
        if tall and (tall >= wide or not wide):
            return Block(min(seed.top, row), max(seed.bottom, row), seed.columns)
        if wide:
            return Block(seed.top, seed.bottom, tuple(shown[min(first, place) : max(last, place) + 1]))
        return seed
