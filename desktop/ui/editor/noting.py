"""Asks for the words of a footnote: mostly the source of what is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QWidget

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import closing
from desktop.ui.editor import document, footnotes, shaping
from desktop.ui.editor.text import RichText
from desktop.ui.helping.asking import offer_help
from desktop.ui.speaker import Speaker

if TYPE_CHECKING:
    from desktop.ui.fields.richedit import RichEditor


class NoteDialog(QDialog):
    """The words of one footnote; Enter puts them, emphasis by Ctrl+B and Ctrl+I stays."""

    def __init__(
        self, parent: QWidget, speaker: Speaker, words: Sequence[Run], names: document.Names, *, there: bool
    ) -> None:
        super().__init__(parent)
        offer_help(self, "chapter")
        title = Message("ui.footnote.change") if there else Message("ui.footnote.title")
        self.setWindowTitle(speaker.say(title))
        self.resize(theme.grown(480), theme.grown(240))
        self.removed = False
        layout = widgets.column(margins=(16, 14, 16, 14))
        self.setLayout(layout)
        self.edit = RichText()
        self.edit.names = names
        self.edit.setMinimumHeight(theme.grown(72))
        self.edit.setTabChangesFocus(True)
        document.load(self.edit.document(), "")
        plain = [replace(run, raised="") for run in words]
        document.write_runs(self.edit.textCursor(), plain, document.letter_format(0), names)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.edit.keys = {
            "Return": self.accept,
            "Enter": self.accept,
            "Ctrl+B": partial(self._switch, "bold"),
            "Ctrl+I": partial(self._switch, "italic"),
        }
        said = widgets.label(speaker, Message("ui.footnote.words"), "field")
        said.setBuddy(self.edit)
        widgets.call(speaker, self.edit, Message("ui.footnote.words"))
        layout.addWidget(said)
        layout.addWidget(self.edit, 1)
        layout.addWidget(widgets.label(speaker, Message("ui.footnote.purpose"), "muted", wrap=True))
        buttons = closing(speaker, Message("ui.footnote.put"), self.accept, self.reject)
        if there:
            away = widgets.button(speaker, Message("ui.footnote.remove"), self._remove, icon="trash-2")
            away.setAutoDefault(False)
            buttons.insertWidget(0, away)
        layout.addLayout(buttons)
        self.edit.setFocus()

    def words(self) -> tuple[Run, ...]:
        """What was written, in one paragraph; empty where nothing readable is."""
        runs: list[Run] = []
        for block in document.read(self.edit.document()):
            parts = [part for row in block.rows for part in row] if block.rows else [block.runs]
            for part in parts:
                if runs and part:
                    runs.append(Run(" "))
                runs += (replace(run, text=run.text.replace("\n", " "), raised="") for run in part)
        return tuple(runs) if footnotes.plain(runs) else ()

    def _switch(self, name: str) -> None:
        on = not shaping.has_mark(self.edit.currentCharFormat(), name)
        self.edit.mergeCurrentCharFormat(shaping.mark(name, on=on))

    def _remove(self) -> None:
        self.removed = True
        self.accept()


def ask_note(editor: RichEditor, place: int | None) -> None:
    """Ask for the words of a new footnote, or change or remove the one at a place."""
    edit = editor.edit
    text = edit.document()
    before = footnotes.words_of(footnotes.letter(text, place).charFormat()) if place is not None else ()
    dialog = NoteDialog(editor, editor.speaker, before, edit.names, there=place is not None)
    if not dialog.exec():
        return
    words = () if dialog.removed else dialog.words()
    if place is None:
        cursor = edit.textCursor()
        if words:
            footnotes.put(cursor, words, document.letter_format(0))
            edit.setTextCursor(cursor)
    elif not words:
        footnotes.remove(text, place)
    elif words != before:
        footnotes.change(text, place, words)
