"""Quick entry: on a cell of a scale one digit is the rating, and the cursor goes on to the next item."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from desktop.checks.assessment import Assessment
from desktop.exchange.assessing import OWN
from desktop.guideline.pack import Choice
from desktop.ui.assessing.source import OTHER, AssessmentSource
from desktop.ui.grid.view import Grid


class Digits(QObject):
    """Listens to the table of a grid; where the scale has names, ``1`` is its lowest step."""

    def __init__(self, grid: Grid, source: AssessmentSource) -> None:
        super().__init__(grid)
        self._grid, self._source = grid, source
        grid.table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._rates(event):
            return True
        return super().eventFilter(watched, event)

    def _rates(self, event: QKeyEvent) -> bool:
        found = self._source.found
        if found is None or not found.choices or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        step = _step(found, event.text())
        index = self._grid.table.currentIndex()
        field = self._grid.model.field_at(index.column()) if index.isValid() else None
        if step is None or field is None or field.id not in {OWN, OTHER}:
            return False
        if self._source.locked(field) or self._grid.model.shut or self._grid.model.skips(index.row()):
            return False
        said = self._grid.session.say(step.label)
        if self._grid.model.write([(index.row(), index.column(), said)]):
            self._go_on(index.row(), index.column())
        return True

    def _go_on(self, row: int, column: int) -> None:
        """To the next item, over the headings; at the last one the cursor stays."""
        model = self._grid.model
        below = (each for each in range(row + 1, model.rowCount()) if not model.skips(each))
        self._grid.table.setCurrentIndex(model.index(next(below, row), column))


def _step(found: Assessment, text: str) -> Choice | None:
    """The step of the scale whose score is the digit typed."""
    return next((each for each in found.choices if text and str(each.score) == text), None)
