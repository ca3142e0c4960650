"""Does the action plan add up, from sub-activities to programmes, and reach every area it must?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from desktop.base import Message, Rupiah
from desktop.checks.budget import planned
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number, words
from desktop.checks.spots import PROGRAMMES, called, named, programme_page
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Activity, Place, Programme


def of_sub_activities(activity: Activity) -> int | None:
    """What its sub-activities cost together, in whole rupiah; None where none states an amount."""
    amounts = [each.budget for each in activity.sub_activities if each.budget is not None]
    return sum(amounts) if amounts else None


def of_activities(programme: Programme) -> int | None:
    """What its activities cost together, in whole rupiah; None where none states an amount.

    An activity that states none costs what its sub-activities do.
    """
    amounts = [
        each.budget if each.budget is not None else of_sub_activities(each) for each in programme.activities
    ]
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None


def whole_of(programme: Programme) -> int:
    """What a programme costs in whole rupiah: its stated total, else the sum of its lines."""
    total = programme.total_budget
    return sum(map(planned, programme.budget)) if total is None else total


@check_rule("sub_activities_reconcile")
def sub_activities_reconcile(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The sub-activities of an activity cost together what the activity states (``tolerance``: rupiah)."""
    tolerance = number(rule, "tolerance", 0)
    for programme in reading.plan.programmes:
        for activity in programme.activities:
            parts, whole = of_sub_activities(activity), activity.budget
            if parts is not None and whole is not None and abs(parts - whole) > tolerance:
                message = Message(
                    "checks.sub_activities", activity=named(activity.title),
                    parts=Rupiah(parts), whole=Rupiah(whole), difference=Rupiah(abs(parts - whole)),
                )  # fmt: skip
                place = Place("activity", activity.id, "budget", scope=programme.id)
                yield Hit(message, place, programme_page(programme))


@check_rule("activities_within_programme")
def activities_within_programme(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The activities of a programme cost together no more than the programme (``tolerance``: rupiah)."""
    tolerance = number(rule, "tolerance", 0)
    for programme in reading.plan.programmes:
        parts, whole = of_activities(programme), whole_of(programme)
        if parts is not None and whole and parts - whole > tolerance:
            message = Message(
                "checks.activities_above", programme=called(programme.title),
                parts=Rupiah(parts), whole=Rupiah(whole), difference=Rupiah(parts - whole),
            )  # fmt: skip
            yield Hit(
                message, Place("activity", field="budget", scope=programme.id), programme_page(programme)
            )


@check_rule("dimension_action")
def dimension_action(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """In each dimension some programme has an activity of every one of the ``areas`` (all, if none named).

    A missing action plan for human resources is what evaluators fault (facts.md 0.5). Silent about a
    dimension without any programme: that is another remark. ``dimension(s)`` narrows it.
    """
    chosen = words(rule, "dimension", "dimensions")
    known = {area.id: area.label for area in reading.pack.planning.action_areas}
    areas = [area for area in words(rule, "areas") or tuple(known) if area in known]
    there: dict[str, set[str]] = defaultdict(set)
    for programme in reading.plan.programmes:
        there[programme.dimension] |= {activity.area for activity in programme.activities}
    for dimension in reading.pack.dimensions:
        if dimension.id not in there or (chosen and dimension.id not in chosen):
            continue
        for area in areas:
            if area not in there[dimension.id]:
                message = Message("checks.dimension_action", dimension=dimension.name, area=known[area])
                place = Place("activity", field="area", item=f"{dimension.id}.{area}")
                yield Hit(message, place, PROGRAMMES, area)
