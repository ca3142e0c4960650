"""A card that prints documents about what a page shows: in which language, what is under way, where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import Language, Message
from desktop.base.written import Decision, as_decided
from desktop.exchange.values import Option
from desktop.ui import theme, widgets
from desktop.ui.books_folder import books_folder
from desktop.ui.fields.box import language_name
from desktop.ui.fields.picking import PickEditor
from desktop.ui.flow import Flow
from desktop.ui.over import when_free
from desktop.ui.running import Runner
from desktop.ui.session import Session


class PrintCard(widgets.Card):
    """The language, the buttons of a subclass, and what came of them."""

    def __init__(self, session: Session, title: Message, note: Message) -> None:
        super().__init__(session.speaker, title, note)
        self._session = session
        speaker = session.speaker
        self.language = PickEditor(
            speaker, [Option(each.value, language_name(each)) for each in (session.source, session.second)]
        )
        widgets.call(speaker, self.language.inner, Message("ui.record.language"))
        self.language.show_value(session.source.value)
        self.language.setFixedWidth(theme.grown(200))
        self.runner = Runner(session)
        self._state = widgets.label(speaker, "", "good", wrap=True)
        self._state.hide()
        self.open = widgets.button(
            speaker, Message("ui.record.open"), self._open, icon="external-link", look="quiet"
        )
        self.open.hide()
        self.made: Path | None = None

    def lay_out(self, *buttons: QWidget) -> None:
        """The language and the buttons in a row, below them what is under way and what was made."""
        name = widgets.label(self._session.speaker, Message("ui.record.language"), "field")
        name.setBuddy(self.language.inner)
        self.add(Flow(name, self.language, *buttons))
        self.add(self.runner)
        self.add(widgets.line(self._state, 1, self.open))

    @property
    def chosen(self) -> Language:
        """The language that is chosen."""
        return Language(str(self.language.value() or self._session.source.value))

    def make(self, name: str, work: Callable[..., Any], *arguments: object) -> None:
        """Make a file of this name in the folder of the books: a job over a snapshot."""
        if self.runner.running:
            return

        target = books_folder(self._session) / name

        def begin(decision: Decision) -> None:
            place = decision.place(target)
            snapshot = self.runner.snapshot()
            self.runner.start(self._on_made, as_decided, decision, work, snapshot, place, *arguments)

        when_free(self, self._session, self.runner, [target], begin)

    def _on_made(self, made: Path | tuple[Path, int]) -> None:
        path = made if isinstance(made, Path) else made[0]
        self.made = path
        done = Message("ui.record.done", file=path.name, folder=path.parent.name)
        self._session.speaker.tie(self._state, QLabel.setText, done)
        self._state.show()
        self.open.show()

    def _open(self) -> None:
        if self.made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made)))
