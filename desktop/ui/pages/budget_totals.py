"""The money of the whole plan summed up: by source, dimension, agency or programme, year by year."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QToolButton

from desktop.base import LocalText, Message, Rupiah
from desktop.base.speech import number
from desktop.books.pictures import budget_by_dimension, budget_by_year, coverage_map
from desktop.checks.totals import BY, By, Line, Totals
from desktop.ui import theme, widgets
from desktop.ui.charted import ChartCard
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.grid.cells import CellTexts, Index
from desktop.ui.grid.table import CellTable
from desktop.ui.pages.money import FIGURES
from desktop.ui.pages.money_cells import MoneyModel
from desktop.ui.session import Session
from desktop.ui.speaker import Speech
from desktop.ui.tracing import Subject

NAMES: dict[By, Message] = {
    "source": Message("ui.totals.by_source"),
    "dimension": Message("ui.totals.by_dimension"),
    "agency": Message("ui.totals.by_agency"),
    "programme": Message("ui.totals.by_programme"),
}


class TotalsModel(MoneyModel):
    """Lines of sums, one column for each year; nothing in it can be written."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.what: By = "source"
        self.shown = "indicative"
        self._lines: list[Line] = []
        self.sums: Totals | None = None
        self.years: tuple[int, ...] = ()

    def refresh(self) -> None:
        """Sum the plan up again."""
        self.beginResetModel()
        session = self.session
        self.sums = Totals(session.plan, session.pack, self.shown)
        self.years = self.sums.years
        self._lines = [*self.sums.by(self.what), self.sums.total]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._lines)

    def amount(self, row: int, column: int) -> int | None:
        """A sum in whole rupiah; None where nothing is stated."""
        line = self._lines[row]
        return line.years.get(self.years[column]) if column < len(self.years) else line.whole

    def is_sum(self, row: int, column: int) -> bool:
        return row == len(self._lines) - 1 or column == len(self.years)

    def reads_number(self, column: int, text: str) -> Decimal | None:
        del column, text
        return None

    def understands(self, row: int, column: int, text: str) -> bool:
        del row, column, text
        return False

    def write(self, cells: CellTexts) -> int:
        del cells
        return 0

    def subject(self, index: Index) -> Subject | None:
        del index
        return None

    def name(self, row: int) -> Speech:
        """What a line is the sum of."""
        key = self._lines[row].key
        if row == len(self._lines) - 1:
            return Message("ui.budget.sum")
        found: Speech | None = None
        plan, pack = self.session.plan, self.session.pack
        match self.what:
            case "source":
                found = next((each.label for each in pack.planning.funding if each.id == key), None)
            case "dimension":
                found = next((each.name for each in pack.dimensions if each.id == key), None)
            case "agency":
                found = next((LocalText(each.name.values) for each in plan.agencies if each.id == key), None)
            case _:
                found = next(
                    (LocalText(each.title.values) for each in plan.programmes if each.id == key), None
                )
        return found or key or Message("ui.totals.nobody")

    def line_name(self, row: int) -> str | None:
        return self.session.say(self.name(row)) if row < len(self._lines) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class BudgetTotals(widgets.Card):
    """Which figure, by what; the table; the shares, and where the RPJMD is exceeded."""

    def __init__(self, session: Session, back: Callable[[], object]) -> None:
        super().__init__(session.speaker, Message("ui.totals.title"), Message("ui.totals.note"))
        self._session = session
        speaker = session.speaker
        self.model = TotalsModel(session)
        self.model.setParent(self)
        self.by = QuietCombo()
        widgets.call(speaker, self.by, Message("ui.totals.by"))
        self.by.activated.connect(self._on_by)
        name = widgets.label(speaker, Message("ui.totals.by"), "field")
        name.setBuddy(self.by)
        self.figures: dict[str, QToolButton] = {}
        for figure, title in FIGURES.items():
            made = QToolButton()
            made.setProperty("look", "segment")
            made.setCheckable(True)
            made.setChecked(figure == "indicative")
            speaker.tie(made, QToolButton.setText, title)
            widgets.call(speaker, made, title)
            made.clicked.connect(lambda _on, figure=figure: self.show_figure(figure))
            self.figures[figure] = made
        self.back = widgets.button(
            speaker, Message("ui.programmes.all"), back, icon="chevron-left", look="quiet"
        )
        self.add(Flow(self.back, name, self.by, *self.figures.values()))
        self.table = CellTable(session, self.model)
        self.table.heads.sortable = False
        self.table.heads.setSectionsClickable(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setVisible(True)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.verticalHeader().setMaximumWidth(theme.grown(250))
        self.table.setMinimumHeight(theme.grown(260))
        widgets.call(speaker, self.table, Message("ui.totals.title"))
        self.add(self.table, 1)
        self.said = widgets.blank()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.add(self.said)
        self.over = widgets.label(speaker, "", "bad", wrap=True)
        self.add(self.over)
        self.years = ChartCard(session, Message("ui.chart.by_year"))
        self.shares = ChartCard(session, Message("ui.chart.by_dimension"))
        self.map = ChartCard(session, Message("ui.chart.coverage"))
        for chart in self.charts:
            self.add(chart)

    @property
    def charts(self) -> tuple[ChartCard, ...]:
        """The charts below the sums."""
        return self.years, self.shares, self.map

    def show_figure(self, figure: str) -> None:
        """Sum up another of the three figures."""
        for each, made in self.figures.items():
            made.setChecked(each == figure)
        self.model.shown = figure
        self.refresh()

    def show_by(self, what: By) -> None:
        """Sum up by something else."""
        self.model.what = what
        self.refresh()

    def _on_by(self) -> None:
        self.show_by(self.by.currentData())

    def refresh(self) -> None:
        """Sum the plan up again."""
        say = self._session.say
        self.by.clear()
        for what in BY:
            self.by.addItem(say(NAMES[what]), what)
        self.by.setCurrentIndex(BY.index(self.model.what))
        self.model.refresh()
        totals = self.model.sums
        if totals is None:
            return
        metrics = self.table.fontMetrics()
        for column in range(self.model.columnCount()):
            texts = (self.model.text(row, column) for row in range(self.model.rowCount()))
            wide = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            self.table.setColumnWidth(column, max(theme.grown(96), wide * 110 // 100 + 22))
        self.said.setText(self._shares(totals))
        above = [
            say(
                Message(
                    "ui.totals.above", year=str(year), amount=Rupiah(amount), limit=Rupiah(limit),
                    difference=Rupiah(amount - limit),
                )
            )
            for year, (amount, limit) in totals.above_ceilings().items()
        ]  # fmt: skip
        self.over.setText("\n".join(above))
        self.over.setVisible(bool(above))
        figure = self.model.shown
        self.years.show_chart(partial(budget_by_year, figure=figure))
        self.shares.show_chart(partial(budget_by_dimension, figure=figure))
        self.map.show_chart(coverage_map)

    def _shares(self, totals: Totals) -> str:
        say, language = self._session.say, self._session.speaker.language
        parts = []
        for kind, label in (
            ("apbd", Message("ui.totals.apbd")),
            ("non_apbd", Message("ui.totals.non_apbd")),
        ):
            share = totals.per_mille(kind)
            if share is not None:
                percent = number(Decimal(share) / 10, language)
                amount = Rupiah(totals.kinds[kind])
                parts.append(say(Message("ui.totals.share", kind=label, amount=amount, percent=percent)))
        return " \N{MIDDLE DOT} ".join(parts) or say(Message("ui.totals.none"))
