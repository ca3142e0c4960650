"""The money of a plan summed up: by year, source, dimension and agency, and the shares of its two kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from desktop.checks.budget import FIGURES
from desktop.guideline.pack import Pack
from desktop.workspace.plan import BudgetLine, Plan, Programme

By = Literal["source", "dimension", "agency", "programme"]
BY: tuple[By, ...] = ("source", "dimension", "agency", "programme")
"""What sums can be made by, besides the year."""


@dataclass(frozen=True, slots=True)
class Line:
    """The sums of one source, dimension, agency or programme: whole rupiah by year; no year = not stated."""

    key: str
    """Its id; empty for what has none (programmes without a lead, for example)."""
    years: Mapping[int, int]

    @property
    def whole(self) -> int:
        """All years together."""
        return sum(self.years.values())


class Totals:
    """One figure of a plan's budget, summed up. Years outside the plan are years too: no sum loses a line.

    ``figure`` is ``indicative``, ``ceiling`` or ``realised``.
    """

    def __init__(
        self,
        plan: Plan,
        pack: Pack,
        figure: str = "indicative",
        programmes: Iterable[Programme] | None = None,
    ) -> None:
        if figure not in FIGURES:
            raise ValueError(figure)
        self.plan = plan
        self.pack = pack
        self.figure = figure
        self.programmes = plan.programmes if programmes is None else tuple(programmes)
        self._lines = [
            (programme, line, amount)
            for programme in self.programmes
            for line in programme.budget
            if (amount := getattr(line, figure)) is not None
        ]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of the plan, and any other year in which money stands."""
        return tuple(sorted({*self.plan.years, *(line.year for _, line, _ in self._lines)}))

    @cached_property
    def total(self) -> Line:
        """Everything."""
        return Line("", self._summed(lambda _programme, _line: "").get("", {}))

    @property
    def stated(self) -> bool:
        """Whether any amount is stated."""
        return bool(self._lines)

    def by(self, what: By) -> tuple[Line, ...]:
        """The sums by source, dimension, agency or programme, those of the guideline in its order first."""
        keys: Mapping[str, Callable[[Programme, BudgetLine], str]] = {
            "source": lambda _programme, line: line.source,
            "dimension": lambda programme, _line: programme.dimension,
            "agency": lambda programme, _line: programme.lead,
            "programme": lambda programme, _line: programme.id,
        }
        sums = self._summed(keys[what])
        known = [key for key in self._order(what) if key in sums]
        rest = sorted(set(sums) - set(known), key=lambda key: (not key, key))
        return tuple(Line(key, sums[key]) for key in [*known, *rest])

    def _order(self, what: By) -> list[str]:
        match what:
            case "source":
                return [each.id for each in self.pack.planning.funding]
            case "dimension":
                return [each.id for each in self.pack.dimensions]
            case "agency":
                return [each.id for each in self.plan.agencies]
            case _:
                return [each.id for each in self.programmes]

    def _summed(self, key: Callable[[Programme, BudgetLine], str]) -> dict[str, dict[int, int]]:
        sums: dict[str, dict[int, int]] = defaultdict(dict)
        for programme, line, amount in self._lines:
            of_key = sums[key(programme, line)]
            of_key[line.year] = of_key.get(line.year, 0) + amount
        return sums

    @cached_property
    def kinds(self) -> Mapping[str, int]:
        """Whole rupiah by kind of money: ``apbd``, ``non_apbd``, and ``""`` for sources nobody knows."""
        kinds = {each.id: each.kind for each in self.pack.planning.funding}
        sums: dict[str, int] = {"apbd": 0, "non_apbd": 0, "": 0}
        for _, line, amount in self._lines:
            sums[kinds.get(line.source, "")] += amount
        return sums

    def per_mille(self, kind: str) -> int | None:
        """The share of a kind in thousandths of the whole, rounded; None where there is no money."""
        whole = self.total.whole
        if whole <= 0:
            return None
        return (self.kinds[kind] * 2000 + whole) // (2 * whole)

    def above_ceilings(self) -> dict[int, tuple[int, int]]:
        """By year where it is exceeded: what is planned and what the RPJMD allows the same programmes."""
        found: dict[int, tuple[int, int]] = {}
        for year, limit in sorted(self.ceilings.items()):
            limited = {
                programme.id
                for programme in self.programmes
                if any(each.year == year and each.amount is not None for each in programme.ceilings)
            }
            planned = sum(
                amount
                for programme, line, amount in self._lines
                if line.year == year and programme.id in limited
            )
            if planned > limit and self.figure != "realised":
                found[year] = planned, limit
        return found

    @cached_property
    def ceilings(self) -> Mapping[int, int]:
        """What the RPJMD allows all programmes together, by year: whole rupiah of those that state it."""
        sums: dict[int, int] = defaultdict(int)
        for programme in self.programmes:
            for each in programme.ceilings:
                if each.amount is not None:
                    sums[each.year] += each.amount
        return dict(sums)
