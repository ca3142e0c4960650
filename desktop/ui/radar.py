"""The radar of readiness beside the worksheet: drawn as it is filled in, and told in words."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.base import Message
from desktop.base.speech import number
from desktop.books.document import Radar, Series
from desktop.books.pictures import readiness_chart, readiness_svg
from desktop.ui import theme, widgets
from desktop.ui.pictures import save_picture
from desktop.ui.session import Session

WIDE = 300
"""Width of the card, in pixels at 100 %."""


class RadarChart(QWidget):
    """Paints the outlines: one's own filled, an assessor's dashed, with marks of another shape."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.chart: Radar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.grown(220, 260))
        widgets.call(session.speaker, self, Message("ui.radar.title"))
        session.look_changed.connect(self._on_look)

    def show_chart(self, chart: Radar | None) -> None:
        """Show other figures."""
        self.chart = chart
        self.update()

    def _on_look(self) -> None:
        self.setMinimumHeight(theme.grown(220, 260))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(260), theme.grown(220, 260))

    def paintEvent(self, _event: QPaintEvent) -> None:
        chart = self.chart
        if chart is None or not chart.axes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(painter.font())
        font.setPixelSize(theme.grown(11))
        painter.setFont(font)
        self._web(painter, chart)
        for place, series in enumerate(chart.series):
            self._outline(painter, chart, series, place)
        self._rings(painter, chart)
        self._names(painter, chart)
        painter.end()

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, theme.grown(34) + self._reach())

    def _reach(self) -> float:
        """From the middle to the outermost ring; three axes stand on a base and leave room below."""
        three = self.chart is not None and len(self.chart.axes) == 3
        high = (self.height() - theme.grown(68)) / (1.5 if three else 2)
        return max(20.0, min(self.width() / 2 - theme.grown(26), high))

    def _point(self, chart: Radar, axis: int, value: float) -> QPointF:
        angle = 2 * math.pi * axis / len(chart.axes)
        far = self._reach() * value / chart.maximum
        return self._middle() + QPointF(far * math.sin(angle), -far * math.cos(angle))

    def _web(self, painter: QPainter, chart: Radar) -> None:
        colours = theme.colours()
        painter.setPen(QColor(colours.edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ring in range(1, chart.maximum + 1):
            corners = [self._point(chart, axis, ring) for axis in range(len(chart.axes))]
            painter.drawPolygon(QPolygonF(corners))
        for axis in range(len(chart.axes)):
            painter.drawLine(self._middle(), self._point(chart, axis, chart.maximum))

    def _rings(self, painter: QPainter, chart: Radar) -> None:
        """What the rings are called, above the outlines, which would dim it."""
        painter.setPen(QColor(theme.colours().muted))
        for ring, label, marked in chart.named():
            # below the outline that begins at a mark on this ring there is no room
            away = QPointF(8, theme.grown(2)) if marked else QPointF(4, theme.grown(12))
            painter.drawText(self._point(chart, 0, ring) + away, label)

    def _outline(self, painter: QPainter, chart: Radar, series: Series, place: int) -> None:
        colour = QColor(theme.colours()[ROLES[place % len(ROLES)]])
        corners = [
            None if value is None else self._point(chart, axis, value)
            for axis, value in enumerate(series.values)
        ]
        there = [corner for corner in corners if corner is not None]
        if not place and there and len(there) == len(corners):
            fill = QColor(colour)
            fill.setAlpha(50)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF(there))
        pen = QPen(colour, 2)
        if place:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        # it breaks off where nothing is rated, for that is no score of nothing
        for one, other in pairwise([*corners, *corners[:1]]):
            if one is not None and other is not None:
                painter.drawLine(one, other)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for corner in there:
            if place:
                painter.drawRect(QRectF(corner.x() - 3.5, corner.y() - 3.5, 7, 7))
            else:
                painter.drawEllipse(corner, 3.5, 3.5)

    def _names(self, painter: QPainter, chart: Radar) -> None:
        painter.setPen(QColor(theme.colours().text))
        high = theme.grown(30)
        for axis, named in enumerate(chart.axes):
            rated = any(series.values[axis] is not None for series in chart.series)
            name = named if rated else f"{named} –"
            at = self._point(chart, axis, chart.maximum * 1.08)
            wide = theme.grown(110)
            left = min(max(at.x() - wide / 2, 0.0), max(self.width() - wide, 0.0))
            above = at.y() < self._middle().y()
            area = QRectF(left, at.y() - (high if above else 0), wide, high)
            anchor = Qt.AlignmentFlag.AlignBottom if above else Qt.AlignmentFlag.AlignTop
            flags = anchor | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), name)


ROLES = ("primary", "warn")
"""The colours of one's own outline and of another's; dashes and marks tell them apart as well."""


def beside_width() -> int:
    """How wide the card is beside a worksheet."""
    return theme.grown(WIDE, 380)


class ReadinessCard(widgets.Card):
    """The radar, what it shows in words, and the way to keep it as a picture."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.radar.title"))
        self._session = session
        self.radar = RadarChart(session)
        self.add(self.radar)
        self.words = widgets.label(session.speaker, "", wrap=True)
        self.add(self.words)
        self.body.addStretch(1)
        self.export = widgets.button(session.speaker, Message("ui.picture.save"), self.save, icon="download")
        self.add(self.export)

    def refresh(self) -> None:
        """Draw what the plan says now."""
        session = self._session
        chart = readiness_chart(session.plan, session.pack, session.speaker.language)
        rated = chart is not None and any(v is not None for each in chart.series for v in each.values)
        self.radar.show_chart(chart)
        self.radar.setVisible(chart is not None)
        self.export.setEnabled(rated)
        told = self._told(chart) if chart is not None and rated else session.say(Message("ui.radar.nothing"))
        session.speaker.tie(self.words, QLabel.setText, told)
        self.radar.setAccessibleDescription(told)

    def _told(self, chart: Radar) -> str:
        """The figures in words, a line for each axis."""
        language, say = self._session.speaker.language, self._session.say
        lines = []
        for axis, name in enumerate(chart.axes):
            given = []
            for series in chart.series:
                value = series.values[axis]
                if value is None:
                    continue
                exact = round(Decimal(str(value)), 2)
                said = Message("ui.radar.score", score=number(exact, language), most=str(chart.maximum))
                several = len(chart.series) > 1
                given.append(say(Message("ui.radar.by", who=series.name, score=said) if several else said))
            lines.append(f"{name}: {'; '.join(given) or say(Message('ui.radar.unrated'))}")
        if len(chart.series) > 1:
            lines.append(
                say(Message("ui.radar.legend", own=chart.series[0].name, other=chart.series[1].name))
            )
        return "\n".join(lines)

    def save(self) -> None:
        """Save the radar as the books print it."""
        session = self._session
        plan, pack, language = session.plan, session.pack, session.speaker.language
        save_picture(
            session, lambda: readiness_svg(plan, pack, language), session.say(Message("ui.radar.title")), self
        )
