"""Worksheets that show programmes, activities, indicators or risks themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple, TypeAlias

import msgspec

from desktop.checks.spots import BoundSpot
from desktop.guideline.pack import Field, Pack, Worksheet
from desktop.workspace.plan import Activity, Indicator, Plan, Programme, Risk, Text, Value

Thing: TypeAlias = Programme | Activity | Indicator | Risk


class Register(NamedTuple):
    """One column of one row, with what stands there."""

    spot: BoundSpot
    field: Field
    value: Value
    text: Text


def things(plan: Plan, worksheet: Worksheet) -> Iterator[tuple[Programme, Thing]]:
    """The rows that a worksheet with a binding shows, each with its programme."""
    for programme in plan.programmes:
        match worksheet.binding:
            case "programme":
                yield programme, programme
            case "activity":
                yield from ((programme, activity) for activity in programme.activities)
            case "indicator":
                yield from ((programme, indicator) for indicator in programme.indicators)
            case "risk":
                yield from ((programme, risk) for risk in programme.risks)


def registers(plan: Plan, pack: Pack, worksheet: Worksheet) -> Iterator[Register]:
    """Every column of every row: the row's own field of that name, else an answer about the row.

    The programme a row is a part of is always there and is left out.
    """
    extra = {field.id for field in pack.planning.extra_fields}
    for programme, thing in things(plan, worksheet):
        title = thing.name if isinstance(thing, Indicator) else thing.title
        for column in worksheet.columns:
            if column.id == "programme":
                continue
            place = (worksheet, programme, worksheet.binding, thing.id, title)
            if hasattr(thing, column.id):
                own = getattr(thing, column.id)
                field = _shaped(column, bilingual=isinstance(own, Text))
                text = own if isinstance(own, Text) else Text()
                yield Register(BoundSpot(*place, field), field, _value(own), text)
            else:
                of_programme = worksheet.binding == "programme" and column.id in extra
                item = f"{'programme' if of_programme else worksheet.id}.{column.id}"
                answer = plan.answer(item, thing.id)
                yield Register(BoundSpot(*place, column, item), column, answer.value, answer.text)


def _shaped(column: Field, *, bilingual: bool) -> Field:
    """The column as the row's own field is: in both languages or in none, whatever the guideline wrote."""
    return column if column.bilingual == bilingual else msgspec.structs.replace(column, translated=bilingual)


def _value(own: object) -> Value:
    match own:
        case None | str() | bool() | int():
            return own
        case Decimal():
            return str(own)
        case tuple():
            return tuple(str(getattr(part, "id", part)) for part in own)
        case _:
            return None
