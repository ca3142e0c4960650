"""A programme's money: years by sources, live sums, and where they disagree with the stated total."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QToolButton

from desktop.base import LocalText, Message, RancangError, Rupiah
from desktop.base.ids import derived_id
from desktop.base.speech import number
from desktop.exchange.values import NotUnderstood, parse
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.plain import FigureModel, PlainTable
from desktop.ui.grid.source import TableField
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session
from desktop.ui.tracing import Record, Subject
from desktop.workspace.plan import BudgetLine, Place, Programme

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

Index = QModelIndex | QPersistentModelIndex
FIGURES = {
    "indicative": Message("ui.budget.indicative"),
    "ceiling": Message("ui.budget.ceiling"),
    "realised": Message("ui.budget.realised"),
}


class BudgetModel(FigureModel):
    """Sources as rows, years as columns, a sum at the end of each."""

    refused = Signal(object)

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__()
        self._session = session
        self._programme = programme
        self.figure = "indicative"
        self._cells: dict[tuple[str, int], int | None] = {}
        self._lines: dict[tuple[str, int], BudgetLine] = {}
        self.refresh()
        session.speaker.changed.connect(self.refresh)

    @property
    def years(self) -> list[int]:
        """The plan's years, and any other year that has money."""
        extra = {year for _, year in self._cells} - set(self._session.plan.years)
        return sorted({*self._session.plan.years, *extra})

    @property
    def sources(self) -> list[str]:
        """The guideline's sources of money, and any other that has money."""
        known = [each.id for each in self._session.pack.planning.funding]
        return known + sorted({source for source, _ in self._cells} - set(known))

    def refresh(self) -> None:
        """Read the programme's lines again."""
        if not self._session.is_open:
            return
        programme = next((each for each in self._session.plan.programmes if each.id == self._programme), None)
        self._lines = {(each.source, each.year): each for each in (programme.budget if programme else ())}
        cells = {key: getattr(each, self.figure) for key, each in self._lines.items()}
        shape = (len(self.years), len(self.sources))
        self._cells = cells
        if shape != (len(self.years), len(self.sources)):
            self.beginResetModel()
            self.endResetModel()
        bottom = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), bottom)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def total(self) -> int:
        """The sum of everything, in whole rupiah."""
        return sum(amount or 0 for amount in self._cells.values())

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.sources) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.years) + 1

    def amount(self, row: int, column: int) -> int | None:
        """What stands in a cell, or the sum."""
        sources, years = self.sources, self.years
        rows = sources if row == len(sources) else [sources[row]]
        columns = years if column == len(years) else [years[column]]
        amounts = [self._cells.get((source, year)) for source in rows for year in columns]
        if row < len(sources) and column < len(years):
            return amounts[0]
        return sum(each or 0 for each in amounts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        is_sum = index.row() == len(self.sources) or index.column() == len(self.years)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                amount = self.amount(index.row(), index.column())
                return "" if amount is None else number(amount, self._session.speaker.language)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.FontRole if is_sum:
                font = QFont(theme.FAMILY)
                font.setPixelSize(13)
                font.setBold(True)
                return font
            case _:
                return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        say = self._session.say
        if orientation is Qt.Orientation.Horizontal:
            years = self.years
            return str(years[section]) if section < len(years) else say(Message("ui.budget.sum"))
        sources = self.sources
        if section >= len(sources):
            return say(Message("ui.budget.sum"))
        found = next(
            (each for each in self._session.pack.planning.funding if each.id == sources[section]), None
        )
        return say(found.label) if found else sources[section]

    def subject(self, index: QModelIndex) -> Subject | None:
        if not index.isValid() or index.row() >= len(self.sources) or index.column() >= len(self.years):
            return None
        source, year = self.sources[index.row()], self.years[index.column()]
        line = derived_id("budget_line", self._programme, str(year), source)
        label = Message(
            "ui.trace.money", figure=FIGURES[self.figure], year=str(year),
            source=str(self.headerData(index.row(), Qt.Orientation.Vertical)),
        )  # fmt: skip
        field = TableField(id=self.figure, label=LocalText(), type="rupiah", said=FIGURES[self.figure])
        return Subject(label, field, (Record("budget_line", line, self.figure),))

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_sum = index.row() >= len(self.sources) or index.column() >= len(self.years)
        return shown if is_sum or self._session.read_only else shown | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return (
            role == Qt.ItemDataRole.EditRole and self.write([(index.row(), index.column(), str(value))]) == 1
        )

    def write(self, cells: list[tuple[int, int, str]]) -> int:
        """Fill cells by what was typed or pasted, as one operation; how many were understood."""
        wanted: list[tuple[str, int, int | None]] = []
        problem: Message | None = None
        for row, column, text in cells:
            if row >= len(self.sources) or column >= len(self.years):
                continue
            try:
                amount = parse("rupiah", text)
            except NotUnderstood as error:
                problem = error.message
                continue
            source, year = self.sources[row], self.years[column]
            if amount != self._cells.get((source, year)):
                wanted.append((source, year, amount if isinstance(amount, int) else None))
        self.refused.emit(problem)
        if wanted and not self._commit(wanted):
            return 0
        return len(cells) if problem is None else len(wanted)

    def _commit(self, wanted: list[tuple[str, int, int | None]]) -> bool:
        try:
            with self._session.change(Message("ui.op.budget", n=len(wanted))) as operation:
                for source, year, amount in wanted:
                    self._put(operation, source, year, amount)
        except RancangError as error:
            self._session.failed.emit(error.message)
            return False
        self.refresh()
        return True

    def _put(self, operation: Operation, source: str, year: int, amount: int | None) -> None:
        """Write one figure; a line without any figure goes, for it would still claim its year."""
        line = self._lines.get((source, year))
        others = [getattr(line, name) for name in FIGURES if name != self.figure] if line else []
        if amount is not None or any(figure is not None for figure in others):
            figures = {self.figure: amount}
            operation.put("budget_line", programme=self._programme, year=year, source=source, **figures)
        elif line is not None:
            operation.delete("budget_line", line.id)


class BudgetGrid(widgets.Card):
    """The grid in its card, with the choice of figure, the stated total and what does not add up."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__(session.speaker, Message("ui.budget.title"), Message("ui.budget.note"))
        self._session = session
        self._programme = programme
        self.model = BudgetModel(session, programme)
        self.model.setParent(self)
        figures = widgets.line(spacing=4)
        self._figures: dict[str, QToolButton] = {}
        for name, title in FIGURES.items():
            made = QToolButton()
            made.setProperty("look", "segment")
            made.setCheckable(True)
            made.setChecked(name == "indicative")
            session.speaker.tie(made, QToolButton.setText, title)
            widgets.call(session.speaker, made, title)
            made.clicked.connect(lambda _on, name=name: self.show_figure(name))
            figures.addWidget(made)
            self._figures[name] = made
        figures.addStretch(1)
        self.add(figures)
        self.table = PlainTable(session, self.model)
        widgets.call(session.speaker, self.table, Message("ui.budget.title"))
        self.add(self.table)
        self.refused = widgets.label(session.speaker, "", "bad", wrap=True)
        self.refused.hide()
        self.add(self.refused)
        label = Message("ui.programme.total_budget")
        field = TableField(id="total_budget", label=LocalText(), type="rupiah", said=label)
        register = RowRegister("programme", programme, "total_budget", label)
        self.total = FieldBox(session, field, register, note=Message("ui.programme.total_budget.help"))
        self.total.setMaximumWidth(360)
        self.add(self.total)
        self.mismatch = QLabel()
        self.mismatch.setWordWrap(True)
        self.add(self.mismatch)
        self.model.refused.connect(self._on_refused)
        session.speaker.changed.connect(self._compare)
        self.refresh()

    def show_figure(self, name: str) -> None:
        """Show and edit another of the three figures."""
        for each, made in self._figures.items():
            made.setChecked(each == name)
        self.model.figure = name
        self.model.refresh()

    def refresh(self) -> None:
        """Read the programme again."""
        self.model.refresh()
        self.total.refresh()
        self.table.fit()
        self._compare()

    def _now(self) -> Programme | None:
        return next((each for each in self._session.plan.programmes if each.id == self._programme), None)

    def _compare(self) -> None:
        if not self._session.is_open:
            return
        programme = self._now()
        if programme is None:
            return
        lines = sum(each.indicative or 0 for each in programme.budget)
        stated = programme.total_budget
        if stated is None or stated == lines:
            theme.look(self.mismatch, "good")
            same = (
                Message("ui.budget.agrees")
                if stated is not None
                else Message("ui.budget.only_lines", sum=Rupiah(lines))
            )
            self.mismatch.setText(self._session.say(same))
        else:
            theme.look(self.mismatch, "bad")
            message = Message(
                "ui.budget.differs",
                lines=Rupiah(lines),
                stated=Rupiah(stated),
                difference=Rupiah(abs(stated - lines)),
            )
            self.mismatch.setText(self._session.say(message))

    def _on_refused(self, message: Message | None) -> None:
        self.refused.setVisible(message is not None)
        if message is not None:
            self._session.speaker.tie(self.refused, QLabel.setText, message)

    def take_focus(self, place: Place) -> None:
        """Put the cursor on the line or the total a finding is about."""
        if place.field == "total_budget":
            self.total.take_focus()
            return
        programme = self._now()
        found = next((each for each in programme.budget if each.id == place.row), None) if programme else None
        if place.field in FIGURES:
            self.show_figure(place.field)
        if found is not None:
            row, column = self.model.sources.index(found.source), self.model.years.index(found.year)
            self.table.setCurrentIndex(self.model.index(row, column))
        self.table.setFocus()
