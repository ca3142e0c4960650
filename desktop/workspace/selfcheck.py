"""Is the file still what its journal says? Hashes of every change set, and rows = rebuild."""

from __future__ import annotations

import sqlalchemy as sa

from desktop.base.canonical import Json
from desktop.workspace import tables
from desktop.workspace.journal import Journal
from desktop.workspace.registers import TABLES


def problems(journal: Journal) -> list[str]:
    """Names of what is wrong: change sets whose content does not match, rows that differ. Empty = whole.

    The caller owns the transaction with the gate open, and rolls it back afterwards.
    """
    known = journal.ids()
    found = [
        f"change set {c.id[:12]}"
        for c in journal.change_sets()
        if c.content_hash() != c.id or not known.issuperset(c.parents)
    ]
    before = state(journal.connection)
    journal.rebuild()
    after = state(journal.connection)
    found += [f"rows of {name}" for name in sorted(before) if before[name] != after[name]]
    return found


def state(connection: sa.Connection) -> dict[str, list[tuple[Json, ...]]]:
    """Everything computed from the journal: rows, heads and conflicts, in a fixed order."""
    computed = [*TABLES, "sync_head", "sync_conflict"]
    out: dict[str, list[tuple[Json, ...]]] = {}
    for name in computed:
        table = tables.metadata.tables[name]
        out[name] = sorted((tuple(record) for record in connection.execute(sa.select(table))), key=repr)
    return out
