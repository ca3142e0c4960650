"""The records of the tables as a plan is read from them: in order, grouped, and what each belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop.workspace import tables

T = TypeVar("T")
_NEEDED = {
    "budget_line": ("programme", "year"),
    "target": ("indicator", "year"),
    "answer": ("item",),
    "cell": ("row", "column"),
    "row": ("worksheet",),
    "set_aside": ("finding",),
    "rpjmd_ceiling": ("programme", "year"),
    "figure": ("measure", "year"),
    "body": ("body",),
    "session_output": ("session", "output"),
    "score": ("item", "by"),
    "input_programme": ("input", "programme"),
    "initial": ("step",),
}
"""Without these a row says nothing; a change set made by another program may lack them."""


class Stored:
    """Reads records, and remembers what they belong to."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.owners: dict[tuple[str, str], Any] = {}
        """What a row of a part belongs to, also after it was deleted: an answer's key, a cell's row, ..."""

    def all(self, table: str, key: str = "id", among: Iterable[str] | None = None) -> list[Any]:
        """Records of a table in order; with ``among`` those whose ``key`` is one of these."""
        query = _all_of(table)
        if among is not None:
            query = query.where(tables.rows[table].c[key].in_(sorted(among)))
        return list(self.connection.execute(query))

    def grouped(
        self, table: str, key: str, make: Callable[[Any], T], among: Iterable[str] | None = None
    ) -> dict[str, list[T]]:
        """What is made of the records of a table, by what they belong to."""
        out: dict[str, list[T]] = defaultdict(list)
        for record in self.all(table, key, among):
            owner = getattr(record, key)
            self.owners[table, record.id] = owner
            out[owner].append(make(record))
        return out

    def owners_of(self, table: str, ids: set[str], key: str) -> set[str]:
        """What these rows belong to, now and as it was read before."""
        if not ids:
            return set()
        target = tables.rows[table]
        query = sa.select(target.c[key]).where(target.c.id.in_(sorted(ids)), target.c[key].is_not(None))
        before = {self.owners[table, each] for each in ids if self.owners.get((table, each)) is not None}
        return before | set(self.connection.execute(query).scalars())


@cache
def _all_of(table: str) -> sa.Select[Any]:
    """A plan is read by some thirty of these, each time the same."""
    target = tables.rows[table]
    sort = [target.c.sort] if "sort" in target.c else []
    needed = [target.c[name].is_not(None) for name in _NEEDED.get(table, ())]
    return sa.select(target).where(*needed).order_by(*sort, target.c.id)
