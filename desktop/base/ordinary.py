"""The way to open a file that somebody named or sent: an ordinary file, or a sentence at once.

A pipe would keep us waiting, a device or a file that grows never ends, and a folder is nobody's document.
Nothing here waits: what is no ordinary file is told before it is opened, and told again of what was opened,
since whoever can write in the folder may put another thing there in between.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

from desktop.base.errors import FileProblem
from desktop.base.message import Message

# each system has those that it needs: on Windows no pipe lies in a folder, and opening takes no terminal
_FLAGS = os.O_RDONLY | sum(
    getattr(os, each, 0) for each in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_NOINHERIT", "O_CLOEXEC")
)
_NO_LINKS: int = getattr(os, "O_NOFOLLOW", 0)


class NotOrdinary(FileProblem):
    """A pipe, a socket or a device, or (where links are not followed) a link; ``target``: to be written."""

    def __init__(self, file: str, *, target: bool = False) -> None:
        super().__init__(
            Message("base.file.not_ordinary_target", file=file)
            if target
            else Message("base.file.not_ordinary", file=file)
        )


class TooLarge(FileProblem):
    """More than anything of its kind has."""

    def __init__(self, file: str, most: int) -> None:
        super().__init__(Message("base.file.too_large", file=file, megabytes=max(1, most >> 20)))


def open_ordinary(
    path: Path, *, links: bool = True, most: int | None = None, name: str = ""
) -> BufferedReader:
    """A file to read, of at most ``most`` bytes as it claims; a link to it is followed with ``links``.

    ``name`` is what it is called in a sentence, its path when that is empty.

    Raises :class:`NotOrdinary`, :class:`TooLarge`, FileProblem.
    """
    called = name or str(path)
    try:
        _check(path.stat() if links else path.lstat(), called)
        handle = os.open(path, _FLAGS if links else _FLAGS | _NO_LINKS)
    except OSError as error:
        raise _told(error, called, links=links) from error
    except ValueError as error:
        # a zero byte within the name
        raise FileProblem(Message("base.file.missing", file=called)) from error
    try:
        found = os.fstat(handle)
        _check(found, called)
        if most is not None and found.st_size > most:
            raise TooLarge(called, most)
        return os.fdopen(handle, "rb")
    except OSError as error:
        os.close(handle)
        raise FileProblem.from_os(error, called) from error
    except FileProblem:
        os.close(handle)
        raise


def read_ordinary(path: Path, most: int, *, name: str = "") -> bytes:
    """A file whole, of at most ``most`` bytes, also when it grows meanwhile.

    Raises :class:`NotOrdinary`, :class:`TooLarge`, FileProblem.
    """
    called = name or str(path)
    with open_ordinary(path, most=most, name=name) as file:
        try:
            # some files of the system say that they are ordinary, and have nothing to read yet
            data: bytes | None = file.read(most + 1)
        except OSError as error:
            raise FileProblem.from_os(error, called) from error
    if data is None:
        raise NotOrdinary(called)
    if len(data) > most:
        raise TooLarge(called, most)
    return data


def is_missing(error: FileProblem) -> bool:
    """Whether it says that there is nothing of that name."""
    return error.message.id == "base.file.missing"


def check_ordinary(path: Path, name: str = "") -> None:
    """For who gives the path to a library that opens it. Raises NotOrdinary, FileProblem.

    It is looked at only: closing a database that was opened here would take away the locks of whoever works
    in it within this very program.
    """
    called = name or str(path)
    try:
        _check(path.stat(), called)
    except OSError as error:
        raise FileProblem.from_os(error, called) from error
    except ValueError as error:
        raise FileProblem(Message("base.file.missing", file=called)) from error


def check_room(target: Path, name: str = "") -> None:
    """Whether a file may be written here: there is none, or an ordinary one. Raises NotOrdinary, FileProblem.

    In the place of a pipe or a device a file of ours would be lost, or break what others do with it.
    """
    called = name or str(target)
    try:
        _check(target.stat(), called)
    except (FileNotFoundError, NotADirectoryError):
        return  # also a link to nowhere; what is missing on the way is told by who makes the folders
    except NotOrdinary as error:
        raise NotOrdinary(called, target=True) from error
    except OSError as error:
        raise FileProblem.from_os(error, called) from error
    except ValueError as error:
        raise FileProblem(Message("base.file.missing", file=called)) from error


def _check(found: os.stat_result, called: str) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise FileProblem.from_os(IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)), called)
    if not stat.S_ISREG(found.st_mode):
        raise NotOrdinary(called)


def _told(error: OSError, called: str, *, links: bool) -> FileProblem:
    """What stood in the way; a link that is not followed and a socket are told as what they are."""
    strange = {errno.ENXIO, errno.ENODEV} if links else {errno.ENXIO, errno.ENODEV, errno.ELOOP}
    return NotOrdinary(called) if error.errno in strange else FileProblem.from_os(error, called)
