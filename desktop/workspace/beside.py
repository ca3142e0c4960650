"""What lies beside a database, and whether it can be what SQLite left there for it."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePath
from urllib.parse import quote

from desktop.base.errors import FileProblem
from desktop.base.message import Message
from desktop.base.ordinary import check_room

JOURNAL, WAL, SHARED = "-journal", "-wal", "-shm"
BESIDE = (JOURNAL, WAL, SHARED)
MAGIC = bytes.fromhex("d9d505f920a163d7")
"""How a journal begins, and how one ends that names another file."""
_OTHERS = stat.S_IWGRP | stat.S_IWOTH


class NamesAnother(FileProblem):
    """What lies beside a database is another file, or deletes one when it is played back."""

    def __init__(self, file: str, other: str) -> None:
        super().__init__(Message("base.file.names_another", file=file, other=other))


class Unfinished(FileProblem):
    """Beside a database lies what another computer may have left, or somebody else: nobody can tell here."""

    def __init__(self, file: str, other: str) -> None:
        super().__init__(Message("base.file.unfinished", file=file, other=other))


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
    for end in names_beside(database):
        raise NotAlone(name or database.name, database.name + end)


def names_beside(database: Path) -> list[str]:
    """The endings under which something lies beside it."""
    return [end for end in BESIDE if os.path.lexists(database.with_name(database.name + end))]


def _may_be(about: os.stat_result, main: os.stat_result) -> bool:
    """Whether whoever laid it there may write the database too: in a common folder anybody lays anything."""
    return about.st_uid in {main.st_uid, _myself(about)} or bool(main.st_mode & _OTHERS)


def _myself(about: os.stat_result) -> int:
    return os.geteuid() if hasattr(os, "geteuid") else about.st_uid


def _is_journal(path: Path, main: os.stat_result) -> bool:
    with path.open("rb") as file:
        about = os.fstat(file.fileno())
        head = file.read(len(MAGIC))
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(MAGIC)))
        tail = file.read()
    if tail == MAGIC or os.path.samestat(about, main):
        return False
    if head and MAGIC.startswith(head):
        return True
    # nothing to be played back, or what a power cut leaves of it: it is written over when it is needed
    return not head.strip(b"\0") and about.st_nlink <= 1
