"""Do the council, the team and the forum exist, meet, and hear outsiders? Are the offices filled?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number, word, words
from desktop.checks.spots import AGENCIES
from desktop.guideline.pack import Body, Rule
from desktop.workspace.plan import Place


def _body(reading: Reading, rule: Rule) -> Body | None:
    return next((body for body in reading.pack.bodies if body.id == word(rule, "body")), None)


@check_rule("body_meetings", yields_to=("required_answers",))
def body_meetings(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A body met as often as the guideline says: ``body`` names it, ``item`` is the number of meetings.

    Source: the yearly evaluation counts meetings of council, team and forum (facts.md 3.4, 3.5).
    """
    body, asked = _body(reading, rule), reading.find(word(rule, "item"))
    if body is None or asked is None:
        return
    least = number(rule, "min", body.meetings_per_year)
    held = asked.value if isinstance(asked.value, int) and not isinstance(asked.value, bool) else 0
    if held < least:
        message = Message("checks.body.meetings", body=body.name, n=least, held=held)
        yield Hit(message, asked.place(reading.source), asked.spot.page)


@check_rule("body_outsiders", yields_to=("required_answers",))
def body_outsiders(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """A body that needs outsiders has some: ``item`` is their number, or yes/no, or their names."""
    body, asked = _body(reading, rule), reading.find(word(rule, "item"))
    if body is None or asked is None or not body.needs_outsiders:
        return
    if not asked.answered(reading.source) or asked.value is False or asked.value == 0:
        message = Message("checks.body.outsiders", body=body.name)
        yield Hit(message, asked.place(reading.source), asked.spot.page)


@check_rule("role_named")
def role_named(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Somebody holds each office of the guideline (or of ``roles``)."""
    chosen = words(rule, "roles")
    held = {person.role for person in reading.plan.people if person.name.strip()}
    for role in reading.pack.roles:
        if (not chosen or role.id in chosen) and role.id not in held:
            message = Message("checks.role_named", role=role.label)
            yield Hit(message, Place("person", field="role", item=role.id), AGENCIES)
