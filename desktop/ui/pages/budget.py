"""A programme's money: years by sources, live sums, and where they disagree with the stated total."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHeaderView, QLabel, QToolButton, QWidget

from desktop.base import LocalText, Message, Rupiah
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.source import TableField
from desktop.ui.grid.table import CellTable
from desktop.ui.grid.totals import ChosenFigures
from desktop.ui.pages.budget_cells import BudgetModel
from desktop.ui.pages.money import FIGURES, disagreeing
from desktop.ui.pages.spreading import SpreadPopup
from desktop.ui.registers import RowRegister
from desktop.ui.session import Session
from desktop.workspace.plan import Place, Programme

ALL = "all"
"""The three figures beneath each other."""
SAID = 4
"""Remarks told below the grid; the others have their corner in it."""


class RowHeads(QHeaderView):
    """Sources of money beside their rows, in two lines where one is too short."""

    def __init__(self, model: BudgetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(theme.grown(168), super().sizeHint().height())

    def words(self, section: int) -> str:
        """What a head says."""
        return str(self._model.headerData(section, Qt.Orientation.Vertical) or "")

    def needed(self, section: int) -> int:
        """How high a head must be for all its lines."""
        flags = int(Qt.TextFlag.TextWordWrap)
        room = QRect(0, 0, theme.grown(168) - 14, 10_000)
        box = QFontMetrics(self._letters()).boundingRect(room, flags, self.words(section))
        return max(theme.grown(36), box.height() + 6)

    @staticmethod
    def _letters() -> QFont:
        font = QFont(theme.FAMILY)
        font.setPixelSize(theme.grown(theme.TypeScale().small))
        font.setBold(True)
        return font

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = theme.colours()
        painter.save()
        painter.fillRect(rect, QColor(colours.card))
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(self._letters())
        painter.setPen(QColor(colours.label))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(rect.adjusted(8, 0, -6, 0), flags, self.words(logicalIndex))
        painter.restore()


class BudgetTable(CellTable):
    """As high as its rows; years share the width there is."""

    def __init__(self, session: Session, model: BudgetModel) -> None:
        super().__init__(session, model)
        self.heads.sortable = False
        self.heads.setSortIndicatorShown(False)
        self.heads.setSectionsMovable(False)
        self.heads.setSectionsClickable(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        side = self.rows = RowHeads(model, self)
        self.setVerticalHeader(side)
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.show()
        model.modelReset.connect(self.fit)
        session.look_changed.connect(self.fit)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Equal years, each wide enough for its figures; only what does not fit scrolls sideways."""
        columns = self.cells.columnCount()
        if not columns:
            return
        least = theme.grown(104)
        metrics = self.fontMetrics()
        for column in range(columns):
            texts = (self.cells.text(row, column) for row in range(self.cells.rowCount()))
            least = max(least, *(metrics.horizontalAdvance(text) * 107 // 100 + 22 for text in texts))
        wide = max(least, self.viewport().width() // columns)
        for column in range(columns):
            if self.columnWidth(column) != wide:
                self.setColumnWidth(column, wide)

    def fit(self) -> None:
        """Be exactly as high as all rows."""
        for row in range(self.cells.rowCount()):
            self.setRowHeight(row, self.rows.needed(row))
        self._share()
        wide = self.heads.length() > self.viewport().width()
        extra = self.horizontalScrollBar().sizeHint().height() + 4 if wide else 4
        self.setFixedHeight(self.heads.sizeHint().height() + self.rows.length() + extra)


class BudgetGrid(widgets.Card):
    """The grid in its card, with the choice of figure, the stated total and what does not add up."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__(session.speaker, Message("ui.budget.title"), Message("ui.budget.note"))
        self._session = session
        self._programme = programme
        self.model = BudgetModel(session, programme)
        self.model.setParent(self)
        self._figures: dict[str, QToolButton] = {}
        self._fill_tools()
        self.table = BudgetTable(session, self.model)
        widgets.call(session.speaker, self.table, Message("ui.budget.title"))
        self.add(self.table)
        self.refused = widgets.label(session.speaker, "", "bad", wrap=True)
        self.refused.hide()
        self.add(self.refused)
        self.add(ChosenFigures(self.table))
        label = Message("ui.programme.total_budget")
        field = TableField(id="total_budget", label=LocalText(), type="rupiah", said=label)
        register = RowRegister("programme", programme, "total_budget", label)
        self.total = FieldBox(session, field, register, note=Message("ui.programme.total_budget.help"))
        self.total.setMaximumWidth(theme.grown(360))
        self.add(self.total)
        self.mismatch = widgets.blank()
        self.mismatch.setTextFormat(Qt.TextFormat.PlainText)
        self.mismatch.setWordWrap(True)
        self.add(self.mismatch)
        self.model.refused.connect(self._on_refused)
        self.model.live.connect(self._compare)
        session.speaker.changed.connect(self._compare)
        self.refresh()

    def _fill_tools(self) -> None:
        session = self._session
        figures = widgets.line(spacing=4)
        for name, title in {**FIGURES, ALL: Message("ui.budget.all_figures")}.items():
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
        self.spread = widgets.button(
            session.speaker, Message("ui.budget.spread"), self.open_spread, icon="split", look="quiet"
        )
        figures.addWidget(self.spread)
        self.add(figures)

    def open_spread(self) -> SpreadPopup:
        """Ask how a total shall be spread."""
        made = SpreadPopup(self, self.model)
        made.show_at(self.spread.mapToGlobal(QPoint(0, self.spread.height())))
        return made

    def show_figure(self, name: str) -> None:
        """Show and edit another of the three figures, or all of them."""
        for each, made in self._figures.items():
            made.setChecked(each == name)
        self.model.show(tuple(FIGURES) if name == ALL else (name,))
        self.table.fit()

    def refresh(self) -> None:
        """Read the programme again."""
        self.model.refresh()
        self.total.refresh()
        self.spread.setEnabled(not self._session.read_only)
        self.table.fit()
        self._compare()

    def _now(self) -> Programme | None:
        return self.model.programme

    def _compare(self) -> None:
        """Say where sums disagree, as they are while somebody types."""
        programme = self._now()
        if programme is None:
            return
        lines = self.model.planned()
        wrong = [*disagreeing(programme, lines), *islice(self.model.remarks(), SAID)]
        say = self._session.say
        if wrong:
            text = "\n".join(f"\N{WARNING SIGN} {say(each)}" for each in wrong)
        elif programme.total_budget is None:
            text = say(Message("ui.budget.only_lines", sum=Rupiah(lines)))
        else:
            text = say(Message("ui.budget.agrees"))
        look = "bad" if wrong else "good"
        if self.mismatch.property("look") != look:
            theme.look(self.mismatch, look)
        self.mismatch.setText(text)

    def _on_refused(self, message: Message | None) -> None:
        self.refused.setVisible(message is not None)
        if message is not None:
            self._session.speaker.tie(self.refused, QLabel.setText, message)

    def take_focus(self, place: Place) -> None:
        """Put the cursor on the line or the total a finding is about."""
        if place.field == "total_budget":
            self.total.take_focus()
            return
        if place.table == "rpjmd_ceiling":
            years = {each.id: each.year for each in programme.ceilings} if (programme := self._now()) else {}
            if years.get(place.row) in self.model.years:
                column = self.model.years.index(years[place.row])
                self.table.setCurrentIndex(self.model.index(self.model.limit_row, column))
            self.table.setFocus()
            return
        programme = self._now()
        found = next((each for each in programme.budget if each.id == place.row), None) if programme else None
        if place.field in FIGURES and place.field not in self.model.shown:
            self.show_figure(place.field)
        if found is not None and found.source in self.model.sources and found.year in self.model.years:
            figure = place.field if place.field in self.model.shown else self.model.shown[0]
            row, column = self.model.row_of(found.source, figure), self.model.years.index(found.year)
            self.table.setCurrentIndex(self.model.index(row, column))
        self.table.setFocus()
