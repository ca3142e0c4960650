"""The ways to begin, on the start screen: a new document, last year's lists, a file, the demo, the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.files import Purpose, ask_open_many
from desktop.ui.roles import Role
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.window import MainWindow


class WaysToBegin(QWidget):
    """Cards below each other; the desk's is there for the ministry alone."""

    def __init__(self, session: Session, window: MainWindow, new: Callable[[], object]) -> None:
        """``new`` asks for what a new document needs."""
        super().__init__()
        self._session, self._window = session, window
        column = widgets.column(spacing=10)
        self.setLayout(column)
        column.addWidget(widgets.label(session.speaker, Message("ui.start.begin"), "section"))
        self._desk = self._card(
            "clipboard-check",
            Message("ui.page.desk"),
            Message("ui.hint.desk"),
            partial(window.commands.run, "go-desk"),
        )
        column.addWidget(self._desk)
        name, note = Message("ui.start.new"), Message("ui.start.new.note")
        column.addWidget(self._card("file-plus", name, note, new, look="primary"))
        column.addWidget(self._drop_card())
        column.addWidget(self._more_card())
        column.addStretch(1)

    def refresh(self) -> None:
        """Offer what the person's role and the documents used before call for."""
        settings = self._session.settings
        self._desk.setVisible(Role.of(settings.role) is Role.MINISTRY)
        self._fresh.setVisible(any(each.example for each in settings.recent))

    def _card(
        self, icon: str, title: Message, note: Message, press: Callable[[], object], look: str = ""
    ) -> widgets.Card:
        speaker = self._session.speaker
        card = widgets.Card(speaker)
        words = widgets.column(spacing=2)
        words.addWidget(widgets.label(speaker, title, "section", wrap=True))
        words.addWidget(widgets.label(speaker, note, "muted", wrap=True))
        row = widgets.line(widgets.picture(icon, "primary", 24), spacing=12)
        row.addLayout(words, 1)
        named = widgets.button(speaker, Message("ui.start.begin_now"), press, look=look)
        widgets.call(speaker, named, title)
        row.addWidget(named)
        self.first = named
        card.add(row)
        return card

    def _drop_card(self) -> QWidget:
        """Where last year's lists go; any other file that is let go here is understood too."""
        speaker = self._session.speaker
        area = QFrame()
        area.setProperty("look", "dropzone")
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        box = widgets.column(margins=(18, 16, 18, 16), spacing=6)
        area.setLayout(box)
        head = widgets.line(widgets.picture("import", "primary", 24), spacing=12)
        words = widgets.column(spacing=2)
        words.addWidget(widgets.label(speaker, Message("ui.start.existing"), "section", wrap=True))
        words.addWidget(widgets.label(speaker, Message("ui.start.existing.note"), "muted", wrap=True))
        head.addLayout(words, 1)
        box.addLayout(head)
        choose = widgets.button(
            speaker, Message("ui.start.existing.choose"), self.choose_existing, icon="folder-open"
        )
        drop = widgets.label(speaker, Message("ui.start.existing.drop"), "muted", wrap=True)
        box.addLayout(widgets.line(drop, 1, choose))
        return area

    def _more_card(self) -> QWidget:
        speaker = self._session.speaker
        card = widgets.Card(speaker)
        for icon, title, note, press in (
            ("folder-open", Message("ui.start.open"), Message("ui.start.open.note"), self._open),
            ("eye", Message("ui.start.demo"), Message("ui.start.demo.note"), self._demo),
        ):
            made = widgets.button(speaker, title, press, icon=icon, look="quiet")
            made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            told = widgets.label(speaker, note, "muted", wrap=True)
            told.setContentsMargins(30, 0, 0, 0)
            pair = widgets.column(spacing=0)
            pair.addWidget(made)
            pair.addWidget(told)
            card.add(pair)
        self._fresh = widgets.button(speaker, Message("ui.start.demo.fresh"), self._fresh_demo, look="quiet")
        self._fresh.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = widgets.line(self._fresh, 1)
        row.setContentsMargins(22, 0, 0, 0)
        card.add(row)
        return card

    def _open(self) -> None:
        self._window.commands.run("open")

    def choose_existing(self) -> None:
        """Ask for last year's list and begin a document with it."""
        title, kinds = Message("ui.start.existing.choose"), Message("ui.files.tables")
        self._window.receive(ask_open_many(self, self._session, title, kinds, Purpose.IMPORTS))

    def _demo(self) -> None:
        from desktop.ui.dialogs.demo import open_demo

        open_demo(self._window, self._session)

    def _fresh_demo(self) -> None:
        from desktop.ui.dialogs.demo import fresh_demo

        fresh_demo(self._window, self._session)
