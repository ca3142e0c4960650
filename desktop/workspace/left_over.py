"""Whether a workspace file is whole without what lies beside it: then that is not asked for."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import RancangError

if TYPE_CHECKING:
    import sqlalchemy as sa

_FAULTS = (RancangError, sqlite3.Error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def is_sound(path: Path) -> bool:
    """Whether SQLite finds no fault in it: enough to look at it, for nothing comes of that."""
    from desktop.workspace import file

    with contextlib.suppress(*_FAULTS), file.peeked(path) as connection:
        # all of it: an index that lacks a row is what half of a transaction looks like
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    return False


def is_whole(path: Path) -> bool:
    """Whether also every change set and every evidence file in it is what its name says.

    The rows are computed anew afterwards, as after every crash.
    """
    from sqlalchemy.exc import DBAPIError

    from desktop.workspace import engine, file, selfcheck, tables
    from desktop.workspace.journal import Journal

    if not is_sound(path):
        return False
    with contextlib.suppress(*_FAULTS, DBAPIError):
        if file.version_of(path) != file.VERSION:
            return True  # it is brought up to date in a copy, where all of it is read
        file.check_schema(path, tables.allowed(), tables.columns())
        with engine.connect(lambda: file.connect(path, read_only=True)) as connection:
            journal = Journal(connection)
            return (
                not selfcheck.facts(journal) and not selfcheck.damaged(journal) and _has_its_files(connection)
            )
    return False


def _has_its_files(connection: sa.Connection) -> bool:
    """Whether each evidence file has the bytes that it is called by."""
    from desktop.workspace import blobs, tables

    for (sha256,) in connection.execute(tables.blob.select().with_only_columns(tables.blob.c.sha256)).all():
        hasher = hashlib.sha256()
        for piece in blobs.chunks(connection, sha256):
            hasher.update(piece)
        if hasher.hexdigest() != sha256:
            return False
    return True
