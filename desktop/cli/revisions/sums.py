"""The figures of the budget that are not what they were between two states of a plan."""

from __future__ import annotations

from desktop.base import Language, Message
from desktop.base.speech import value_text
from desktop.books.revisions import Money, Sum
from desktop.checks.spots import named
from desktop.workspace.plan import Plan

FIGURES = (
    ("indicative", Message("cli.revisions.indicative")),
    ("ceiling", Message("cli.revisions.pagu")),
    ("realised", Message("cli.revisions.realised")),
)


def money(before: Plan, after: Plan, language: Language) -> tuple[Money, ...]:
    """The figures of the budget that are not what they were: by year, and by programme."""
    found = []
    for figure, name in FIGURES:
        years = sorted(
            {line.year for plan in (before, after) for each in plan.programmes for line in each.budget}
        )
        by_year = [Sum(str(y), _by_year(before, figure, y), _by_year(after, figure, y)) for y in years]
        was, now = _by_programme(before, figure), _by_programme(after, figure)
        titles = {each.id: named(each.title) for plan in (before, after) for each in plan.programmes}
        programmes = [
            Sum(titles[each], was.get(each, 0), now.get(each, 0))
            for each in dict.fromkeys((*now, *was))
            if was.get(each, 0) != now.get(each, 0)
        ]
        if programmes or any(each.before != each.after for each in by_year):
            found.append(Money(value_text(name, language), tuple(by_year), tuple(programmes)))
    return tuple(found)


def _by_year(plan: Plan, figure: str, year: int) -> int:
    lines = (line for each in plan.programmes for line in each.budget if line.year == year)
    return sum(getattr(line, figure) or 0 for line in lines)


def _by_programme(plan: Plan, figure: str) -> dict[str, int]:
    return {each.id: sum(getattr(line, figure) or 0 for line in each.budget) for each in plan.programmes}
