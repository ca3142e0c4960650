"""A workspace as it was: the plan of all that had been written by a moment, computed from the journal."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.base.canonical import canonical_text
from desktop.workspace import engine, tables
from desktop.workspace.journal import Journal
from desktop.workspace.peers import Past
from desktop.workspace.reading import read_plan

if TYPE_CHECKING:
    from desktop.workspace.plan import Plan
    from desktop.workspace.store import Workspace


def plan_at(workspace: Workspace, moment: dt.datetime) -> Plan | None:
    """The plan as it stood at a moment (aware); None when nothing had been written by then.

    What counts is when something was written, wherever that was, and not when it came here; and nothing
    stands without what it rests on, whatever a wrong clock said. Evidence is known by its fingerprint only.
    """
    kept = written_by(workspace.journal, moment)
    return _plan_of(workspace, kept) if kept else None


def plan_seen(workspace: Workspace, heads: Iterable[str]) -> Plan | None:
    """The plan as somebody saw it at these heads; None when they are not all here, or none are named."""
    wanted = set(heads)
    if wanted == set(workspace.journal.newest()):
        return workspace.plan()
    past = Past(workspace.journal)
    if not wanted or not wanted <= past.parents.keys():
        return None
    return _plan_of(workspace, frozenset(past.until(wanted)))


def _plan_of(workspace: Workspace, kept: frozenset[str]) -> Plan:
    """The plan of some change sets with all they rest on."""
    with contextlib.closing(engine.connect(_memory)) as connection:
        tables.metadata.create_all(connection)
        _carry(workspace.journal.connection, connection, kept)
        journal = Journal(connection)
        journal.rebuild()
        return read_plan(journal)


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:")


def written_by(journal: Journal, moment: dt.datetime) -> frozenset[str]:
    """The change sets written by a moment whose parents all were, too."""
    until, kept = moment.astimezone(dt.UTC).isoformat(timespec="seconds"), set[str]()
    c = tables.change_set.c
    for identity, wall, parents in journal.connection.execute(
        sa.select(c.id, c.wall, c.parents).order_by(c.lamport, c.id)
    ):
        if wall <= until and kept.issuperset(json.loads(parents)):
            kept.add(identity)
    return frozenset(kept)


def _carry(source: sa.Connection, target: sa.Connection, kept: frozenset[str]) -> None:
    """Take over some change sets with their operations, and what is known of the copy."""
    for table, key in ((tables.change_set, "id"), (tables.op, "txn")):
        found = source.execute(sa.select(table).where(tables.among(table.c[key], kept)))
        tables.insert(target, table, [tuple(record) for record in found])
    tables.insert(target, tables.meta, [tuple(record) for record in source.execute(sa.select(tables.meta))])
    parents = sa.select(tables.change_set.c.parents)
    named = {parent for (each,) in target.execute(parents) for parent in json.loads(each)}
    Journal(target).set_meta("dag_heads", canonical_text(sorted(kept - named)))
