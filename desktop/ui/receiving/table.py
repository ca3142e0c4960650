"""The desk's tables: read only, and what is chosen is copied with its headings, as a spreadsheet takes it.

They are not the common grid (:mod:`desktop.ui.grid`): that is bound to fields of a plan, where each cell is
written by an operation and has a history; the desk works without any document.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QTableView

from desktop.ui.grid.clipboard import to_mime


class DeskTable(QTableView):
    """Copies whole rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C: the chosen rows below their headings."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the chosen rows on the clipboard; without any, nothing changes."""
        from desktop.base.spreadsheets import as_text

        rows = sorted(each.row() for each in self.selectionModel().selectedRows())
        if rows:
            lines = [headings(self.model()), *(_row(self.model(), row) for row in rows)]
            cells = [[as_text(each) for each in line] for line in lines]
            QGuiApplication.clipboard().setMimeData(to_mime(cells, [[""] * len(line) for line in cells]))


def headings(model: QAbstractItemModel) -> list[str]:
    """What the columns are called."""
    across = Qt.Orientation.Horizontal
    return [str(model.headerData(column, across)) for column in range(model.columnCount())]


def _row(model: QAbstractItemModel, row: int) -> list[str]:
    return [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
