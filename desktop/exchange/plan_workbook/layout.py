"""What the workbook of a whole plan has in it: its sheets, their columns and rows, as it all stands now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.base import Language, LocalText, Message
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
    plain_field,
)
from desktop.exchange.agency_workbook.planning import in_languages
from desktop.exchange.agency_workbook.sheets import fixed_in_groups, row_values
from desktop.exchange.plan_workbook.asked import evaluation_sheet, figures_sheet, forms_sheet
from desktop.exchange.plan_workbook.ground import decrees_sheet, inputs_sheet, stakeholders_sheet
from desktop.exchange.plan_workbook.people import agencies_sheet, people_sheet
from desktop.exchange.plan_workbook.planning import plan_sheets
from desktop.exchange.values import Option
from desktop.guideline.pack import Pack, Worksheet
from desktop.workspace.plan import Plan
from desktop.workspace.plan import Row as PlanRow


def other_languages(plan: Plan) -> tuple[str, ...]:
    """The languages a plan is translated into."""
    return tuple(each.value for each in Language if each.value != plan.source_language)


def plan_layout(
    plan: Plan, pack: Pack, language: Language, *, translations: bool = True
) -> tuple[Sheet, ...]:
    """Every sheet of the workbook as the plan stands; with ``translations`` both languages of each text.

    ``language`` is that of the guideline's own words.
    """
    languages = other_languages(plan) if translations else ()
    proofs, offers = Proofs(plan), Offers(plan, pack)
    worksheets = (
        _worksheet(plan, sheet, _Help(proofs, offers, language, languages))
        for sheet in pack.worksheets
        if not sheet.binding
    )
    found = (
        *plan_sheets(plan, pack, proofs, offers, languages),
        *evaluation_sheet(plan, pack, language),
        *worksheets,
        *forms_sheet(plan, pack, offers, language, languages),
        *figures_sheet(plan, pack, language),
        agencies_sheet(plan, languages),
        people_sheet(plan, pack, languages),
        decrees_sheet(plan, languages),
        stakeholders_sheet(plan, languages),
        inputs_sheet(plan, languages),
    )
    return tuple(found)


# -- worksheets of the guideline -----------------------------------------------------------------------
class _Help(NamedTuple):
    """What laying out a worksheet needs besides the plan."""

    proofs: Proofs
    offers: Offers
    language: Language
    languages: tuple[str, ...]


def _worksheet(plan: Plan, sheet: Worksheet, help_: _Help) -> Sheet:
    asked = [column for column in sheet.columns if not column.difference]
    columns = [
        each
        for column in asked
        for each in in_languages(
            Column(column.id, column, column.label, help_.offers.of(column)), help_.languages
        )
    ]
    columns += evidence_columns(asked)
    if sheet.fixed_rows:
        label = Column(LABEL, plain_field(LABEL, "text"), Message("exchange.agency_book.row"), locked=True)
        columns.insert(0, label)
    if sheet.scope == "agency":
        columns.insert(0, _owner(plan, sheet))
    lines = tuple(_lines(plan, sheet, tuple(columns), help_))
    return Sheet(
        WORKSHEET + sheet.id, sheet.title, sheet.purpose, tuple(columns), lines, free=sheet.free_rows
    )


def _owner(plan: Plan, sheet: Worksheet) -> Column:
    agencies = tuple(Option(each.id, LocalText(each.name.values)) for each in plan.agencies)
    heading = Message("exchange.plan_book.owner")
    field = plain_field("agency", "agency")
    return Column(OWNER, field, heading, agencies, new_only=sheet.free_rows, locked=not sheet.free_rows)


def _lines(plan: Plan, sheet: Worksheet, columns: tuple[Column, ...], help_: _Help) -> Iterator[Line]:
    """The guideline's rows of the region, then those of each agency that wrote in them; free rows last."""
    rows = plan.rows.get(sheet.id, ())
    written = {(row.agency, row.fixed): row for row in rows if row.fixed}
    theirs = {row.agency for row in rows if row.fixed and row.agency}
    owners = ["", *(each.id for each in plan.agencies if each.id in theirs)] if sheet.fixed_rows else []
    for owner in owners:
        for heading, fixed in fixed_in_groups(sheet):
            if heading is not None:
                yield Line(HEADING, {LABEL: heading.read(help_.language.value)})
            if fixed is None:
                continue
            row = written.pop((owner, fixed.id), None)
            key = row.id if row is not None else derived_id("row", sheet.id, fixed.id, owner)
            label = fixed.label.read(help_.language.value)
            values = _values(plan, sheet, key, columns, row, help_.proofs)
            yield Line(key, {LABEL: label, **values, **_of(owner)})
    for row in rows:
        if not row.fixed or (row.agency, row.fixed) in written:
            values = _values(plan, sheet, row.id, columns, row, help_.proofs)
            yield Line(row.id, {**values, **_of(row.agency)})


def _of(agency: str) -> dict[str, Json]:
    return {OWNER: agency} if agency else {}


def _values(
    plan: Plan, sheet: Worksheet, key: str, columns: tuple[Column, ...], row: PlanRow | None, proofs: Proofs
) -> dict[str, Json]:
    return row_values(row, sheet.id, key, columns, plan.source_language, proofs)
