"""Progress of one part of the work as words and a bar; pressing it goes there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.base import Message
from desktop.checks import Part
from desktop.ui import icons, theme
from desktop.ui.session import Session

_PAD, _BAR, _GAP, _MARK = 6, 6, 5, 16
_COUNT_GAP = 12


class Bar(QAbstractButton):
    """Title and count over a bar; a check mark where everything is filled, so that colour is not alone."""

    def __init__(self, session: Session, part: Part) -> None:
        super().__init__()
        self._session = session
        self.part = part
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_part(part)
        session.speaker.changed.connect(self._name)
        session.speaker.changed.connect(self._fit)
        session.look_changed.connect(self._fit)

    def show_part(self, part: Part) -> None:
        """Show another state of the same part."""
        self.part = part
        self._name()
        self._fit()
        self.update()

    def _name(self) -> None:
        self._title = self._session.say(self.part.title)
        self._count = self._session.say(
            Message("ui.home.count", filled=self.part.filled, required=self.part.required)
            if self.part.required
            else Message("ui.home.nothing_asked")
        )
        self.setAccessibleName(f"{self._title}: {self._count}")

    # -- size -----------------------------------------------------------------------------------
    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self.font())

    def _small(self) -> QFont:
        made = QFont(self.font())
        made.setPixelSize(theme.grown(theme.TypeScale().note))
        return made

    def _room(self, width: int) -> int:
        """The width the title has beside the count and the mark."""
        count = QFontMetrics(self._small()).horizontalAdvance(self._count)
        return max(60, width - 2 * _PAD - count - _COUNT_GAP - theme.grown(_MARK) - _GAP)

    def _title_height(self, width: int) -> int:
        area = QRect(0, 0, self._room(width), 10_000)
        return self._metrics().boundingRect(area, Qt.TextFlag.TextWordWrap, self._title).height()

    def _fit(self) -> None:
        """As high as the title needs at this width; layouts inside cards do not ask for it themselves."""
        height = self._title_height(self.width()) + _GAP + theme.grown(_BAR) + 2 * _PAD
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(240), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.grown(180), self.minimumHeight())

    # -- paint ----------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        if self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(colours.sunken))
            painter.setPen(QColor(colours.primary) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        height = self._title_height(self.width())
        self._write(painter, height)
        self._draw_bar(painter, _PAD + height + _GAP)

    def _write(self, painter: QPainter, height: int) -> None:
        colours, mark = theme.colours(), theme.grown(_MARK)
        name, role = self._sign()
        painter.drawPixmap(
            QRect(_PAD, _PAD + (min(height, self._metrics().height()) - mark) // 2, mark, mark),
            icons.pixmap(name, colours[role], mark),
        )
        painter.setPen(QColor(colours.text))
        painter.setFont(self.font())
        left = _PAD + mark + _GAP
        area = QRect(left, _PAD, self._room(self.width()), height)
        painter.drawText(area, Qt.TextFlag.TextWordWrap, self._title)
        painter.setPen(QColor(colours.muted))
        painter.setFont(self._small())
        right = QRect(_PAD, _PAD, self.width() - 2 * _PAD, self._metrics().height())
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)

    def _sign(self) -> tuple[str, str]:
        if not self.part.required:
            return "minus", "muted"
        if self.part.done:
            return "circle-check", "good"
        return ("circle-dashed", "warn") if self.part.filled else ("circle-alert", "muted")

    def _draw_bar(self, painter: QPainter, top: int) -> None:
        colours = theme.colours()
        thick = theme.grown(_BAR)
        left = _PAD + theme.grown(_MARK) + _GAP
        track = QRectF(left, top, self.width() - left - _PAD, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self.part.filled and self.part.required:
            share = min(1.0, self.part.filled / self.part.required)
            track.setWidth(max(float(thick), track.width() * share))
            painter.setBrush(QColor(colours.good if self.part.done else colours.primary))
            painter.drawRoundedRect(track, thick / 2, thick / 2)
