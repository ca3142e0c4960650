"""Does the plan stay within what the RPJMD allows each programme in each year?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desktop.base import Message, Rupiah
from desktop.base.message import Param
from desktop.checks.budget import FIGURES
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number
from desktop.checks.spots import called, programme_page
from desktop.guideline.pack import Rule
from desktop.workspace.plan import BudgetLine, Place, Programme

PLANNED = FIGURES[:2]
"""The figures that a ceiling of the RPJMD limits: indicative and ceiling (pagu)."""


class Exceeded(NamedTuple):
    """A year in which a figure is above what the RPJMD allows; both in whole rupiah."""

    year: int
    figure: str
    amount: int
    allowed: int


def exceeded(programme: Programme, percent: int = 0) -> Iterator[Exceeded]:
    """The years in which a programme plans more than ``percent`` above its RPJMD ceiling.

    Each of the two planned figures is summed over all sources; where both are too high the pagu is told.
    """
    allowed = {each.year: each.amount for each in programme.ceilings if each.amount is not None}
    for year, limit in sorted(allowed.items()):
        sums = {figure: of_year(programme.budget, figure, year) for figure in PLANNED}
        for figure in reversed(PLANNED):
            amount = sums[figure]
            if amount is not None and amount * 100 > limit * (100 + percent):
                yield Exceeded(year, figure, amount, limit)
                break


def of_year(lines: tuple[BudgetLine, ...], figure: str, year: int) -> int | None:
    """The sum of one figure in one year over all sources; None where none is stated."""
    amounts = [getattr(line, figure) for line in lines if line.year == year]
    stated = [amount for amount in amounts if amount is not None]
    return sum(stated) if stated else None


@check_rule("within_rpjmd_ceiling")
def within_rpjmd_ceiling(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """In no year is a programme's budget more than ``percent`` (0) above its ceiling in the RPJMD."""
    for programme in reading.plan.programmes:
        for each in exceeded(programme, number(rule, "percent", 0)):
            values: dict[str, Param] = {
                "programme": called(programme.title), "year": str(each.year),
                "amount": Rupiah(each.amount), "allowed": Rupiah(each.allowed),
                "difference": Rupiah(each.amount - each.allowed),
            }  # fmt: skip
            message = (
                Message("checks.rpjmd_ceiling.pagu", **values)
                if each.figure == "ceiling"
                else Message("checks.rpjmd_ceiling.indicative", **values)
            )
            row = next(ceiling.id for ceiling in programme.ceilings if ceiling.year == each.year)
            place = Place("rpjmd_ceiling", row, "amount", scope=programme.id)
            yield Hit(message, place, programme_page(programme))
