"""What a reviewer does with a cell of a table: remark on it, or say what should stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.ui import comments
from desktop.ui.reviewing.asking import asked_at
from desktop.ui.reviewing.suggest import in_language, suggest
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.ui.grid.table import CellTable
    from desktop.ui.session import Session


def place_in(table: CellTable) -> Place | None:
    """The place of the cell with the cursor; None where nothing is kept."""
    from desktop.ui.grid.model import GridModel

    index, cells = table.currentIndex(), table.cells
    subject = cells.subject(index) if index.isValid() else None
    if subject is None:
        return None
    if isinstance(cells, GridModel):
        row, field = cells.rows[index.row()], cells.field_at(index.column())
        return cells.source.place(row, field) if field is not None else None
    first = subject.records[0]
    return Place(first.table, first.row, first.field) if first.row else None


def remark(table: CellTable) -> None:
    """Take a remark about the cell with the cursor."""
    place = place_in(table)
    if place is None:
        table.session.told.emit(Message("ui.told.no_field"))
        return
    comments.add(table, table.session, place)


def better(table: CellTable) -> None:
    """Take a suggestion for the cell with the cursor."""
    place = place_in(table)
    if not suggest_at(table, table.session, place):
        table.session.told.emit(Message("ui.told.no_field"))


def suggest_at(parent: QWidget, session: Session, place: Place | None, language: str = "") -> bool:
    """Take a suggestion for a field; whether there is one at this place."""
    asked = asked_at(session, place) if place is not None else None
    if asked is None:
        return False
    suggest(parent, session, in_language(asked, language or session.source.value))
    return True
