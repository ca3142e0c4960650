"""How much is filled, as a ring with the figure in it; also said in words to a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import theme
from desktop.ui.session import Session

_SIZE, _THICK = 124, 12
"""Pixels at 100 % text."""
_NEARLY = 0.92
"""From here on round ends would meet, and the ring would look closed."""
_TURN = 16
"""Qt counts angles in sixteenths of a degree."""


class Ring(QWidget):
    """A ring that follows the theme; empty until something is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._filled = self._required = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        session.look_changed.connect(self.updateGeometry)
        session.look_changed.connect(self.update)
        session.speaker.changed.connect(self._name)

    @property
    def percent(self) -> int:
        """Filled of required, rounded down so that 100 means done."""
        return 100 if not self._required else self._filled * 100 // self._required

    def show_progress(self, filled: int, required: int) -> None:
        """Show how much is filled."""
        self._filled, self._required = filled, required
        self._name()
        self.update()

    def count(self) -> str:
        """``17 dari 25``."""
        return self._session.say(Message("ui.home.count", filled=self._filled, required=self._required))

    def _name(self) -> None:
        told = Message("ui.home.ring", percent=self.percent, filled=self._filled, required=self._required)
        self.setAccessibleName(self._session.say(told))
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        side = theme.grown(_SIZE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours, thick = theme.colours(), theme.grown(_THICK)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = thick / 2 + 1
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        pen = QPen(QColor(colours.line), thick)
        painter.setPen(pen)
        painter.drawEllipse(area)
        if self._filled and self._required:
            pen.setColor(QColor(colours.good if self.percent == 100 else colours.primary))
            share = min(1.0, self._filled / self._required)
            if share < _NEARLY:
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(area, 90 * _TURN, -round(360 * _TURN * share))
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        scale = theme.TypeScale()
        figure, note = QFont(self.font()), QFont(self.font())
        figure.setPixelSize(theme.grown(scale.figure))
        figure.setBold(True)
        note.setPixelSize(theme.grown(scale.note))
        middle = self.rect().center().y()
        painter.setPen(QColor(theme.colours().text))
        painter.setFont(figure)
        upper = self.rect().adjusted(0, 0, 0, -(self.height() - middle) + theme.grown(8))
        painter.drawText(
            upper, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, f"{self.percent}%"
        )
        painter.setPen(QColor(theme.colours().muted))
        painter.setFont(note)
        lower = self.rect().adjusted(0, middle + theme.grown(8), 0, 0)
        painter.drawText(lower, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self.count())
