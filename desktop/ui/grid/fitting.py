"""The table of a grid: rows as tall as their text, headings from side to side."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from desktop.ui import theme
from desktop.ui.gradual import Gradual
from desktop.ui.grid.model import GridModel
from desktop.ui.grid.table import CellTable
from desktop.ui.grid.widths import Widths

ROW_HEIGHT, TALLEST = 34, 130
FITTED = 300
"""Up to how many rows heights follow the text (fitting 10,000 rows takes 1.5 s)."""


class GridTable(CellTable):
    """A table over a :class:`GridModel`: rows as tall as their text, headings from side to side."""

    def __init__(self, model: GridModel) -> None:
        super().__init__(model.session, model)
        self.grid = model
        self.widths = Widths(self, model.source.name)
        self.setAlternatingRowColors(False)
        self.setWordWrap(True)
        self.verticalHeader().setVisible(not model.source.labelled)
        self.verticalHeader().setMinimumWidth(34)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.verticalHeader().setDefaultSectionSize(theme.grown(ROW_HEIGHT))
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self.fit_rows)
        self._fitting: Gradual | None = None
        self._fitted = 0
        """Up to which row heights are right while the rest is still being fitted."""
        self._changed: tuple[int, int] | None = None
        model.dataChanged.connect(self._on_changed)
        model.rowsInserted.connect(lambda _parent, first, last: self._fit_range(first, last))
        model.arranged.connect(self.fit_rows)
        model.arranging.connect(self._hold)
        model.arranged.connect(self._let_go)
        self._held: str | None = None
        self.heads.sectionResized.connect(lambda *_: self._fit_soon.start())
        self.heads.sortIndicatorChanged.connect(self._sort)
        model.session.look_changed.connect(self._on_look)
        self._grown = theme.grown(100)

    def look_again(self) -> None:
        self.grid.refresh()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        self.grid.sort(column, order)

    def _hold(self) -> None:
        """Before rows change places: remember the cursor's row; only its cell stays chosen."""
        index = self.currentIndex()
        self._held = self.grid.rows[index.row()].identity if index.isValid() else None
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _let_go(self) -> None:
        """After that: the cursor goes with its row, if the row is still shown."""
        held, self._held = self._held, None
        index = self.currentIndex()
        if held is None or not index.isValid():
            return
        place = next((row for row, line in enumerate(self.grid.rows) if line.identity == held), None)
        if place is not None and place != index.row():
            self.setCurrentIndex(self.grid.index(place, index.column()))

    def _on_look(self) -> None:
        if self._grown != theme.grown(100):
            self._grown = theme.grown(100)
            self.verticalHeader().setDefaultSectionSize(theme.grown(ROW_HEIGHT))
            self.widths.again()
            self.fit_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.spread()

    # -- heights --------------------------------------------------------------------------------
    def fit_rows(self) -> None:
        """Let rows be as tall as their text, within reason; headings go from side to side."""
        self._fit_soon.stop()
        self.clearSpans()
        for row in self.grid.heading_spans():
            self.setSpan(row, 0, 1, self.grid.columnCount())
        if self._fitting is not None:
            self._fitting.stop()
            self._fitting.deleteLater()
            self._fitting = None
        self._fitted = 0
        count = self.grid.rowCount()
        if count > FITTED:
            return
        while self._fitted < count and self.rowViewportPosition(self._fitted) <= self.viewport().height():
            self._fit_next()
        if self._fitted < count:
            self._fitting = Gradual(self, self._fit_rest(), lambda: None, at_once=0)

    def _fit_next(self) -> None:
        self._fitted += 1
        self._fit_range(self._fitted - 1, self._fitted - 1)

    def _fit_rest(self) -> Iterator[None]:
        """The rows below those in view, between the window's turns."""
        while self._fitted < self.grid.rowCount():
            self._fit_next()
            yield

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        # rows above it that grow afterwards would push it out of view again
        while self._fitting is not None and not self._fitting.done and self._fitted <= index.row():
            self._fit_next()
        super().scrollTo(index, hint)

    def _on_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._fit_range(first.row(), last.row())

    def _fit_range(self, first: int, last: int) -> None:
        if self.grid.rowCount() > FITTED:
            return
        least, most = theme.grown(ROW_HEIGHT), theme.grown(TALLEST)
        for row in range(first, last + 1):
            high = least if self.grid.skips(row) else min(max(self.sizeHintForRow(row), least), most)
            if high != self.rowHeight(row):
                self.setRowHeight(row, high)
