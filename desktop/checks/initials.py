"""The list of parafs: each step of initials the guideline asks for, who gives it, and how it stands.

It is the team's own record of what happened on paper; no signature and no proof. A paraf holds for the
plan as it was initialled: the head of an agency initials that agency's part, everybody else all of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.base import LocalText, Message
from desktop.base.canonical import digest
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.owing import Owing, at_work
from desktop.checks.places import agency_name
from desktop.checks.reading import Reading
from desktop.checks.recap import by_agencies
from desktop.checks.registry import check_rule, flag
from desktop.checks.spots import PACKAGE
from desktop.guideline.pack import Pack, Rule, SigningStep
from desktop.guideline.signing import initials_steps, label_of
from desktop.workspace.offices import as_signed, holder
from desktop.workspace.owners import Owners
from desktop.workspace.plan import Initial, Person, Place, Plan
from desktop.workspace.said import GONE


class Standing(StrEnum):
    """How a paraf stands."""

    WAITING = "waiting"
    INITIALLED = "initialled"
    CHANGED = "changed"
    """Given, and the plan says something else since (*berubah sesudah paraf*)."""
    RETURNED = "returned"


_NAMES = {
    Standing.WAITING: Message("checks.initials.waiting"),
    Standing.INITIALLED: Message("checks.initials.initialled"),
    Standing.CHANGED: Message("checks.initials.changed"),
    Standing.RETURNED: Message("checks.initials.returned"),
}


def standing_name(standing: Standing) -> Message:
    """How a paraf stands, as every list says it."""
    return _NAMES[standing]


@dataclass(frozen=True, slots=True)
class Paraf:
    """One step of initials; of a step that each agency takes, that of one agency."""

    number: int
    """The place of its step among all steps of the guideline (1 = first)."""
    step: SigningStep
    agency: str
    """The agency whose head gives it, or empty."""
    office: LocalText
    """What the role is called."""
    whose: Param
    """The name of the agency, or empty."""
    holder: Person | None
    expected: str
    """The name of who holds the office today, or empty."""
    standing: Standing
    initial: Initial | None

    @property
    def done(self) -> bool:
        """Whether it is given, for the plan as it stands."""
        return self.standing is Standing.INITIALLED

    @property
    def name(self) -> str:
        """Who gave it, else who is expected to."""
        return (self.initial.by if self.initial is not None else "") or self.expected

    def title(self, language: str) -> str:
        """The office as it is signed with today: *Plt. Sekretaris Daerah*."""
        own = self.holder.office.read(language) if self.holder is not None else ""
        office = own or self.office.read(language)
        return as_signed(self.holder, office) if self.holder is not None else office

    def given_as(self, language: str) -> str:
        """The office as it was recorded with the paraf, else as it is signed with today."""
        given = self.initial.office if self.initial is not None and self.initial.state else ""
        return given or self.title(language)

    @property
    def message(self) -> Message:
        """Whose paraf it is, in a list of several."""
        if self.agency:
            return Message("checks.initials.of_agency", agency=self.whose)
        return Message("checks.initials.of_office", office=self._called)

    @property
    def _called(self) -> LocalText:
        """The office, with *Plt.* and the like for who only acts in it."""
        if self.holder is None or not self.holder.acting:
            return self.office
        person = self.holder
        return LocalText({each: as_signed(person, text) for each, text in self.office.texts.items()})


_last: tuple[tuple[Plan, Pack, dt.date, tuple[Paraf, ...]], ...] = ()


def parafs(plan: Plan, pack: Pack, today: dt.date) -> tuple[Paraf, ...]:
    """Every paraf the guideline asks for, in its order. Pure.

    The last answer is kept: after an edit the checks, the page and Home ask for the same one.
    """
    global _last  # noqa: PLW0603 - a cache of one
    for known_plan, known_pack, day, known in _last:
        if known_plan is plan and known_pack is pack and day == today:
            return known
    made = _parafs(plan, pack, today)
    _last = ((plan, pack, today, made),)
    return made


def _parafs(plan: Plan, pack: Pack, today: dt.date) -> tuple[Paraf, ...]:
    given = {(each.step, each.agency): each for each in plan.initials}
    looking = _Contents(plan, pack, today)
    found = []
    for number, step in initials_steps(pack):
        for agency in _agencies(plan, step, today, given):
            initial = given.get((step.id, agency))
            person = holder(plan, step.role, today, agency)
            there = plan.agency(agency)
            name = person.name.strip() if person is not None else ""
            found.append(
                Paraf(
                    number,
                    step,
                    agency,
                    label_of(pack, step.role),
                    agency_name(plan, agency) if agency else "",
                    person,
                    name or (there.head.strip() if there is not None else ""),
                    _standing(initial, looking),
                    initial,
                )
            )
    return tuple(found)


def missing(found: Iterable[Paraf]) -> tuple[Paraf, ...]:
    """Those that are still awaited, given back or given too early."""
    return tuple(each for each in found if not each.done)


def content_of(plan: Plan, pack: Pack, agency: str, today: dt.date) -> str:
    """What a paraf given now remembers: the agency's part as it stands, or the state of the whole plan."""
    return _Contents(plan, pack, today).of(agency) if agency else plan.head


def _agencies(
    plan: Plan, step: SigningStep, today: dt.date, given: Iterable[tuple[str, str]]
) -> Iterator[str]:
    """Whose paraf a step asks for: that of every agency that leads a programme, or of one official."""
    if not step.per:
        yield ""
        return
    leading = {programme.lead for programme in plan.programmes}
    leading |= {agency for each, agency in given if each == step.id}
    yield from (each.id for each in plan.agencies if each.id in leading and at_work(each, today))


class _Contents:
    """The fingerprints of the parts of agencies, worked out when one is asked for."""

    def __init__(self, plan: Plan, pack: Pack, today: dt.date) -> None:
        self._of = (plan, pack, today)
        self._owing: Owing | None = None
        self._owners: Owners | None = None

    def may_be_of(self, initial: Initial) -> bool:
        """Whether something that was written since can be of the agency's part: all but what is others'."""
        plan, pack, _ = self._of
        self._owners = self._owners or Owners(plan)
        own = {sheet.id for sheet in pack.worksheets if by_agencies(sheet)}
        items = any(
            duty.agency == initial.agency and duty.page != "programmes" and duty.ref not in own
            for duty in plan.duties
        )
        for row in initial.touched:
            whose = self._owners.agency_of(row)
            if whose == initial.agency or (not whose and (items or row == GONE)):
                return True
        return False

    def of(self, agency: str) -> str:
        """The fingerprint of what an agency's part says (64 bits are enough to see a change)."""
        self._owing = self._owing or Owing(*self._of)
        said = [[*part.key, part.measure.content] for part in self._owing.of(agency) if part.measure.touched]
        return digest(sorted(said))[:16]


def _standing(initial: Initial | None, looking: _Contents) -> Standing:
    if initial is None or not initial.state:
        return Standing.WAITING
    if initial.state == "returned":
        return Standing.RETURNED
    stale = initial.since > 0
    if stale and initial.agency:
        stale = (
            bool(initial.content)
            and looking.may_be_of(initial)
            and initial.content != looking.of(initial.agency)
        )
    return Standing.CHANGED if stale else Standing.INITIALLED


@check_rule("initials")
def initials(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every paraf is given for the plan as it stands, once one has been (``always``: from the start)."""
    found = parafs(reading.plan, reading.pack, reading.today)
    if not flag(rule, "always") and not any(each.initial is not None for each in found):
        return
    for each in found:
        if each.done:
            continue
        place = Place("initial", field="state", item=each.step.id, scope=each.agency)
        yield Hit(Message(f"checks.initials.hint.{each.standing.value}", who=each.message), place, PACKAGE)
