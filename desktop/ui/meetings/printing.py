"""The record of a meeting and its list to be signed, printed in a process of their own."""

from __future__ import annotations

from desktop.base import Message
from desktop.books.record import WORD, Kind, file_name, write_record
from desktop.ui import widgets
from desktop.ui.dialogs.wording import edit_wording
from desktop.ui.print_card import PrintCard
from desktop.ui.session import Session


class RecordCard(PrintCard):
    """Two things to print about one meeting, in one of the languages of the document."""

    def __init__(self, session: Session, meeting: str) -> None:
        super().__init__(session, Message("ui.record.title"), Message("ui.record.note"))
        self.meeting = meeting
        speaker = session.speaker
        self.record = widgets.button(
            speaker, Message("ui.record.print"), lambda: self.print("record"), icon="printer"
        )
        self.list = widgets.button(
            speaker, Message("ui.record.print_list"), lambda: self.print("attendance"), icon="printer"
        )
        self.word = widgets.button(
            speaker,
            Message("ui.record.word"),
            lambda: self.print("record", WORD),
            icon="file-text",
            look="quiet",
        )
        self.wording = widgets.button(
            speaker, Message("ui.legal.wording"), lambda: edit_wording(session, self, "record"),
            icon="pen-line", look="quiet",
        )  # fmt: skip
        self.wording.setEnabled(not session.read_only)
        self.lay_out(self.record, self.word, self.list, self.wording)

    def print(self, kind: Kind, suffix: str = ".pdf") -> None:
        """Print the record, or the list to be signed; for Word instead of as a PDF where asked."""
        language = self.chosen
        name = file_name(self._session.plan, self.meeting, kind, language, suffix)
        self.make(name, write_record, self.meeting, language.value, kind)
