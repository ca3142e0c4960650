"""What this program wrote on this computer, and whether it lies there still as it was written.

A file that somebody has changed, signed, or put there is theirs, whatever it says of itself: what counts is
its hash, kept beside the settings with the command that wrote it. So a paper of ours that nobody has touched
is written anew by the same command without asking, and no other file is.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from desktop.base.errors import FileProblem
from desktop.base.message import Message
from desktop.base.ordinary import check_room, is_missing, open_ordinary
from desktop.base.paths import home

if TYPE_CHECKING:
    from desktop.base.jobs import Report

T = TypeVar("T")
Lying = tuple[int, ...]
"""By what a file that lies at a place is known again without being read."""

_LIST = "written.jsonl"
_LARGEST = 1 << 20
"""Bytes of the list; of a longer one the newer half is kept."""
_PIECE = 1 << 20
_DATABASE, _PACKAGE = b"SQLite format 3\0", b"mimetypeapplication/vnd.etsi.asic"
_HEAD = 100
_UNKNOWN = -1
"""The size of what was written before sizes were kept."""
_LARGEST_PDF = 2 << 30
_SIGNED = b"/ByteRange"
"""Stands in the clear in every signed PDF."""


class InTheWay(FileProblem):
    """Something lies there that we did not write, or that was changed since."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("base.in_the_way", file=file))


class SignedInTheWay(FileProblem):
    """A PDF lies there that somebody has signed: no paper takes its place."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("base.signed_in_the_way", file=file))


class ChangedInTheWay(FileProblem):
    """Something lies there that nobody was asked about: it came, or was changed, after the question."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("base.changed_in_the_way", file=file))


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file that is not as this program wrote it, as it was when it was looked at."""

    path: Path
    state: str
    signed: bool = False
    """A PDF that somebody has signed: no paper takes its place, whatever is decided."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about the strangers in the way; it goes to the process that writes."""

    replace: tuple[Stranger, ...] = ()
    beside: bool = False
    """Whether what would take the place of a stranger gets a free name beside it."""
    chosen: tuple[Path, Lying] | None = None
    """A file that was named in a dialog, and what lay there when it answered (:func:`chosen`)."""

    def place(self, target: Path) -> Path:
        """Where what is meant for ``target`` goes. Raises FileProblem."""
        if not self.beside or is_ours(target):
            return target
        free, number = target, 1
        while free.exists() or free.is_symlink():
            number += 1
            free = target.with_stem(f"{target.stem} ({number})")
        return free

    def allows(self, target: Path) -> bool:
        """Whether the file may be replaced: it is still the one that was asked about."""
        if self.chosen is not None and self.chosen[0] == target:
            return lying_at(target) == self.chosen[1]
        asked = {each.state for each in self.replace if _real(each.path) == _real(target)}
        return bool(asked) and _state(target) in asked


def chosen(target: Path) -> Decision:
    """What whoever named a file in a dialog agreed to: that what lies there at this moment is replaced.

    To be asked as soon as the dialog has answered; what comes while something is made ready stays.
    """
    return Decision(chosen=(target, lying_at(target)))


def lying_at(target: Path) -> Lying:
    """Which file lies at a place, and that nobody wrote at it; nothing where there is none."""
    try:
        found = target.lstat()
    except (OSError, ValueError):  # a name that cannot be is told by whoever writes there
        return ()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def lay_at(target: Path) -> Lying:
    """The same of when somebody was asked about it, or of now."""
    asked = _Care.decision.chosen if _Care.decision is not None else None
    return asked[1] if asked is not None and asked[0] == target else lying_at(target)


class _Care:
    """Whether writing asks what lies there: where no dialog has asked about each file."""

    taken = False
    forced = False
    command = ""
    """What is written now, and by it; empty in the window."""
    decision: Decision | None = None
    """What was said in the window, before the work began."""


_here: ContextVar[Decision | None] = ContextVar("decided", default=None)


@contextlib.contextmanager
def careful(command: str, *, force: bool = False) -> Iterator[None]:
    """Within it nothing is written over that is not ours by this command.

    With ``force`` everything is, but a database (a workspace, a register) and a package: those are work, and
    nobody means them.
    """
    before = _Care.taken, _Care.forced, _Care.command
    _Care.taken, _Care.forced, _Care.command = True, force, command
    try:
        yield
    finally:
        _Care.taken, _Care.forced, _Care.command = before


def as_decided(report: Report, decision: Decision, work: Callable[..., T], *arguments: Any) -> T:
    """Do a job of the window after its person was asked: nothing else is written over. Runs as a job."""
    before = _Care.taken, _Care.decision
    _Care.taken, _Care.decision = True, decision
    try:
        return work(report, *arguments)
    finally:
        _Care.taken, _Care.decision = before


def decided(decision: Decision, work: Callable[[], T]) -> T:
    """The same of what is written in the window's own process, for nothing but this work in this thread."""
    token = _here.set(decision)
    try:
        return work()
    finally:
        _here.reset(token)


def place_of(target: Path) -> Path:
    """Where a writer of several files puts one of them: a free name beside it where that was decided."""
    return _Care.decision.place(target) if _Care.decision is not None else target


def strangers(targets: Iterable[Path]) -> tuple[Stranger, ...]:
    """Which of the files are there, and not as this program wrote them. Raises FileProblem."""
    return tuple(
        Stranger(target, _state(target), signed=_is_signed(target))
        for target in dict.fromkeys(targets)
        if not is_ours(target)
    )


def look_for_strangers(report: Report, targets: tuple[Path, ...]) -> tuple[Stranger, ...]:  # noqa: ARG001
    """The same as a job: there may be much to read."""
    return strangers(targets)


def keep_strangers(target: Path) -> None:
    """Where care is taken: raise InTheWay unless what lies there is ours and untouched; FileProblem."""
    decision = _here.get() or _Care.decision
    if not (_Care.taken or decision is not None) or is_ours(target):
        return
    if decision is not None:
        if decision.allows(target):
            return
        raise ChangedInTheWay(str(target))
    if not _Care.forced:
        raise InTheWay(str(target))
    with open_ordinary(target) as file:
        head = file.read(_HEAD)
    if head.startswith(_DATABASE) or _PACKAGE in head:
        raise FileProblem.from_os(FileExistsError(errno.EEXIST, ""), str(target))


def is_ours(target: Path) -> bool:
    """Whether nothing is lost when ``target`` is written over: it is ours and untouched, empty, or not there.

    Raises FileProblem for what is no ordinary file.
    """
    check_room(target)
    if _is_at_home(target) or not target.exists():
        return True
    try:
        size = _told(target).st_size
        sha256, command, length = _known().get(_real(target), ("", "", 0))
        if not size:
            return True
        # a stranger's may claim terabytes: it is read only where it can be ours
        same = not _Care.command or command in {"", _Care.command}
        if not sha256 or length not in {size, _UNKNOWN} or not same:
            return False
        return _sha256(target) == sha256
    except FileProblem as error:
        return is_missing(error)


def keep_signed(target: Path) -> None:
    """A paper of ours never takes the place of a PDF that somebody has signed. Raises FileProblem."""
    check_room(target)
    if target.exists() and _is_signed(target):
        raise SignedInTheWay(str(target))


def _is_signed(target: Path) -> bool:
    try:
        with open_ordinary(target) as file:
            if os.fstat(file.fileno()).st_size > _LARGEST_PDF:
                return True  # nobody waits until it is read
            before = b""
            while piece := file.read(_PIECE):
                if _SIGNED in before + piece:
                    return True
                before = piece[-len(_SIGNED) :]
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error
    return False


def remember(target: Path, sha256: str) -> None:
    """``target`` was written by us; a computer that keeps no list asks more often."""
    if _is_at_home(target):
        return
    with contextlib.suppress(OSError):
        size = target.stat().st_size
        _append(json.dumps([sha256, _real(target), _Care.command, size]))


def _append(line: str) -> None:
    place = home() / _LIST
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            grown = file.tell()
        if grown > _LARGEST:
            lines = place.read_text("utf-8").splitlines(keepends=True)
            fresh = place.with_suffix(f".{os.getpid()}")
            fresh.write_text("".join(lines[len(lines) // 2 :]), encoding="utf-8")
            fresh.replace(place)


def _real(target: Path) -> str:
    return os.path.realpath(target)


def _is_at_home(target: Path) -> bool:
    """Whether it lies in the program's own folder."""
    return Path(_real(target)).is_relative_to(_real(home()))


class _Read:
    """What was read of the list: it grows at its end, and is asked for each of many files."""

    list: tuple[Path, int] = (Path(), 0)
    """Where it lies, and which file it is."""
    upto = 0
    found: ClassVar[dict[str, tuple[str, str, int]]] = {}


def _known() -> dict[str, tuple[str, str, int]]:
    """The hash of what was last written at each place, the command that wrote it, and its size."""
    place = home() / _LIST
    try:
        with place.open("rb") as file:
            told = os.fstat(file.fileno())
            if _Read.list != (place, told.st_ino) or told.st_size < _Read.upto:
                _Read.list, _Read.upto = (place, told.st_ino), 0
                _Read.found.clear()
            file.seek(_Read.upto)
            fresh = file.read()
    except OSError:
        return {}
    # a line that is being written by another process is read when it is whole
    whole = fresh[: fresh.rfind(b"\n") + 1]
    _Read.upto += len(whole)
    for line in whole.splitlines():
        with contextlib.suppress(ValueError, TypeError):
            sha256, path, command, *more = json.loads(line)
            _Read.found[str(path)] = str(sha256), str(command), int(more[0]) if more else _UNKNOWN
    return _Read.found


def _told(target: Path) -> os.stat_result:
    try:
        with open_ordinary(target) as file:
            return os.fstat(file.fileno())
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error


def _state(target: Path) -> str:
    """By what a file is known again: its hash, or size and time where nobody waits until it is read."""
    told = _told(target)
    return _sha256(target) if told.st_size <= _LARGEST_PDF else f"{told.st_size} {told.st_mtime_ns}"


def _sha256(target: Path) -> str:
    digest = hashlib.sha256()
    try:
        with open_ordinary(target) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error
    return digest.hexdigest()
