"""The texts of rows that no form asks: agencies, people, decrees, bodies, meetings, hearing, figures.

Some have a language and some have none (a name, a place, the number of a decree); those are given under
the empty language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from desktop.base import Message
from desktop.guideline.pack import PageRef
from desktop.workspace.plan import Place, Plan, Text


class GroundText(NamedTuple):
    """One text with the register it stands in, what that is called and the page that shows it."""

    place: Place
    where: Message
    page: PageRef
    text: Text


def ground_texts(plan: Plan) -> Iterator[GroundText]:
    """Every text that is written, table by table."""
    name = plan.source_language or "id"
    for agency in plan.agencies:
        where = Message("exchange.find.agency", name=agency.short_name or agency.name.read(name))
        yield from _texts("agency", agency, ("name",), where, PageRef(page="agencies"))
    for person in plan.people:
        where = Message("exchange.find.person", name=person.name)
        yield from _texts("person", person, ("name", "office", "acting"), where, PageRef(page="agencies"))
    for figure in plan.figures:
        where = Message("exchange.find.figure", year=str(figure.year))
        yield from _texts("figure", figure, ("source",), where, PageRef(page="figures"))
    for decree in plan.decrees:
        where = Message("exchange.find.decree", name=decree.number or decree.title.read(name))
        yield from _texts("decree", decree, ("number", "title", "signer"), where, PageRef(page="decrees"))
    yield from _bodies(plan, name)
    yield from _meetings(plan, name)
    yield from _hearing(plan)


def _bodies(plan: Plan, language: str) -> Iterator[GroundText]:
    page = PageRef(page="bodies")
    for body in plan.bodies:
        where = Message("exchange.find.body", name=body.name.read(language) or body.body)
        yield from _texts("body", body, ("name", "task"), where, page)
        yield from _all("member", body.members, ("name", "office", "institution"), where, page)


def _meetings(plan: Plan, language: str) -> Iterator[GroundText]:
    page = PageRef(page="sessions")
    for meeting in plan.meetings:
        where = Message("exchange.find.meeting", name=meeting.title.read(language) or meeting.start)
        fields = ("title", "place", "leader", "agenda", "result")
        yield from _texts("meeting", meeting, fields, where, page)
        yield from _all("attendance", meeting.attendance, ("name", "office", "institution"), where, page)
    for output in plan.outputs:
        where = Message("exchange.find.output")
        yield from _texts("session_output", output, ("signed_by", "note"), where, page)


def _hearing(plan: Plan) -> Iterator[GroundText]:
    names = {each.id: each.name for each in plan.stakeholders}
    for stakeholder in plan.stakeholders:
        where = Message("exchange.find.stakeholder", name=stakeholder.name)
        page = PageRef(page="stakeholders")
        yield from _texts("stakeholder", stakeholder, ("name", "contact_person", "interest"), where, page)
    for heard in plan.inputs:
        where = Message("exchange.find.input", name=names.get(heard.stakeholder, "") or heard.author)
        page = PageRef(page="inputs")
        yield from _texts("input", heard, ("author", "body", "answer", "answered_by"), where, page)


def _all(
    table: str, rows: Iterable[Any], fields: tuple[str, ...], where: Message, page: PageRef
) -> Iterator[GroundText]:
    for row in rows:
        yield from _texts(table, row, fields, where, page)


def _texts(
    table: str, row: Any, fields: tuple[str, ...], where: Message, page: PageRef
) -> Iterator[GroundText]:
    for field in fields:
        value = getattr(row, field)
        text = value if isinstance(value, Text) else Text({"": value} if value else {})
        for language, written in text.values.items():
            if written:
                place = Place(table, row.id, field, language)
                yield GroundText(place, where, page, text)
