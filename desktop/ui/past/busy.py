"""How busy everybody was: a table whose cells are the darker the more was changed, chart and table in one."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 - the class, beside the function that writes a day

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from desktop.base import Message
from desktop.base.speech import date
from desktop.books.document import Activity
from desktop.ui import theme, widgets
from desktop.ui.session import Session

_FAINT = (0, 45, 95, 150, 215)
"""How much of the theme's colour a cell of each shade has, of 255."""


class BusyTable(QTableWidget):
    """A row for each agency or stage, a column for each week, and the sum at the right.

    A press on a cell tells which week of which row; a screen reader reads name, week and count.
    """

    asked = Signal(int, int)
    """The row and the week (column) that somebody wants to see in the history."""

    def __init__(self, session: Session, name: Message) -> None:
        super().__init__(0, 0)
        self._session = session
        self.chart = Activity((), (), ())
        self._weeks: tuple[Day, ...] = ()
        self.setProperty("look", "weeks")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(10)
        self.verticalHeader().setSectionsClickable(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        widgets.call(session.speaker, self, name)
        self.cellDoubleClicked.connect(self._ask)
        self.activated.connect(lambda index: self._ask(index.row(), index.column()))
        session.look_changed.connect(self._paint)

    def show_chart(self, chart: Activity, weeks: tuple[Day, ...]) -> None:
        """Show other counts; ``weeks`` are the Mondays behind the heads."""
        self.chart, self._weeks = chart, weeks
        self._paint()

    def _paint(self) -> None:
        chart, language = self.chart, self._session.speaker.language
        self.setRowCount(len(chart.rows))
        self.setColumnCount(len(chart.weeks) + 1)
        self.setVerticalHeaderLabels([_short(name) for name in chart.rows])
        total = self._session.say(Message("ui.activity.total"))
        heads = (
            self._head(week) if head else "" for week, head in zip(self._weeks, chart.weeks, strict=True)
        )
        self.setHorizontalHeaderLabels([*heads, total])
        self.verticalHeader().setDefaultSectionSize(theme.grown(28))
        for row, counts in enumerate(chart.counts):
            for place, count in enumerate(counts):
                week = date(self._weeks[place], language)
                told = Message("ui.activity.cell", name=chart.rows[row], week=week, n=count)
                self.setItem(row, place, self._cell(count, told))
            self.setItem(row, len(chart.weeks), self._sum(chart.rows[row], sum(counts)))
        self._fit()

    def _head(self, week: Day) -> str:
        """A week by its Monday on two lines: the columns are narrow."""
        from babel.dates import format_date

        language = self._session.speaker.language
        return str(format_date(week, "d\nMMM", locale=language.locale))

    def _cell(self, count: int, told: Message) -> QTableWidgetItem:
        item = QTableWidgetItem(str(count) if count else "")
        item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        colours, shade = theme.colours(), self.chart.shade(count)
        colour = QColor(colours.primary)
        colour.setAlpha(_FAINT[shade])
        item.setBackground(colour if shade else QColor(colours.sunken))
        item.setForeground(QColor(colours.on_primary if shade == 4 else colours.text))
        said = self._session.say(told)
        item.setToolTip(said)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        return item

    def _sum(self, name: str, count: int) -> QTableWidgetItem:
        item = QTableWidgetItem(str(count))
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            self._session.say(Message("ui.activity.sum", name=name, n=count)),
        )
        return item

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """All weeks in view where there is room; else the newest ones first."""
        weeks = len(self.chart.weeks)
        last = theme.grown(60)
        wide = max(theme.grown(35), min((self.viewport().width() - last) // max(weeks, 1), theme.grown(48)))
        for place in range(weeks):
            self.setColumnWidth(place, wide)
        self.setColumnWidth(weeks, last)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().maximum())

    def _fit(self) -> None:
        """As high as its rows: the page scrolls, not the table."""
        self._share()
        rows = self.rowCount() * theme.grown(28)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + bar + 6)

    def _ask(self, row: int, column: int) -> None:
        if 0 <= row < len(self.chart.rows):
            self.asked.emit(row, column)


def _short(name: str) -> str:
    return name if len(name) <= 34 else f"{name[:33].rstrip()}\N{HORIZONTAL ELLIPSIS}"


__all__ = ["BusyTable"]
