"""What rows of worksheets must say beyond their required columns: bases, programmes, years, figures."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.recap import by_agencies, recap, said, says_something
from desktop.checks.registry import check_rule, words
from desktop.checks.spots import called
from desktop.checks.terms import term_years
from desktop.checks.words import says_nothing
from desktop.guideline.pack import Field, PageRef, Rule, Worksheet
from desktop.workspace.computed import figure, worked_out
from desktop.workspace.plan import Cell, Place, Row, Text
from desktop.workspace.row_names import row_name

_NOTHING = Cell(None, Text())


def _page(sheet: Worksheet) -> PageRef:
    return PageRef(page="worksheet", ref=sheet.id)


def _place(sheet: Worksheet, row: Row, column: Field, language: str = "") -> Place:
    spoken = language if column.bilingual else ""
    return Place("cell", row.id, column.id, spoken, f"{sheet.id}.{column.id}")


def _named(sheet: Worksheet, row: Row) -> Param:
    return row_name(sheet, row) or Message("checks.untitled")


def _says(cell: Cell, column: Field, source: str) -> bool:
    if column.bilingual:
        return not says_nothing(cell.text.values.get(source, ""))
    return not says_nothing(cell.value) if isinstance(cell.value, str) else said(cell)


def _chosen(reading: Reading, rule: Rule) -> Iterator[Worksheet]:
    wanted = words(rule, "worksheet", "worksheets")
    yield from (sheet for sheet in reading.pack.worksheets if not wanted or sheet.id in wanted)


@check_rule("row_says_any", yields_to=("required_answers",))
def row_says_any(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every row in which something is written answers at least one of ``items`` (columns of one worksheet).

    A development target without a basis is a wish: in words, a row of the RPJMD mapping, or a gap.
    """
    items = words(rule, "item", "items")
    sheets = reading.worksheets
    wanted: dict[str, list[Field]] = {}
    for item in items:
        sheet, _, name = item.partition(".")
        columns_of = sheets[sheet].columns if sheet in sheets else ()
        column = next((each for each in columns_of if each.id == name), None)
        if column is not None:
            wanted.setdefault(sheet, []).append(column)
    for name, columns in wanted.items():
        sheet_ = sheets[name]
        for row in reading.rows(sheet_):
            if not says_something(row):
                continue
            if any(_says(row.cells.get(each.id, _NOTHING), each, reading.source) for each in columns):
                continue
            message = Message(
                "checks.row_says_none", row=_named(sheet_, row), column=columns[0].label, sheet=sheet_.title
            )
            yield Hit(message, _place(sheet_, row, columns[0], reading.source), _page(sheet_))


@check_rule("row_without_programme")
def row_without_programme(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every row of ``worksheet(s)`` names the programme it became (its column of type ``programme``).

    With ``if_item`` and ``if_value`` only rows with that answer: every SPBE application of the inventory
    should appear in the masterplan (facts.md 1.1, assessors 2023).
    """
    condition, value = words(rule, "if_item"), rule.params.get("if_value")
    for sheet in _chosen(reading, rule):
        column = becoming(sheet)
        if column is None:
            continue
        known = reading.programmes
        for row in reading.rows(sheet):
            if not says_something(row):
                continue
            if condition and row.cells.get(condition[0].partition(".")[2], _NOTHING).value != value:
                continue
            if row.cells.get(column.id, _NOTHING).value in known:
                continue
            message = Message("checks.row_without_programme", row=_named(sheet, row), sheet=sheet.title)
            yield Hit(message, _place(sheet, row, column), _page(sheet))


def becoming(sheet: Worksheet) -> Field | None:
    """The column that names the programme a row became; None where rows become none.

    It is the column of type ``programme`` of a worksheet with rows of its own; roadmap sheets name in it
    the programme whose milestone a row is.
    """
    if sheet.binding or sheet.term or not sheet.free_rows:
        return None
    return next((column for column in sheet.columns if column.type == "programme"), None)


@check_rule("milestone_years")
def milestone_years(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A milestone lies within the years of its programme, and within the term its sheet is about."""
    for sheet in _chosen(reading, rule):
        programme_column = next((each for each in sheet.columns if each.type == "programme"), None)
        year_column = next((each for each in sheet.columns if each.type == "year"), None)
        if not sheet.term or year_column is None:
            continue
        span = term_years(reading.plan, reading.pack, sheet.term)
        for row in reading.rows(sheet):
            year = row.cells.get(year_column.id, _NOTHING).value
            if not isinstance(year, int) or isinstance(year, bool):
                continue
            here, page = _place(sheet, row, year_column), _page(sheet)
            if span is not None and year not in span:
                message = Message(
                    "checks.milestone_term",
                    row=_named(sheet, row), sheet=sheet.title, year=str(year),
                    first=str(span.start), last=str(span.stop - 1),
                )  # fmt: skip
                yield Hit(message, here, page)
            if programme_column is None:
                continue
            value = row.cells.get(programme_column.id, _NOTHING).value
            programme = reading.programmes.get(str(value))
            if programme is None:
                continue
            first = programme.start_year or reading.plan.first_year
            last = programme.end_year or reading.plan.last_year
            beyond = year > reading.plan.last_year <= last  # of what goes on after the plan it says no end
            if not beyond and not first <= year <= last:
                message = Message(
                    "checks.milestone_programme",
                    row=_named(sheet, row), sheet=sheet.title, year=str(year),
                    programme=called(programme.title), first=str(first), last=str(last),
                )  # fmt: skip
                yield Hit(message, here, page, "programme")


@check_rule("difference_typed")
def difference_typed(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A figure typed into a column that is worked out is the one that is worked out."""
    for sheet in reading.pack.worksheets:
        for column in sheet.columns:
            if not column.difference or sheet.binding:
                continue
            for row in reading.rows(sheet):
                typed = figure(row.cells.get(column.id, _NOTHING).value)
                found = figure(worked_out(column, row))
                if typed is None or found is None or typed == found:
                    continue
                message = Message(
                    "checks.difference_typed",
                    row=_named(sheet, row), column=column.label, sheet=sheet.title, typed=typed, found=found,
                )  # fmt: skip
                yield Hit(message, _place(sheet, row, column), _page(sheet))


@check_rule("agency_silent")
def agency_silent(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every agency has written something into each of ``worksheet(s)`` that agencies fill.

    One remark for a worksheet, with the agencies that are missing.
    """
    for sheet in _chosen(reading, rule):
        if not by_agencies(sheet):
            continue
        found = recap(reading.plan, sheet)
        if not found.silent or len(found.silent) == len(found.counts):
            continue
        names: Param = ""
        for agency in found.silent:
            name: Param = agency.short_name or LocalText(dict(agency.name.values))
            names = Message("checks.and", one=names, other=name) if names else name
        message = Message("checks.agency_silent", sheet=sheet.title, n=len(found.silent), agencies=names)
        yield Hit(message, Place("row", item=sheet.id), _page(sheet), "agencies")
