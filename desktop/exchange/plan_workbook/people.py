"""The sheets of agencies and of people with their offices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.base import LocalText, Message
from desktop.base.canonical import Json
from desktop.exchange.agency_workbook.layout import Column, Line, Sheet, plain_field, raw
from desktop.exchange.agency_workbook.planning import in_languages
from desktop.exchange.values import Option
from desktop.guideline.pack import FieldType, Pack
from desktop.workspace.plan import Plan, Text

_ACTING = (
    Option("plt", Message("exchange.plan_book.acting.plt")),
    Option("plh", Message("exchange.plan_book.acting.plh")),
    Option("pj", Message("exchange.plan_book.acting.pj")),
)
_TASKS = (
    Option("contact", Message("exchange.plan_book.task.contact")),
    Option("superior", Message("exchange.plan_book.task.superior")),
)


def agencies_sheet(plan: Plan, languages: tuple[str, ...]) -> Sheet:
    """A row for each agency."""
    columns = _columns(
        languages,
        _column("name", Message("exchange.plan_book.field.agency"), bilingual=True),
        _column("short_name", Message("exchange.plan_book.field.short_name")),
        _column("code", Message("exchange.plan_book.field.agency_code")),
        _column("head", Message("exchange.plan_book.field.head")),
        _column("until", Message("exchange.plan_book.field.until"), "date"),
    )
    title = Message("exchange.plan_book.sheet.agencies")
    purpose = Message("exchange.plan_book.purpose.agencies")
    return Sheet("agency", title, purpose, columns, _lines(plan, plan.agencies, columns), free=True)


def people_sheet(plan: Plan, pack: Pack, languages: tuple[str, ...]) -> Sheet:
    """A row for each person with an office."""
    agencies = tuple(Option(each.id, LocalText(each.name.values)) for each in plan.agencies)
    roles = tuple(Option(each.id, each.label) for each in pack.roles)
    dimensions = tuple(Option(each.id, each.name) for each in pack.dimensions)
    columns = _columns(
        languages,
        _column("name", Message("exchange.plan_book.field.person")),
        _column("office", Message("exchange.plan_book.field.office"), bilingual=True),
        _column("agency", Message("exchange.plan_book.owner"), "agency", agencies),
        _column("role", Message("exchange.plan_book.field.role"), "choice", roles),
        _column("nip", Message("exchange.plan_book.field.nip")),
        _column("acting", Message("exchange.plan_book.field.acting"), "choice", _ACTING),
        _column("dimension", Message("exchange.plan_book.field.in_charge"), "dimension", dimensions),
        _column("task", Message("exchange.plan_book.field.task"), "choice", _TASKS),
        _column("since", Message("exchange.plan_book.field.since"), "date"),
        _column("until", Message("exchange.plan_book.field.until"), "date"),
    )
    title = Message("exchange.plan_book.sheet.people")
    purpose = Message("exchange.plan_book.purpose.people")
    return Sheet("person", title, purpose, columns, _lines(plan, plan.people, columns), free=True)


def _column(
    name: str,
    heading: Message,
    kind: FieldType = "text",
    options: tuple[Option, ...] = (),
    *,
    bilingual: bool = False,
) -> Column:
    return Column(name, plain_field(name, kind, bilingual=bilingual), heading, options)


def _columns(languages: tuple[str, ...], *columns: Column) -> tuple[Column, ...]:
    return tuple(each for column in columns for each in in_languages(column, languages))


def _lines(plan: Plan, things: Iterable[Any], columns: tuple[Column, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(thing.id, {column.id: _value(plan, thing, column) for column in columns}) for thing in things
    )


def _value(plan: Plan, thing: Any, column: Column) -> Json:
    found = getattr(thing, column.name)
    if isinstance(found, Text):
        return found.values.get(column.language or plan.source_language)
    return raw(found) if found != "" else None
