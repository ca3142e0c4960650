"""The roadmap: programmes over the years, as a chart and as a table."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.composer import Composer
from desktop.books.document import Bar, BarGroup, Column, Line, Roadmap, Row
from desktop.books.words import EMPTY
from desktop.checks.terms import Milestone, milestones, spans, term_of
from desktop.guideline.pack import Block
from desktop.workspace.plan import Programme


def roadmap_chart(to: Composer, only: str = "") -> Roadmap:
    """The chart alone (the window shows it too); programmes without years cannot stand in it."""
    found = to.by_dimension(only)
    groups = tuple(BarGroup(name, bars) for _, name, there in found if (bars := _bars(to, there)))
    label = to.words.say(Message("books.quick_win"))
    terms = tuple(Bar(to.words.local(term.label), start, end) for term, start, end in spans(to.plan, to.pack))
    return Roadmap(tuple(to.plan.years), groups, label, terms)


def roadmap_told(to: Composer, chart: Roadmap) -> str:
    """How many programmes there are, in which term they end, and what a dashed bar means."""
    say = to.words.say
    bars = [bar for group in chart.groups for bar in group.bars]
    parts = [say(Message("books.roadmap.told", n=len(bars), dimensions=len(chart.groups)))]
    ends = [(term, 0) for term in chart.terms]
    for bar in bars:
        place = next((n for n, (term, _) in enumerate(ends) if bar.end <= term.end), len(ends) - 1)
        if ends:
            ends[place] = (ends[place][0], ends[place][1] + 1)
    if ends:
        listed = "; ".join(
            say(Message("books.roadmap.term_count", term=term.label, count=count)) for term, count in ends
        )
        parts.append(say(Message("books.roadmap.terms_told", terms=listed)))
    if any(bar.example for bar in bars):
        parts.append(say(Message("books.roadmap.dashed")))
    return " ".join(parts)


def _bars(to: Composer, found: tuple[Programme, ...]) -> tuple[Bar, ...]:
    bars: list[Bar] = []
    for programme in found:
        start, end = programme.start_year, programme.end_year
        start, end = (start if start is not None else end), (end if end is not None else start)
        if start is not None and end is not None:
            example = programme.origin == "example"
            bars.append(Bar(to.programme_title(programme), start, end, programme.quick_win, example))
    return tuple(bars)


def roadmap(to: Composer, block: Block) -> None:
    """Chart, then the same as a table with the term of each programme; of one dimension, if it is named."""
    say, only = to.words.say, block.ref
    suffix = f"/{only}" if only else ""
    chart = roadmap_chart(to, only)
    if not chart.groups:
        to.note(Message("books.roadmap.none"))
        return
    first, last = str(to.plan.first_year), str(to.plan.last_year)
    caption = say(Message("books.roadmap.caption", first=first, last=last))
    told = roadmap_told(to, chart)
    to.figure(caption, chart, target=f"figure/roadmap{suffix}", description=told)
    rows: list[Row] = []
    for _, name, found in to.by_dimension(only):
        if found:
            rows.append(Row(((Run(name),),), "group"))
            rows += [_row(to, programme) for programme in found]
    columns = [
        Column(say(Message("books.programme.title")), width=2.4),
        Column(say(Message("books.programme.lead")), width=1.1),
        Column(say(Message("books.programme.years")), width=0),
    ]
    if to.pack.planning.terms:
        columns.append(Column(say(Message("books.roadmap.term")), width=0))
    if to.pack.planning.quick_win is not None:
        columns.append(Column(say(Message("books.quick_win.short")), "center", 0))
    to.table(say(Message("books.roadmap.table")), columns, rows, target=f"table/roadmap{suffix}")
    _milestones(to, only)


def _milestones(to: Composer, only: str) -> None:
    """What is reached in each term, dimension by dimension."""
    table = [line for line in milestones(to.plan, to.pack) if not only or line[0] == only]
    if not table:
        return
    say = to.words.say
    counts = [sum(map(len, cells)) for cells in zip(*(cells for _, cells in table), strict=True)]
    columns = [Column(say(Message("books.dimension")), width=0.8)]
    columns += [
        # a term in which much is reached gets the room for it
        Column(
            say(Message("books.roadmap.term_years", term=term.label, years=_span(first, last))),
            width=0.7 + 2 * count / max(sum(counts), 1),
        )
        for (term, first, last), count in zip(spans(to.plan, to.pack), counts, strict=True)
    ]
    rows = []
    for dimension, cells in table:
        found = to.guide.dimension(dimension)
        name = to.words.local(found.name) if found else EMPTY
        rows.append(Row(((Run(name),), *(_reached(to, cell) for cell in cells))))
    to.table(
        say(Message("books.roadmap.milestones")),
        columns,
        rows,
        target="/".join(filter(None, ("table/roadmap/milestones", only))),
    )


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


def _reached(to: Composer, cell: tuple[Milestone, ...]) -> Line:
    """Each programme that ends in the term, with what its first indicator shall show then."""
    parts: list[Run] = []
    for each in cell:
        text = f"{to.programme_title(each.programme)} ({each.programme.end_year or EMPTY})"
        if each.indicator is not None and each.target is not None:
            name = to.words.text(each.indicator.name)
            text += f": {name} {to.words.measured(each.target, each.indicator.unit)}"
        parts.append(Run(f"\n• {text}" if parts else f"• {text}" if len(cell) > 1 else text))
    return tuple(parts) or (Run(EMPTY),)


def _row(to: Composer, programme: Programme) -> Row:
    cells: list[Line] = [
        to.programme_line(programme),
        (Run(to.agency(programme.lead, short=True)),),
        (Run(to.words.years(programme.start_year, programme.end_year)),),
    ]
    if to.pack.planning.terms:
        cells.append((Run(_term(to, programme)),))
    if to.pack.planning.quick_win is not None:
        cells.append((Run(to.words.yes_no(programme.quick_win) if programme.quick_win else EMPTY),))
    return Row(tuple(cells))


def _term(to: Composer, programme: Programme) -> str:
    """The term of the guideline in which it ends."""
    found = term_of(to.plan, to.pack, programme.start_year, programme.end_year)
    return to.words.local(found.label) if found else EMPTY
