"""Who owes what: the parts of the work each agency has before it, how far they are, and what is overdue.

What an agency owes by the guideline (its rows of worksheets, the programmes it leads) it owes without
anybody saying so; other pages are owed by whom they were given to. *Belum diisi* and *diisi* are read from
what stands there; that a part was sent, approved or returned somebody has said, and it is kept as a duty.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from desktop.base import Message
from desktop.base.message import Param
from desktop.checks.owed_content import Contents, Measure
from desktop.checks.places import title_of_page
from desktop.checks.progress import chapters_of
from desktop.checks.reading import Reading, reading_of
from desktop.checks.recap import by_agencies, says_something
from desktop.checks.registry import words
from desktop.guideline import Guideline
from desktop.guideline.pack import Pack
from desktop.workspace.offices import tenure
from desktop.workspace.plan import Agency, Deadline, Duty, Person, Plan
from desktop.workspace.said import GONE, SAID

Key = tuple[str, str, str]
"""Page, ref and agency: what names a part."""


class Standing(StrEnum):
    """How far a part is."""

    EMPTY = "empty"
    """Nothing is filled in (*belum diisi*)."""
    FILLED = "filled"
    SENT = "sent"
    APPROVED = "approved"
    RETURNED = "returned"
    NOT_OURS = "not_ours"


_NAMES = {
    Standing.EMPTY: Message("checks.owing.empty"),
    Standing.FILLED: Message("checks.owing.filled"),
    Standing.SENT: Message("checks.owing.sent"),
    Standing.APPROVED: Message("checks.owing.approved"),
    Standing.RETURNED: Message("checks.owing.returned"),
    Standing.NOT_OURS: Message("checks.owing.not_ours"),
}

SETTLED = frozenset({Standing.SENT, Standing.APPROVED, Standing.NOT_OURS})
"""Nothing is awaited from the agency any more."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A part that an agency owes."""

    page: str
    ref: str
    agency: str
    title: Param
    standing: Standing
    changed: bool
    """Whether the agency wrote in it after it was sent or approved (*berubah setelah dikirim*)."""
    measure: Measure
    due: str
    """ISO day, or empty."""
    late: bool
    person: Person | None
    """Who fills it in."""
    superior: Person | None
    """Who approves it."""
    duty: Duty | None
    """What was said of it; None while nobody said anything."""
    differs: bool
    """Whether two copies say different things of it that nobody has settled yet."""
    moved: bool = False
    """Whether something else stands there than was sent or approved, whoever wrote it."""

    @property
    def key(self) -> Key:
        """What names it."""
        return self.page, self.ref, self.agency

    @property
    def note(self) -> str:
        """Why it was returned, or is not theirs; what else was said with its state."""
        return self.duty.note if self.duty is not None else ""

    @property
    def open(self) -> bool:
        """Whether the agency still has to do something about it."""
        return self.standing not in SETTLED and not self.changed

    @property
    def filled(self) -> int:
        """How many required fields are filled."""
        return self.measure.filled

    @property
    def required(self) -> int:
        """How many fields are required."""
        return self.measure.required


def owing(plan: Plan, pack: Pack, today: dt.date) -> tuple[Owed, ...]:
    """Everything that is owed: agency by agency, in the guideline's order. Pure."""
    return Owing(plan, pack, today).parts


def late(parts: Iterable[Owed]) -> tuple[Owed, ...]:
    """What is overdue, the longest awaited first."""
    return tuple(sorted((each for each in parts if each.late), key=lambda each: each.due))


class Owing:
    """One picture of a plan, asked who owes what."""

    def __init__(self, plan: Plan, pack: Pack, today: dt.date) -> None:
        self.plan, self.pack, self.today = plan, pack, today
        self._reading: Reading = reading_of(plan, pack)
        self._duties = {(each.page, each.ref, each.agency): each for each in plan.duties}
        self._deadlines = {(each.page, each.ref, each.agency): each for each in plan.deadlines}
        self._differing = {each.row for each in plan.conflicts if each.table == "duty"}

    @cached_property
    def parts(self) -> tuple[Owed, ...]:
        """Every part, agency by agency."""
        order = {agency.id: place for place, agency in enumerate(self.plan.agencies)}
        made = [self._owed(key) for key in self._keys]
        return tuple(sorted(made, key=lambda each: order.get(each.agency, len(order))))

    def of(self, agency: str) -> tuple[Owed, ...]:
        """The parts of one agency; nothing is worked out for the others."""
        return tuple(self._owed(key) for key in self._keys if key[2] == agency)

    @cached_property
    def _keys(self) -> tuple[Key, ...]:
        wanted = dict.fromkeys([*self._by_rule(), *self._given()])
        order = {("worksheet", sheet.id): place for place, sheet in enumerate(self.pack.worksheets)}
        order |= {("form", form.id): place for place, form in enumerate(self.pack.forms)}
        kinds = {page: place for place, page in enumerate(("worksheet", "form", "programmes", "chapter"))}
        left = (key for key in wanted if not self._given_away(key))
        return tuple(sorted(left, key=lambda key: (kinds.get(key[0], len(kinds)), order.get(key[:2], 0))))

    def find(self, key: Key) -> Owed | None:
        """A part by what names it."""
        return self._owed(key) if key in self._keys else None

    # -- what is owed ---------------------------------------------------------------------------
    def _by_rule(self) -> Iterator[Key]:
        """What nobody needs to be told: worksheets that agencies fill, programmes they lead.

        A worksheet that was given to some is owed by those; one that the guideline wants of every agency
        (its rule ``agency_silent``; without such a rule each that agencies fill) by all; and each by
        whoever wrote in it.
        """
        there = [agency.id for agency in self.plan.agencies if at_work(agency, self.today)]
        # what an agency (or the team) said of one's own part gives it to nobody: the others owe theirs still
        given = {each.ref for each in self.plan.duties if each.page == "worksheet" and each.given}
        rules = [rule for rule in self.pack.rules if rule.check == "agency_silent"]
        wanted = {name for rule in rules for name in words(rule, "worksheet", "worksheets")}
        for sheet in self.pack.worksheets:
            if not by_agencies(sheet):
                continue
            everybody = sheet.id not in given and (not wanted or sheet.id in wanted)
            wrote = {row.agency for row in self._reading.rows(sheet) if says_something(row)}
            yield from (("worksheet", sheet.id, each) for each in there if everybody or each in wrote)
        known = {agency.id for agency in self.plan.agencies}
        for programme in self.plan.programmes:
            if programme.lead in known:
                yield "programmes", programme.id, programme.lead

    def _given(self) -> Iterator[Key]:
        """What was given to an agency by name, also where it ceased to be since."""
        known = {agency.id for agency in self.plan.agencies}
        yield from (key for key in self._duties if key[2] in known)

    def _given_away(self, key: Key) -> bool:
        """Whether it is another agency's by now: this one said it is not theirs, or never said anything.

        A worksheet that agencies fill has rows for each of them, and is nobody else's.
        """
        page, ref, agency = key
        sheet = self._reading.worksheets.get(ref) if page == "worksheet" else None
        if sheet is not None and by_agencies(sheet):
            return False
        own = self._duties.get(key)
        if own is not None and own.state != "not_ours":
            return False
        return any(
            each.page == page and each.ref == ref and each.agency not in {"", agency}
            and each.state != "not_ours"
            for each in self.plan.duties
        )  # fmt: skip

    # -- how it stands --------------------------------------------------------------------------
    def _owed(self, key: Key) -> Owed:
        page, ref, agency = key
        duty, measure = self._duties.get(key), self._measure(key)
        wrote = duty is not None and not duty.since.isdisjoint(self._made_of(key))
        moved = duty is not None and _moved(duty, measure, wrote=wrote)
        changed = moved and wrote
        standing = _standing(duty, measure, changed=changed)
        due = self.due(key)
        late_ = bool(due) and due < self.today.isoformat() and standing not in SETTLED and not changed
        return Owed(
            page, ref, agency, title_of_page(self.plan, self._guide, page, ref), standing, changed,
            measure, due, late_, self._person(duty, agency), self.person(agency, "superior"), duty,
            duty is not None and duty.id in self._differing, moved,
        )  # fmt: skip

    def _made_of(self, key: Key) -> set[str]:
        """The rows, scopes and items a part is made of, as the journal knows them; deleted rows too."""
        page, ref, agency = key
        reading, made = self._reading, {GONE}
        match page:
            case "worksheet" if ref in reading.worksheets:
                sheet = reading.worksheets[ref]
                whose = agency if by_agencies(sheet) else ""
                made |= {row.id for row in reading.rows(sheet) if row.agency == whose}
            case "programmes" if ref in reading.programmes:
                programme = reading.programmes[ref]
                made |= {ref, *(each.id for each in programme.indicators)}
                made |= {each.id for each in programme.activities} | {each.id for each in programme.risks}
            case "form" if ref in reading.forms:
                made |= {each.spot.place().item for each in reading.in_form(reading.forms[ref])}
            case "chapter":
                made |= {f"chapter.{each}" for each in chapters_of(self.pack, ref)}
        return made

    @cached_property
    def _guide(self) -> Guideline:
        return Guideline(self.pack)

    @cached_property
    def _contents(self) -> Contents:
        return Contents(self._reading)

    def _measure(self, key: Key) -> Measure:
        page, ref, agency = key
        reading, contents = self._reading, self._contents
        match page:
            case "worksheet" if ref in reading.worksheets:
                sheet = reading.worksheets[ref]
                return contents.sheet(sheet, agency if by_agencies(sheet) else "")
            case "programmes" if ref in reading.programmes:
                return contents.programme(reading.programmes[ref])
            case "form" if ref in reading.forms:
                return contents.texts(reading.in_form(reading.forms[ref]))
            case "chapter":
                found = (reading.find(f"chapter.{each}") for each in chapters_of(self.pack, ref))
                return contents.texts(each for each in found if each is not None)
            case _:
                return Measure(0, 0, 0, 0, 0)

    # -- by when, and who -----------------------------------------------------------------------
    def due(self, key: Key) -> str:
        """By when a part is due: what was set nearest to it, and for the agency before everybody."""
        page, ref, agency = key
        for wanted in (
            (page, ref, agency), (page, "", agency), ("", "", agency),
            (page, ref, ""), (page, "", ""), ("", "", ""),
        ):  # fmt: skip
            found: Deadline | None = self._deadlines.get(wanted)
            if found is not None and found.due:
                return found.due
        return ""

    def person(self, agency: str, task: str) -> Person | None:
        """Who does it for an agency today; of several the one who came last."""
        return person_for(self.plan, agency, task, self.today)

    def _person(self, duty: Duty | None, agency: str) -> Person | None:
        if duty is not None and duty.person:
            named = next((each for each in self.plan.people if each.id == duty.person), None)
            if named is not None:
                return named
        return self.person(agency, "contact")


def at_work(agency: Agency, today: dt.date) -> bool:
    """Whether an agency is there on a day: one that was merged into another owes nothing new."""
    return not agency.until or agency.until > today.isoformat()


def person_for(plan: Plan, agency: str, task: str, today: dt.date) -> Person | None:
    """Who does a task (``contact``, ``superior``) for an agency on a day; of several who came last."""
    there = [
        each
        for each in plan.people
        if each.agency == agency and each.task == task and tenure(each, today) == "current"
    ]
    return max(there, key=lambda each: each.since, default=None) if agency else None


def _moved(duty: Duty, measure: Measure, *, wrote: bool) -> bool:
    """Whether something else stands there than when it was sent or approved.

    Without a fingerprint (it came in a workbook) that is so where its agency ``wrote`` there since.
    """
    if duty.state not in SAID:
        return False
    return duty.content != measure.content if duty.content else wrote


def _standing(duty: Duty | None, measure: Measure, *, changed: bool) -> Standing:
    """How far a part is: what its agency wrote since it sent it is not sent yet.

    What others wrote there (an *isian berbeda* settled, a suggestion accepted, what came from another
    office) leaves it sent: the agency has nothing to send.
    """
    said = duty.state if duty is not None else ""
    if changed:
        return Standing.FILLED
    match said:
        case "sent" | "approved" | "returned" | "not_ours":
            return Standing(said)
        case _:
            return Standing.FILLED if measure.touched else Standing.EMPTY


def standing_name(part: Owed) -> Message:
    """How a part stands, as every list says it."""
    return Message("checks.owing.changed") if part.changed else _NAMES[part.standing]


@dataclass(frozen=True, slots=True)
class Tally:
    """How far an agency (or everybody) is."""

    parts: int
    settled: int
    """Sent, approved, or not theirs."""
    late: int
    filled: int
    required: int

    @property
    def percent(self) -> int:
        """Filled of required, rounded down so that 100 means done."""
        return 100 if not self.required else self.filled * 100 // self.required


def tally(parts: Iterable[Owed]) -> Tally:
    """The sum of some parts; what is not theirs counts as settled and asks for nothing."""
    parts = tuple(parts)
    asked = [each for each in parts if each.standing is not Standing.NOT_OURS]
    return Tally(
        len(parts),
        sum(each.standing in SETTLED for each in parts),
        sum(each.late for each in parts),
        sum(each.filled for each in asked),
        sum(each.required for each in asked),
    )


def by_agency(parts: Iterable[Owed]) -> dict[str, tuple[Owed, ...]]:
    """The parts of each agency."""
    found: dict[str, list[Owed]] = defaultdict(list)
    for each in parts:
        found[each.agency].append(each)
    return {agency: tuple(mine) for agency, mine in found.items()}


__all__ = [
    "SETTLED", "Key", "Measure", "Owed", "Owing", "Standing", "Tally", "at_work", "by_agency",
    "late", "owing", "person_for", "standing_name", "tally",
]  # fmt: skip
