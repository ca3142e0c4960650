"""A worksheet of all agencies in short: how their answers spread beside the region's, and who wrote what."""

from __future__ import annotations

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.values import value_line
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row
from desktop.books.words import EMPTY, listed
from desktop.checks.recap import Recap, Spread, by_agencies
from desktop.checks.recap import recap as recapitulate
from desktop.guideline.pack import Block, Field
from desktop.workspace.plan import Cell, Text

_NOTHING = Cell(None, Text())


def recap(to: Composer, block: Block) -> None:
    """The guideline's rows with the spread of answers, else the agencies with their rows; who is silent."""
    sheet = to.guide.worksheet(block.ref)
    if sheet is None or not by_agencies(sheet):
        return
    found = recapitulate(to.plan, sheet)
    title = to.words.local(sheet.title)
    if not any(rows for _, rows in found.counts):
        to.note(Message("books.recap.empty", title=title))
        return
    if found.spreads and found.spread_columns:
        _spread(to, found, found.spread_columns[0])
    else:
        _counts(to, found)
    if found.silent and any(rows for _, rows in found.counts):
        names = listed([to.agency(agency.id) for agency in found.silent])
        to.note(Message("books.recap.silent", n=len(found.silent), agencies=names))


def _spread(to: Composer, found: Recap, column: Field) -> None:
    columns = [
        Column(to.words.say(Message("books.worksheet.item")), width=1.6, strong=True),
        Column(to.words.say(Message("books.recap.region")), width=0.0),
        Column(to.words.say(Message("books.recap.answers")), width=1.6),
        Column(to.words.say(Message("books.recap.agencies")), "right", 0.0),
    ]
    labels = {group.id: group.label for group in found.sheet.groups}
    rows: list[Row] = []
    group = ""
    for each in found.spreads:
        if each.fixed.group != group and each.fixed.group in labels:
            rows.append(Row((to.words.local_marked(labels[each.fixed.group]),), "group"))
        group = each.fixed.group
        cell = each.own.cells.get(column.id, _NOTHING) if each.own else _NOTHING
        rows.append(
            Row(
                (
                    to.words.local_marked(each.fixed.label),
                    value_line(to, column, cell.value, cell.text),
                    _answers(to, each, column),
                    (Run(to.words.number(len(each.agencies))),),
                )
            )
        )
    caption = to.words.say(Message("books.recap.caption", title=found.sheet.title))
    to.table(caption, columns, rows, target=f"table/recap/{found.sheet.id}")


def _answers(to: Composer, spread: Spread, column: Field) -> Line:
    """``2 good, 1 poor``."""
    counts = spread.counts(column)
    if not counts:
        return (Run(EMPTY),)
    names = {choice.id: to.words.local(choice.label) for choice in column.choices}
    said = [
        f"{to.words.number(count)} {names.get(choice) or to.words.yes_no(choice == 'true')}"
        for choice, count in counts.items()
    ]
    return (Run(", ".join(said)),)


def _counts(to: Composer, found: Recap) -> None:
    columns = [
        Column(to.words.say(Message("books.recap.agency")), width=2.4, strong=True),
        Column(to.words.say(Message("books.recap.rows")), "right", 0.0),
    ]
    rows = [
        Row(((Run(to.agency(agency.id)),), (Run(to.words.number(count)),)))
        for agency, count in found.counts
        if count
    ]
    if found.region:
        whole = to.words.say(Message("books.worksheet.whole_region"))
        rows.append(Row(((Run(whole),), (Run(to.words.number(found.region)),))))
    caption = to.words.say(Message("books.recap.caption", title=found.sheet.title))
    to.table(caption, columns, rows, target=f"table/recap/{found.sheet.id}")
