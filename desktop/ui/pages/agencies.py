"""Agencies and people: who leads programmes, who signs, who holds an office now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from desktop.base import Message, clock
from desktop.checks.offices import AGENCY_CODE, held_by_several
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui import widgets
from desktop.ui.grid.source import GridRow
from desktop.ui.grid.tables import AGENCY, PERSON, TableSource
from desktop.ui.grid.view import Grid
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.ui.tracing import Record
from desktop.workspace.offices import holders, tenure
from desktop.workspace.plan import Person, Place, Plan

TENURES = tuple(
    Option(each, Message(f"ui.tenure.{each}"), tone)
    for each, tone in (("current", "good"), ("former", "poor"), ("future", "moderate"))
)
RARE = ("nip", "dimension")


class AgencySource(TableSource):
    """The agencies; a code of another form than ``2.16`` is marked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "agency", Message("ui.agencies.title"), AGENCY, lambda plan: plan.agencies)

    def remark(self, row: GridRow, column: Field) -> Message | None:
        code = str(row.values.get("code") or "").strip()
        wrong = column.id == "code" and code and AGENCY_CODE.fullmatch(code) is None
        return Message("ui.agency.code_form") if wrong else None


class PersonSource(TableSource):
    """The officials, current and former; whether an office is held today is worked out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "person", Message("ui.people.title"), PERSON, lambda plan: plan.people)
        self.rare = RARE
        self._today = clock.now().date()
        self._twice: frozenset[str] = frozenset()

    def rows(self, plan: Plan) -> list[GridRow]:
        today: dt.date = clock.now().date()
        twice = frozenset(
            person.id
            for role in {each.role for each in plan.people if each.role} - held_by_several(self._session.pack)
            for several in [holders(plan, role, today)]
            if len(several) > 1
            for person in several
        )
        if (today, twice) != (self._today, self._twice):
            self._today, self._twice = today, twice
            self._lines.look_again()
        return super().rows(plan)

    def _line(self, each: Person) -> GridRow:
        line = super()._line(each)
        known = tenure(each, self._today) if each.since or each.until or each.role else None
        return replace(line, values={**line.values, "tenure": known})

    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        return TENURES if column.id == "tenure" else super().options(column, row)

    def locked(self, column: Field) -> bool:
        return column.id == "tenure"

    def tone(self, row: GridRow, column: Field) -> str:
        if column.id != "tenure":
            return ""
        return next((each.tone for each in TENURES if each.value == row.values.get("tenure")), "")

    def remark(self, row: GridRow, column: Field) -> Message | None:
        if column.id == "role" and row.key in self._twice:
            return Message("ui.person.twice")
        since, until = str(row.values.get("since") or ""), str(row.values.get("until") or "")
        if column.id == "until" and since and until and until < since:
            return Message("ui.person.term_order")
        return None

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        return () if column.id == "tenure" else super().records(row, column)


class AgenciesPage(Page):
    """Two grids, one above the other."""

    purpose = Message("ui.agencies.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        agencies, people = AgencySource(session), PersonSource(session)
        self.grids = []
        for source, note in ((agencies, Message("ui.agencies.note")), (people, Message("ui.people.note"))):
            card = widgets.Card(session.speaker, source.title, note)
            grid = Grid(session, source, source.title)
            grid.table.setMinimumHeight(190)
            self.grids.append(grid)
            card.add(grid, 1)
            self.add(card, 1)

    def refresh(self) -> None:
        for grid in self.grids:
            grid.refresh()

    def point_at(self, place: Place) -> bool:
        found = next((grid for grid in self.grids if grid.point_at(place)), None)
        if found is not None:
            self.reveal(found)
        return found is not None
