"""Columns that are worked out from others of the same row: what a reader sees is always the present sum."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from desktop.guideline.pack import Field
from desktop.workspace.plan import Cell, Row, Text, Value

_WHOLE = frozenset({"integer", "rupiah"})
_NOTHING = Cell(None, Text())


def figure(value: Value) -> Decimal | None:
    """A stored value as a number, if it is one."""
    if value is None or isinstance(value, bool | tuple):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def worked_out(column: Field, row: Row) -> Value:
    """The first of the column's two others less the second; None while one of them is no number.

    Whole for integers and rupiah where the difference is whole, else a decimal as text.
    """
    parts = [figure(row.cells.get(name, _NOTHING).value) for name in column.difference]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        return None
    found = parts[0] - parts[1]
    if column.type in _WHOLE and found == found.to_integral_value():
        return int(found)
    return f"{found:f}"


def cell_of(column: Field, row: Row) -> Cell:
    """What stands in a cell: what is worked out, where a column is; else what is stored.

    A figure typed into such a column before it was worked out still shows where there is nothing to
    work with, so that nothing is lost.
    """
    stored = row.cells.get(column.id, _NOTHING)
    if not column.difference:
        return stored
    found = worked_out(column, row)
    return stored if found is None else Cell(found, Text())
