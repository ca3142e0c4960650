"""Sheets of rows that are part of nothing else: each row a thing of the plan, each column a field of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.exchange.agency_workbook.layout import Column, Line, plain_field, raw
from desktop.exchange.agency_workbook.planning import in_languages
from desktop.exchange.values import Option
from desktop.guideline.pack import FieldType
from desktop.workspace.choices import CHOICES, choice_name
from desktop.workspace.plan import Plan, Text


def named(table: str, field: str) -> tuple[Option, ...]:
    """What a field can be, as it is called everywhere."""
    return tuple(Option(each, choice_name(table, each)) for each in CHOICES[table, field])


def column_of(
    name: str,
    heading: Message,
    kind: FieldType = "text",
    options: tuple[Option, ...] = (),
    *,
    bilingual: bool = False,
) -> Column:
    """A column for one field."""
    return Column(name, plain_field(name, kind, bilingual=bilingual), heading, options)


def columns_of(languages: tuple[str, ...], *columns: Column) -> tuple[Column, ...]:
    """Columns, each text followed by its translations."""
    return tuple(each for column in columns for each in in_languages(column, languages))


def lines_of(plan: Plan, things: Iterable[Any], columns: tuple[Column, ...]) -> tuple[Line, ...]:
    """A row for each thing."""
    return tuple(
        Line(thing.id, {column.id: _value(plan, thing, column) for column in columns}) for thing in things
    )


def _value(plan: Plan, thing: Any, column: Column) -> Json:
    found = getattr(thing, column.name)
    if isinstance(found, Text):
        return found.values.get(column.language or plan.source_language)
    return raw(found) if found != "" else None
