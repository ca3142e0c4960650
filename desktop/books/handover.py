"""The hand-over report: what a successor needs to know of an agency's part, or of what one person did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.clock import zone_of
from desktop.base.jobs import Report
from desktop.base.richtext import Run
from desktop.base.speech import moment, value_text
from desktop.books.blocks.region import office_of
from desktop.books.document import Column, Cover, Document, Line, Row
from desktop.books.hearing.paper import Paper, paper
from desktop.books.words import EMPTY
from desktop.checks.owing import Owing, standing_name
from desktop.checks.places import page_of, title_of_page

if TYPE_CHECKING:
    from desktop.checks.owing import Owed
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Comment, Person, Plan

CHANGES = 25
"""So many of the last changes are told."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the history, to be told."""

    at: dt.datetime
    """By the clocks of the region, whatever the computer's zone is."""
    author: str
    what: Message


def compose_handover(
    plan: Plan,
    pack: Pack,
    agency: str,
    language: Language,
    today: dt.date,
    changes: Sequence[Change] = (),
    person: str = "",
) -> Document:
    """What an agency owes by now, and everything around it; with ``person`` only what that person does."""
    to = paper(plan, pack, language, f"handover-{agency}", Message("books.handover.title"))
    say = to.words.say
    parts = [
        each
        for each in Owing(plan, pack, today).of(agency)
        if not person or (each.person is not None and each.person.id == person)
    ]
    _facts(to, agency, person, today)
    _parts(to, Message("books.handover.open"), [each for each in parts if each.open or each.changed])
    _parts(to, Message("books.handover.settled"), [each for each in parts if not (each.open or each.changed)])
    _comments(to, agency, parts)
    _evidence(to, agency)
    _changes(to, changes)
    _contacts(to, agency)
    cover = Cover(
        say(Message("books.handover.over")), say(Message("books.handover.title")), plan.region.name,
        plan.region.province, "", (), plan.region.code,
    )  # fmt: skip
    return to.document(say(Message("books.handover.foot", head=plan.head[:12])), cover)


def _facts(to: Paper, agency: str, person: str, today: dt.date) -> None:
    say, found = to.words.say, to.plan.agency(agency)
    rows: list[tuple[str, Line]] = [
        (say(Message("books.handover.agency")), (Run(to.agency(agency)),)),
        (say(Message("books.handover.day")), (Run(to.words.date(today)),)),
    ]
    if found is not None and found.successor:
        rows.append((say(Message("books.handover.successor")), (Run(to.agency(found.successor)),)))
    who = next((each for each in to.plan.people if each.id == person), None)
    if who is not None:
        rows.append((say(Message("books.handover.from")), (Run(_called(to, who)),)))
        after = next((each for each in to.plan.people if each.id == who.successor), None)
        if after is not None:
            rows.append((say(Message("books.handover.to")), (Run(_called(to, after)),)))
    to.facts(rows)


def _called(to: Paper, person: Person) -> str:
    office = office_of(to, person)
    return f"{person.name}, {office}" if office else person.name


def _parts(to: Paper, title: Message, parts: Iterable[Owed]) -> None:
    say, language = to.words.say, to.words.language
    columns = (
        Column(say(Message("books.note.part")), width=2.2),
        Column(say(Message("books.note.state")), width=1.4),
        Column(say(Message("books.handover.filled")), "right", 0),
        Column(say(Message("books.session.due")), width=0.9),
    )
    rows = []
    for part in parts:
        state = say(standing_name(part))
        if part.note:
            state = f"{state}: {' '.join(part.note.split())}"
        due = to.words.date(dt.date.fromisoformat(part.due)) if part.due else EMPTY
        filled = f"{part.filled}/{part.required}" if part.required else EMPTY
        cells = (value_text(part.title, language), state, filled, due)
        rows.append(Row(tuple((Run(each),) for each in cells)))
    _table(to, title, columns, rows)


def _table(to: Paper, title: Message, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
    """A small heading and a table, or the sentence that there is nothing."""
    to.minor(to.words.say(title))
    if rows:
        to.plain_table(columns, rows)
    else:
        to.note(Message("books.handover.nothing"))


def _comments(to: Paper, agency: str, parts: Sequence[Owed]) -> None:
    say = to.words.say
    owed = {(each.page, each.ref) for each in parts}

    def theirs(comment: Comment) -> bool:
        if comment.state != "open" or comment.parent:
            return False
        page = page_of(to.plan, to.guide, comment.place)
        return comment.owner == agency or (page is not None and (page.page, page.ref) in owed)

    columns = (
        Column(say(Message("books.record.remark")), width=2.4),
        Column(say(Message("books.record.about")), width=1.3),
        Column(say(Message("books.record.author")), width=0.9),
        Column(say(Message("books.session.due")), width=0.8),
    )
    rows = []
    for each in filter(theirs, to.plan.comments):
        page = page_of(to.plan, to.guide, each.place)
        title = title_of_page(to.plan, to.guide, page.page, page.ref) if page is not None else EMPTY
        due = to.words.date(dt.date.fromisoformat(each.due)) if each.due else EMPTY
        cells = (each.body.strip(), value_text(title, to.words.language), each.author or EMPTY, due)
        rows.append(Row(tuple((Run(cell),) for cell in cells)))
    _table(to, Message("books.handover.comments"), columns, rows)


def _evidence(to: Paper, agency: str) -> None:
    """Files that support the agency's rows and programmes."""
    say, plan = to.words.say, to.plan
    mine = {row.id for rows in plan.rows.values() for row in rows if row.agency == agency}
    mine |= {each.id for each in plan.programmes if each.lead == agency}
    columns = (
        Column(say(Message("books.handover.file_name")), width=1.5),
        Column(say(Message("books.handover.caption")), width=2.0),
    )
    rows = [
        Row(((Run(file.name),), (Run(to.words.text(file.caption) or EMPTY),)))
        for file in plan.evidence
        if any(claim.row in mine or claim.scope in mine for claim in file.claims)
    ]
    _table(to, Message("books.handover.evidence"), columns, rows)


def _changes(to: Paper, changes: Sequence[Change]) -> None:
    say, language = to.words.say, to.words.language
    columns = (
        Column(say(Message("books.handover.when")), width=1.0),
        Column(say(Message("books.record.author")), width=0.9),
        Column(say(Message("books.handover.what")), width=2.4),
    )
    rows = [
        Row(((Run(moment(each.at, language)),), (Run(each.author or EMPTY),), (Run(say(each.what)),)))
        for each in changes
    ]
    _table(to, Message("books.handover.changes"), columns, rows)


def _contacts(to: Paper, agency: str) -> None:
    from desktop.workspace.choices import choice_name

    say = to.words.say
    columns = (
        Column(say(Message("books.people.name")), width=1.4),
        Column(say(Message("books.people.office")), width=1.5),
        Column(say(Message("books.handover.task")), width=1.3),
    )
    closing = {role.id for role in to.pack.roles if role.closes_package}
    rows = [
        Row((
            (Run(each.name),),
            (Run(office_of(to, each) or EMPTY),),
            (Run(say(choice_name("person", each.task)) if each.task else EMPTY),),
        ))
        for each in to.plan.people
        if each.name.strip() and (each.agency == agency or each.role in closing)
    ]  # fmt: skip
    _table(to, Message("books.handover.contacts"), columns, rows)


def last_changes(workspace: Workspace, names: Iterable[str], region: str) -> tuple[Change, ...]:
    """The newest changes that some people made, newest first, by the clocks of a region."""
    wanted = {each.strip().casefold() for each in names if each.strip()}
    found = (each for each in workspace.recent(400) if each.author.strip().casefold() in wanted)
    told = []
    for each in found:
        try:
            at = dt.datetime.fromisoformat(each.wall).astimezone(zone_of(region)).replace(tzinfo=None)
        except (ValueError, OverflowError):
            continue
        told.append(Change(at, each.author, each.message))
        if len(told) == CHANGES:
            break
    return tuple(told)


def write_handover(
    report: Report, snapshot: Path, target: Path, agency: str, person: str, language: str, day: str
) -> Path:
    """Write the report as PDF or DOCX, by the ending of ``target``; runs as a job. Raises FileProblem."""
    from desktop.books.formats import rendered
    from desktop.books.printing import write_pdf
    from desktop.workspace import Workspace

    report(0, 1, Message("books.handover.writing"))
    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        who = [each for each in plan.people if (each.id == person if person else each.agency == agency)]
        changes = last_changes(workspace, [each.name for each in who], plan.region.code)
    made = compose_handover(
        plan, pack, agency, Language(language), dt.date.fromisoformat(day), changes, person
    )
    write_pdf(target, rendered(target, made))
    report(1, 1, Message("books.handover.writing"))
    return target
