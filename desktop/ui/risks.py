"""The matrix of risks: how likely by how grave, painted as the book prints it, and told in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.base import Message
from desktop.books.document import Matrix
from desktop.ui import theme, widgets
from desktop.ui.session import Session

SIDE, FOOT, HEAD, ROW = 84, 38, 20, 46
"""Width of the names beside, heights of the names below, of the title and of a row (100 %)."""
TONES = {"good": "good_soft", "moderate": "warn_soft", "poor": "bad_soft"}


class RiskMatrix(QWidget):
    """Cells in three tones with the numbers of the risks in them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.chart: Matrix | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.grown(430))
        widgets.call(session.speaker, self, Message("ui.risk.matrix"))
        session.look_changed.connect(self._on_look)

    def show_chart(self, chart: Matrix | None) -> None:
        """Show other risks; nothing is shown while none is rated."""
        self.chart = chart
        self.setVisible(chart is not None)
        self.setFixedHeight(self.sizeHint().height())
        self.setAccessibleDescription(self.told())
        self.update()

    def told(self) -> str:
        """The same in words: each cell that has risks, the gravest first."""
        chart = self.chart
        if chart is None:
            return ""
        cells = sorted(
            (
                (row + column, row, column)
                for row in range(len(chart.rows))
                for column in range(len(chart.columns))
            ),
            reverse=True,
        )
        say = self._session.say
        return "; ".join(
            say(
                Message(
                    "ui.risk.cell",
                    likelihood=chart.rows[row], impact=chart.columns[column],
                    risks=", ".join(map(str, chart.cells[row][column])),
                )
            )
            for _, row, column in cells
            if chart.cells[row][column]
        )  # fmt: skip

    def _on_look(self) -> None:
        self.setMaximumWidth(theme.grown(430))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def sizeHint(self) -> QSize:
        rows = len(self.chart.rows) if self.chart is not None else 3
        return QSize(theme.grown(380), theme.grown(HEAD + FOOT) + rows * theme.grown(ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        chart = self.chart
        if chart is None:
            return
        painter = QPainter(self)
        font = QFont(painter.font())
        font.setPixelSize(theme.grown(11))
        painter.setFont(font)
        colours = theme.colours()
        side, row_height = theme.grown(SIDE), theme.grown(ROW)
        top = theme.grown(HEAD)
        step = (self.width() - side) / len(chart.columns)
        painter.setPen(QColor(colours.label))
        painter.drawText(QRectF(0, 0, self.width(), top), int(_CENTRE_LEFT), chart.row_title)
        for row, name in enumerate(chart.rows):
            y = top + (len(chart.rows) - 1 - row) * row_height
            painter.setPen(QColor(colours.text))
            wrapped = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(QRectF(0, y, side - 6, row_height), wrapped, name)
            for column in range(len(chart.columns)):
                area = QRectF(side + column * step, y, step - 2, row_height - 2)
                painter.fillRect(area, QColor(colours[TONES[chart.tone(row, column)]]))
                self._numbers(painter, area, chart.cells[row][column])
        low = top + len(chart.rows) * row_height
        for column, name in enumerate(chart.columns):
            area = QRectF(side + column * step, low, step, theme.grown(18))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), name)
        painter.setPen(QColor(colours.label))
        area = QRectF(side, low + theme.grown(18), self.width() - side, theme.grown(18))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), chart.column_title)
        painter.end()

    def _numbers(self, painter: QPainter, area: QRectF, numbers: tuple[int, ...]) -> None:
        if not numbers:
            return
        painter.setPen(QColor(theme.colours().text))
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(area.adjusted(3, 2, -3, -2), flags, ", ".join(map(str, numbers)))


_CENTRE_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
