"""Drafts for the legal bureau, from what the plan says: a decree that sets up its bodies, a regulation."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.legal import Kind, file_name, write_legal
from desktop.ui import widgets
from desktop.ui.print_card import PrintCard
from desktop.ui.session import Session


class LegalCard(PrintCard):
    """Each draft as a Word document to be edited."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.legal.title"), Message("ui.legal.note"))
        speaker = session.speaker
        self.decree = widgets.button(
            speaker, Message("ui.legal.decree"), lambda: self.draft("decree"), icon="file-text"
        )
        self.regulation = widgets.button(
            speaker, Message("ui.legal.regulation"), lambda: self.draft("regulation"), icon="file-text"
        )
        self.lay_out(self.decree, self.regulation)

    def draft(self, kind: Kind) -> None:
        """Write one of the drafts."""
        language = self.chosen
        self.make(file_name(kind, language), write_legal, kind, language.value)
