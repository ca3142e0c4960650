"""Editors inside a cell: a choice found by typing, several of a list, a day, a longer text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from desktop.base import Message
from desktop.base.speech import date
from desktop.exchange.values import NotUnderstood, Option, parse
from desktop.ui import inside, theme
from desktop.ui.fields import looking_up
from desktop.ui.session import Session
from desktop.workspace.plan import Value


class PickLine(QLineEdit):
    """One of several choices, found by typing any part of its name; the list opens by itself."""

    picked = Signal()

    def __init__(self, session: Session, choices: Sequence[Option], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = looking_up.entries(session.speaker, choices)
        self._labels = {session.say(each.label): each.value for each in choices}
        completer = looking_up.completing(list(self._values), self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.picked)
        completer.activated.connect(self._soon.start)
        self.setCompleter(completer)
        self._completer = completer
        self._open = QTimer(self, singleShot=True, interval=0)
        self._open.timeout.connect(self.offer)
        self._open.start()

    def offer(self) -> None:
        """Open the list: all of it before anything is typed."""
        looking_up.open_list(self._completer, "" if self.hasSelectedText() else self.text(), self)

    def answer(self) -> str:
        """What was chosen, as a text the model understands: the only choice that holds what was typed."""
        return looking_up.meant(self._values, self._labels, self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.offer()
            return
        super().keyPressEvent(event)


class PickSeveral(QListWidget):
    """Several of a list: Space ticks, Enter writes."""

    def __init__(self, session: Session, choices: Sequence[Option], value: Value, parent: QWidget) -> None:
        super().__init__(parent)
        chosen = value if isinstance(value, tuple) else ()
        for each in choices:
            item = QListWidgetItem(session.say(each.label), self)
            item.setData(Qt.ItemDataRole.UserRole, each.value)
            state = Qt.CheckState.Checked if each.value in chosen else Qt.CheckState.Unchecked
            item.setCheckState(state)
        if self.count():
            self.setCurrentRow(0)

    def answer(self) -> str:
        """What is ticked, as a text the model understands."""
        items = (self.item(row) for row in range(self.count()))
        return ";".join(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def room(self, cell: QRect) -> QRect:
        """Where it stands: over its cell, as high as its list."""
        high = min(theme.grown(34) * max(2, self.count()) + 6, 240)
        return QRect(cell.topLeft(), cell.size()).adjusted(
            0, 0, max(0, 220 - cell.width()), high - cell.height()
        )


class DayLine(QLineEdit):
    """A day, typed in any usual manner or picked from a calendar (F4 or its button)."""

    picked = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        inside.button(session.speaker, self, Message("ui.grid.calendar"), "calendar", self.open_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F4:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def open_calendar(self) -> None:
        """Pick a day with the mouse or the arrows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        try:
            calendar.setSelectedDate(QDate.fromString(str(parse("date", self.text())), Qt.DateFormat.ISODate))
        except NotUnderstood:
            calendar.setSelectedDate(QDate.currentDate())
        action = QWidgetAction(menu)
        action.setDefaultWidget(calendar)
        menu.addAction(action)
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        calendar.activated.connect(menu.close)
        calendar.clicked.connect(menu.close)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _take(self, day: QDate) -> None:
        self.setText(date(day.toPython(), self._session.speaker.language))  # type: ignore[arg-type]  # a date
        self.picked.emit()


class LongText(QPlainTextEdit):
    """A longer text over its cell: Enter writes it, Alt+Enter starts a new line."""

    single = False
    """Whether it is one line, only too long to be seen at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Plain Enter never comes here: the delegate takes it.
            if not self.single:
                self.insertPlainText("\n")
            return
        super().keyPressEvent(event)

    def room(self, cell: QRect) -> QRect:
        """Where it stands: over its cell, large enough to read what one writes."""
        return cell.adjusted(0, 0, max(0, 320 - cell.width()), max(0, theme.grown(112) - cell.height()))
