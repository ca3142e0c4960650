"""The start screen: a new document, one that exists, one used before, or the demo region."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.dialogs.rescue import backups_of
from desktop.ui.pages.new_document import NewDocument
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class StartPage(QScrollArea):
    """Choices as cards; *new* opens its own form in place."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__()
        self._session = session
        self._window = window
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setProperty("look", "page")
        outer = QVBoxLayout(inside)
        outer.setContentsMargins(40, 34, 40, 30)
        outer.setSpacing(18)
        speaker = session.speaker
        top = widgets.line(spacing=4)
        words = widgets.column(spacing=2)
        words.addWidget(widgets.label(speaker, "Rancang", "figure"))
        words.addWidget(widgets.label(speaker, Message("ui.start.purpose"), "purpose", wrap=True))
        top.addLayout(words, 1)
        for code, name in (("id", Message("ui.language.id")), ("en", Message("ui.language.en"))):
            made = widgets.button(
                speaker, name, partial(window.commands.run, f"language-{code}"), look="quiet"
            )
            top.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(top)
        self.sides = QStackedWidget()
        self.new = NewDocument(session, self._back)
        self.sides.addWidget(self._choices())
        self.sides.addWidget(self.new)
        outer.addWidget(self.sides, 1)
        self.setWidget(inside)
        self.refresh()

    def _choices(self) -> QWidget:
        speaker = self._session.speaker
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.PAD)
        entries = (
            (Message("ui.start.new"), Message("ui.start.new.note"), "file-plus", self.show_new, "primary"),
            (Message("ui.start.open"), Message("ui.start.open.note"), "folder-open", self._open, ""),
            (Message("ui.start.demo"), Message("ui.start.demo.note"), "eye", self._demo, ""),
        )
        for column, (title, note, icon, press, look) in enumerate(entries):
            card = widgets.Card(speaker)
            card.add(widgets.picture(icon, "primary", 26))
            card.add(widgets.label(speaker, title, "section"))
            card.add(widgets.label(speaker, note, "muted", wrap=True))
            card.body.addStretch(1)
            card.add(widgets.button(speaker, title, press, look=look))
            grid.addWidget(card, 0, column)
        recent = widgets.Card(speaker, Message("ui.start.recent"))
        self._recent = widgets.column(spacing=2)
        recent.add(self._recent)
        recent.body.addStretch(1)
        grid.addWidget(recent, 1, 0, 1, 3)
        grid.setRowStretch(1, 1)
        return made

    def refresh(self) -> None:
        """Show what was used before."""
        widgets.empty(self._recent)
        speaker = self._session.speaker
        # A file that is gone is offered as long as its backups can take its place.
        known = [
            each
            for each in self._session.settings.recent
            if Path(each.path).is_file() or backups_of(self._session, Path(each.path))
        ]
        if not known:
            self._recent.addWidget(widgets.label(speaker, Message("ui.start.no_recent"), "muted", wrap=True))
        for each in known:
            press = widgets.button(
                speaker,
                each.title or Path(each.path).stem,
                partial(self._window.open_path, Path(each.path)),
                icon="file-text",
                look="quiet",
            )
            where = widgets.label(speaker, each.path, "muted")
            self._recent.addLayout(widgets.line(press, where, 1))
        self.sides.setCurrentIndex(0)

    def show_new(self) -> None:
        """Ask for region, years, guideline and person."""
        if self._session.is_open:
            self._session.leave()
        self.new.prepare()
        self.sides.setCurrentIndex(1)
        self.new.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        self.sides.setCurrentIndex(0)

    def _open(self) -> None:
        self._window.commands.run("open")

    def _demo(self) -> None:
        from desktop.ui.dialogs.demo import open_demo

        open_demo(self._window, self._session)
