"""Indicators with unit, direction, baseline and the value for each year."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.paths import paths
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.books.words import EMPTY
from desktop.guideline.pack import Block
from desktop.workspace.plan import Indicator


def indicators(to: Composer, block: Block) -> None:
    """Every indicator under its programme."""
    say, years = to.words.say, list(to.plan.years)
    rows: list[Row] = []
    for _, _, found in to.by_dimension(block.ref):
        for programme in found:
            if programme.indicators:
                rows.append(Row((to.programme_line(programme),), "group"))
                rows += [_row(to, indicator, years) for indicator in programme.indicators]
    if not rows:
        to.note(Message("books.indicator.none"))
        return
    columns = (
        Column(say(Message("books.indicator.name")), width=1.0),
        Column(say(Message("books.indicator.unit")), width=0),
        Column(say(Message("books.indicator.direction")), width=0),
        Column(say(Message("books.indicator.baseline")), "decimal", 0),
        *(Column(str(year), "decimal", 0) for year in years),
    )
    to.table(say(Message("books.indicator.caption")), columns, rows, target="table/indicators")
    for dimension, name, found in to.by_dimension(block.ref):
        paths(to, dimension, name, found)


def _row(to: Composer, indicator: Indicator, years: list[int]) -> Row:
    targets = {target.year: target.target for target in indicator.targets}
    baseline = to.words.number(indicator.baseline)
    if indicator.baseline is not None and indicator.baseline_year:
        baseline = f"{baseline} ({indicator.baseline_year})"
    cells: list[Line] = [
        to.words.marked(indicator.name),
        to.words.unit_marked(indicator.unit),
        (Run(_direction(to, indicator.direction)),),
        (Run(baseline),),
    ]
    return Row((*cells, *((Run(to.words.number(targets.get(year))),) for year in years)))


def _direction(to: Composer, direction: str) -> str:
    match direction:
        case "up":
            return to.words.say(Message("books.indicator.up"))
        case "down":
            return to.words.say(Message("books.indicator.down"))
        case "keep":
            return to.words.say(Message("books.indicator.keep"))
        case _:
            return EMPTY
