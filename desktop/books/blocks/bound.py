"""Worksheets that are views of first-class rows: programmes, activities, indicators, risks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from desktop.base import LocalText, Message
from desktop.base.richtext import Run
from desktop.books.blocks.values import align, value_line, width
from desktop.books.composer import Composer
from desktop.books.document import Column, Line, Row, Source
from desktop.guideline.pack import Field, Worksheet
from desktop.workspace.plan import Activity, Indicator, Place, Programme, Risk, SubActivity, Text, Value


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
    to: Composer,
    sheet: Worksheet,
    found: Iterable[Record],
    caption: str,
    target: str,
    hidden: str = "",
    *,
    numbered: bool = False,
) -> bool:
    """Write the records under their programmes, in the sheet's columns; whether there were any.

    ``hidden`` is a column whose value the caption already tells. Activities show their code where one has
    any, and their sub-activities below them; ``numbered`` counts the rows from one.
    """
    found = list(found)
    grouped = sheet.binding != "programme"
    columns = [
        field for field in sheet.columns if field.id != hidden and not (grouped and field.id == "programme")
    ]
    if any(getattr(part, "code", "") for record in found for part in (record.entity, *_parts(record))):
        columns = [_code_column(to), *(field for field in columns if field.id != "code")]
    rows: list[Row] = []
    last = ""
    for count, record in enumerate(found, 1):
        if grouped and record.programme.id != last:
            last = record.programme.id
            rows.append(Row((to.programme_line(record.programme),), "group"))
        number = ((Run(str(count)),),) if numbered else ()
        blank = (None,) if numbered else ()
        rows.append(
            Row(
                (*number, *(_cell(to, sheet, field, record) for field in columns)),
                sources=(*blank, *(_source(to, sheet, field, record) for field in columns)),
            )
        )
        rows += [_part_row(to, columns, part) for part in _parts(record)]
    heads = [Column(to.words.local(field.label), align(field), width(field)) for field in columns]
    if numbered:
        heads.insert(0, Column(to.words.say(Message("books.number")), "right", 0))
    to.table(caption, heads, rows, target=target)
    return bool(rows)


def _parts(record: Record) -> tuple[SubActivity, ...]:
    return record.entity.sub_activities if isinstance(record.entity, Activity) else ()


def _code_column(to: Composer) -> Field:
    label = LocalText({to.words.language.value: to.words.say(Message("books.code"))})
    return Field(id="code", label=label, translated=False)


def _part_row(to: Composer, columns: list[Field], part: SubActivity) -> Row:
    """A sub-activity below its activity, in the same columns."""
    cells: list[Line] = []
    sources: list[Source | None] = []
    own = {each.name for each in fields(part)}
    for field in columns:
        if field.id not in own:
            cells.append(())
            sources.append(None)
            continue
        held = getattr(part, field.id)
        sources.append(to.field(Place("sub_activity", part.id, field.id)))
        if field.id == "title":
            cells.append((Run("\N{EN DASH} "), *to.words.marked(held)))
        elif isinstance(held, Text):
            cells.append(to.words.marked(held))
        elif field.type == "agency":
            cells.append((Run(to.agency(held, short=True)),))
        else:
            cells.append(value_line(to, _plain(field), held, Text()))
    return Row(tuple(cells), sources=tuple(sources))


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
