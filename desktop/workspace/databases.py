"""SQLite's files of anybody's, opened so that nothing else is touched by what lies beside them.

SQLite opens of its own accord what lies beside a file under certain names, plays it into the file, deletes
it, writes over it, and deletes what a journal names. So what is only looked at is opened to be read alone,
and where a crash or another program left something to be played in, in a copy in a folder of ours, which
takes the file's place when that is opened to be written. A journal is believed only where the file is not
whole without it: what a crash interrupted is half of something, and whoever lays a journal beside another's
file cannot break that. What is not needed is put aside.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from desktop.base import clock
from desktop.base.errors import FileProblem
from desktop.base.ordinary import check_ordinary
from desktop.base.placing import own_place
from desktop.workspace.beside import (
    JOURNAL,
    MAGIC,
    SHARED,
    WAL,
    NamesAnother,
    Unfinished,
    check_beside,
    names_beside,
    real,
    uri,
)
from desktop.workspace.database_copies import copied, one_file
from desktop.workspace.watching import Watching

_Looks: TypeAlias = tuple[tuple[int, ...], ...]
Whole = Callable[[Path], bool]
"""Whether the database that lies here, by itself in a folder of ours, is whole."""


class Known(Protocol):
    """What this computer knows of a database that it wrote, beside what stands in it."""

    def unfinished(self, there: Path, copy: Path) -> bool | None:
        """Whether a transaction was under way when it was last written; None where that is not known."""

    def leads_back(self, there: Path, copy: Path) -> bool:
        """Whether a copy is the database before that transaction."""


def connect(
    path: Path,
    *,
    read_only: bool,
    whole: Whole,
    known: Known | None = None,
    timeout: float = 5,
) -> Watching:
    """A connection in which each statement is a transaction, for one thread after the other.

    With ``known`` what is whole may be half of a transaction all the same. One that writes is guarded until
    it has a lock of its own, so that nothing is played in that is laid there from now on: it begins with
    ``BEGIN IMMEDIATE``, or holds the file. Raises NotOrdinary, NamesAnother, FileProblem, sqlite3.Error.
    """
    there = real(path)
    check_ordinary(there, path.name)
    check_beside(there)
    if not is_left_behind(there):
        return _connection(there, "ro", timeout) if read_only else _guarded(there, timeout)
    copy = _mended(there, whole, known)
    if read_only:
        return copy
    put: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    with contextlib.closing(copy):
        if copy.needed and not _is_logged(there):
            put = copy.looked[0][:2], _put_in_place(copy, there)
    if not copy.needed:
        _put_aside(there)
    connection = _guarded(there, timeout)
    connection.put_in_place = put
    return connection


def in_one_file(connection: Watching) -> None:
    """What another tool wrote ahead goes into the file, and nothing is written ahead any more.

    Raises sqlite3.Error.
    """
    connection.execute("PRAGMA schema_version").fetchone()
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        return
    # who writes ahead asks for no journal, and is alone in the file when it stops doing so
    connection.let_guard_go()
    connection.execute("PRAGMA journal_mode=DELETE").fetchone()


def _guarded(there: Path, timeout: float) -> Watching:
    """Open to write, while one that can but read keeps everybody from playing anything in.

    Raises NamesAnother, sqlite3.Error.
    """
    held = guard(there, timeout)
    try:
        connection = _connection(there, "rw", timeout)
    except sqlite3.Error:
        held.close()
        raise
    connection.guard = held
    return connection


def guard(database: Path, timeout: float) -> Watching:
    """A connection that can but read, and keeps everybody from playing anything into a database.

    Raises NamesAnother, sqlite3.Error.
    """
    there = real(database)
    found = _connection(there, "ro", timeout)
    try:
        found.hold()
    except sqlite3.Error as error:
        found.close()
        if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK":
            raise NamesAnother(there.name, there.name + JOURNAL) from error
        raise
    return found


def alone(path: Path) -> sqlite3.Connection:
    """A file by itself, whatever lies beside it, at once: what was left half-written in it is seen so.

    Where nothing lies beside it, it is read as always, whoever works in it meanwhile.
    Raises NotOrdinary, FileProblem, sqlite3.Error.
    """
    there = real(path)
    check_ordinary(there, path.name)
    return _connection(there, "ro&immutable=1" if names_beside(there) else "ro", 0)


def is_left_behind(database: Path) -> bool:
    """Whether something beside it is to be played into it."""
    found = names_beside(database)
    if {WAL, SHARED}.intersection(found):
        return True
    if not found:
        return False
    # a writer at work has a journal as well: only SQLite knows by its locks whether somebody is at work
    with contextlib.closing(_connection(database, "ro", 0)) as connection:
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.Error as error:  # anything else is told to whoever asks for more
            return getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_ROLLBACK"
    return False


def _connection(path: Path, mode: str, timeout: float, kind: type[Watching] = Watching) -> Watching:
    # a window opens a file in a thread and then works with it alone, one thread after the other
    connection = sqlite3.connect(
        f"{uri(path)}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=timeout,
        check_same_thread=False,
        factory=kind,
    )
    assert isinstance(connection, Watching)  # noqa: S101 - the factory's own
    return connection


class _Copied(Watching):
    """What is read in a copy, which goes with it."""

    folder: tempfile.TemporaryDirectory[str] | None = None
    path = Path()
    needed = True
    """Whether what lies beside the file was needed to make it whole."""
    looked: _Looks = ()
    """Which files it was made of."""

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
    looked = _looked_at(there)
    try:
        by_itself, both = (Path(folder.name) / each / there.name for each in ("alone", "both"))
        for each in (by_itself, both):
            each.parent.mkdir()
        one_file(there, by_itself)
        _check_kind(by_itself, names_beside(there))
        needed = not whole(by_itself)
        if not needed and _is_logged(by_itself):
            # what is written ahead fits any database: only of one that we know nothing of is it believed
            _check_unknown(there, known)
            needed = True
        elif not needed and known is not None:
            needed = _leads_to_what_is_known(there, by_itself, both, known)
        if needed and not both.exists():
            copied(there, both)
            _play(both)
        path = both if needed else by_itself
        connection = _connection(path, "ro", 5, _Copied)
    except BaseException:  # an interrupt, too, leaves nothing; raised again
        folder.cleanup()
        raise
    assert isinstance(connection, _Copied)  # noqa: S101 - the factory's own
    connection.folder, connection.path, connection.needed, connection.looked = folder, path, needed, looked
    return connection


def _put_in_place(copy: _Copied, there: Path) -> tuple[int, int]:
    """What was mended takes the file's place: SQLite plays in nothing where somebody may lay another journal.

    The journal goes when that is on the disk; until then it leads back to the very same. Not where anybody
    has written meanwhile. Which file lies there now. Raises NamesAnother, FileProblem.
    """
    journal = there.with_name(there.name + JOURNAL)
    with own_place(there) as part:
        one_file(copy.path, part)
        try:
            about = there.stat()
            part.chmod(stat.S_IMODE(about.st_mode))
            with contextlib.suppress(OSError, AttributeError):
                os.chown(part, -1, about.st_gid)  # in a common folder the others work with it too
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            if _looked_at(there) != copy.looked:
                raise NamesAnother(there.name, journal.name)
            made = part.stat()
            part.replace(there)
            _flush_folder(there.parent)
            if _looked_at(there)[1:] == copy.looked[1:]:
                journal.unlink(missing_ok=True)
        except OSError as error:
            raise FileProblem.from_os(error, there.name) from error
    return made.st_dev, made.st_ino


def _looked_at(there: Path) -> _Looks:
    """Which file lies there and which journal beside it, and when they were written."""
    found: list[tuple[int, ...]] = []
    for each in (there, there.with_name(there.name + JOURNAL)):
        try:
            about = each.lstat()
        except OSError:
            found.append(())
        else:
            found.append((about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns))
    return tuple(found)


def _flush_folder(folder: Path) -> None:
    """That a name leads to another file is on the disk before the journal goes, where a system can say so."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check_kind(database: Path, beside: list[str]) -> None:
    """What is written ahead has no journal, and nothing else has what is written ahead; never are there both.

    Raises NamesAnother.
    """
    strange = {JOURNAL} if _is_logged(database) else {WAL, SHARED}
    for end in beside:
        if end in strange:
            raise NamesAnother(database.name, database.name + end)


def _check_unknown(there: Path, known: Known | None) -> None:
    wal = there.with_name(there.name + WAL)
    if known is not None and wal.exists() and wal.stat().st_size:
        raise Unfinished(there.name, wal.name)


def _is_logged(database: Path) -> bool:
    with database.open("rb") as file:
        return file.read(100)[18:20] == b"\2\2"


def _leads_to_what_is_known(there: Path, by_itself: Path, both: Path, known: Known) -> bool:
    """Whether a file that looks whole was left half-written. Raises NamesAnother where nobody can tell."""
    unfinished = known.unfinished(there, by_itself)
    if unfinished is None:
        raise Unfinished(there.name, there.name + JOURNAL)
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
            cold = not file.read(len(MAGIC)).strip(b"\0")
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
