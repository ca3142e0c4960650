"""Agencies and people: who leads programmes, who signs."""

from __future__ import annotations

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.grid.tables import AGENCY, PERSON, TableSource
from desktop.ui.grid.view import Grid
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place


class AgenciesPage(Page):
    """Two grids, one above the other."""

    purpose = Message("ui.agencies.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        agencies = TableSource(
            session, "agency", Message("ui.agencies.title"), AGENCY, lambda plan: plan.agencies
        )
        people = TableSource(session, "person", Message("ui.people.title"), PERSON, lambda plan: plan.people)
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
