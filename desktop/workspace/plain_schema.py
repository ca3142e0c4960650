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
_INDEX = re.compile(rf"CREATE (?:UNIQUE )?INDEX {_NAME} ON {_NAME} \({_NAME}(?:, {_NAME})*\)")


def refuse_computing(kind: str, name: str, sql: str, file: str) -> None:
    """Refuse a table or index that computes. Raises ForeignSchema."""
    if kind == "index":
        sound = _INDEX.fullmatch(sql) is not None
    else:
        words = re.findall(r"[A-Z_]+", re.sub(r'"[^"]*"', '""', sql).upper())
        sound = _HIDING.search(sql) is None and _COMPUTING.isdisjoint(words)
    if not sound:
        raise ForeignSchema(file, f"{kind} {name}")


def check(connection: sqlite3.Connection, file: str) -> None:
    """Look at the schema of an older file before a step is made. Raises ForeignSchema.

    Its guards are made anew, and whether all of its tables are there is looked at afterwards.
    """
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall():
        if kind == "trigger" or name.startswith("sqlite_"):
            continue
        if kind == "view":
            raise ForeignSchema(file, f"{kind} {name}")
        refuse_computing(kind, name, str(sql), file)
