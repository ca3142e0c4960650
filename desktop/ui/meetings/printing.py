"""The record of a meeting and its list to be signed, printed in a process of their own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from desktop.base import Language, Message
from desktop.books.record import WORD, Kind, file_name, write_record
from desktop.exchange.values import Option
from desktop.ui import theme, widgets
from desktop.ui.books_folder import books_folder
from desktop.ui.fields.box import language_name
from desktop.ui.fields.picking import PickEditor
from desktop.ui.flow import Flow
from desktop.ui.running import Runner
from desktop.ui.session import Session


class RecordCard(widgets.Card):
    """Two things to print about one meeting, in one of the languages of the document."""

    def __init__(self, session: Session, meeting: str) -> None:
        super().__init__(session.speaker, Message("ui.record.title"), Message("ui.record.note"))
        self._session, self.meeting = session, meeting
        speaker = session.speaker
        self.language = PickEditor(
            speaker, [Option(each.value, language_name(each)) for each in (session.source, session.second)]
        )
        widgets.call(speaker, self.language.inner, Message("ui.record.language"))
        self.language.show_value(session.source.value)
        name = widgets.label(speaker, Message("ui.record.language"), "field")
        name.setBuddy(self.language.inner)
        self.record = widgets.button(
            speaker, Message("ui.record.print"), lambda: self.print("record"), icon="printer"
        )
        self.list = widgets.button(
            speaker, Message("ui.record.print_list"), lambda: self.print("attendance"), icon="printer"
        )
        self.word = widgets.button(
            speaker,
            Message("ui.record.word"),
            lambda: self.print("record", WORD),
            icon="file-text",
            look="quiet",
        )
        self.language.setFixedWidth(theme.grown(200))
        self.add(Flow(name, self.language, self.record, self.word, self.list))
        self.runner = Runner(session)
        self.add(self.runner)
        self._state = widgets.label(speaker, "", "good", wrap=True)
        self._state.hide()
        self.open = widgets.button(
            speaker, Message("ui.record.open"), self._open, icon="external-link", look="quiet"
        )
        self.open.hide()
        self.add(widgets.line(self._state, 1, self.open))
        self.made: Path | None = None

    def print(self, kind: Kind, suffix: str = ".pdf") -> None:
        """Print the record, or the list to be signed; for Word instead of as a PDF where asked."""
        if self.runner.running:
            return
        session = self._session
        language = Language(str(self.language.value() or session.source.value))

        def begin() -> None:
            snapshot = self.runner.snapshot()
            name = file_name(session.plan, self.meeting, kind, language, suffix)
            target = books_folder(session) / name
            self.runner.start(
                self._on_printed, write_record, snapshot, target, self.meeting, language.value, kind
            )

        session.attempt(begin)

    def _on_printed(self, made: tuple[Path, int]) -> None:
        self.made = made[0]
        done = Message("ui.record.done", file=made[0].name, folder=made[0].parent.name)
        self._session.speaker.tie(self._state, QLabel.setText, done)
        self._state.show()
        self.open.show()

    def _open(self) -> None:
        if self.made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made)))
