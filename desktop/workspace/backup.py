"""Backups on this computer: made by themselves, checked, thinned, listed, and brought back on request."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message, clock
from desktop.base.errors import Cancelled, FileProblem
from desktop.base.jobs import Report, quiet
from desktop.base.ordinary import check_room
from desktop.base.paths import folder, home
from desktop.base.placing import own_place
from desktop.base.settings import SettingsFile
from desktop.workspace.beside import check_alone, real
from desktop.workspace.databases import guard
from desktop.workspace.errors import DamagedFile, SecondPlaceAway, UnknownBackup
from desktop.workspace.file import connect, sentence
from desktop.workspace.watching import Watching

_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\w+)-([0-9a-f]{12})((?:-[0-9a-f]{8}){0,3})\.rancang")
_IDENTITY = re.compile(r"[0-9a-f]{32}")
SECOND_FOLDER = "Cadangan Rancang"
"""The folder made at the second place; people see it in their file manager."""
_OFTEN = 500
"""Steps of SQLite between two looks at how much of a copy is written; a large photo is one of them."""
_PATIENCE = 5.0
"""Seconds to wait for another program that writes."""
_RECENT = 10
_KEEP = (("%Y%m%d", 7), ("%G%V", 5), ("%Y%m", 12))
"""Of older ones the newest per day, ISO week and month is kept, so many of each."""
_MOST = 200
"""Of all copies of one document together."""
HEAD = 12
"""Letters of a head that stand in a name."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: when (UTC), why (``open``, ``close``, ``import``, ...), and of which head."""

    path: Path
    at: dt.datetime
    reason: str
    head: str
    size: int
    evidence: str = ""
    """How much evidence is in it, of how many packages it knows, in one word; empty of an older program's."""
    copy: str = ""
    """Of which of the copies it is that were opened on this computer, in one word; empty likewise."""
    place: str = ""
    """Where that lay, in one word; empty likewise."""

    @property
    def name(self) -> str:
        """What a person types to choose it."""
        return self.path.stem


def listed(workspace: str) -> list[Backup]:
    """The backups of a workspace on this computer, newest first; none where there is no place for them."""
    _believe(workspace)
    place = home() / "backups" / workspace
    return _listed(place) if place.is_dir() else []


def _listed(place: Path) -> list[Backup]:
    out = []
    for path in place.iterdir():
        match = _NAME.fullmatch(path.name)
        if match:
            # another window may be thinning them, and anybody may rename a file
            with contextlib.suppress(ValueError, FileNotFoundError):
                at = dt.datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
                state = path.stat()
                # the clock on the file tells two of the same second apart
                saved = Backup(path, at, match[2], match[3], state.st_size, *match[4].split("-")[1:])
                out.append(((at, state.st_mtime_ns), saved))
    return [saved for _, saved in sorted(out, key=lambda each: each[0], reverse=True)]


def _believe(workspace: str) -> None:
    if not _IDENTITY.fullmatch(workspace):  # read from the file, and about to become part of a path
        raise UnknownBackup(workspace[:32])


def _own_folder(workspace: str) -> Path:
    _believe(workspace)
    try:
        return folder("backups", workspace)
    except OSError as error:
        raise FileProblem.from_os(error, "backups") from error


def find(workspace: str, name: str) -> Backup:
    """The backup with this name. Raises UnknownBackup."""
    for backup in listed(workspace):
        if backup.name == name:
            return backup
    raise UnknownBackup(name)


class _Watched:
    """Tells how much of a copy is written, and stops SQLite when the person gave up."""

    def __init__(self, source: sqlite3.Connection, part: Path, report: Report) -> None:
        self._part, self._report = part, report
        pages, size = (source.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "page_size"))
        self._total = pages * size
        self.given_up: Cancelled | None = None

    @contextlib.contextmanager
    def during(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Look on while a connection works."""
        if self._report is quiet:
            yield
            return
        connection.set_progress_handler(self._look, _OFTEN)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)

    def _look(self) -> int:
        try:
            written = self._part.stat().st_size if self._part.exists() else 0
            self._report(min(written, self._total), self._total, Message("workspace.keeping"))
        except Cancelled as error:
            self.given_up = error
            return 1
        return 0


def copy_checked(
    source: sqlite3.Connection,
    target: Path,
    report: Report = quiet,
    last_look: Callable[[], None] | None = None,
) -> None:
    """A compact, consistent copy: written beside, checked, flushed to disk, then put in place.

    ``last_look`` is asked right before that, which may come seconds later. Raises Cancelled where ``report``
    does; then nothing is left behind.
    """
    check_room(target, target.name)
    check_alone(target)
    with own_place(target) as part:
        watched = _Watched(source, part, report)
        try:
            with watched.during(source):
                _vacuum_into(source, part)
            check = connect(part, read_only=True)
            try:
                with watched.during(check):
                    found = check.execute("PRAGMA integrity_check(1)").fetchone()[0]
            finally:
                check.close()
            if found != "ok":
                raise DamagedFile(target.name, str(found))
            flush(part)
            check_alone(target)
            if last_look is not None:
                last_look()
            part.replace(target)
        except sqlite3.Error as error:
            if watched.given_up is not None:
                raise watched.given_up from error
            raise sentence(target, error) from error
        except OSError as error:
            raise FileProblem.from_os(error, target.name) from error


def _guarding(place: Path) -> Watching:
    return guard(place, _PATIENCE)


def _vacuum_into(source: sqlite3.Connection, part: Path) -> None:
    """Copy; a reader may do so too, but SQLite counts writing the copy as a write."""
    reading = source.execute("PRAGMA query_only").fetchone()
    source.execute("PRAGMA query_only=OFF")
    try:
        with source.let_go(_guarding) if isinstance(source, Watching) else contextlib.nullcontext():
            source.execute("VACUUM INTO ?", (str(part),))
    finally:
        source.execute(f"PRAGMA query_only={int(bool(reading and reading[0]))}")


def flush(path: Path) -> None:
    """Have the operating system write a file through to the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def make(
    source: sqlite3.Connection, workspace: str, head: str, reason: str, report: Report = quiet
) -> Backup:
    """Back a workspace up; an equal head of this copy with the same evidence is not copied again.

    Another copy of the same head may be without its evidence, or not know what was sealed.
    """
    words = _evidence_of(source), _copy_of(source), _place_of(source)
    same = (each for each in listed(workspace) if (each.evidence, each.copy, each.place) == words)
    newest = next(same, None)
    if newest is not None and newest.head == head[:HEAD]:
        return newest
    at = clock.now()
    name = f"{at:%Y%m%dT%H%M%SZ}-{reason}-{head[:HEAD]}-{'-'.join(words)}.rancang"
    target = _own_folder(workspace) / name
    copy_checked(source, target, report)
    thin(workspace)
    return Backup(target, at, reason, head[:HEAD], target.stat().st_size, *words)


def _evidence_of(source: sqlite3.Connection) -> str:
    """How much of it is there, and of how many packages it is known, in one word."""
    evidence = source.execute("SELECT count(*), sum(size) FROM blob").fetchone()
    sealed = source.execute("SELECT count(*) FROM sync_package_log WHERE direction = 'sealed'").fetchone()
    return _word((*evidence, *sealed))


def _copy_of(source: sqlite3.Connection) -> str:
    """Which copy it is, in one word."""
    return _word(source.execute("SELECT max(value) FROM sync_meta WHERE key = 'replica'").fetchone())


def _place_of(source: sqlite3.Connection) -> str:
    return place_word(
        Path(next(at for _, name, at in source.execute("PRAGMA database_list") if name == "main"))
    )


def place_word(path: Path) -> str:
    """A file's place on this computer, in one word."""
    return _word((os.path.normcase(real(path)),))


def _word(about: tuple[object, ...]) -> str:
    return hashlib.sha256(repr(tuple(about)).encode()).hexdigest()[:8]


def second_place() -> Path | None:
    """Where backups are written a second time (a stick, a network folder), as set; None where nowhere."""
    place = SettingsFile().value.backup_place
    return Path(place) if place else None


def spread(workspace: str) -> int:
    """Copy to the second place what is not there yet, thin it out there too; how many were copied.

    A stick that is not plugged in just now gets everything the next time. Raises
    :class:`SecondPlaceAway`, FileProblem.
    """
    place = second_place()
    if place is None:
        return 0
    if not place.is_dir():
        raise SecondPlaceAway(str(place))
    target = place / SECOND_FOLDER / workspace
    copied = 0
    try:
        target.mkdir(parents=True, exist_ok=True)
        for saved in listed(workspace):
            if not (target / saved.path.name).exists():
                _copy_file(saved.path, target / saved.path.name)
                copied += 1
        here = {saved.path.name for saved in listed(workspace)}
        for saved in superfluous(_listed(target)):
            if saved.path.name not in here:
                saved.path.unlink(missing_ok=True)
    except OSError as error:
        raise FileProblem.from_os(error, str(error.filename or target)) from error
    return copied


def listed_second(workspace: str) -> list[Backup]:
    """The backups of a workspace at the second place, newest first; none where it is not there."""
    place = second_place()
    target = (
        place / SECOND_FOLDER / workspace if place is not None and _IDENTITY.fullmatch(workspace) else None
    )
    return _listed(target) if target is not None and target.is_dir() else []


def _copy_file(source: Path, target: Path) -> None:
    """Written beside, flushed to the disk, then put in place: a stick pulled out leaves no half file."""
    check_alone(target)
    with own_place(target) as part:
        shutil.copyfile(source, part)
        flush(part)
        part.replace(target)


def thin(workspace: str) -> None:
    """Take away what is superfluous."""
    for backup in superfluous(listed(workspace)):
        with contextlib.suppress(OSError):  # somebody looks at it just now: next time
            backup.path.unlink(missing_ok=True)


def superfluous(backups: list[Backup]) -> list[Backup]:
    """Which of these (newest first) may go; each copy is thinned by itself: none crowds another out."""
    copies: dict[tuple[str, str], list[Backup]] = {}
    for backup in backups:
        copies.setdefault((backup.copy, backup.place), []).append(backup)
    kept = [_kept(each) for each in copies.values()]
    # of very many copies those go first that were looked into for a day, one's own last
    kept.sort(key=lambda each: (len({backup.at.date() for backup in each}), each[0].at))
    left = sum(map(len, kept)) - _MOST
    for few in kept:
        while left > 0 and few:
            few.pop()
            left -= 1
    paths = {backup.path for each in kept for backup in each}
    return [backup for backup in backups if backup.path not in paths]


def _kept(backups: list[Backup]) -> list[Backup]:
    """Of one copy the recent ones, and of older ones the newest per day, week and month."""
    kept = {backup.path for backup in backups[:_RECENT]}
    for pattern, number in _KEEP:
        newest: dict[str, Path] = {}
        for backup in backups:
            newest.setdefault(backup.at.strftime(pattern), backup.path)
        kept |= set(list(newest.values())[:number])
    return [backup for backup in backups if backup.path in kept]
