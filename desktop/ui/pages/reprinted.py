"""The documents of a verified package printed again from its data, on request, and what differs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop.base import Message
from desktop.submission.quoting import as_said
from desktop.ui import theme, widgets
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission.called import Title
    from desktop.submission.printed.reprinted import Reprint, Reprinted


class PrintedAgain(QWidget):
    """A button, the bar while it works, and the answer document by document."""

    def __init__(
        self, session: Session, package: Path, verified: tuple[str, str], names: Mapping[str, Title]
    ) -> None:
        """``verified``: the id of the package that was verified, and the SHA-256 of its file."""
        super().__init__()
        self._session, self._package, self._verified, self._names = session, package, verified, names
        speaker = session.speaker
        box = widgets.column(spacing=5)
        self.setLayout(box)
        box.addWidget(widgets.label(speaker, Message("ui.verdict.reprint.note"), "muted", wrap=True))
        self.button: QPushButton = widgets.button(
            speaker, Message("ui.verdict.reprint"), self.begin, icon="printer"
        )
        box.addLayout(widgets.line(self.button, 1))
        self.runner = Runner(session)
        self.runner.ended.connect(self._ready)
        box.addWidget(self.runner)
        self._answer = widgets.column(spacing=5)
        box.addLayout(self._answer)
        self.found: Reprint | None = None

    def begin(self) -> None:
        """Print and compare in a process of its own."""
        from desktop.submission.printed.reprinting import reprint

        if self.runner.running:
            return
        self.button.setEnabled(False)
        self.runner.start(self._show, reprint, self._package, *self._verified)

    def stop(self) -> None:
        """Give it up; nobody wants the answer any more."""
        self.runner.stop()

    def _ready(self) -> None:
        self.button.setEnabled(True)

    def _show(self, found: Reprint) -> None:
        self.found = found
        widgets.empty(self._answer)
        speaker = self._session.speaker
        look = (
            "bad" if not found.agrees else "warn" if any(one.unusual for one in found.documents) else "good"
        )
        self._answer.addWidget(widgets.label(speaker, as_said(found.message), look, wrap=True))
        if found.excused_message is not None:
            self._answer.addWidget(widgets.label(speaker, found.excused_message, wrap=True))
        for one in found.documents:
            if one.match.value != "same":
                self._answer.addWidget(self._document(one))

    def _document(self, one: Reprinted) -> QWidget:
        """One document and its first differing places."""
        speaker = self._session.speaker
        made = QFrame()
        made.setProperty("look", "aside")
        box = widgets.column(spacing=3)
        box.setContentsMargins(theme.PAD, 7, 8, 7)
        made.setLayout(box)
        look = "" if one.match.value == "alike" else "bad"
        box.addWidget(widgets.label(speaker, as_said(one.message, titles=self._names), look, wrap=True))
        for place in one.shown:
            box.addWidget(widgets.label(speaker, as_said(place.message), "muted", wrap=True))
        if one.look_message is not None:
            box.addWidget(widgets.label(speaker, one.look_message, "muted", wrap=True))
        if one.count > len(one.shown):
            more = Message("submission.reprint.more", n=one.count - len(one.shown))
            box.addWidget(widgets.label(speaker, more, "muted", wrap=True))
        return made
