"""Choosing one of the 514 regions by typing: name, code or province; arrows move, Enter takes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import inside, theme, widgets
from desktop.ui.fading import fade
from desktop.ui.session import Session
from desktop.workspace.regions import RegionEntry, region_named, search

_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class RegionPicker(QWidget):
    """A line to type in and the regions that fit; the keyboard never has to leave the line."""

    changed = Signal()
    taken = Signal()
    """Enter was pressed on a region: the person goes on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        speaker = session.speaker
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        self.search = QLineEdit()
        inside.clearing(speaker, self.search)
        self.search.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        inside.mark(self.search, "search")
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.new.region.search"))
        widgets.call(speaker, self.search, Message("ui.new.region.search"))
        self.list = QListWidget()
        fade(self.list)
        self.list.setUniformItemSizes(True)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        widgets.call(speaker, self.list, Message("ui.new.region"))
        self.found = widgets.label(speaker, "", "muted", wrap=True)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.found)
        self._typing = QTimer(self, singleShot=True, interval=60)
        self._typing.timeout.connect(self.show_found)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.installEventFilter(self)
        self.list.currentItemChanged.connect(lambda *_: self.changed.emit())
        self.list.itemActivated.connect(lambda _item: self.taken.emit())
        self.setFocusProxy(self.search)
        session.look_changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        """Four regions are seen at least, whatever the size of the letters."""
        self.setMinimumHeight(theme.grown(215))

    @property
    def region(self) -> RegionEntry | None:
        """The region chosen."""
        row = self.list.currentRow()
        chosen: RegionEntry | None = self.list.item(row).data(Qt.ItemDataRole.UserRole) if row >= 0 else None
        return chosen

    def show_found(self) -> None:
        """Show the regions that fit what is typed; the likeliest is chosen."""
        self._typing.stop()
        text = self.search.text()
        found = search(text)
        chosen = self.region
        self.list.blockSignals(True)
        self.list.clear()
        for each in found:
            item = QListWidgetItem(f"{each.name} \N{MIDDLE DOT} {each.province} \N{MIDDLE DOT} {each.code}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        if text.strip() and found:
            self.list.setCurrentRow(found.index(chosen) if chosen in found else 0)
        self.list.blockSignals(False)
        told = Message("ui.new.region.found", n=len(found)) if found else Message("ui.new.region.none")
        self._session.speaker.tie(self.found, type(self.found).setText, told)
        self.changed.emit()

    def choose(self, code: str) -> bool:
        """Choose a region by its code; whether there is one."""
        entry = region_named(code)
        if entry is None:
            return False
        self.look_for(entry.name)
        return self.region == entry

    def look_for(self, words: str) -> None:
        """Type these words."""
        self.search.setText(words)
        self.show_found()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list and Enter takes, while typing goes on in the line."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _MOVES and self.list.count():
                row = self.list.currentRow() + _MOVES[key]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._typing.isActive():
                    self.show_found()
                if self.region is not None:
                    self.taken.emit()
                return True
        return super().eventFilter(watched, event)
