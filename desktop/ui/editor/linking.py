"""Asks for the address of a link."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QTextEdit, QWidget

from desktop.base import Message, richtext
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import closing
from desktop.ui.editor import footnotes, shaping
from desktop.ui.helping.asking import offer_help
from desktop.ui.speaker import Speaker


class LinkDialog(QDialog):
    """Words and address of one link."""

    def __init__(self, parent: QWidget, speaker: Speaker, words: str, address: str) -> None:
        super().__init__(parent)
        offer_help(self, "chapter")
        self.setWindowTitle(speaker.say(Message("ui.link.title")))
        self.resize(theme.grown(440), 0)
        layout = widgets.column(margins=(16, 14, 16, 14))
        self.setLayout(layout)
        self.words, self.address = QLineEdit(words), QLineEdit(address)
        for edit, name in (
            (self.words, Message("ui.link.words")),
            (self.address, Message("ui.link.address")),
        ):
            said = widgets.label(speaker, name, "field")
            said.setBuddy(edit)
            widgets.call(speaker, edit, name)
            layout.addWidget(said)
            layout.addWidget(edit)
        self.address.setPlaceholderText("https://")
        self._refused = widgets.blank()
        self._refused.setText(speaker.say(Message("ui.link.refused")))
        self._refused.setProperty("look", "bad")
        self._refused.setWordWrap(True)
        self._refused.hide()
        layout.addWidget(self._refused)
        layout.addLayout(closing(speaker, Message("ui.link.put"), self.accept, self.reject))
        (self.address if words else self.words).setFocus()

    def href(self) -> str:
        """The address as it is stored; empty takes the link away; None is not possible."""
        typed = self.address.text().strip()
        if typed and ":" not in typed.partition("/")[0]:
            typed = f"mailto:{typed}" if "@" in typed else f"https://{typed}"
        return typed

    def accept(self) -> None:
        """Only what leads to a page or a mailbox is taken."""
        href = self.href()
        block = richtext.parse(f'<p><a href="{href.replace(chr(34), "")}">x</a></p>') if href else ()
        if href and not (block and block[0].runs and block[0].runs[0].href):
            self._refused.show()
            return
        super().accept()


def ask_link(parent: QWidget, edit: QTextEdit, speaker: Speaker) -> None:
    """Make what is chosen a link, change the one under the cursor, or take it away."""
    cursor = edit.textCursor()
    found = shaping.anchor_around(cursor) if not cursor.hasSelection() else None
    if found is not None:
        cursor = found
    words = cursor.selectedText().replace("\u2029", " ").replace(footnotes.SIGN, "")
    address = shaping.href_of(cursor) if words else ""
    dialog = LinkDialog(parent, speaker, words, "" if address.startswith("ref:") else address)
    if not dialog.exec():
        return
    href = dialog.href()
    if not href:
        shaping.unlink(cursor)
    else:
        shaping.set_link(cursor, href, dialog.words.text().strip() or href)
        cursor.clearSelection()
    after = QTextCursor(edit.document())
    after.setPosition(cursor.selectionEnd())
    edit.setTextCursor(after)
