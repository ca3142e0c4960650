"""The guideline's terms (short, medium, long) counted from a plan's first year."""

from __future__ import annotations

from desktop.guideline.pack import Pack, Term
from desktop.workspace.plan import Plan


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
