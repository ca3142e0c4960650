"""A register of an earlier version, brought to the present one where it lies, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

Schema = Mapping[tuple[str, str], str]
"""Every table and index with the statement that makes it."""

_BASIS = "\tbasis TEXT NOT NULL, \n"
_REMADE = (("table", "file"), ("table", "package"))


def version_1(present: Schema) -> Schema:
    """What a register of version 1 was made by: there each file remembered by what it was judged."""
    file, package = (present[each] for each in _REMADE)
    after = "\tstate TEXT NOT NULL, \n"
    return {
        **present,
        _REMADE[0]: file.replace(after, after + _BASIS),
        _REMADE[1]: package.replace(_BASIS, ""),
    }


def from_version_1(raw: sqlite3.Connection, present: Schema) -> None:
    """Copy what is kept; by what packages were judged is not known any more, so they are judged anew.

    Raises sqlite3.Error, and leaves the file as it was then.
    """
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA legacy_alter_table=ON")
    raw.execute("BEGIN IMMEDIATE")
    try:
        # somebody else may have done it while we waited
        if raw.execute("PRAGMA user_version").fetchone()[0] == 1:
            _remake(raw, present)
            raw.execute("PRAGMA user_version=2")
        raw.execute("COMMIT")
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _remake(raw: sqlite3.Connection, present: Schema) -> None:
    for _, table in _REMADE:
        raw.execute(f"ALTER TABLE {table} RENAME TO {table}_1")
    for kind, table in _REMADE:
        raw.execute(present[kind, table])
        wanted = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        kept = {row[1] for row in raw.execute(f"PRAGMA table_info({table}_1)")}
        columns = [name for name in wanted if name in kept]
        found = [*columns, *("''" for name in wanted if name not in kept)]
        named = [*columns, *(name for name in wanted if name not in kept)]
        raw.execute(
            f"INSERT INTO {table} ({', '.join(named)}) SELECT {', '.join(found)} FROM {table}_1"  # noqa: S608 - our own names
        )
    for _, table in _REMADE:
        raw.execute(f"DROP TABLE {table}_1")
    for (kind, _), made in present.items():
        if kind == "index":
            raw.execute(made)
