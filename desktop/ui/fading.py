"""The lower end of a table or list that goes on: the row there fades, instead of being cut in two."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.ui import theme

HIGH = 28
"""The most pixels in which it fades, at 100 %."""
INTO = 12
"""Where rows are looked for: so many pixels from the left."""


def fade(view: QAbstractItemView, ground: str = "card") -> None:
    """Let the last row fade into a colour of the theme wherever it goes on below what is shown."""
    Fade(view, ground)


def part_shown(view: QAbstractItemView) -> int:
    """How many pixels are shown of a row that goes on below; nothing where the last one is whole.

    Where the keyboard is there is never such a row: a view scrolls so far that the whole of it is shown.
    """
    high = view.viewport().height()
    if isinstance(view, QTableView):
        row = view.rowAt(high - 1)
        top = view.rowViewportPosition(row)
        below = top + view.rowHeight(row)
    else:
        place = view.visualRect(view.indexAt(QPoint(INTO, high - 1)))
        row, top, below = (0 if place.isValid() else -1), place.top(), place.bottom() + 1
    # a tree scrolls to one pixel less than the end of a row
    return high - max(top, 0) if row >= 0 and below > high + 1 else 0


class Fade(QWidget):
    """A veil over the part of a row, there only while there is one."""

    def __init__(self, view: QAbstractItemView, ground: str) -> None:
        super().__init__(view)
        self._view, self._ground = view, ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # rows become higher without any sign but that they are painted
        if event.type() is QEvent.Type.Paint:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self) -> None:
        seen = self._view.viewport().geometry()
        high = min(theme.grown(HIGH), part_shown(self._view))
        if high > 1:
            place = QRect(seen.left(), seen.bottom() + 1 - high, seen.width(), high)
            if place != self.geometry():
                self.setGeometry(place)
            self.raise_()
        self.setVisible(high > 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        full = QColor(theme.colours()[self._ground])
        none = QColor(full)
        none.setAlpha(0)
        veil = QLinearGradient(0, 0, 0, self.height())
        veil.setColorAt(0, none)
        veil.setColorAt(0.9, full)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()
