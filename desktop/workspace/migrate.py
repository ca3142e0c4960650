"""Bringing an older file up to date: on a copy, checked, and only then put in its place.

A step changes tables and guards; change sets are never rewritten (the code reads their old names). The
rows are computed anew from the journal afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import FileProblem
from desktop.workspace import backup, file

if TYPE_CHECKING:
    from alembic.operations import Operations

Step = Callable[["Operations"], None]

STEPS: dict[int, Step] = {}
"""From version n to n + 1, keyed by n. Every step has a test with a file of that version."""


def upgrade(path: Path) -> None:
    """Bring a workspace file up to the present version; the old one stays among the backups.

    Raises DamagedFile, FileProblem.
    """
    path = file.real(path)
    old = file.connect(path, read_only=True)
    part = path.with_name(path.name + ".upgrade")
    try:
        with file.understood(path):
            version = int(old.execute("PRAGMA user_version").fetchone()[0])
            workspace, head = _identity(old)
        backup.copy_checked(old, part)
        backup.make(old, workspace, head, "migrate")
    finally:
        old.close()
    try:
        with file.understood(path):
            _run(part, version)
        backup.flush(part)
        part.replace(path)
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + "-journal").unlink(missing_ok=True)


def _identity(connection: sqlite3.Connection) -> tuple[str, str]:
    import json

    from desktop.workspace.reading import head_of

    facts = dict(connection.execute("SELECT key, value FROM sync_meta"))
    return facts["workspace"], head_of(tuple(json.loads(facts["dag_heads"])))


def _run(path: Path, version: int) -> None:
    import sqlalchemy as sa
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from desktop.workspace import tables
    from desktop.workspace.journal import Journal

    engine = sa.create_engine("sqlite://", creator=lambda: file.connect(path, read_only=False))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            run = connection.exec_driver_sql
            run("PRAGMA foreign_keys=OFF")
            run("BEGIN IMMEDIATE")
            for (name,) in run("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all():
                run(f'DROP TRIGGER "{name}"')
            operations = Operations(MigrationContext.configure(connection))
            for step in range(version, file.VERSION):
                STEPS[step](operations)
            for statement in tables.guards().values():
                run(statement)
            run("UPDATE sync_gate SET open = 1")
            Journal(connection).rebuild()
            run("UPDATE sync_gate SET open = 0")
            run(f"PRAGMA user_version={file.VERSION}")
            run("COMMIT")
    finally:
        engine.dispose()
