"""A small table of figures that pastes and clears like a spreadsheet, as high as its rows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from desktop.base import Message
from desktop.ui.grid.clipboard import read_block, write_block
from desktop.ui.session import Session
from desktop.ui.tracing import Subject


class FigureModel(QAbstractTableModel):
    """A model that takes several typed or pasted cells at once."""

    def write(self, cells: list[tuple[int, int, str]]) -> int:
        """Fill cells as one operation; how many were understood."""
        raise NotImplementedError

    def subject(self, index: QModelIndex) -> Subject | None:
        """A cell as something whose history can be told."""
        raise NotImplementedError


class PlainTable(QTableView):
    """Figures by two headings."""

    def __init__(self, session: Session, model: FigureModel) -> None:
        super().__init__()
        self._session = session
        self._figures = model
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(34)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultSectionSize(132)
        self.fit()

    def fit(self) -> None:
        """Be exactly as high as all rows."""
        rows = self.model().rowCount()
        extra = 14 if self.horizontalScrollBar().maximum() else 4
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows * 34 + extra)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        standard = QKeySequence.StandardKey
        if event.matches(standard.Copy):
            self.copy()
        elif event.matches(standard.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._write([(index.row(), index.column(), "") for index in self.selectedIndexes()])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            index = self.currentIndex()
            if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
        else:
            super().keyPressEvent(event)

    def subject(self) -> Subject | None:
        """The current cell, as something whose history can be told."""
        return self._figures.subject(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The history of the current cell; also by the menu key."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        history = menu.addAction(self._session.say(Message("ui.command.field_history")))
        history.setEnabled(self.subject() is not None)
        history.triggered.connect(lambda: self._session.history_wanted.emit(self.subject()))
        menu.exec(event.globalPos())

    def copy(self) -> None:
        """Copy the chosen block for a spreadsheet."""
        chosen = self.selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        block = [[str(self.model().index(row, col).data() or "") for col in columns] for row in rows]
        if block:
            QGuiApplication.clipboard().setText(write_block(block))

    def paste(self, text: str) -> int:
        """Paste a block with its corner at the current cell; how many cells were understood."""
        corner = self.currentIndex()
        if not text or not corner.isValid():
            return 0
        cells = [
            (corner.row() + down, corner.column() + right, cell)
            for down, line in enumerate(read_block(text))
            for right, cell in enumerate(line)
            if corner.row() + down < self.model().rowCount()
            and corner.column() + right < self.model().columnCount()
        ]
        return self._write(cells)

    def _write(self, cells: list[tuple[int, int, str]]) -> int:
        model = self._figures
        editable = [
            cell for cell in cells if model.index(cell[0], cell[1]).flags() & Qt.ItemFlag.ItemIsEditable
        ]
        return model.write(editable)
