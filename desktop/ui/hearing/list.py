"""The list of inputs with the chosen one in full below it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui.grid.below import ListWithForm
from desktop.ui.hearing.form import InputForm
from desktop.ui.hearing.sources import InputSource, Narrowed
from desktop.ui.session import Session
from desktop.workspace.plan import Place


class InputList(ListWithForm[InputForm]):
    """A grid of inputs; after a consultation many are typed one after the other: Enter goes to the next."""

    def __init__(
        self,
        session: Session,
        narrowed: Narrowed | None = None,
        *,
        note: Message | None = None,
        made: Callable[[InputForm | None], object] = lambda _form: None,
    ) -> None:
        self.source = InputSource(session, narrowed)
        super().__init__(session, self.source, self.source.title, note, made)
        self._fit(340, Message("ui.input.none"))

    def narrow(self, narrowed: Narrowed) -> None:
        """Show other inputs."""
        self.source.narrowed = narrowed
        self.grid.refresh()

    def _put(self, row: str) -> None:
        if any(each.id == row for each in self.session.plan.inputs):
            self.form = InputForm(self.session, row)
            self.below.addWidget(self.form)

    def point_at(self, place: Place) -> QWidget | None:
        """Show the field at a place; the widget that has the focus then."""
        if place.table != "input" or not self.grid.point_at(Place("input", place.row)):
            return None
        if not place.row:
            return self.grid
        self.show_row(place.row)
        found = self.form.point_at(place) if self.form is not None else None
        return found or self.grid
