"""The decrees, regulations and agreements that the plan rests on."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.bodies import body_name
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Tag, Tone
from desktop.books.words import EMPTY, listed
from desktop.checks.offers import regulation
from desktop.checks.spots import day
from desktop.guideline.pack import Block
from desktop.workspace.choices import choice_name
from desktop.workspace.organisation import Decree
from desktop.workspace.plan import Place


def decrees(to: Composer, _block: Block) -> None:
    """Form, number, day, subject, state and what each serves."""
    say = to.words.say
    columns = (
        Column(say(Message("books.decrees.kind")), width=0),
        Column(say(Message("books.decrees.number")), width=1.2),
        Column(say(Message("books.decrees.title")), width=2.0),
        Column(say(Message("books.decrees.state")), width=0.9),
        Column(say(Message("books.decrees.serves")), width=1.2),
    )
    rows = [_row(to, decree) for decree in to.plan.decrees]
    to.table(say(Message("books.decrees.caption")), columns, rows, target="table/decrees")
    if not rows:
        to.note(Message("books.decrees.none"))


def _row(to: Composer, decree: Decree) -> Row:
    say = to.words.say
    number = decree.number.strip() or EMPTY
    dated = _day(to, decree.date)
    state: Line = (Run(say(choice_name("decree", decree.state))),)
    if decree.until:
        state = (*state, Run(" " + say(Message("books.decrees.until", until=day(decree.until)))))
        if decree.until < to.today.isoformat():
            state = (*state, Tag(say(Message("books.decrees.expired")), Tone.WARNING))
    cells: tuple[Line, ...] = (
        (Run(say(choice_name("decree", decree.kind))),),
        (Run(f"{number}, {dated}" if dated else number),),
        (*to.words.marked(decree.title), *to.evidence_tags("", row=decree.id)),
        state,
        (Run(_serves(to, decree)),),
    )
    here = tuple(to.field(Place("decree", decree.id, each)) for each in ("kind", "number", "title", "state"))
    return Row(cells, sources=(*here, None))


def _day(to: Composer, iso: str) -> str:
    known = day(iso)
    return known if isinstance(known, str) else to.words.say(Message("books.decrees.dated", date=known))


def _serves(to: Composer, decree: Decree) -> str:
    """The bodies that rest on a decree, or the masterplan."""
    names = [
        body_name(to, asked, body)
        for asked in to.pack.bodies
        for body in to.plan.bodies
        if body.body == asked.id and body.decree == decree.id
    ]
    plan = regulation(to.plan)
    if plan is not None and plan.id == decree.id:
        names.append(to.words.say(Message("books.decrees.masterplan")))
    return listed(names)
