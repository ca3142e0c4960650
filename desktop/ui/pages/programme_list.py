"""The list of programmes: tuples in a model with its own sort and filter (10,000 rows stay quick)."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.base import Message
from desktop.base.speech import number
from desktop.ui import theme, widgets
from desktop.ui.grid.chips import ChipDelegate
from desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
HEADS = (
    Message("ui.programmes.head.code"),
    Message("ui.programmes.head.title"),
    Message("ui.programmes.head.dimension"),
    Message("ui.programmes.head.lead"),
    Message("ui.programmes.head.years"),
    Message("ui.programmes.head.budget"),
    Message("ui.programmes.head.state"),
)
WIDTHS = (64, 0, 130, 130, 92, 140, 120)


class Line(NamedTuple):
    """What one row shows; ``hay`` is what the filter searches."""

    id: str
    code: str
    title: str
    dimension: str
    lead: str
    years: str
    budget: int
    findings: int
    hay: str


class ProgrammeModel(QAbstractTableModel):
    """Lines, sorted and filtered here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._all: list[Line] = []
        self._lines: list[Line] = []
        self._words: list[str] = []
        self._sort: tuple[int, bool] | None = None

    @property
    def lines(self) -> list[Line]:
        """The lines shown."""
        return self._lines

    def refresh(self) -> None:
        """Read the plan again."""
        session, plan = self._session, self._session.plan
        language = session.speaker.language
        dimensions = {each.id: each.name.read(language) for each in session.pack.dimensions}
        agencies = {each.id: each.short_name or each.name.read(language) for each in plan.agencies}
        mandatory = session.report.mandatory if session.report else ()
        still = [each.page.ref for each in mandatory if each.page.page == "programmes"]
        lines = []
        for each in plan.programmes:
            years = "\N{EN DASH}".join(str(year) for year in (each.start_year, each.end_year) if year)
            title = each.title.read(language)
            dimension, lead = dimensions.get(each.dimension, ""), agencies.get(each.lead, "")
            budget = each.total_budget
            if budget is None:
                budget = sum(line.indicative or 0 for line in each.budget)
            hay = f"{each.code} {title} {dimension} {lead}".casefold()
            lines.append(
                Line(each.id, each.code, title, dimension, lead, years, budget, still.count(each.id), hay)
            )
        self._all = lines
        self._arrange()

    def filter(self, text: str) -> None:
        """Show only lines that hold every word."""
        self._words = text.casefold().split()
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sort = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._lines = [line for line in self._all if all(word in line.hay for word in self._words)]
        if self._sort is not None:
            column, backwards = self._sort
            self._lines.sort(key=lambda line: _key(line[column + 1]), reverse=backwards)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._shown(line, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() == 5 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.UserRole:
            return "poor" if line.findings else "good"
        return None

    def _shown(self, line: Line, column: int) -> str:
        match column:
            case 1:
                return line.title or self._session.say(Message("ui.programmes.untitled"))
            case 5:
                return number(line.budget, self._session.speaker.language)
            case 6:
                if line.findings:
                    return self._session.say(Message("ui.programmes.open", n=line.findings))
                return self._session.say(Message("ui.programmes.complete"))
            case _:
                return str(line[column + 1])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._session.say(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 5 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _key(value: str | int) -> tuple[int, str | int]:
    return (0, value) if isinstance(value, int) else (1, value.casefold())


class ProgrammeList(QTableView):
    """The table; Enter or a double click opens a programme."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.lines = ProgrammeModel(session)
        self.lines.setParent(self)
        self.setModel(self.lines)
        self.setItemDelegateForColumn(6, ChipDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.setMinimumHeight(260)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        head = self.horizontalHeader()
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.setHighlightSections(False)
        self._fit()
        session.settings_changed.connect(self._fit)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._open)
        widgets.call(session.speaker, self, Message("ui.page.programmes"))
        session.report_changed.connect(self.refresh)
        self._session = session

    def _fit(self) -> None:
        """Columns grow with the text, so that no figure is cut."""
        for column, width in enumerate(WIDTHS):
            if width:
                self.setColumnWidth(column, theme.grown(width))
        self.verticalHeader().setDefaultSectionSize(theme.grown(36))

    def refresh(self) -> None:
        """Read the plan again and keep the chosen row."""
        if not self._session.is_open:
            return
        now = self.currentIndex()
        row = now.row() if now.isValid() else 0
        self.lines.refresh()
        if self.lines.lines:
            self.selectRow(min(row, len(self.lines.lines) - 1))

    def filter(self, text: str) -> None:
        """Show only programmes that hold every word."""
        self.lines.filter(text)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.lines.lines[index.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
