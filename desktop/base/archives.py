"""Reading ZIP archives that came from elsewhere: what going wrong looks like, and how much is unpacked.

Every reader of such files says in its own words what it makes of them; what a damaged or hostile archive
can do to Python's own reader is the same for all.
"""

from __future__ import annotations

import lzma
import zipfile
import zlib
from typing import IO

from desktop.base.errors import FileProblem

DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, LookupError,
    RuntimeError, NotImplementedError, FileProblem,
)  # fmt: skip
"""All that reading an archive nobody can trust may raise; encrypted members are a RuntimeError."""
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office programs and ours pack. The others Python unpacks whole, however little of it is wanted."""


class Swollen(zipfile.BadZipFile):
    """A member unpacks to more than it may."""


def member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The bytes of a member. Raises Swollen where it has more than ``most``, and what ``DAMAGED`` names."""
    with opened(archive, name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Swollen(name)
    return data


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
