"""Do all years lie within the plan, and in order?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Message
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number
from desktop.checks.spots import PROFILE, ProgrammeSpot, called, named, programme_page
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Place, Programme


@check_rule("years_outside_plan")
def years_outside_plan(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Years of programmes, activities and targets lie within the plan; no programme ends before it starts."""
    plan = reading.plan
    for programme in plan.programmes:
        title, page = called(programme.title), programme_page(programme)
        for name in ("start_year", "end_year"):
            year = getattr(programme, name)
            if year is not None and year not in plan.years:
                message = Message(
                    "checks.years_outside_plan.programme",
                    programme=title, year=str(year), first=str(plan.first_year), last=str(plan.last_year),
                )  # fmt: skip
                yield Hit(message, ProgrammeSpot(programme, name).place(), page)
        start, end = programme.start_year, programme.end_year
        if start is not None and end is not None and end < start:
            message = Message(
                "checks.years_outside_plan.order", programme=title, start=str(start), end=str(end)
            )
            yield Hit(message, ProgrammeSpot(programme, "end_year").place(), page, "order")
        yield from _activities(reading, programme)
        for indicator in programme.indicators:
            for target in indicator.targets:
                if target.year not in plan.years:
                    message = Message(
                        "checks.years_outside_plan.target",
                        programme=title, indicator=named(indicator.name), year=str(target.year),
                        first=str(plan.first_year), last=str(plan.last_year),
                    )  # fmt: skip
                    yield Hit(message, Place("target", target.id, "target", scope=indicator.id), page)


def _activities(reading: Reading, programme: Programme) -> Iterator[Hit]:
    """An activity lies within the years of its programme, or of the plan where those are open."""
    first = programme.start_year if programme.start_year is not None else reading.plan.first_year
    last = programme.end_year if programme.end_year is not None else reading.plan.last_year
    for activity in programme.activities:
        for name in ("start_year", "end_year"):
            year = getattr(activity, name)
            if year is not None and not first <= year <= last:
                message = Message(
                    "checks.years_outside_plan.activity",
                    activity=named(activity.title), programme=called(programme.title),
                    year=str(year), first=str(first), last=str(last),
                )  # fmt: skip
                place = Place("activity", activity.id, name, scope=programme.id)
                yield Hit(message, place, programme_page(programme))


@check_rule("plan_years")
def plan_years(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The plan is as long as the guideline says (``min`` and ``max`` years, else the pack's own)."""
    least = number(rule, "min", reading.pack.pack.min_years)
    most = number(rule, "max", reading.pack.pack.max_years)
    length = len(reading.plan.years)
    if not least <= length <= most:
        message = Message("checks.plan_years", length=length, least=least, most=most)
        yield Hit(message, Place("plan", field="last_year"), PROFILE)
