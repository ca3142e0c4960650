"""The findings report: what the checks say of a plan, chapter by chapter, and who is to act on it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.base.speech import value_text
from desktop.books.by_chapter import ByChapter
from desktop.books.document import Callout, Column, Cover, Document, Line, Row, Tag, Tone
from desktop.books.findings import TITLE
from desktop.books.hearing.paper import Paper, paper
from desktop.books.homes import Home
from desktop.books.words import EMPTY
from desktop.checks.finding import Finding, SetAsideFinding
from desktop.checks.finding import Report as Findings
from desktop.checks.owing import Owed, Owing
from desktop.checks.places import title_of_page
from desktop.checks.reasons import reason_of

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack, PageRef
    from desktop.workspace.plan import Plan

LISTS = ("mandatory", "weak", "hint")
_TONES = {"mandatory": Tone.POOR, "weak": Tone.MODERATE, "hint": Tone.SOFT}
_NAMES = {
    "mandatory": Message("books.findings.mandatory"),
    "weak": Message("books.findings.weak"),
    "hint": Message("books.findings.hint"),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A finding with its number in the report, where it is printed and who owes it."""

    number: int
    finding: Finding
    home: Home | None
    owner: str
    aside: SetAsideFinding | None = None

    @property
    def page(self) -> PageRef:
        """Where it is to be mended."""
        return self.finding.page


def compose_findings(
    plan: Plan, pack: Pack, findings: Findings, language: Language, today: dt.date
) -> Document:
    """Where the plan stands, sums by chapter and by who owes what, then every finding, those put aside last.

    Findings are counted through, the same in every language.
    """
    to = paper(plan, pack, language, "findings", TITLE)
    say = to.words.say
    frame = ByChapter(to)
    entries = _entries(to, frame, findings, today)
    still_open = [each for each in entries if each.aside is None]
    _facts(to, findings, today)
    _sums(to, frame, entries)
    _owners(to, still_open)
    for title, group in frame.books(still_open):
        to.section(title)
        for chapter, mine in frame.chapters(group):
            to.minor(chapter)
            _list(to, mine)
    _aside(to, [each for each in entries if each.aside is not None])
    region = plan.region
    cover = Cover("", say(TITLE).upper(), region.name, region.province, "", (), region.code)
    return to.document(say(Message("books.findings.foot", head=plan.head[:12])), cover)


def _entries(to: Paper, frame: ByChapter, findings: Findings, today: dt.date) -> list[_Entry]:
    owner = _Owners(to, today)
    aside = {each.finding.key: each for each in findings.set_aside}
    found = [*findings.findings, *(each.finding for each in findings.set_aside)]
    strict = {name: place for place, name in enumerate(LISTS)}

    def order(finding: Finding) -> tuple[bool, tuple[tuple[int, int], str], int]:
        where = frame.order(frame.home(finding.page), finding.page)
        return finding.key in aside, where, strict[finding.list]

    return [
        _Entry(number, each, frame.home(each.page), owner.of(each), aside.get(each.key))
        for number, each in enumerate(sorted(found, key=order), 1)
    ]


# -- who owes it --------------------------------------------------------------------------------------
class _Owners:
    """Who is to do something about a finding: the agency that owes the part, and by when; else the team."""

    def __init__(self, to: Paper, today: dt.date) -> None:
        self._to = to
        self._team = to.words.say(Message("books.note.team"))
        parts: dict[tuple[str, str], list[Owed]] = defaultdict(list)
        for part in Owing(to.plan, to.pack, today).parts:
            parts[part.page, part.ref].append(part)
        self._parts = parts
        self._rows = {row.id: row.agency for rows in to.plan.rows.values() for row in rows if row.agency}

    def of(self, finding: Finding) -> str:
        """In words."""
        place = finding.place
        parts = self._parts.get((finding.page.page, finding.page.ref), [])
        own = self._rows.get(place.row) or self._rows.get(place.scope, "")
        if own:
            parts = [each for each in parts if each.agency == own]
        elif len(parts) > 1:  # it is about all of them together
            parts = []
        if not parts:
            return self._to.agency(own, short=True) if own else self._team
        (part,) = parts[:1]
        said = self._to.agency(part.agency, short=True)
        if part.person is not None and part.person.name:
            said = f"{said} ({part.person.name})"
        if part.due:
            due = self._to.words.date(dt.date.fromisoformat(part.due))
            said = self._to.words.say(Message("books.findings.due", who=said, due=due))
        return said


# -- sums ---------------------------------------------------------------------------------------------
def _facts(to: Paper, findings: Findings, today: dt.date) -> None:
    say = to.words.say
    blocked, weak = len(findings.mandatory), len(findings.weak)
    state, tone = Message("books.findings.clean"), Tone.GOOD
    if blocked:
        state, tone = Message("books.findings.blocked", n=blocked), Tone.WARNING
    elif weak:
        state, tone = Message("books.findings.free", n=weak), Tone.MODERATE
    to.add(Callout(say(state), (), tone))
    plan, pack = to.plan, to.pack.pack
    told = (
        (Message("books.findings.day"), to.words.date(today)),
        (Message("books.findings.guideline"), f"{to.words.local(pack.title)} ({pack.version})"),
        (Message("books.findings.years"), to.words.years(plan.first_year, plan.last_year)),
    )
    to.facts([(say(name), (Run(said),)) for name, said in told])


def _sums(to: Paper, frame: ByChapter, entries: Sequence[_Entry]) -> None:
    """How many of each list stand in each chapter."""
    if not entries:
        return
    say = to.words.say
    rows = frame.rows(entries, partial(_counted, to))
    rows.append(Row(_counted(to, say(Message("books.total")), entries), "total"))
    heads = (*(say(_NAMES[each]) for each in LISTS), say(Message("books.findings.aside")))
    columns = (
        Column(say(Message("books.findings.part")), width=2.6),
        *(Column(each, "right", 0.8) for each in heads),
    )
    to.table(say(Message("books.findings.by_chapter")), columns, rows)


def _counted(to: Paper, title: str, entries: Iterable[_Entry]) -> tuple[Line, ...]:
    entries = tuple(entries)
    counts = [sum(each.aside is None and each.finding.list == name for each in entries) for name in LISTS]
    counts.append(sum(each.aside is not None for each in entries))
    return ((Run(title),), *((Run(to.words.number(each) if each else EMPTY),) for each in counts))


def _owners(to: Paper, entries: Sequence[_Entry]) -> None:
    """The same by who owes it, whoever has most of what blocks first."""
    if not entries:
        return
    say = to.words.say
    by: dict[str, list[_Entry]] = defaultdict(list)
    for each in entries:
        by[each.owner].append(each)

    def weight(named: tuple[str, list[_Entry]]) -> tuple[int, ...]:
        return tuple(-sum(each.finding.list == name for each in named[1]) for name in LISTS)

    columns = (
        Column(say(Message("books.findings.who")), width=2.6),
        *(Column(say(_NAMES[each]), "right", 0.8) for each in LISTS),
    )
    rows = [Row(_counted(to, owner, mine)[: len(columns)]) for owner, mine in sorted(by.items(), key=weight)]
    to.table(say(Message("books.findings.by_owner")), columns, rows)


# -- one by one ---------------------------------------------------------------------------------------
def _page(to: Paper, finding: Finding) -> str:
    title = title_of_page(to.plan, to.guide, finding.page.page, finding.page.ref)
    return value_text(title, to.words.language)


def _list(to: Paper, entries: Iterable[_Entry]) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.findings.number")), "right", 0),
        Column(say(Message("books.findings.list")), width=0.7),
        Column(say(Message("books.findings.what")), width=3.2),
        Column(say(Message("books.findings.where")), width=1.0),
        Column(say(Message("books.findings.who")), width=0.95),
    )
    rows, said = [], ""
    for each in entries:
        finding, reason = each.finding, _reason(to, each.finding)
        told = to.words.said(finding.message)
        if reason and reason != said:  # the same reason stands once above those it is the reason of
            marks = to.words.local_foreign(finding.note)
            told = (*told, Run("\n"), Run(reason, italic=True), *marks)
        said = reason
        rows.append(Row((
            (Run(str(each.number)),),
            (Tag(say(_NAMES[finding.list]), _TONES[finding.list]),),
            told,
            (Run(_page(to, finding)),),
            (Run(each.owner),),
        )))  # fmt: skip
    to.plain_table(columns, rows)


def _reason(to: Paper, finding: Finding) -> str:
    """Why the guideline asks for it."""
    reason = reason_of(finding)
    return value_text(reason, to.words.language) if reason is not None else ""


def _aside(to: Paper, entries: Sequence[_Entry]) -> None:
    """What was put aside, with the reason the books print and who gave it."""
    say = to.words.say
    to.section(say(Message("books.findings.set_aside")))
    if not entries:
        to.note(Message("books.set_aside.none"))
        return
    columns = (
        Column(say(Message("books.findings.number")), "right", 0),
        Column(say(Message("books.findings.list")), width=0.75),
        Column(say(Message("books.set_aside.finding")), width=2.2),
        Column(say(Message("books.set_aside.reason")), width=1.9),
        Column(say(Message("books.set_aside.author")), width=0.8),
    )
    rows = []
    for each in entries:
        reason, author = (each.aside.reason, each.aside.author) if each.aside is not None else ("", "")
        rows.append(Row((
            (Run(str(each.number)),),
            (Tag(say(_NAMES[each.finding.list]), _TONES[each.finding.list]),),
            to.words.said(each.finding.message),
            (Run(reason),),
            (Run(author or EMPTY),),
        )))  # fmt: skip
    to.plain_table(columns, rows)
