"""Are the offices filled, each by one person, on the day the books are printed? Do agencies have codes?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.base import LocalText, Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, words
from desktop.checks.spots import AGENCIES, day
from desktop.guideline.pack import Pack, Role, Rule
from desktop.workspace.offices import holders, named, tenure
from desktop.workspace.plan import Place

AGENCY_CODE = re.compile(r"\d\.\d{2}(\.\d{1,4})*(-\d\.\d{2}(\.\d{1,4})*)*")
"""Area and field of government (``2.16``), with what follows; agencies of several fields name each (SIPD)."""


def held_by_several(pack: Pack) -> frozenset[str]:
    """Offices that many people hold at the same time: whose holder signs each agency's copy of a sheet."""
    return frozenset(book.signers[0] for book in pack.books if book.per == "agency" and book.signers)


@check_rule("role_named")
def role_named(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Somebody is named for each office of the guideline (or of ``roles``)."""
    chosen = words(rule, "roles")
    held = {person.role for person in reading.plan.people if person.name.strip()}
    for role in reading.pack.roles:
        if (not chosen or role.id in chosen) and role.id not in held:
            message = Message("checks.role_named", role=role.label)
            yield Hit(message, Place("person", field="role", item=role.id), AGENCIES)


@check_rule("office_current")
def office_current(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Who is named for an office (of ``roles``, or any) holds it on the day of printing, and alone."""
    chosen, several = words(rule, "roles"), held_by_several(reading.pack)
    for role in reading.pack.roles:
        if role.id in several or (chosen and role.id not in chosen):
            continue
        there = holders(reading.plan, role.id, reading.today)
        if len(there) > 1:
            names = ", ".join(person.name.strip() for person in there)
            message = Message("checks.office.several", role=role.label, names=names)
            yield Hit(message, Place("person", there[1].id, "until"), AGENCIES, role.id)
        elif not there:
            yield from _nobody(reading, role)


def _nobody(reading: Reading, role: Role) -> Iterator[Hit]:
    """An office whose holder has left, or has not begun; one that was never filled is ``role_named``'s."""
    known = [person for person in named(reading.plan, role.id) if person.name.strip()]
    if not known:
        return
    person = max(known, key=lambda each: each.until)
    if tenure(person, reading.today) == "former":
        message = Message("checks.office.over", name=person.name, role=role.label, until=day(person.until))
        yield Hit(message, Place("person", person.id, "until"), AGENCIES)
    else:
        first = min(known, key=lambda each: each.since)
        message = Message("checks.office.not_yet", name=first.name, role=role.label, since=day(first.since))
        yield Hit(message, Place("person", first.id, "since"), AGENCIES)


@check_rule("agency_code")
def agency_code(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """An agency's code, where it has one, is of the form ``n.nn``, and no two agencies share one."""
    seen: dict[str, str] = {}
    for agency in reading.plan.agencies:
        code = agency.code.strip()
        if not code:
            continue
        name = LocalText(dict(agency.name.values)) if agency.name else agency.short_name
        place = Place("agency", agency.id, "code")
        if AGENCY_CODE.fullmatch(code) is None:
            yield Hit(Message("checks.agency.code", agency=name, code=code), place, AGENCIES)
        elif code in seen:
            yield Hit(Message("checks.agency.same_code", agency=name, code=code), place, AGENCIES, "same")
        seen.setdefault(code, agency.id)
