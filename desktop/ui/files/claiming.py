"""Finding what a file shall support: type some words, choose a field or a programme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base import Message
from desktop.exchange.claims import Claimable, claimables, search
from desktop.ui import inside, theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fading import fade
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session


class Claiming(Ask):
    """A line to type in, and what fits below it; several can be chosen."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.files.claim_title"), Message("ui.files.claim_accept"), parent)
        offer_help(self, "evidence")
        self.setMinimumSize(theme.grown(560), theme.grown(420))
        speaker = session.speaker
        self.body.addWidget(widgets.label(speaker, Message("ui.files.claim_note"), "muted", wrap=True))
        self.words = QLineEdit()
        inside.clearing(speaker, self.words)
        speaker.tie(self.words, QLineEdit.setPlaceholderText, Message("ui.files.claim_search"))
        widgets.call(speaker, self.words, Message("ui.files.claim_search"))
        self.words.textChanged.connect(self._on_words)
        self.body.addWidget(self.words)
        self.list = QListWidget()
        fade(self.list)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        widgets.call(speaker, self.list, Message("ui.files.claim_title"))
        self.list.itemActivated.connect(lambda _: self.accept())
        self.list.itemSelectionChanged.connect(self._reflect)
        self.body.addWidget(self.list, 1)
        self._none = widgets.label(speaker, Message("ui.files.claim_none"), "muted", wrap=True)
        self.body.addWidget(self._none)
        self._offered = claimables(session.plan, session.pack)
        self._on_words("")
        self.words.setFocus()

    def _on_words(self, words: str) -> None:
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clear()
        found = search(self._offered, words)
        for each in found:
            item = QListWidgetItem(self.session.say(_speech(each)))
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(0)
        self._none.setVisible(not found)
        self._reflect()

    def _reflect(self) -> None:
        self.ok.setEnabled(bool(self.list.selectedItems()))

    def chosen(self) -> list[Claimable]:
        """What is chosen."""
        return [item.data(Qt.ItemDataRole.UserRole) for item in self.list.selectedItems()]


def _speech(each: Claimable) -> Message:
    return Message("ui.files.claim_entry", where=each.where)


def ask_claims(session: Session, parent: QWidget) -> list[Claimable]:
    """What a person wants files to support; nothing when they changed their mind."""
    dialog = Claiming(session, parent)
    return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else []
