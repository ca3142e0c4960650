"""One engine for all workspace files: what SQLAlchemy compiled for one file serves for the next as well."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import sqlalchemy as sa

from desktop.workspace import file

_TOLD = "rancang_file"
"""The option of a connection that names the file of which its errors speak."""
_opening: ContextVar[tuple[Callable[[], sqlite3.Connection], Path | None]] = ContextVar("opening")


def connect(creator: Callable[[], sqlite3.Connection], told: Path | None = None) -> sa.Connection:
    """A connection of its own over what ``creator`` opens; closing it closes that.

    With ``told`` whatever goes wrong is a sentence about that file.
    """
    token = _opening.set((creator, told))
    try:
        connection = _engine().connect()
    finally:
        _opening.reset(token)
    return connection.execution_options(isolation_level="AUTOCOMMIT", **{_TOLD: told})


@cache
def _engine() -> sa.Engine:
    engine = sa.create_engine("sqlite://", creator=_opened, poolclass=sa.pool.NullPool)
    # a stick may go while the file is only read: then too it is a sentence, whoever asked
    sa.event.listen(engine, "handle_error", _spoken, retval=True)
    return engine


def _opened() -> sqlite3.Connection:
    creator, _ = _opening.get()
    return creator()


def _spoken(problem: sa.ExceptionContext) -> BaseException | None:
    """The error to raise in place of SQLAlchemy's own."""
    if problem.connection is None:
        _, told = _opening.get()
    else:
        told = problem.connection.get_execution_options().get(_TOLD)
    original = problem.original_exception
    return file.sentence(told, original) if told and isinstance(original, sqlite3.Error) else None
