"""One of many, found by typing any part of its words: rows of another worksheet, in a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from desktop.base import Message
from desktop.exchange.values import GONE_ROW, NotUnderstood, Option
from desktop.ui import inside
from desktop.ui.fields.editor import Editor
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

SHOWN_AT_ONCE = 12
LONGEST = 120
"""Letters of an entry's further words; the rest is of no help in choosing."""


def entries(speaker: Speaker, choices: Sequence[Option]) -> dict[str, str]:
    """What a list shows, with the value each entry stands for: the label, and more words where there are."""
    out: dict[str, str] = {}
    for each in choices:
        label, details = speaker.say(each.label), speaker.say(each.details)
        if len(details) > LONGEST:
            details = details[: LONGEST - 1].rstrip() + "…"
        out[f"{label} – {details}" if details else label] = each.value
    return out


def meant(names: Mapping[str, str], labels: Mapping[str, str], typed: str) -> str:
    """The value meant by what was typed: an entry, a label, or the only one that holds it; else as typed."""
    typed = typed.strip()
    for known in (names, labels):
        if not typed or typed in known:
            return known.get(typed, "")
    folded = typed.casefold()
    for fits in (str.startswith, str.__contains__):
        found = [value for name, value in names.items() if fits(name.casefold(), folded)]
        if len(found) == 1:
            return found[0]
    return typed


def completing(names: Sequence[str], parent: QObject) -> QCompleter:
    """A list that keeps what holds the letters typed."""
    made = QCompleter(parent)
    made.setModel(QStringListModel(list(names), made))
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setMaxVisibleItems(SHOWN_AT_ONCE)
    return made


def open_list(completer: QCompleter, prefix: str, line: QWidget) -> None:
    """Open the list under a line, wide enough for its entries."""
    popup = completer.popup()
    if popup is None or not line.isVisible():
        return
    wide = max(line.width(), min(popup.sizeHintForColumn(0) + 30, line.window().width()))
    completer.setCompletionPrefix(prefix)
    completer.complete(QRect(QPoint(0, 0), line.size()).adjusted(0, 0, max(0, wide - line.width()), 0))


class LookUpEditor(Editor):
    """One of many by its words: typing looks for it, the arrow or its button shows all."""

    def __init__(self, speaker: Speaker, choices: Iterable[Option] = ()) -> None:
        super().__init__(speaker)
        self.edit = QLineEdit()
        self._choices: tuple[Option, ...] = ()
        self._names: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._value = ""
        self._open = inside.button(speaker, self.edit, Message("ui.value.choose"), "search", self.show_all)
        self.add_menu(self.edit)
        self.hold(self.edit)
        self.edit.textEdited.connect(lambda _text: self.edited.emit())
        speaker.tie(self.edit, QLineEdit.setPlaceholderText, Message("ui.value.look_up"))
        self._completer = completing((), self)
        self.offer(choices)
        speaker.changed.connect(self._fill)

    @property
    def inner(self) -> QLineEdit:
        return self.edit

    def offer(self, choices: Iterable[Option]) -> None:
        """What can be chosen from now on; what is chosen stays."""
        offered = tuple(choices)
        if offered != self._choices:
            self._choices = offered
            self._fill()

    def _fill(self) -> None:
        typing = self.edit.isModified()
        self._names = entries(self.speaker, self._choices)
        self._labels = {self.speaker.say(each.label): each.value for each in self._choices}
        self._completer.deleteLater()
        self._completer = completing(list(self._names), self)
        self._completer.activated.connect(self._take)
        self.edit.setCompleter(self._completer)
        if not typing:
            self.show_value(self._value)

    def _take(self, entry: str) -> None:
        self.show_value(self._names.get(entry, ""))
        self.edited.emit()
        self.left.emit()

    def show_all(self) -> None:
        """Open the list with everything in it."""
        if not self.edit.isReadOnly():
            open_list(self._completer, "", self.edit)

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)
        self._open.setEnabled(not locked)

    def value(self) -> Value:
        if not self.edit.isModified():
            return self._value or None
        found = meant(self._names, self._labels, self.edit.text())
        if found and found not in self._names.values():
            raise NotUnderstood(self.edit.text(), "row")
        return found or None

    def show_value(self, value: Value) -> None:
        self._value = str(value or "")
        shown = next((label for label, each in self._labels.items() if each == self._value), None)
        text = "" if not self._value else self.speaker.say(GONE_ROW) if shown is None else shown
        self.edit.setText(text)
        self.edit.setCursorPosition(0)
        self.edit.setToolTip(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.edit
            and event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Down, Qt.Key.Key_F4}
        ):
            self.show_all()
            return True
        return super().eventFilter(watched, event)
