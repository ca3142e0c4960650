"""The foot of an agency's page: how much is ready, and the one button that sends it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QSizePolicy, QWidget

from desktop.base import Message
from desktop.checks.owing import Owed, tally
from desktop.exchange.duties import to_send
from desktop.ui import theme, widgets
from desktop.ui.session import Session


class SendBar(QFrame):
    """Always in view below the page."""

    def __init__(self, session: Session, press: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("look", "header")
        speaker = session.speaker
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(theme.grown(220))
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        widgets.call(speaker, self.bar, Message("ui.own.progress"))
        self.told = widgets.label(speaker, "", "muted", wrap=True)
        self.send = widgets.button(speaker, Message("ui.own.send"), press, icon="upload", look="primary")
        layout = widgets.line(self.bar, self.told, 1, self.send, spacing=theme.PAD)
        layout.setContentsMargins(theme.GUTTER, 10, theme.GUTTER, 10)
        self.setLayout(layout)

    def show_parts(self, parts: tuple[Owed, ...]) -> None:
        """Say how much is filled and how much of it is still to be sent."""
        sum_ = tally(parts)
        self.bar.setRange(0, 100)
        self.bar.setValue(sum_.percent)
        ready, speaker = len(to_send(parts)), self._session.speaker
        if ready:
            said = Message("ui.own.foot.ready", n=ready, all=sum_.parts)
        elif sum_.parts and sum_.settled == sum_.parts:
            said = Message("ui.own.foot.all_sent")
        else:
            said = Message("ui.own.foot.nothing")
        speaker.tie(self.told, QLabel.setText, said)
        self.send.setEnabled(not self._session.read_only and sum_.parts > 0)
