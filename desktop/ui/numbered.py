"""Steps with their numbers, as they are told where there is nothing to show yet."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.speaker import Speaker


def numbered(speaker: Speaker, steps: Iterable[tuple[Message, Message]]) -> QVBoxLayout:
    """One below the other: a number, what is to be done, and a note to it."""
    made = widgets.column(spacing=theme.GAP)
    for number, (step, note) in enumerate(steps, 1):
        mark = widgets.label(speaker, str(number))
        widgets.chip(mark, "info")
        words = widgets.column(spacing=0)
        words.addWidget(widgets.label(speaker, step, "field", wrap=True))
        words.addWidget(widgets.label(speaker, note, "muted", wrap=True))
        row = widgets.line(spacing=12)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        made.addLayout(row)
    return made
