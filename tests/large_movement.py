"""What the movement adds to the large plan: figures, bodies, meetings, hearing, scores, sheets, codes.

Counts are those of a region that took part for years; see tests/large.py for the rest of the plan.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from desktop.base.ids import derived_id
from desktop.workspace import Place
from desktop.workspace.groundwork import (
    CHANNELS,
    DECISIONS,
    DECREE_KINDS,
    POSITIONS,
    STAKEHOLDER_KINDS,
)
from desktop.workspace.nomenclature import Entry
from desktop.workspace.operation import Operation

if TYPE_CHECKING:
    from tests.large import Writer

FIGURE_YEARS = range(2020, 2026)
DECREES, MEMBERS, ATTENDANCE = 25, 120, 60
BIMTEK_DAYS, BODY_MEETINGS, CONSULTATIONS, VISITS = 2, 20, 12, 3
STAKEHOLDERS, INPUTS, SUB_ACTIVITIES, CODES = 150, 600, 3, 20_000
SCORERS = ("assessor", "evaluator")
"""A mentor scores nothing in a region that has both."""


class Movement:
    """Fills what a :class:`tests.large.Writer` has begun; every step is one operation."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.pack = writer.pack
        self.decrees: list[str] = []
        self.bodies: list[str] = []
        self.stakeholders: list[str] = []
        self.consultations: list[str] = []
        self.steps = (
            self._figures, self._decrees, self._bodies, self._offices, self._meetings, self._outputs,
            self._hearing, self._agency_sheets, self._scores, self._plans, self._codes,
        )  # fmt: skip

    def _figures(self, op: Operation) -> None:
        for number, measure in enumerate(self.pack.figures):
            for year in FIGURE_YEARS:
                whole = (number + 3) * 1_000 + year
                value = {"choice": measure.choices[0].id if measure.choices else "", "integer": str(whole),
                         "rupiah": str(whole * 1_000_000)}.get(measure.type, f"{whole % 90}.5")  # fmt: skip
                op.put("figure", measure=measure.id, year=year, value=value, source=f"BPS {year + 1}")

    def _decrees(self, op: Operation) -> None:
        for number in range(DECREES):
            made = op.insert(
                    "decree",
                    kind=DECREE_KINDS[number % len(DECREE_KINDS)],
                    number=f"188.45/{number + 1}",
                    date=day(number * 9),
                    title=self.writer.both(9),
                    state="issued",
                    signer="Pejabat 1",
                    since=day(number * 9),
                    until=day(number * 9 + 1_400),
                )  # fmt: skip
            self.decrees.append(made)

    def _bodies(self, op: Operation) -> None:
        """Each body as the guideline asks: working groups once per dimension, the team with 120 members."""
        for body in self.pack.bodies:
            dimensions = [each.id for each in self.pack.dimensions] if body.per_dimension else [""]
            for dimension in dimensions:
                made = op.put(
                    "body", body=body.id, dimension=dimension, task=self.writer.both(16),
                    decree=self.decrees[len(self.bodies) % DECREES],
                )  # fmt: skip
                self.bodies.append(made)
                for number in range(12 if body.per_dimension else MEMBERS):
                    self._member(op, number)

    def _member(self, op: Operation, number: int) -> None:
        outsider = number % 4 == 3
        person = "" if outsider else self.writer.people[number % len(self.writer.people)]
        op.insert(
            "member", body=self.bodies[-1], person=person or None, outsider=outsider,
            name=f"Anggota {number + 1}" if outsider else "", office=self.writer.both(3),
            institution="Universitas" if outsider else "",
            position=POSITIONS[min(number, len(POSITIONS) - 1)],
        )  # fmt: skip

    def _offices(self, op: Operation) -> None:
        """Everybody since when, some acting; one person in charge of each dimension."""
        for number, person in enumerate(self.writer.people):
            op.set("person", person, since=day(-400 - number), until=day(1_400), nip=f"1970{number:014}")
            if number % 9 == 0:
                op.set("person", person, acting="plt")
        for number, dimension in enumerate(self.pack.dimensions):
            op.set("person", self.writer.people[number], dimension=dimension.id)

    def _meetings(self, op: Operation) -> None:
        for session in self.pack.sessions:
            for number in range(BIMTEK_DAYS):
                self._meeting(op, "bimtek", number, session=session.id)
        for number in range(BODY_MEETINGS):
            self._meeting(op, "meeting", number, body=self.bodies[number % len(self.bodies)])
        self.consultations += [self._meeting(op, "consultation", number) for number in range(CONSULTATIONS)]
        for number in range(VISITS):
            self._meeting(op, "visit", number)

    def _meeting(self, op: Operation, kind: str, number: int, **more: str) -> str:
        meeting = op.insert(
            "meeting", kind=kind, title=self.writer.both(7), start=day(number * 11), end=day(number * 11),
            place="Aula Bappeda", leader="Pejabat 1", agenda=self.writer.both(20),
            result=self.writer.both(40), **more,
        )  # fmt: skip
        agencies, people = self.writer.agencies, self.writer.people
        for seat in range(ATTENDANCE):
            own = seat < len(people)
            op.insert(
                "attendance", meeting=meeting, person=people[seat] if own else None,
                agency=agencies[seat] if own else None, name="" if own else f"Tamu {seat}",
                office="" if own else "Kepala Bidang", institution="" if own else "Asosiasi",
                present=seat % 7 != 0,
            )  # fmt: skip
        return meeting

    def _outputs(self, op: Operation) -> None:
        for session in self.pack.sessions:
            for number, output in enumerate(session.outputs):
                done = number % 2 == 0
                op.put(
                    "session_output", session=session.id, output=output.id, due=day(90 + number),
                    state="done" if done else "drafted", done_on=day(80) if done else "",
                    signed_by="Pejabat 1" if done else "", note=self.writer.sentence("id", 10),
                )  # fmt: skip

    def _hearing(self, op: Operation) -> None:
        for number in range(STAKEHOLDERS):
            made = op.insert(
                    "stakeholder",
                    name=f"Asosiasi {number + 1}",
                    contact=f"surel{number}@contoh.id",
                    kind=STAKEHOLDER_KINDS[number % len(STAKEHOLDER_KINDS)],
                    contact_person=f"Ibu {number + 1}",
                    interest=self.writer.both(12),
                )  # fmt: skip
            self.stakeholders.append(made)
        for number in range(INPUTS):
            self._input(op, number)

    def _input(self, op: Operation, number: int) -> None:
        writer, decision = self.writer, DECISIONS[number % len(DECISIONS)]
        answered = decision != "open"
        made = op.insert(
            "input", stakeholder=self.stakeholders[number % STAKEHOLDERS],
            meeting=self.consultations[number % CONSULTATIONS] if number % 3 else None,
            date=day(number % 200), channel=CHANNELS[number % len(CHANNELS)],
            item=writer.places[number % len(writer.places)].item if number % 2 else "",
            body=writer.both(40), decision=decision, answer=writer.both(25) if answered else {},
            answered_by="Pejabat 2" if answered else "", answered_on=day(210) if answered else "",
        )  # fmt: skip
        for step in range(number % 4 if answered else 0):
            op.put("input_programme", input=made,
                   programme=writer.programmes[(number + step) % len(writer.programmes)])  # fmt: skip

    def _agency_sheets(self, op: Operation) -> None:
        """Rows of every worksheet for each agency, beside the region's own."""
        for sheet in self.pack.worksheets:
            if sheet.binding or sheet.scope != "agency":
                continue
            for agency in self.writer.agencies:
                rows = [op.fixed_row(sheet.id, row.id, agency=agency) for row in sheet.fixed_rows]
                if sheet.free_rows:
                    rows += [op.add_row(sheet.id, agency=agency) for _ in range(2)]
                for row in rows:
                    self.writer.cells(op, sheet.columns, row)

    def _scores(self, op: Operation) -> None:
        """Every item of readiness and of the yearly evaluation, by assessor and evaluator."""
        for number, (item, scope, values) in enumerate(self._scored()):
            for by in SCORERS:
                op.put(
                    "score", item=item, scope=scope, by=by, value=values[(number + len(by)) % len(values)],
                    note=self.writer.sentence("id", 12), author="Rini", at="2026-05-01T03:00:00+00:00",
                )  # fmt: skip

    def _scored(self) -> list[tuple[str, str, list[str]]]:
        found: list[tuple[str, str, list[str]]] = []
        readiness = self.pack.readiness
        sheet = next(
            (each for each in self.pack.worksheets if readiness and each.id == readiness.worksheet), None
        )
        if readiness and sheet:
            rating = next(each for each in sheet.columns if each.id == readiness.rating)
            choices = [each.id for each in rating.choices]
            found += [(f"{sheet.id}.{rating.id}", derived_id("row", sheet.id, row.id, ""), choices)
                      for row in sheet.fixed_rows]  # fmt: skip
        if self.pack.evaluation:
            steps = [str(step) for step in range(self.pack.evaluation.scale_max + 1)]
            found += [(f"evaluation.{field.id}", "", steps)
                      for section in self.pack.evaluation.sections for field in section.fields]  # fmt: skip
        return found

    def _plans(self, op: Operation) -> None:
        """Codes, sub-activities and ceilings of every programme, links to the RPJMD, days of the evidence."""
        for number, programme in enumerate(self.writer.workspace.plan().programmes):
            op.set("programme", programme.id, code=code(number), source=f"RPJMD halaman {number + 1}")
            for year in self.writer.workspace.plan().years:
                op.put("rpjmd_ceiling", programme=programme.id, year=year, source="RPJMD",
                       amount=(number + 5) * 1_000_000_000)  # fmt: skip
            for at, activity in enumerate(programme.activities):
                op.set("activity", activity.id, code=f"{code(number)}.2.{at + 1:02}")
                for step in range(SUB_ACTIVITIES):
                    sub = f"{code(number)}.2.{at + 1:02}.{step + 1:04}"
                    op.insert(
                        "sub_activity", activity=activity.id, code=sub,
                        title=self.writer.both(6), output=self.writer.both(6), lead=activity.lead,
                        start_year=activity.start_year, end_year=activity.end_year,
                        budget=(activity.budget or 0) // SUB_ACTIVITIES,
                    )  # fmt: skip
        for number, file in enumerate(self.writer.workspace.plan().evidence):
            op.set("evidence", file.id, taken_on=day(-number % 300),
                   valid_until=day(number % 900 - 100) if number % 3 == 0 else "")  # fmt: skip
        for number, decree in enumerate(self.decrees):
            files = self.writer.workspace.plan().evidence
            op.claim(files[number].id, Place("decree", decree))

    def _codes(self, op: Operation) -> None:
        sentence = self.writer.sentence
        entries = [
            Entry(f"{field}.{division:02}.{programme:02}.2.{activity:02}.{sub:04}", sentence("id", 8))
            for field in range(1, 8) for division in range(1, 8) for programme in range(1, 8)
            for activity in range(1, 8) for sub in range(1, 10)
        ][:CODES]  # fmt: skip
        entries += [Entry(code(number), sentence("id", 5)) for number in range(CODES - len(entries))]
        op.take_codes(entries, "nomenklatur.xlsx")


def code(number: int) -> str:
    """The code of a programme."""
    return f"{number % 7 + 1}.{number % 11 + 1:02}.{number % 97 + 1:02}"


def day(after: int) -> str:
    """So many days after the year began (ISO 8601)."""
    return (dt.date(2026, 1, 5) + dt.timedelta(days=after)).isoformat()
