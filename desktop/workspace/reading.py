"""From the tables to the frozen picture that everybody reads."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop.base.canonical import canonical
from desktop.base.resources import resource
from desktop.workspace import records, tables
from desktop.workspace.errors import UnknownRegion
from desktop.workspace.journal import Journal
from desktop.workspace.plan import (
    Answer,
    Cell,
    EvidenceFile,
    GuidelineRef,
    OpenConflict,
    Plan,
    Programme,
    Region,
    Row,
    SetAside,
)
from desktop.workspace.projection import open_conflicts
from desktop.workspace.registers import PLAN_ROW

T = TypeVar("T")
_YEARS = range(1990, 2201)
_NEEDED = {
    "budget_line": ("programme", "year"),
    "target": ("indicator", "year"),
    "answer": ("item",),
    "cell": ("row", "column"),
    "row": ("worksheet",),
    "set_aside": ("finding",),
}
"""Without these a row says nothing; a change set made by another program may lack them."""


@cache
def regions() -> dict[str, Region]:
    """The 514 regencies and cities by Kemendagri code (source: resources/regions)."""
    with resource("regions", "regions.csv").open(encoding="utf-8", newline="") as file:
        return {
            record["code"]: Region(record["code"], record["name"], record["kind"], record["province_name"])
            for record in csv.DictReader(file)
        }


def region(code: str) -> Region:
    """The region with this code. Raises UnknownRegion."""
    found = regions().get(code)
    if found is None:
        raise UnknownRegion(code)
    return found


def head_of(newest: tuple[str, ...]) -> str:
    """One name for a set of newest change sets."""
    return hashlib.sha256(canonical(sorted(newest))).hexdigest()


def read_plan(journal: Journal) -> Plan:
    """Read everything at the present head."""
    return _Reader(journal).plan()


def stands(journal: Journal) -> bool:
    """Whether the one row everything hangs on, the plan itself, is there and says what it must."""
    own = journal.connection.execute(
        sa.select(tables.rows["plan"]).where(tables.rows["plan"].c.id == PLAN_ROW)
    ).first()
    return (
        own is not None and own.region in regions() and own.first_year in _YEARS and own.last_year in _YEARS
    )


class _Reader:
    """Reads table by table; children are grouped by what they are part of."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._connection = journal.connection

    def _all(self, table: str) -> list[Any]:
        target = tables.rows[table]
        sort = [target.c.sort] if "sort" in target.c else []
        needed = [target.c[name].is_not(None) for name in _NEEDED.get(table, ())]
        query = sa.select(target).where(*needed).order_by(*sort, target.c.id)
        return list(self._connection.execute(query))

    def _grouped(self, table: str, key: str, make: Callable[[Any], T]) -> dict[str, list[T]]:
        out: dict[str, list[T]] = defaultdict(list)
        for record in self._all(table):
            out[getattr(record, key)].append(make(record))
        return out

    def plan(self) -> Plan:
        own = self._connection.execute(
            sa.select(tables.rows["plan"]).where(tables.rows["plan"].c.id == PLAN_ROW)
        ).first()
        if own is None:
            raise LookupError("plan")
        newest = self._journal.newest()
        # of the newest change sets only: one day a clock stood in 2099 must not date everything after it
        wall = tables.change_set.c.wall
        walls = self._connection.execute(
            sa.select(sa.func.max(wall)).where(tables.change_set.c.id.in_(newest))
        ).scalar()
        return Plan(
            workspace=self._journal.meta("workspace"),
            head=head_of(newest),
            changed_at=dt.datetime.fromisoformat(walls or "1970-01-01T00:00:00+00:00"),
            region=region(own.region),
            first_year=own.first_year,
            last_year=own.last_year,
            title=records.text(own.title),
            source_language=own.source_language or "id",
            guideline=GuidelineRef(
                own.guideline or "", own.guideline_version or "", own.guideline_sha256 or ""
            ),
            example=bool(own.example),
            agencies=tuple(map(records.agency, self._all("agency"))),
            people=tuple(map(records.person, self._all("person"))),
            programmes=self._programmes(),
            answers=self._answers(),
            rows=self._rows(),
            evidence=self._evidence(),
            set_aside={
                r.finding: SetAside(r.id, r.finding, r.reason or "", r.author or "")
                for r in self._all("set_aside")
            },
            conflicts=tuple(
                OpenConflict(c.table, c.row, c.kind, c.field) for c in open_conflicts(self._connection)
            ),
        )

    def _programmes(self) -> tuple[Programme, ...]:
        targets = self._grouped("target", "indicator", records.target)
        indicators = self._grouped("indicator", "programme", lambda r: records.indicator(r, targets[r.id]))
        budget = self._grouped("budget_line", "programme", records.budget_line)
        activities = self._grouped("activity", "programme", records.activity)
        risks = self._grouped("risk", "programme", records.risk)
        supporting = self._grouped("programme_agency", "programme", lambda r: str(r.agency))
        return tuple(
            replace(
                records.programme(r),
                supporting=tuple(sorted(supporting[r.id])),
                budget=tuple(sorted(budget[r.id], key=lambda line: (line.year or 0, line.source or ""))),
                indicators=tuple(indicators[r.id]),
                activities=tuple(activities[r.id]),
                risks=tuple(risks[r.id]),
            )
            for r in self._all("programme")
        )

    def _answers(self) -> dict[tuple[str, str], Answer]:
        grouped: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for record in self._all("answer"):
            grouped[record.item, record.scope or ""].append(record)
        return {
            key: Answer(
                *key,
                *records.value_and_text(found),
                next((r.origin for r in found if r.origin), "") or "",
            )
            for key, found in grouped.items()
        }

    def _rows(self) -> dict[str, tuple[Row, ...]]:
        cells: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for record in self._all("cell"):
            cells[record.row][record.column].append(record)
        out: dict[str, list[Row]] = defaultdict(list)
        for record in self._all("row"):
            filled = {
                column: Cell(*records.value_and_text(found)) for column, found in cells[record.id].items()
            }
            out[record.worksheet].append(
                Row(
                    record.id,
                    record.worksheet,
                    record.agency or "",
                    record.fixed or "",
                    record.sort or "",
                    filled,
                )
            )
        return {worksheet: tuple(rows) for worksheet, rows in out.items()}

    def _evidence(self) -> tuple[EvidenceFile, ...]:
        here = set(self._connection.execute(sa.select(tables.blob.c.sha256)).scalars())
        claims = self._grouped("claim", "evidence", records.claim)
        return tuple(
            records.evidence(r, present=r.sha256 in here, claims=claims[r.id]) for r in self._all("evidence")
        )
