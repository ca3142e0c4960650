"""Where a key takes the cursor: by cells, by pages, to the edge of what is filled in, as in Excel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt

from desktop.ui.grid.cells import CellModel

Key = Qt.Key
STEPS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
KEYS = frozenset({*STEPS, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown})
Spot = tuple[int, int]
"""A row, and a place among the columns shown."""


class Steps:
    """Finds the cell a key means. Columns are counted as they are shown."""

    def __init__(self, model: CellModel, shown: Callable[[], Sequence[int]]) -> None:
        self._model, self._shown = model, shown

    def target(self, key: int, spot: Spot, *, control: bool, page: int) -> Spot:
        """Where a key leads from a cell; ``page`` is how many rows one sees."""
        row, place = spot
        last_row, last_place = self._model.rowCount() - 1, len(self._shown()) - 1
        match key:
            case Key.Key_Home:
                return (self._solid(0, 1), 0) if control else (row, 0)
            case Key.Key_End:
                return (self._last_filled(), last_place) if control else (row, last_place)
            case Key.Key_PageUp:
                return max(0, row - page), place
            case Key.Key_PageDown:
                return min(last_row, row + page), place
        down, right = STEPS[Qt.Key(key)]
        if control:
            return self._edge(spot, down, right)
        return min(max(row + down, 0), last_row), min(max(place + right, 0), last_place)

    def _solid(self, row: int, step: int) -> int:
        while 0 < row + step < self._model.rowCount() and self._model.skips(row):
            row += step
        return row

    def _last_filled(self) -> int:
        last = self._model.rowCount() - 1
        return last - 1 if last > 0 and self._model.fresh(last) else last

    def _edge(self, spot: Spot, down: int, right: int) -> Spot:
        """The end of the filled cells ahead; from there, the next filled cell; else the last cell."""
        shown = self._shown()
        rows, places, filled = self._model.rowCount(), len(shown), self._model.filled

        def inside(one: Spot) -> bool:
            return 0 <= one[0] < rows and 0 <= one[1] < places

        def on(one: Spot) -> Spot:
            return one[0] + down, one[1] + right

        def there(one: Spot) -> bool:
            return filled(one[0], shown[one[1]])

        here, ahead = spot, on(spot)
        if not inside(ahead):
            return spot
        if there(here) and there(ahead):
            while inside(ahead) and there(ahead):
                here, ahead = ahead, on(ahead)
            return here
        while inside(ahead):
            if there(ahead):
                return ahead
            here, ahead = ahead, on(ahead)
        return here

    def neighbour(self, spot: Spot, step: int) -> Spot | None:
        """The next cell in reading order, over the ends of rows; None beyond the last one."""
        rows, places = self._model.rowCount(), len(self._shown())
        row, place = spot[0], spot[1] + step
        if not 0 <= place < places:
            row, place = row + step, 0 if step > 0 else places - 1
        while 0 <= row < rows and self._model.skips(row):
            row += step
        return (row, place) if 0 <= row < rows else None
