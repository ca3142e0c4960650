"""Says that a text of the guideline is not there in the language spoken, and stands in another instead."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.base import Language, LocalText, Message
from desktop.ui import widgets
from desktop.ui.speaker import Speaker


def mark(speaker: Speaker, text: LocalText) -> QLabel | None:
    """The mark beside such a text, there in every language it lacks; None where it lacks none."""
    if not any(text.falls_back(language.value) for language in Language):
        return None
    made = widgets.label(speaker, "", "muted")

    def put(label: QLabel, words: str) -> None:
        label.setText(words)
        if not words or label.parentWidget() is not None:  # shown without a parent it were a window
            label.setVisible(bool(words))

    def said() -> Message | str:
        return Message("ui.foreign.mark") if text.falls_back(speaker.language) else ""

    speaker.tie(made, put, said)
    speaker.tie(made, QLabel.setToolTip, Message("ui.foreign.note"))
    return made
