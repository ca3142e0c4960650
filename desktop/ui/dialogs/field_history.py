"""The history of one field: who changed it when, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)  # fmt: skip

from desktop.base import Language, Message
from desktop.base.speech import moment
from desktop.ui import widgets
from desktop.ui.dialogs.ask import fit
from desktop.ui.fading import fade
from desktop.ui.fields.box import language_name
from desktop.ui.helping.asking import offer_help
from desktop.ui.reviewing.diff import AT_A_GLANCE, DiffLabel
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.tracing import Subject, spell

if TYPE_CHECKING:
    from desktop.workspace import HistoryEntry

HEADS = (
    Message("ui.history.when"),
    Message("ui.history.who"),
    Message("ui.trace.before"),
    Message("ui.trace.after"),
    Message("ui.history.what"),
)
SHORT = 40
"""Letters up to which a value needs no comparing word by word."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change, and which of several registers it was (a language, an agency)."""

    entry: HistoryEntry
    part: Speech


def lines_of(session: Session, subject: Subject) -> list[Line]:
    """The changes of every register behind a field, newest first."""
    found = [
        Line(entry, record.part or _language(entry.field))
        for record in subject.records
        for entry in session.workspace.history(record.table, record.row, record.field)
    ]
    return sorted(found, key=lambda line: line.entry.when, reverse=True)


def _language(field: str) -> Speech:
    code = field.partition(":")[2]
    return language_name(Language(code)) if code else ""


class FieldHistory(QDialog):
    """The changes as a table, and the chosen one in full below it."""

    def __init__(self, session: Session, subject: Subject, parent: QWidget) -> None:
        super().__init__(parent)
        offer_help(self, "history")
        self._session, self._subject = session, subject
        self.lines = lines_of(session, subject)
        speaker = session.speaker
        speaker.tie(self, QDialog.setWindowTitle, Message("ui.command.field_history"))
        fit(self, parent, 820, 520)
        layout = widgets.column(margins=(20, 18, 20, 16), spacing=10)
        self.setLayout(layout)
        layout.addWidget(widgets.label(speaker, subject.title, "section", wrap=True))
        self.table = self._table()
        self._nothing = widgets.label(speaker, Message("ui.trace.none"), "muted", wrap=True)
        layout.addWidget(self._nothing)
        layout.addWidget(self.table, 1)
        self.before, self.after = QPlainTextEdit(), QPlainTextEdit()
        panes = widgets.line(spacing=12)
        for name, pane in (
            (Message("ui.trace.before"), self.before),
            (Message("ui.trace.after"), self.after),
        ):
            pane.setReadOnly(True)
            pane.setTabChangesFocus(True)
            pane.setFixedHeight(120)
            widgets.call(speaker, pane, name)
            side = widgets.column(spacing=3)
            side.addWidget(widgets.label(speaker, name, "field"))
            side.addWidget(pane)
            panes.addLayout(side, 1)
        layout.addLayout(panes)
        self.diff = DiffLabel(session, most=AT_A_GLANCE)
        self.diff.hide()
        layout.addWidget(self.diff)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self._fill()

    def _table(self) -> QTableWidget:
        made = QTableWidget(0, len(HEADS))
        fade(made)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setTabKeyNavigation(False)
        made.setShowGrid(False)
        made.setWordWrap(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(32)
        head = made.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (0, 1):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        made.setHorizontalHeaderLabels([self._session.say(each) for each in HEADS])
        widgets.call(self._session.speaker, made, Message("ui.command.field_history"))
        made.currentCellChanged.connect(lambda row, *_: self._show(row))
        return made

    def _fill(self) -> None:
        self._nothing.setVisible(not self.lines)
        self.table.setVisible(bool(self.lines))
        self.table.setRowCount(len(self.lines))
        for row, line in enumerate(self.lines):
            for column, text in enumerate(self.words(line)):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setToolTip(text[:1000])
                self.table.setItem(row, column, item)
        if self.lines:
            self.table.setCurrentCell(0, 0)

    def words(self, line: Line) -> tuple[str, str, str, str, str]:
        """When, who, from what, to what, and by which change."""
        say, entry = self._session.say, line.entry
        what = entry.label
        if entry.kind == "undo":
            what = Message("ui.history.undone", what=entry.label)
        elif entry.kind == "redo":
            what = Message("ui.history.redone", what=entry.label)
        part = say(line.part)
        after = self._said(entry.after) if entry.field else say(Message("ui.trace.deleted"))
        return (
            moment(entry.when, self._session.speaker.language),
            entry.author,
            " / ".join(self._said(value) for value in entry.before) or self._said(None),
            f"{after} ({part})" if part else after,
            say(what),
        )

    def _said(self, value: object) -> str:
        subject = self._subject
        return spell(self._session, subject.field, value, subject.offered)

    def _show(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            entry = self.lines[row].entry
            self.before.setPlainText("\n\n".join(self._said(value) for value in entry.before))
            gone = self._session.say(Message("ui.trace.deleted"))
            self.after.setPlainText(self._said(entry.after) if entry.field else gone)
            self._compare()

    def _compare(self) -> None:
        """Of two texts the words that went and came; of short values both are seen at a glance."""
        old, new = self.before.toPlainText(), self.after.toPlainText()
        texts = len(old) > SHORT and len(new) > SHORT and old != new
        self.diff.setVisible(texts)
        if texts:
            self.diff.show_both(old, new)


def show_history(parent: QWidget, session: Session, subject: Subject | None) -> None:
    """Show the history of a field; what is typed into it is written first."""
    if subject is None:
        session.told.emit(Message("ui.trace.choose"))
        return
    session.drafts.flush()
    FieldHistory(session, subject, parent).exec()
