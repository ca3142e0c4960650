"""Reads the programmes with their parts, and after an edit those again that it touched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from desktop.workspace import records
from desktop.workspace.programme import Programme
from desktop.workspace.reading.stored import Stored

T = TypeVar("T")
_PARTS = ("budget_line", "rpjmd_ceiling", "indicator", "activity", "risk", "programme_agency")
PROGRAMME_TABLES = frozenset({"programme", "target", "sub_activity", *_PARTS})
"""The tables that programmes are read from."""


class Programmes:
    """The programmes as they were read last."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._kept: dict[str, tuple[tuple[bool, str, str], Programme]] = {}

    def read(self) -> tuple[Programme, ...]:
        """All of them."""
        self._kept.clear()
        self._take(None)
        return self._in_order()

    def again(self, touched: dict[str, set[str]]) -> tuple[Programme, ...]:
        """Those programmes again that an edit touched, themselves or in one of their parts."""
        owners_of = self._stored.owners_of
        indicators = set(touched.get("indicator", ()))
        indicators |= owners_of("target", touched.get("target", set()), "indicator")
        activities = owners_of("sub_activity", touched.get("sub_activity", set()), "activity")
        among = owners_of("activity", activities, "programme")
        among |= set(touched.get("programme", ())) | owners_of("indicator", indicators, "programme")
        for table in _PARTS:
            among |= owners_of(table, touched.get(table, set()), "programme")
        for programme in among:
            self._kept.pop(programme, None)
        self._take(among)
        return self._in_order()

    def _in_order(self) -> tuple[Programme, ...]:
        return tuple(programme for _, programme in sorted(self._kept.values(), key=_place))

    def _take(self, among: set[str] | None) -> None:
        stored = self._stored

        def part(table: str, make: Callable[[Any], T]) -> dict[str, list[T]]:
            return stored.grouped(table, "programme", make, among)

        def ids(table: str) -> set[str] | None:
            return None if among is None else {each.id for each in stored.all(table, "programme", among)}

        targets = stored.grouped("target", "indicator", records.target, ids("indicator"))
        indicators = part("indicator", lambda r: records.indicator(r, targets[r.id]))
        budget = part("budget_line", records.budget_line)
        subs = stored.grouped("sub_activity", "activity", records.sub_activity, ids("activity"))
        activities = part("activity", lambda r: records.activity(r, subs[r.id]))
        ceilings = part("rpjmd_ceiling", records.ceiling)
        risks = part("risk", records.risk)
        supporting = part("programme_agency", lambda r: str(r.agency))
        for r in stored.all("programme", "id", among):
            programme = replace(
                records.programme(r),
                supporting=tuple(sorted(supporting[r.id])),
                budget=tuple(sorted(budget[r.id], key=lambda line: (line.year or 0, line.source or ""))),
                indicators=tuple(indicators[r.id]),
                activities=tuple(activities[r.id]),
                risks=tuple(risks[r.id]),
                ceilings=tuple(sorted(ceilings[r.id], key=lambda each: each.year)),
            )
            # SQLite puts what has no place in the order first
            self._kept[r.id] = ((r.sort is not None, r.sort or "", r.id), programme)


def _place(entry: tuple[tuple[bool, str, str], Programme]) -> tuple[bool, str, str]:
    """The place of a programme in the order."""
    return entry[0]
