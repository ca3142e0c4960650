"""What was done by whom, and the backups on this computer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from desktop.base import Message
from desktop.base.speech import file_size, moment
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.pages.page import Page
from desktop.ui.session import Session

SHOWN = 200
HEADS = (Message("ui.history.when"), Message("ui.history.who"), Message("ui.history.what"))


class HistoryPage(Page):
    """The newest changes, newest first."""

    purpose = Message("ui.history.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        card = widgets.Card(speaker, Message("ui.history.title"))
        self.table = QTableWidget(0, len(HEADS))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.grown(32))
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for column in (0, 1):
            self.table.horizontalHeader().setSectionResizeMode(
                column, QHeaderView.ResizeMode.ResizeToContents
            )
        self.table.setMinimumHeight(300)
        widgets.call(speaker, self.table, Message("ui.history.title"))
        card.add(self.table, 1)
        self.add(card, 1)
        saved = widgets.Card(speaker, Message("ui.backups.title"), Message("ui.backups.note"))
        self._backups = QVBoxLayout()
        saved.add(self._backups)
        self.add(saved)

    def has_findings(self) -> bool:
        return False

    def refresh(self) -> None:
        say, language = self.session.say, self.session.speaker.language
        self.table.setHorizontalHeaderLabels([say(head) for head in HEADS])
        changes = self.session.workspace.recent(SHOWN)
        self.table.setRowCount(len(changes))
        for row, change in enumerate(changes):
            what = say(change.message)
            if change.kind == "undo":
                what = say(Message("ui.history.undone", what=change.message))
            elif change.kind == "redo":
                what = say(Message("ui.history.redone", what=change.message))
            for column, text in enumerate((moment(change.when, language), change.author, what)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(row, column, item)
        self._show_backups()

    def _show_backups(self) -> None:
        widgets.empty(self._backups)
        speaker = self.session.speaker
        saved = self.session.workspace.backups()
        if not saved:
            self._backups.addWidget(widgets.label(speaker, Message("ui.backups.none"), "muted"))
        for each in saved[:12]:
            language = speaker.language
            text = f"{moment(each.at, language)} \N{MIDDLE DOT} {file_size(each.size, language)}"
            restore = widgets.button(
                speaker, Message("ui.backups.restore"), partial(self._restore, each), look="quiet"
            )
            restore.setEnabled(not self.session.read_only)
            self._backups.addLayout(widgets.line(widgets.label(speaker, text), 1, restore))

    def _restore(self, backup: object) -> None:
        if not confirm(self, self.session, Message("ui.backups.question"), Message("ui.backups.restore")):
            return
        from desktop.workspace import Workspace

        session, path = self.session, self.session.workspace.path

        def work() -> None:
            session.leave()
            session.adopt(Workspace.restore(path, backup, session.author()))  # type: ignore[arg-type]

        session.attempt(work)
