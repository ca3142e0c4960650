"""Can it be so? Days that end before they begin, counts below zero."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule
from desktop.checks.spots import AGENCIES, EVIDENCE, named
from desktop.guideline.pack import PageRef, Rule
from desktop.workspace.plan import Place


@check_rule("dates_in_order")
def dates_in_order(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Decrees, meetings, offices and evidence do not end before they begin."""
    plan = reading.plan
    spans: list[tuple[str, str, Place, PageRef, Param]] = []
    for decree in plan.decrees:
        place = Place("decree", decree.id, "until")
        name = named(decree.title, decree.number)
        spans.append((decree.since or decree.date, decree.until, place, PageRef(page="decrees"), name))
    for meeting in plan.meetings:
        place = Place("meeting", meeting.id, "end")
        name = named(meeting.title, meeting.start)
        spans.append((meeting.start, meeting.end, place, PageRef(page="sessions"), name))
    for person in plan.people:
        place = Place("person", person.id, "until")
        name = LocalText({"id": person.name}) if person.name else named(person.office)
        spans.append((person.since, person.until, place, AGENCIES, name))
    for file in plan.evidence:
        place = Place("evidence", file.id, "valid_until")
        spans.append((file.taken_on, file.valid_until, place, EVIDENCE, LocalText({"id": file.name or "?"})))
    for first, last, place, page, name in spans:
        if first and last and last < first:
            yield Hit(Message("checks.plausible.days", what=name), place, page)


@check_rule("figure_negative")
def figure_negative(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Counts and money are not below zero; rates may be (growth)."""
    measures = {each.id: each for each in reading.pack.figures if each.type in {"integer", "rupiah"}}
    for figure in reading.plan.figures:
        measure = measures.get(figure.measure)
        if measure is not None and figure.value.startswith("-"):
            message = Message("checks.plausible.negative", measure=measure.label, year=str(figure.year))
            yield Hit(message, Place("figure", figure.id, "value"), PageRef(page="figures"))
