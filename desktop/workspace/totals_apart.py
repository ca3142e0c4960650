"""Money filled differently: what the plan's totals come to with each side's figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from desktop.base.canonical import Json
from desktop.workspace.plan import BudgetLine, Ceiling, Plan, Programme

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


class Ledger:
    """The totals of one state of the plan, added up once; a conflict changes one figure of them."""

    def __init__(self, plan: Plan) -> None:
        self._lines = {line.id: (each, line) for each in plan.programmes for line in each.budget}
        self._ceilings = {own.id: (each, own) for each in plan.programmes for own in each.ceilings}
        self._stated = {each.id: each.total_budget or 0 for each in plan.programmes}
        self._sums: dict[tuple[str, TotalKind, str], int] = defaultdict(int)
        for programme, line in self._lines.values():
            for figure in FIGURES:
                for kind, name in _of_line(programme, line):
                    self._sums[figure, kind, name] += getattr(line, figure) or 0
        for programme, own in self._ceilings.values():
            for kind, name in _of_ceiling(programme, own):
                self._sums["amount", kind, name] += own.amount or 0

    def money(self, table: str, row: str, field: str, sides: Sequence[Json]) -> Money | None:
        """What a conflict about money amounts to; None where it is about something else."""
        amounts = tuple(each if type(each) is int else None for each in sides)
        if any(each is not None and type(each) is not int for each in sides) or amounts.count(None) == len(
            amounts
        ):
            return None
        match table:
            case "budget_line" if field in FIGURES:
                return Money(field, amounts, tuple(self._with_line(row, field, amounts)))
            case "rpjmd_ceiling" if field == "amount":
                return Money(field, amounts, tuple(self._with_ceiling(row, amounts)))
            case "activity" | "sub_activity" if field == "budget":
                return Money(field, amounts, ())
            case "programme" if field == "total_budget":
                rest = sum(self._stated.values()) - self._stated.get(row, 0)
                return Money(field, amounts, (_with("plan", "", rest, amounts),))
            case _:
                return None

    def _with_line(self, row: str, field: str, amounts: Sequence[int | None]) -> Iterator[Total]:
        if row in self._lines:
            programme, line = self._lines[row]
            own = getattr(line, field) or 0
            for kind, name in _of_line(programme, line):
                yield _with(kind, name, self._sums[field, kind, name] - own, amounts)

    def _with_ceiling(self, row: str, amounts: Sequence[int | None]) -> Iterator[Total]:
        if row in self._ceilings:
            programme, own = self._ceilings[row]
            for kind, name in _of_ceiling(programme, own):
                yield _with(kind, name, self._sums["amount", kind, name] - (own.amount or 0), amounts)


def _of_line(programme: Programme, line: BudgetLine) -> Iterator[tuple[TotalKind, str]]:
    """The totals a budget line is a part of."""
    yield "programme", programme.id
    yield "year", str(line.year)
    yield "source", line.source
    if programme.dimension:
        yield "dimension", programme.dimension
    yield "plan", ""


def _of_ceiling(programme: Programme, own: Ceiling) -> Iterator[tuple[TotalKind, str]]:
    yield "programme", programme.id
    yield "year", str(own.year)


def _with(kind: TotalKind, name: str, rest: int, amounts: Sequence[int | None]) -> Total:
    return Total(kind, name, tuple(rest + (each or 0) for each in amounts))
