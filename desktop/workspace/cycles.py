"""Rows that came to stand under each other by a merge: the newest move in a circle is stepped back and shown.

One person puts an agency's tasks under another, a second person does it the other way round, and each of
the two saw nothing wrong. Which of the moves steps back follows from the operations alone, so every copy
shows the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.base.canonical import canonical_text
from desktop.workspace import tables
from desktop.workspace.merge import Op, RowOps
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal

POINTING = tuple(
    (table.name, register.name)
    for table in TABLES.values()
    for register in table.registers
    if register.references == table.name
)
"""The (table, field) pairs in which a row refers to another of its own table."""


class Circles:
    """Opens circles round by round, as long as one computation of rows lasts."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._standing: dict[tuple[str, str, str], tuple[RowOps, list[Op]]] = {}
        """Of each row looked at: its operations, and those whose value it shows now."""

    def open(self, written: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Step one move back in every circle there is now; returns the rows that were changed.

        A circle that was not there before goes through one of the rows ``written``.
        """
        changed: set[tuple[str, str]] = set()
        for table, field in POINTING:
            starts = sorted(row for name, row in written if name == table)
            if starts:
                for circle in _circles(_edges(self._journal.connection, table, field), starts):
                    changed.add((table, self._step_back(table, circle, field)))
        return changed

    def _step_back(self, table: str, circle: list[str], field: str) -> str:
        unknown = [(table, row) for row in circle if (table, row, field) not in self._standing]
        for (_, row), ops in self._journal.load(unknown).items():
            history = RowOps(table, row, ops)
            self._standing[table, row, field] = history, history.standing(field)
        row = max(circle, key=lambda row: self._standing[table, row, field][1][-1].order)
        history, ops = self._standing[table, row, field]
        left = history.step_back(ops, field)
        self._standing[table, row, field] = history, left
        value = history.combine(left, field).value if left else None
        target = tables.rows[table]
        self._journal.connection.execute(
            target.update()
            .where(target.c.id == row)
            .values({field: value if isinstance(value, str) and value else None})
        )
        sides = {op.id: op for op in [*left, *history.standing(field)]}
        heads = [op.id for op in sorted(sides.values(), key=lambda op: op.order)]
        self._journal.connection.exec_driver_sql(
            "INSERT OR REPLACE INTO sync_conflict (tbl, row, kind, field, heads) VALUES (?, ?, ?, ?, ?)",
            (table, row, "cycle", field, canonical_text(heads)),
        )
        return row


def stepped_back(connection: sa.Connection, rows: Iterable[tuple[str, str]]) -> set[tuple[str, str, str]]:
    """Of some rows the (table, row, field) that show an earlier value because of a circle."""
    wanted = set(rows)
    found = connection.exec_driver_sql("SELECT tbl, row, field FROM sync_conflict WHERE kind = 'cycle'").all()
    return {(tbl, row, field) for tbl, row, field in found if (tbl, row) in wanted}


def _edges(connection: sa.Connection, table: str, field: str) -> dict[str, str]:
    target = tables.rows[table]
    query = sa.select(target.c.id, target.c[field]).where(target.c[field].is_not(None))
    return {row: other for row, other in connection.execute(query).all()}  # noqa: C416 - Rows are no tuples


def _circles(edges: dict[str, str], starts: list[str]) -> Iterator[list[str]]:
    """Every circle that some of these rows are on or lead into, once."""
    seen: set[str] = set()
    for start in starts:
        path: dict[str, None] = {}
        row: str | None = start
        while row is not None and row not in seen and row not in path:
            path[row] = None
            row = edges.get(row)
        if row is not None and row in path:
            way = list(path)
            yield way[way.index(row) :]
        seen |= path.keys()
