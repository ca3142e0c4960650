"""The list of inputs with the chosen one in full below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.grid.view import Grid
from desktop.ui.hearing.form import InputForm
from desktop.ui.hearing.sources import InputSource, Narrowed
from desktop.ui.session import Session
from desktop.workspace.plan import Place


class InputList(QWidget):
    """A grid of inputs; the row with the cursor is shown in full below.

    After a consultation many are typed one after the other: Enter goes to the next line. ``made`` is called
    whenever another input is shown, so that a page adopts its field boxes.
    """

    def __init__(
        self,
        session: Session,
        narrowed: Narrowed | None = None,
        *,
        note: Message | None = None,
        made: Callable[[InputForm | None], object] = lambda _form: None,
    ) -> None:
        super().__init__()
        self.session = session
        self._made = made
        self.form: InputForm | None = None
        layout = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(layout)
        self.source = InputSource(session, narrowed)
        self.card = widgets.Card(session.speaker, self.source.title, note)
        self.grid = Grid(session, self.source, self.source.title)
        self.grid.table.setMinimumHeight(theme.grown(340))
        self.grid.teach(Message("ui.input.none"))
        self.card.add(self.grid, 1)
        layout.addWidget(self.card)
        self._below = widgets.column(spacing=theme.PAD - 2)
        layout.addLayout(self._below)
        # a row must be written before it can be shown: look when the keys are done
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_chosen)
        self.grid.table.selectionModel().currentRowChanged.connect(self._on_row)

    @property
    def shown(self) -> str:
        """The input shown in full, or nothing."""
        return self.form.row if self.form is not None else ""

    def narrow(self, narrowed: Narrowed) -> None:
        """Show other inputs."""
        self.source.narrowed = narrowed
        self.grid.refresh()

    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._soon.start()

    def _show_chosen(self) -> None:
        index, rows = self.grid.table.currentIndex(), self.grid.model.rows
        chosen = rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""
        if chosen:
            self.show_input(chosen)

    def show_input(self, row: str) -> None:
        """Show an input in full; the cursor of the list stays where it is."""
        if row == self.shown:
            return
        widgets.empty(self._below)
        self.form = None
        if any(each.id == row for each in self.session.plan.inputs):
            self.form = InputForm(self.session, row)
            self._below.addWidget(self.form)
        self._made(self.form)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        self.grid.refresh()
        if self.form is not None and self.form.now() is None:
            self.show_input("")
        elif self.form is not None:
            self.form.refresh()

    def point_at(self, place: Place) -> QWidget | None:
        """Show the field at a place; the widget that has the focus then."""
        if place.table != "input" or not self.grid.point_at(Place("input", place.row)):
            return None
        if not place.row:
            return self.grid
        self.show_input(place.row)
        found = self.form.point_at(place) if self.form is not None else None
        return found or self.grid
