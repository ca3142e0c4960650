"""The settings: nothing here must be set before starting, and all of it can be seen without a document."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.pages.settings.anchors import AnchorsCard
from desktop.ui.pages.settings.guidelines import GuidelinesCard
from desktop.ui.pages.settings.online import OnlineCard
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.pages.settings.person import IdentityCard, ScreenCard
from desktop.ui.pages.settings.photos import PhotosCard
from desktop.ui.pages.settings.places import BackupsCard, FoldersCard
from desktop.ui.session import Session


class SettingsPage(Page):
    """Cards of settings; each of them is reached by its name."""

    purpose = Message("ui.settings.purpose")
    anytime = True
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.identity = IdentityCard(session)
        self.screen_card = ScreenCard(session)
        self.backups = BackupsCard(session)
        self.folders = FoldersCard(session)
        self.photos = PhotosCard(session)
        self.guidelines = GuidelinesCard(session)
        self.anchors = AnchorsCard(session)
        self.online = OnlineCard(session)
        self.cards: tuple[SettingsCard, ...] = (
            self.identity, self.screen_card, self.backups, self.folders, self.photos, self.guidelines,
            self.anchors, self.online,
        )  # fmt: skip
        self.jumps = tuple(
            widgets.button(session.speaker, card.title, partial(self.jump, card), look="quiet")
            for card in self.cards
        )
        self.add(Flow(*self.jumps))
        for card in self.cards:
            self.add(card)
        self.body.addStretch(1)

    @property
    def controls(self) -> dict[str, QWidget]:
        """The control of every setting, by its name."""
        return {name: control for card in self.cards for name, control in card.controls.items()}

    def take_focus(self) -> None:
        self.identity.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def jump(self, card: SettingsCard) -> None:
        """Bring a card to the top, and the keyboard to its first setting."""
        next(iter(card.controls.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self.verticalScrollBar().setValue(card.y() - theme.GAP)

    def has_findings(self) -> bool:
        return False

    def open_ref(self, ref: str) -> None:
        control = self.controls.get(ref)
        if control is not None:
            self.reveal(control)
            control.setFocus()

    def refresh(self) -> None:
        for card in self.cards:
            card.refresh()
