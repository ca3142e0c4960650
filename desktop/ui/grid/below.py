"""A list whose chosen row is shown in full below it, as a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.grid.source import GridSource
from desktop.ui.grid.view import Grid
from desktop.ui.session import Session
from desktop.ui.speaker import Speech


class RowForm(Protocol):
    """What shows a row in full."""

    def now(self) -> object | None:
        """The row as the plan has it; None when it is gone."""

    def refresh(self) -> None:
        """Show the row as it is now."""


F = TypeVar("F", bound=RowForm)


class ListWithForm(QWidget, Generic[F]):
    """A grid; the row with the cursor is shown in full below.

    ``made`` is called whenever another row is shown, so that a page adopts its field boxes.
    """

    def __init__(
        self,
        session: Session,
        source: GridSource,
        title: Speech,
        note: Speech | None,
        made: Callable[[F | None], object],
    ) -> None:
        super().__init__()
        self.session = session
        self._made = made
        self.form: F | None = None
        self._row = ""
        layout = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(layout)
        self.card = widgets.Card(session.speaker, title, note)
        self.grid = Grid(session, source, title)
        self.card.add(self.grid, 1)
        layout.addWidget(self.card)
        self.below = widgets.column(spacing=theme.PAD - 2)
        layout.addLayout(self.below)
        # a row must be written before it can be shown: look when the keys are done
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_chosen)
        self.grid.table.selectionModel().currentRowChanged.connect(self._on_row)

    def _fit(self, least: int, teaching: Message) -> None:
        """How high the list is at least (in pixels at 100 %), and what is said where it is empty."""
        self.grid.table.setMinimumHeight(theme.grown(least))
        self.grid.teach(teaching)

    def _put(self, row: str) -> None:
        """Put the form of a row, if it is one of this list, into the layout below."""
        raise NotImplementedError

    @property
    def shown(self) -> str:
        """The row shown in full, or nothing."""
        return self._row if self.form is not None else ""

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._soon.start()

    def _show_chosen(self) -> None:
        index, rows = self.grid.table.currentIndex(), self.grid.model.rows
        chosen = rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""
        if chosen:
            self.show_row(chosen)

    def show_row(self, row: str) -> None:
        """Show a row in full; the cursor of the list stays where it is."""
        if row == self.shown:
            return
        widgets.empty(self.below)
        self._row, self.form = row, None
        self._put(row)
        self._made(self.form)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.grid.refresh()
        if self.form is not None and self.form.now() is None:
            self.show_row("")
        elif self.form is not None:
            self.form.refresh()
