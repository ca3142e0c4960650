"""A list of things of which several can be ticked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.ui import theme
from desktop.ui.fading import fade
from desktop.ui.session import Session
from desktop.ui.speaker import Speech


class TickList(QListWidget):
    """Things to be ticked; those ticked at first stand at the top."""

    def __init__(
        self, session: Session, options: Iterable[tuple[str, Speech]], ticked: Sequence[str]
    ) -> None:
        super().__init__()
        options = sorted(options, key=lambda each: each[0] not in ticked)
        for value, name in options:
            item = QListWidgetItem(session.say(name))
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked
            item.setCheckState(on)
            self.addItem(item)
        fade(self)
        # a bar below would hide the last of the few lines; the whole name stands in the tooltip
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.grown(150))

    def tick_all(self, *, on: bool) -> None:
        """Tick everything, or nothing."""
        for row in range(self.count()):
            self.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def ticked(self) -> list[str]:
        """The values ticked, in the list's order."""
        items = (self.item(row) for row in range(self.count()))
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]
