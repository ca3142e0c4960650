"""The heads of columns: up to three lines of text, the order sorted by, and whether a filter is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.ui import icons, theme
from desktop.ui.grid.cells import Role

if TYPE_CHECKING:
    from desktop.ui.grid.cells import CellModel

LINES = 3
SIDE, MARK = 8, 16
"""Room at the sides of a head, and of a mark in it, in pixels."""


class ColumnHeads(QHeaderView):
    """Heads that wrap instead of being cut. A click sorts; a second one backwards; a third one not at all."""

    wanted = Signal(int, QPoint)
    """Somebody asks for what can be done with a column, and where on the screen."""

    def __init__(self, model: CellModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.sortable = True
        self.last_reserve = 0
        """Pixels at the right end that something else covers."""
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        # Said once, else every change of letters gives hidden columns a width again.
        self.setDefaultSectionSize(100)
        self.setSortIndicatorShown(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.sectionResized.connect(self._on_resized)

    def font_now(self) -> QFont:
        """The head's own letters: small and bold."""
        font = QFont(theme.FAMILY)
        font.setPixelSize(theme.grown(theme.TypeScale().small))
        font.setBold(True)
        return font

    def words(self, section: int) -> str:
        """What a head says."""
        return str(self._model.headerData(section, Qt.Orientation.Horizontal, Role.DisplayRole) or "")

    def _is_last(self, section: int) -> bool:
        """Whether it is the last of those that are shown."""
        after = range(self.visualIndex(section) + 1, self.count())
        return all(self.isSectionHidden(self.logicalIndex(place)) for place in after)

    def _room(self, section: int) -> int:
        marked = bool(self._mark(section))
        used = 2 * SIDE + (MARK if marked else 0)
        if self._is_last(section):
            used += self.last_reserve
        return max(24, self.sectionSize(section) - used)

    def needed_width(self, section: int, *, lines: int = 1) -> int:
        """How wide a head must be so that its words fit in so many lines, none of them cut."""
        metrics = QFontMetrics(self.font_now())
        words = self.words(section).split() or [""]
        longest = max(metrics.horizontalAdvance(word) for word in words)
        whole = metrics.horizontalAdvance(self.words(section))
        width = longest
        while width < whole and self._lines(metrics, section, width) > lines:
            width += 6
        last = self._is_last(section)
        return width + 2 * SIDE + MARK + 4 + (self.last_reserve if last else 0)

    def _lines(self, metrics: QFontMetrics, section: int, width: int) -> int:
        box = metrics.boundingRect(
            QRect(0, 0, max(1, width), 10_000), Qt.TextFlag.TextWordWrap, self.words(section)
        )
        return max(1, round(box.height() / metrics.lineSpacing()))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font_now())
        lines = [
            self._lines(metrics, section, self._room(section))
            for section in range(self.count())
            if not self.isSectionHidden(section)
        ]
        high = min(LINES, max(lines, default=1)) * metrics.lineSpacing() + 2 * SIDE
        return QSize(super().sizeHint().width(), high)

    def _on_resized(self, _section: int, _old: int, _new: int) -> None:
        if self.sizeHint().height() != self.height():
            self.geometriesChanged.emit()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = theme.colours()
        painter.save()
        painter.fillRect(rect, QColor(colours.card))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight() + QPoint(0, 6), rect.bottomRight() - QPoint(0, 6))
        box = rect.adjusted(SIDE, 4, -SIDE, -4)
        if self._is_last(logicalIndex):
            box.setRight(box.right() - self.last_reserve)
        box.setRight(min(box.right(), self.uncovered()))
        mark = self._mark(logicalIndex)
        if mark:
            spot = QRect(box.right() - MARK + 2, box.center().y() - 6, 12, 12)
            painter.drawPixmap(
                spot, icons.pixmap(mark, colours.muted if mark == "lock" else colours.primary, 12)
            )
            box.setRight(box.right() - MARK - 2)
        side = self._model.headerData(logicalIndex, Qt.Orientation.Horizontal, Role.TextAlignmentRole)
        side = side if isinstance(side, Qt.AlignmentFlag) else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self.font_now())
        painter.setPen(QColor(colours.primary_dark if mark not in {"", "lock"} else colours.muted))
        flags = (side & Qt.AlignmentFlag.AlignHorizontal_Mask) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(flags) | int(Qt.TextFlag.TextWordWrap), self._fitting(logicalIndex, box))
        painter.restore()

    def uncovered(self) -> int:
        """The last pixel from the left that nothing covers."""
        return self.viewport().width() - self.last_reserve - 2

    def _fitting(self, section: int, box: QRect) -> str:
        """A head's words; what ends beneath the cover, scrolled sideways, says so by three dots."""
        words, metrics = self.words(section), QFontMetrics(self.font_now())
        if box.right() < self.uncovered():
            return words
        high = max(1, (box.height() + 2) // metrics.lineSpacing())
        longest = max((metrics.horizontalAdvance(word) for word in words.split()), default=0)
        if longest <= box.width() and self._lines(metrics, section, box.width()) <= high:
            return words
        return metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, box.width()))

    def _mark(self, section: int) -> str:
        if self._model.filter_of(section).active:
            return "funnel"
        if self.sortable and section == self.sortIndicatorSection():
            ascending = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            return "arrow-up" if ascending else "arrow-down"
        return "lock" if self._model.locked(section) else ""

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ContextMenu:
            spot = event.pos()  # type: ignore[attr-defined]  # a context menu event has a place
            section = self.logicalIndexAt(spot)
            if section >= 0:
                self.wanted.emit(section, self.viewport().mapToGlobal(spot))
                return True
        return super().viewportEvent(event)
