"""Which deadlines are met, near or past, by what is still open on the page each is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from desktop.base.ids import derived_id
from desktop.checks.finding import Finding, Report
from desktop.checks.owing import Owing, Standing
from desktop.checks.progress import chapters_of
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Comment, Deadline, Plan
from desktop.workspace.records import UNSETTLED

SOON = 14
"""Days before a deadline from which it is near."""


class Due(StrEnum):
    """How a deadline stands."""

    LATE = "late"
    """Past, and something is open (*Lewat tenggat*)."""
    SOON = "soon"
    AHEAD = "ahead"
    DONE = "done"
    """Nothing mandatory is open there, and its agency has neither to begin nor to mend it."""


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline with how it stands; ``open`` are the mandatory findings of its page (and agency)."""

    deadline: Deadline
    state: Due
    open: tuple[Finding, ...]

    @property
    def day(self) -> dt.date:
        """The day itself."""
        return dt.date.fromisoformat(self.deadline.due)


def due_dates(plan: Plan, pack: Pack, report: Report, today: dt.date) -> tuple[DueDate, ...]:
    """Every deadline, earliest first, with how it stands on a day."""
    owners = Owners(plan, pack)
    owing = Owing(plan, pack, today) if any(each.agency for each in plan.deadlines) else None
    out = []
    for deadline in plan.deadlines:
        still = tuple(
            finding
            for finding in report.mandatory
            if covers(pack, deadline.page, deadline.ref, finding)
            and (not deadline.agency or deadline.agency in owners.of(finding))
        )
        # what an agency has not begun, or has to mend, is not done, though nothing of it is mandatory
        part = owing.find((deadline.page, deadline.ref, deadline.agency)) if owing is not None else None
        awaited = part is not None and part.standing in {Standing.EMPTY, Standing.RETURNED}
        out.append(DueDate(deadline, state_of(deadline.due, today, open_=bool(still) or awaited), still))
    return tuple(out)


def action_state(comment: Comment, today: dt.date) -> Due:
    """How an agreed action stands."""
    if comment.state not in UNSETTLED or not comment.due:
        return Due.DONE if comment.state not in UNSETTLED else Due.AHEAD
    return state_of(comment.due, today, open_=True)


def state_of(due: str, today: dt.date, *, open_: bool) -> Due:
    """How an ISO day stands on another one, for something that is or is not open."""
    day = dt.date.fromisoformat(due)
    if not open_:
        return Due.DONE
    if day < today:
        return Due.LATE
    return Due.SOON if (day - today).days <= SOON else Due.AHEAD


def covers(pack: Pack, wanted: str, ref: str, finding: Finding) -> bool:
    """Whether a finding is about a page of the journey (a chapter with those below it, a whole book)."""
    page = finding.page
    match wanted:
        case "" | "checks" | "books" | "package":
            return True
        case "chapter":
            return page.page == "chapter" and page.ref in {ref, *chapters_of(pack, ref)}
        case _:
            return page.page == wanted and (not ref or page.ref == ref)


class Owners:
    """Which agencies a finding concerns: who leads or supports the programme, whose row it is."""

    def __init__(self, plan: Plan, pack: Pack) -> None:
        self._programmes = {
            programme.id: frozenset(filter(None, (programme.lead, *programme.supporting)))
            for programme in plan.programmes
        }
        self._rows = {row.id: row.agency for rows in plan.rows.values() for row in rows if row.agency}
        # the guideline's own rows have their ids before anybody has written in them
        self._rows |= {
            derived_id("row", sheet.id, fixed.id, agency.id): agency.id
            for sheet in pack.worksheets
            if sheet.scope == "agency"
            for fixed in sheet.fixed_rows
            for agency in plan.agencies
        }

    def of(self, finding: Finding) -> frozenset[str]:
        """The agencies it concerns; none means the team as a whole."""
        place = finding.place
        for programme in (finding.page.ref, place.row, place.scope):
            if programme in self._programmes:
                return self._programmes[programme]
        if place.table in {"cell", "row"} and place.row in self._rows:
            return frozenset({self._rows[place.row]})
        if place.table == "agency":
            return frozenset({place.row})
        return frozenset()
