"""Layouts that give way before anything is cut: tools go on to a further line, pairs below each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QSizePolicy,
    QSpacerItem,
    QWidget,
    QWidgetItem,
)

from desktop.ui import theme

NARROW = 600
"""Below this width, in pixels of 100 % text, what is a pair stands below each other."""

LEFT = 360
"""The least width, in pixels of 100 % text, that is left to what has something at its side."""
_ANY = (1 << 24) - 1
"""Qt's own bound of any width."""

HINTED = 46
"""Pixels a line of text needs beside its hint: padding and the icon before it."""


class Flow(QLayout):
    """Widgets beside each other, on as many lines as they need; a number is a spring.

    What is told to grow is at least as wide as its minimum and takes the room its line leaves.
    """

    def __init__(self, *parts: QWidget | int, spacing: int = theme.GAP) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._growing: set[QWidget] = set()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        for part in parts:
            if isinstance(part, int):
                self.addStretch()
            else:
                self.addWidget(part)

    # -- filling --------------------------------------------------------------------------------
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def addStretch(self) -> None:
        """A spring: what follows on its line stands at the right."""
        self._items.append(QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum))

    def insertWidget(self, place: int, widget: QWidget) -> None:
        """Put a widget before the one at a place."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
        self.invalidate()

    def grow(self, *widgets: QWidget) -> None:
        """Let these take the room their line leaves."""
        self._growing.update(widgets)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    # -- sizes ----------------------------------------------------------------------------------
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [max(_height(each) for each in line) for line in self._lines(width)]
        return sum(heights) + self.spacing() * max(0, len(heights) - 1)

    def sizeHint(self) -> QSize:
        shown = list(self._shown())
        wide = sum(self._least(each) for each in shown) + self.spacing() * max(0, len(shown) - 1)
        return QSize(wide, max((_height(each) for each in shown), default=0))

    def minimumSize(self) -> QSize:
        shown = list(self._shown())
        return QSize(
            max((self._least(each) for each in shown), default=0),
            max((_height(each) for each in shown), default=0),
        )

    def _shown(self) -> Iterator[QLayoutItem]:
        return (each for each in self._items if each.widget() is not None and not each.isEmpty())

    def _least(self, item: QLayoutItem) -> int:
        widget = item.widget()
        if widget in self._growing:
            least = item.minimumSize().width()
            if isinstance(widget, QLineEdit):
                # what it asks for can be read while it is empty
                hint = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
                least = max(least, min(hint + HINTED, widget.maximumWidth()))
            return least
        return min(item.sizeHint().expandedTo(item.minimumSize()).width(), item.maximumSize().width())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """The lines; a spring stays with what follows it."""
        lines: list[list[QLayoutItem]] = []
        line: list[QLayoutItem] = []
        springs: list[QLayoutItem] = []
        used = 0
        for item in self._items:
            if item.widget() is None:
                springs.append(item)
                continue
            if item.isEmpty():
                continue
            wide = self._least(item)
            if used and used + self.spacing() + wide > width:
                lines.append(line)
                line, used = [], 0
            line += [*springs, item]
            springs = []
            used += wide + (self.spacing() if used else 0)
        return [*lines, line] if line else lines

    # -- placing --------------------------------------------------------------------------------
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            high = max(_height(each) for each in line)
            self._place(line, QRect(rect.left(), top, rect.width(), high))
            top += high + self.spacing()

    def _place(self, line: list[QLayoutItem], room: QRect) -> None:
        shown = [each for each in line if each.widget() is not None]
        wides = {id(each): min(self._least(each), room.width()) for each in shown}
        spare = room.width() - sum(wides.values()) - self.spacing() * (len(shown) - 1)
        growing = [each for each in shown if each.widget() in self._growing]
        for left, each in zip(range(len(growing), 0, -1), growing, strict=True):
            more = min(spare // left, each.maximumSize().width() - wides[id(each)])
            wides[id(each)] += max(0, more)
            spare -= max(0, more)
        springs = len(line) - len(shown)
        at = room.left()
        for each in line:
            if each.widget() is None:
                at += spare // springs
                continue
            wide, high = wides[id(each)], min(_height(each), room.height())
            each.setGeometry(QRect(at, room.top() + (room.height() - high) // 2, wide, high))
            at += wide + self.spacing()


def _height(item: QLayoutItem) -> int:
    return item.sizeHint().expandedTo(item.minimumSize()).height() if item.widget() is not None else 0


class Tall(QWidget):
    """As high as its wrapped texts need, also where what holds it (tabs) does not ask for that."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._stand()
        return done

    def _stand(self) -> None:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))


def _widest(row: QBoxLayout) -> int:
    items = [item for place in range(row.count()) if (item := row.itemAt(place)) is not None]
    return max((item.minimumSize().width() for item in items), default=0)


class Aside(QWidget):
    """Something, and at its right what goes with it where there is room for both; else that stands below."""

    def __init__(self, main: QWidget, side: QWidget, wide: Callable[[], int]) -> None:
        """``wide`` says how wide the side is while it stands beside."""
        super().__init__()
        self._side, self._wide = side, wide
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.PAD)
        self._row.addWidget(main, 1)
        self._row.addWidget(side)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of the two: below each other they always fit."""
        return QSize(_widest(self._row), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # letters of another size
            self._stand()
        return done

    def _stand(self) -> None:
        wide = self._wide()
        beside = self.width() - wide >= theme.grown(LEFT)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._side.setMinimumWidth(wide if beside else 0)
        self._side.setMaximumWidth(wide if beside else _ANY)
        if self._row.direction() != way:
            self._row.setDirection(way)


class Pair(QWidget):
    """Fields beside each other where there is room, else below each other."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(14)
        for part in parts:
            self.add(part)

    def add(self, part: QWidget) -> None:
        """Add a field."""
        self.row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)

    def count(self) -> int:
        """How many fields it holds."""
        return self.row.count()

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest field: below each other they always fit."""
        return QSize(_widest(self.row), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.grown(NARROW)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self.row.direction() != way:
            self.row.setDirection(way)
            self.updateGeometry()
