"""Has everything been settled that two people filled in differently (*isian berbeda*)?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.places import page_of, title_of_page
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule
from desktop.checks.spots import (
    AGENCIES,
    FIELD_NAMES,
    PACKAGE,
    PROFILE,
    IndicatorSpot,
    PartSpot,
    ProgrammeSpot,
    Spot,
    called,
    programme_page,
)
from desktop.guideline import Guideline
from desktop.guideline.pack import PageRef, Rule
from desktop.guideline.signing import step_label
from desktop.workspace.plan import OpenConflict, Place, Programme
from desktop.workspace.wording import conflicts_apart

CHECKS = PageRef(page="checks")
_ELSE = Message("checks.what.other")
_WHAT = {
    "answer": Message("checks.what.answer"),
    "attendance": Message("checks.what.attendance"),
    "body": Message("checks.what.body"),
    "cell": Message("checks.what.cell"),
    "claim": Message("checks.what.claim"),
    "decree": Message("checks.what.decree"),
    "evidence": Message("checks.what.evidence"),
    "figure": Message("checks.what.figure"),
    "input": Message("checks.what.input"),
    "input_programme": Message("checks.what.input_programme"),
    "meeting": Message("checks.what.meeting"),
    "member": Message("checks.what.member"),
    "plan": Message("checks.what.plan"),
    "programme_agency": Message("checks.what.programme_agency"),
    "row": Message("checks.what.row"),
    "rpjmd_ceiling": Message("checks.what.rpjmd_ceiling"),
    "score": Message("checks.what.score"),
    "session_output": Message("checks.what.session_output"),
    "set_aside": Message("checks.what.set_aside"),
    "stakeholder": Message("checks.what.stakeholder"),
    "sub_activity": Message("checks.what.sub_activity"),
}
"""What a row is called that has no name of its own here."""


@check_rule("open_conflicts", may_set_aside=False)
def open_conflicts(reading: Reading, _rule: Rule) -> list[Hit]:
    """No field is open that two people filled in differently. It can be settled, but not set aside."""
    conflicts = conflicts_apart(reading.plan)
    if not conflicts:
        return []
    spots = _registers(reading)
    return [_hit(reading, conflict, spots) for conflict in conflicts]


def _hit(
    reading: Reading, conflict: OpenConflict, spots: Mapping[str, tuple[Place, PageRef, Message]]
) -> Hit:
    field, _, language = conflict.field.partition(":")
    place = Place(conflict.table, conflict.row, field, language.partition(":")[0])
    known = spots.get(conflict.row)
    if known is not None:
        register, page, where = known
        about = register if conflict.table in {"answer", "cell"} else place
        return Hit(_said(conflict, where), about, page, conflict.kind)
    programme = reading.programmes.get(conflict.row)
    if programme is not None:
        name: Param = FIELD_NAMES.get(field) or field
        title = called(programme.title)
        where = (
            Message("checks.where.programme", field=name, programme=title)
            if name
            else Message("checks.where.programme_whole", programme=title)
        )
        return Hit(_said(conflict, where), place, programme_page(programme), conflict.kind)
    page = PROFILE if conflict.table == "plan" else CHECKS
    return Hit(_said(conflict, _WHAT.get(conflict.table) or _ELSE), place, page, conflict.kind)


def _said(conflict: OpenConflict, where: Param) -> Message:
    if conflict.kind == "delete-edit":
        return Message("checks.differing_deleted", where=where)
    return Message("checks.differing", where=where)


def _registers(reading: Reading) -> Mapping[str, tuple[Place, PageRef, Message]]:
    """By row id: the registers of answers and cells, and the parts of programmes; only those that differ."""
    wanted = {conflict.row for conflict in reading.plan.conflicts}
    known = {
        row: (spot.place(language), spot.page, spot.where())
        for row, spot, language in _items(reading, {conflict.table for conflict in reading.plan.conflicts})
        if row in wanted
    }
    for programme in reading.plan.programmes:
        known |= {row: entry for row, entry in _parts(programme) if row in wanted}
        for agency in reading.plan.agencies:
            row = derived_id("programme_agency", programme.id, agency.id)
            if row in wanted:
                name = LocalText(agency.name.values)
                where = Message("checks.where.support", agency=name, programme=called(programme.title))
                known[row] = (Place("programme_agency", row), programme_page(programme), where)
    for agency in reading.plan.agencies:
        where = Message("checks.where.agency", agency=LocalText(agency.name.values))
        known[agency.id] = (Place("agency", agency.id), PageRef(page="agencies"), where)
    for person in reading.plan.people:
        where = Message("checks.where.person", person=person.name)
        known[person.id] = (Place("person", person.id), AGENCIES, where)
    guideline = Guideline(reading.pack)
    for comment in reading.plan.comments:
        where = Message("checks.where.comment", author=comment.author)
        page = page_of(reading.plan, guideline, comment.place) or CHECKS
        known[comment.id] = (Place("comment", comment.id), page, where)
    for deadline in reading.plan.deadlines:
        title = title_of_page(reading.plan, guideline, deadline.page, deadline.ref)
        where = Message("checks.where.deadline", page=title)
        known[deadline.id] = (Place("deadline", deadline.id), CHECKS, where)
    for duty in reading.plan.duties:
        title = title_of_page(reading.plan, guideline, duty.page, duty.ref)
        where = Message("checks.where.duty", page=title)
        known[duty.id] = (Place("duty", duty.id), CHECKS, where)
    for initial in reading.plan.initials:
        where = Message("checks.where.initial", step=step_label(reading.pack, initial.step))
        known[initial.id] = (Place("initial", initial.id), PACKAGE, where)
    for one in reading.plan.suggestions:
        where = Message("checks.where.suggestion", author=one.author)
        page = page_of(reading.plan, guideline, one.place) or CHECKS
        known[one.id] = (Place("suggestion", one.id), page, where)
    return known


def _items(reading: Reading, tables: set[str]) -> Iterator[tuple[str, Spot, str]]:
    """The ids of answers and cells in each language (they are derived, so they can be told in advance)."""
    spots: list[Spot] = [asked.spot for asked in reading.asked]
    spots += reading.chapters
    for spot in spots:
        place = spot.place()
        if place.table not in tables:
            continue
        key = (place.row, place.field) if place.table == "cell" else (place.item, place.scope)
        for language in ("", *reading.pack.pack.languages):
            yield derived_id(place.table, *key, language), spot, language


def _parts(programme: Programme) -> Iterator[tuple[str, tuple[Place, PageRef, Message]]]:
    page, where = programme_page(programme), ProgrammeSpot(programme, "budget").where()
    ceiling = Message(
        "checks.where.programme", field=_WHAT["rpjmd_ceiling"], programme=called(programme.title)
    )
    for each in programme.ceilings:
        yield each.id, (Place("rpjmd_ceiling", each.id, scope=programme.id), page, ceiling)
    for line in programme.budget:
        yield line.id, (Place("budget_line", line.id, scope=programme.id), page, where)
    for indicator in programme.indicators:
        name = IndicatorSpot(programme, indicator).where()
        yield indicator.id, (Place("indicator", indicator.id, scope=programme.id), page, name)
        for target in indicator.targets:
            yield target.id, (Place("target", target.id, scope=indicator.id), page, name)
    for table, parts in (("activity", programme.activities), ("risk", programme.risks)):
        for part in parts:
            spot = PartSpot(programme, table, part.id, part.title, "")
            yield part.id, (spot.place(), page, spot.where())
