"""A worksheet as a table: the region's rows, or those of every agency under its name."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from desktop.base import Message
from desktop.base.ids import derived_id
from desktop.base.richtext import Run
from desktop.books.blocks.bound import bound_table, records
from desktop.books.blocks.clauses import clauses
from desktop.books.blocks.values import align, value_line, width
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Source
from desktop.books.words import listed
from desktop.checks.marks import mapped
from desktop.guideline.pack import Block, Field, FixedRow, Worksheet
from desktop.workspace.computed import cell_of
from desktop.workspace.plan import Cell, Place, Text
from desktop.workspace.plan import Row as SheetRow

_NOTHING = Cell(None, Text())


def worksheet(to: Composer, block: Block) -> None:
    """The rows of one worksheet."""
    sheet = to.guide.worksheet(block.ref)
    if sheet is None:
        return
    if to.book.kind == "memorandum" and not sheet.binding:
        clauses(to, sheet)
        return
    if not sheet.binding:
        _own_rows(to, sheet)
        return
    caption = to.words.local(sheet.title)
    if not bound_table(to, sheet, records(to, sheet.binding), caption, f"worksheet/{sheet.id}"):
        to.note(Message("books.worksheet.empty", title=caption))


def _own_rows(to: Composer, sheet: Worksheet) -> None:
    whole, sheet = sheet, _without_idle_columns(to, sheet)
    rows = list(_rows(to, sheet))
    if not any(row.kind == "body" for row in rows):
        to.note(Message("books.worksheet.empty", title=to.words.local(sheet.title)))
        return
    columns = [_column(to, field) for field in sheet.columns]
    if sheet.fixed_rows:
        columns.insert(0, Column(to.words.say(Message("books.worksheet.item")), width=1.3, strong=True))
    note = to.words.unverified((*sheet.columns, *sheet.fixed_rows))
    to.table(to.words.local(sheet.title), columns, rows, target=f"worksheet/{sheet.id}", note=note)
    _marks(to, whole)


def _marks(to: Composer, sheet: Worksheet) -> None:
    """Below a mapping: how many of its rows support each dimension, and which dimension none does."""
    found = mapped(to.plan, to.pack, sheet)
    if found is None or not found.rows:
        return
    counts = [f"{to.words.local(each.dimension.name)} {to.words.number(each.rows)}" for each in found.counts]
    to.note(Message("books.worksheet.marks", counts=listed(counts)))
    if found.without:
        names = listed([to.words.local(dimension.name) for dimension in found.without])
        to.note(Message("books.worksheet.without", dimensions=names))


def _without_idle_columns(to: Composer, sheet: Worksheet) -> Worksheet:
    """The sheet without columns that it may leave empty and that nobody used."""
    used = {
        column
        for row in to.plan.rows.get(sheet.id, ())
        for column, cell in row.cells.items()
        if cell.text or cell.value not in {None, "", ()}
    }
    used |= {field.id for field in sheet.columns if set(field.difference) & used}
    columns = tuple(field for field in sheet.columns if field.required or field.id in used)
    return msgspec.structs.replace(sheet, columns=columns or sheet.columns)


def _column(to: Composer, field: Field) -> Column:
    return Column(to.words.question(field), align(field), width(field))


def _rows(to: Composer, sheet: Worksheet) -> Iterator[Row]:
    stored = to.plan.rows.get(sheet.id, ())
    if sheet.fixed_rows:
        # what agencies answered to the same rows is material for the recap
        stored = tuple(row for row in stored if not (row.agency and row.fixed))
    if sheet.scope == "region" or not any(row.agency for row in stored):
        yield from _part(to, sheet, stored)
        return
    known = [agency.id for agency in to.plan.agencies]
    strangers = sorted({row.agency for row in stored} - set(known))
    if sheet.fixed_rows:
        yield from _part(to, sheet, tuple(row for row in stored if row.fixed))
    for agency in [*known, *strangers]:
        own = tuple(row for row in stored if row.agency == agency and not (sheet.fixed_rows and row.fixed))
        if own:
            name = to.agency(agency) if agency else to.words.say(Message("books.worksheet.whole_region"))
            yield Row(((Run(name),),), "group")
            yield from (_part(to, sheet, own) if not sheet.fixed_rows else _added(to, sheet, own))


def _added(to: Composer, sheet: Worksheet, rows: tuple[SheetRow, ...]) -> Iterator[Row]:
    """Rows that somebody added below the guideline's own."""
    return (_row(to, sheet, row, None) for row in rows)


def _part(to: Composer, sheet: Worksheet, stored: tuple[SheetRow, ...]) -> Iterator[Row]:
    """The guideline's own rows in its order, under its headings; then the rows that were added."""
    by_fixed = {row.fixed: row for row in stored if row.fixed}
    labels = {group.id: group.label for group in sheet.groups}
    group = ""
    for fixed in sheet.fixed_rows:
        if fixed.group != group and fixed.group in labels:
            yield Row((to.words.local_marked(labels[fixed.group]),), "group")
        group = fixed.group
        yield _row(to, sheet, by_fixed.get(fixed.id), fixed)
    known = {fixed.id for fixed in sheet.fixed_rows}
    for row in stored:
        if row.fixed not in known:
            yield _row(to, sheet, row, None)


def _row(to: Composer, sheet: Worksheet, row: SheetRow | None, fixed: FixedRow | None) -> Row:
    cells: list[Line] = []
    sources: list[Source | None] = []
    key = row.id if row else derived_id("row", sheet.id, fixed.id if fixed else "", "")
    for field in sheet.columns:
        place = Place("cell", key, field.id, item=f"{sheet.id}.{field.id}")
        sources.append(to.field(place, fixed.id if fixed else ""))
        cell = cell_of(field, row) if row else _NOTHING
        evidence = to.evidence_tags(f"{sheet.id}.{field.id}", row.id) if row else ()
        cells.append((*value_line(to, field, cell.value, cell.text), *evidence))
    if row is not None and cells:
        cells[0] = (*cells[0], *to.evidence_tags("", row=row.id), *_differing(to, row))
    if sheet.fixed_rows:
        cells.insert(0, to.words.question_marked(fixed) if fixed else (Run(""),))
        sources.insert(0, None)
    return Row(tuple(cells), sources=tuple(sources))


def _differing(to: Composer, row: SheetRow) -> Line:
    return (to.words.differing(),) if to.differs(row.id) else ()
