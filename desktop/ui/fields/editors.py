"""Editors for single values: each shows a value, gives it back, and says when a person changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)  # fmt: skip

from desktop.base import Language, Message
from desktop.exchange.values import NotUnderstood, Option, parse, show
from desktop.ui import icons, theme, widgets
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

if TYPE_CHECKING:
    from desktop.ui.tracing import Subject

COLUMN = 5
"""More boxes than this stand in two columns."""


class Editor(QWidget):
    """The common manner of all editors."""

    edited = Signal()
    """A person changed what stands in it."""
    left = Signal()
    """The focus went elsewhere."""
    history_wanted = Signal(object)
    """Who changed it when? Carries its :class:`Subject`."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self.speaker = speaker
        self.pending = False
        """Whether something is typed that is not written yet; the binding says so."""
        self.about: Callable[[], Subject] | None = None
        """What it edits, as something whose history can be told; who made the editor says so."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def inner(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    def value(self) -> Value:
        """What stands in it. Raises :class:`NotUnderstood`."""
        raise NotImplementedError

    def show_value(self, value: Value) -> None:
        """Show a value; this is not an edit."""
        raise NotImplementedError

    def lock(self, *, locked: bool) -> None:
        """Allow or forbid editing."""
        self.inner.setEnabled(not locked)

    def name(self, name: str) -> None:
        """What a screen reader calls it."""
        self.inner.setAccessibleName(name)

    def hold(self, inner: QWidget) -> None:
        """Contain one widget and watch its focus."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    # -- history --------------------------------------------------------------------------------
    def subject(self) -> Subject | None:
        """What it edits, if its history can be told."""
        return self.about() if self.about is not None else None

    def add_menu(self, text: QLineEdit | QPlainTextEdit | QTextEdit) -> None:
        """Let the menu of a text lead to its history; other widgets leave the menu to us."""
        text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        text.customContextMenuRequested.connect(
            lambda spot: self._open_menu(text.createStandardContextMenu(), text.mapToGlobal(spot))
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._open_menu(QMenu(self), event.globalPos())

    def _open_menu(self, menu: QMenu, where: QPoint) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.about is not None:
            menu.addSeparator()
            history = menu.addAction(self.speaker.say(Message("ui.command.field_history")))
            history.triggered.connect(lambda: self.history_wanted.emit(self.subject()))
        if menu.isEmpty():
            menu.deleteLater()
        else:
            show_menu(menu, where)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and not self.pending
            and _undoes(cast("QKeyEvent", event))
        ):
            # Ctrl+Z undoes letters while something is typed; else it is the window's: the last operation.
            event.ignore()
            return True
        if event.type() is QEvent.Type.FocusOut:
            reason = cast("QFocusEvent", event).reason()
            if reason is not Qt.FocusReason.PopupFocusReason:
                self.left.emit()
        return super().eventFilter(watched, event)


def show_menu(menu: QMenu, where: QPoint) -> None:
    """Show a menu until something is chosen."""
    menu.exec(where)


def _undoes(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class LineEditor(Editor):
    """One line: text, numbers, money, years; figures are grouped while they are typed."""

    def __init__(self, speaker: Speaker, kind: str = "text") -> None:
        super().__init__(speaker)
        self.kind = kind
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
        if text != self.edit.text():
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def lock(self, *, locked: bool) -> None:
        self.edit.setReadOnly(locked)

    def _on_typed(self, text: str) -> None:
        if self.kind in {"integer", "rupiah"}:
            self._group(text)
        self.edited.emit()

    def _group(self, text: str) -> None:
        """Write the thousands separators while somebody types, and keep the cursor at its digit."""
        try:
            amount = parse(self.kind, text)
        except NotUnderstood:
            return
        grouped = show(self.kind, amount, self.speaker.language)
        if grouped == text or not grouped:
            return
        after = sum(map(str.isdigit, text[self.edit.cursorPosition() :]))
        self.edit.setText(grouped)
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
        if text == self.edit.toPlainText():
            return
        self._quiet = True
        self.edit.setPlainText(text)
        self._quiet = False

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


class QuietCombo(QComboBox):
    """A list that the mouse wheel does not change while somebody scrolls the page over it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class PickEditor(Editor):
    """One of a list; the first entry says that nothing is chosen."""

    def __init__(self, speaker: Speaker, choices: Iterable[Option] = ()) -> None:
        super().__init__(speaker)
        self.combo = QuietCombo()
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self._choices: tuple[Option, ...] = ()
        self._boolean = False
        self.combo.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.hold(self.combo)
        self.combo.activated.connect(lambda _row: self.edited.emit())
        speaker.changed.connect(self._fill)
        self.offer(choices)

    @property
    def inner(self) -> QComboBox:
        return self.combo

    def offer(self, choices: Iterable[Option], *, boolean: bool = False) -> None:
        """What can be picked from now on; what is picked stays."""
        offered = tuple(choices)
        self._boolean = boolean
        if offered != self._choices or not self.combo.count():
            self._choices = offered
            self._fill()

    def _fill(self) -> None:
        now = self.combo.currentData()
        self.combo.blockSignals(True)
        self.combo.clear()
        self.combo.addItem(self.speaker.say(Message("ui.value.none")), "")
        for option in self._choices:
            self.combo.addItem(self.speaker.say(option.label), option.value)
            if option.help:
                self.combo.setItemData(
                    self.combo.count() - 1, self.speaker.say(option.help), Qt.ItemDataRole.ToolTipRole
                )
        self.combo.blockSignals(False)
        self._pick(str(now or ""))

    def _pick(self, wanted: str) -> None:
        row = self.combo.findData(wanted)
        if row < 0 and wanted:
            # A value the guideline no longer offers stays visible instead of vanishing.
            self.combo.addItem(wanted, wanted)
            row = self.combo.count() - 1
        self.combo.setCurrentIndex(max(row, 0))

    def value(self) -> Value:
        picked = str(self.combo.currentData() or "")
        if self._boolean:
            return {"true": True, "false": False}.get(picked)
        return picked or None

    def show_value(self, value: Value) -> None:
        wanted = str(value).lower() if isinstance(value, bool) else str(value or "")
        if wanted != str(self.combo.currentData() or ""):
            self._pick(wanted)


class ChoicesEditor(Editor):
    """Any number of a few, as boxes to tick."""

    def __init__(self, speaker: Speaker, choices: Iterable[Option] = ()) -> None:
        super().__init__(speaker)
        self._box = QWidget()
        self._layout = QGridLayout()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._box.setLayout(self._layout)
        self._ticks: dict[str, QCheckBox] = {}
        self.hold(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._choices: tuple[Option, ...] = ()
        self.offer(choices)

    @property
    def inner(self) -> QWidget:
        return next(iter(self._ticks.values()), self._box)

    def offer(self, choices: Iterable[Option]) -> None:
        """What can be ticked from now on."""
        offered = tuple(choices)
        if offered == self._choices:
            return
        self._choices = offered
        before = self.value()
        widgets.empty(self._layout)
        self._ticks = {}
        for option in offered:
            tick = QCheckBox()
            self.speaker.tie(tick, QCheckBox.setText, option.label)
            tick.clicked.connect(lambda _on: self.edited.emit())
            tick.installEventFilter(self)
            place = len(self._ticks)
            columns = 2 if len(offered) > COLUMN else 1
            self._layout.addWidget(tick, place // columns, place % columns)
            self._ticks[option.value] = tick
        self.show_value(before)

    def value(self) -> Value:
        return tuple(value for value, tick in self._ticks.items() if tick.isChecked()) or None

    def show_value(self, value: Value) -> None:
        wanted = set(value) if isinstance(value, tuple) else set()
        for name, tick in self._ticks.items():
            tick.setChecked(name in wanted)

    def lock(self, *, locked: bool) -> None:
        self._box.setEnabled(not locked)

    def name(self, name: str) -> None:
        self._box.setAccessibleName(name)


class DateEditor(LineEditor):
    """A day, typed as people write it or picked from a calendar."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker, "date")
        speaker.tie(self.edit, QLineEdit.setPlaceholderText, Message("ui.value.date_hint"))
        self._open = self.edit.addAction(
            icons.icon("calendar", theme.LIGHT.muted, 16), QLineEdit.ActionPosition.TrailingPosition
        )
        self._open.triggered.connect(self._pick)
        self.edit.installEventFilter(self)
        button = self.edit.findChild(QWidget)
        if button is not None:
            widgets.call(speaker, button, Message("ui.value.calendar"))

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
        case "rich_text":
            from desktop.ui.fields.richedit import RichEditor

            return RichEditor(speaker, compact=True)
        case _:
            return LineEditor(speaker, kind)
