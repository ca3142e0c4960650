"""A suggestion as a card: who would write what and why; the owner accepts or declines with one click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.base import Message
from desktop.base.speech import moment
from desktop.ui import widgets
from desktop.ui.reviewing.diff import DiffLabel
from desktop.ui.reviewing.suggest import Asked, manual
from desktop.ui.roles import ROLE_NAMES, WRITERS, Role
from desktop.ui.session import Session
from desktop.workspace import suggesting
from desktop.workspace.plan import Suggestion

STATES = {
    "open": (Message("ui.suggestion.state_open"), "info"),
    "accepted": (Message("ui.suggestion.state_accepted"), "good"),
    "declined": (Message("ui.suggestion.state_declined"), "warn"),
}


class SuggestionCard(QFrame):
    """One suggestion. ``asked`` is the field it is about, where the window knows it."""

    def __init__(self, session: Session, suggestion: Suggestion, asked: Asked | None) -> None:
        super().__init__()
        self._session, self.suggestion, self._asked = session, suggestion, asked
        self.setProperty("look", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speaker = session.speaker
        box = widgets.column(margins=(10, 8, 10, 8), spacing=4)
        self.setLayout(box)
        head = widgets.line(
            widgets.picture("pen-line", "primary", 15),
            widgets.label(speaker, self._who, "field", wrap=True),
            1,
        )
        chip = widgets.label(speaker, STATES[suggestion.state][0])
        widgets.chip(chip, STATES[suggestion.state][1])
        head.addWidget(chip)
        box.addLayout(head)
        self.diff = DiffLabel(session)
        self.diff.show_values(suggestion.base, suggestion.proposed)
        box.addWidget(self.diff)
        if suggestion.reason:
            box.addWidget(widgets.label(speaker, suggestion.reason, wrap=True))
        self._foot(box)
        widgets.call(speaker, self, Message("ui.suggestion.card", author=suggestion.author))

    def _foot(self, box: QVBoxLayout) -> None:
        session, suggestion = self._session, self.suggestion
        speaker = session.speaker
        if suggestion.state != "open":
            told = Message(
                "ui.suggestion.answered", by=suggestion.answered_by, why=suggestion.answer or "\N{EM DASH}"
            )
            box.addWidget(widgets.label(speaker, told, "muted", wrap=True))
            return
        standing = suggesting.standing(session.workspace, suggestion)
        if not standing.there:
            box.addWidget(widgets.label(speaker, Message("ui.suggestion.gone"), "warn", wrap=True))
        elif standing.clashes:
            box.addWidget(widgets.label(speaker, Message("ui.suggestion.clash"), "warn", wrap=True))
        elif standing.moved:
            box.addWidget(widgets.label(speaker, Message("ui.suggestion.moved"), "muted", wrap=True))
        box.addLayout(self._buttons(standing.there))

    def _buttons(self, there: bool) -> QHBoxLayout:
        session, speaker = self._session, self._session.speaker
        made = widgets.line(spacing=6)
        if session.role in WRITERS:
            self.take = widgets.button(
                speaker, Message("ui.suggestion.accept"), self.accept, icon="check", look="primary"
            )
            self.take.setEnabled(there and not session.locked)
            self.leave = widgets.button(speaker, Message("ui.suggestion.decline"), self.decline, icon="x")
            self.leave.setEnabled(not session.locked)
            self.why = QLineEdit()
            self.why.setEnabled(not session.locked)
            speaker.tie(self.why, QLineEdit.setPlaceholderText, Message("ui.suggestion.why"))
            widgets.call(speaker, self.why, Message("ui.suggestion.why"))
            made.addWidget(self.take)
            made.addWidget(self.why, 1)
            made.addWidget(self.leave)
            return made
        if self.suggestion.author == session.author().name:
            self.back = widgets.button(
                speaker, Message("ui.suggestion.withdraw"), self.withdraw, icon="undo-2", look="quiet"
            )
            self.back.setEnabled(not session.locked)
            made.addWidget(self.back)
        made.addStretch(1)
        return made

    def _who(self) -> str:
        speaker, suggestion = self._session.speaker, self.suggestion
        role = ROLE_NAMES.get(Role(suggestion.role)) if suggestion.role in set(Role) else None
        try:
            when = moment(dt.datetime.fromisoformat(suggestion.at), speaker.language)
        except ValueError:
            when = ""
        parts = [suggestion.author, speaker.say(role) if role else "", when]
        return " · ".join(part for part in parts if part)

    # -- what is done ---------------------------------------------------------------------------
    def accept(self) -> None:
        """Take it over; where both changed the same sentence a person writes what is meant first."""
        session = self._session
        session.drafts.flush()
        standing = suggesting.standing(session.workspace, self.suggestion)
        text = None
        if standing.clashes:
            if self._asked is None:
                session.failed.emit(suggesting.Differs(standing).message)
                return
            text = manual(self, session, self._asked, standing)
            if text is None:
                return
        self._do(lambda: suggesting.accept(session.workspace, self.suggestion, text))

    def decline(self) -> None:
        """Say no, and why if the person wrote it; the suggestion stays to be read."""
        why = " ".join(self.why.text().split())
        self._do(lambda: suggesting.decline(self._session.workspace, self.suggestion, why))

    def withdraw(self) -> None:
        """Take one's own suggestion away."""
        self._do(lambda: suggesting.withdraw(self._session.workspace, self.suggestion))

    def _do(self, work: Callable[[], object]) -> None:
        self._session.attempt(work)
