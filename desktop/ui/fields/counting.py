"""Counts the words of a text while it is typed, where the guideline says how many it wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.ui import theme
from desktop.ui.fields.editor import Editor
from desktop.ui.speaker import Speaker

if TYPE_CHECKING:
    from desktop.guideline.pack import Field


def words_in(text: str) -> int:
    """How many words a text has."""
    return sum(1 for word in text.split() if any(map(str.isalnum, word)))


class WordCount(QLabel):
    """*12 dari paling sedikit 40 kata*: pale while it is right, amber while it is not."""

    def __init__(self, speaker: Speaker, field: Field, editor: Editor) -> None:
        super().__init__()
        self._speaker, self._field, self._editor = speaker, field, editor
        self.setWordWrap(True)
        theme.look(self, "muted")
        editor.edited.connect(self.count)

    def count(self) -> None:
        """Count again."""
        inner = self._editor.inner
        plain = inner.toPlainText() if hasattr(inner, "toPlainText") else inner.text()  # type: ignore[attr-defined]
        words = words_in(plain)
        least, most = self._field.min_words, self._field.max_words
        if least and most:
            message = Message("ui.field.words_between", n=words, least=least, most=most)
        elif most:
            message = Message("ui.field.words_most", n=words, most=most)
        else:
            message = Message("ui.field.words_least", n=words, least=least)
        fits = words >= least and (not most or words <= most)
        look = "muted" if fits or not words else "warn"
        if self.property("look") != look:
            theme.look(self, look)
        self._speaker.tie(self, QLabel.setText, message)


def counted(field: Field) -> bool:
    """Whether the guideline says how many words an answer shall have."""
    return bool(field.min_words or field.max_words) and field.bilingual
