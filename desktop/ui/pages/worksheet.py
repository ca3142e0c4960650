"""The page of a worksheet (*kertas kerja*): a grid, and beside the current cell its help and evidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton

from desktop.base import LocalText, Message
from desktop.checks.marks import marks
from desktop.checks.sheets import becoming
from desktop.exchange.suggestions import suggests
from desktop.guideline.pack import Worksheet
from desktop.ui import widgets
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.flow import Aside
from desktop.ui.grid.source import GridRow
from desktop.ui.grid.tables import BoundSource
from desktop.ui.grid.view import Grid
from desktop.ui.grid.worksheets import WorksheetSource
from desktop.ui.pages.page import Page
from desktop.ui.radar import ReadinessCard, beside_width
from desktop.ui.session import Session
from desktop.ui.sheets.agencies import AgencyChooser
from desktop.ui.sheets.growing import GrowButtons
from desktop.ui.sheets.suggesting import suggest_button
from desktop.ui.sheets.taking import TakeButton
from desktop.ui.sheets.telling import MarkLine, PairCard, has_strategies
from desktop.ui.unverified import doubts
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
        self._agencies: AgencyChooser | None = None
        self._take: TakeButton | None = None
        self._suggest: QPushButton | None = None
        self._grow: GrowButtons | None = None
        self._told: list[MarkLine | PairCard] = []
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
        doubt = doubts(session.speaker, sheet, *sheet.columns, *sheet.groups, *sheet.fixed_rows)
        if doubt is not None:
            card.add(doubt)
        if sheet.scope == "agency" and isinstance(self._source, WorksheetSource):
            self._agencies = AgencyChooser(session, sheet)
            self._agencies.chosen.connect(self.show_agency)
            self._source.agency = self._agencies.agency
            card.add(self._agencies)
        self.grid = Grid(session, self._source, sheet.title)
        self.grid.table.setMinimumHeight(260)
        card.add(self.grid, 1)
        if self._agencies is not None and sheet.fixed_rows:
            self._take = TakeButton(session, sheet, self.grid)
            self._agencies.row.addWidget(self._take)
        self._around(sheet, card)
        if any(column.evidence != "none" for column in sheet.columns):
            self._about = widgets.label(
                session.speaker, Message("ui.sheet.evidence_hint"), "muted", wrap=True
            )
            card.add(self._about)
            self._slot_box = widgets.column()
            card.add(self._slot_box)
            self.grid.table.selectionModel().currentChanged.connect(self._on_current)
        if session.pack.readiness is not None and session.pack.readiness.worksheet == sheet.id:
            self._radar = ReadinessCard(session)
            self.add(Aside(card, self._radar, beside_width), 1)
        else:
            self.add(card, 1)

    def _around(self, sheet: Worksheet, card: widgets.Card) -> None:
        """What can be made of the rows, above the table; what is told of them, below."""
        if self.grid is None or sheet.binding:
            return
        session = self.session
        if suggests(session.pack, sheet):
            self._suggest = suggest_button(session, sheet, self)
            self.grid.tools.addWidget(self._suggest)
        if becoming(sheet) is not None:
            self._grow = GrowButtons(session, sheet, self.grid)
            self.grid.tools.addWidget(self._grow)
        if marks(sheet):
            self._told.append(MarkLine(session, sheet))
        if has_strategies(sheet):
            self._told.append(PairCard(session, sheet, self.grid))
        for each in self._told:
            card.add(each)

    def refresh(self) -> None:
        if self.grid is None:
            return
        if self._agencies is not None:
            self._agencies.refresh()
            self._show(self._agencies.agency)
        self.grid.refresh()
        if self._suggest is not None:
            self._suggest.setEnabled(not (self.session.read_only or self.session.keeps_to))
        for part in (self._take, self._grow, *self._told):
            if part is not None:
                part.refresh()
        if self._slot is not None:
            self._slot.refresh()
        if self._radar is not None:
            self._radar.refresh()

    def show_agency(self, agency: str) -> None:
        """Show one agency's part of a worksheet that agencies fill."""
        if self._agencies is not None:
            self._agencies.show(agency)
        if self._show(agency) and self.grid is not None:
            self.grid.refresh()
            self.grid.table.fit_rows()

    def _show(self, agency: str) -> bool:
        """Take another part; whether it is another one."""
        if not isinstance(self._source, WorksheetSource) or self._source.agency == agency:
            return False
        self._source.agency = agency
        return True

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
            only_read=self._source.others(row),
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
            self.show_agency(self._agency_of(place.row))
        return self.grid.point_at(place)

    def _agency_of(self, row: str) -> str:
        rows = (each for rows in self.session.plan.rows.values() for each in rows)
        return next((each.agency for each in rows if each.id == row), "")
