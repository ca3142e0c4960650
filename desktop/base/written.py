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
from collections.abc import Iterator
from pathlib import Path

from desktop.base.errors import FileProblem
from desktop.base.message import Message
from desktop.base.ordinary import check_room, is_missing, open_ordinary
from desktop.base.paths import home

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


class _Care:
    """Whether writing asks what lies there: on the command line, where no dialog has asked."""

    taken = False
    forced = False
    command = ""
    """What is written now, and by it; empty in the window."""


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


def keep_strangers(target: Path) -> None:
    """Where care is taken: raise InTheWay unless what lies there is ours and untouched; FileProblem."""
    if not _Care.taken or is_ours(target):
        return
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
        with open_ordinary(target) as file:
            size = os.fstat(file.fileno()).st_size
        sha256, command, length = _known().get(os.path.realpath(target), ("", "", 0))
        if not size:
            return True
        # a stranger's may claim terabytes: it is read only where it can be ours
        if not sha256 or length not in {size, _UNKNOWN} or command not in {"", _Care.command}:
            return False
        return _sha256(target) == sha256
    except FileProblem as error:
        return is_missing(error)
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error


def keep_signed(target: Path) -> None:
    """A paper of ours never takes the place of a PDF that somebody has signed. Raises FileProblem."""
    check_room(target)
    if not target.exists():
        return
    try:
        with open_ordinary(target) as file:
            if os.fstat(file.fileno()).st_size > _LARGEST_PDF:
                raise SignedInTheWay(str(target))  # nobody waits until it is read
            before = b""
            while piece := file.read(_PIECE):
                if _SIGNED in before + piece:
                    raise SignedInTheWay(str(target))
                before = piece[-len(_SIGNED) :]
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error


def remember(target: Path, sha256: str) -> None:
    """``target`` was written by us; a computer that keeps no list asks more often."""
    if _is_at_home(target):
        return
    with contextlib.suppress(OSError):
        size = target.stat().st_size
        line = json.dumps([sha256, os.path.realpath(target), _Care.command, size])
        _append(line)


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


def _is_at_home(target: Path) -> bool:
    """Whether it lies in the program's own folder."""
    return Path(os.path.realpath(target)).is_relative_to(os.path.realpath(home()))


def _known() -> dict[str, tuple[str, str, int]]:
    """The hash of what was last written at each place, the command that wrote it, and its size."""
    found: dict[str, tuple[str, str, int]] = {}
    with contextlib.suppress(OSError, ValueError):
        for line in (home() / _LIST).read_text("utf-8").splitlines():
            with contextlib.suppress(ValueError, TypeError):
                sha256, place, command, *more = json.loads(line)
                found[str(place)] = str(sha256), str(command), int(more[0]) if more else _UNKNOWN
    return found


def _sha256(target: Path) -> str:
    digest = hashlib.sha256()
    try:
        with open_ordinary(target) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error
    return digest.hexdigest()
