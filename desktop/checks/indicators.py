"""Can it be seen whether a programme works? Indicators, baselines, yearly targets and their direction."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from desktop.base import Message
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, flag
from desktop.checks.spots import IndicatorSpot, ProgrammeSpot, called, programme_page
from desktop.guideline.pack import Rule
from desktop.workspace.plan import Indicator, Place, Programme, Target

DIRECTIONS = ("up", "down", "keep")


def _indicators(reading: Reading) -> Iterator[tuple[Programme, Indicator]]:
    return (
        (programme, indicator) for programme in reading.plan.programmes for indicator in programme.indicators
    )


def _dated(indicator: Indicator) -> list[tuple[Target, Decimal]]:
    """The targets that have a value, by year."""
    return sorted(
        ((target, target.target) for target in indicator.targets if target.target is not None),
        key=lambda pair: pair[0].year,
    )


@check_rule("indicator_missing", yields_to=("programme_complete",))
def indicator_missing(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every programme has an indicator."""
    for programme in reading.plan.programmes:
        if not programme.indicators:
            message = Message("checks.indicator.missing", programme=called(programme.title))
            yield Hit(message, ProgrammeSpot(programme, "indicator").place(), programme_page(programme))


@check_rule("baseline_missing")
def baseline_missing(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every indicator says where it starts; with ``year`` also in which year that was measured."""
    for programme, indicator in _indicators(reading):
        spot = IndicatorSpot(programme, indicator, "baseline")
        if indicator.baseline is None:
            yield Hit(Message("checks.indicator.baseline", where=spot.where()), spot.place(), spot.page)
        elif flag(rule, "year") and indicator.baseline_year is None:
            spot = IndicatorSpot(programme, indicator, "baseline_year")
            yield Hit(Message("checks.indicator.baseline_year", where=spot.where()), spot.place(), spot.page)


@check_rule("targets_missing")
def targets_missing(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every indicator has a target for the last year of its programme; with ``every_year`` for each year."""
    plan = reading.plan
    for programme, indicator in _indicators(reading):
        first = max(plan.first_year, programme.start_year or plan.first_year)
        last = min(plan.last_year, programme.end_year or plan.last_year)
        there = {target.year for target, _ in _dated(indicator)}
        asked = range(first, last + 1) if flag(rule, "every_year") else range(last, last + 1)
        without = [str(year) for year in asked if year not in there]
        if without and first <= last:
            spot = IndicatorSpot(programme, indicator, "targets")
            message = Message("checks.indicator.targets", where=spot.where(), years=", ".join(without))
            yield Hit(message, spot.place(), spot.page)


@check_rule("unit_missing")
def unit_missing(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every indicator says what it counts in."""
    for programme, indicator in _indicators(reading):
        if not indicator.unit.strip():
            spot = IndicatorSpot(programme, indicator, "unit")
            yield Hit(Message("checks.indicator.unit", where=spot.where()), spot.place(), spot.page)


@check_rule("target_direction")
def target_direction(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Targets move the way the indicator is meant to move.

    ``up``: no target is below the one before it and the last is not below the baseline; ``down`` the
    other way round (mortality, poverty, waiting time); ``keep``: every target is the same. Values are
    compared as decimals, exactly. At most one remark for the baseline and one for the course of targets.
    """
    for programme, indicator in _indicators(reading):
        spot = IndicatorSpot(programme, indicator, "direction")
        if indicator.direction not in DIRECTIONS:
            message = Message("checks.indicator.no_direction", where=spot.where())
            yield Hit(message, spot.place(), spot.page)
            continue
        targets = _dated(indicator)
        yield from _against_baseline(spot, targets)
        yield from _against_each_other(spot, targets)


def _against_baseline(spot: IndicatorSpot, targets: list[tuple[Target, Decimal]]) -> Iterator[Hit]:
    baseline, direction = spot.indicator.baseline, spot.indicator.direction
    if baseline is None or not targets or direction == "keep":
        return
    last, value = targets[-1]
    if (value < baseline) if direction == "up" else (value > baseline):
        values: dict[str, Param] = {
            "where": spot.where(),
            "year": str(last.year),
            "target": value,
            "baseline": baseline,
        }
        message = (
            Message("checks.indicator.below_baseline", **values)
            if direction == "up"
            else Message("checks.indicator.above_baseline", **values)
        )
        place = Place("target", last.id, "target", scope=spot.indicator.id)
        yield Hit(message, place, spot.page, "baseline", spot.place())


def _against_each_other(spot: IndicatorSpot, targets: list[tuple[Target, Decimal]]) -> Iterator[Hit]:
    direction = spot.indicator.direction
    for (before, earlier), (after, later) in pairwise(targets):
        against = {"up": later < earlier, "down": later > earlier, "keep": later != earlier}
        if not against[direction]:
            continue
        values: dict[str, Param] = {
            "where": spot.where(), "year": str(after.year), "before": str(before.year),
            "target": later, "earlier": earlier,
        }  # fmt: skip
        match direction:
            case "up":
                message = Message("checks.indicator.falls", **values)
            case "down":
                message = Message("checks.indicator.rises", **values)
            case _:
                message = Message("checks.indicator.changes", **values)
        place = Place("target", after.id, "target", scope=spot.indicator.id)
        yield Hit(message, place, spot.page, "course", spot.place())
        return
