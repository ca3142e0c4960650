"""The guideline's terms (short, medium, long) counted from a plan's first year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from desktop.guideline.pack import Pack, Term
from desktop.workspace.plan import Indicator, Plan, Programme


def term_of(plan: Plan, pack: Pack, start: int | None, end: int | None) -> Term | None:
    """The shortest term of the guideline in which something ends; the longest where none reaches so far."""
    last = end if end is not None else start
    if last is None:
        return None
    reach = last - plan.first_year + 1
    terms = sorted(pack.planning.terms, key=lambda term: term.years)
    return next((term for term in terms if term.years >= reach), terms[-1] if terms else None)


def spans(plan: Plan, pack: Pack) -> tuple[tuple[Term, int, int], ...]:
    """Each term with the years of the plan that it adds to the shorter one."""
    found: list[tuple[Term, int, int]] = []
    first = plan.first_year
    for term in sorted(pack.planning.terms, key=lambda term: term.years):
        last = min(plan.first_year + term.years - 1, plan.last_year)
        if last >= first:
            found.append((term, first, last))
            first = last + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A programme that ends in a term, and what its first indicator with a target shall show by then."""

    programme: Programme
    indicator: Indicator | None
    target: Decimal | None


def milestones(plan: Plan, pack: Pack) -> tuple[tuple[str, tuple[tuple[Milestone, ...], ...]], ...]:
    """By dimension (its id; empty for programmes without one): a cell of milestones for each term.

    Dimensions without a programme that has years are left out.
    """
    terms = [term.id for term, _, _ in spans(plan, pack)]
    order = [dimension.id for dimension in pack.dimensions]
    cells: dict[str, list[list[Milestone]]] = {}
    for programme in plan.programmes:
        term = term_of(plan, pack, programme.start_year, programme.end_year)
        if term is None or not terms:
            continue
        key = programme.dimension if programme.dimension in order else ""
        row = cells.setdefault(key, [[] for _ in terms])
        place = terms.index(term.id) if term.id in terms else len(terms) - 1
        row[place].append(_milestone(programme))
    known = [key for key in [*order, ""] if key in cells]
    return tuple((key, tuple(tuple(cell) for cell in cells[key])) for key in known)


def _milestone(programme: Programme) -> Milestone:
    for indicator in programme.indicators:
        # of two of one year the last counts, as in the table of indicators
        printed = {each.year: each for each in indicator.targets}.values()
        stated = [each for each in printed if each.target is not None]
        if stated:
            return Milestone(programme, indicator, max(stated, key=lambda each: each.year).target)
    return Milestone(programme, next(iter(programme.indicators), None), None)


def term_years(plan: Plan, pack: Pack, term: str) -> range | None:
    """The calendar years that a term adds to the shorter one, even beyond the plan; None if unknown."""
    first = plan.first_year
    for each in sorted(pack.planning.terms, key=lambda one: one.years):
        last = plan.first_year + each.years - 1
        if each.id == term:
            return range(first, last + 1)
        first = last + 1
    return None
