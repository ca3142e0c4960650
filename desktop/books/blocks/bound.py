"""Worksheets that are views of first-class rows: programmes, activities, indicators, risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from desktop.base.richtext import Run
from desktop.books.blocks.values import align, value_line, width
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Source
from desktop.guideline.pack import Field, Worksheet
from desktop.workspace.plan import Activity, Indicator, Place, Programme, Risk, Text, Value


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a bound worksheet and the programme it belongs to (or is)."""

    programme: Programme
    entity: Programme | Activity | Indicator | Risk


def records(to: Composer, binding: str) -> Iterator[Record]:
    """The rows behind a binding, programme by programme."""
    for programme in to.programmes:
        match binding:
            case "activity":
                yield from (Record(programme, activity) for activity in programme.activities)
            case "risk":
                yield from (Record(programme, risk) for risk in programme.risks)
            case "indicator":
                yield from (Record(programme, indicator) for indicator in programme.indicators)
            case _:
                yield Record(programme, programme)


def bound_table(
    to: Composer, sheet: Worksheet, found: Iterable[Record], caption: str, target: str, hidden: str = ""
) -> bool:
    """Write the records under their programmes, in the sheet's columns; whether there were any.

    ``hidden`` is a column whose value the caption already tells.
    """
    grouped = sheet.binding != "programme"
    columns = [
        field for field in sheet.columns if field.id != hidden and not (grouped and field.id == "programme")
    ]
    rows: list[Row] = []
    last = ""
    for record in found:
        if grouped and record.programme.id != last:
            last = record.programme.id
            rows.append(Row((to.programme_line(record.programme),), "group"))
        rows.append(
            Row(
                tuple(_cell(to, sheet, field, record) for field in columns),
                sources=tuple(_source(to, sheet, field, record) for field in columns),
            )
        )
    heads = [Column(to.words.local(field.label), align(field), width(field)) for field in columns]
    to.table(caption, heads, rows, target=target)
    return bool(rows)


def _source(to: Composer, sheet: Worksheet, field: Field, record: Record) -> Source | None:
    entity = record.entity
    if field.id in {"programme", "supporting"}:
        return None
    if field.id in {each.name for each in fields(entity)}:
        table = type(entity).__name__.lower()
        return to.field(Place(table, entity.id, field.id))
    return to.field(Place("answer", item=f"{sheet.id}.{field.id}", scope=entity.id))


def _cell(to: Composer, sheet: Worksheet, field: Field, record: Record) -> Line:
    entity = record.entity
    if field.id == "title" and isinstance(entity, Programme):
        return to.programme_line(entity)
    own = {each.name for each in fields(entity)}
    if field.id not in own:
        answer = to.plan.answer(f"{sheet.id}.{field.id}", entity.id)
        return value_line(to, field, answer.value, answer.text)
    held = getattr(entity, field.id)
    if isinstance(held, Text):
        return to.words.marked(held)
    value: Value = str(held) if isinstance(held, Decimal) else held
    if field.id == "supporting" and isinstance(held, tuple):
        return (Run(to.agencies(held, short=True)),)
    if field.type == "agency" and isinstance(held, str):
        return (Run(to.agency(held, short=True)),)
    return value_line(to, _plain(field), value, Text())


def _plain(field: Field) -> Field:
    """The field as one that holds a value: a register that is no text is never bilingual."""
    import msgspec

    return msgspec.structs.replace(field, translated=False)
