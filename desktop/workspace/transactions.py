"""One file, one connection, one transaction at a time, and the gate that only an operation opens."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.workspace import beside, file
from desktop.workspace.errors import ReadOnly
from desktop.workspace.watching import Watching

if TYPE_CHECKING:
    import sqlalchemy as sa

    from desktop.workspace.journal import Journal


class Transactions:
    """What :class:`~desktop.workspace.store.Workspace` stands on: the connection and its transactions."""

    def __init__(self, path: Path, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connected = False
        self._copy: Path | None = None
        """What is read in place of an older file that may not be changed."""

    def _connect(self) -> None:
        from desktop.workspace import engine
        from desktop.workspace.journal import Journal

        def creator() -> sqlite3.Connection:
            return file.connect(self._copy or self.path, read_only=self.read_only)

        with file.told(self.path):
            self._connection: sa.Connection = engine.connect(creator, self.path)
        self._connected = True
        with file.told(self.path):
            self._watch(None if self.read_only else beside.real(self.path))
        self._journal = Journal(self._connection)

    @property
    def journal(self) -> Journal:
        """The journal, to be read; the gate lets nothing but an operation write to it."""
        return self._journal

    @contextlib.contextmanager
    def beside(self) -> Iterator[Journal]:
        """The journal over a connection of its own, to be read in another thread than this one's."""
        other = Transactions(self.path, read_only=True)
        other._copy = self._copy
        other._connect()
        try:
            yield other.journal
        finally:
            other._disconnect()

    @contextlib.contextmanager
    def _writing(self, *, keep: bool = True) -> Iterator[Journal]:
        """One transaction with the gate open; rolled back on any error, or when not to be kept.

        Nothing is kept by which the file could not be opened again. Raises DamagedFile.
        """
        from desktop.workspace import selfcheck

        if self.read_only:
            raise ReadOnly
        if self._raw().in_transaction:
            raise RuntimeError("an operation is running; what belongs together goes into one")
        run = self._connection.exec_driver_sql
        with file.told(self.path):
            run("BEGIN IMMEDIATE")
            try:
                run("UPDATE sync_gate SET open = 1")
                yield self._journal
                if keep:
                    selfcheck.check_room(self._connection, self.path.name)
                run("UPDATE sync_gate SET open = 0")
                run("COMMIT" if keep else "ROLLBACK")
            except BaseException:  # an interrupt, too, takes back what was begun; raised again
                raw = self._raw()
                try:
                    if raw.in_transaction:
                        run("ROLLBACK")
                finally:
                    if isinstance(raw, Watching):
                        raw.failed()
                raise

    @contextlib.contextmanager
    def _trying(self) -> Iterator[Journal]:
        """A journal to try something on and keep nothing: a file open to read only lends a copy."""
        if not self.read_only:
            with self._writing(keep=False) as journal:
                yield journal
            return
        from desktop.workspace import backup

        with tempfile.TemporaryDirectory(prefix="rancang-copy-") as folder:
            copy = Transactions(Path(folder) / self.path.name, read_only=False)
            backup.copy_checked(self._raw(), copy.path)
            copy._connect()
            try:
                with copy._writing(keep=False) as journal:
                    yield journal
            finally:
                copy._disconnect()

    def _raw(self) -> sqlite3.Connection:
        raw = self._connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError(raw)
        return raw

    def _disconnect(self) -> None:
        if self._connected:
            self._connected = False
            self._watch(None)  # whatever lies there, it is let go of
            self._connection.close()

    def _watch(self, place: Path | None) -> None:
        """Whether somebody laid something beside the file is asked from now on, or no more."""
        raw = self._connection.connection.driver_connection
        if isinstance(raw, Watching):
            raw.watch(place)
