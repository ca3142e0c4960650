"""Which register the desk works with, and what is asked of everything that comes in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QScrollArea, QWidget

from desktop.base import Language, Message
from desktop.base.speech import date
from desktop.ui import theme, widgets
from desktop.ui.flow import Flow
from desktop.ui.session import Session


def due_typed(text: str, language: Language) -> dt.datetime:
    """Until when: a day as people write it, or a day and a time as the command line takes it.

    Raises :class:`~desktop.cli.desk.NotADate`.
    """
    from desktop.cli.desk import NotADate, moment_of
    from desktop.exchange.values import NotUnderstood, parse

    try:
        return moment_of(text)
    except NotADate as problem:
        try:
            day = parse("date", text, english=language is Language.EN)
        except NotUnderstood:
            raise problem from None
        return moment_of(str(day))


def due_shown(kept: str, language: Language) -> str:
    """What a register keeps, as people write it; a time of the day stands as it was typed."""
    from desktop.cli.desk import due_text

    text = due_text(kept)
    try:
        return date(dt.date.fromisoformat(text), language)
    except ValueError:
        return text


class ChoosingRegister(QScrollArea):
    """A register is made or opened here; its date and guideline are set once, so they keep no room above."""

    def __init__(
        self,
        session: Session,
        make: Callable[[], object],
        choose: Callable[[], object],
        keep: Callable[[], object],
    ) -> None:
        """``make`` and ``choose`` ask for a register, ``keep`` keeps what is asked for."""
        super().__init__()
        self._session = session
        speaker = session.speaker
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        widgets.call(speaker, self, Message("ui.desk.register"))
        inside = QWidget()
        inside.setProperty("look", "page")
        column = widgets.column(margins=(theme.GAP, theme.PAD, theme.GAP, theme.GAP), spacing=6)
        inside.setLayout(column)
        self.which = widgets.label(speaker, "", wrap=True)
        self.new = widgets.button(speaker, Message("ui.desk.new"), make, icon="file-plus")
        self.open = widgets.button(speaker, Message("ui.desk.open"), choose, icon="folder-open")
        column.addWidget(self.which)
        column.addLayout(Flow(self.new, self.open))
        self.due = self._line(Message("ui.desk.due.hint"))
        self.guideline = self._line(Message("ui.desk.guideline.hint"))
        for name, line in (
            (Message("ui.desk.due"), self.due),
            (Message("ui.desk.guideline"), self.guideline),
        ):
            label = widgets.label(speaker, name, "field")
            label.setBuddy(line)
            widgets.call(speaker, line, name)
            line.editingFinished.connect(keep)
            column.addWidget(label)
            column.addWidget(line)
        column.addStretch(1)
        self.setWidget(inside)

    def _line(self, hint: Message) -> QLineEdit:
        made = QLineEdit()
        made.setMaximumWidth(theme.grown(320))
        self._session.speaker.tie(made, QLineEdit.setPlaceholderText, hint)
        return made

    def show_register(self, path: Path | None, *, busy: bool) -> None:
        """Say which it is; while it is worked on nothing is changed."""
        told = Message("ui.desk.none") if path is None else Message("ui.desk.which", file=str(path))
        self._session.speaker.tie(self.which, QLabel.setText, told)
        for line in (self.due, self.guideline):
            line.setEnabled(path is not None and not busy)
        for press in (self.new, self.open):
            press.setEnabled(not busy)
