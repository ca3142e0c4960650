"""A total spread over years and sources, equally or by what stands there, as one operation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base import Message, Rupiah
from desktop.base.speech import number
from desktop.exchange.spreading import shares
from desktop.exchange.values import NotUnderstood, parse
from desktop.ui import theme, widgets
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.grid.columns import Popup
from desktop.ui.pages.budget_cells import BudgetModel
from desktop.ui.pages.money import FIGURES


class SpreadPopup(Popup):
    """How much, of which figure, over which years and sources, and by what."""

    def __init__(self, parent: QWidget, model: BudgetModel) -> None:
        super().__init__(parent)
        self._model = model
        session = model.session
        speaker = session.speaker
        programme = model.programme
        self.box.addWidget(widgets.label(speaker, Message("ui.budget.spread"), "section"))
        self.box.addWidget(widgets.label(speaker, Message("ui.budget.spread_note"), "muted", wrap=True))
        total = (programme.total_budget if programme else None) or model.planned()
        self.amount = QLineEdit(number(total, speaker.language) if total else "")
        self._name(self.amount, Message("ui.budget.spread_amount"))
        self.figure: QComboBox = QuietCombo()
        for name, title in FIGURES.items():
            self.figure.addItem(session.say(title), name)
        self.figure.setCurrentIndex(max(0, self.figure.findData(model.shown[0])))
        self._name(self.figure, Message("ui.budget.spread_figure"))
        first = (programme.start_year if programme else None) or min(model.years)
        last = (programme.end_year if programme else None) or max(model.years)
        used = {source for source in model.sources if model.sum_of(model.shown[0], [source], model.years)}
        used = used or set(model.sources[:1])
        lists = widgets.line(spacing=8)
        self.years = self._list(Message("ui.budget.spread_years"))
        for year in model.years:
            self._tick(self.years, str(year), year, first <= year <= last)
        self.sources = self._list(Message("ui.budget.spread_sources"))
        for source in model.sources:
            self._tick(self.sources, session.say(model.named(source)), source, source in used)
        lists.addWidget(self.years, 1)
        lists.addWidget(self.sources, 2)
        self.box.addLayout(lists)
        self.by: QComboBox = QuietCombo()
        self.by.addItem(session.say(Message("ui.budget.spread_equal")), "equal")
        self.by.addItem(session.say(Message("ui.budget.spread_as_now")), "now")
        self._name(self.by, Message("ui.budget.spread_by"))
        self.said = widgets.blank()
        self.said.setWordWrap(True)
        theme.look(self.said, "bad")
        self.said.hide()
        self.box.addWidget(self.said)
        self.box.addWidget(
            widgets.button(speaker, Message("ui.budget.spread_do"), self.apply, look="primary", icon="split")
        )
        self.setMinimumWidth(theme.grown(380))
        self.amount.setFocus()
        self.amount.selectAll()

    def _name(self, widget: QWidget, name: Message) -> None:
        label = widgets.label(self._model.session.speaker, name, "field")
        label.setBuddy(widget)
        widgets.call(self._model.session.speaker, widget, name)
        self.box.addWidget(label)
        self.box.addWidget(widget)

    def _list(self, name: Message) -> QListWidget:
        made = QListWidget()
        widgets.call(self._model.session.speaker, made, name)
        made.setMaximumHeight(theme.grown(150))
        return made

    @staticmethod
    def _tick(made: QListWidget, text: str, value: object, ticked: bool) -> None:
        item = QListWidgetItem(text, made)
        item.setData(Qt.ItemDataRole.UserRole, value)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)

    @staticmethod
    def _ticked(made: QListWidget) -> list[object]:
        items = (made.item(row) for row in range(made.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def apply(self) -> None:
        """Spread; what is missing is said."""
        try:
            total = parse("rupiah", self.amount.text())
        except NotUnderstood as problem:
            self._say(problem.message)
            return
        years, sources = self._ticked(self.years), self._ticked(self.sources)
        if not isinstance(total, int) or total < 0 or not years or not sources:
            self._say(Message("ui.budget.spread_missing"))
            return
        figure = str(self.figure.currentData())
        keys = [(str(source), int(str(year))) for source in sources for year in years]
        weights = [1] * len(keys)
        if self.by.currentData() == "now":
            weights = [max(0, self._model.amounts(key)[figure] or 0) for key in keys]
        wanted: dict[tuple[str, int], int | None] = {
            (source, year): None
            for source in self._model.sources
            for year in self._model.years
            if self._model.amounts((source, year))[figure] is not None
        }
        wanted |= dict(zip(keys, shares(total, weights), strict=True))
        if self._model.put([(key, figure, amount or None) for key, amount in wanted.items()]):
            self._model.session.told.emit(Message("ui.budget.spread_done", total=Rupiah(total), n=len(keys)))
            self.close()

    def _say(self, message: Message) -> None:
        self.said.setText(self._model.session.say(message))
        self.said.show()
        self.adjustSize()
