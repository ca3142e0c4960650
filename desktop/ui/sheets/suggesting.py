"""What other parts of the plan suggest for a worksheet: looked at, ticked, and written as one change."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QWidget

from desktop.base import Message
from desktop.exchange.suggestions import Suggestion, accept, suggestions
from desktop.guideline.pack import Worksheet
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask, inform
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.ui.whole_rows import wrapping


class SuggestDialog(Ask):
    """Suggestions as a list to tick; all are ticked at first."""

    def __init__(
        self, session: Session, sheet: Worksheet, found: Sequence[Suggestion], parent: QWidget
    ) -> None:
        super().__init__(session, _name(sheet), Message("ui.suggest.accept"), parent)
        offer_help(self, "worksheet")
        self._found = tuple(found)
        note = widgets.label(session.speaker, Message("ui.suggest.note"), "muted", wrap=True)
        self.body.addWidget(note)
        self.list = QListWidget()
        wrapping(self.list)
        self.list.setMinimumSize(theme.grown(560), theme.grown(300))
        for each in self._found:
            item = QListWidgetItem(f"{session.say(each.where)}\n{session.say(each.text)}", self.list)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
        self.list.itemChanged.connect(lambda _item: self._on_ticked())
        self.field(Message("ui.suggest.list"), self.list)
        self.list.setCurrentRow(0)

    def _on_ticked(self) -> None:
        self.ok.setEnabled(bool(self.chosen()))

    def chosen(self) -> list[Suggestion]:
        """What is ticked."""
        return [
            each
            for place, each in enumerate(self._found)
            if self.list.item(place).checkState() is Qt.CheckState.Checked
        ]


def _name(sheet: Worksheet) -> Message:
    return Message("ui.suggest.milestones") if sheet.term else Message("ui.suggest.readiness")


def suggest_button(session: Session, sheet: Worksheet, parent: QWidget) -> QPushButton:
    """The button that looks for suggestions."""
    return widgets.button(
        session.speaker, _name(sheet), lambda: suggest(session, sheet, parent), icon="sparkles", look="quiet"
    )


def suggest(session: Session, sheet: Worksheet, parent: QWidget) -> None:
    """Show what is suggested, and write what is ticked."""
    session.drafts.flush()
    found = suggestions(session.plan, session.pack, sheet)
    if not found:
        empty = Message("ui.suggest.no_milestones") if sheet.term else Message("ui.suggest.no_readiness")
        inform(parent, session, empty)
        return
    dialog = SuggestDialog(session, sheet, found, parent)
    done = dialog.exec()
    chosen = dialog.chosen() if done else []
    dialog.deleteLater()
    if chosen:
        session.attempt(lambda: accept(session.workspace, sheet, chosen))
