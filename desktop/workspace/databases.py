"""SQLite's files of anybody's, opened so that nothing else is touched by what lies beside them.

SQLite opens of its own accord what lies beside a file under certain names, plays it into the file, deletes
it, writes over it, and deletes what a journal names. So what is only looked at is opened to be read alone,
and where a crash or another program left something to be played in, in a copy of both in a folder of ours.
What is written is opened in its place, and there nothing lies beside it but what SQLite left for this very
file.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path, PurePath
from typing import NamedTuple
from urllib.parse import quote

from desktop.base.errors import FileProblem
from desktop.base.message import Message
from desktop.base.ordinary import check_ordinary, check_room, open_ordinary
from desktop.workspace.left_as import is_as_left

JOURNAL, WAL, SHARED = "-journal", "-wal", "-shm"
BESIDE = (JOURNAL, WAL, SHARED)
_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""How a journal begins, and how one ends that names another file."""
_HEADER = b"SQLite format 3\0"
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class NamesAnother(FileProblem):
    """What lies beside a database is another file, or deletes one when it is played back."""

    def __init__(self, file: str, other: str) -> None:
        super().__init__(Message("base.file.names_another", file=file, other=other))


class NotAlone(FileProblem):
    """Beside the place of a database lies what belongs to another one of its name."""

    def __init__(self, file: str, other: str) -> None:
        super().__init__(Message("base.file.not_alone", file=file, other=other))


def real(path: Path) -> Path:
    """Where a file really lies: its lock and its journal stand there, through whatever link it is opened."""
    return Path(os.path.realpath(path))


def uri(path: PurePath) -> str:
    """SQLite's name for a file: `#`, `?` and `%` are letters; `//server/share` is no host but a path."""
    plain = path.as_posix()
    return f"file://{'' if plain.startswith('/') else '/'}{quote(os.fsencode(plain))}"


def connect(path: Path, *, read_only: bool, timeout: float = 5) -> sqlite3.Connection:
    """A connection in which each statement is a transaction, for one thread after the other.

    Raises NotOrdinary, NamesAnother, FileProblem, sqlite3.Error.
    """
    there = real(path)
    check_ordinary(there, path.name)
    check_beside(there)
    if not _is_left_behind(there):
        return _connection(there, "ro" if read_only else "rw", timeout)
    copy = _in_a_copy(there, timeout)
    if read_only:
        return copy
    copy.close()  # it was only tried
    return _connection(there, "rw", timeout)


def alone(path: Path) -> sqlite3.Connection:
    """A file by itself, whatever lies beside it, at once: what was left half-written in it is seen so.

    Where nothing lies beside it, it is read as always, whoever works in it meanwhile.
    Raises NotOrdinary, FileProblem, sqlite3.Error.
    """
    there = real(path)
    check_ordinary(there, path.name)
    return _connection(there, "ro&immutable=1" if _beside(there) else "ro", 0)


def check_beside(database: Path) -> None:
    """Whether what lies beside a database can be what SQLite left there for it.

    It would wait at a pipe for ever. A journal may name a file that is deleted when it is played back: that
    of several databases written at once, and none of ours is. One that is the database itself may become
    such a one while it is played back. What has a second name is another file of somebody's, and would be
    emptied or written over; but a backup may know a journal by one, which is read and let go.
    Raises NotOrdinary, NamesAnother, FileProblem.
    """
    # SQLite goes through links to the file itself, and looks there
    database = real(database)
    for end in BESIDE:
        beside = database.with_name(database.name + end)
        check_room(beside)
        try:
            about, main = beside.lstat(), database.stat()
            ours = not stat.S_ISLNK(about.st_mode) and _may_be(about, main)
            if ours and end == JOURNAL:
                ours = _is_journal(beside, main)
            elif ours:
                ours = about.st_nlink <= 1
        except FileNotFoundError:
            continue
        except OSError as error:
            raise FileProblem.from_os(error, beside.name) from error
        if not ours:
            raise NamesAnother(database.name, beside.name)


def check_alone(database: Path, name: str = "") -> None:
    """Whether a database may be put in this place: what lies beside it would be played into it.

    Raises NotAlone.
    """
    for end in _beside(database):
        raise NotAlone(name or database.name, database.name + end)


def _beside(database: Path) -> list[str]:
    return [end for end in BESIDE if os.path.lexists(database.with_name(database.name + end))]


def _may_be(about: os.stat_result, main: os.stat_result) -> bool:
    """Whether whoever laid it there may write the database too: in a common folder anybody lays anything."""
    return about.st_uid in {main.st_uid, _myself(about)} or bool(main.st_mode & _OTHERS)


def _myself(about: os.stat_result) -> int:
    return os.geteuid() if hasattr(os, "geteuid") else about.st_uid


def _is_journal(path: Path, main: os.stat_result) -> bool:
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        head = file.read(len(_MAGIC))
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(_MAGIC)))
        tail = file.read()
    if tail == _MAGIC or os.path.samestat(about, main):
        return False
    if head and _MAGIC.startswith(head):
        return True
    # nothing to be played back, or what a power cut leaves of it: it is written over when it is needed
    return not head.strip(b"\0") and about.st_nlink <= 1


def _is_left_behind(database: Path) -> bool:
    """Whether something beside it is to be played into it."""
    beside = _beside(database)
    if {WAL, SHARED}.intersection(beside):
        return True
    if not beside:
        return False
    # a writer at work has a journal as well: only SQLite knows by its locks whether somebody is at work
    with contextlib.closing(_connection(database, "ro", 0)) as connection:
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error as error:  # anything else is told to whoever asks for more
            return getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK"
    return False


def _connection(
    path: Path, mode: str, timeout: float, kind: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    # a window opens a file in a thread and then works with it alone, one thread after the other
    return sqlite3.connect(
        f"{uri(path)}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=timeout,
        check_same_thread=False,
        factory=kind,
    )


class _Copied(sqlite3.Connection):
    """What is read in a copy, which goes with it."""

    folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        super().close()
        if self.folder is not None:
            with contextlib.suppress(OSError):
                self.folder.cleanup()
            self.folder = None


def _in_a_copy(there: Path, timeout: float) -> sqlite3.Connection:
    """What was left half-written is played into a copy, where nobody can lay or change anything."""
    folder = tempfile.TemporaryDirectory(prefix="rancang-copy-")
    try:
        copy = Path(folder.name) / there.name
        copied(there, copy)
        check_beside(copy)
        connection = _connection(copy, "rw", timeout, _Copied)
        _check_one_step(there, copy, connection)
    except BaseException:  # an interrupt, too, leaves nothing; raised again
        folder.cleanup()
        raise
    assert isinstance(connection, _Copied)  # noqa: S101 - the factory's own
    connection.folder = folder
    return connection


def _check_one_step(there: Path, copy: Path, connection: sqlite3.Connection) -> None:
    """What a crash left takes back the one transaction that it interrupted, by SQLite's own count of them.

    Anything else was laid there by somebody, in an archive that was unpacked here for instance, and would
    make another file of it; and so was all that changes a file which is as it was left. Raises NamesAnother.
    """
    whole = is_as_left(there)
    before = _state(copy, wholly=whole)
    left = JOURNAL if os.path.lexists(copy.with_name(copy.name + JOURNAL)) else WAL
    beside = copy.with_name(copy.name + left)
    empty = not beside.exists() or not beside.stat().st_size
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.Error:
        return  # told to whoever asks for more
    after = _state(copy, wholly=whole)
    if left == JOURNAL:
        sound = (before.written - after.written) % (1 << 32) <= 1 and not (whole and before != after)
    else:
        # what is written ahead is counted there alone, and a file that is not written so has none
        sound = empty or (before.logged and not whole)
    if before.written >= 0 and not sound:
        connection.close()
        raise NamesAnother(there.name, there.name + left)


class _State(NamedTuple):
    """What a database says of itself."""

    written: int
    """How many transactions were written into it; -1 of what is none."""
    logged: bool
    """Whether they are written ahead, into a file beside it."""
    sha256: bytes


def _state(database: Path, *, wholly: bool) -> _State:
    with database.open("rb") as file:
        head = file.read(100)
        file.seek(0)
        whole = hashlib.file_digest(file, "sha256").digest() if wholly else b""
    if len(head) < 100 or not head.startswith(_HEADER):
        return _State(-1, logged=False, sha256=whole)
    return _State(int.from_bytes(head[24:28], "big"), head[18:20] == b"\2\2", whole)


def copied(path: Path, copy: Path) -> list[str]:
    """Copy a file, and of a database what is to be played into it; the SHA-256 of each, in order.

    Raises NotOrdinary, FileProblem.
    """
    there = real(path)
    with open_ordinary(there, name=path.name) as source:
        found = [_one(source.fileno(), copy, path.name)]
    if _state(copy, wholly=False).written < 0:
        return found
    for end in (JOURNAL, WAL):
        beside = there.with_name(there.name + end)
        if os.path.lexists(beside):
            with open_ordinary(beside, links=False, name=path.name + end) as source:
                found.append(end + _one(source.fileno(), copy.with_name(copy.name + end), path.name + end))
    return found


def _one(source: int, target: Path, name: str) -> str:
    """Copy what is open, whole or not at all, and say its SHA-256."""
    hasher = hashlib.sha256()
    try:
        # what grows meanwhile has no end
        size, at = os.fstat(source).st_size, 0
        _check_space(size, target.parent)
        with target.open("xb") as file:
            file.truncate(size)
            while at < size:
                found = _next_data(source, at)
                if found is None:
                    break
                if found > at:
                    hasher.update(f"{at}-{found}".encode())
                    at = found
                os.lseek(source, at, os.SEEK_SET)
                file.seek(at)
                piece = os.read(source, min(size - at, 1 << 20))
                if not piece:
                    break
                at += len(piece)
                hasher.update(piece)
                file.write(piece)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise FileProblem.from_os(error, name) from error
    return hasher.hexdigest()


def _next_data(source: int, at: int) -> int | None:
    """Where something is written from here on, None where nothing is: a stick may hold more than fits."""
    if not hasattr(os, "SEEK_DATA"):
        return at
    try:
        return os.lseek(source, at, os.SEEK_DATA)
    except OSError as error:
        return None if error.errno == errno.ENXIO else at


def _check_space(size: int, folder: Path) -> None:
    """A file full of nothing would fill the disk before anybody hears of it."""
    if size > shutil.disk_usage(folder).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
