"""A register of an earlier version, brought to the present one where it lies, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from desktop.submission.register.tables import VERSION

Schema = Mapping[tuple[str, str], str]
"""Every table and index with the statement that makes it."""

_BASIS = "\tbasis TEXT NOT NULL, \n"
_ASKED = "\tasked INTEGER NOT NULL, \n"
_PROOF = "\tproof TEXT NOT NULL, \n"
_UNTIL = "\tuntil TEXT NOT NULL, \n"
_STAMPED = "\tstamped_at TEXT NOT NULL, \n"
_LATEST = "\tlatest_at TEXT NOT NULL, \n"
_FILE, _PACKAGE, _SIGNER = ("table", "file"), ("table", "package"), ("table", "signer")
_UNKNOWN = {"asked": "1"}
"""What stands where an earlier version kept nothing; else an empty text. What was signed counted as asked for
then, and whatever is still there is judged anew."""


def versions(present: Schema) -> Mapping[int, Schema]:
    """What a register of each version was made by."""
    fifth = {**present, _SIGNER: present[_SIGNER].replace(_LATEST, "")}
    fourth = {**fifth, _SIGNER: fifth[_SIGNER].replace(_STAMPED, "")}
    third = {
        **fourth,
        _FILE: present[_FILE].replace(_PROOF, ""),
        _PACKAGE: present[_PACKAGE].replace(_PROOF, "").replace(_UNTIL, ""),
    }
    second = {**third, _SIGNER: third[_SIGNER].replace(_ASKED, "")}
    after = "\tstate TEXT NOT NULL, \n"
    first = {
        **second,
        _FILE: second[_FILE].replace(after, after + _BASIS),
        _PACKAGE: second[_PACKAGE].replace(_BASIS, ""),
    }
    return {1: first, 2: second, 3: third, 4: fourth, 5: fifth, VERSION: present}


def upgrade(raw: sqlite3.Connection, present: Schema, begin: Callable[[], None]) -> None:
    """Copy what is kept; by what packages were judged is not known any more, so they are judged anew.

    ``begin`` begins to write. Raises sqlite3.Error, and leaves the file as it was then.
    """
    raw.execute("PRAGMA foreign_keys=OFF")
    raw.execute("PRAGMA legacy_alter_table=ON")
    begin()
    try:
        # somebody else may have done it while we waited
        found = int(raw.execute("PRAGMA user_version").fetchone()[0])
        known = versions(present).get(found, present)
        if found != VERSION and known is not present:
            _remake(raw, present, [each for each in present if known[each] != present[each]])
            raw.execute(f"PRAGMA user_version={VERSION}")
        raw.execute("COMMIT")
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _remake(raw: sqlite3.Connection, present: Schema, changed: Sequence[tuple[str, str]]) -> None:
    for _, table in changed:
        raw.execute(f"ALTER TABLE {table} RENAME TO {table}_1")
    for each in changed:
        table = each[1]
        raw.execute(present[each])
        wanted = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        kept = {row[1] for row in raw.execute(f"PRAGMA table_info({table}_1)")}
        columns = [name for name in wanted if name in kept]
        missing = [name for name in wanted if name not in kept]
        found = [*columns, *(_UNKNOWN.get(name, "''") for name in missing)]
        into = f"{table} ({', '.join([*columns, *missing])})"
        raw.execute(f"INSERT INTO {into} SELECT {', '.join(found)} FROM {table}_1")  # noqa: S608 - our own names
    for _, table in changed:
        raw.execute(f"DROP TABLE {table}_1")
    # those of a table went with it
    there = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    for (kind, name), made in present.items():
        if kind == "index" and name not in there:
            raw.execute(made)
