"""Who holds an office on a day: officials come and go, and a signature block names who is there now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, Protocol, TypeVar

from desktop.workspace.plan import Person, Plan

ACTING = {"plt": "Plt.", "plh": "Plh.", "pj": "Pj."}
"""How an official who holds an office for another is written before its name, in both languages."""
Tenure = Literal["current", "former", "future"]
"""Whether an office is held on a day, was held before it, or will be held after it."""


def tenure(person: Person, day: dt.date) -> Tenure:
    """Where a person stands on a day; both ends of a term belong to it, an end not stated is open."""
    now = day.isoformat()
    if person.until and person.until < now:
        return "former"
    return "future" if person.since and person.since > now else "current"


def holders(plan: Plan, role: str, day: dt.date) -> tuple[Person, ...]:
    """Everybody named who holds an office of the guideline on a day, in the plan's order."""
    return tuple(
        person for person in named(plan, role) if person.name.strip() and tenure(person, day) == "current"
    )


def named(plan: Plan, role: str) -> tuple[Person, ...]:
    """Everybody who holds, held or will hold an office of the guideline."""
    return tuple(person for person in plan.people if person.role == role)


def holder(plan: Plan, role: str, day: dt.date, agency: str = "") -> Person | None:
    """Who signs for an office on a day: its holder, and of several the one in office last.

    ``agency`` narrows an office that every agency has to one of them. A name beats a row without one.
    Nobody is named whose term is over or has not begun.
    """
    there = [person for person in named(plan, role) if tenure(person, day) == "current"]
    there = [person for person in there if not agency or person.agency == agency]
    return last_come(there)


class Term(Protocol):
    """Somebody in an office, from a day on."""

    @property
    def name(self) -> str:
        """Empty where nobody is named yet."""

    @property
    def since(self) -> str:
        """ISO; empty where it is not stated."""


T = TypeVar("T", bound=Term)


def last_come(there: Iterable[T]) -> T | None:
    """Whom documents name of those who are in one office: who came last; a name before none."""
    found = sorted(there, key=lambda one: one.since, reverse=True)
    return next((one for one in found if one.name.strip()), found[0] if found else None)


def by_role(plan: Plan, roles: Iterable[str], day: dt.date) -> dict[str, Person]:
    """The holders of several offices on a day, without those that nobody holds."""
    found = ((role, holder(plan, role, day)) for role in dict.fromkeys(roles))
    return {role: person for role, person in found if person is not None}


def as_signed(person: Person, office: str) -> str:
    """An office as it is signed with: *Plt. Bupati* for who only acts in it."""
    return signed_office(person.acting, office)


def signed_office(acting: str, office: str) -> str:
    """The same by the word that says how somebody acts in an office; empty for who holds it."""
    office = office.strip()
    before = ACTING.get(acting, "")
    if not before or office.casefold().startswith((before.casefold(), f"{before[:-1].casefold()} ")):
        return office
    return f"{before} {office}".strip()
