"""A printed copy held against a package: the words that stand on it, and a line to type them into."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from desktop.base import Message
from desktop.base.fingerprint import Comparison, Match, compare, words_of
from desktop.ui import theme, widgets
from desktop.ui.flow import Flow
from desktop.ui.session import Session


class PaperWords(QWidget):
    """The ten words of a package, and what those typed from paper say to them."""

    def __init__(self, session: Session, fingerprint: str) -> None:
        super().__init__()
        self._speaker, self._fingerprint = session.speaker, fingerprint
        speaker = session.speaker
        self.found: Comparison | None = None
        box = widgets.column(spacing=3)
        words = Message("ui.verdict.words", words=" ".join(words_of(fingerprint)))
        shown = widgets.label(speaker, words, wrap=True)
        shown.setObjectName("fingerprint")
        box.addWidget(shown)
        self.typed = QLineEdit()
        speaker.tie(self.typed, QLineEdit.setPlaceholderText, Message("ui.verdict.type_words"))
        widgets.call(speaker, self.typed, Message("ui.verdict.type_words"))
        self.typed.returnPressed.connect(self.compare)
        button = widgets.button(speaker, Message("ui.verdict.compare_words"), self.compare)
        self.typed.setMinimumWidth(theme.grown(200))
        row = Flow(self.typed, button)  # one below the other where it is narrow
        row.grow(self.typed)
        box.addLayout(row)
        self.answer = widgets.label(speaker, "", wrap=True)
        self.answer.hide()
        box.addWidget(self.answer)
        self.setLayout(box)

    def compare(self) -> None:
        """Say whether what was typed is this package's fingerprint, and if not, at which word it differs."""
        if not self.typed.text().strip():
            self.answer.hide()
            return
        self.found = compare(self._fingerprint, self.typed.text())
        good = self.found.match is Match.EQUAL
        theme.look(self.answer, "good" if good else "bad")
        self._speaker.tie(self.answer, QLabel.setText, self.found.message)
        self.answer.show()
