"""The pages of a file beside the page that is read, small, drawn when they come into view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)  # fmt: skip
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import LATER, Darkroom, Errand, Table
from desktop.ui.viewer.papers import Paper

EDGE = 96
"""Pixels of the longer side of a small page."""
Index = QModelIndex | QPersistentModelIndex


class Pages(QAbstractListModel):
    """One row for each page."""

    def __init__(self, session: Session, table: Table | None) -> None:
        super().__init__()
        self._session = session
        self._table = table
        self._paper: Paper | None = None
        self._drawn: dict[int, QPixmap] = {}
        self._asked: dict[int, Errand] = {}

    def show_paper(self, paper: Paper | None) -> None:
        """Show another file."""
        self.beginResetModel()
        for errand in self._asked.values():
            errand.give_up()
        self._paper, self._drawn, self._asked = paper, {}, {}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() or self._paper is None else len(self._paper.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(index.row() + 1)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = Message("ui.preview.page", page=index.row() + 1, pages=self.rowCount())
                return self._session.say(said)
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(index.row())
        return None

    def _picture(self, page: int) -> QPixmap | None:
        paper = self._paper
        if paper is not None and page not in self._drawn and page not in self._asked:
            scale = 2 * EDGE / max(*paper.sizes[page], 1.0)
            self._asked[page] = Darkroom.of(self._session).ask(
                self,
                lambda: paper.draw(page, scale, 0),
                lambda image: self._keep(page, image),
                urgency=LATER,
                table=self._table,
            )
        return self._drawn.get(page)

    def _keep(self, page: int, image: Any) -> None:
        self._asked.pop(page, None)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(2.0)
        self._drawn[page] = picture
        here = self.index(page)
        self.dataChanged.emit(here, here)


class PagePainter(QStyledItemDelegate):
    """Paints a small page with its number below; the page that is read has a frame."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(EDGE + 20, EDGE + theme.grown(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours, box = theme.colours(), option.rect
        painter.save()
        picture = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(picture, QPixmap):
            place = QRect(QPoint(0, 0), picture.deviceIndependentSize().toSize())
            place.moveCenter(QPoint(box.center().x(), box.top() + 4 + EDGE // 2))
            painter.drawPixmap(place, picture)
            read = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setPen(QPen(QColor(colours.primary if read else colours.line), 3 if read else 1))
            painter.drawRect(place.adjusted(-1, -1, 1, 1))
        painter.setPen(QColor(colours.text))
        below = box.adjusted(0, EDGE + 6, 0, 0)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(index.row() + 1)
        )
        painter.restore()


class Strip(QListView):
    """Small pages one below the other; choosing one turns to it."""

    turned_to = Signal(int)

    def __init__(self, session: Session, table: Table | None) -> None:
        """``table`` is where its pages are drawn."""
        super().__init__()
        self.pages = Pages(session, table)
        self.setModel(self.pages)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setItemDelegate(PagePainter(self))
        self.setFixedWidth(EDGE + 46)
        widgets.call(session.speaker, self, Message("ui.viewer.strip"))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.turned_to.emit(now.row()))

    def point_at(self, page: int) -> None:
        """Mark the page that is read."""
        if self.currentIndex().row() != page:
            blocked = self.blockSignals(True)
            self.selectionModel().blockSignals(True)
            self.setCurrentIndex(self.pages.index(page))
            self.selectionModel().blockSignals(False)
            self.blockSignals(blocked)
            self.viewport().update()
