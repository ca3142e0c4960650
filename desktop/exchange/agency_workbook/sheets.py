"""The sheets of an agency's workbook as the plan stands: the guideline's worksheets, then the planning.

The same layout is made when a workbook is handed out, and again, of the plan as it is by then, when it
comes back: rows and columns are the same where their keys are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.exchange.agency_workbook.layout import (
    HEADING,
    LABEL,
    OWNER,
    WORKSHEET,
    Column,
    Line,
    Offers,
    Proofs,
    Sheet,
    evidence_columns,
    place_of,
    plain_field,
    raw,
)
from desktop.exchange.agency_workbook.planning import planning_sheets
from desktop.guideline.pack import FixedRow, Pack, Worksheet
from desktop.workspace.plan import Cell, Plan, Row, Text

if TYPE_CHECKING:
    pass


def layout(plan: Plan, pack: Pack, agency: str, also: Iterable[str] = ()) -> tuple[Sheet, ...]:
    """The sheets of an agency's workbook as the plan stands.

    ``also`` are the ids of rows and programmes that were the agency's when the workbook was made.
    """
    wanted, proofs, offers = frozenset(also), Proofs(plan), Offers(plan, pack)
    sheets = [
        _worksheet(plan, sheet, agency, wanted, proofs, offers)
        for sheet in pack.worksheets
        if sheet.scope == "agency" and not sheet.binding
    ]
    return (*sheets, *planning_sheets(plan, pack, agency, wanted, proofs, offers))


def _worksheet(
    plan: Plan, sheet: Worksheet, agency: str, also: frozenset[str], proofs: Proofs, offers: Offers
) -> Sheet:
    asked = [column for column in sheet.columns if not column.difference]
    columns = [Column(column.id, column, column.label, offers.of(column)) for column in asked]
    columns += evidence_columns(asked)
    if sheet.fixed_rows:
        label = Column(LABEL, plain_field(LABEL, "text"), Message("exchange.agency_book.row"), locked=True)
        columns.insert(0, label)
    lines = tuple(_lines(plan, sheet, agency, also, tuple(columns), proofs))
    return Sheet(
        WORKSHEET + sheet.id, sheet.title, sheet.purpose, tuple(columns), lines, free=sheet.free_rows
    )


def _lines(
    plan: Plan,
    sheet: Worksheet,
    agency: str,
    also: frozenset[str],
    columns: tuple[Column, ...],
    proofs: Proofs,
) -> Iterator[Line]:
    mine = [row for row in plan.rows.get(sheet.id, ()) if row.agency == agency or row.id in also]
    written = {row.fixed: row for row in mine if row.fixed}
    source = plan.source_language
    for heading, fixed in fixed_in_groups(sheet):
        if heading is not None:
            yield Line(HEADING, {LABEL: heading.read(source)})
        if fixed is None:
            continue
        row = written.pop(fixed.id, None)
        key = row.id if row is not None else derived_id("row", sheet.id, fixed.id, agency)
        values = {LABEL: fixed.label.read(source), **row_values(row, sheet.id, key, columns, source, proofs)}
        yield Line(key, values)
    for row in mine:
        if not row.fixed or row.fixed in written:
            yield Line(row.id, row_values(row, sheet.id, row.id, columns, source, proofs))


def fixed_in_groups(sheet: Worksheet) -> Iterator[tuple[LocalText | None, FixedRow | None]]:
    """The guideline's own rows under their headings, in its order."""
    groups = {group.id for group in sheet.groups}
    for group in sheet.groups:
        found = [each for each in sheet.fixed_rows if each.group == group.id]
        if found:
            yield group.label, None
        yield from ((None, each) for each in found)
    yield from ((None, each) for each in sheet.fixed_rows if each.group not in groups)


def row_values(
    row: Row | None, sheet: str, key: str, columns: tuple[Column, ...], source: str, proofs: Proofs
) -> dict[str, Json]:
    """What stands in a row of a worksheet, by column; ``row`` is None where nobody wrote in it yet."""
    nothing = Cell(None, Text())
    out: dict[str, Json] = {}
    for column in columns:
        if column.id in {LABEL, OWNER}:
            continue
        if column.is_evidence:
            out[column.id] = proofs.names(place_of(WORKSHEET + sheet, key, column))
            continue
        cell = row.cells.get(column.name, nothing) if row is not None else nothing
        out[column.id] = (
            cell.text.values.get(column.language or source) if column.field.bilingual else raw(cell.value)
        )
    return out
