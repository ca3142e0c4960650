"""How our packages are laid out as ZIP: every byte follows from names, contents and time (APPNOTE 6.3).

Everything is stored, not deflated: PDF, XLSX and JPEG do not shrink, and deflate differs between
versions of zlib, which would end byte-identity. Sizes stay below 2 GiB, so ZIP64 never appears.
"""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
LOCAL_SIZE, CENTRAL_SIZE, END_SIZE = 30, 46, 22
MAXIMUM_ENTRIES = 10_000
MAXIMUM_SIZE = 2 << 30
"""Bytes of a package, of one file in it, and of all that a packed container unfolds to."""

_VERSION = 20
_UNIX = 3 << 8
_REGULAR_FILE = 0o100644 << 16
_UTF8 = 1 << 11


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it lies in one of our packages."""

    name: str
    crc: int
    size: int
    offset: int
    """Where its local header begins."""


def dos_time(moment: dt.datetime) -> tuple[int, int]:
    """Time and date as ZIP keeps them, in UTC, to two seconds; nothing before 1980 or after 2107."""
    when = moment.astimezone(dt.UTC)
    year = min(max(when.year, 1980), 2107)
    return (
        when.hour << 11 | when.minute << 5 | when.second // 2,
        (year - 1980) << 9 | when.month << 5 | when.day,
    )


def _name(name: str) -> tuple[bytes, int]:
    return name.encode(), 0 if name.isascii() else _UTF8


def local_header(entry: Stored, moment: dt.datetime) -> bytes:
    """What stands before the file's bytes."""
    name, flags = _name(entry.name)
    sizes = (entry.crc, entry.size, entry.size, len(name), 0)
    return LOCAL + struct.pack("<HHHHHIIIHH", _VERSION, flags, 0, *dos_time(moment), *sizes) + name


def central_header(entry: Stored, moment: dt.datetime) -> bytes:
    """The file's line in the directory at the end."""
    name, flags = _name(entry.name)
    made = struct.pack("<HHHHHH", _UNIX | _VERSION, _VERSION, flags, 0, *dos_time(moment))
    sizes = struct.pack("<IIIHHH", entry.crc, entry.size, entry.size, len(name), 0, 0)
    return CENTRAL + made + sizes + struct.pack("<HHII", 0, 0, _REGULAR_FILE, entry.offset) + name


def directory(entries: tuple[Stored, ...], start: int, moment: dt.datetime) -> bytes:
    """Everything after the last file: the directory and the end record; ``start`` is where it begins."""
    lines = b"".join(central_header(entry, moment) for entry in entries)
    count = len(entries)
    return lines + END + struct.pack("<HHHHIIH", 0, 0, count, count, len(lines), start, 0)
