"""Does the money add up, lie in the right years, and not come from one purse only?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desktop.base import Message, Rupiah
from desktop.base.message import Param
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, number
from desktop.checks.spots import PROGRAMMES, ProgrammeSpot, called, programme_page
from desktop.guideline.pack import Rule
from desktop.workspace.moving.slots import funding_called
from desktop.workspace.plan import BudgetLine, Place, Programme

FIGURES = ("indicative", "ceiling", "realised")


def planned(line: BudgetLine) -> int:
    """The planned amount of a line in whole rupiah: the indicative figure, else the ceiling, else 0."""
    return line.indicative if line.indicative is not None else line.ceiling or 0


def _place(programme: Programme, line: BudgetLine, figure: str) -> Place:
    return Place("budget_line", line.id, figure, scope=programme.id)


def _source(reading: Reading, line: BudgetLine) -> Param:
    funding = reading.funding.get(line.source)
    return funding.label if funding else funding_called(reading.plan, line.source)


@check_rule("budget_reconciles")
def budget_reconciles(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The stated sum of a programme is the sum of its lines; no line is there twice, none is negative.

    The lines count with their indicative figure, or their ceiling where no indicative one is stated.
    ``tolerance`` is how many whole rupiah a sum may be off (0).
    """
    tolerance = number(rule, "tolerance", 0)
    for programme in reading.plan.programmes:
        total, lines = programme.total_budget, sum(map(planned, programme.budget))
        if total is not None and abs(total - lines) > tolerance:
            message = Message(
                "checks.budget.sum",
                programme=called(programme.title),
                total=Rupiah(total),
                lines=Rupiah(lines),
                difference=Rupiah(abs(total - lines)),
            )
            yield Hit(message, Place("programme", programme.id, "total_budget"), programme_page(programme))
        yield from _twice(reading, programme)
        yield from _negative(programme)


def _twice(reading: Reading, programme: Programme) -> Iterator[Hit]:
    seen: set[tuple[int, str]] = set()
    for line in programme.budget:
        if (line.year, line.source) in seen:
            message = Message(
                "checks.budget.twice",
                programme=called(programme.title), year=str(line.year), source=_source(reading, line),
            )  # fmt: skip
            yield Hit(message, _place(programme, line, "source"), programme_page(programme), "twice")
        seen.add((line.year, line.source))


def _negative(programme: Programme) -> Iterator[Hit]:
    for line in programme.budget:
        for figure in FIGURES:
            amount = getattr(line, figure)
            if amount is not None and amount < 0:
                message = Message(
                    "checks.budget.negative",
                    programme=called(programme.title), year=str(line.year), amount=Rupiah(amount),
                )  # fmt: skip
                yield Hit(message, _place(programme, line, figure), programme_page(programme), "negative")


@check_rule("ceiling_within_indicative")
def ceiling_within_indicative(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No ceiling (pagu) is above its indicative figure by more than ``percent`` (0)."""
    yield from _above(reading, "ceiling", "indicative", number(rule, "percent", 0))


@check_rule("realised_within_ceiling")
def realised_within_ceiling(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """No realised amount is above its ceiling (pagu)."""
    yield from _above(reading, "realised", "ceiling", 0)


def _above(reading: Reading, upper: str, lower: str, percent: int) -> Iterator[Hit]:
    for programme in reading.plan.programmes:
        for line in programme.budget:
            high, low = getattr(line, upper), getattr(line, lower)
            if high is not None and low is not None and high * 100 > low * (100 + percent):
                values: dict[str, Param] = {
                    "programme": called(programme.title), "year": str(line.year),
                    "amount": Rupiah(high), "limit": Rupiah(low),
                }  # fmt: skip
                message = (
                    Message("checks.budget.ceiling_above", **values)
                    if upper == "ceiling"
                    else Message("checks.budget.realised_above", **values)
                )
                yield Hit(message, _place(programme, line, upper), programme_page(programme))


@check_rule("budget_in_years")
def budget_in_years(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every budget line lies in a year of the plan and of its programme."""
    plan = reading.plan
    for programme in plan.programmes:
        first = max(plan.first_year, programme.start_year or plan.first_year)
        last = min(plan.last_year, programme.end_year or plan.last_year)
        for line in programme.budget:
            if not first <= line.year <= last:
                message = Message(
                    "checks.budget.year",
                    programme=called(programme.title), year=str(line.year), first=str(first), last=str(last),
                )  # fmt: skip
                yield Hit(message, _place(programme, line, "year"), programme_page(programme))


@check_rule("budget_every_year")
def budget_every_year(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """A programme with money has some in each of its years within the plan."""
    for programme in reading.plan.programmes:
        start, end = programme.start_year, programme.end_year
        if start is None or end is None or not programme.budget:
            continue
        with_money = {line.year for line in programme.budget if planned(line)}
        without = [year for year in reading.plan.years if start <= year <= end and year not in with_money]
        if without:
            message = Message(
                "checks.budget.no_money_in",
                programme=called(programme.title), years=", ".join(map(str, without)),
            )  # fmt: skip
            yield Hit(message, ProgrammeSpot(programme, "budget").place(), programme_page(programme), "years")


@check_rule("budget_missing", yields_to=("programme_complete",))
def budget_missing(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every programme has an amount of money in some year."""
    for programme in reading.plan.programmes:
        if not any(map(planned, programme.budget)):
            message = Message("checks.budget.missing", programme=called(programme.title))
            yield Hit(message, ProgrammeSpot(programme, "budget").place(), programme_page(programme))


@check_rule("budget_source_known")
def budget_source_known(reading: Reading, _rule: Rule) -> Iterator[Hit]:
    """Every budget line names a source of money that the guideline knows."""
    for programme in reading.plan.programmes:
        for line in programme.budget:
            if line.source not in reading.funding:
                message = Message(
                    "checks.budget.source", programme=called(programme.title), year=str(line.year)
                )
                yield Hit(message, _place(programme, line, "source"), programme_page(programme))


@check_rule("non_apbd_source")
def non_apbd_source(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Some money comes from outside the regional budget: at least ``percent`` (any) of the whole.

    With ``min`` it comes from that many sources. Assessors fault plans that live on the APBD alone
    (facts.md 0.5).
    """
    least = number(rule, "min", 1)
    sources = _other_sources(reading)
    if 0 < len(sources) < least:
        message = Message("checks.budget.few_sources", n=least, there=len(sources))
        yield Hit(message, Place("budget_line", field="source"), PROGRAMMES, "sources")
    share = _short_share(reading, "non_apbd", number(rule, "percent", 0))
    if share is not None:
        message = (
            Message("checks.budget.non_apbd_share", percent=number(rule, "percent", 0), share=share)
            if share
            else Message("checks.budget.non_apbd")
        )
        yield Hit(message, Place("budget_line", field="source"), PROGRAMMES)


@check_rule("apbd_share")
def apbd_share(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """The regional budget (APBD) itself carries at least ``percent`` (any) of the whole."""
    share = _short_share(reading, "apbd", number(rule, "percent", 0))
    if share is not None:
        message = (
            Message("checks.budget.apbd_share", percent=number(rule, "percent", 0), share=share)
            if share
            else Message("checks.budget.apbd")
        )
        yield Hit(message, Place("budget_line", field="source"), PROGRAMMES)


def _other_sources(reading: Reading) -> set[str]:
    """The sources outside the regional budget that some money comes from."""
    outside = {source.id for source in reading.pack.planning.funding if source.kind == "non_apbd"}
    return {
        line.source
        for programme in reading.plan.programmes
        for line in programme.budget
        if line.source in outside and planned(line) > 0
    }


def _short_share(reading: Reading, kind: str, percent: int) -> int | None:
    """The share of one kind of money in whole percent, when it is none or too small; else None.

    A plan without any money is another check's remark.
    """
    amounts: Counter[str] = Counter()
    for programme in reading.plan.programmes:
        for line in programme.budget:
            funding = reading.funding.get(line.source)
            amounts[funding.kind if funding else ""] += planned(line)
    whole = sum(amounts.values())
    if whole <= 0 or (amounts[kind] > 0 and amounts[kind] * 100 >= percent * whole):
        return None
    return amounts[kind] * 100 // whole
