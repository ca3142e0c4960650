"""The decrees, regulations and agreements the plan rests on, each with its scan and what it serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel

from desktop.base import Message, clock
from desktop.checks.offers import IN_FORCE, decree_name, regulation
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui import theme, widgets
from desktop.ui.bodies.detail import everybody
from desktop.ui.bodies.sources import body_key, ensure_body
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.grid.source import GridRow, column
from desktop.ui.grid.tables import TableSource
from desktop.ui.grid.view import Grid
from desktop.ui.legal_card import LegalCard
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.ui.tracing import Record
from desktop.workspace.plan import Place, Plan, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.organisation import Decree

DECREE = (
    column("kind", Message("ui.decree.kind"), "choice", wide=96),
    column("number", Message("ui.decree.number"), wide=150),
    column("date", Message("ui.decree.date"), "date", wide=100),
    column("title", Message("ui.decree.title"), translated=True, wide=196),
    column("state", Message("ui.decree.state"), "choice", wide=92),
    column("until", Message("ui.decree.until"), "date", wide=100),
    column("serves", Message("ui.decree.serves"), "choices", wide=176),
    column("since", Message("ui.decree.since"), "date", wide=110),
    column("signer", Message("ui.decree.signer"), wide=150),
)
RARE = ("since", "signer")
TONES = {"issued": "good", "drafted": "moderate", "planned": "moderate", "repealed": "poor"}


class DecreeSource(TableSource):
    """All decrees; which bodies one serves is written at the bodies."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, "decree", Message("ui.page.decrees"), DECREE, lambda plan: plan.decrees
        )  # fmt: skip
        self.rare = RARE
        self._serving: dict[str, tuple[str, ...]] = {}

    def rows(self, plan: Plan) -> list[GridRow]:
        serving: dict[str, tuple[str, ...]] = {}
        for body in plan.bodies:
            if body.decree:
                serving[body.decree] = (*serving.get(body.decree, ()), body.id)
        if serving != self._serving:
            self._serving = serving
            self._lines.look_again()
        return super().rows(plan)

    def _line(self, each: Decree) -> GridRow:
        line = super()._line(each)
        return replace(line, values={**line.values, "serves": self._serving.get(each.id)})

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        if column.id != "serves":
            return super().options(column, row)
        return tuple(
            Option(body_key(body, dimension), name) for body, dimension, name in everybody(self._session)
        )

    def remark(self, row: GridRow, column: Field) -> Message | None:
        until = str(row.values.get("until") or "")
        over = (
            until
            and until < clock.today(self._session.plan.region.code).isoformat()
            and row.values.get("state") in IN_FORCE
        )
        return Message("ui.decree.over") if column.id == "until" and over else None

    def tone(self, row: GridRow, column: Field) -> str:
        return TONES.get(str(row.values.get("state") or ""), "") if column.id == "state" else ""

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        return () if column.id == "serves" else super().records(row, column)

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        if column.id != "serves":
            super().write(operation, row, column, value, language)
            return
        key = self.ensure(operation, row)
        wanted = set(value) if isinstance(value, tuple) else set()
        for body, dimension, _ in everybody(self._session):
            there = body_key(body, dimension)
            if there in wanted:
                operation.set("body", ensure_body(operation, body, dimension), decree=key)
            elif there in self._serving.get(key, ()):
                operation.set("body", there, decree=None)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        """A new decree is a decree in force until somebody says otherwise."""
        key = super().add(operation, before, values)
        operation.set("decree", key, kind="sk", state="issued")
        return key


class DecreesPage(Page):
    """The list, and the scan of the chosen decree below it."""

    purpose = Message("ui.decrees.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        card = widgets.Card(speaker)
        self.grid = Grid(session, DecreeSource(session), Message("ui.page.decrees"))
        self.grid.table.setMinimumHeight(theme.grown(230))
        self.grid.teach(Message("ui.decrees.none"))
        card.add(self.grid, 1)
        self.add(card, 1)
        self._card = widgets.Card(speaker)
        self.title = widgets.label(speaker, "", "section", wrap=True)
        self._card.add(self.title)
        self._plan = widgets.label(speaker, Message("ui.decree.of_masterplan"), "good", wrap=True)
        self._card.add(self._plan)
        self._slot_box = widgets.column()
        self._card.add(self._slot_box)
        self.add(self._card)
        self.drafts = LegalCard(session)
        self.add(self.drafts)
        self.slot: EvidenceSlot | None = None
        self._shown: str | None = None
        self.grid.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_chosen())

    def _chosen(self) -> str:
        index, rows = self.grid.table.currentIndex(), self.grid.model.rows
        return rows[index.row()].key if index.isValid() and index.row() < len(rows) else ""

    def _show_chosen(self) -> None:
        plan, speaker = self.session.plan, self.session.speaker
        decree = next((each for each in plan.decrees if each.id == self._chosen()), None)
        row = decree.id if decree is not None else ""
        if row != self._shown:
            self._shown = row
            widgets.empty(self._slot_box)
            self.slot = None
            if decree is not None:
                self.slot = EvidenceSlot(self.session, Place("decree", row), required=True)
                self._slot_box.addWidget(self.slot)
        name: Any = Message("ui.decrees.choose")
        if decree is not None:
            name = decree_name(decree) or Message("ui.decree.unnamed")
        speaker.tie(self.title, QLabel.setText, name)
        said = regulation(plan)
        self._plan.setVisible(decree is not None and said is not None and said.id == decree.id)
        if self.slot is not None:
            self.slot.refresh()

    def refresh(self) -> None:
        self.grid.refresh()
        self._show_chosen()

    def take_focus(self) -> None:
        if not self.grid.table.currentIndex().isValid() and self.grid.model.rowCount():
            self.grid.table.setCurrentIndex(self.grid.model.index(0, 0))
        self.grid.table.setFocus()

    def point_at(self, place: Place) -> bool:
        found = self.grid.point_at(place)
        if found:
            self.reveal(self.grid)
        return found
