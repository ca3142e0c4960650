"""Editors answered by choosing: one of a list, several of a list."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QSizePolicy,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.exchange.values import Option
from desktop.ui import widgets
from desktop.ui.fields.editor import Editor
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

COLUMN = 5
"""More boxes than this stand in two columns."""


class QuietCombo(QComboBox):
    """A list that the mouse wheel neither enters nor changes: it scrolls the page the list stands on."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
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


class Ticks(QWidget):
    """Boxes in two columns where they fit beside each other, else in one."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(4)
        self.setLayout(self.grid)
        self.boxes: list[QCheckBox] = []
        self._columns = 1

    def _widest(self) -> int:
        return max((box.sizeHint().width() for box in self.boxes), default=0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    def arrange(self, *, anew: bool = False) -> None:
        """Lay the boxes out for the width there is."""
        fit = 2 * self._widest() + self.grid.spacing() <= self.width()
        columns = 2 if len(self.boxes) > COLUMN and fit else 1
        if columns == self._columns and not anew:
            return
        self._columns = columns
        for place, box in enumerate(self.boxes):
            self.grid.addWidget(box, place // columns, place % columns)


class ChoicesEditor(Editor):
    """Any number of a few, as boxes to tick."""

    def __init__(self, speaker: Speaker, choices: Iterable[Option] = ()) -> None:
        super().__init__(speaker)
        self._box = Ticks()
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
        widgets.empty(self._box.grid)
        self._ticks = {}
        for option in offered:
            tick = QCheckBox()
            self.speaker.tie(tick, QCheckBox.setText, option.label)
            tick.clicked.connect(lambda _on: self.edited.emit())
            tick.installEventFilter(self)
            self._ticks[option.value] = tick
        self._box.boxes = list(self._ticks.values())
        self._box.arrange(anew=True)
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
