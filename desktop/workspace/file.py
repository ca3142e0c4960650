"""The workspace file itself: is it ours, whole, of our version, and free to be opened?

Uses only the standard library's sqlite3, so that the window can look at a file before SQLAlchemy loads.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import sqlite3
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.base.errors import FileProblem, RancangError
from desktop.base.plain import plain
from desktop.workspace import beside, databases, left_over
from desktop.workspace.beside import real
from desktop.workspace.errors import (
    Busy,
    BypassedJournal,
    DamagedFile,
    FileMoved,
    FileTooNew,
    FileTooOld,
    ForeignSchema,
    InUse,
    NotALock,
    NotAWorkspace,
)
from desktop.workspace.plain_schema import check, is_sqlites, refuse_computing, things
from desktop.workspace.watching import Watching

APPLICATION_ID = 0x52414E43
"""``RANC``: written into the header of every workspace file."""
VERSION = 5
"""The version of the tables this program reads and writes (``user_version``)."""
OLDEST = 1
"""The oldest version that can still be brought up to date."""
SUFFIX = ".rancang"


def connect(path: Path, *, read_only: bool) -> Watching:
    """A connection with our settings. The schema of a file from elsewhere is not trusted."""
    try:
        # to be looked at it need only be sound; to work in it, it is read from end to end
        whole = left_over.is_sound if read_only else left_over.is_whole
        connection = databases.connect(path, read_only=read_only, whole=whole)
    except sqlite3.Error as error:
        raise sentence(path, error) from error
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA foreign_keys=ON")
        # EXTRA also flushes the folder after the journal went: sticks need it, disks pay a millisecond or two
        connection.execute("PRAGMA synchronous=EXTRA")
        connection.execute("PRAGMA cell_size_check=ON")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    except sqlite3.OperationalError as error:
        connection.close()
        raise sentence(path, error) from error
    except sqlite3.DatabaseError as error:
        connection.close()
        raise NotAWorkspace(path.name) from error
    return connection


@contextlib.contextmanager
def peeked(path: Path) -> Iterator[sqlite3.Connection]:
    """To ask a stranger's file something before it is opened: a view in a table's place might never end."""
    with contextlib.closing(connect(path, read_only=True)) as connection:
        check(connection, path.name)
        yield connection


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite says while we write into a sentence: locked, full, read-only, bypassed, damaged."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        raise sentence(path, error.orig) from error
    except sqlite3.Error as error:
        raise sentence(path, error) from error


@contextlib.contextmanager
def understood(path: Path) -> Iterator[None]:
    """The same while we read, where a file may also hold what no workspace would."""
    with told(path):
        try:
            yield
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
            raise DamagedFile(path.name, type(error).__name__) from error


def sentence(path: Path, error: BaseException | None) -> RancangError:
    """What an error of SQLite means to a person."""
    reason, name = str(error), str(getattr(error, "sqlite_errorname", ""))
    if reason.startswith("rancang:"):
        return BypassedJournal()
    if name == "SQLITE_READONLY_DBMOVED":
        return FileMoved(path.name)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Busy(path.name)
    numbers = {
        "full": errno.ENOSPC,
        "readonly": errno.EROFS,
        "read-only": errno.EROFS,
        "unable to open": errno.ENOENT,
    }
    number = next((number for word, number in numbers.items() if word in reason), None)
    if number is not None or "I/O" in reason:
        return FileProblem.from_os(OSError(number or errno.EIO, reason), path.name)
    return DamagedFile(path.name, reason)


def prepare_new(path: Path) -> None:
    """Make an empty file with our marks. Raises FileProblem when something is there already, or beside it."""
    beside.check_alone(real(path))
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o644))
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    try:
        with told(path), contextlib.closing(connect(path, read_only=False)) as connection:
            connection.hold()
            # must be chosen before the first table, else deleted evidence never frees space
            connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
    except RancangError:
        path.unlink(missing_ok=True)
        raise


def keep_in_one_file(path: Path) -> bool:
    """Settle what a crash or another program left beside a file; whether there was anything.

    Some database tools switch a file to write-ahead logging, and then a copy of it is not all of it.
    """
    there = real(path)
    left = any(there.with_name(there.name + end).exists() for end in beside.BESIDE)
    if left:
        beside.check_beside(there)
        databases.put_cold_aside(there)
    with told(path), contextlib.closing(connect(path, read_only=True)) as connection:
        split = connection.execute("PRAGMA journal_mode").fetchone()[0] != "delete"
    if left or split:
        with told(path), contextlib.closing(connect(path, read_only=False)) as connection:
            databases.in_one_file(connection)
    return left


def version_of(path: Path) -> int:
    """The table version of a workspace file. Raises NotAWorkspace, FileProblem."""
    with contextlib.closing(connect(path, read_only=True)) as connection:
        return _version(connection, path)


def _version(connection: sqlite3.Connection, path: Path) -> int:
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise NotAWorkspace(path.name)
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise NotAWorkspace(path.name) from error


def inspect(path: Path) -> int:
    """Refuse what is not ours, too new, too old, or damaged; returns the file's version."""
    with contextlib.closing(connect(path, read_only=True)) as connection:
        version = _version(connection, path)
        if version > VERSION:
            raise FileTooNew(path.name, version, VERSION)
        if version < OLDEST:
            raise FileTooOld(path.name, version, OLDEST)
        try:
            # looking through a table computes its columns, if whoever made the file wrote such
            check(connection, path.name)
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.DatabaseError as error:
            raise DamagedFile(path.name, str(error)) from error
    if found != "ok":
        raise DamagedFile(path.name, str(found))
    return version


_COLUMNS = (
    "SELECT t.name, c.name, c.hidden FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c"
    " WHERE t.type = 'table'"
)


def check_schema(
    path: Path, allowed: Mapping[tuple[str, str], str], columns: Mapping[str, frozenset[str]]
) -> None:
    """Refuse tables, views and triggers that do not belong in a workspace (a file may come from anybody).

    ``allowed`` maps (type, name) to the statement that must have made it, or to an empty text;
    ``columns`` names the columns each table must have. More of them may have come with a newer version.
    """
    with contextlib.closing(connect(path, read_only=True)) as connection, told(path):
        found = things(connection)
        for kind, name, sql in found:
            if is_sqlites(kind, name, sql):
                continue
            wanted = "" if kind == "index" and name.startswith("ix_") else allowed.get((kind, name))
            if wanted is None or (wanted and wanted != sql):
                raise ForeignSchema(path.name, f"{kind} {name}")
            if not wanted:
                refuse_computing(kind, name, str(sql), path.name)
        missing = allowed.keys() - {(kind, name) for kind, name, _ in found}
        if missing:
            raise ForeignSchema(path.name, " ".join(min(missing)))
        there: dict[str, set[str]] = {}
        for table, name, hidden in connection.execute(_COLUMNS):
            there.setdefault(table, set()).add(name)
            # a column computed from an expression of whoever made the file
            if hidden and table in columns:
                raise ForeignSchema(path.name, f"table {table}")
        for table, names in columns.items():
            if not names <= there.get(table, set()):
                raise ForeignSchema(path.name, f"table {table}")


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open."""

    person: str
    host: str
    process: int


_BEGINNING = '{"person":'
_LARGEST = 4096
"""Bytes of a lock; a name and a computer's name are far less."""
_PROCESSES = 1 << 31
_SHORT = 100
"""Letters of a name in a sentence."""
_HELD: set[Path] = set()
"""The locks of this very process: after a restart in a container its number may be the same again."""


class Lock:
    """A file beside the workspace that says who has it open; left over by a crash, it is taken over."""

    def __init__(self, workspace: Path, person: str) -> None:
        there = real(workspace)
        self._path = there.with_name(there.name + ".lock")
        self._file = workspace.name
        self._me = Holder(person, _host(), os.getpid())
        self._held = False

    def take(self) -> bool:
        """Take the lock; whether a crash had left one behind. Raises InUse, Busy, NotALock."""
        for attempt in range(2):
            try:
                self._write()
            except FileExistsError:
                self._make_room()
                continue
            except OSError as error:
                raise FileProblem.from_os(error, self._path.name) from error
            self._held = True
            _HELD.add(self._path)
            return attempt > 0
        # others come and go at this very moment
        raise Busy(self._file)

    def _write(self) -> None:
        told = {"person": self._me.person, "host": self._me.host, "process": self._me.process}
        handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
                json.dump(told, file)
        except OSError:
            self._path.unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        text = self._text()
        holder = self._holder()
        if text is None and not self._path.is_symlink() and not self._path.exists():
            return
        if holder is not None and self._at_work(holder):
            raise InUse(self._file, *(plain(one)[:_SHORT] for one in (holder.person, holder.host)))
        if holder is None and not _is_half_written(text):
            # somebody's own file, or a pipe: neither read to its end nor deleted
            raise NotALock(self._file, self._path.name)
        self._remove()

    def _remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise FileProblem.from_os(error, self._path.name) from error

    def drop_older(self, seconds: float) -> None:
        """Remove a lock that was left behind so long ago, whoever held it; nothing else of that name."""
        with contextlib.suppress(OSError, FileProblem):
            old = time.time() - self._path.lstat().st_mtime > seconds
            if old and (self._holder() is not None or _is_half_written(self._text())):
                self._remove()

    def _at_work(self, holder: Holder) -> bool:
        if (holder.host, holder.process) == (self._me.host, self._me.process):
            return self._path in _HELD
        return _alive(holder)

    def _holder(self) -> Holder | None:
        try:
            data = json.loads(self._text() or "")
            process = data["process"]
            if type(process) is not int or not 0 <= process < _PROCESSES:
                return None  # no system counts so far
            return Holder(str(data["person"]), str(data["host"]), process)
        except (ValueError, KeyError, TypeError, RecursionError):
            return None

    def _text(self) -> str | None:
        """What a lock says; None of what cannot be one: a pipe, a link, a large file, a folder."""
        flags = sum(getattr(os, one, 0) for one in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW"))
        try:
            handle = os.open(self._path, os.O_RDONLY | flags)
        except OSError:
            return None
        try:
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode) or about.st_size > _LARGEST:
                return None
            return os.read(handle, _LARGEST).decode("utf-8", "replace")
        except OSError:
            return None
        finally:
            os.close(handle)

    def release(self) -> None:
        """Give the lock back, if it is still ours."""
        if self._held:
            self._held = False
            _HELD.discard(self._path)
            if self._holder() == self._me:
                with contextlib.suppress(OSError):  # the stick was pulled out: the next one takes it over
                    self._path.unlink(missing_ok=True)


def _is_half_written(text: str | None) -> bool:
    """Whether it is what a crash leaves of a lock: nothing, zeros, or the beginning."""
    if text is None:
        return False
    left = text.strip("\0 \r\n")
    return left.startswith(_BEGINNING) or _BEGINNING.startswith(left)


def _host() -> str:
    import platform

    return platform.node()


def _alive(holder: Holder) -> bool:
    """Whether the holder may still be at work; of another computer we cannot tell, so yes."""
    if holder.host != _host():
        return True
    if sys.platform == "win32":
        return _alive_on_windows(holder.process)
    if holder.process <= 0:
        return False
    try:
        os.kill(holder.process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _alive_on_windows(process: int) -> bool:
    # os.kill(pid, 0) would end the process on Windows, so ask the kernel for a handle instead
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - does not exist on other systems
    handle = kernel.OpenProcess(0x1000, 0, process)
    if handle:
        kernel.CloseHandle(handle)
    return bool(handle)
