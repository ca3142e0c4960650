"""Bring a colleague's workspace file back: first what it would do, then, if accepted, done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_open
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.ui.tracing import TABLES

NAMED = ("programme", "agency", "activity", "indicator", "evidence")
"""Kinds of rows whose names tell a person what came in."""
SHOWN = 5

if TYPE_CHECKING:
    from desktop.workspace.bring_back import MergeReport


def bring_back_file(parent: QWidget, session: Session) -> None:
    """Choose a file, show what came in, take it over if accepted."""
    path = ask_open(parent, session, Message("ui.command.bring_back"), Message("ui.files.workspaces"))
    if path is not None:
        bring_back_path(parent, session, path)


def bring_back_path(parent: QWidget, session: Session, path: Path) -> None:
    """The same for a file that is known."""
    report = session.attempt(lambda: session.workspace.preview(path))
    if report is not None and BringBack(session, report, path.name, parent).exec():
        done = session.attempt(lambda: session.workspace.bring_back(path))
        if done is not None:
            session.told.emit(Message("ui.told.brought_back", n=done.change_sets))


class BringBack(Ask):
    """The preview of a merge: whose work, what it brings, what was filled differently; then yes or no."""

    def __init__(self, session: Session, report: MergeReport, file: str, parent: QWidget) -> None:
        super().__init__(session, Message("ui.back.title", file=file), Message("ui.back.accept"), parent)
        offer_help(self, "together")
        self.setMinimumWidth(theme.grown(540))
        brings = bool(report.change_sets or report.files)
        for message in sentences(report):
            icon, role = _mark(message.id)
            self._line(message, icon, role)
        for name in names(session, report):
            told = widgets.label(session.speaker, f"\N{BULLET} {name}", "muted", wrap=True)
            told.setContentsMargins(28, 0, 0, 0)
            self.body.addWidget(told)
        if brings:
            self._line(Message("ui.back.safe"), "archive-restore", "good")
        self.ok.setEnabled(brings)
        self.ok.setVisible(brings)
        if not brings:
            # nothing to decide: the one button that is left says so
            self.buttons.removeButton(self.buttons.button(QDialogButtonBox.StandardButton.Cancel))
            close = widgets.button(session.speaker, Message("ui.back.close"), self.reject)
            self.buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)

    def _line(self, message: Message, icon: str, role: str) -> None:
        text = widgets.label(self.session.speaker, message, wrap=True)
        self.body.addLayout(widgets.line(widgets.picture(icon, role, 18), text, 1, spacing=10))


def _mark(sentence: str) -> tuple[str, str]:
    """The icon beside a sentence, and its colour."""
    return {
        "ui.back.from": ("user", "primary"),
        "ui.back.nothing": ("circle-check", "good"),
        "ui.back.files": ("paperclip", "primary"),
        "ui.back.differing": ("git-merge", "warn"),
    }.get(sentence, ("pen-line", "primary"))


def names(session: Session, report: MergeReport) -> list[str]:
    """What the rows that came new are called, as far as they have a name; a few of them."""
    found = []
    for change in report.rows:
        if change.kind != "new" or change.table not in NAMED:
            continue
        for field, _, after in change.fields:
            if field in ("title", "name") and after:
                texts = after if isinstance(after, dict) else {"id": after}
                found.append(str(texts.get(session.source.value) or next(iter(texts.values()), "")))
    known = [name for name in found if name]
    rest = len(known) - SHOWN
    if rest <= 0:
        return known
    return [*known[:SHOWN], session.say(Message("ui.back.more", n=rest))]


def sentences(report: MergeReport) -> list[Message]:
    """What a merge would do, in sentences."""
    if not report.change_sets:
        return [Message("ui.back.nothing")]
    said = [Message("ui.back.from", n=report.change_sets, who=", ".join(report.authors) or "?")]
    counts = Counter(change.table for change in report.rows)
    for table, count in counts.most_common():
        kind = TABLES.get(table, Message("ui.table.other"))
        said.append(Message("ui.back.rows", n=count, kind=kind))
    if report.files:
        said.append(Message("ui.back.files", n=report.files))
    if report.new_conflicts:
        said.append(Message("ui.back.differing", n=len(report.new_conflicts)))
    return said
