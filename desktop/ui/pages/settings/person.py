"""Who you are, and how the window looks to you."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from desktop.base import Language, Message
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.roles import ROLE_NAMES
from desktop.ui.session import Session
from desktop.ui.settings import SIZES, Theme

LANGUAGES = {Language.ID: Message("ui.language.id"), Language.EN: Message("ui.language.en")}
THEMES = {
    Theme.SYSTEM: Message("ui.theme.system"),
    Theme.LIGHT: Message("ui.theme.light"),
    Theme.DARK: Message("ui.theme.dark"),
}


class IdentityCard(SettingsCard):
    """Name and role; the role selects what the window offers."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.identity"), Message("ui.settings.identity.note"))
        self.name = QLineEdit(session.settings.name)
        self.name.editingFinished.connect(lambda: session.remember(name=self.name.text().strip()))
        self.role = QuietCombo()
        self.role.activated.connect(lambda _row: session.remember(role=str(self.role.currentData())))
        self.field("name", self.name)
        self.field("role", self.role)

    def refresh(self) -> None:
        if not self.name.hasFocus():
            self.name.setText(self.session.settings.name)
        fill(self, self.role, ROLE_NAMES, self.session.settings.role)


class ScreenCard(SettingsCard):
    """Language, colours, text size, and the second language."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.settings.screen"), Message("ui.settings.screen.note"))
        self.language, self.theme, self.percent = QuietCombo(), QuietCombo(), QuietCombo()
        self.language.activated.connect(self._on_language)
        self.theme.activated.connect(lambda _row: session.remember(theme=Theme(self.theme.currentData())))
        self.percent.activated.connect(lambda _row: session.resize_text(int(self.percent.currentData())))
        for percent in SIZES:
            self.percent.addItem(f"{percent}%", percent)
        self.field("language", self.language)
        self.field("theme", self.theme)
        self.field("text-size", self.percent)
        self.second = QCheckBox()
        session.speaker.tie(self.second, QCheckBox.setText, Message("ui.settings.second"))
        self.second.clicked.connect(lambda on: session.remember(second_language=bool(on)))
        self.add(self.second)
        self.controls["second-language"] = self.second

    def refresh(self) -> None:
        settings = self.session.settings
        fill(self, self.language, LANGUAGES, self.session.speaker.language)
        fill(self, self.theme, THEMES, settings.theme)
        self.percent.setCurrentIndex(max(0, self.percent.findData(self.session.text_percent)))
        self.second.setChecked(settings.second_language)

    def _on_language(self, _row: int) -> None:
        language = Language(self.language.currentData())
        self.session.drafts.flush()
        self.session.remember(language=language)
        self.session.speaker.switch(language)


def fill(card: SettingsCard, combo: QComboBox, names: Mapping[Any, Message], chosen: object) -> None:
    """Show choices in the present language."""
    combo.clear()
    for value, name in names.items():
        combo.addItem(card.session.say(name), value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
