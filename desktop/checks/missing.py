"""What a body still lacks, said at its own place: decree, members, outsiders, meetings, a leader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.base import LocalText, Message
from desktop.checks.offers import IN_FORCE, decree_name, decree_of, meetings_of, outsiders
from desktop.checks.reading import Reading
from desktop.guideline.pack import Body as Asked
from desktop.workspace.organisation import Body

LEADING = frozenset({"chair", "coordinator"})


class Standing(NamedTuple):
    """A body the guideline asks for, with what the region has of it."""

    asked: Asked
    dimension: str
    row: Body | None
    missing: tuple[Message, ...]


def standings(reading: Reading) -> Iterator[Standing]:
    """Every body of the guideline in its order, working groups once for each dimension."""
    rows = {(each.body, each.dimension): each for each in reading.plan.bodies}
    for asked in reading.pack.bodies:
        dimensions = [each.id for each in reading.pack.dimensions] if asked.per_dimension else [""]
        for dimension in dimensions:
            row = rows.get((asked.id, dimension))
            yield Standing(asked, dimension, row, tuple(_missing(reading, asked, row)))


def full_name(asked: Asked, dimension: LocalText | None) -> LocalText:
    """What the guideline calls a body, with its dimension."""
    if dimension is None:
        return asked.name
    both = (asked.name, dimension)
    codes = {*asked.name.texts, *dimension.texts}
    return LocalText(
        {code: ": ".join(each.texts.get(code) or each.read("id") for each in both) for code in codes}
    )


def _missing(reading: Reading, asked: Asked, row: Body | None) -> Iterator[Message]:
    decree = decree_of(reading.plan, row) if row else None
    if decree is None:
        if not _told(reading, "body_decree", asked) and (asked.instrument or not asked.per_dimension):
            yield Message("checks.missing.decree")
    elif decree.state not in IN_FORCE:
        yield Message("checks.missing.decree_open", decree=decree_name(decree))
    members = row.members if row else ()
    if not members:
        yield Message("checks.missing.members")
    elif not any(member.position in LEADING for member in members):
        yield Message("checks.missing.leader")
    if asked.needs_outsiders and not (row and outsiders(row)) and not _told(reading, "body_outsiders", asked):
        yield Message("checks.missing.outsiders")
    held = len(meetings_of(reading.plan, frozenset({row.id}), reading.today)) if row else 0
    if held < asked.meetings_per_year and not _told(reading, "body_meetings", asked):
        yield Message("checks.missing.meetings", n=asked.meetings_per_year, held=held)


def _told(reading: Reading, check: str, asked: Asked) -> bool:
    """Whether the form says already what a rule about the body asks."""
    for rule in reading.pack.rules:
        item = rule.params.get("item")
        if rule.check == check and rule.params.get("body") == asked.id and isinstance(item, str):
            said = reading.plan.answer(item).value
            return reading.plan_says(item) and said not in (0, False)
    return False
