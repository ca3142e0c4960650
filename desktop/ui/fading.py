"""The ends of a table or list that goes on: a row there fades, instead of being cut in two."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from desktop.ui import theme

HIGH = 28
"""The most pixels in which it fades, at 100 %."""
INTO = 12
"""Where rows are looked for: so many pixels from the left."""


_SIGNS = frozenset({QEvent.Type.Paint, QEvent.Type.Resize, QEvent.Type.Show})


def fade(view: QAbstractItemView, ground: str = "card") -> None:
    """Let rows fade into a colour of the theme wherever they go on beyond what is shown."""
    for below in (False, True):
        Fade(view, ground, below=below)


def part_shown(view: QAbstractItemView, *, below: bool = True) -> int:
    """How many pixels are shown of a row that goes on below (or above); nothing where the row is whole.

    The row of the keyboard counts as whole: it is higher than the view, else the view would show all of it.
    """
    high, here = view.viewport().height(), view.currentIndex()
    at = high - 1 if below else 0
    if isinstance(view, QTableView):
        row = view.rowAt(at)
        known, chosen = row >= 0, here.isValid() and here.row() == row
        top = view.rowViewportPosition(row)
        end = top + view.rowHeight(row)
    else:
        index: QModelIndex = view.indexAt(QPoint(INTO, at))
        known, chosen = index.isValid(), index == here
        place = view.visualRect(index)
        top, end = place.top(), place.bottom() + 1
    if not known or chosen:
        return 0
    # a tree scrolls to one pixel less than the end of a row
    if below:
        return high - max(top, 0) if end > high + 1 else 0
    return min(end, high) if top < -1 else 0


class Fade(QWidget):
    """A veil over the part of a row, there only while there is one."""

    def __init__(self, view: QAbstractItemView, ground: str, *, below: bool) -> None:
        super().__init__(view)
        self._view, self._ground, self.below = view, ground, below
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.viewport().installEventFilter(self)
        for told in (view.verticalScrollBar().rangeChanged, view.verticalScrollBar().valueChanged):
            told.connect(self._stand)
        if isinstance(view, QTableView):
            view.verticalHeader().sectionResized.connect(self._stand)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # rows of lists and trees become higher without any sign but that they are painted
        if event.type() in _SIGNS:
            self._stand()
        return super().eventFilter(watched, event)

    def _stand(self, *_: object) -> None:
        seen = self._view.viewport().geometry()
        high = min(theme.grown(HIGH), part_shown(self._view, below=self.below))
        top = seen.bottom() + 1 - high if self.below else seen.top()
        place = QRect(seen.left(), top, seen.width(), high)
        # what changes nothing must change nothing: it would be painted again for ever
        if high > 1 and place != self.geometry():
            self.setGeometry(place)
        if self.isHidden() is (high > 1):
            self.setVisible(high > 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        full = QColor(theme.colours()[self._ground])
        # of less than a line nothing can be read: the less it is, the more of it is covered
        none = QColor(full)
        none.setAlphaF(1 - self.height() / theme.grown(HIGH))
        begins, ends = (0, self.height()) if self.below else (self.height(), 0)
        veil = QLinearGradient(0, begins, 0, ends)
        veil.setColorAt(0, none)
        veil.setColorAt(0.8, full)
        painter = QPainter(self)
        painter.fillRect(self.rect(), veil)
        painter.end()
