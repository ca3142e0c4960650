"""Reminders: the words for each agency, in either language, ready to be copied into a chat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from desktop.base import Language, Message
from desktop.checks.owing import Owed
from desktop.exchange.reminders import reminder
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.own.office import today
from desktop.ui.session import Session


class ReminderDialog(Ask):
    """One text for each agency; it can be changed before it is copied."""

    def __init__(self, session: Session, parts: Mapping[str, Sequence[Owed]], parent: QWidget) -> None:
        super().__init__(session, Message("ui.duties.remind.title"), Message("ui.duties.remind.done"), parent)
        offer_help(self, "duties")
        self._parts = parts
        self.setMinimumWidth(theme.grown(560))
        self.buttons.button(self.buttons.StandardButton.Cancel).hide()
        self.agency, self.language = QuietCombo(), QuietCombo()
        for each in parts:
            agency = session.plan.agency(each)
            if agency is not None:
                name = agency.name.read(session.speaker.language.value) or agency.short_name
                self.agency.addItem(name, each)
        for code in Language:
            self.language.addItem(session.say(Message(f"ui.language.{code.value}")), code.value)
        self.language.setCurrentIndex(self.language.findData(session.source.value))
        self.field(Message("ui.duties.agency"), self.agency)
        self.field(Message("ui.duties.remind.language"), self.language)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.grown(250))
        self.field(Message("ui.duties.remind.text"), self.text)
        self.copy_button = widgets.button(
            session.speaker, Message("ui.duties.remind.copy"), self.copy, icon="copy"
        )
        self._said = widgets.label(session.speaker, "", "good", wrap=True)
        self.body.addLayout(widgets.line(self.copy_button, self._said, 1))
        self.agency.activated.connect(lambda _row: self.show_text())
        self.language.activated.connect(lambda _row: self.show_text())
        self.show_text()

    def show_text(self) -> None:
        """Write the reminder of the agency and language chosen."""
        session, which = self.session, str(self.agency.currentData() or "")
        agency = session.plan.agency(which)
        if agency is None:
            return
        language = Language(str(self.language.currentData()))
        name = session.settings.name
        self.text.setPlainText(
            reminder(session.plan, agency, self._parts[which], language, today(session), name)
        )
        session.speaker.tie(self._said, QLabel.setText, "")

    def copy(self) -> None:
        """Put the text into the clipboard, as it stands."""
        QApplication.clipboard().setText(self.text.toPlainText())
        self.session.speaker.tie(self._said, QLabel.setText, Message("ui.duties.remind.copied"))
