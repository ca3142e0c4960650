"""Which field a place is, so that something can be suggested there and taken over from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.ids import derived_id
from desktop.ui.grid.source import name_of
from desktop.ui.printed.spots import row_spot
from desktop.ui.reviewing.suggest import Asked
from desktop.ui.tracing import offered_for
from desktop.workspace.plan import Place
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.guideline.pack import Field
    from desktop.ui.session import Session


def asked_at(session: Session, place: Place) -> Asked | None:
    """The field at a place; None for pages, and for what no guideline and no table knows."""
    if place.table in {"answer", "cell"}:
        field = _item(session, place)
        if field is None:
            return None
        return Asked(place, field, name_of(field), offered_for(session, place.table, field))
    spec = TABLES.get(place.table)
    if spec is None or not place.field or spec.register(place.field) is None:
        return None
    spot = row_spot(session, place.table, place.row, place.field)
    return Asked(place, spot.field, name_of(spot.field), spot.offered)


def _item(session: Session, place: Place) -> Field | None:
    if place.table == "answer":
        return session.guide.field(place.item)
    for sheet in session.pack.worksheets:
        rows = {row.id for row in session.plan.rows.get(sheet.id, ())}
        agencies = ("", *(each.id for each in session.plan.agencies)) if sheet.fixed_rows else ()
        own = (derived_id("row", sheet.id, fixed.id, one) for fixed in sheet.fixed_rows for one in agencies)
        if place.row in rows or place.row in own:
            return next((column for column in sheet.columns if column.id == place.field), None)
    return None
