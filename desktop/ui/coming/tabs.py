"""The tabs of what comes back: rows by agency and programme, merged texts in colour, what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
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
from desktop.ui.reviewing.diff import DiffLabel

if TYPE_CHECKING:
    from desktop.cli.coming_told import ToldConflict, ToldGroup, ToldMerged, ToldRow, Words
    from desktop.ui.session import Session

MOST = 2_000
"""Rows shown in one tab; of more, the report on paper has all."""


class ComingTabs(QTabWidget):
    """Six views of what comes back; a tab's head says how much there is of it."""

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__()
        self._session = session
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

    def _page(self, name: str, words: Words, title: Message) -> QWidget:
        if name == "merged":
            return _merged(self._session, words.merged)
        tree = _tree(self._session, title)
        if name == "conflicts":
            _fill_conflicts(tree, words.conflicts)
            return tree
        if name == "outside":
            _fill(tree, words.groups, lambda row: row.outside)
        else:
            _fill(tree, words.groups, lambda row: row.kind == name)
        return tree


def _tree(session: Session, title: Message) -> QTreeWidget:
    made = QTreeWidget()
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
    head.resizeSection(0, 330)
    head.resizeSection(1, 190)
    widgets.call(session.speaker, made, title)
    return made


def _fill(tree: QTreeWidget, groups: Iterable[ToldGroup], wanted: Callable[[ToldRow], bool]) -> None:
    shown = 0
    for group in groups:
        rows = [row for row in group.rows if wanted(row)]
        if not rows:
            continue
        parent = _branch(tree, [_begun(each) for each in (group.agency, group.programme) if each])
        for row in rows:
            shown += 1
            if shown > MOST:
                return
            item = QTreeWidgetItem([_begun(row.title), "", ""])
            item.setToolTip(0, row.title)
            if parent is None:
                tree.addTopLevelItem(item)
            else:
                parent.addChild(item)
            # nothing stands beside the name of a row: it may take the whole line
            item.setFirstColumnSpanned(True)
            for field in row.fields:
                inner = QTreeWidgetItem([field.name, field.before, field.after])
                for column, text in enumerate((field.name, field.before, field.after)):
                    inner.setToolTip(column, text)
                item.addChild(inner)
    tree.expandAll()


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
        words.show_both(each.before, each.result)
        card.add(words)
        box.addWidget(card)
    box.addStretch(1)
    area.setWidget(inside)
    return area
