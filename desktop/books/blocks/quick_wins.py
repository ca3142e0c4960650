"""Quick wins (*program percepatan*) with the aspects they are judged by."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.money import programme_total
from desktop.books.blocks.values import value_line
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.guideline.pack import Block
from desktop.workspace.plan import Programme


def quick_wins(to: Composer, block: Block) -> None:
    """The list, then every quick win with its aspects."""
    found = [p for _, _, programmes in to.by_dimension(block.ref) for p in programmes if p.quick_win]
    if not found:
        to.note(Message("books.quick_win.none"))
        return
    say = to.words.say
    columns = (
        Column(say(Message("books.programme.title")), width=2.2),
        Column(say(Message("books.dimension")), width=1.3),
        Column(say(Message("books.programme.lead")), width=1.0),
        Column(say(Message("books.programme.years")), width=0),
        Column(say(Message("books.programme.total", unit=to.short_unit)), "right", 0),
    )
    rows = [_row(to, programme) for programme in found]
    to.table(say(Message("books.quick_win.caption")), columns, rows, target="table/quick_wins")
    quick_win = to.pack.planning.quick_win
    for programme in found if quick_win else ():
        tags = to.programme_tags(programme)
        to.heading(to.programme_title(programme), target=f"quick_win/{programme.id}", tags=tags)
        to.facts(_aspects(to, programme))


def _row(to: Composer, programme: Programme) -> Row:
    dimension = to.guide.dimension(programme.dimension)
    return Row((
        to.programme_line(programme),
        to.words.local_marked(dimension.name) if dimension else (Run(""),),
        (Run(to.agency(programme.lead, short=True)),),
        (Run(to.words.years(programme.start_year, programme.end_year)),),
        (Run(to.amount(programme_total(programme))),),
    ))  # fmt: skip


def _aspects(to: Composer, programme: Programme) -> list[tuple[str, Line]]:
    facts: list[tuple[str, Line]] = []
    quick_win = to.pack.planning.quick_win
    for field in quick_win.aspects if quick_win else ():
        item = f"quick_win.{field.id}"
        answer = to.plan.answer(item, programme.id)
        line = value_line(to, field, answer.value, answer.text)
        example = (to.words.example(),) if answer.origin == "example" and answer.text else ()
        facts.append((to.words.local(field.label), (*line, *example, *to.evidence_tags(item, programme.id))))
    return facts
