"""The list of nomenclature codes at hand: unpacked beside the window, then searched at every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.exchange.code_lists import codes_at_hand
from desktop.ui import theme
from desktop.ui.beside import Beside
from desktop.workspace.nomenclature import NO_CODES, CodeList, Entry

if TYPE_CHECKING:
    from desktop.ui.session import Session

SHOWN = 30
"""Codes offered at once; who needs more types one more word."""


class CodesAtHand(QObject):
    """The region's own list, else the guideline's samples; a new list is made ready in a thread."""

    changed = Signal()
    """Another list is ready."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._beside = Beside(self)
        self._ready: CodeList = NO_CODES
        self._coming: CodeList | None = None
        session.opened.connect(self.follow)
        session.changed.connect(lambda _changes: self.follow())
        session.moved.connect(self.follow)
        session.closed.connect(self._forget)
        self.follow()

    def _forget(self) -> None:
        self._beside.stop()
        self._ready, self._coming = NO_CODES, None

    def follow(self) -> None:
        """Make the list ready that the plan has now, unless it is already."""
        if not self._session.is_open:
            return
        wanted = codes_at_hand(self._session.plan, self._session.pack)
        if wanted is self._ready or wanted is self._coming:
            return
        self._coming = wanted
        self._beside.start(lambda _report: wanted.prepare(), self._take, _nothing, _nothing)

    def _take(self, codes: CodeList) -> None:
        self._ready, self._coming = codes, None
        self.changed.emit()

    def finish(self) -> None:
        """Wait until the list is ready: for who cannot go on without it."""
        if self._coming is not None:
            wanted = self._coming.prepare()
            self._beside.stop()
            self._take(wanted)

    @property
    def list(self) -> CodeList:
        """The list that is ready now; for the first moments after opening it is empty."""
        return self._ready

    def search(self, typed: str, level: str = "") -> tuple[Entry, ...]:
        """What was found for what is typed."""
        return self._ready.search(typed, level, SHOWN)


class CodeCompleter(QCompleter):
    """Offers codes below a line while somebody types a part of a code or words of its title."""

    def __init__(self, session: Session, line: QLineEdit, level: str = "") -> None:
        super().__init__(line)
        self._codes = session.codes
        self._level = level
        self._found = QStandardItemModel(0, 1, self)
        self.setModel(self._found)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(10)
        self.setWidget(line)
        self._line = line
        line.textEdited.connect(self.offer)
        self.activated.connect(self._take)

    def offer(self, typed: str) -> None:
        """Show what fits; nothing is shown for what is a code of the list already."""
        found = self._codes.search(typed, self._level) if typed.strip() else ()
        popup = self.popup()
        if not found or (len(found) == 1 and found[0].code == typed.strip()):
            if popup is not None:
                popup.hide()
            return
        self._found.clear()
        for entry in found:
            item = QStandardItem(f"{entry.code}   {entry.title}")
            item.setData(entry.code, Qt.ItemDataRole.UserRole)
            item.setToolTip(entry.title)
            self._found.appendRow(item)
        if popup is not None:
            popup.setTextElideMode(Qt.TextElideMode.ElideRight)
            popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room = self._line.rect()
        room.setWidth(max(room.width(), theme.grown(460)))
        self.complete(room)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What is written into the line: the code alone."""
        return str(index.data(Qt.ItemDataRole.UserRole) or "")

    def _take(self, code: str) -> None:
        self._line.setText(code)
        self._line.setModified(True)
        popup = self.popup()
        if popup is not None:
            popup.hide()


def _nothing(*_: object) -> None:
    """Unpacking cannot fail in a way that somebody should read: broken bytes are an empty list."""
