"""The page of a worksheet (*kertas kerja*): a grid, and beside the current cell its help and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel

from desktop.base import LocalText, Message
from desktop.guideline.pack import Worksheet
from desktop.ui import theme, widgets
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.grid.source import GridRow
from desktop.ui.grid.tables import BoundSource
from desktop.ui.grid.view import Grid
from desktop.ui.grid.worksheets import ALL, WorksheetSource
from desktop.ui.pages.page import Page
from desktop.ui.radar import ReadinessCard
from desktop.ui.session import Session
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation


class WorksheetPage(Page):
    """One worksheet as a grid."""

    fills = True

    def __init__(self, session: Session, ref: str) -> None:
        sheet = next((each for each in session.pack.worksheets if each.id == ref), None)
        super().__init__(session, sheet.purpose if sheet else LocalText())
        self.grid: Grid | None = None
        self._agencies: QComboBox | None = None
        self._slot: EvidenceSlot | None = None
        self._radar: ReadinessCard | None = None
        if sheet is not None:
            self._fill(sheet)

    def _fill(self, sheet: Worksheet) -> None:
        session = self.session
        self._sheet_id = sheet.id
        self._source: BoundSource | WorksheetSource = (
            BoundSource(session, sheet) if sheet.binding else WorksheetSource(session, sheet)
        )
        card = widgets.Card(session.speaker)
        if sheet.scope == "agency" and isinstance(self._source, WorksheetSource):
            card.add(self._agency_line())
        self.grid = Grid(session, self._source, sheet.title)
        self.grid.table.setMinimumHeight(260)
        card.add(self.grid, 1)
        if any(column.evidence != "none" for column in sheet.columns):
            self._about = widgets.label(
                session.speaker, Message("ui.sheet.evidence_hint"), "muted", wrap=True
            )
            card.add(self._about)
            self._slot_box = widgets.column()
            card.add(self._slot_box)
            self.grid.table.selectionModel().currentChanged.connect(self._on_current)
        body = widgets.line(spacing=theme.PAD)
        body.addWidget(card, 1)
        if session.pack.readiness is not None and session.pack.readiness.worksheet == sheet.id:
            self._radar = ReadinessCard(session)
            body.addWidget(self._radar)
        self.add(body, 1)

    def _agency_line(self) -> QHBoxLayout:
        combo = QuietCombo()
        widgets.call(self.session.speaker, combo, Message("ui.sheet.agency"))
        combo.activated.connect(self._on_agency)
        self._agencies = combo
        name = widgets.label(self.session.speaker, Message("ui.sheet.agency"), "field")
        name.setBuddy(combo)
        row = widgets.line(name, combo)
        row.addStretch(1)
        return row

    def refresh(self) -> None:
        if self.grid is None:
            return
        if self._agencies is not None:
            self._offer_agencies(self._agencies)
        self.grid.refresh()
        if self._slot is not None:
            self._slot.refresh()
        if self._radar is not None:
            self._radar.refresh()

    def _offer_agencies(self, combo: QComboBox) -> None:
        now = combo.currentData()
        combo.clear()
        say, plan = self.session.say, self.session.plan
        rows = Counter(row.agency for row in plan.rows.get(self._sheet_id, ()))
        combo.addItem(say(Message("ui.sheet.everybody", n=rows.total())), ALL)
        combo.addItem(say(Message("ui.sheet.whole_region")), "")
        for agency in plan.agencies:
            name = agency.name.read(self.session.speaker.language)
            combo.addItem(f"{name} ({rows[agency.id]})" if rows[agency.id] else name, agency.id)
        combo.setCurrentIndex(max(0, combo.findData(now)))
        if now is None and isinstance(self._source, WorksheetSource):
            # The first look shows what there is; where nobody wrote anything yet, the region's own part.
            self._source.agency = ALL if rows else ""
            combo.setCurrentIndex(combo.findData(self._source.agency))

    def _on_agency(self, _row: int) -> None:
        if self._agencies is None:
            return
        self.show_agency(str(self._agencies.currentData() or ""))

    def show_agency(self, agency: str) -> None:
        """Show one agency's part of a worksheet that agencies fill."""
        if isinstance(self._source, WorksheetSource) and self.grid is not None:
            self._source.agency = agency
            if self._agencies is not None:
                self._agencies.setCurrentIndex(max(0, self._agencies.findData(agency)))
            self.grid.model.refresh()
            self.grid.table.fit_rows()

    # -- evidence for the current cell ------------------------------------------------------------
    def _on_current(self) -> None:
        if self.grid is None:
            return
        widgets.empty(self._slot_box)
        self._slot = None
        index = self.grid.table.currentIndex()
        if not index.isValid():
            return
        field = self.grid.model.field_at(index.column())
        row = self.grid.model.rows[index.row()]
        if field is None or field.evidence == "none" or row.heading or row.fresh:
            self.session.speaker.tie(self._about, QLabel.setText, Message("ui.sheet.evidence_hint"))
            return
        about = Message(
            "ui.sheet.evidence_for", column=field.label, row=row.label if row.fixed else str(index.row() + 1)
        )
        self.session.speaker.tie(self._about, QLabel.setText, about)
        self._slot = EvidenceSlot(
            self.session,
            self._source.place(row, field),
            required=field.evidence == "required",
            before=self._ensure(row),
        )
        self._slot.refresh()
        self._slot_box.addWidget(self._slot)

    def _ensure(self, row: GridRow) -> Callable[[Operation], object]:
        source = self._source
        return lambda operation: source.ensure(operation, row)

    def point_at(self, place: Place) -> bool:
        if self.grid is None:
            return False
        if place.table == "cell" and self._agencies is not None:
            agency = place.scope.partition("@")[2] or self._agency_of(place.row)
            self.show_agency(agency)
        return self.grid.point_at(place)

    def _agency_of(self, row: str) -> str:
        rows = (each for rows in self.session.plan.rows.values() for each in rows)
        return next((each.agency for each in rows if each.id == row), "")
