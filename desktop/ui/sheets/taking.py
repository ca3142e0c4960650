"""The button by which an agency's answer becomes the region's."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.base import Message
from desktop.exchange.taking_up import may_take, take_for_region
from desktop.guideline.pack import Worksheet
from desktop.ui import widgets
from desktop.ui.grid.view import Grid
from desktop.ui.session import Session
from desktop.workspace.plan import Row


class TakeButton(QWidget):
    """Open while the cursor is on an agency's answer to a row that the region answers too."""

    def __init__(self, session: Session, sheet: Worksheet, grid: Grid) -> None:
        super().__init__()
        self._session, self._sheet, self._grid = session, sheet, grid
        self.button: QPushButton = widgets.button(
            session.speaker, Message("ui.sheet.take"), self.take, icon="download", look="quiet"
        )
        session.speaker.tie(self.button, QPushButton.setToolTip, Message("ui.sheet.take_hint"))
        box = widgets.line(self.button)
        self.setLayout(box)
        grid.table.selectionModel().currentChanged.connect(lambda *_: self.refresh())
        grid.model.modelReset.connect(self.refresh)
        grid.model.dataChanged.connect(lambda *_: self.refresh())
        self.refresh()

    def row(self) -> Row | None:
        """The agency's answer under the cursor."""
        index = self._grid.table.currentIndex()
        rows = self._grid.model.rows
        key = rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""
        found = (row for row in self._session.plan.rows.get(self._sheet.id, ()) if row.id == key)
        return next((row for row in found if may_take(self._sheet, row)), None)

    def refresh(self) -> None:
        """Open or close the button."""
        closed = self._session.read_only or self._session.keeps_to  # it writes the region's own row
        self.button.setEnabled(not closed and self.row() is not None)

    def take(self) -> None:
        """Take the answer over: one operation."""
        row = self.row()
        if row is not None:
            self._session.drafts.flush()
            self._session.attempt(lambda: take_for_region(self._session.workspace, self._sheet, row))
