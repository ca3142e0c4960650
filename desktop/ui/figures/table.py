"""The matrix on screen: measures beside their rows, years share the width there is."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui import theme
from desktop.ui.figures.cells import FiguresModel
from desktop.ui.grid.table import CellTable
from desktop.ui.session import Session

WIDE = 218
"""Pixels at 100 % that the names of measures take."""
LEAST = 74
"""The least width of a year."""


class MeasureHeads(QHeaderView):
    """Names of measures beside their rows, in two lines where one is too short; headings in bold."""

    def __init__(self, model: FiguresModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(WIDE), super().sizeHint().height())

    def words(self, section: int) -> str:
        """What a head says."""
        return str(self._model.headerData(section, Qt.Orientation.Vertical) or "")

    def _indent(self, section: int) -> int:
        measure = self._model.measure_at(section)
        return 8 + (theme.grown(14) if measure is not None and measure.part_of else 0)

    def needed(self, section: int) -> int:
        """How high a head must be for all its lines."""
        room = QRect(0, 0, theme.grown(WIDE) - self._indent(section) - 6, 10_000)
        flags = int(Qt.TextFlag.TextWordWrap)
        box = QFontMetrics(self._letters(section)).boundingRect(room, flags, self.words(section))
        return max(theme.grown(32), box.height() + 8)

    def _letters(self, section: int) -> QFont:
        font = QFont(theme.FAMILY)
        font.setPixelSize(theme.grown(theme.TypeScale().small))
        font.setBold(self._model.measure_at(section) is None)
        return font

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = theme.colours()
        heading = self._model.measure_at(logicalIndex) is None
        painter.save()
        painter.fillRect(rect, QColor(colours.sunken if heading else colours.card))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(self._letters(logicalIndex))
        painter.setPen(QColor(colours.label if heading else colours.text))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(self._indent(logicalIndex), 0, -6, 0), flags, self.words(logicalIndex))
        painter.restore()


class FiguresTable(CellTable):
    """A :class:`CellTable` whose columns share the room that their numbers leave; it scrolls by itself."""

    def __init__(self, session: Session, model: FiguresModel) -> None:
        super().__init__(session, model)
        self.figures = model
        self.heads.sortable = False
        self.heads.setSortIndicatorShown(False)
        self.heads.setSectionsMovable(False)
        self.heads.setSectionsClickable(False)
        side = self.side = MeasureHeads(model, self)
        self.setVerticalHeader(side)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.show()
        model.modelReset.connect(self.fit)
        session.look_changed.connect(self.fit)
        session.speaker.changed.connect(self.fit)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Each year wide enough for its figures; what does not fit scrolls sideways."""
        columns = self.figures.columnCount()
        if not columns:
            return
        least = [self._needs(column) for column in range(columns)]
        more = max(0, self.viewport().width() - sum(least)) // columns
        for column, wide in enumerate(least):
            if self.columnWidth(column) != wide + more:
                self.setColumnWidth(column, wide + more)

    def _needs(self, column: int) -> int:
        """What the numbers of a column need; words give way."""
        least = theme.grown(LEAST)
        if self.figures.locked(column):
            return max(least, self.heads.fontMetrics().horizontalAdvance(self.heads.words(column)) + 44)
        if self.figures.shown == "source":
            return least * 2
        metrics = self.fontMetrics()
        for row in range(self.figures.rowCount()):
            measure = self.figures.measure_at(row)
            if measure is not None and measure.type != "choice":
                text = self.figures.text(row, column)
                least = max(least, metrics.horizontalAdvance(text) * 105 // 100 + 16)
        return least

    def fit(self) -> None:
        """Rows as high as their names, headings from side to side."""
        self.clearSpans()
        for row in range(self.figures.rowCount()):
            self.setRowHeight(row, self.side.needed(row))
        for row in self.figures.heading_spans():
            self.setSpan(row, 0, 1, self.figures.columnCount())
        self.share()
