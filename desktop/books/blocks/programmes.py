"""Programmes: as a list, and each on its own sheet within its dimension."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.coverage import coverage
from desktop.books.blocks.money import programme_total
from desktop.books.blocks.values import value_line
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Table
from desktop.books.words import EMPTY
from desktop.guideline.pack import Block, Dimension
from desktop.workspace.plan import Place, Programme, Text


def programmes(to: Composer, block: Block) -> None:
    """Without a dimension: the list of all programmes. With one: a sheet for each of its programmes."""
    if not block.ref:
        _list(to, to.by_dimension(), Message("books.programme.caption"), "table/programmes")
        return
    for _, _, found in to.by_dimension(block.ref):
        for programme in found:
            sheet(to, programme)


def _list(
    to: Composer, groups: list[tuple[str, str, tuple[Programme, ...]]], caption: Message, target: str
) -> None:
    say = to.words.say
    rows: list[Row] = []
    shown = [(name, found) for _, name, found in groups if found]
    for name, found in shown:
        if len(groups) > 1:
            rows.append(Row(((Run(name),),), "group"))
        rows += [_list_row(to, programme) for programme in found]
    if not rows:
        to.note(Message("books.programme.none"))
        return
    columns = (
        Column(say(Message("books.programme.title")), width=2.4),
        Column(say(Message("books.programme.service")), width=2.6),
        Column(say(Message("books.programme.lead")), width=0.8),
        Column(say(Message("books.programme.years")), width=0),
        Column(say(Message("books.programme.total", unit=to.short_unit)), "right", 0),
    )
    to.table(say(caption), columns, rows, target=target)


def _list_row(to: Composer, programme: Programme) -> Row:
    return Row((
        to.programme_line(programme),
        to.words.marked(programme.service),
        (Run(to.agency(programme.lead, short=True)),),
        (Run(to.words.years(programme.start_year, programme.end_year)),),
        (Run(to.amount(programme_total(programme))),),
    ), sources=tuple(
        to.field(Place("programme", programme.id, name)) if name else None
        for name in ("title", "service", "lead", "", "")
    ))  # fmt: skip


def dimensions(to: Composer, block: Block) -> None:
    """A dimension's goal, its sub-dimensions and the list of its programmes; of all, if none is named.

    Of all, the map of sub-dimensions comes first: where programmes and money are, and where none is.
    """
    if not block.ref:
        coverage(to)
    for dimension_id, name, found in to.by_dimension(block.ref):
        dimension = to.guide.dimension(dimension_id)
        tags = to.words.local_foreign(dimension.name) if dimension else ()
        if not block.ref:  # else the section of the guideline bears its name
            to.heading(name, target=f"dimension/{dimension_id}", tags=tags)
        if dimension is not None:
            _dimension(to, dimension, found)
        if not found:
            to.note(Message("books.dimension.no_programme"))
            continue
        caption = Message("books.dimension.programmes", dimension=name)
        _list(to, [(dimension_id, name, found)], caption, f"table/programmes/{dimension_id}")


def _dimension(to: Composer, dimension: Dimension, found: tuple[Programme, ...]) -> None:
    if dimension.goal:
        to.paragraph(*to.words.local_marked(dimension.goal))
    say = to.words.say
    columns = (
        Column(say(Message("books.dimension.sub")), width=1.1, strong=True),
        Column(say(Message("books.dimension.target")), width=2.2),
        Column(say(Message("books.dimension.count")), "right", 0),
    )
    rows = [
        Row((
            to.words.local_marked(sub.name),
            to.words.local_marked(sub.target) if sub.target else (Run(EMPTY),),
            (Run(to.words.number(sum(1 for p in found if p.sub_dimension == sub.id))),),
        ))
        for sub in dimension.sub_dimensions
    ]  # fmt: skip
    caption = say(Message("books.dimension.caption", dimension=dimension.name))
    to.table(caption, columns, rows, target=f"table/dimension/{dimension.id}")


def sheet(to: Composer, programme: Programme) -> None:
    """One programme: the service, the process before and after, who is served; technology only enables."""
    with to.at(Place("programme", programme.id, "title")):
        to.heading(
            to.programme_title(programme),
            target=f"programme/{programme.id}",
            tags=to.programme_tags(programme),
        )
    say = to.words.say
    example = programme.origin == "example"
    service = to.words.text(programme.service)
    if service:
        to.minor(say(Message("books.programme.service")))
        with to.at(Place("programme", programme.id, "service")):
            to.paragraph(*to.words.marked(programme.service), example=example)
    elif to.draft:
        with to.at(Place("programme", programme.id, "service")):
            to.note(Message("books.programme.no_service"))
    _process(to, programme)
    to.facts(_facts(to, programme))


def _process(to: Composer, programme: Programme) -> None:
    if not (programme.before or programme.after or to.on_screen):
        return
    columns = (
        Column(to.words.say(Message("books.programme.before"))),
        Column(to.words.say(Message("books.programme.after"))),
    )
    cells = (to.words.marked(programme.before), to.words.marked(programme.after))
    sources = tuple(to.field(Place("programme", programme.id, name)) for name in ("before", "after"))
    to.add(Table(0, "", columns, (Row(cells, sources=sources),)))


def _facts(to: Composer, programme: Programme) -> Iterator[tuple[str, Line] | tuple[str, Line, Place]]:
    say = to.words.say
    sub = to.guide.sub_dimension(programme.sub_dimension)

    def text(value: Text) -> Line:
        return to.words.marked(value)

    def at(name: str) -> Place:
        return Place("programme", programme.id, name)

    yield say(Message("books.programme.served")), text(programme.served), at("served")
    yield say(Message("books.programme.technology")), text(programme.technology), at("technology")
    yield (
        say(Message("books.programme.sub_dimension")),
        (to.words.local_marked(sub.name) if sub else ()),
        at("sub_dimension"),
    )
    yield say(Message("books.programme.lead")), (Run(to.agency(programme.lead)),), at("lead")
    yield say(Message("books.programme.supporting")), (Run(to.agencies(programme.supporting)),)
    yield (
        say(Message("books.programme.years")),
        (Run(to.words.years(programme.start_year, programme.end_year)),),
    )
    yield say(Message("books.programme.budget")), (Run(to.words.money(programme_total(programme))),)
    yield say(Message("books.programme.code")), (Run(programme.code or EMPTY),), at("code")
    if programme.quick_win:
        yield say(Message("books.quick_win")), (Run(to.words.yes_no(programme.quick_win)),), at("quick_win")
    for field in to.pack.planning.extra_fields:
        answer = to.plan.answer(f"programme.{field.id}", programme.id)
        place = Place("answer", item=f"programme.{field.id}", scope=programme.id)
        yield to.words.local(field.label), value_line(to, field, answer.value, answer.text), place
    evidence = to.evidence_tags("", row=programme.id)
    if evidence:
        yield say(Message("books.evidence")), evidence
    yield say(Message("books.programme.source")), to.words.said_once(programme.source)
