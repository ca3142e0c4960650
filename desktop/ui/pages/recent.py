"""A document used before, on the start screen: how far it is, where it lies, what to do where it is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QProgressBar, QPushButton, QSizePolicy

from desktop.base import Message, clock
from desktop.ui import icons, theme, widgets
from desktop.ui.ago import ago
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.dialogs.rescue import backups_of
from desktop.ui.session import Session
from desktop.ui.settings import Recent
from desktop.ui.speaker import Speech

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


MIDDLE_DOT = "\N{MIDDLE DOT}"


class Elided(QLabel):
    """One line that is cut in its middle where there is no room; the whole stands in its tooltip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", "muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.put(text)

    def put(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = QFontMetrics(self.font()).elidedText(
            self._whole, Qt.TextElideMode.ElideMiddle, max(0, self.width() - 2)
        )
        if room != self.text():
            self.setText(room)


class ElidedButton(QPushButton):
    """A button whose words give way at their end where there is no room."""

    def __init__(self, text: str, press: Callable[[], object]) -> None:
        super().__init__()
        self._whole = text
        self.setProperty("look", "quiet")
        icons.tie(self, lambda button: button.setIcon(icons.spaced("file-text", "primary", 16)))
        self.setIconSize(QSize(16 + icons.SPACE, 16))
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.clicked.connect(press)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self.iconSize().width() - 26
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room))


class RecentRow(QFrame):
    """One document; a press anywhere opens it."""

    def __init__(self, session: Session, window: MainWindow, recent: Recent) -> None:
        super().__init__()
        self._session, self._window, self.recent = session, window, recent
        self.path = Path(recent.path)
        self.missing = not self.path.is_file()
        self.setProperty("look", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = widgets.column(margins=(8, 8, 8, 8), spacing=2)
        self.setLayout(layout)
        layout.addLayout(self._head())
        if self.missing:
            layout.addLayout(self._gone())
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            layout.addLayout(self._below())

    def _head(self) -> QLayout:
        speaker = self._session.speaker
        name = self.recent.title or self.path.stem
        self.title = ElidedButton(name, self.open)
        forget = widgets.tool(speaker, Message("ui.start.forget", title=name), "x", self._forget)
        row = widgets.line(self.title, forget, spacing=8)
        row.setStretch(0, 1)
        return row

    def _chip(self, words: Speech, tone: str) -> QLabel:
        made = widgets.label(self._session.speaker, words)
        widgets.chip(made, tone)
        return made

    def _below(self) -> QLayout:
        speaker, recent = self._session.speaker, self.recent
        rows = widgets.column(spacing=5)
        rows.setContentsMargins(8, 0, 6, 2)
        facts = widgets.line(spacing=10)
        if recent.percent >= 0:
            bar = QProgressBar()
            bar.setTextVisible(False)
            bar.setRange(0, 100)
            bar.setValue(recent.percent)
            bar.setFixedSize(theme.grown(120), 8)
            done = Message("ui.start.percent", percent=recent.percent)
            widgets.call(speaker, bar, done)
            facts.addWidget(bar)
            facts.addWidget(widgets.label(speaker, done, "field"))
        if recent.mandatory >= 0:
            count = recent.mandatory
            words = Message("ui.start.mandatory", n=count) if count else Message("ui.start.no_mandatory")
            facts.addWidget(self._chip(words, "bad" if count else "good"))
        if recent.example:
            facts.addWidget(self._chip(Message("ui.start.example"), "info"))
        facts.addStretch(1)
        if facts.count() > 1:
            rows.addLayout(facts)
        about = Elided("")
        at = dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC)
        speaker.tie(about, Elided.put, partial(self._about, at))
        rows.addWidget(about)
        return rows

    def _about(self, at: dt.datetime) -> str:
        """Region, when it was changed, and where the file lies, in one line."""
        changed = self._session.say(Message("ui.start.changed", when=ago(at, clock.now())))
        said = [self.recent.region, changed, str(self.path.parent)]
        return f" {MIDDLE_DOT} ".join(each for each in said if each)

    def _gone(self) -> QLayout:
        speaker = self._session.speaker
        rows = widgets.column(spacing=4)
        rows.setContentsMargins(8, 0, 6, 2)
        saved = bool(backups_of(self._session, self.path))
        said = Message("ui.start.gone_saved" if saved else "ui.start.gone", folder=str(self.path.parent))
        text = widgets.label(speaker, said, "warn", wrap=True)
        rows.addLayout(widgets.line(widgets.picture("triangle-alert", "warn", 15), text, 1))
        find = widgets.button(speaker, Message("ui.start.find"), self._find, icon="search")
        buttons = widgets.line(find)
        if saved:
            restore = widgets.button(speaker, Message("ui.start.restore"), self.open, icon="archive-restore")
            buttons.addWidget(restore)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        return rows

    # -- what it does ---------------------------------------------------------------------------
    def open(self, _checked: bool = False) -> None:
        """Open the document, or its backups where it is gone."""
        self._window.open_path(self.path)

    def _forget(self) -> None:
        self._session.remember(recent=self._session.settings.without(self.recent.path).recent)
        self._window.start.refresh()

    def _find(self) -> None:
        kinds = Message("ui.files.workspaces")
        path = ask_open(self, self._session, Message("ui.start.find"), kinds, Purpose.DOCUMENTS)
        if path is not None:
            self._session.remember(recent=self._session.settings.without(self.recent.path).recent)
            self._window.open_path(path)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and not self.missing:
            self.open()
            return
        super().mouseReleaseEvent(event)
