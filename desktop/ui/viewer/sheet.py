"""The sheet of paper in the viewer: one page as it is drawn, with what was found and what is marked on it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QTransform
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

LEAST_MARK = 4
"""Pixels a mouse must be dragged before something counts as marked."""


class Sheet(QWidget):
    """Paints the page; dragging over it marks a part whose text can be copied."""

    marked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._size = (0.0, 0.0)
        self._turn = 0
        self._zoom = 1.0
        self._found: tuple[QRectF, ...] = ()
        self._here: tuple[QRectF, ...] = ()
        self._from: QPointF | None = None
        self._mark = QRectF()
        self.setCursor(Qt.CursorShape.IBeamCursor)

    # -- what it shows --------------------------------------------------------------------------
    def lay(self, size: tuple[float, float], zoom: float, turn: int) -> None:
        """Take the size of a page; what is drawn already is stretched until the new drawing comes."""
        self._size, self._zoom, self._turn = size, zoom, turn % 360
        wide, high = self.turned()
        self.resize(QSize(max(1, round(wide * zoom)), max(1, round(high * zoom))))
        self.update()

    def turned(self) -> tuple[float, float]:
        """Width and height of the page as it lies now."""
        return self._size[::-1] if self._turn % 180 else self._size

    def show_image(self, image: QImage | None) -> None:
        """The page itself; None while it is being drawn."""
        self._image = image
        self.update()

    @property
    def image(self) -> QImage | None:
        """What is drawn now."""
        return self._image

    def show_found(self, found: Iterable[QRectF], here: Iterable[QRectF] = ()) -> None:
        """Where the words searched for stand, and which of them is meant now; in points."""
        self._found, self._here = tuple(found), tuple(here)
        self.update()

    def area_of(self, points: QRectF) -> QRectF:
        """A part of the page as it is seen here, in pixels."""
        return self._way().mapRect(points)

    @property
    def mark(self) -> QRectF | None:
        """The part that is marked, in points; None if nothing is."""
        if self._mark.isEmpty():
            return None
        back, possible = self._way().inverted()
        return back.mapRect(self._mark) if possible else None

    def unmark(self) -> None:
        """Forget what is marked."""
        self._mark = QRectF()
        self.update()

    def _way(self) -> QTransform:
        """From points of the page to pixels here."""
        wide, high = self._size
        way = QTransform()
        way.scale(self._zoom, self._zoom)
        shift = {0: (0.0, 0.0), 90: (high, 0.0), 180: (wide, high), 270: (0.0, wide)}[self._turn]
        way.translate(*shift)
        way.rotate(self._turn)
        return way

    # -- Qt -------------------------------------------------------------------------------------
    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is None:
            painter.fillRect(self.rect(), QColor(colours.card))
        else:
            painter.drawImage(QRectF(self.rect()), self._image, QRectF(self._image.rect()))
        for areas, role, strength in ((self._found, "warn", 70), (self._here, "primary", 110)):
            tint = QColor(colours[role])
            tint.setAlpha(strength)
            for area in areas:
                painter.fillRect(self.area_of(area).adjusted(-1, -1, 1, 1), tint)
        if not self._mark.isEmpty():
            tint = QColor(colours.primary)
            painter.setPen(tint)
            tint.setAlpha(50)
            painter.fillRect(self._mark, tint)
            painter.drawRect(self._mark)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = event.position()
            self.unmark()
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._mark = QRectF(self._from, event.position()).normalized() & QRectF(self.rect())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._from is not None:
            self._from = None
            if max(self._mark.width(), self._mark.height()) < LEAST_MARK:
                self.unmark()
            else:
                self.marked.emit()
