"""All that was filled differently, by agency and programme; keys settle without leaving the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from desktop.base import LocalText, Message
from desktop.ui import theme, widgets
from desktop.ui.differing.saying import agency_name, name_case
from desktop.workspace.cases import LETTERS, grouped
from desktop.workspace.owners import NOBODY, Belongs

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.workspace.cases import Case

CASE = Qt.ItemDataRole.UserRole + 1
GROUP = Qt.ItemDataRole.UserRole + 2


class CaseList(QTreeWidget):
    """A tree of two levels: whose it is, and the cases."""

    taken = Signal(int)
    """The side whose letter was pressed."""
    wanted = Signal()
    """The card of the chosen case shall have the keyboard."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(theme.grown(16))
        self.setMinimumWidth(theme.grown(220))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widgets.call(session.speaker, self, Message("ui.differing.list"))

    def show_cases(self, cases: Iterable[Case]) -> None:
        """Show these; the place of the cursor stays, so that after one is settled the next is chosen."""
        had = self.flat()
        now = self.currentItem()
        place = had.index(now) if now is not None and now in had else 0
        chosen = self.chosen()
        key = chosen.key if chosen is not None else ""
        self.blockSignals(True)
        self.clear()
        for belongs, own in grouped(cases).items():
            self._add(belongs, own)
        self.expandAll()
        self.blockSignals(False)
        found = self.flat()
        same = next((item for item in found if key and item.data(0, CASE).key == key), None)
        if same is None and found:
            same = found[min(place, len(found) - 1)]
        if same is not None:
            self.setCurrentItem(same, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _add(self, belongs: Belongs, cases: list[Case]) -> None:
        session = self._session
        head = QTreeWidgetItem(self)
        name = self._group_name(belongs)
        head.setText(0, session.say(Message("ui.differing.group", name=name, n=len(cases))))
        head.setToolTip(0, head.text(0))
        head.setData(0, GROUP, belongs)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        for case in cases:
            item = QTreeWidgetItem(head)
            _, title = name_case(session, case)
            item.setText(0, session.say(title))
            item.setToolTip(0, item.text(0))
            item.setData(0, CASE, case)
            item.setSizeHint(0, QSize(0, theme.grown(30)))

    def _group_name(self, belongs: Belongs) -> Message | LocalText | str:
        plan = self._session.plan
        agency = agency_name(self._session, belongs.agency)
        programme = next((each for each in plan.programmes if each.id == belongs.programme), None)
        title = LocalText(dict(programme.title.values)) if programme is not None else ""
        if belongs == NOBODY or not (agency or title):
            return Message("ui.differing.nobodys")
        if agency and title:
            return Message("ui.differing.agency_programme", agency=agency, programme=title)
        return Message("ui.differing.of_one", name=agency or title)

    # -- what is chosen -------------------------------------------------------------------------
    def flat(self) -> list[QTreeWidgetItem]:
        """The items of cases in order, over all groups."""
        heads = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        return [item for head in heads if head is not None for item in _children(head)]

    def chosen(self) -> Case | None:
        """The case under the cursor."""
        item = self.currentItem()
        found: Case | None = item.data(0, CASE) if item is not None else None
        return found

    def group(self) -> list[Case]:
        """The cases of the group under the cursor: of the heading itself, or of the chosen case."""
        item = self.currentItem()
        head = item.parent() or item if item is not None else None
        return [each.data(0, CASE) for each in _children(head)] if head is not None else []

    def choose(self, key: str) -> bool:
        """Put the cursor on a case; whether it is here."""
        for item in self.flat():
            if item.data(0, CASE).key == key:
                self.setCurrentItem(item)
                return True
        return False

    def step(self, by: int) -> None:
        """Go to the next or previous case."""
        found, now = self.flat(), self.currentItem()
        if found:
            place = found.index(now) + by if now in found else 0
            self.setCurrentItem(found[place % len(found)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        case = self.chosen()
        if case is not None and plain and len(letter) == 1 and letter in LETTERS[: len(case.sides)]:
            self.taken.emit(LETTERS.index(letter))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


def _children(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (head.child(n) for n in range(head.childCount()))
    return [each for each in found if each is not None]
