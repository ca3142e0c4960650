"""A connection that is open for long: nothing that is laid beside its file meanwhile is played into it.

SQLite looks for a journal whenever a connection goes from no lock to one, so this one never lets go of the
lock of a reader. And it looks itself, for what is laid there is told before anything is written.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from desktop.workspace.beside import JOURNAL, MAGIC, NamesAnother, names_beside

_HOLDS = "SELECT 1 FROM sqlite_schema UNION ALL SELECT 2 UNION ALL SELECT 3"
"""Not at its end when its first row is read, whatever stands in the file."""
_BEGINS = "BEGIN IMMEDIATE"


class Watching(sqlite3.Connection):
    """A connection that can be held."""

    _place: Path | None = None
    """The file, from the moment on in which nothing lies beside it."""
    _held: sqlite3.Cursor | None = None
    """A statement that is never read to its end: with it goes the lock."""
    _loose = False
    """Whether it is let go of for a statement."""
    guard: Watching | None = None
    """What keeps anything from being played in until this connection has a lock of its own."""
    put_in_place: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    """At opening, the first of these files was what a crash had left, and the other took its place."""
    _size = 0
    """Bytes of the file when it was last held or written by this connection."""
    _own: tuple[int, ...] | None = None
    """The journal of our own transaction that could not be taken back at once."""

    def watch(self, place: Path | None) -> None:
        """Hold the file from now on, or no more."""
        self._place = place
        if place is None:
            self._release()
        else:
            self.hold()

    def hold(self) -> None:
        """Keep the lock of a reader until it is closed. Raises sqlite3.Error."""
        if self._held is None:
            held = super().cursor()
            held.execute(_HOLDS).fetchone()
            self._held = held
            self._measure()
        self.let_guard_go()

    def let_guard_go(self) -> None:
        """What held it is not needed any more. Raises sqlite3.Error."""
        if self.guard is not None:
            self.guard.close()
            self.guard = None

    def _release(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    @contextlib.contextmanager
    def let_go(self, guard: Callable[[Path], Watching]) -> Iterator[None]:
        """For a statement that suffers no other beside it; a ``guard`` holds the file meanwhile.

        Raises what making a guard raises.
        """
        held = self._held is not None
        if held and self._place is not None:
            self.guard = guard(self._place)
        self._loose = True
        self._release()
        try:
            yield
        finally:
            self._loose = False
            if held:
                self.look("")

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> sqlite3.Cursor:  # type: ignore[override]
        """A cursor that looks first."""
        return super().cursor(factory or _Looking)

    def execute(self, sql: str, *about: Any) -> sqlite3.Cursor:
        """Do a statement."""
        self.look(sql)
        found = super().execute(sql, *about)
        self.began(sql)
        return found

    def began(self, sql: str) -> None:
        """A statement was done: a writer with its lock needs no guard, which would keep it from ending."""
        if sql == _BEGINS:
            self.let_guard_go()
        if not self.in_transaction:
            self._measure()

    def _measure(self) -> None:
        if self._place is not None:
            with contextlib.suppress(OSError):
                self._size = self._place.stat().st_size

    def _check_whole(self, place: Path) -> None:
        """Nobody else can write while it is held: what has become shorter was cut off, or written over.

        SQLite would go by the pages that it remembers, and write some of them into what is no document.
        """
        with contextlib.suppress(OSError):
            if self._held is not None and place.stat().st_size < self._size:
                raise sqlite3.DatabaseError("database disk image is malformed")

    def close(self) -> None:
        """Close it; what was begun is taken back."""
        self._blunt()
        self.watch(None)
        self.let_guard_go()
        super().close()

    def look(self, sql: str) -> None:
        """Look once. Raises NamesAnother, sqlite3.DatabaseError."""
        if self._place is None:
            return
        if self.in_transaction:
            if sql.startswith("ROLLBACK"):
                self._blunt()
            return
        for end in names_beside(self._place):
            if end != JOURNAL or self._own is None or self._own != _which(self._place):
                raise NamesAnother(self._place.name, self._place.name + end)
        self._check_whole(self._place)
        if self._held is None and not self._loose:
            with contextlib.suppress(sqlite3.Error):  # what stands in the way is told by the statement itself
                self.hold()

    def failed(self) -> None:
        """A transaction could not be ended: SQLite takes it back when it is next asked, if nobody reads."""
        self._own = None if self._place is None else _which(self._place)
        self._release()

    def _blunt(self) -> None:
        if self._place is not None:
            self.blunt(self._place)

    def blunt(self, place: Path) -> None:
        """A transaction that is taken back deletes what its journal names at its end; ours names nothing.

        What lay there when it began is kept behind what was written, so that one more byte makes it nothing.
        """
        if not self.in_transaction:
            return
        journal = place.with_name(place.name + JOURNAL)
        with contextlib.suppress(OSError), journal.open("rb+") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - len(MAGIC)))
            if file.read() == MAGIC:
                file.write(b"\0")


def _which(database: Path) -> tuple[int, ...] | None:
    """The very file that a journal is."""
    try:
        about = database.with_name(database.name + JOURNAL).lstat()
    except OSError:
        return None
    return about.st_dev, about.st_ino, about.st_size, about.st_ctime_ns


class _Looking(sqlite3.Cursor):
    def execute(self, sql: str, *about: Any) -> Any:
        watching = cast("Watching", self.connection)
        watching.look(sql)
        found = super().execute(sql, *about)
        watching.began(sql)
        return found

    def executemany(self, sql: str, *about: Any) -> Any:
        cast("Watching", self.connection).look(sql)
        return super().executemany(sql, *about)
