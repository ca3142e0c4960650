"""Drafts for the legal bureau, from what the plan says: a decree that sets up its bodies, a regulation."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.formats import DOCX
from desktop.books.legal import Kind, file_name, write_legal
from desktop.exchange.values import Option
from desktop.ui import theme, widgets
from desktop.ui.dialogs.wording import edit_wording
from desktop.ui.fields.picking import PickEditor
from desktop.ui.paper_card import FORMS
from desktop.ui.print_card import PrintCard
from desktop.ui.session import Session


class LegalCard(PrintCard):
    """Each draft as a Word document to be edited, or in another form; and how it is worded."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.legal.title"), Message("ui.legal.note"))
        speaker = session.speaker
        self.form = PickEditor(speaker, [Option(form, name) for form, name in FORMS])
        widgets.call(speaker, self.form.inner, Message("ui.legal.form"))
        self.form.show_value(DOCX)
        self.form.setFixedWidth(theme.grown(110))
        self.decree = widgets.button(
            speaker, Message("ui.legal.decree"), lambda: self.draft("decree"), icon="file-text"
        )
        self.regulation = widgets.button(
            speaker, Message("ui.legal.regulation"), lambda: self.draft("regulation"), icon="file-text"
        )
        self.wording = widgets.button(
            speaker, Message("ui.legal.wording"), lambda: edit_wording(session, self), icon="pen-line",
            look="quiet",
        )  # fmt: skip
        self.wording.setEnabled(not session.read_only)
        self.lay_out(self.form, self.decree, self.regulation, self.wording)

    def draft(self, kind: Kind) -> None:
        """Write one of the drafts."""
        language, form = self.chosen, str(self.form.value() or DOCX)
        self.make(file_name(kind, language, form), write_legal, kind, language.value)
