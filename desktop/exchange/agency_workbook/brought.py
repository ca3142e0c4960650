"""In which parts of the work a workbook brings something: its agency has sent those by handing it in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.exchange.agency_workbook.doubts import AddRow, Attach, Effect, SetCell
from desktop.exchange.agency_workbook.layout import WORKSHEET, Sheet
from desktop.exchange.agency_workbook.planning import PARENT
from desktop.exchange.agency_workbook.registers import BUDGET
from desktop.exchange.duties import NOT_OURS
from desktop.workspace.plan import Plan

Part = tuple[str, str]
"""A page of the work and what it shows."""


def parts_brought(
    effects: Iterable[Effect], sheets: Mapping[str, Sheet], plan: Plan, agency: str
) -> tuple[Part, ...]:
    """The agency's own parts into which something new is written; what is only taken out says nothing.

    A programme that another agency leads by now is that one's to send, and what an agency said not to be
    theirs stays so.
    """
    if plan.agency(agency) is None:
        return ()
    refused = {
        (each.page, each.ref) for each in plan.duties if each.agency == agency and each.state == NOT_OURS
    }
    leads = {each.id: each.lead for each in plan.programmes}
    known = {(name, line.key): line.values for name, sheet in sheets.items() for line in sheet.lines}
    found: dict[Part, None] = {}
    for effect in effects:
        match effect:
            case AddRow(sheet=sheet, key=key, values=values):
                part = _part(sheet, key, values)
            case SetCell(sheet=sheet, key=key, value=value) if value not in (None, "", []):
                part = _part(sheet, key, known.get((sheet, key), {}))
            case Attach(sheet=sheet, key=key):
                part = _part(sheet, key, known.get((sheet, key), {}))
            case _:
                continue
        page, ref = part
        if ref and part not in refused and (page != "programmes" or leads.get(ref, agency) == agency):
            found[part] = None
    return tuple(found)


def counted(sent: int) -> Message:
    """That so many parts count as sent, in a sentence."""
    return Message("exchange.agency_book.sent", n=sent)


def _part(sheet: str, key: str, values: Mapping[str, Json]) -> Part:
    if sheet.startswith(WORKSHEET):
        return "worksheet", sheet.removeprefix(WORKSHEET)
    if sheet == "programme":
        return "programmes", key
    return "programmes", key.partition(".")[0] if sheet == BUDGET else str(values.get(PARENT) or "")
