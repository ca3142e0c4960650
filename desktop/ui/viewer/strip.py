"""The pages of a file beside the page that is read, small, drawn when they come into view."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QListView

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import LATER, Darkroom, Errand
from desktop.ui.viewer.papers import Paper

EDGE = 96
"""Pixels of the longer side of a small page."""
Index = QModelIndex | QPersistentModelIndex


class Pages(QAbstractListModel):
    """One row for each page."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
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
                self, lambda: paper.draw(page, scale, 0), lambda image: self._keep(page, image), urgency=LATER
            )
        return self._drawn.get(page)

    def _keep(self, page: int, image: Any) -> None:
        self._asked.pop(page, None)
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(2.0)
        self._drawn[page] = picture
        here = self.index(page)
        self.dataChanged.emit(here, here)


class Strip(QListView):
    """Small pages one below the other; choosing one turns to it."""

    turned_to = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.pages = Pages(session)
        self.setModel(self.pages)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(EDGE, EDGE))
        self.setGridSize(QSize(EDGE + 24, EDGE + theme.grown(30)))
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
