"""Council, team, forum and working groups: what they rest on, who is in them, who answers for a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.region import office_of
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.books.words import EMPTY, listed
from desktop.checks.offers import decree_name, decree_of, meetings_of, outsiders
from desktop.guideline.pack import Block
from desktop.guideline.pack import Body as Asked
from desktop.workspace.choices import choice_name
from desktop.workspace.offices import tenure
from desktop.workspace.organisation import Body, Member
from desktop.workspace.plan import Place


class _SetUp(NamedTuple):
    """A body of the guideline as the region has it."""

    asked: Asked
    body: Body


def bodies(to: Composer, block: Block) -> None:
    """A table of the bodies, what each is to do, its members, and who answers for each dimension.

    With a body: that one and its members alone.
    """
    there = [each for each in set_up(to) if block.ref in {"", each.asked.id}]
    suffix = f"/{block.ref}" if block.ref else ""
    if not there:
        to.note(Message("books.bodies.none"))
    _overview(to, there, suffix)
    to.facts(
        (body_name(to, asked, body), (Run(to.words.text(body.task)),), Place("body", body.id, "task"))
        for asked, body in there
        if body.task
    )
    _members(to, there, suffix)
    if not block.ref:
        _dimensions(to)


def set_up(to: Composer) -> Iterator[_SetUp]:
    """The bodies somebody has written anything about, in the guideline's order, groups by dimension."""
    order = {dimension.id: place for place, dimension in enumerate(to.pack.dimensions)}
    for asked in to.pack.bodies:
        mine = [each for each in to.plan.bodies if each.body == asked.id]
        met = {meeting.body for meeting in to.plan.meetings}
        for body in sorted(mine, key=lambda each: order.get(each.dimension, -1)):
            if body.members or body.decree or body.name or body.task or body.id in met:
                yield _SetUp(asked, body)


def body_name(to: Composer, asked: Asked, body: Body) -> str:
    """What a body is called: as the region calls it, else as the guideline does, with its dimension."""
    name = to.words.text(body.name) or to.words.local(asked.name)
    dimension = to.guide.dimension(body.dimension) if body.dimension else None
    return f"{name}: {to.words.local(dimension.name)}" if dimension and not body.name else name


def _overview(to: Composer, there: list[_SetUp], suffix: str) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.bodies.body")), width=1.6),
        Column(say(Message("books.bodies.decree")), width=1.6),
        Column(say(Message("books.bodies.members")), "right", 0),
        Column(say(Message("books.bodies.outsiders")), "right", 0),
        Column(say(Message("books.bodies.meetings")), "right", 0),
    )
    rows = []
    for asked, body in there:
        decree = decree_of(to.plan, body)
        met = meetings_of(to.plan, frozenset({body.id}), to.today)
        said: Line = (
            (Run(decree_name(decree)), *to.evidence_tags("", row=decree.id)) if decree else (Run(EMPTY),)
        )
        rows.append(
            Row(
                (
                    (Run(body_name(to, asked, body)),),
                    said,
                    (Run(to.words.number(len(body.members))),),
                    (Run(to.words.number(outsiders(body))),),
                    (Run(to.words.number(len(met))),),
                ),
                sources=(None, to.field(Place("body", body.id, "decree")), None, None, None),
            )
        )
    to.table(say(Message("books.bodies.caption")), columns, rows, target=f"table/bodies{suffix}")


def _members(to: Composer, there: list[_SetUp], suffix: str) -> None:
    columns, rows = members(to, there)
    to.table(
        to.words.say(Message("books.bodies.members_caption")), columns, rows, target=f"table/members{suffix}"
    )


def members(to: Composer, there: Iterable[tuple[Asked, Body]]) -> tuple[tuple[Column, ...], list[Row]]:
    """Who is in each body: a table's columns and rows."""
    say = to.words.say
    columns = (
        Column(say(Message("books.bodies.position")), width=0),
        Column(say(Message("books.bodies.name")), width=1.3),
        Column(say(Message("books.bodies.office")), width=1.6),
        Column(say(Message("books.bodies.institution")), width=1.4),
    )
    rows = []
    for asked, body in there:
        if body.members:
            rows.append(Row(((Run(body_name(to, asked, body)),),), "group"))
            rows += [_member(to, member) for member in body.members]
    return columns, rows


def _member(to: Composer, member: Member) -> Row:
    person = next((each for each in to.plan.people if each.id == member.person), None)
    office = to.words.text(member.office) or (office_of(to, person) if person else "")
    agency = to.agency(person.agency, short=True) if person and person.agency else ""
    institution = member.institution or agency
    name = member.name or (person.name if person else "")
    if member.outsider:
        institution = f"{institution or EMPTY} ({to.words.say(Message('books.bodies.outsider'))})"
    cells = (
        (Run(to.words.say(choice_name("member", member.position))),),
        (Run(name or EMPTY),),
        (Run(office or EMPTY),),
        (Run(institution or EMPTY),),
    )
    return Row(cells, sources=(None, to.field(Place("member", member.id, "name")), None, None))


def _dimensions(to: Composer) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.bodies.dimension")), width=1.0),
        Column(say(Message("books.bodies.in_charge")), width=2.0),
    )
    rows = []
    for dimension in to.pack.dimensions:
        people = [
            f"{person.name.strip()} ({office_of(to, person)})"
            for person in to.plan.people
            if person.dimension == dimension.id
            and person.name.strip()
            and tenure(person, to.today) == "current"
        ]
        if people:
            rows.append(Row((to.words.local_marked(dimension.name), (Run(listed(people)),))))
    to.table(say(Message("books.bodies.dimensions_caption")), columns, rows, target="table/dimension_people")
