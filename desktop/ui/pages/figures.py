"""Figures of the region by year: measures as rows, years as columns, and the chosen figure in full below."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.figures.cells import SOURCES, VALUES, FiguresModel, row_of
from desktop.ui.figures.detail import FigureDetail
from desktop.ui.figures.table import FiguresTable
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place

MODES = {VALUES: Message("ui.figures.values"), SOURCES: Message("ui.figures.sources")}
ANOTHER_YEAR = Message("ui.figures.another_year")


class FiguresPage(Page):
    """The matrix and the figure with the cursor."""

    purpose = Message("ui.figures.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.model = FiguresModel(session)
        self.model.setParent(self)
        card = widgets.Card(speaker)
        self._modes: dict[str, QToolButton] = {}
        tools = Flow(spacing=theme.GAP // 2)
        for mode, title in MODES.items():
            made = QToolButton()
            made.setProperty("look", "segment")
            made.setCheckable(True)
            made.setChecked(mode == VALUES)
            speaker.tie(made, QToolButton.setText, title)
            widgets.call(speaker, made, title)
            made.clicked.connect(lambda _on, mode=mode: self.show_mode(mode))
            tools.addWidget(made)
            self._modes[mode] = made
        tools.addStretch()
        self.year = QLineEdit()
        self.year.setMaxLength(4)
        self.year.setMaximumWidth(theme.grown(150))
        speaker.tie(self.year, QLineEdit.setPlaceholderText, ANOTHER_YEAR)
        widgets.call(speaker, self.year, ANOTHER_YEAR)
        self.year.returnPressed.connect(self.add_year)
        tools.addWidget(self.year)
        tools.grow(self.year)
        tools.addWidget(
            widgets.button(speaker, Message("ui.figures.add_year"), self.add_year, icon="plus", look="quiet")
        )
        card.add(tools)
        self.table = FiguresTable(session, self.model)
        self.table.setMinimumHeight(theme.grown(230))
        widgets.call(speaker, self.table, Message("ui.page.figures"))
        card.add(self.table, 1)
        self.refused = widgets.label(speaker, "", "bad", wrap=True)
        self.refused.hide()
        card.add(self.refused)
        self.none = widgets.label(speaker, Message("ui.figures.none"), "muted", wrap=True)
        card.add(self.none)
        self.add(card, 1)
        self.detail = FigureDetail(session, self.model)
        self.add(self.detail)
        self.model.refused.connect(self._on_refused)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_cell())
        self.refresh()

    # -- tools ----------------------------------------------------------------------------------
    def show_mode(self, mode: str) -> None:
        """Show and edit values, or where they come from."""
        index = self.table.currentIndex()
        spot = (index.row(), index.column()) if index.isValid() else None
        for each, made in self._modes.items():
            made.setChecked(each == mode)
        self.model.show(mode)
        if spot is not None:
            self.table.setCurrentIndex(self.model.index(*spot))

    def add_year(self) -> None:
        """Show one more year as a column, and put the cursor there."""
        text = self.year.text().strip()
        if not re.fullmatch(r"(19|20)\d{2}", text):
            self._on_refused(Message("ui.figures.no_year", text=text) if text else None)
            return
        self._on_refused(None)
        self.year.clear()
        self.model.add_year(int(text))
        row = next((row for row in range(self.model.rowCount()) if not self.model.skips(row)), 0)
        self.table.setCurrentIndex(self.model.index(row, self.model.years.index(int(text))))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, message: Message | None) -> None:
        self.refused.setVisible(message is not None)
        if message is not None:
            self.session.speaker.tie(self.refused, QLabel.setText, message)

    # -- the figure with the cursor -------------------------------------------------------------
    def _show_cell(self) -> None:
        index = self.table.currentIndex()
        measure = self.model.measure_at(index.row()) if index.isValid() else None
        column = min(index.column(), len(self.model.years) - 1)
        self.detail.show_cell(measure, self.model.years[column] if measure is not None else 0)
        self.boxes = [self.detail.box] if self.detail.box is not None else []

    def refresh(self) -> None:
        there = bool(self.session.pack.figures)
        self.none.setVisible(not there)
        self.table.setVisible(there)
        self.detail.setVisible(there)
        self.model.refresh()
        self.table.share()
        self._show_cell()
        self.detail.refresh()

    def take_focus(self) -> None:
        if not self.table.currentIndex().isValid():
            row = next((row for row in range(self.model.rowCount()) if not self.model.skips(row)), 0)
            self.table.setCurrentIndex(self.model.index(row, max(0, len(self.model.years) - 1)))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, place: Place) -> bool:
        spot = self._spot(place)
        if place.table != "figure" or spot is None:
            return False
        self.show_mode(SOURCES if place.field == "source" else VALUES)
        self.table.setCurrentIndex(self.model.index(*spot))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal(self.table)
        return True

    def _spot(self, place: Place) -> tuple[int, int] | None:
        """Where a figure stands, also one that is not written yet."""
        for row in range(self.model.rowCount()):
            measure = self.model.measure_at(row)
            for column, year in enumerate(self.model.years):
                if measure is not None and place.row == row_of(measure.id, year):
                    return row, column
        return None
