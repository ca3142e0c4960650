"""The shelf of a reviewer: several regions at a glance, read beside the window and never opened for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy, QWidget

from desktop.base import Message, clock
from desktop.exchange.shelf import Shelved, documents_in, moment_of, shelve
from desktop.ui import theme, widgets
from desktop.ui.ago import ago
from desktop.ui.dialogs.files import ask_folder
from desktop.ui.flow import Flow
from desktop.ui.pages.recent import MIDDLE_DOT, Elided, ElidedButton
from desktop.ui.roles import REVIEWERS, Role
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.settings import Purpose

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


def has_shelf(session: Session) -> bool:
    """Whether this person works with a shelf: they review, or chose a folder for one."""
    return Role.of(session.settings.role) in REVIEWERS or bool(session.settings.shelf)


class Shelf(QWidget):
    """The documents used before and those of a folder, those with news first."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self._session, self._window = session, window
        speaker = session.speaker
        box = widgets.column(spacing=10)
        self.setLayout(box)
        self.folder = widgets.button(speaker, Message("ui.shelf.choose"), self.choose, icon="folder-open")
        self.again = widgets.button(
            speaker, Message("ui.shelf.again"), self.read, icon="rotate-cw", look="quiet"
        )
        self.where = Elided("")
        box.addLayout(widgets.line(self.folder, self.again, 1))
        box.addWidget(self.where)
        self.runner = Runner(session)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.read)
        box.addWidget(self.runner)
        self._rows = widgets.column(spacing=10)
        box.addLayout(self._rows)
        self.rows: list[ShelfRow] = []

    def paths(self) -> list[Path]:
        """What stands on the shelf."""
        settings = self._session.settings
        recent = [Path(each.path) for each in settings.recent if Path(each.path).is_file()]
        folder = documents_in(Path(settings.shelf)) if settings.shelf else []
        return list(dict.fromkeys([*recent, *folder]))

    def read_soon(self) -> None:
        """The same in a turn of its own: what a document just left began is stopped before."""
        self._soon.start()

    def read(self) -> None:
        """Look at all of them anew, in a process of their own."""
        settings = self._session.settings
        self.where.put(settings.shelf)
        self.where.setVisible(bool(settings.shelf))
        paths = self.paths()
        if not paths:
            self.show_all([])
        elif not self.runner.running:
            seen, visited = dict(settings.seen), dict(settings.visited)
            self.runner.start(self.show_all, shelve, paths, seen, visited, settings.name)

    def show_all(self, found: list[Shelved]) -> None:
        """Show what was found."""
        widgets.empty(self._rows)
        self.rows = [ShelfRow(self._session, self._window, each) for each in found]
        for row in self.rows:
            self._rows.addWidget(row)
        if not found:
            none = Message("ui.shelf.none")
            self._rows.addWidget(widgets.label(self._session.speaker, none, "muted", wrap=True))

    def choose(self) -> None:
        """Ask for the folder with the regions."""
        folder = ask_folder(self, self._session, Message("ui.shelf.choose"), Purpose.DOCUMENTS)
        if folder is not None:
            self._session.remember(shelf=str(folder))
            self.read()


class ShelfRow(QFrame):
    """One region; a press anywhere opens its document."""

    def __init__(self, session: Session, window: MainWindow, shelved: Shelved) -> None:
        super().__init__()
        self._session, self._window, self.shelved = session, window, shelved
        self.setProperty("look", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        box = widgets.column(margins=(8, 8, 8, 8), spacing=4)
        self.setLayout(box)
        self.title = ElidedButton(shelved.region or shelved.path.stem, partial(self.open))
        box.addWidget(self.title)
        inside = widgets.column(spacing=5)
        inside.setContentsMargins(8, 0, 6, 2)
        box.addLayout(inside)
        if shelved.problem is not None:
            inside.addWidget(widgets.label(session.speaker, shelved.problem, "warn", wrap=True))
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            inside.addLayout(self._facts())
        about = Elided("")
        session.speaker.tie(about, Elided.put, self._about)
        inside.addWidget(about)

    def _facts(self) -> Flow:
        speaker, shelved = self._session.speaker, self.shelved
        parts: list[QWidget] = []
        if shelved.percent >= 0:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, 100)
            bar.setValue(shelved.percent)
            bar.setFixedSize(theme.grown(110), 8)
            done = Message("ui.start.percent", percent=shelved.percent)
            widgets.call(speaker, bar, done)
            parts += [bar, widgets.label(speaker, done, "field")]
        for count, words, tone in (
            (shelved.changes, Message("ui.shelf.changes", n=shelved.changes), "info"),
            (shelved.remarks, Message("ui.shelf.notes", n=shelved.remarks), "warn"),
            (shelved.suggestions, Message("ui.shelf.suggestions", n=shelved.suggestions), "warn"),
        ):
            if count:
                parts.append(self._chip(words, tone))
        if not shelved.changes:
            parts.append(self._chip(Message("ui.shelf.nothing_new"), "good"))
        return Flow(*parts, spacing=8)

    def _chip(self, words: Message, tone: str) -> QLabel:
        made = widgets.label(self._session.speaker, words)
        widgets.chip(made, tone)
        return made

    def _about(self) -> str:
        """Title, when this person was here last, and which file it is, in one line."""
        say, shelved, now = self._session.say, self.shelved, clock.now()
        visited = moment_of(shelved.visited)
        was = Message("ui.shelf.visited", when=ago(visited, now)) if visited else Message("ui.shelf.never")
        said = [shelved.title, say(was), str(shelved.path)]
        return f" {MIDDLE_DOT} ".join(each for each in said if each)

    def open(self, _checked: bool = False) -> None:
        """Open the document."""
        self._window.open_path(self.shelved.path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.shelved.problem is None:
            self.open()
            return
        super().mouseReleaseEvent(event)
