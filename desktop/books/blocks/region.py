"""The region, its agencies and the people in office."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.books.words import EMPTY
from desktop.guideline.pack import Block
from desktop.workspace.offices import as_signed, tenure
from desktop.workspace.plan import Person


def region(to: Composer, _block: Block) -> None:
    """The facts every reader looks for first."""
    plan = to.plan
    lines: list[tuple[Message, Line]] = [
        (Message("books.region.label"), (Run(plan.region.name),)),
        (Message("books.region.code"), (Run(plan.region.code),)),
        (Message("books.region.province"), (Run(plan.region.province),)),
        (Message("books.region.years"), (Run(to.words.years(plan.first_year, plan.last_year)),)),
        (Message("books.region.title"), to.words.marked(plan.title)),
        (Message("books.region.agencies"), (Run(to.words.number(len(plan.agencies))),)),
        (Message("books.region.programmes"), (Run(to.words.number(len(plan.programmes))),)),
    ]
    to.facts((to.words.say(label), line) for label, line in lines)


def agencies(to: Composer, _block: Block) -> None:
    """Agencies with their heads, then people in office."""
    say = to.words.say
    columns = (
        Column(say(Message("books.agencies.code")), width=0),
        Column(say(Message("books.agencies.name")), width=2.4),
        Column(say(Message("books.agencies.short")), width=0.9),
        Column(say(Message("books.agencies.head")), width=1.5),
        Column(say(Message("books.agencies.leads")), "right", 0),
    )
    rows = [
        Row((
            (Run(agency.code or EMPTY),),
            to.words.marked(agency.name),
            (Run(agency.short_name or EMPTY),),
            (Run(agency.head or EMPTY),),
            (Run(to.words.number(sum(1 for p in to.plan.programmes if p.lead == agency.id))),),
        ))
        for agency in to.plan.agencies
    ]  # fmt: skip
    to.table(say(Message("books.agencies.caption")), columns, rows, target="table/agencies")
    _people(to)
    if not rows:
        to.note(Message("books.agencies.none"))


def _people(to: Composer) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.people.office")), width=1.6),
        Column(say(Message("books.people.name")), width=1.6),
        Column(say(Message("books.people.agency")), width=1.4),
    )
    rows = [
        Row(
            (
                (Run(office_of(to, person)),),
                (Run(person.name or EMPTY),),
                (Run(to.agency(person.agency, short=True)),),
            )
        )
        for person in to.plan.people
        if tenure(person, to.today) == "current"
    ]
    to.table(say(Message("books.people.caption")), columns, rows, target="table/people")


def office_of(to: Composer, person: Person) -> str:
    """The office as it is signed with: acting officials as *Plt.* or *Pj.*"""
    role = to.guide.role(person.role)
    office = to.words.text(person.office) or (to.words.local(role.label) if role else person.role)
    return as_signed(person, office) or EMPTY
