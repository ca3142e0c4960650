"""SQLite's files of anybody's, opened so that nothing else is touched by what lies beside them.

SQLite opens of its own accord what lies beside a file under certain names, plays it into the file, deletes
it, writes over it, and deletes what a journal names. So what is only looked at is opened to be read alone,
and where a crash or another program left something to be played in, in a copy in a folder of ours. A journal
is believed only where the file is not whole without it: what a crash interrupted is half of something, and
whoever lays a journal beside another's file cannot break that. What is not needed is put aside.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Any, Protocol, cast
from urllib.parse import quote

from desktop.base import clock
from desktop.base.errors import FileProblem
from desktop.base.message import Message
from desktop.base.ordinary import check_ordinary, check_room
from desktop.workspace.database_copies import copied, one_file

JOURNAL, WAL, SHARED = "-journal", "-wal", "-shm"
BESIDE = (JOURNAL, WAL, SHARED)
_MAGIC = bytes.fromhex("d9d505f920a163d7")
"""How a journal begins, and how one ends that names another file."""
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


Whole = Callable[[Path], bool]
"""Whether the database that lies here, by itself in a folder of ours, is whole."""


class Known(Protocol):
    """What this computer knows of a database that it wrote, beside what stands in it."""

    def unfinished(self, there: Path, copy: Path) -> bool | None:
        """Whether a transaction was under way when it was last written; None where that is not known."""

    def leads_back(self, there: Path, copy: Path) -> bool:
        """Whether a copy is the database before that transaction."""


def connect(
    path: Path, *, read_only: bool, whole: Whole, known: Known | None = None, timeout: float = 5
) -> sqlite3.Connection:
    """A connection in which each statement is a transaction, for one thread after the other.

    With ``known`` what is whole may be half of a transaction all the same.
    Raises NotOrdinary, NamesAnother, FileProblem, sqlite3.Error.
    """
    there = real(path)
    check_ordinary(there, path.name)
    check_beside(there)
    if not is_left_behind(there):
        return _connection(there, "ro" if read_only else "rw", timeout)
    copy = _mended(there, whole, known)
    if read_only:
        return copy
    needed = copy.needed
    copy.close()  # it was only tried
    if not needed:
        _put_aside(there)
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


def is_left_behind(database: Path) -> bool:
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


class Watching(sqlite3.Connection):
    """A connection that is open for long: what is laid beside its file meanwhile is told, and not played in.

    SQLite looks for a journal at each statement that is not within a transaction; ours take theirs away.
    """

    place: Path | None = None
    """The file, from the moment on in which nothing lies beside it."""
    _own: tuple[int, ...] | None = None
    """The journal of our own transaction that could not be taken back at once."""

    def cursor(self, factory: type[sqlite3.Cursor] | None = None) -> sqlite3.Cursor:  # type: ignore[override]
        """A cursor that looks first."""
        return super().cursor(factory or _Looking)

    def execute(self, *about: Any) -> sqlite3.Cursor:
        """Do a statement."""
        self.look()
        return super().execute(*about)

    def look(self) -> None:
        """Look once. Raises NamesAnother."""
        if self.place is not None and not self.in_transaction:
            for end in _beside(self.place):
                if end != JOURNAL or self._own is None or self._own != _which(self.place):
                    raise NamesAnother(self.place.name, self.place.name + end)

    def failed(self) -> None:
        """A transaction could not be ended (a full disk): SQLite takes it back when it is next asked."""
        self._own = None if self.place is None else _which(self.place)


def _which(database: Path) -> tuple[int, ...] | None:
    """The very file that a journal is."""
    try:
        about = database.with_name(database.name + JOURNAL).lstat()
    except OSError:
        return None
    return about.st_dev, about.st_ino, about.st_size, about.st_ctime_ns


class _Looking(sqlite3.Cursor):
    def execute(self, *about: Any) -> Any:
        cast("Watching", self.connection).look()
        return super().execute(*about)

    def executemany(self, *about: Any) -> Any:
        cast("Watching", self.connection).look()
        return super().executemany(*about)


def _connection(
    path: Path, mode: str, timeout: float, kind: type[sqlite3.Connection] = Watching
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
    needed = True
    """Whether what lies beside the file was needed to make it whole."""

    def close(self) -> None:
        super().close()
        if self.folder is not None:
            with contextlib.suppress(OSError):
                self.folder.cleanup()
            self.folder = None


def _mended(there: Path, whole: Whole, known: Known | None) -> _Copied:
    """A copy that is whole, where nobody can lay or change anything: by itself, else with what was left.

    Raises NamesAnother, FileProblem, sqlite3.Error.
    """
    folder = tempfile.TemporaryDirectory(prefix="rancang-copy-")
    try:
        by_itself, both = (Path(folder.name) / each / there.name for each in ("alone", "both"))
        for each in (by_itself, both):
            each.parent.mkdir()
        one_file(there, by_itself)
        _check_kind(by_itself, _beside(there))
        needed = _is_logged(by_itself) or not whole(by_itself)
        if not needed and known is not None:
            needed = _leads_to_what_is_known(there, by_itself, both, known)
        if needed and not both.exists():
            copied(there, both)
            _play(both)
        connection = _connection(both if needed else by_itself, "ro", 5, _Copied)
    except BaseException:  # an interrupt, too, leaves nothing; raised again
        folder.cleanup()
        raise
    assert isinstance(connection, _Copied)  # noqa: S101 - the factory's own
    connection.folder, connection.needed = folder, needed
    return connection


def _check_kind(database: Path, beside: list[str]) -> None:
    """What is written ahead has no journal, and nothing else has what is written ahead; never are there both.

    Raises NamesAnother.
    """
    strange = {JOURNAL} if _is_logged(database) else {WAL, SHARED}
    for end in beside:
        if end in strange:
            raise NamesAnother(database.name, database.name + end)


def _is_logged(database: Path) -> bool:
    with database.open("rb") as file:
        return file.read(100)[18:20] == b"\2\2"


def _leads_to_what_is_known(there: Path, by_itself: Path, both: Path, known: Known) -> bool:
    """Whether a file that looks whole was left half-written. Raises NamesAnother where nobody can tell."""
    unfinished = known.unfinished(there, by_itself)
    if unfinished is None:
        raise NamesAnother(there.name, there.name + JOURNAL)
    if not unfinished:
        return False
    copied(there, both)
    _play(both)
    if not known.leads_back(there, both):
        raise NamesAnother(there.name, there.name + JOURNAL)
    return True


def _play(copy: Path) -> None:
    """Have SQLite play in what lies beside a copy. Raises NamesAnother where it makes no database of it."""
    check_beside(copy)
    end = WAL if _is_logged(copy) else JOURNAL
    try:
        with contextlib.closing(_connection(copy, "rw", 5)) as connection:
            connection.execute("PRAGMA schema_version").fetchone()
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.Error as error:
        raise NamesAnother(copy.name, copy.name + end) from error


def kept(path: Path, copy: Path) -> list[str]:
    """Copy a file from elsewhere for later, with what a crash left; while it is copied nobody writes into it.

    The SHA-256 of each. Raises NotOrdinary, NamesAnother, FileProblem; sqlite3.Error where others write.
    """
    there = real(path)
    check_ordinary(there, path.name)
    check_beside(there)
    if is_left_behind(there):
        return copied(path, copy)
    with contextlib.closing(_connection(there, "ro", 5)) as connection:
        try:
            connection.execute("BEGIN")
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_BUSY"):
                raise
            # no database, or a broken one: told by whoever reads it
        return [one_file(there, copy, path.name)]


def put_cold_aside(database: Path) -> None:
    """Put aside a journal that nothing is to be played in from: a transaction ended before it began.

    For whoever has the lock of a file: others who write in it have such a one for a moment.
    """
    there = real(database)
    with contextlib.suppress(OSError):
        with there.with_name(there.name + JOURNAL).open("rb") as file:
            cold = not file.read(len(_MAGIC)).strip(b"\0")
        if cold:
            _put_aside(there)


def _put_aside(there: Path) -> None:
    """A journal that is not needed keeps its bytes under a name that SQLite does not look for."""
    journal = there.with_name(there.name + JOURNAL)
    try:
        if not journal.lstat().st_size:
            journal.unlink()
            return
        journal.replace(there.with_name(f"{journal.name}-{clock.now():%Y%m%dT%H%M%S}"))
    except FileNotFoundError:
        return
    except OSError as error:
        raise FileProblem.from_os(error, journal.name) from error
