"""What is done with columns: sort, filter by words or by values, hide, put in another order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base import Message
from desktop.ui import inside, theme, widgets
from desktop.ui.grid.ordering import ColumnFilter

if TYPE_CHECKING:
    from desktop.ui.grid.model import GridModel
    from desktop.ui.grid.table import CellTable
    from desktop.ui.grid.widths import Widths

MOST = 300
"""Different values offered for ticking; beyond them words are the better filter."""


class Popup(QFrame):
    """A small panel over the table; Escape and a click elsewhere close it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self.box = widgets.column(margins=(12, 10, 12, 12), spacing=6)
        self.setLayout(self.box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def show_at(self, place: QPoint) -> None:
        """Open it, inside the screen."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(place.x(), room.right() - self.width())
        top = min(place.y(), room.bottom() - self.height())
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()


class ColumnPopup(Popup):
    """One column: its order, its filter, whether it is shown."""

    def __init__(self, table: CellTable, model: GridModel, widths: Widths, column: int) -> None:
        super().__init__(table)
        self._table, self._model, self._column = table, model, column
        speaker = table.session.speaker
        self.box.addWidget(widgets.label(speaker, table.heads.words(column), "section", wrap=True))
        self._button(
            Message("ui.grid.ascending"),
            "arrow-up-narrow-wide",
            lambda: self._sort(Qt.SortOrder.AscendingOrder),
        )
        self._button(
            Message("ui.grid.descending"),
            "arrow-down-wide-narrow",
            lambda: self._sort(Qt.SortOrder.DescendingOrder),
        )
        self._button(Message("ui.grid.own_order"), "list", lambda: self._sort(None))
        self.box.addWidget(widgets.rule())
        now = model.filter_of(column)
        self.words = QLineEdit(" ".join(now.words))
        inside.clearing(speaker, self.words)
        speaker.tie(self.words, QLineEdit.setPlaceholderText, Message("ui.grid.holds"))
        widgets.call(speaker, self.words, Message("ui.grid.holds"))
        self.words.returnPressed.connect(self.apply)
        self.box.addWidget(self.words)
        self.values = QListWidget()
        widgets.call(speaker, self.values, Message("ui.grid.values"))
        self._offer(now)
        self.box.addWidget(self.values)
        self.box.addWidget(widgets.button(speaker, Message("ui.grid.apply"), self.apply, look="primary"))
        self._button(Message("ui.grid.no_filter"), "funnel-x", self.clear)
        self._button(Message("ui.grid.hide"), "eye", lambda: self._hide(widths))
        self.setMinimumWidth(theme.grown(250))
        self.words.setFocus()

    def _button(self, name: Message, icon: str, press: Callable[[], object]) -> None:
        self.box.addWidget(widgets.button(self._table.session.speaker, name, press, icon=icon, look="quiet"))

    def _offer(self, now: ColumnFilter) -> None:
        texts = self._model.texts_of(self._column)
        self.values.setVisible(len(texts) <= MOST)
        if len(texts) > MOST:
            return
        blank = self._table.session.say(Message("ui.grid.blank"))
        for text in texts:
            item = QListWidgetItem(text.replace("\n", " ") or f"({blank})", self.values)
            item.setData(Qt.ItemDataRole.UserRole, text)
            ticked = now.texts is None or text in now.texts
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.values.setMaximumHeight(theme.grown(190))

    def apply(self) -> None:
        """Filter by what was typed and ticked."""
        items = [self.values.item(row) for row in range(self.values.count())]
        ticked = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        texts = frozenset(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)
        some = texts if len(ticked) < len(items) else None
        words = ColumnFilter.of_words(self.words.text()).words
        self._model.filter_column(self._column, ColumnFilter(words, some))
        self.close()

    def clear(self) -> None:
        """Filter this column no longer."""
        self._model.filter_column(self._column, ColumnFilter())
        self.close()

    def _sort(self, order: Qt.SortOrder | None) -> None:
        column = self._column if order is not None else -1
        self._table.heads.setSortIndicator(column, order or Qt.SortOrder.AscendingOrder)
        self.close()

    def _hide(self, widths: Widths) -> None:
        widths.show_column(self._column, shown=False)
        self.close()


class ColumnChooser(Popup):
    """Which columns are shown, and in what order."""

    def __init__(self, table: CellTable, chosen: Widths) -> None:
        super().__init__(table)
        self._table, self._widths = table, chosen
        speaker = table.session.speaker
        self.box.addWidget(widgets.label(speaker, Message("ui.grid.columns"), "section"))
        self.list = QListWidget()
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        widgets.call(speaker, self.list, Message("ui.grid.columns"))
        self.box.addWidget(self.list)
        row = widgets.line(
            widgets.tool(speaker, Message("ui.grid.column_up"), "arrow-up", lambda: self.move_by(-1)),
            widgets.tool(speaker, Message("ui.grid.column_down"), "arrow-down", lambda: self.move_by(1)),
            spacing=2,
        )
        row.addStretch(1)
        row.addWidget(
            widgets.button(speaker, Message("ui.grid.reset"), self.reset, icon="undo-2", look="quiet")
        )
        self.box.addLayout(row)
        self.fill()
        self.list.itemChanged.connect(self._on_tick)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.setMinimumWidth(theme.grown(270))

    def fill(self) -> None:
        """List the columns as they stand."""
        heads = self._table.heads
        self.list.blockSignals(True)
        self.list.clear()
        for place in range(heads.count()):
            column = heads.logicalIndex(place)
            item = QListWidgetItem(heads.words(column), self.list)
            item.setData(Qt.ItemDataRole.UserRole, column)
            shown = Qt.CheckState.Unchecked if heads.isSectionHidden(column) else Qt.CheckState.Checked
            item.setCheckState(shown)
        self.list.blockSignals(False)
        self.list.setFixedHeight(min(theme.grown(33) * self.list.count() + 8, theme.grown(380)))

    def _on_tick(self, item: QListWidgetItem) -> None:
        column = int(item.data(Qt.ItemDataRole.UserRole))
        wanted = item.checkState() is Qt.CheckState.Checked
        if not self._widths.show_column(column, shown=wanted):
            item.setCheckState(Qt.CheckState.Checked)

    def move_by(self, step: int) -> None:
        """Move the column that is chosen in the list."""
        row = self.list.currentRow()
        item = self.list.item(row)
        if row >= 0 and 0 <= row + step < self.list.count():
            self._widths.move_column(int(item.data(Qt.ItemDataRole.UserRole)), row + step)
            self.fill()
            self.list.setCurrentRow(row + step)

    def reset(self) -> None:
        """Columns as they come."""
        self._widths.reset()
        self.fill()
