"""Which field a part of a book is, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from desktop.books.document import Source
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.grid.source import name_of
from desktop.ui.kinds import field_of
from desktop.ui.registers import AnswerRegister, CellRegister, Register, RowRegister
from desktop.ui.tracing import offered_for
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class Spot:
    """A field that can be edited where it stands in the book."""

    field: Field
    register: Register
    offered: tuple[Option, ...]


def spot_of(session: Session, source: Source) -> Spot | None:
    """The field behind a part of a book; None for what no guideline and no table knows."""
    place = source.place
    if place is None:
        return None
    if place.table in {"answer", "cell"}:
        field = session.guide.field(place.item)
        if field is None:
            return None
        register: Register = AnswerRegister(field, place.item, place.scope)
        if place.table == "cell":
            agency = _agency(session, source.ref, place.row)
            register = CellRegister(field, source.ref, place.row, source.fixed, agency)
        return Spot(field, register, offered_for(session, place.table, field))
    return row_spot(session, place.table, place.row, place.field)


def _agency(session: Session, sheet: str, row: str) -> str:
    found = next((each for each in session.plan.rows.get(sheet, ()) if each.id == row), None)
    return found.agency if found is not None else ""


def row_spot(session: Session, table: str, row: str, name: str) -> Spot:
    """A column of a first-class row, as the worksheet that shows it asks for it, or as our own forms do."""
    sheet = next((each for each in session.pack.worksheets if each.binding == table), None)
    asked = next((each for each in sheet.columns if each.id == name), None) if sheet is not None else None
    column = TABLES[table].register(name)
    translated = column is not None and column.shape == "bilingual"
    field = msgspec.structs.replace(asked or field_of(table, name), translated=translated)
    register = RowRegister(table, row, name, name_of(field))
    return Spot(field, register, offered_for(session, table, field))
