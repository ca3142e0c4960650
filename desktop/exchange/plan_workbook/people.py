"""The sheets of agencies and of people with their offices."""

from __future__ import annotations

from desktop.base import LocalText, Message
from desktop.exchange.agency_workbook.layout import Sheet
from desktop.exchange.plan_workbook.things import column_of, columns_of, lines_of, named
from desktop.exchange.values import Option
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan

_ACTING = (
    Option("plt", Message("exchange.plan_book.acting.plt")),
    Option("plh", Message("exchange.plan_book.acting.plh")),
    Option("pj", Message("exchange.plan_book.acting.pj")),
)


def agencies_sheet(plan: Plan, languages: tuple[str, ...]) -> Sheet:
    """A row for each agency."""
    columns = columns_of(
        languages,
        column_of("name", Message("exchange.plan_book.field.agency"), bilingual=True),
        column_of("short_name", Message("exchange.plan_book.field.short_name")),
        column_of("code", Message("exchange.plan_book.field.agency_code")),
        column_of("head", Message("exchange.plan_book.field.head")),
        column_of("until", Message("exchange.plan_book.field.until"), "date"),
    )
    title = Message("exchange.plan_book.sheet.agencies")
    purpose = Message("exchange.plan_book.purpose.agencies")
    return Sheet("agency", title, purpose, columns, lines_of(plan, plan.agencies, columns), free=True)


def people_sheet(plan: Plan, pack: Pack, languages: tuple[str, ...]) -> Sheet:
    """A row for each person with an office."""
    agencies = tuple(Option(each.id, LocalText(each.name.values)) for each in plan.agencies)
    roles = tuple(Option(each.id, each.label) for each in pack.roles)
    dimensions = tuple(Option(each.id, each.name) for each in pack.dimensions)
    columns = columns_of(
        languages,
        column_of("name", Message("exchange.plan_book.field.person")),
        column_of("office", Message("exchange.plan_book.field.office"), bilingual=True),
        column_of("agency", Message("exchange.plan_book.owner"), "agency", agencies),
        column_of("role", Message("exchange.plan_book.field.role"), "choice", roles),
        column_of("nip", Message("exchange.plan_book.field.nip")),
        column_of("acting", Message("exchange.plan_book.field.acting"), "choice", _ACTING),
        column_of("dimension", Message("exchange.plan_book.field.in_charge"), "dimension", dimensions),
        column_of("task", Message("exchange.plan_book.field.task"), "choice", named("person", "task")),
        column_of("since", Message("exchange.plan_book.field.since"), "date"),
        column_of("until", Message("exchange.plan_book.field.until"), "date"),
    )
    title = Message("exchange.plan_book.sheet.people")
    purpose = Message("exchange.plan_book.purpose.people")
    return Sheet("person", title, purpose, columns, lines_of(plan, plan.people, columns), free=True)
