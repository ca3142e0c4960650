"""Language, text size, who you are."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from desktop.base import Language, Message
from desktop.ui import widgets
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.pages.page import Page
from desktop.ui.roles import ROLE_NAMES
from desktop.ui.session import Session
from desktop.ui.theme import Theme

SIZES = (100, 115, 130, 150, 175, 200)


class SettingsPage(Page):
    """Nothing here must be set before starting."""

    purpose = Message("ui.settings.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        me = widgets.Card(speaker, Message("ui.settings.identity"), Message("ui.settings.identity.note"))
        self.name = QLineEdit(session.settings.name)
        self.name.editingFinished.connect(lambda: session.remember(name=self.name.text().strip()))
        self.role = QuietCombo()
        self.role.activated.connect(lambda _row: session.remember(role=str(self.role.currentData())))
        self._field(me, Message("ui.new.name"), self.name)
        self._field(me, Message("ui.new.role"), self.role)
        self.add(me)
        screen = widgets.Card(speaker, Message("ui.settings.screen"))
        self.language = QuietCombo()
        for each in Language:
            self.language.addItem("", each)
        self.language.activated.connect(self._on_language_chosen)
        self._field(screen, Message("ui.settings.language"), self.language)
        self.theme = QuietCombo()
        for theme in Theme:
            self.theme.addItem("", theme)
        self.theme.activated.connect(self._on_theme)
        self._field(screen, Message("ui.settings.theme"), self.theme)
        self.percent = QuietCombo()
        for percent in SIZES:
            self.percent.addItem(f"{percent} %", percent)
        self.percent.setCurrentIndex(max(0, self.percent.findData(session.settings.text_percent)))
        self.percent.activated.connect(self._on_size)
        self._field(screen, Message("ui.settings.size"), self.percent)
        self.second = QCheckBox()
        speaker.tie(self.second, QCheckBox.setText, Message("ui.settings.second"))
        self.second.clicked.connect(lambda on: session.remember(second_language=bool(on)))
        screen.add(self.second)
        self.add(screen)
        self.body.addStretch(1)

    def _field(self, card: widgets.Card, name: Message, editor: QLineEdit | QComboBox) -> None:
        label = widgets.label(self.session.speaker, name, "field")
        label.setBuddy(editor)
        widgets.call(self.session.speaker, editor, name)
        editor.setMaximumWidth(420)
        card.add(label)
        card.add(editor)

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        say = self.session.say
        self.role.clear()
        for code, name in ROLE_NAMES.items():
            self.role.addItem(say(name), code)
        self.role.setCurrentIndex(max(0, self.role.findData(self.session.settings.role)))
        for row, name in enumerate((Message("ui.language.id"), Message("ui.language.en"))):
            self.language.setItemText(row, say(name))
        self.language.setCurrentIndex(self.language.findData(self.session.speaker.language))
        for row, name in enumerate(
            (Message("ui.theme.system"), Message("ui.theme.light"), Message("ui.theme.dark"))
        ):
            self.theme.setItemText(row, say(name))
        self.theme.setCurrentIndex(self.theme.findData(self.session.settings.theme))
        self.second.setChecked(self.session.settings.second_language)

    def _on_language_chosen(self, _row: int) -> None:
        language = Language(self.language.currentData())
        self.session.drafts.flush()
        self.session.remember(language=language)
        self.session.speaker.switch(language)

    def _on_size(self, _row: int) -> None:
        self.session.remember(text_percent=int(self.percent.currentData()))

    def _on_theme(self, _row: int) -> None:
        self.session.remember(theme=Theme(self.theme.currentData()))
