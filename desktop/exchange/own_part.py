"""An agency's own part of the plan: its worksheets, its programmes and their parts, its evidence, its words.

The rule shows and warns, it never stops a merge: who may write what is judged by people, since changes that
were left out would never be equal on all copies again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.base.ids import derived_id

if TYPE_CHECKING:
    from desktop.guideline import Pack
    from desktop.workspace.plan import Place, Plan, Programme

SHARED = ("comment", "suggestion")
"""Tables to which everybody adds what is their own; nobody's part is touched by that."""
_NO_LANGUAGE = ""


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What belongs to one agency."""

    agency: str
    rows: frozenset[tuple[str, str]] = field(repr=False)
    """The rows (table, row) that are its own by themselves."""
    scopes: frozenset[str] = field(repr=False)
    """Rows whose answers are its own."""

    def holds(self, table: str, row: str) -> bool:
        """Whether a row is part of it; what everybody may add to is nobody else's."""
        return table in SHARED or (table, row) in self.rows


def own_part(plan: Plan, pack: Pack, agency: str) -> OwnPart:
    """The part of one agency, by the plan as it stands."""
    pages = {(duty.page, duty.ref) for duty in plan.duties if duty.agency == agency}
    scopes = {
        row.id
        for sheet, rows in plan.rows.items()
        for row in rows
        if row.agency == agency or (not row.agency and ("worksheet", sheet) in pages)
    }
    programmes = [each for each in plan.programmes if each.lead == agency]
    rows = {("agency", agency)}
    for programme in programmes:
        rows |= set(_parts(programme))
    rows |= set(_shared_parts(plan, agency))
    scopes |= {
        row for table, row in rows if table in {"programme", "activity", "indicator", "risk", "agency"}
    }
    rows |= set(_filled(plan, pack, scopes, pages))
    rows |= set(_by_name(plan, agency))
    rows |= set(_proved(plan, rows, scopes))
    return OwnPart(agency, frozenset(rows), frozenset(scopes))


def _parts(programme: Programme) -> Iterator[tuple[str, str]]:
    """A programme with everything that is a part of it."""
    yield "programme", programme.id
    for line in programme.budget:
        yield "budget_line", line.id
    for ceiling in programme.ceilings:
        yield "rpjmd_ceiling", ceiling.id
    for risk in programme.risks:
        yield "risk", risk.id
    for agency in programme.supporting:
        yield "programme_agency", derived_id("programme_agency", programme.id, agency)
    for indicator in programme.indicators:
        yield "indicator", indicator.id
        for target in indicator.targets:
            yield "target", target.id
    for activity in programme.activities:
        yield "activity", activity.id
        for sub in activity.sub_activities:
            yield "sub_activity", sub.id


def _shared_parts(plan: Plan, agency: str) -> Iterator[tuple[str, str]]:
    """Activities that the agency leads in programmes of others."""
    for programme in plan.programmes:
        for activity in programme.activities:
            if activity.lead == agency:
                yield "activity", activity.id
                yield from (("sub_activity", sub.id) for sub in activity.sub_activities)
            yield from (("sub_activity", sub.id) for sub in activity.sub_activities if sub.lead == agency)


def _filled(
    plan: Plan, pack: Pack, scopes: set[str], pages: set[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """The rows of its worksheets with their cells, the answers about what is its own, the pages it owes."""
    languages = (_NO_LANGUAGE, *_languages(plan))
    columns = {sheet.id: [column.id for column in sheet.columns] for sheet in pack.worksheets}
    for sheet, rows in plan.rows.items():
        for row in rows:
            if row.id not in scopes:
                continue
            yield "row", row.id
            for column in {*row.cells, *columns.get(sheet, ())}:
                yield from (("cell", derived_id("cell", row.id, column, each)) for each in languages)
    for item, scope in plan.answers:
        if scope in scopes or (not scope and _page(item) in pages):
            yield from (("answer", derived_id("answer", item, scope, each)) for each in languages)


def _page(item: str) -> tuple[str, str]:
    """The page of the journey an item of the guideline stands on, as a duty names it."""
    holder, _, name = item.partition(".")
    return ("chapter", name) if holder == "chapter" else ("form", holder)


def _languages(plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys((plan.source_language, "id", "en")))


def _by_name(plan: Plan, agency: str) -> Iterator[tuple[str, str]]:
    """What names the agency itself: its people, what it owes, what it is due to do."""
    yield from (("person", each.id) for each in plan.people if each.agency == agency)
    yield from (("duty", each.id) for each in plan.duties if each.agency == agency)
    yield from (("deadline", each.id) for each in plan.deadlines if each.agency == agency)
    yield from (("initial", each.id) for each in plan.initials if each.agency == agency)


def _proved(plan: Plan, rows: set[tuple[str, str]], scopes: set[str]) -> Iterator[tuple[str, str]]:
    """Evidence that supports its own part (or nothing yet), with those claims of it."""
    for evidence in plan.evidence:
        mine = [claim for claim in evidence.claims if _own_place(claim, rows, scopes)]
        if mine or not evidence.claims:
            yield "evidence", evidence.id
        for claim in mine:
            key = (evidence.id, claim.table, claim.row, claim.field, claim.item, claim.scope)
            yield "claim", derived_id("claim", *key)


def _own_place(place: Place, rows: set[tuple[str, str]], scopes: set[str]) -> bool:
    return (place.table, place.row) in rows or place.scope in scopes or place.row in scopes
