"""Do the council, the team and the forum exist, meet, and hear outsiders? Who answers for a dimension?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.offers import IN_FORCE, decree_name, decree_of, meetings_of, outsiders, rows_of
from desktop.checks.reading import Asked, Reading
from desktop.checks.registry import check_rule, number, word, words
from desktop.checks.spots import BODIES, body_row
from desktop.guideline.pack import Body, Rule
from desktop.workspace.offices import tenure
from desktop.workspace.plan import Place


def _body(reading: Reading, rule: Rule) -> Body | None:
    return next((body for body in reading.pack.bodies if body.id == word(rule, "body")), None)


def _at(reading: Reading, asked: Asked | None, message: Message, body: Body, field: str) -> Hit:
    """A remark about a body: beside the question of the form, else on the page of the bodies."""
    if asked is not None:
        return Hit(message, asked.place(reading.source), asked.spot.page)
    return Hit(message, Place("body", body_row(body.id), field, item=body.id), BODIES)


@check_rule("body_meetings", yields_to=("required_answers",))
def body_meetings(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A body met as often as the guideline says: ``item`` is the number of meetings, or they are listed.

    Source: the yearly evaluation counts meetings of council, team and forum (facts.md 3.4, 3.5).
    """
    body, asked = _body(reading, rule), reading.find(word(rule, "item"))
    if body is None:
        return
    least = number(rule, "min", body.meetings_per_year)
    said = asked.value if asked else None
    stated = said if isinstance(said, int) and not isinstance(said, bool) else 0
    rows = frozenset(each.id for each in rows_of(reading.plan, body.id))
    held = max(stated, len(meetings_of(reading.plan, rows, reading.today)))
    if held < least:
        message = Message("checks.body.meetings", body=body.name, n=least, held=held)
        yield _at(reading, asked, message, body, "meetings")


@check_rule("body_last_meeting", yields_to=("required_answers",))
def body_last_meeting(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A body has met at all: ``item`` is the day of its last meeting, or one is listed."""
    body, asked = _body(reading, rule), reading.find(word(rule, "item"))
    if body is None or (asked is not None and asked.answered(reading.source)):
        return
    rows = {each.id for each in rows_of(reading.plan, body.id)}
    if not any(each.body in rows and each.start for each in reading.plan.meetings):
        yield _at(reading, asked, Message("checks.body.never_met", body=body.name), body, "meetings")


@check_rule("body_outsiders", yields_to=("required_answers",))
def body_outsiders(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A body that needs outsiders has some: members, or ``item`` is their number, yes/no, or their names."""
    body, asked = _body(reading, rule), reading.find(word(rule, "item"))
    if body is None or not body.needs_outsiders:
        return
    if any(outsiders(row) for row in rows_of(reading.plan, body.id)):
        return
    said = asked is not None and asked.answered(reading.source) and asked.value not in (False, 0)
    if not said:
        message = Message("checks.body.outsiders", body=body.name)
        yield _at(reading, asked, message, body, "members")


@check_rule("body_decree", yields_to=("required_answers",))
def body_decree(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A body (``body``, else each that the guideline requires) rests on a decree: ``item``, or one listed."""
    asked = reading.find(word(rule, "item"))
    wanted = word(rule, "body")
    for body in reading.pack.bodies:
        if body.id != wanted if wanted else not body.required:
            continue
        rows = rows_of(reading.plan, body.id)
        decrees = [decree for row in rows if (decree := decree_of(reading.plan, row)) is not None]
        if any(decree.state in IN_FORCE for decree in decrees):
            continue
        if asked is not None and reading.plan_says(asked.spot.place().item):
            continue
        if decrees:
            message = Message("checks.body.decree_open", body=body.name, decree=decree_name(decrees[0]))
        else:
            message = Message("checks.body.decree", body=body.name)
        yield _at(reading, asked, message, body, "decree")


@check_rule("dimension_person")
def dimension_person(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Somebody answers for each dimension: a person, or the one who leads its working group.

    Source: assessors ask who is in charge of each dimension (facts.md 3.5).
    """
    chosen = words(rule, "dimension", "dimensions")
    there = {
        person.dimension
        for person in reading.plan.people
        if person.name.strip() and tenure(person, reading.today) == "current"
    }
    there |= {
        body.dimension
        for body in reading.plan.bodies
        if any(member.position in {"chair", "coordinator"} for member in body.members)
    }
    for dimension in reading.pack.dimensions:
        if (not chosen or dimension.id in chosen) and dimension.id not in there:
            message = Message("checks.dimension_person", dimension=dimension.name)
            yield Hit(message, Place("person", field="dimension", item=dimension.id), BODIES)
