"""The region's figures over the years, as its measures declare them, with sources and evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.values import value_line
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.books.words import EMPTY
from desktop.checks.figures import parts_of
from desktop.checks.offers import figure_value
from desktop.guideline.pack import Block, Field, Measure
from desktop.workspace.organisation import Figure
from desktop.workspace.plan import Place, Text

MOST_YEARS = 4
"""Years that stand beside each other; the newest ones."""
MILLION = 1_000_000


def figures(to: Composer, _block: Block) -> None:
    """One table: measures under their headings, the newest years, where the newest figure comes from."""
    stated = [each for each in to.plan.figures if each.value.strip()]
    known = {measure.id for measure in to.pack.figures}
    years = sorted({each.year for each in stated if each.measure in known})[-MOST_YEARS:]
    if not years:
        to.note(Message("books.figures.none"))
        return
    say = to.words.say
    columns = [
        Column(say(Message("books.figures.measure")), width=1.5),
        *(Column(str(year), "decimal", 0) for year in years),
        Column(say(Message("books.figures.source")), width=1.3),
    ]
    rows = list(_rows(to, stated, years))
    to.table(say(Message("books.figures.caption")), columns, rows, target="table/figures")
    for whole, year, parts in parts_of(to.pack.figures, to.plan.figures):
        if year == years[-1]:
            _compared(to, whole, year, parts)


def _rows(to: Composer, stated: Sequence[Figure], years: Sequence[int]) -> Iterator[Row]:
    heading = ""
    for measure in to.pack.figures:
        mine = {each.year: each for each in stated if each.measure == measure.id}
        if not mine:
            continue
        group = to.words.local(measure.group)
        if group and group != heading:
            heading = group
            yield Row(((Run(group),),), "group")
        newest = mine[max(mine)]
        name = to.words.local(measure.label)
        unit = _unit(to, measure)
        label: Line = (Run(f"{name} ({unit})" if unit else name, italic=bool(measure.part_of)),)
        cells = [_value(to, measure, mine.get(year)) for year in years]
        source = newest.source.strip() or EMPTY
        if newest.year not in years:
            source = f"{newest.year}: {source}"
        tags = to.evidence_tags("", row=newest.id)
        places = [
            to.field(Place("figure", mine[year].id, "value")) if year in mine else None for year in years
        ]
        yield Row((label, *cells, (Run(source), *tags)), sources=(None, *places, None))


def _unit(to: Composer, measure: Measure) -> str:
    if measure.type == "rupiah":
        return to.words.say(Message("books.figures.millions"))
    return to.words.local(measure.unit) or ("%" if measure.type == "percent" else "")


def _value(to: Composer, measure: Measure, figure: Figure | None) -> Line:
    if figure is None:
        return (Run(EMPTY),)
    value = figure_value(measure, figure.value)
    if measure.type == "rupiah" and isinstance(value, int):
        return (Run(to.words.number(Decimal(value) / MILLION)),)
    if measure.type == "choice":
        field = Field(id=measure.id, label=measure.label, type="choice", choices=measure.choices)
        return value_line(to, field, value, Text())
    if isinstance(value, int):
        return (Run(to.words.number(value)),)
    return (Run(to.words.decimal(figure.value)),)


def _compared(to: Composer, whole: Figure, year: int, parts: Sequence[Decimal]) -> None:
    """What the parts of a whole come to together, and what they leave of it."""
    measure = next(each for each in to.pack.figures if each.id == whole.measure)
    try:
        said = Decimal(whole.value)
    except InvalidOperation:
        return
    total = sum(parts, Decimal())
    if not said:
        return
    share = (total * 100 / said).quantize(Decimal("0.1"))
    to.note(Message("books.figures.parts", measure=measure.label, year=str(year), percent=share))
