"""The foot of a table: a row of totals that never scrolls away, and figures of what is chosen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import Language, Message
from desktop.base.speech import number
from desktop.ui import theme, widgets
from desktop.ui.grid.cells import SUMMED, Role

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable


class TotalsRow(QWidget):
    """Sums and counts under their columns; follows the table sideways."""

    def __init__(self, table: CellTable) -> None:
        super().__init__()
        self._table = table
        self._texts: list[str] = []
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self._read)
        cells, heads = table.cells, table.heads
        for signal in (
            cells.dataChanged,
            cells.modelReset,
            cells.layoutChanged,
            cells.rowsInserted,
            cells.rowsRemoved,
        ):
            signal.connect(self.again)
        for signal in (heads.sectionResized, heads.sectionMoved, table.horizontalScrollBar().valueChanged):
            signal.connect(self._moved)
        table.session.look_changed.connect(self.update)
        widgets.call(table.session.speaker, self, Message("ui.grid.totals"))

    def again(self) -> None:
        """The cells have changed; add up anew as soon as nothing else is to do."""
        self._soon.start()

    def _moved(self, *_: object) -> None:
        self.update()

    def _read(self) -> None:
        if not self._table.session.is_open:
            return
        self._texts = self._table.cells.totals()
        heads = [str(self._table.heads.words(column)) for column in range(len(self._texts))]
        said = (f"{head}: {text}" for head, text in zip(heads, self._texts, strict=True) if text)
        self.setAccessibleDescription("; ".join(said))
        self.update()

    @property
    def texts(self) -> list[str]:
        """What the row says, by column."""
        return self._texts

    def sizeHint(self) -> QSize:
        return QSize(100, theme.grown(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(50, theme.grown(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not any(self._texts):
            return
        painter = QPainter(self)
        colours = theme.colours()
        painter.fillRect(self.rect(), QColor(colours.sunken))
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.drawLine(0, 0, self.width(), 0)
        font = QFont(self.font())
        font.setBold(True)
        small = QFont(self.font())
        small.setPixelSize(theme.grown(theme.TypeScale().note))
        heads, cells = self._table.heads, self._table.cells
        left = self._table.viewport().x() + 1
        painter.setClipRect(QRect(left, 0, self._table.viewport().width(), self.height()))
        for column in self._table.shown_columns():
            if column >= len(self._texts) or not self._texts[column]:
                continue
            box = QRect(
                left + heads.sectionViewportPosition(column), 0, heads.sectionSize(column), self.height()
            )
            side = (
                cells.headerData(column, Qt.Orientation.Horizontal, Role.TextAlignmentRole)
                or Qt.AlignmentFlag.AlignLeft
            )
            right = cells.kind(column) in SUMMED
            painter.setFont(font if right else small)
            painter.setPen(QColor(colours.text if right else colours.muted))
            inner = box.adjusted(8, 0, -8, 0)
            text = QFontMetrics(painter.font()).elidedText(
                self._texts[column], Qt.TextElideMode.ElideRight, inner.width()
            )
            painter.drawText(inner, int(side) | int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()


class ChosenFigures(QLabel):
    """Sum, average and count of what is chosen, as spreadsheets show them."""

    def __init__(self, table: CellTable) -> None:
        super().__init__()
        self._table = table
        theme.look(self, "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._soon = QTimer(self, singleShot=True, interval=30)
        self._soon.timeout.connect(self._read)
        table.selectionModel().selectionChanged.connect(lambda *_: self._soon.start())
        table.cells.dataChanged.connect(lambda *_: self._soon.start())
        table.session.speaker.changed.connect(self._soon.start)

    def _read(self) -> None:
        table = self._table
        blocks = table.blocks()
        if not table.session.is_open or sum(block.size for block in blocks) < 2:
            self.clear()
            return
        filled, numbers = 0, list[Decimal | int]()
        for block in blocks:
            count, found = table.cells.figures(block.rows, block.columns)
            filled += count
            numbers += found
        self.setText(table.session.say(self.words(filled, numbers)) if filled else "")

    def words(self, filled: int, numbers: list[Decimal | int]) -> Message:
        """The figures as a sentence."""
        if not numbers:
            return Message("ui.grid.chosen_count", n=filled)
        language = self._table.session.speaker.language
        total = Decimal(sum(numbers))
        average = (total / len(numbers)).quantize(Decimal("0.01")).normalize()
        return Message(
            "ui.grid.chosen", n=filled, sum=_said(total, language), average=_said(average, language),
        )  # fmt: skip


def _said(value: Decimal, language: Language) -> str:
    return number(int(value) if value == int(value) else value, language)
