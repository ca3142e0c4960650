"""The command palette (Ctrl+K): type a few letters of a command, a page or a programme, press Enter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.journey import Stop
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Entry:
    """Something the palette can do."""

    title: str
    kind: str
    run: Callable[[], object]


class Palette(QDialog):
    """A search line over a list of entries."""

    def __init__(self, session: Session, entries: list[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self._entries = entries
        self.picked: Entry | None = None
        self.setWindowTitle(session.say(Message("ui.palette.title")))
        self.resize(560, 420)
        layout = widgets.column(margins=(14, 14, 14, 14))
        self.setLayout(layout)
        self.search = QLineEdit()
        session.speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.palette.search"))
        widgets.call(session.speaker, self.search, Message("ui.palette.search"))
        self.list = QListWidget()
        widgets.call(session.speaker, self.list, Message("ui.palette.results"))
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.search.returnPressed.connect(self._take)
        self.list.itemActivated.connect(self._take)
        self._filter("")

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self.list.clear()
        for entry in self._entries:
            hay = f"{entry.title} {entry.kind}".casefold()
            if all(word in hay for word in words):
                item = QListWidgetItem(f"{entry.title}    \N{MIDDLE DOT} {entry.kind}")
                item.setData(Qt.ItemDataRole.UserRole, entry)
                self.list.addItem(item)
        self.list.setCurrentRow(0)

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.picked = item.data(Qt.ItemDataRole.UserRole)
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                row = self.list.currentRow() + step
                self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))
                return True
        return super().eventFilter(watched, event)


def open_palette(window: MainWindow) -> None:
    """Let the person type what they want, and do it."""
    session = window.session
    window.refresh_commands()
    entries = [
        Entry(
            window.commands.name(command.id),
            session.say(Message("ui.palette.command")),
            partial(command.run, window),
        )
        for command in window.commands.offered()
        if command.when(window) and command.id != "palette"
    ]
    if window.workbench is not None:
        bench = window.workbench
        for stop in bench.journey.stops:
            title = session.say(bench.journey.title(stop))
            entries.append(Entry(title, session.say(Message("ui.palette.page")), partial(bench.visit, stop)))
        for programme in session.plan.programmes:
            title = programme.title.read(session.speaker.language)
            there = Stop("programmes", programme.id)
            entries.append(
                Entry(title, session.say(Message("ui.palette.programme")), partial(bench.visit, there))
            )
    dialog = Palette(session, entries, window)
    if dialog.exec() and dialog.picked is not None:
        dialog.picked.run()
