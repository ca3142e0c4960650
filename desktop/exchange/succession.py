"""Offices that are renamed or merged, and people who are replaced (*mutasi*): one operation each.

The old office and the old holder stay in the plan with their last day and who came after them, so that
history, old decrees and old meetings go on naming them. What is still to be done moves where it is wanted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from desktop.base import LocalText, Message, RancangError
from desktop.base.message import Param
from desktop.checks.recap import said, says_something
from desktop.guideline.pack import Pack, Worksheet
from desktop.workspace.plan import Agency, Person, Plan, Row
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

_DONE = frozenset({"approved"})
"""What is done stays with who did it."""


class NotAfterItself(RancangError):
    """An office or a person cannot come after itself, nor after one that comes after it."""

    def __init__(self, name: Param) -> None:
        super().__init__(Message("exchange.succession.itself", name=name))


class AlreadyOver(RancangError):
    """It was renamed, merged or replaced already."""

    def __init__(self, name: Param) -> None:
        super().__init__(Message("exchange.succession.over", name=name))


class NoName(RancangError):
    """A new office or person without a name."""

    def __init__(self) -> None:
        super().__init__(Message("exchange.succession.no_name"))


class NoDay(RancangError):
    """Not a calendar day."""

    def __init__(self, day: str) -> None:
        super().__init__(Message("exchange.succession.no_day", day=day[:40]))


@dataclass(frozen=True, slots=True)
class Office:
    """Which office comes after: one of the plan (``row``), or a new one by name in each language."""

    row: str = ""
    name: Mapping[str, str] = field(default_factory=dict)
    short_name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who comes after: somebody of the plan (``row``), or a new person by name."""

    row: str = ""
    name: str = ""
    nip: str = ""
    acting: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a succession did."""

    successor: str
    """The id of the office or person that comes after."""
    programmes: int = 0
    duties: int = 0
    rows: int = 0
    comments: int = 0
    people: int = 0
    kept: int = 0
    """Rows of worksheets that stay with the old office, since the new one has such rows of its own."""


@dataclass
class _Count:
    programmes: int = 0
    duties: int = 0
    rows: int = 0
    comments: int = 0
    people: int = 0
    kept: int = 0


def present(plan: Plan, agency: str) -> str:
    """The office that does an office's work by now: itself, or whatever came after it; or nothing."""
    *_, last = [*_after(plan, agency)] or [""]
    return last


def _after(plan: Plan, agency: str) -> Iterator[str]:
    seen: set[str] = set()
    while agency not in seen:
        found = plan.agency(agency)
        if found is None:
            return
        seen.add(agency)
        yield agency
        agency = found.successor


def name_of_agency(agency: Agency) -> Param:
    """An office as a sentence names it."""
    return agency.short_name or LocalText(dict(agency.name.values))


def follow_agency(
    operation: Operation,
    plan: Plan,
    pack: Pack,
    old: Sequence[Agency],
    day: str,
    new: Office,
    *,
    move: bool = True,
) -> Moved:
    """Let an office follow one that was renamed, or several that were merged. ``day`` is its first day.

    With ``move`` programmes, open duties and due dates, rows of worksheets, open comments and the
    people at work go over. Raises AlreadyOver, NotAfterItself, NoName, NoDay.
    """
    before, into = _day_before(day), new.row
    for each in old:
        if each.successor:
            raise AlreadyOver(name_of_agency(each))
        if _leads_to(plan, into, each.id):
            raise NotAfterItself(name_of_agency(each))
    if not into:
        named = {language: text.strip() for language, text in new.name.items() if text.strip()}
        if not named:
            raise NoName
        head = old[0].head if len(old) == 1 else ""
        into = operation.insert("agency", name=named, short_name=new.short_name, code=new.code, head=head)
    mover = _Mover(operation, plan, pack, into)
    for each in old:
        operation.set("agency", each.id, until=before, successor=into)
        if move:
            mover.move(each.id)
    return Moved(into, **vars(mover.count))


def follow_person(
    operation: Operation,
    plan: Plan,
    old: Person,
    day: str,
    new: Holder,
    *,
    move: bool = True,
) -> Moved:
    """Let somebody take an office over on a day: the same office, agency, dimension and task.

    With ``move`` the open duties
    that named the old holder name the new one. Raises AlreadyOver, NotAfterItself, NoName, NoDay.
    """
    before, into = _day_before(day), new.row
    if old.successor:
        raise AlreadyOver(old.name)
    if into == old.id or any(each.id == into and each.successor == old.id for each in plan.people):
        raise NotAfterItself(old.name)
    held: dict[str, Any] = {
        "role": old.role,
        "agency": old.agency or None,
        "dimension": old.dimension,
        "task": old.task,
        "office": dict(old.office.values),
    }
    if into:
        held = {key: value for key, value in held.items() if value}
        operation.set("person", into, **held)
    else:
        if not new.name.strip():
            raise NoName
        given = {"name": new.name.strip(), "nip": new.nip, "acting": new.acting, "since": day}
        into = operation.insert("person", **given, **held)
    operation.set("person", old.id, until=before, successor=into)
    count = _Count()
    for duty in plan.duties if move else ():
        if duty.person == old.id and duty.state not in _DONE:
            operation.set("duty", duty.id, person=into)
            count.duties += 1
    return Moved(into, **vars(count))


def set_task(operation: Operation, plan: Plan, agency: str, task: str, person: str) -> None:
    """Say who does a task (``contact``, ``superior``) for an agency; who did it before does it no more."""
    for each in plan.people:
        if each.agency == agency and each.task == task and each.id != person and not each.successor:
            operation.set("person", each.id, task="")
    operation.set("person", person, task=task, agency=agency)


def name_task(
    operation: Operation,
    plan: Plan,
    agency: str,
    task: str,
    name: str,
    office: Mapping[str, str] | None = None,
) -> str:
    """The same for somebody by name: of the agency's people who is called so, else a new person."""
    wanted = " ".join(name.split())
    if not wanted:
        raise NoName
    known = next(
        (
            each
            for each in plan.people
            if each.agency in {agency, ""} and not each.until and each.name.casefold() == wanted.casefold()
        ),
        None,
    )
    person = known.id if known is not None else operation.insert("person", name=wanted, agency=agency)
    if office:
        operation.set("person", person, office=dict(office))
    set_task(operation, plan, agency, task, person)
    return person


# -- moving what is still to be done -----------------------------------------------------------------
class _Mover:
    """Moves to one office what others leave to it; what it has of its own is not written over."""

    def __init__(self, operation: Operation, plan: Plan, pack: Pack, new: str) -> None:
        self._op, self._plan, self._pack, self._new = operation, plan, pack, new
        self.count = _Count()
        self._duties = {(each.page, each.ref) for each in plan.duties if each.agency == new}
        self._dates = {(each.page, each.ref) for each in plan.deadlines if each.agency == new}
        self._rows = {
            (name, row.fixed)
            for name, rows in plan.rows.items()
            for row in rows
            if row.agency == new and row.fixed and says_something(row)
        }

    def move(self, old: str) -> None:
        """Everything that one office leaves."""
        self._programmes(old)
        self._owed(old)
        self._worksheets(old)
        op, new, count = self._op, self._new, self.count
        for comment in self._plan.comments:
            if comment.owner == old and comment.state == "open":
                op.set("comment", comment.id, owner=new)
                count.comments += 1
        for person in self._plan.people:
            if person.agency == old and not person.successor and not person.until:
                op.set("person", person.id, agency=new)
                count.people += 1

    def _programmes(self, old: str) -> None:
        op, new = self._op, self._new
        for programme in self._plan.programmes:
            touched = programme.lead == old
            if touched:
                op.set("programme", programme.id, lead=new)
            if old in programme.supporting:
                touched = True
                key = TABLES["programme_agency"].identify({"programme": programme.id, "agency": old})
                op.delete("programme_agency", key)
                op.insert("programme_agency", programme=programme.id, agency=new)
            for activity in programme.activities:
                if activity.lead == old:
                    op.set("activity", activity.id, lead=new)
                for sub in activity.sub_activities:
                    if sub.lead == old:
                        op.set("sub_activity", sub.id, lead=new)
            self.count.programmes += touched

    def _owed(self, old: str) -> None:
        """Open duties and due dates are said of the new office; what is approved stays the old one's."""
        op, new = self._op, self._new
        for duty in self._plan.duties:
            if duty.agency != old or duty.state in _DONE or (duty.page, duty.ref) in self._duties:
                continue
            kept = ("person", "state", "by", "at", "content", "note")
            values = {key: getattr(duty, key) for key in kept if getattr(duty, key)}
            op.duty(duty.page, duty.ref, new, **values)
            op.delete("duty", duty.id)
            self._duties.add((duty.page, duty.ref))
            self.count.duties += 1
        for each in self._plan.deadlines:
            if each.agency == old and (each.page, each.ref) not in self._dates:
                op.deadline(each.due, page=each.page, ref=each.ref, agency=new, note=each.note)
                op.delete("deadline", each.id)
                self._dates.add((each.page, each.ref))

    def _worksheets(self, old: str) -> None:
        """Of the guideline's own rows each office has one, known by an id of its own."""
        for sheet in self._pack.worksheets:
            for row in self._plan.rows.get(sheet.id, ()):
                if row.agency != old:
                    continue
                if not row.fixed:
                    self._op.set("row", row.id, agency=self._new)
                elif (sheet.id, row.fixed) in self._rows:
                    self.count.kept += 1
                    continue
                else:
                    self._retell(sheet, row)
                    self._rows.add((sheet.id, row.fixed))
                self.count.rows += 1

    def _retell(self, sheet: Worksheet, row: Row) -> None:
        """Say in the new office's row what stood in the old one's; evidence and comments go with it."""
        op, plan = self._op, self._plan
        made = op.fixed_row(row.worksheet, row.fixed, agency=self._new)
        for column in sheet.columns:
            cell = row.cells.get(column.id)
            if cell is None or not said(cell):
                continue
            if cell.value is not None:
                value = list(cell.value) if isinstance(cell.value, tuple) else cell.value
                op.cell(made, column.id, value, policy=column.policy)
            # the source first, so that translations remember the text they stand beside
            for language in sorted(cell.text.values, key=lambda each: each != plan.source_language):
                op.cell_text(made, column.id, language, cell.text.values[language], policy=column.policy)
        for file in plan.evidence:
            for claim in file.claims:
                if claim.row == row.id:
                    op.claim(file.id, replace(claim, row=made))
        for comment in plan.comments:
            if comment.place.row == row.id:
                op.set("comment", comment.id, row=made)
        op.delete("row", row.id)


def _leads_to(plan: Plan, start: str, goal: str) -> bool:
    """Whether an office is another one, or comes after it by way of its successors."""
    seen: set[str] = set()
    while start and start not in seen:
        if start == goal:
            return True
        seen.add(start)
        found = plan.agency(start)
        start = found.successor if found is not None else ""
    return False


def _day_before(day: str) -> str:
    try:
        return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        raise NoDay(day) from None
