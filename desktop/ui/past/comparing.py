"""Two states of the document compared on paper: an older file or a past day, against now or a later day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.books.revisions import file_name
from desktop.cli.revisions import Wanted, write_comparison
from desktop.exchange.values import NotUnderstood
from desktop.ui import theme, widgets
from desktop.ui.dialogs.files import Purpose, ask_open
from desktop.ui.fields.editors import DateEditor
from desktop.ui.flow import Flow
from desktop.ui.paper_card import PaperCard
from desktop.ui.session import Session

_NAMES = 146
"""How wide the names of both days are, so that the days stand below each other."""


class ComparingCard(PaperCard):
    """The earlier and the later state, and a button for each form."""

    def __init__(self, session: Session) -> None:
        self.file: Path | None = None
        super().__init__(
            session,
            Message("ui.comparing.title"),
            Message("ui.comparing.note"),
            file_name,
            write_comparison,
            self.wanted,
        )

    def above(self) -> None:
        """Which states."""
        speaker = self._session.speaker
        self.since = self._date(Message("ui.comparing.since"))
        self.until = self._date(Message("ui.comparing.until"))
        self.choose = widgets.button(
            speaker, Message("ui.comparing.choose"), self._choose, icon="folder-open", look="quiet"
        )
        self._chosen = widgets.label(speaker, "", "muted")
        self.forget = widgets.button(
            speaker, Message("ui.comparing.forget"), lambda: self.take(None), icon="x", look="quiet"
        )
        before = widgets.label(speaker, Message("ui.comparing.since"), "field")
        before.setBuddy(self.since.edit)
        after = widgets.label(speaker, Message("ui.comparing.until"), "field")
        after.setBuddy(self.until.edit)
        for name in (before, after):
            name.setMinimumWidth(theme.grown(_NAMES))
        self.add(Flow(before, self.since, self.choose, self._chosen, self.forget))
        self.add(Flow(after, self.until, widgets.label(speaker, Message("ui.comparing.now"), "muted")))
        self.take(None)

    def _date(self, name: Message) -> DateEditor:
        made = DateEditor(self._session.speaker)
        widgets.call(self._session.speaker, made.edit, name)
        made.setFixedWidth(theme.grown(180))
        return made

    def _choose(self) -> None:
        path = ask_open(
            self,
            self._session,
            Message("ui.comparing.choose"),
            Message("ui.comparing.kinds"),
            Purpose.IMPORTS,
        )
        if path is not None:
            self.take(path)

    def take(self, path: Path | None) -> None:
        """Compare with a file instead of a day; without one, with a day again."""
        self.file = path
        self._session.speaker.tie(self._chosen, QLabel.setText, path.name if path is not None else "")
        self._chosen.setVisible(path is not None)
        self.forget.setVisible(path is not None)
        self.since.setEnabled(path is None)

    def wanted(self) -> Wanted:
        """What was chosen."""
        return Wanted(self.file, None if self.file is not None else _end(self.since), _end(self.until))

    def print(self, form: str) -> None:
        """Write it, unless no earlier state was chosen: then it is asked for."""
        for editor in (self.since, self.until):
            try:
                _end(editor)
            except NotUnderstood as error:
                # taken for no day at all it would be compared with another state than the one meant
                self._session.told.emit(error.message)
                editor.edit.setFocus()
                return
        wanted = self.wanted()
        if wanted.file is None and wanted.since is None:
            self._session.told.emit(Message("ui.comparing.which"))
            self.since.edit.setFocus()
            return
        super().print(form)


def _end(editor: DateEditor) -> dt.datetime | None:
    """The end of the day that is chosen, by this computer's clock; None = none is. Raises NotUnderstood."""
    value = editor.value()
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(str(value))
        return dt.datetime.combine(day, dt.time(23, 59, 59)).astimezone()
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(editor.edit.text(), "date") from error
