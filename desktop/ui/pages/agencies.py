"""Agencies and people: who leads programmes, who signs, who holds an office now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from desktop.base import Message, clock
from desktop.base.written import as_decided, chosen
from desktop.checks.offices import AGENCY_CODE, held_by_several
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui import theme, widgets
from desktop.ui.dialogs.files import ask_save
from desktop.ui.grid.source import GridRow
from desktop.ui.grid.tables import AGENCY, PERSON, TableSource
from desktop.ui.grid.view import Grid
from desktop.ui.own.office import today
from desktop.ui.pages.page import Page
from desktop.ui.running import Runner
from desktop.ui.session import Session
from desktop.ui.tracing import Record
from desktop.ui.worded import worded
from desktop.workspace.offices import holders, tenure
from desktop.workspace.plan import Person, Place, Plan

TENURES = tuple(
    Option(each, Message(f"ui.tenure.{each}"), tone)
    for each, tone in (("current", "good"), ("former", "poor"), ("future", "moderate"))
)
RARE = ("nip", "dimension")
RARE_OF_AGENCY = ("until", "successor")


class AgencySource(TableSource):
    """The agencies; a code of another form than ``2.16`` is marked."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "agency", Message("ui.agencies.title"), AGENCY, lambda plan: plan.agencies)
        self.rare = RARE_OF_AGENCY

    def remark(self, row: GridRow, column: Field) -> Message | None:
        code = str(row.values.get("code") or "").strip()
        wrong = column.id == "code" and code and AGENCY_CODE.fullmatch(code) is None
        return Message("ui.agency.code_form") if wrong else None


class PersonSource(TableSource):
    """The officials, current and former; whether an office is held today is worked out."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "person", Message("ui.people.title"), PERSON, lambda plan: plan.people)
        self.rare = RARE
        self._today = clock.today(session.plan.region.code)
        self._twice: frozenset[str] = frozenset()

    def rows(self, plan: Plan) -> list[GridRow]:
        today: dt.date = clock.today(plan.region.code)
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
        said = row.texts[column.id].values.values() if column.id in row.texts else [row.values.get(column.id)]
        return next(filter(None, (self.hint(column, str(text or "")) for text in said)), None)

    def hint(self, column: Field, text: str) -> Message | None:
        return worded(column.id, text)

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
            grid.table.setMinimumHeight(theme.grown(230))
            self.grids.append(grid)
            card.add(grid, 1)
            self.add(card, 1)
        self.runner = Runner(session)
        self.add(self.runner)
        self._deeds()

    def _deeds(self) -> None:
        """What happens to offices and people: one press each, above their tables."""
        speaker = self.session.speaker
        agencies, people = self.grids
        self.renamed = widgets.button(
            speaker, Message("ui.succession.agency_button"), self.rename, icon="building-2", look="quiet"
        )
        self.report = widgets.button(
            speaker, Message("ui.succession.report"), self.hand_over, icon="file-text", look="quiet"
        )
        self.replaced = widgets.button(
            speaker, Message("ui.succession.person_button"), self.replace_person, icon="user", look="quiet"
        )
        agencies.tools.addWidget(self.renamed)
        agencies.tools.addWidget(self.report)
        people.tools.addWidget(self.replaced)
        of_person = widgets.button(
            speaker, Message("ui.succession.report"), self.hand_over_person, icon="file-text", look="quiet"
        )
        people.tools.addWidget(of_person)

    def _chosen(self, grid: Grid) -> list[str]:
        rows = grid.model.rows
        keys = [rows[row].key for row in grid.table.chosen_rows() if row < len(rows)]
        return [key for key in keys if key]

    def rename(self) -> None:
        """Let the offices chosen be renamed or merged."""
        from desktop.ui.dialogs.succession import ask_agency

        self.session.drafts.flush()
        chosen = self._chosen(self.grids[0])
        ask_agency(self.session, [each for each in self.session.plan.agencies if each.id in chosen], self)

    def replace_person(self) -> None:
        """Let somebody take over from the person chosen."""
        from desktop.ui.dialogs.succession import ask_person

        self.session.drafts.flush()
        chosen = self._chosen(self.grids[1])
        person = next((each for each in self.session.plan.people if each.id in chosen[:1]), None)
        ask_person(self.session, person, self)

    def hand_over(self) -> None:
        """Print what a successor in the office chosen needs to know."""
        self.session.drafts.flush()
        for agency in self._chosen(self.grids[0])[:1]:
            self._report(agency, "")
            return
        self.session.told.emit(Message("ui.succession.choose_agency"))

    def hand_over_person(self) -> None:
        """The same of what one person does for their office."""
        self.session.drafts.flush()
        chosen = self._chosen(self.grids[1])
        person = next((each for each in self.session.plan.people if each.id in chosen[:1]), None)
        if person is None or not person.agency:
            self.session.told.emit(Message("ui.succession.choose_person"))
            return
        self._report(person.agency, person.id)

    def _report(self, agency: str, person: str) -> None:
        from desktop.ui.dialogs.succession import report_name

        session = self.session
        title, kinds = Message("ui.succession.report"), Message("ui.succession.kinds")
        target = ask_save(self, session, title, report_name(session, agency), kinds)
        if target is not None:
            self.report_to(target, agency, person)

    def report_to(self, target: Path, agency: str, person: str = "") -> None:
        """Write the report beside the window."""
        from desktop.books.handover import write_handover

        session, there = self.session, chosen(target)
        snapshot = session.attempt(self.runner.snapshot) if not self.runner.running else None
        if snapshot is None:
            return

        def done(path: Path) -> None:
            session.told.emit(Message("ui.succession.written", file=path.name))

        language, day = session.speaker.language.value, today(session).isoformat()
        given = (write_handover, snapshot, target, agency, person, language, day)
        self.runner.start(done, as_decided, there, *given)

    def refresh(self) -> None:
        for grid in self.grids:
            grid.refresh()
        for each in (self.renamed, self.replaced):
            each.setEnabled(not self.session.read_only)

    def point_at(self, place: Place) -> bool:
        found = next((grid for grid in self.grids if grid.point_at(place)), None)
        if found is not None:
            self.reveal(found)
        return found is not None
