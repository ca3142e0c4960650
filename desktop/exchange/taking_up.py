"""An agency's answer taken over into the region's own row of a worksheet: one operation, never a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, RancangError
from desktop.checks.recap import by_agencies, said

if TYPE_CHECKING:
    from desktop.guideline.pack import Worksheet
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Row


class NothingToTake(RancangError):
    """Only what an agency wrote into one of the guideline's rows can be taken over."""

    exit_code = 1

    def __init__(self, sheet: LocalText) -> None:
        super().__init__(Message("exchange.take.nothing", sheet=sheet))


def may_take(sheet: Worksheet, row: Row) -> bool:
    """Whether a row is an agency's answer to a row of the guideline that the region answers too."""
    return by_agencies(sheet) and bool(row.agency and row.fixed) and any(map(said, row.cells.values()))


def take_for_region(workspace: Workspace, sheet: Worksheet, row: Row) -> str:
    """Put an agency's answer into the region's own row; the id of that row. Raises NothingToTake.

    What stood there is replaced cell by cell (Undo brings it back); cells the agency left empty stay. The
    values come as *carried over*, so that nobody takes them for typed.
    """
    if not may_take(sheet, row):
        raise NothingToTake(sheet.title)
    plan = workspace.plan()
    agency = plan.agency(row.agency)
    who = LocalText(dict(agency.name.values)) if agency else ""
    label = Message("exchange.take.label", sheet=sheet.title, agency=who)
    with workspace.operation(label, kind="carry") as op:
        own = op.fixed_row(sheet.id, row.fixed)
        for column in sheet.columns:
            cell = row.cells.get(column.id)
            if cell is None or not said(cell) or column.difference:
                continue
            if not column.bilingual:
                op.cell(own, column.id, cell.value, policy=column.policy)
                continue
            # the source first: a translation remembers the text it was made from
            for language in sorted(cell.text.values, key=lambda each: each != plan.source_language):
                op.cell_text(own, column.id, language, cell.text.values[language], policy=column.policy)
    return own
