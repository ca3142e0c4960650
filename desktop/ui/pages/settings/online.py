"""Whom the program may ask on the network, and only when somebody asks it to."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from desktop.base import Message
from desktop.base.settable import change
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.session import Session

NAME = "timestamp-service"


class OnlineCard(SettingsCard):
    """The address of a timestamp service; empty where there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.online"), Message("ui.settings.online.note"))
        self.address = QLineEdit()
        session.speaker.tie(self.address, QLineEdit.setPlaceholderText, Message("ui.settings.online.none"))
        self.address.editingFinished.connect(lambda: self.take(self.address.text()))
        self.field(NAME, self.address)

    def take(self, address: str) -> None:
        """Ask there from now on; what is no address is refused with a sentence."""
        if address.strip() != self.session.settings.timestamp_service:
            changed = self.session.attempt(lambda: change(self.session.settings, NAME, address))
            if changed is not None:
                self.session.remember(timestamp_service=changed.timestamp_service)
        self.refresh()

    def refresh(self) -> None:
        if not self.address.hasFocus() or self.address.text() != self.session.settings.timestamp_service:
            self.address.setText(self.session.settings.timestamp_service)
