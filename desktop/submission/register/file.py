"""A register's file: made new, or opened only when it is one, whole, and of our version."""

from __future__ import annotations

import contextlib
import secrets
import sqlite3
import time
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.base.placing import lay, own_place
from desktop.submission.register.known_here import KnownHere, begin, end, turn_of
from desktop.submission.register.migrating import upgrade, versions
from desktop.submission.register.tables import APPLICATION_ID, METADATA, NUMBER, VERSION
from desktop.workspace import databases
from desktop.workspace.beside import check_alone, real
from desktop.workspace.watching import Watching

SUFFIX = ".sqlite"
WAITING = 10.0
"""Seconds to wait for another program that writes."""
_WRITES = ("INSERT", "UPDATE", "DELETE", "REINDEX")
_WORDED = "worded"
"""Holds the word of a transaction that has one."""
_HEADER = b"SQLite format 3\0"


class NotARegister(RancangError):
    """A file that is no register; nothing is written into it."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("submission.register.not_one", file=file))


class RegisterTooNew(RancangError):
    """A newer program made it."""

    def __init__(self, file: str, found: int) -> None:
        super().__init__(
            Message("submission.register.too_new", file=file, found=str(found), known=str(VERSION))
        )


class RegisterUnusable(RancangError):
    """A register that is damaged, full, locked or may not be written."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(Message("submission.register.unusable", file=file, reason=reason))


class AnotherFile(RancangError):
    """What lies at the register's place is not the file any more that was opened."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("submission.register.another_file", file=file))


class _Very:
    """The very file that was opened: each transaction opens its path anew, where another may lie by then."""

    def __init__(self, path: Path) -> None:
        """Held open, so that no file that comes later has its number. Raises FileProblem, sqlite3.Error."""
        self._path = path
        self._held = databases.alone(path)
        self._which = self._lying()
        self._real, self._number, self._turn = real(path), "", 0

    def learn(self) -> None:
        """Know it by its own number too, now that it was looked at; not where it lies there half-written."""
        with contextlib.suppress(sqlite3.Error):
            self._number = _number_of(self._held)
            self.saw(self._held)

    @property
    def numbered(self) -> bool:
        """Whether it has a number of its own: what earlier programs made has none."""
        return bool(self._number)

    def saw(self, raw: sqlite3.Connection) -> None:
        """Know how far it is: an older copy of it is not it. Raises sqlite3.Error."""
        self._turn = max(self._turn, turn_of(raw))

    def _lying(self) -> tuple[int, ...] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def check(self) -> None:
        """Raises :class:`AnotherFile`."""
        if self._lying() != self._which:
            raise AnotherFile(self._path.name)

    def follow(self, raw: Watching) -> None:
        """Where a crash left this very one, what heals it takes its place: it is that one from now on.

        So too where another computer healed it: then it is known by its number. Raises :class:`AnotherFile`,
        FileProblem, sqlite3.Error.
        """
        if raw.put_in_place is not None and raw.put_in_place[0] == self._which:
            held, self._held = self._held, databases.alone(self._path)
            held.close()
            self._which = raw.put_in_place[1]
        elif self._number and self._lying() != self._which:
            self._find_again(raw)
        self.check()
        if self._number:
            self.saw(raw)

    def _find_again(self, raw: Watching) -> None:
        """Take the file that lies there for it where it is: by the same way, and under no second name."""
        which = self._lying()
        with contextlib.suppress(OSError):
            if real(self._path) != self._real or self._real.stat().st_nlink != 1:
                return
        if _check(self._path, raw) != VERSION or _number_of(raw) != self._number or turn_of(raw) < self._turn:
            return
        held = databases.alone(self._path)
        if _number_of(held) == self._number and self._lying() == which:
            held, self._held, self._which = self._held, held, which
        held.close()

    def close(self) -> None:
        """Let go of it."""
        self._held.close()


def opened(path: Path, *, create: bool, read_only: bool = False) -> sa.Engine:
    """The register at ``path``; with ``create`` a new one where there is no file.

    Raises :class:`NotARegister`, :class:`RegisterTooNew`, :class:`RegisterUnusable`, :class:`AnotherFile`,
    FileProblem.
    """
    if not path.exists() and create and not read_only:
        _make(path)
    head = _head_of(path)
    with told(path):
        very = _Very(path)
    try:
        _look_at(path, head, very, read_only=read_only)
        very.check()
        very.learn()
        engine = _engine(path, very, read_only=read_only)
        if not read_only and not very.numbered:
            # where nobody may write now, it stays without until the next time
            with contextlib.suppress(DBAPIError), engine.begin() as connection:
                connection.exec_driver_sql(
                    "INSERT OR IGNORE INTO setting (name, value) VALUES (?, ?)",
                    (NUMBER, secrets.token_hex(16)),
                )
            very.learn()
        if not read_only:
            _set_indexes_right(path, engine)
        return engine
    except BaseException:  # an interrupt, too, lets go of it; raised again
        very.close()
        raise


def _set_indexes_right(path: Path, engine: sa.Engine) -> None:
    """A table says what is kept, and its indexes are made of that anew where they say something else.

    Another program can leave it like that; the quick look does not see it, and what is judged ends there.
    """
    whole = "PRAGMA integrity_check(1)"
    with told(path):
        with engine.connect() as connection:
            if str(connection.exec_driver_sql(whole).scalar()) == "ok":
                return
        with engine.begin() as connection:
            connection.exec_driver_sql("REINDEX")


def _head_of(path: Path) -> bytes:
    """How a register begins. Raises NotARegister, RegisterUnusable, FileProblem."""
    try:
        with open_ordinary(path) as file:
            head = file.read(100)
    except OSError as error:
        raise FileProblem.from_os(error, str(path)) from error
    if not head.startswith(_HEADER) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotARegister(path.name)
    if path.stat().st_size % (int.from_bytes(head[16:18], "big") or 1):
        raise RegisterUnusable(path.name, "cut off")
    return head


def _look_at(path: Path, head: bytes, very: _Very, *, read_only: bool) -> None:
    """Whether it is whole; of our version it is from now on. Raises as :func:`opened`."""
    with told(path), contextlib.closing(_connect(path, read_only=True)) as raw:
        found = _check(path, raw)
    if not read_only and databases.is_left_behind(real(path)):
        with told(path), contextlib.closing(_connect(path, read_only=False)) as raw:
            very.follow(raw)
            _check(path, raw)
    if found != VERSION:
        with told(path), contextlib.closing(_connect(path, read_only=False)) as raw:
            upgrade(raw, _schema(), partial(_begin_guarded, path, raw))
        with told(path), contextlib.closing(_connect(path, read_only=True)) as raw:
            _check(path, raw)
    if not read_only and head[18:20] == b"\2\2":
        # another tool's doing: what is written ahead would be believed whoever laid it there
        with told(path), contextlib.closing(_connect(path, read_only=False)) as raw:
            databases.in_one_file(raw)


def _check(path: Path, raw: sqlite3.Connection) -> int:
    """Its version, and that it holds our tables and nothing else: a file may come from anybody."""
    version = int(raw.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise RegisterTooNew(path.name, version)
    found = raw.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    wanted = versions(_schema()).get(version)
    # each of them once: SQLite goes by every statement, whatever is written beside it
    if wanted is None or sorted(map(str, found)) != sorted(str((*key, sql)) for key, sql in wanted.items()):
        raise NotARegister(path.name)
    whole = str(raw.execute("PRAGMA quick_check(1)").fetchone()[0])
    if whole != "ok":
        raise RegisterUnusable(path.name, whole)
    return version


def _is_whole(path: Path) -> bool:
    """Whether a register is whole without what lies beside it."""
    try:
        with contextlib.closing(_connect(path, read_only=True)) as raw:
            _check(path, raw)
            return bool(raw.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except (sqlite3.Error, RancangError):
        return False


@cache
def _schema() -> dict[tuple[str, str], str]:
    """Every table and index with the statement that makes it."""
    engine = sa.create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
        return {(kind, name): sql for kind, name, sql in rows}


def _make(path: Path) -> None:
    """A new register, whole or not there at all."""
    check_alone(path)
    try:
        with own_place(path) as part:
            part.touch(exist_ok=False)
            with told(path), contextlib.closing(_connect(part, read_only=False)) as raw:
                raw.execute("BEGIN IMMEDIATE")
                raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
                raw.execute(f"PRAGMA user_version={VERSION}")
                for sql in _schema().values():
                    raw.execute(sql)
                raw.execute(
                    "INSERT INTO setting (name, value) VALUES (?, ?)", (NUMBER, secrets.token_hex(16))
                )
                raw.execute("COMMIT")
            # what another program made there meanwhile is the register
            lay(part, path)
    except OSError as error:
        raise FileProblem.from_os(error, str(path)) from error


def _connect(path: Path, *, read_only: bool) -> Watching:
    raw = databases.connect(
        path, read_only=read_only, whole=_is_whole, known=KnownHere(_is_whole), timeout=WAITING
    )
    try:
        raw.execute("PRAGMA trusted_schema=OFF")
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute("PRAGMA cell_size_check=ON")
        raw.execute("PRAGMA synchronous=FULL")
    except sqlite3.Error:
        raw.close()
        raise
    return raw


def _number_of(raw: sqlite3.Connection) -> str:
    """The number of a register that was looked at; those of earlier programs have none."""
    found = raw.execute("SELECT value FROM setting WHERE name = ?", (NUMBER,)).fetchone()
    return str(found[0]) if found else ""


def _raw(found: object) -> sqlite3.Connection:
    assert isinstance(found, sqlite3.Connection)  # noqa: S101 - the creator's own
    return found


def _begin_guarded(path: Path, raw: Watching) -> None:
    """Begin to write, while one that can but read keeps anything from being played in.

    Whoever writes just now waits for all that read; so the guard goes whenever we have to wait for them.
    """
    until = time.monotonic() + WAITING
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while True:
            try:
                if raw.guard is None:
                    raw.guard = databases.guard(path, 0)
                raw.execute("BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError as error:
                busy = str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY")
                if not busy or time.monotonic() > until:
                    raise
            finally:
                raw.let_guard_go()
            time.sleep(0.01)
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(WAITING * 1000)}")


def _engine(path: Path, very: _Very, *, read_only: bool) -> sa.Engine:
    def connect() -> sqlite3.Connection:
        raw = _connect(path, read_only=read_only)
        try:
            very.follow(raw)
        except BaseException:  # an interrupt, too, leaves nothing open; raised again
            raw.close()
            raise
        return raw

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)

    @sa.event.listens_for(engine, "engine_disposed")
    def _disposed(_engine: sa.Engine) -> None:
        very.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # a writer takes its place in the queue at once instead of failing in the middle
        if read_only:
            connection.exec_driver_sql("BEGIN")
        else:
            raw = connection.connection.driver_connection
            assert isinstance(raw, Watching)  # noqa: S101 - the creator's own
            _begin_guarded(path, raw)
        connection.info.pop(_WORDED, None)

    @sa.event.listens_for(engine, "rollback")
    def _rollback(connection: sa.Connection) -> None:
        raw = connection.connection.driver_connection
        if isinstance(raw, Watching):
            raw.blunt(real(path))

    @sa.event.listens_for(engine, "before_cursor_execute")
    def _first(connection: sa.Connection, _cursor: object, statement: str, *_more: object) -> None:
        if not read_only and _WORDED not in connection.info and statement.startswith(_WRITES):
            # it writes too, and is no transaction of its own
            connection.info[_WORDED] = ""
            connection.info[_WORDED] = begin(path, _raw(connection.connection.driver_connection))

    @sa.event.listens_for(engine, "checkin")
    def _end(raw: object, record: sa.pool.ConnectionPoolEntry) -> None:
        own = record.info.pop(_WORDED, "")
        if own and not read_only and raw is not None:
            end(path, _raw(raw), own)
            with contextlib.suppress(sqlite3.Error):
                very.saw(_raw(raw))

    return engine


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite says, as a sentence."""
    try:
        yield
    except DBAPIError as error:
        raise RegisterUnusable(path.name, str(error.orig)) from error
    except sqlite3.Error as error:
        raise RegisterUnusable(path.name, str(error)) from error
    except UnicodeDecodeError as error:
        # bytes that are no letters, where a damaged or forged register has text
        raise RegisterUnusable(path.name, type(error).__name__) from error
