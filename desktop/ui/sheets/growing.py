"""The buttons by which a row of a worksheet becomes a programme, and leads to the one it became."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.base import Message
from desktop.checks.sheets import becoming
from desktop.exchange.growing import grown, make_programme, may_grow
from desktop.guideline.pack import Worksheet
from desktop.ui import widgets
from desktop.ui.grid.view import Grid
from desktop.ui.session import Session
from desktop.workspace.plan import Row


class GrowButtons(QWidget):
    """*Make it a programme* for the row under the cursor; where it is one, *Show the programme*."""

    def __init__(self, session: Session, sheet: Worksheet, grid: Grid) -> None:
        super().__init__()
        self._session, self._sheet, self._grid = session, sheet, grid
        self._column = becoming(sheet)
        speaker = session.speaker
        self.make: QPushButton = widgets.button(
            speaker, Message("ui.grow.make"), self.grow, icon="target", look="quiet"
        )
        self.go: QPushButton = widgets.button(
            speaker, Message("ui.grow.show"), self.show_programme, icon="arrow-right", look="quiet"
        )
        speaker.tie(self.make, QPushButton.setToolTip, Message("ui.grow.hint"))
        self.setLayout(widgets.line(self.make, self.go))
        grid.table.selectionModel().currentChanged.connect(lambda *_: self.refresh())
        for changed in (grid.model.modelReset, grid.model.dataChanged, grid.model.rowsRemoved):
            changed.connect(lambda *_: self.refresh())
        self.refresh()

    def row(self) -> Row | None:
        """The row under the cursor."""
        index = self._grid.table.currentIndex()
        rows = self._grid.model.rows
        key = rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""
        return next((row for row in self._session.plan.rows.get(self._sheet.id, ()) if row.id == key), None)

    def refresh(self) -> None:
        """Open the button that fits."""
        row, plan, office = self.row(), self._session.plan, self._session.keeps_to
        may = row is not None and may_grow(self._sheet, row, plan) and office in {"", row.agency}
        self.make.setEnabled(may and not self._session.read_only)
        became = bool(row is not None and self._column is not None and grown(plan, self._column, row))
        self.go.setVisible(became)
        self.make.setVisible(not became)

    def grow(self) -> None:
        """Make the programme: one operation. The cursor stays, so that the next row can follow."""
        self._session.drafts.flush()
        row = self.row()
        if row is not None:
            self._session.attempt(lambda: make_programme(self._session.workspace, self._sheet, row))

    def show_programme(self) -> None:
        """Go to the programme the row became."""
        row = self.row()
        if row is not None and self._column is not None:
            self._session.show("programmes", grown(self._session.plan, self._column, row))
