"""Who is working: asked once when a copy is opened that was made for several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.roles import ROLE_NAMES, Role
from desktop.workspace import Author, opening

if TYPE_CHECKING:
    from desktop.ui.session import Session


class Who(Ask):
    """Name and role; for whom the copy was made is said and chosen already."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.who.title"), Message("ui.who.accept"), parent)
        offer_help(self, "together")
        whom = opening.made_for(session.workspace)
        agency = session.plan.agency(whom.agency) if whom is not None and whom.agency else None
        if agency is not None:
            name = agency.name.read(session.speaker.language.value, session.source.value)
            made = Message("ui.who.agency", agency=name or agency.short_name)
            self.body.addWidget(widgets.label(session.speaker, made, wrap=True))
        note = Message("ui.who.note")
        self.body.addWidget(widgets.label(session.speaker, note, "muted", wrap=True))
        self.name = QLineEdit(session.settings.name)
        self.name.textChanged.connect(self._judge)
        self.field(Message("ui.who.name"), self.name)
        self.role = QuietCombo()
        for role in Role:
            self.role.addItem(session.say(ROLE_NAMES[role]), role.value)
        known = Role.of(whom.role if whom is not None and whom.role else session.settings.role)
        self.role.setCurrentIndex(self.role.findData(known.value))
        if whom is None or not whom.role:  # what a copy was made for is not asked again
            self.field(Message("ui.who.role"), self.role)
        self._judge()

    def _judge(self) -> None:
        self.ok.setEnabled(bool(self.name.text().strip()))

    def author(self) -> Author:
        """Who was said to be working."""
        return Author(" ".join(self.name.text().split()), str(self.role.currentData()))


def ask_who(parent: QWidget, session: Session) -> None:
    """Ask, and work under that name; nothing is written without one: who gives none leaves the document."""
    dialog = Who(session, parent)
    if not dialog.exec():
        if not session.author().name:
            session.leave()
        return
    author = dialog.author()
    session.attempt(lambda: session.work_as(author))
    if not session.settings.name:
        session.remember(name=author.name)
