"""Fields that two people filled differently (*isian berbeda*): both values, one click to settle."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.workspace.merge import Conflict


class DifferingCard(widgets.Card):
    """Hidden while nothing differs."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.differing.title"), Message("ui.differing.note"))
        self._session = session
        self._box = widgets.column()
        self.add(self._box)

    def refresh(self) -> None:
        """Show what differs now."""
        conflicts = self._session.workspace.conflicts()
        self.setVisible(bool(conflicts))
        widgets.empty(self._box)
        names = self._names(len(conflicts))
        for place, conflict in enumerate(conflicts):
            where = Message("ui.differing.where", table=conflict.table, field=conflict.field)
            self._show(conflict, names[place] if names else where)

    def _names(self, count: int) -> list[Message]:
        """The checks' own sentences about these fields, in the same order, if the guideline asks for them."""
        report = self._session.report
        found = [each.message for each in report.findings if each.check == "open_conflicts"] if report else []
        return found if len(found) == count else []

    def _show(self, conflict: Conflict, where: Message) -> None:
        speaker = self._session.speaker
        self._box.addWidget(widgets.label(speaker, where, "field", wrap=True))
        for entry in self._session.workspace.history(
            conflict.table, conflict.row, conflict.field.partition(":")[0]
        )[:4]:
            text = (
                entry.after if isinstance(entry.after, str) else json.dumps(entry.after, ensure_ascii=False)
            )
            value = widgets.label(
                speaker, Message("ui.differing.value", value=text, author=entry.author), wrap=True
            )
            take = widgets.button(
                speaker,
                Message("ui.differing.take"),
                partial(self._settle, conflict, entry.after),
                look="quiet",
            )
            take.setEnabled(not self._session.read_only)
            self._box.addLayout(widgets.line(value, 1, take))

    def _settle(self, conflict: Conflict, value: object) -> None:
        self._session.attempt(lambda: self._session.workspace.resolve(conflict, value))
