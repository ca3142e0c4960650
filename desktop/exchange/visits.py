"""A reviewer's visit: where, when, who came; what was remarked that day becomes its record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.workspace.organisation import Meeting
from desktop.workspace.plan import Plan

if TYPE_CHECKING:
    from desktop.workspace import Workspace


def record_visit(workspace: Workspace, *, place: str = "", day: str = "", came: Iterable[str] = ()) -> str:
    """Write down a visit as one operation; its id. People of the plan are known by their name.

    Where no ``day`` is given it is the one that it is in the region.
    """
    plan, author = workspace.plan(), workspace.author
    day = day or clock.today(plan.region.code).isoformat()
    known = {each.name.strip().casefold(): each for each in plan.people if each.name.strip()}
    with workspace.operation(Message("exchange.label.visit")) as op:
        visit = op.insert("meeting", kind="visit", start=day, place=place.strip(), leader=author.name)
        for name in filter(None, (each.strip() for each in came)):
            person = known.get(name.casefold())
            about = {"person": person.id, "agency": person.agency or None} if person else {}
            office = person.office.read(plan.source_language) if person else ""
            op.insert("attendance", meeting=visit, name=name, office=office, present=True, **about)
    return visit


def newest_visit(plan: Plan, among: Iterable[str] | None = None) -> Meeting | None:
    """The visit recorded last by its day; ``among`` narrows to some."""
    wanted = None if among is None else set(among)
    found = [each for each in plan.meetings if each.kind == "visit" and (wanted is None or each.id in wanted)]
    return max(found, key=lambda each: (each.start, each.id), default=None)
