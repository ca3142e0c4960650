"""A file from elsewhere whose tables compute nothing: SQLite runs what stands in a schema at each edit.

A CHECK, a DEFAULT, an index on an expression is a programme of whoever made the file. None of ours has one,
in no version; so a file that has is refused before anything else is asked of it.
"""

from __future__ import annotations

import re
import sqlite3

from desktop.workspace.errors import ForeignSchema

_COMPUTING = frozenset(
    {"AS", "CASCADE", "CHECK", "COLLATE", "CONFLICT", "DEFAULT", "GENERATED", "ON", "SELECT", "VIRTUAL"}
)
"""Words of a table that does more than hold rows."""
_HIDING = re.compile(r"/\*|--|['`\[]")
"""Remarks and other quotes, behind which a word could hide from us or from SQLite."""
_NAME = r'(?:"\w+"|\w+)'
_INDEX = re.compile(rf"CREATE INDEX {_NAME} ON {_NAME} \({_NAME}(?:, {_NAME})*\)")


_SQLITES = {
    "sqlite_sequence": "CREATE TABLE sqlite_sequence(name,seq)",
    "sqlite_stat1": "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "sqlite_stat3": "CREATE TABLE sqlite_stat3(tbl,idx,neq,nlt,ndlt,sample)",
    "sqlite_stat4": "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""Tables that SQLite makes itself; a name alone can be given to anything."""


def things(connection: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    """Kind, name and statement of all that stands in a schema; a stranger may have written anything."""
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return [(str(kind), str(name), None if sql is None else str(sql)) for kind, name, sql in found]


def is_sqlites(kind: str, name: str, sql: str | None) -> bool:
    """Whether it is one of the things that SQLite keeps for itself and nobody can have written otherwise."""
    if kind == "index":
        return sql is None and name.startswith("sqlite_autoindex_")
    return kind == "table" and sql is not None and _SQLITES.get(name) == sql


def refuse_computing(kind: str, name: str, sql: str, file: str) -> None:
    """Refuse a table or index that computes. Raises ForeignSchema."""
    if kind == "index":
        sound = _INDEX.fullmatch(sql) is not None
    else:
        words = re.findall(r"[A-Z_]+", re.sub(r'"[^"]*"', '""', sql).upper())
        sound = (
            sql.startswith("CREATE TABLE ") and _HIDING.search(sql) is None and _COMPUTING.isdisjoint(words)
        )
    if not sound:
        raise ForeignSchema(file, f"{kind} {name}")


def check(connection: sqlite3.Connection, file: str) -> None:
    """Look at the schema of an older file before a step is made. Raises ForeignSchema.

    Its guards are made anew, and whether all of its tables are there is looked at afterwards.
    """
    for kind, name, sql in things(connection):
        if is_sqlites(kind, name, sql):
            continue
        # SQLite goes by the statement, whatever kind is written beside it
        if kind == "trigger" and str(sql).startswith("CREATE TRIGGER "):
            continue
        if kind not in {"table", "index"}:
            raise ForeignSchema(file, f"{kind} {name}")
        refuse_computing(kind, name, str(sql), file)
