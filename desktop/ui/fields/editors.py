"""Editors for single values: each shows a value, gives it back, and says when a person changed it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QDate, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidgetAction,
)  # fmt: skip

from desktop.base import Language, Message
from desktop.exchange.values import NotUnderstood, Option, parse, show
from desktop.ui import inside
from desktop.ui.fields.editor import Editor, kept
from desktop.ui.fields.looking_up import LookUpEditor
from desktop.ui.fields.picking import ChoicesEditor, PickEditor
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value


class LineEditor(Editor):
    """One line: text, numbers, money, years; figures are grouped while they are typed."""

    def __init__(self, speaker: Speaker, kind: str = "text") -> None:
        super().__init__(speaker)
        self.kind = kind
        self._grouped = ""
        """What we last wrote: its separators are ours, others are the person's own."""
        self.edit = QLineEdit()
        if kind in {"integer", "rupiah", "decimal", "percent"}:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.hold(self.edit)
        self.add_menu(self.edit)
        self.edit.textEdited.connect(self._on_typed)
        speaker.changed.connect(self._speak)

    @property
    def inner(self) -> QLineEdit:
        return self.edit

    def value(self) -> Value:
        english = self.speaker.language is Language.EN
        return parse(self.kind, self.edit.text(), english=english)

    def show_value(self, value: Value) -> None:
        text = show(self.kind, value, self.speaker.language)
        before = self.edit.text()
        if text != before:
            caret = kept(before, text, self.edit.cursorPosition()) if self.edit.hasFocus() else 0
            self.edit.setText(text)
            self.edit.setCursorPosition(caret)
        self._grouped = text

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)

    def _on_typed(self, text: str) -> None:
        if self.kind in {"integer", "rupiah"}:
            self._group(text)
        self.edited.emit()

    def _group(self, text: str) -> None:
        """Write the thousands separators while somebody types, and keep the cursor at its digit."""
        plain = text
        if _separators(text) <= _separators(self._grouped):
            # a digit put among groups of ours moves them; "5,5" was never ours and stays to be refused
            plain = _BETWEEN.sub("", text)
        try:
            amount = parse(self.kind, plain)
        except NotUnderstood:
            return
        grouped = show(self.kind, amount, self.speaker.language)
        if grouped == text or not grouped:
            return
        after = sum(map(str.isdigit, text[self.edit.cursorPosition() :]))
        self.edit.setText(grouped)
        self._grouped = grouped
        place = len(grouped)
        while place and sum(map(str.isdigit, grouped[place:])) < after:
            place -= 1
        self.edit.setCursorPosition(place)

    def _speak(self) -> None:
        """Numbers are written in the other manner now; what is half typed stays."""
        if self.kind == "text":
            return
        text, other = self.edit.text(), self.speaker.language is not Language.EN
        try:
            self.show_value(parse(self.kind, text, english=other))
        except NotUnderstood:
            return


_BETWEEN = re.compile(r"(?<=\d)[.,\s\u00a0](?=\d)")


def _separators(text: str) -> int:
    """How many signs stand between digits."""
    return len(_BETWEEN.findall(text))


class LongEditor(Editor):
    """Several lines of plain text; it grows with what is written."""

    LEAST, MOST = 3, 12

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.hold(self.edit)
        self.add_menu(self.edit)
        self._quiet = False
        self.edit.textChanged.connect(self._on_changed)
        self._fit()

    @property
    def inner(self) -> QPlainTextEdit:
        return self.edit

    def value(self) -> Value:
        text = self.edit.toPlainText()
        return text if text.strip() else None

    def show_value(self, value: Value) -> None:
        text = str(value or "")
        before = self.edit.toPlainText()
        if text == before:
            return
        cursor = self.edit.textCursor()
        caret = kept(before, text, cursor.position())
        self._quiet = True
        self.edit.setPlainText(text)
        self._quiet = False
        if self.edit.hasFocus():
            cursor.setPosition(min(caret, max(0, self.edit.document().characterCount() - 1)))
            self.edit.setTextCursor(cursor)

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)

    def _on_changed(self) -> None:
        self._fit()
        if not self._quiet:
            self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        lines = self.edit.document().size().height()
        shown = min(max(int(lines) + 1, self.LEAST), self.MOST)
        height = shown * self.edit.fontMetrics().lineSpacing() + 18
        if height != self.edit.height() or self.edit.minimumHeight() != height:
            self.edit.setFixedHeight(height)


class DateEditor(LineEditor):
    """A day, typed as people write it or picked from a calendar."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker, "date")
        speaker.tie(self.edit, QLineEdit.setPlaceholderText, Message("ui.value.date_hint"))
        self._open = inside.button(speaker, self.edit, Message("ui.value.calendar"), "calendar", self._pick)
        self.edit.installEventFilter(self)

    def lock(self, *, locked: bool) -> None:
        super().lock(locked=locked)
        self._open.setEnabled(not locked)

    def _pick(self) -> None:
        menu = QMenu(self)
        calendar = QCalendarWidget()
        calendar.setFixedSize(QSize(320, 240))
        try:
            now = self.value()
        except NotUnderstood:
            now = None
        if now:
            calendar.setSelectedDate(QDate.fromString(str(now), Qt.DateFormat.ISODate))
        calendar.clicked.connect(lambda day: self._take(day, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.exec(self.edit.mapToGlobal(QPoint(0, self.edit.height())))

    def _take(self, day: QDate, menu: QMenu) -> None:
        menu.close()
        self.show_value(day.toString(Qt.DateFormat.ISODate))
        self.edited.emit()
        self.left.emit()


def editor_for(kind: str, speaker: Speaker, choices: Iterable[Option] = ()) -> Editor:
    """The editor for a field type of the guideline (rich text has its own, ``richedit``)."""
    match kind:
        case "long_text":
            return LongEditor(speaker)
        case "date":
            return DateEditor(speaker)
        case "choices":
            return ChoicesEditor(speaker, choices)
        case "boolean":
            made = PickEditor(speaker)
            made.offer(choices, boolean=True)
            return made
        case "choice" | "dimension" | "sub_dimension" | "agency" | "person" | "programme":
            return PickEditor(speaker, choices)
        case "row":
            return LookUpEditor(speaker, choices)
        case "rich_text":
            from desktop.ui.fields.richedit import RichEditor

            return RichEditor(speaker, compact=True)
        case _:
            return LineEditor(speaker, kind)
