"""All that was filled differently, by agency and programme; keys settle without leaving the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from desktop.base import LocalText, Message
from desktop.ui import theme, widgets
from desktop.ui.differing.saying import name_case, short_name
from desktop.ui.whole_rows import wrapping_tree
from desktop.workspace.cases import LETTERS, grouped
from desktop.workspace.owners import NOBODY, Belongs

if TYPE_CHECKING:
    from desktop.ui.session import Session
    from desktop.ui.speaker import Speech
    from desktop.workspace.cases import Case
    from desktop.workspace.merge import Conflict

CASE = Qt.ItemDataRole.UserRole + 1


class CaseList(QTreeWidget):
    """A tree: the agencies, their programmes, and the cases."""

    taken = Signal(int)
    """The side whose letter was pressed."""
    wanted = Signal()
    """The card of the chosen case shall have the keyboard."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._told: dict[Conflict, tuple[str, str]] = {}
        self.setHeaderHidden(True)
        self.setIndentation(theme.grown(16))
        self.setMinimumSize(theme.grown(220), theme.grown(100))
        wrapping_tree(self)
        widgets.call(session.speaker, self, Message("ui.differing.list"))

    def show_cases(self, cases: Iterable[Case]) -> None:
        """Show these; the place of the cursor stays, so that after one is settled the next is chosen.

        No change of the cursor is told: who shows these looks at what is chosen then.
        """
        had = self.flat()
        now = self.currentItem()
        place = had.index(now) if now is not None and now in had else 0
        chosen = self.chosen()
        key = chosen.key if chosen is not None else ""
        self.blockSignals(True)
        self.clear()
        agencies: dict[str, QTreeWidgetItem] = {}
        for belongs, own in sorted(grouped(cases).items(), key=lambda pair: pair[0] == NOBODY):
            agency = agencies.get(belongs.agency) or self._head(self, self._agency(belongs))
            agencies[belongs.agency] = agency
            self._add(agency, belongs, own)
        for head in agencies.values():
            self._count(head)
        self.expandAll()
        found = self.flat()
        same = next((item for item in found if key and item.data(0, CASE).key == key), None)
        if same is None and found:
            same = found[min(place, len(found) - 1)]
        if same is not None:
            self.setCurrentItem(same, 0, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.blockSignals(False)

    def _head(self, parent: QTreeWidget | QTreeWidgetItem, name: Speech) -> QTreeWidgetItem:
        made = QTreeWidgetItem(parent)
        made.setText(0, self._session.say(name))
        font = made.font(0)
        font.setBold(True)
        made.setFont(0, font)
        return made

    def _count(self, head: QTreeWidgetItem) -> None:
        """How many cases are below a heading."""
        name, below = head.text(0), len(_cases(head))
        head.setText(0, self._session.say(Message("ui.differing.group", name=name, n=below)))
        head.setToolTip(0, head.text(0))

    def _add(self, agency: QTreeWidgetItem, belongs: Belongs, cases: list[Case]) -> None:
        session, parent = self._session, agency
        programme = next((p for p in session.plan.programmes if p.id == belongs.programme), None)
        if programme is not None:
            parent = self._head(agency, LocalText(dict(programme.title.values)))
        for case in cases:
            item = QTreeWidgetItem(parent)
            short, whole = self._names(case)
            item.setText(0, short)
            item.setToolTip(0, whole)
            item.setData(0, CASE, case)
        if parent is not agency:
            self._count(parent)

    def _names(self, case: Case) -> tuple[str, str]:
        """What a case is called here, and in full; told once for as long as it is open."""
        if case.conflict not in self._told:
            session = self._session
            _, title = name_case(session, case)
            self._told[case.conflict] = session.say(short_name(case, title)), session.say(title)
        return self._told[case.conflict]

    def forget(self) -> None:
        """Call everything anew: another language is spoken."""
        self._told.clear()

    def _agency(self, belongs: Belongs) -> Speech:
        found = self._session.plan.agency(belongs.agency) if belongs.agency else None
        if found is None:
            return Message("ui.differing.nobodys")
        return LocalText(dict(found.name.values)) if found.name else found.short_name

    # -- what is chosen -------------------------------------------------------------------------
    def flat(self) -> list[QTreeWidgetItem]:
        """The items of cases in order, over all groups."""
        heads = [self.topLevelItem(n) for n in range(self.topLevelItemCount())]
        return [item for head in heads if head is not None for item in _cases(head)]

    def chosen(self) -> Case | None:
        """The case under the cursor."""
        item = self.currentItem()
        found: Case | None = item.data(0, CASE) if item is not None else None
        return found

    def group(self) -> list[Case]:
        """The cases of the group under the cursor: of the heading itself, or of the chosen case."""
        item = self.currentItem()
        head = item.parent() if item is not None and item.data(0, CASE) is not None else item
        return [each.data(0, CASE) for each in _cases(head)] if head is not None else []

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


def _cases(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The cases below an item, at any depth, in order."""
    found: list[QTreeWidgetItem] = []
    for n in range(head.childCount()):
        child = head.child(n)
        if child is not None:
            found += [child] if child.data(0, CASE) is not None else _cases(child)
    return found
