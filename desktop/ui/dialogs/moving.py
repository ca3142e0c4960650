"""Move to another guideline: choose one, read what maps, falls away, differs and is new, then agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_open
from desktop.ui.fading import fade
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.workspace.moving.telling import Group, Line, excerpt, lines, remarks, summary

if TYPE_CHECKING:
    from desktop.workspace.moving.planning import Move

Say: TypeAlias = Callable[[Speech], str]
_OPEN = frozenset({Group.DIFFERS, Group.FALLS})
"""Groups whose lines are shown at once; the others are unfolded by who wants to see them."""


def move_guideline(parent: QWidget, session: Session) -> None:
    """Ask where to, show what would happen, and do it."""
    dialog = session.attempt(lambda: Moving(session, parent))
    if dialog is None or not dialog.exec() or dialog.pack is None:
        return
    pack = dialog.pack

    def work() -> Move:
        from desktop.workspace.moving.applying import move

        return move(session.workspace, pack)

    done = session.attempt(lambda: session.apart(work))
    if done is not None:
        session.told.emit(Message("ui.told.moved", title=done.there.pack.pack.called))


class Moving(Ask):
    """The preview of a move. Nothing is written before the person agrees."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, Message("ui.move.title"), Message("ui.move.accept"), parent)
        offer_help(self, "moving")
        self.pack: bytes | None = None
        """The bytes of the pack whose preview is shown."""
        self.preview: Move | None = None
        self.setMinimumWidth(theme.grown(700))
        now = session.pack.pack
        self.body.addWidget(
            widgets.label(
                session.speaker, Message("ui.move.now", title=now.title, version=now.version), wrap=True
            )
        )
        self.choice = QuietCombo()
        self.field(Message("ui.move.to"), self.choice)
        self.other = widgets.button(
            session.speaker, Message("ui.move.file"), self._ask_file, icon="folder-open"
        )
        self.body.addLayout(widgets.line(self.other, 1))
        self.remarks = widgets.blank()
        self.remarks.setWordWrap(True)
        self.remarks.setProperty("look", "warn")
        self.body.addWidget(self.remarks)
        self.tree = _tree(session)
        self.tree.setMinimumHeight(theme.grown(260))
        self.body.addWidget(self.tree, 1)
        self.sentence = widgets.label(session.speaker, "", wrap=True)
        self.body.addWidget(self.sentence)
        self.body.addWidget(widgets.label(session.speaker, Message("ui.move.safe"), "muted", wrap=True))
        self._fill()
        self.choice.currentIndexChanged.connect(lambda _row: self._on_chosen())
        self._on_chosen()

    def _fill(self) -> None:
        from desktop.guideline.store import available

        present = self.session.plan.guideline
        for one in available():
            if one.usable and (one.id, one.version) != (present.id, present.version):
                status = Message(f"guideline.status.{one.status}")
                name = Message("ui.move.choice", title=one.title, version=one.version, status=status)
                self.choice.addItem(self.session.say(name), one)

    def _ask_file(self) -> None:
        title, kinds = Message("ui.move.file"), Message("ui.move.kinds")
        path = ask_open(self, self.session, title, kinds)
        if path is not None:
            self.offer_file(path)

    def offer_file(self, path: Path) -> None:
        """Choose a pack file that is not among those at hand."""
        self.choice.addItem(path.name, path)
        self.choice.setCurrentIndex(self.choice.count() - 1)

    def _on_chosen(self) -> None:
        self.pack = self.preview = None
        chosen = self.choice.currentData()
        self.tree.clear()
        said: list[Message] = []
        if chosen is not None:
            said = self.session.attempt(lambda: self._look(chosen)) or []
        self.remarks.setText("\n".join(self.session.say(each) for each in said))
        self.remarks.setVisible(bool(said))
        self._show(self.preview)
        if chosen is None:
            self.sentence.setText(self.session.say(Message("ui.move.none")))

    def _look(self, chosen: object) -> list[Message]:
        from desktop.workspace.moving.previewing import preview

        pack, warning = _read(chosen)
        workspace = self.session.workspace
        self.preview = beside(lambda: preview(workspace, pack))
        self.pack = pack
        found = list(remarks(self.preview, len(self.session.plan.years)))
        return [*found, warning] if warning is not None else found

    def _show(self, move: Move | None) -> None:
        self.ok.setEnabled(move is not None)
        self.tree.setEnabled(move is not None)
        self.sentence.setText(self.session.say(summary(move)) if move is not None else "")
        if move is None:
            return
        say, language = self.session.say, self.session.speaker.language.value
        told = lines(move)
        for group in Group:
            mine = [line for line in told if line.group is group]
            if not mine:
                continue
            name = Message(f"workspace.moving.group.{group}")
            head = QTreeWidgetItem([say(Message("ui.move.group", name=name, count=_count(mine)))])
            self.tree.addTopLevelItem(head)
            head.setFirstColumnSpanned(True)
            for line in mine:
                item = QTreeWidgetItem([_first(line, say), _second(line, language, say), ""])
                item.setText(2, str(line.count) if group is not Group.NEW else "")
                for column in range(2):
                    item.setToolTip(column, item.text(column))
                head.addChild(item)
            head.setExpanded(group in _OPEN)


def _count(mine: list[Line]) -> int:
    """How many entries some lines stand for."""
    return sum(line.count for line in mine)


def _first(line: Line, say: Say) -> str:
    label = say(line.label)
    return say(Message("cli.move.required", label=label)) if line.required else label


def _second(line: Line, language: str, say: Say) -> str:
    if line.group is Group.DIFFERS:
        now, then = excerpt(line.content, language), excerpt(line.other, language)
        kept = "newer" if line.newer else "earlier"
        return say(Message(f"workspace.moving.{kept}", now=now, then=then))
    if line.into is not None:
        return say(line.into)
    return excerpt(line.content, language)


def _read(chosen: object) -> tuple[bytes, Message | None]:
    """The bytes of a pack, and what a person should know about a file that nobody vouches for."""
    from desktop.guideline import open_pack
    from desktop.guideline.provenance import provenance
    from desktop.guideline.store import Available

    if isinstance(chosen, Available):
        return chosen.read(), None
    opened = open_pack(Path(str(chosen)))
    return opened.content, provenance(opened).warning


def _tree(session: Session) -> QTreeWidget:
    tree = QTreeWidget()
    fade(tree)
    tree.setColumnCount(3)
    heads = (
        Message("ui.move.column.item"),
        Message("ui.move.column.becomes"),
        Message("ui.move.column.count"),
    )
    tree.setHeaderLabels([session.say(each) for each in heads])
    tree.setUniformRowHeights(True)
    tree.setSelectionMode(QTreeWidget.SelectionMode.SingleSelection)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    tree.header().setStretchLastSection(False)
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
    widgets.call(session.speaker, tree, Message("ui.move.preview"))
    return tree
