"""Lists of long names that end below a row, never within one, and show every name to its end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QHeaderView,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
)

from desktop.ui import theme
from desktop.ui.fading import fade

AROUND = 6
"""Pixels above and below the words of a row, at 100 %."""
PADDING = 16
"""Pixels at both sides of a row, as resources/style/window.qss says."""


class ToTheEnd(QStyledItemDelegate):
    """Rows as high as their names need: Qt forgets how wide a tick and the style's padding are."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of a row within the list's width."""
        taken = PADDING
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            shown = option.widget
            style, metric = shown.style(), QStyle.PixelMetric
            taken += style.pixelMetric(metric.PM_IndicatorWidth, option, shown)
            taken += 2 * (style.pixelMetric(metric.PM_FocusFrameHMargin, option, shown) + 1)
        beside = QStyleOptionViewItem(option)
        beside.rect = option.rect.adjusted(0, 0, -taken, 0)
        return super().sizeHint(beside, index)


def wrapping(shown: QListWidget) -> None:
    """Let a list wrap what stands in it, each row to its end, and never scroll sideways."""
    shown.setWordWrap(True)
    shown.setItemDelegate(ToTheEnd(shown))
    fade(shown)
    shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


class WrappedLines(QStyledItemDelegate):
    """Lines as high as their sentences need: a tree itself wraps only into the height of one line."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        tree.header().sectionResized.connect(lambda *_: tree.scheduleDelayedItemsLayout())

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option  # its place is not known yet
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        beside = theme.grown(14)
        if index.data(Qt.ItemDataRole.DecorationRole) is not None:
            beside += self._tree.iconSize().width() if self._tree.iconSize().isValid() else theme.grown(22)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            beside += theme.grown(22)
        room = self._tree.columnWidth(0) - depth * self._tree.indentation() - beside
        font = index.data(Qt.ItemDataRole.FontRole)
        metrics = QFontMetrics(font) if isinstance(font, QFont) else self._tree.fontMetrics()
        words = metrics.boundingRect(
            QRect(0, 0, max(room, 1), 0), Qt.TextFlag.TextWordWrap, str(index.data() or "")
        )
        # what a tree says of its height it has wrapped at a width that is not the column's
        return QSize(max(room, 1), words.height() + 2 * theme.grown(AROUND))


def wrapping_tree(tree: QTreeWidget) -> None:
    """The same for a tree of one column."""
    tree.setWordWrap(True)
    tree.setUniformRowHeights(False)
    tree.setItemDelegate(WrappedLines(tree))
    fade(tree)
    tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def heights(shown: QListWidget) -> list[int]:
    """How high the list is that shows one row whole, two rows, and so on."""
    # else they are those of the width before, for a tenth of a second
    shown.doItemsLayout()
    edge = 2 * shown.frameWidth()
    rows = [shown.visualItemRect(shown.item(row)) for row in range(shown.count())]
    return [row.bottom() + 1 - rows[0].top() + edge for row in rows]


def fitting(each: Sequence[int], least: int, room: int) -> int:
    """Of a list's heights the largest within ``room``, but none below the smallest that reaches ``least``."""
    fewest = next((one for one in each if one >= least), each[-1] if each else least)
    return max(fewest, max((one for one in each if one <= room), default=0))
