"""Bring a colleague's workspace file back: first what it would do, then, if accepted, done."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_open
from desktop.ui.session import Session
from desktop.ui.tracing import TABLES

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
    """The preview of a merge."""

    def __init__(self, session: Session, report: MergeReport, file: str, parent: QWidget) -> None:
        super().__init__(session, Message("ui.back.title", file=file), Message("ui.back.accept"), parent)
        for message in sentences(report):
            self.body.addWidget(widgets.label(session.speaker, message, wrap=True))
        self.body.addWidget(widgets.label(session.speaker, Message("ui.back.safe"), "muted", wrap=True))
        self.ok.setEnabled(bool(report.change_sets or report.files))


def sentences(report: MergeReport) -> list[Message]:
    """What a merge would do, in sentences."""
    if not report.change_sets:
        return [Message("ui.back.nothing")]
    said = [Message("ui.back.from", n=report.change_sets, who=", ".join(report.authors))]
    counts = Counter(change.table for change in report.rows)
    for table, count in counts.most_common():
        kind = TABLES.get(table, Message("ui.table.other"))
        said.append(Message("ui.back.rows", n=count, kind=kind))
    if report.files:
        said.append(Message("ui.back.files", n=report.files))
    if report.new_conflicts:
        said.append(Message("ui.back.differing", n=len(report.new_conflicts)))
    return said
