"""Guidance sessions (*Bimtek*): what must come out of each, how far it is, and what would be missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.base import Message
from desktop.base.ids import derived_id
from desktop.checks.due import Due, covers, state_of
from desktop.checks.finding import Finding, Hit, Report
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule
from desktop.checks.spots import SESSIONS
from desktop.guideline.pack import Output, Pack, Rule, Session
from desktop.workspace.organisation import Meeting, SessionOutput
from desktop.workspace.plan import Place, Plan

NOTHING = SessionOutput("", "", "", "open", "", "", "", "")


def output_row(session: str, output: str) -> str:
    """The id of the row about an output, whether or not anybody has written in it."""
    return derived_id("session_output", session, output)


@dataclass(frozen=True, slots=True)
class Standing:
    """An output of a session as it stands on a day.

    ``open`` are the mandatory findings on the page where it is worked on; without such a page it is
    empty. ``files`` is the number of evidence files for it.
    """

    session: Session
    output: Output
    row: SessionOutput
    due: Due
    open: tuple[Finding, ...]
    files: int

    @property
    def place(self) -> Place:
        """Where it stands, for evidence and remarks."""
        return Place("session_output", output_row(self.session.id, self.output.id))


def standings(plan: Plan, pack: Pack, report: Report | None, today: dt.date) -> tuple[Standing, ...]:
    """Every output of every session, in the guideline's order."""
    rows = {(each.session, each.output): each for each in plan.outputs}
    files: dict[str, int] = {}
    for file in plan.evidence:
        for claimed in {claim.row for claim in file.claims if claim.table == "session_output"}:
            files[claimed] = files.get(claimed, 0) + 1
    found = []
    for session in pack.sessions:
        for output in session.outputs:
            row = rows.get((session.id, output.id), NOTHING)
            done = row.state == "done"
            due = state_of(row.due, today, open_=not done) if row.due else Due.DONE if done else Due.AHEAD
            still = _still_open(pack, output, report) if report is not None else ()
            held = files.get(output_row(session.id, output.id), 0)
            found.append(Standing(session, output, row, due, still, held))
    return tuple(found)


def _still_open(pack: Pack, output: Output, report: Report) -> tuple[Finding, ...]:
    page = output.page
    if page is None:
        return ()
    return tuple(each for each in report.mandatory if covers(pack, page.page, page.ref, each))


def held(plan: Plan, session: str) -> tuple[Meeting, ...]:
    """The meetings at which a guidance session took or takes place, earliest first."""
    return tuple(each for each in plan.meetings if each.kind == "bimtek" and each.session == session)


@check_rule("session_output_overdue")
def session_output_overdue(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """What is due at a guidance session is done by its day.

    Source: each session has outputs that the next one builds on (facts.md 3.3).
    """
    for each in standings(reading.plan, reading.pack, None, reading.today):
        if each.due is Due.LATE:
            day = dt.date.fromisoformat(each.row.due)
            message = Message(
                "checks.session.overdue", output=each.output.label, session=each.session.title, day=day
            )
            yield Hit(message, each.place, SESSIONS)


@check_rule("session_output_evidence")
def session_output_evidence(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """An output that is said to be done or signed off has a file that shows it."""
    for each in standings(reading.plan, reading.pack, None, reading.today):
        if (each.row.state == "done" or each.row.signed_by.strip()) and not each.files:
            message = Message("checks.session.evidence", output=each.output.label, session=each.session.title)
            yield Hit(message, each.place, SESSIONS)


@check_rule("attendance_missing")
def attendance_missing(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A meeting that took place has a list of attendance with somebody present."""
    today = reading.today.isoformat()
    for meeting in reading.plan.meetings:
        took_place = bool(meeting.start) and meeting.start <= today
        if took_place and not any(each.present for each in meeting.attendance):
            day = dt.date.fromisoformat(meeting.start)
            title = meeting.title.read(reading.source) or meeting.place or "–"
            message = Message("checks.session.attendance", meeting=title, day=day)
            yield Hit(message, Place("meeting", meeting.id, "attendance"), SESSIONS)
