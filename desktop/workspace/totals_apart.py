"""Money filled differently: what the plan's totals come to with each side's figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.base.canonical import Json
from desktop.workspace.plan import BudgetLine, Plan, Programme

TotalKind = Literal["programme", "year", "source", "dimension", "plan"]
FIGURES = ("indicative", "ceiling", "realised")
"""The figures of a budget line, each with totals of its own."""


@dataclass(frozen=True, slots=True)
class Total:
    """One total in whole rupiah as it comes to with each side, in the order of the sides."""

    kind: TotalKind
    name: str
    """What it is of: the id of the programme or dimension, a year, a source; empty for the whole plan."""
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """A figure of money filled differently; a side without a figure counts as nothing."""

    figure: str
    amounts: tuple[int | None, ...]
    """What each side says."""
    totals: tuple[Total, ...]

    def difference(self, side: int) -> int:
        """How much more a side says than the first one."""
        return (self.amounts[side] or 0) - (self.amounts[0] or 0)


def money(plan: Plan, table: str, row: str, field: str, sides: Sequence[Json]) -> Money | None:
    """What a conflict about money amounts to; None where it is about something else, or not about figures."""
    amounts = tuple(each if type(each) is int else None for each in sides)
    if any(each is not None and type(each) is not int for each in sides) or not any(
        each is not None for each in amounts
    ):
        return None
    match table:
        case "budget_line" if field in FIGURES:
            return Money(field, amounts, tuple(_of_line(plan, row, field, amounts)))
        case "rpjmd_ceiling" if field == "amount":
            return Money(field, amounts, tuple(_of_ceiling(plan, row, amounts)))
        case "activity" | "sub_activity" if field == "budget":
            return Money(field, amounts, ())
        case "programme" if field == "total_budget":
            return Money(field, amounts, tuple(_of_stated(plan, row, amounts)))
        case _:
            return None


def _with(kind: TotalKind, name: str, rest: int, amounts: Sequence[int | None]) -> Total:
    return Total(kind, name, tuple(rest + (each or 0) for each in amounts))


def _of_line(plan: Plan, row: str, field: str, amounts: Sequence[int | None]) -> Iterator[Total]:
    found = next(((each, line) for each in plan.programmes for line in each.budget if line.id == row), None)
    if found is None:
        return
    programme, line = found

    def rest(wanted: Callable[[Programme, BudgetLine], bool]) -> int:
        return sum(
            getattr(other, field) or 0
            for each in plan.programmes
            for other in each.budget
            if other.id != row and wanted(each, other)
        )

    yield _with("programme", programme.id, rest(lambda each, _: each is programme), amounts)
    yield _with("year", str(line.year), rest(lambda _, other: other.year == line.year), amounts)
    yield _with("source", line.source, rest(lambda _, other: other.source == line.source), amounts)
    if programme.dimension:
        same = programme.dimension
        yield _with("dimension", same, rest(lambda each, _: each.dimension == same), amounts)
    yield _with("plan", "", rest(lambda *_: True), amounts)


def _of_ceiling(plan: Plan, row: str, amounts: Sequence[int | None]) -> Iterator[Total]:
    found = next(((each, own) for each in plan.programmes for own in each.ceilings if own.id == row), None)
    if found is None:
        return
    programme, own = found
    everything = [(each, other) for each in plan.programmes for other in each.ceilings if other.id != row]
    yield _with(
        "programme", programme.id, sum(o.amount or 0 for each, o in everything if each is programme), amounts
    )
    yield _with(
        "year", str(own.year), sum(o.amount or 0 for _, o in everything if o.year == own.year), amounts
    )


def _of_stated(plan: Plan, row: str, amounts: Sequence[int | None]) -> Iterator[Total]:
    others = sum(each.total_budget or 0 for each in plan.programmes if each.id != row)
    yield _with("plan", "", others, amounts)
