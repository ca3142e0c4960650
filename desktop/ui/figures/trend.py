"""A small line of how a measure went over the years."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base import Message
from desktop.exchange.values import show
from desktop.ui import theme, widgets
from desktop.ui.session import Session

DOT = 3.5


class Trend(QWidget):
    """The stated numbers as points joined by a line; first and last year below it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._points: list[tuple[int, Decimal]] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("")
        widgets.call(session.speaker, self, self._told)
        session.look_changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(220), theme.grown(84))

    def show_points(self, points: Sequence[tuple[int, Decimal]]) -> None:
        """Draw these numbers by year; fewer than two are no trend."""
        self._points = list(points)
        self.setVisible(len(self._points) > 1)
        widgets.call(self._session.speaker, self, self._told)
        self.update()

    def _told(self) -> str:
        """The line in words, for who cannot see it."""
        language = self._session.speaker.language
        said = ", ".join(f"{year}: {show('decimal', f'{each:f}', language)}" for year, each in self._points)
        return self._session.say(Message("ui.figures.trend", points=said))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if len(self._points) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        letters = QFont(theme.FAMILY)
        letters.setPixelSize(theme.grown(11))
        painter.setFont(letters)
        foot = painter.fontMetrics().height() + 2
        room = QRectF(8, 8, self.width() - 16, self.height() - foot - 16)
        spots = self._spots(room)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(room.left(), room.bottom() + 6), QPointF(room.right(), room.bottom() + 6))
        painter.setPen(QPen(QColor(colours.primary), 2))
        painter.drawPolyline(spots)
        painter.setBrush(QColor(colours.primary))
        for spot in spots:
            painter.drawEllipse(spot, DOT, DOT)
        painter.setPen(QColor(colours.label))
        under = QRectF(room.left() - 6, self.height() - foot, room.width() + 12, foot)
        painter.drawText(under, int(Qt.AlignmentFlag.AlignLeft), str(self._points[0][0]))
        painter.drawText(under, int(Qt.AlignmentFlag.AlignRight), str(self._points[-1][0]))
        painter.end()

    def _spots(self, room: QRectF) -> list[QPointF]:
        years = [year for year, _ in self._points]
        numbers = [float(number) for _, number in self._points]
        low, high = min(numbers), max(numbers)
        span, reach = (high - low) or 1.0, (years[-1] - years[0]) or 1
        return [
            QPointF(
                room.left() + room.width() * (year - years[0]) / reach,
                room.bottom() - room.height() * ((number - low) / span if high > low else 0.5),
            )
            for year, number in zip(years, numbers, strict=True)
        ]
