"""The tabs of what comes back: rows by agency and programme, merged texts in colour, what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QScrollArea,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.fading import fade
from desktop.ui.reviewing.diff import DiffLabel

if TYPE_CHECKING:
    from desktop.cli.coming_told import ToldConflict, ToldField, ToldGroup, ToldMerged, ToldRow, Words
    from desktop.ui.session import Session

MOST = 10_000
"""Rows shown in one tab; how many more there are is told."""
_WHICH = Qt.ItemDataRole.UserRole
_LINE, _TIP = 400, 2_000
"""Letters of a value on its line and beside the pointer; below, it stands in full."""


class ComingTabs(QTabWidget):
    """Six views of what comes back; a tab's head says how much there is of it."""

    looked_at = Signal(object, object)
    """The row (ToldRow) that is looked at, and its field (ToldField) or None; None where it is no row."""

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__()
        self._session = session
        self._told: list[tuple[ToldRow, ToldField | None]] = []
        self.setUsesScrollButtons(True)
        titles = {
            "new": Message("ui.back.tab.new", count=words.counts["new"]),
            "changed": Message("ui.back.tab.changed", count=words.counts["changed"]),
            "deleted": Message("ui.back.tab.deleted", count=words.counts["deleted"]),
            "outside": Message("ui.back.tab.outside", count=words.counts["outside"]),
            "merged": Message("ui.back.tab.merged", count=words.counts["merged"]),
            "conflicts": Message("ui.back.tab.conflicts", count=words.counts["conflicts"]),
        }
        for name, title in titles.items():
            page = self._page(name, words, title)
            self.addTab(page, session.say(title))
            self.setTabEnabled(self.count() - 1, bool(words.counts[name]))
        first = next((at for at, name in enumerate(titles) if words.counts[name]), 0)
        self.setCurrentIndex(first)
        self.currentChanged.connect(self._turn)

    def _page(self, name: str, words: Words, title: Message) -> QWidget:
        if name == "merged":
            return _merged(self._session, words.merged)
        tree = _tree(self._session, title)
        if name == "conflicts":
            _fill_conflicts(tree, words.conflicts)
            return tree
        if name == "outside":
            self._fill(tree, words.groups, lambda row: row.outside)
        else:
            self._fill(tree, words.groups, lambda row: row.kind == name)
        tree.currentItemChanged.connect(lambda item, _before: self._look(item))
        return tree

    def _fill(
        self, tree: QTreeWidget, groups: Iterable[ToldGroup], wanted: Callable[[ToldRow], bool]
    ) -> None:
        shown = left = 0
        for group in groups:
            rows = [row for row in group.rows if wanted(row)]
            taken = rows[: max(MOST - shown, 0)]
            left += len(rows) - len(taken)
            shown += len(taken)
            if not taken:
                continue
            parent = _branch(tree, [_begun(each) for each in (group.agency, group.programme) if each])
            for row in taken:
                self._row(tree, parent, row)
        tree.expandAll()
        if left:
            more = QTreeWidgetItem([self._session.say(Message("ui.back.rows_left", n=left)), "", ""])
            tree.addTopLevelItem(more)
            more.setFirstColumnSpanned(True)

    def _row(self, tree: QTreeWidget, parent: QTreeWidgetItem | None, row: ToldRow) -> None:
        item = QTreeWidgetItem([_begun(row.title), "", ""])
        item.setToolTip(0, row.title)
        self._know(item, row, None)
        if parent is None:
            tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        # nothing stands beside the name of a row: it may take the whole line
        item.setFirstColumnSpanned(True)
        for field in row.fields:
            said = (field.name, field.before, field.after)
            inner = QTreeWidgetItem([each[:_LINE] for each in said])
            for column, text in enumerate(said):
                inner.setToolTip(column, text[:_TIP])
            self._know(inner, row, field)
            item.addChild(inner)

    def _know(self, item: QTreeWidgetItem, row: ToldRow, field: ToldField | None) -> None:
        item.setData(0, _WHICH, len(self._told))
        self._told.append((row, field))

    def _look(self, item: QTreeWidgetItem | None) -> None:
        which = item.data(0, _WHICH) if item is not None else None
        self.looked_at.emit(*(self._told[which] if which is not None else (None, None)))

    def _turn(self, _place: int) -> None:
        shown = self.currentWidget()
        self._look(shown.currentItem() if isinstance(shown, QTreeWidget) else None)


def _tree(session: Session, title: Message) -> QTreeWidget:
    made = QTreeWidget()
    fade(made)
    made.setColumnCount(3)
    heads = (Message("ui.back.head.where"), Message("ui.trace.before"), Message("ui.trace.after"))
    made.setHeaderLabels([session.say(each) for each in heads])
    made.setRootIsDecorated(True)
    made.setUniformRowHeights(True)
    made.setWordWrap(False)
    made.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
    head = made.header()
    head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    head.setStretchLastSection(True)
    head.resizeSection(0, 260)
    head.resizeSection(1, 260)
    widgets.call(session.speaker, made, title)
    return made


def _fill_conflicts(tree: QTreeWidget, conflicts: Iterable[ToldConflict]) -> None:
    tree.setColumnCount(1)
    for each in conflicts:
        parent = _branch(tree, [_begun(name) for name in (each.agency, each.programme) if name])
        said = f"{_begun(each.title)} \N{MIDDLE DOT} {each.name}"
        item = QTreeWidgetItem([said])
        item.setToolTip(0, said)
        if parent is None:
            tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
    tree.expandAll()


def _begun(name: str) -> str:
    """What a row is called, at the beginning of a line."""
    return name[:1].upper() + name[1:]


def _branch(tree: QTreeWidget, names: list[str]) -> QTreeWidgetItem | None:
    """The branch of an agency and a programme, made where it is not there yet."""
    at: QTreeWidgetItem | None = None
    for name in names:
        items = (
            [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
            if at is None
            else [at.child(n) for n in range(at.childCount())]
        )
        found = next((each for each in items if each is not None and each.text(0) == name), None)
        if found is None:
            found = QTreeWidgetItem([name])
            font = found.font(0)
            font.setBold(True)
            found.setFont(0, font)
            if at is None:
                tree.addTopLevelItem(found)
            else:
                at.addChild(found)
            # only an item that is in the tree can be told so; a heading has the whole line
            found.setFirstColumnSpanned(True)
        at = found
    return at


def _merged(session: Session, merged: Iterable[ToldMerged]) -> QWidget:
    """The texts that came together, what came struck or underlined against what stood here."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    inside.setProperty("look", "page")
    box = widgets.column(margins=(2, 8, 10, 8), spacing=10)
    inside.setLayout(box)
    box.addWidget(widgets.label(session.speaker, Message("ui.back.merged_note"), "muted", wrap=True))
    for each in merged:
        card = widgets.Card(session.speaker)
        card.add(
            widgets.label(
                session.speaker, f"{_begun(each.title)} \N{MIDDLE DOT} {each.name}", "field", wrap=True
            )
        )
        words = DiffLabel(session)
        words.show_values(each.before, each.result)
        card.add(words)
        box.addWidget(card)
    box.addStretch(1)
    area.setWidget(inside)
    return area
