"""Which agency a change was written by: the journal knows names, roles and copies, not agencies.

The rule, in this order; the first that says something is taken:

1. a person of the plan with the author's name (capitals and blanks do not count): that person's agency;
2. an agency called as the author is (an office that signs with its own name);
3. somebody to whom this copy handed something out under that name: the agency it was for, unless
   namesakes in several agencies got something;
4. in a copy that was made for an agency, whoever writes there with no other office: that agency;
5. for somebody of an agency's role: the agency to which their copy was handed out from here;
6. for the same: that of the others who wrote in the same copy, if they all have one.

Whom none of it says anything about belongs to no agency: the secretary, mentors, assessors, guests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from desktop.checks.next_steps import own_agency
from desktop.workspace.plan import Plan
from desktop.workspace.reviewing import REVIEWERS
from desktop.workspace.story import Hands

_NO_AGENCY = frozenset({"secretary", *REVIEWERS})
"""Roles that belong to no agency unless the plan's own list of people says so."""


class Authors:
    """The agency of everybody who wrote in a workspace."""

    def __init__(self, plan: Plan, hands: Hands) -> None:
        self._plan = plan
        self._hands = hands
        self._by_name: dict[str, str] = {}
        self._given = _only([(_key(person), agency) for person, agency in hands.given if person])
        self._by_copy = self._copies()

    def agency(self, author: str, role: str = "", replica: str = "") -> str:
        """The id of an author's agency, or empty."""
        named = self._named(author)
        if named:
            return named
        if role in _NO_AGENCY:
            return ""
        mine = self._hands.made_for
        if mine is not None and mine.agency and replica == self._hands.replica:
            return mine.agency
        return self._by_copy.get(replica, "") if role == "agency" else ""

    def of_agency(self, agency: str) -> frozenset[str]:
        """Everybody who ever wrote for an agency, by name."""
        return frozenset(
            each.author
            for each in self._hands.hands
            if self.agency(each.author, each.role, each.replica) == agency
        )

    def _named(self, author: str) -> str:
        key = _key(author)
        if key not in self._by_name:
            self._by_name[key] = own_agency(self._plan, " ".join(author.split())) or self._given.get(key, "")
        return self._by_name[key]

    def _copies(self) -> dict[str, str]:
        found: dict[str, set[str]] = defaultdict(set)
        for each in self._hands.hands:
            agency = self._named(each.author)
            if agency:
                found[each.replica].add(agency)
            elif each.role in _NO_AGENCY:
                found[each.replica].add("")
        for replica, person in self._hands.people.items():
            agency = self._named(person)
            if agency:
                found[replica].add(agency)
        agreed = {replica: next(iter(all_of)) for replica, all_of in found.items() if len(all_of) == 1}
        return {**agreed, **self._hands.copies}


def _only(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names that lead to one agency; two people of one name are told apart by their copies."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, agency in pairs:
        found[name].add(agency)
    return {name: next(iter(all_of)) for name, all_of in found.items() if len(all_of) == 1}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


__all__ = ["Authors"]
