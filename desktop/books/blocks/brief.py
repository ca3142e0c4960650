"""The short forms of blocks, for the sheet a head of region speaks from: figures of this moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.asking import asked, promises
from desktop.books.blocks.money import programme_total
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.books.words import EMPTY, shortened
from desktop.guideline.pack import Block
from desktop.workspace.plan import BudgetLine, Programme

MAIN = 2
"""How many programmes of a dimension are named."""
TITLE, SERVED = 58, 46
"""Letters of a title and of who is served: the sheet shall stay two pages."""


def _total(programmes: Iterable[Programme]) -> int:
    return sum(programme_total(each) or 0 for each in programmes)


def _lines(to: Composer) -> list[BudgetLine]:
    return [line for each in to.programmes for line in each.budget if line.indicative is not None]


def at_a_glance(to: Composer, _block: Block) -> None:
    """The figures a listener remembers, what is asked of him, what the plan promises."""
    say = to.words.say
    total = _total(to.programmes)
    apbd = {funding.id for funding in to.pack.planning.funding if funding.kind == "apbd"}
    lines = _lines(to)
    stated = sum(line.indicative or 0 for line in lines)
    regional = sum(line.indicative or 0 for line in lines if line.source in apbd)
    dimensions = {each.dimension for each in to.programmes if each.dimension}
    counted = Message("books.brief.programmes_in", count=len(to.programmes), dimensions=len(dimensions))
    quick = sum(each.quick_win for each in to.programmes)
    if quick:
        counted = Message("books.brief.with_quick_wins", programmes=counted, count=quick)
    facts: list[tuple[Message, Line]] = [
        (Message("books.region.years"), (Run(to.words.years(to.plan.first_year, to.plan.last_year)),)),
        (Message("books.brief.programmes"), (Run(say(counted)),)),
        (Message("books.brief.budget"), (Run(to.words.money(total)),)),
    ]
    if stated:
        share = round(Decimal(100 * regional) / Decimal(stated))
        text = say(Message("books.brief.share", apbd=str(share), others=str(100 - share)))
        facts.append((Message("books.brief.sources"), (Run(text),)))
    to.facts((say(label), line) for label, line in facts)
    asked(to)
    promises(to)


def main_programmes(to: Composer, _block: Block) -> None:
    """For each dimension its largest programmes, with how many there are and what all cost."""
    say = to.words.say
    groups = [(name, found) for _, name, found in to.by_dimension() if found]
    if not groups:
        to.note(Message("books.programme.none"))
        return
    columns = (
        Column(say(Message("books.dimension")), width=1.0, strong=True),
        Column(say(Message("books.brief.main")), width=3.2),
        Column(say(Message("books.brief.count")), "right", 0),
        Column(say(Message("books.brief.cost", unit=to.short_unit)), "right", 0),
    )
    rows = [
        Row(
            (
                (Run(name.partition(" (")[0]),),  # its name in the other language is known to him
                _named(to, found),
                (Run(to.words.number(len(found))),),
                (Run(to.amount(_total(found))),),
            )
        )
        for name, found in groups
    ]
    numbers = (to.words.number(len(to.programmes)), to.amount(_total(to.programmes)))
    sums: tuple[Line, ...] = tuple((Run(text),) for text in numbers)
    rows.append(Row(((Run(say(Message("books.total"))),), (Run(""),), *sums), "total"))
    to.table(say(Message("books.brief.by_dimension")), columns, rows, target="table/programmes")


def _named(to: Composer, found: tuple[Programme, ...]) -> Line:
    """The largest of a dimension's programmes, one to a line."""
    largest = sorted(found, key=lambda each: (-(programme_total(each) or 0), each.order, each.id))[:MAIN]
    runs: list[Run] = []
    for each in largest:
        runs.append(Run(("\n" if runs else "") + "• " + shortened(to.programme_title(each), TITLE)))
    return tuple(runs)


def quick_win_list(to: Composer, _block: Block) -> None:
    """What can be seen within the year: each quick win with whom it serves."""
    found = [each for each in to.programmes if each.quick_win]
    if not found:
        to.note(Message("books.quick_win.none"))
        return
    say = to.words.say
    columns = (
        Column(say(Message("books.programme.title")), width=1.9, strong=True),
        Column(say(Message("books.programme.served")), width=2.2),
        Column(say(Message("books.programme.years")), width=0),
        Column(say(Message("books.brief.cost", unit=to.short_unit)), "right", 0),
    )
    rows = [
        Row(
            (
                (Run(shortened(to.programme_title(each), TITLE)),),
                (Run(shortened(to.words.text(each.served), SERVED) or EMPTY),),
                (Run(to.words.years(each.start_year, each.end_year)),),
                (Run(to.amount(programme_total(each))),),
            )
        )
        for each in found
    ]
    to.table(say(Message("books.quick_win.caption")), columns, rows, target="table/quick_wins")


def money(to: Composer, _block: Block) -> None:
    """The regional budget and everything else, a year in each row: that stands upright on the page."""
    lines = _lines(to)
    if not lines:
        to.note(Message("books.budget.none"))
        return
    say = to.words.say
    kinds = {funding.id: funding.kind for funding in to.pack.planning.funding}
    years = sorted({*to.plan.years, *(line.year for line in lines)})
    parts = [
        (label, part)
        for kind, label in (
            ("apbd", Message("books.budget.apbd")),
            ("non_apbd", Message("books.budget.non_apbd")),
        )
        if (part := [line for line in lines if kinds.get(line.source, "non_apbd") == kind])
    ]
    sums = [part for _, part in parts] + ([lines] if len(parts) > 1 else [])
    names = [label for label, _ in parts] + ([Message("books.total")] if len(parts) > 1 else [])
    columns = (
        Column(say(Message("books.year")), width=1.0, strong=True),
        *(Column(say(name), "right", 1.0) for name in names),
    )
    rows = [Row(((Run(str(year)),), *(_sum(to, part, year) for part in sums))) for year in years]
    rows.append(Row(((Run(say(Message("books.total"))),), *(_sum(to, part) for part in sums)), "total"))
    to.table(say(Message("books.brief.by_year", unit=to.unit)), columns, rows, target="table/budget")


def _sum(to: Composer, lines: list[BudgetLine], year: int = 0) -> Line:
    """What lines come to, in one year or (0) in all."""
    found = sum(line.indicative or 0 for line in lines if year in {0, line.year})
    return (Run(to.amount(found)),)


BRIEF: Mapping[str, Callable[[Composer, Block], None]] = {
    "budget": money,
    "programmes": main_programmes,
    "quick_wins": quick_win_list,
    "region": at_a_glance,
}
"""What blocks of a presentation show instead of what a book shows."""
