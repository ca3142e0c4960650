"""Reading ZIP archives that came from elsewhere: what going wrong looks like, and how much is unpacked.

Every reader of such files says in its own words what it makes of them; what a damaged or hostile archive
can do to Python's own reader is the same for all.
"""

from __future__ import annotations

import contextlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from desktop.base.errors import FileProblem

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, LookupError,
    RuntimeError, NotImplementedError, FileProblem,
)  # fmt: skip
"""All that reading an archive nobody can trust may raise; encrypted members are a RuntimeError."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs and ours pack. The others Python unpacks whole, however little of it is wanted."""


MEMBERS = 20_000
"""Members of which a directory may have room, unless somebody says otherwise."""
_ENTRY = 46
"""The least bytes of a member in a directory."""
_PIECE = 1 << 20
_DIRECTORY = 5
"""Where Python's own reader remembers the length of the directory."""


class Swollen(zipfile.BadZipFile):
    """A member unpacks to more than it may."""


class TooMany(zipfile.BadZipFile):
    """A directory has room for more members than are looked at; each would take a kilobyte of memory."""


@contextlib.contextmanager
def reading(file: IO[bytes], most: int = MEMBERS) -> Iterator[zipfile.ZipFile]:
    """An archive whose directory is no longer than so many members need.

    How long it is says the function by which Python's own reader goes: whoever looks for the end mark in
    another way finds another one. Raises TooMany, and what ``DAMAGED`` names.
    """
    ending: Any = getattr(zipfile, "_EndRecData")  # noqa: B009 - no public name of it
    try:
        end = ending(file)
    except OSError as error:
        raise zipfile.BadZipFile from error
    if end is not None and int(end[_DIRECTORY]) > most * _ENTRY:
        raise TooMany(end[_DIRECTORY])
    with zipfile.ZipFile(file) as archive:
        yield archive


def member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a member. Raises Swollen where it has more than ``most``, and what ``DAMAGED`` names."""
    with opened(archive, name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Swollen(name)
    return data


def measure(archive: zipfile.ZipFile, name: str, most: int) -> None:
    """Read a member through, and keep nothing. Raises as :func:`member` does."""
    with opened(archive, name) as file:
        while piece := file.read(_PIECE):
            most -= len(piece)
            if most < 0:
                raise Swollen(name)


def beginning(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """At most so many of the first bytes of a member. Raises what ``DAMAGED`` names."""
    with opened(archive, name) as file:
        return file.read(most)


def opened(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    """A member to be read piece by piece. Raises what ``DAMAGED`` names."""
    entry = archive.getinfo(name)
    if entry.compress_type not in METHODS:
        raise zipfile.BadZipFile(name)
    return archive.open(entry)
