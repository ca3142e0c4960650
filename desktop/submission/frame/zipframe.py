"""A strict reader of ZIP framing, run before anything is extracted.

Python's (and everybody's) ZIP reader is forgiving: it skips what stands before, between and after the
files, believes the directory over the local headers or the other way round. Here every byte of the
file has to belong to exactly one header, name, content or directory line, and both descriptions of
each file have to agree.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from desktop.base import Message
from desktop.submission.frame.zipform import (
    CENTRAL,
    CENTRAL_SIZE,
    END,
    END_SIZE,
    LOCAL,
    LOCAL_SIZE,
    MAXIMUM_ENTRIES,
    MAXIMUM_SIZE,
)
from desktop.submission.refusal import Refused

CHUNK = 1 << 20
MAXIMUM_COMMENT = 256
MAXIMUM_RATIO = 200
"""A file may be at most this many times its packed size (bombs); above a floor of 1 MiB."""

STORED, DEFLATED = 0, 8
_DESCRIPTOR = 1 << 3
_ENCRYPTED = 1 | 1 << 6 | 1 << 13
_UTF8 = 1 << 11
_ALLOWED_FLAGS = _DESCRIPTOR | _UTF8 | 0b110
_NOT_A_FILE = 0x08 | 0x10 | 0x400
"""DOS and Windows: volume label, folder, reparse point. (Unix: links and the like, and programs that run as
somebody else.)"""
_NTFS, _UNIX_TIMES = 0x000A, 0x5455
_HARMLESS_EXTRA = {_NTFS: 32, _UNIX_TIMES: 13, 0x5855: 12, 0x7855: 4, 0x7875: 15, 0xCAFE: 0}
"""Times and owners as common programs write them, with the most bytes each needs.

Any other field says something that one program obeys and another does not know (another name, size or
encryption, a link in place of a file: 0x756E), or has room for what nobody looks at.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as both its headers describe it."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int
    """Where its bytes begin; they are ``packed`` long."""
    plain: bool
    """Whether neither header has extra fields."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the central directory."""

    name: bytes
    made_by: int
    flags: int
    method: int
    stamp: tuple[int, int]
    crc: int
    packed: int
    size: int
    extra: bytes
    attributes: int
    offset: int


def read_frame(file: BinaryIO, size: int) -> tuple[Entry, ...]:
    """Every file in the archive, in order. Raises :class:`Refused` (codes ``zip.*``)."""
    lines, directory_start = _directory(file, size)
    entries: list[Entry] = []
    position = 0
    for line in lines:
        if line.offset != position:
            raise Refused(Message("submission.zip.gap", at=str(position)))
        entry, position = _local(file, line)
        entries.append(entry)
    if position != directory_start:
        raise Refused(Message("submission.zip.gap", at=str(position)))
    if sum(entry.size for entry in entries) > MAXIMUM_SIZE:
        raise Refused(Message("submission.zip.bomb", name=""))
    return tuple(entries)


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    data = file.read(length)
    if len(data) != length:
        raise Refused(Message("submission.zip.cut"))
    return data


def _directory(file: BinaryIO, size: int) -> tuple[list[_Line], int]:
    """The directory's lines and where it begins; the end record must end the file."""
    if size < END_SIZE:
        raise Refused(Message("submission.zip.not_zip"))
    if size > MAXIMUM_SIZE:
        raise Refused(Message("submission.zip.too_large"))
    tail = _read(file, max(0, size - END_SIZE - MAXIMUM_COMMENT), min(size, END_SIZE + MAXIMUM_COMMENT))
    at = tail.rfind(END)
    if at < 0 or len(tail) - at < END_SIZE:
        raise Refused(Message("submission.zip.not_zip"))
    disk, start_disk, here, count, length, start, comment = struct.unpack(
        "<HHHHIIH", tail[at + 4 : at + END_SIZE]
    )
    text = tail[at + END_SIZE :]
    if len(text) != comment or not _plain_text(text):
        raise Refused(Message("submission.zip.trailing"))
    end = size - len(tail) + at
    if disk or start_disk or here != count or start + length != end:
        raise Refused(Message("submission.zip.directory"))
    if not 0 < count <= MAXIMUM_ENTRIES:
        raise Refused(Message("submission.zip.count"))
    return _lines(_read(file, start, length), count), start


def _plain_text(data: bytes) -> bool:
    return all(0x20 <= byte < 0x7F for byte in data)


def _lines(data: bytes, count: int) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    for _ in range(count):
        fixed = data[at : at + CENTRAL_SIZE]
        if len(fixed) != CENTRAL_SIZE or fixed[:4] != CENTRAL:
            raise Refused(Message("submission.zip.directory"))
        (made_by, _needed, flags, method, time, date, crc, packed, size, name_length, extra_length, comment,
         disk, _internal, attributes, offset) = struct.unpack("<HHHHHHIIIHHHHHII", fixed[4:])  # fmt: skip
        at += CENTRAL_SIZE
        name, extra = data[at : at + name_length], data[at + name_length : at + name_length + extra_length]
        remark = data[at + name_length + extra_length : at + name_length + extra_length + comment]
        at += name_length + extra_length + comment
        # libdigidocpp writes its own name as a comment at every file.
        if disk or at > len(data) or comment > MAXIMUM_COMMENT or not _plain_text(remark):
            raise Refused(Message("submission.zip.directory"))
        lines.append(
            _Line(name, made_by, flags, method, (time, date), crc, packed, size, extra, attributes, offset)
        )
    if at != len(data):
        raise Refused(Message("submission.zip.directory"))
    return lines


def _local(file: BinaryIO, line: _Line) -> tuple[Entry, int]:
    """The entry behind a directory line, and where the next one has to begin."""
    name = _checked_name(line)
    _check_kind(line, name)
    fixed = _read(file, line.offset, LOCAL_SIZE)
    if fixed[:4] != LOCAL:
        raise Refused(Message("submission.zip.headers_differ", name=name))
    _needed, flags, method, time, date, crc, packed, size, name_length, extra_length = struct.unpack(
        "<HHHHHIIIHH", fixed[4:]
    )
    rest = _read(file, line.offset + LOCAL_SIZE, name_length + extra_length)
    late = bool(flags & _DESCRIPTOR)
    told = (crc, packed, size) == ((0, 0, 0) if late else (line.crc, line.packed, line.size))
    same = (flags, method, (time, date), rest[:name_length]) == (
        line.flags,
        line.method,
        line.stamp,
        line.name,
    )
    if not same or not (told or (late and (crc, packed, size) == (line.crc, line.packed, line.size))):
        raise Refused(Message("submission.zip.headers_differ", name=name))
    _check_extra(rest[name_length:], name)
    start = line.offset + LOCAL_SIZE + len(rest)
    end = start + line.packed
    if late:
        end += _descriptor(file, end, line, name)
    plain = not line.extra and not rest[name_length:]
    return Entry(name, method, line.crc, line.packed, line.size, line.offset, start, plain), end


def _checked_name(line: _Line) -> str:
    try:
        name = line.name.decode("utf-8" if line.flags & _UTF8 else "ascii")
    except UnicodeDecodeError as error:
        raise Refused(Message("submission.zip.name_encoding")) from error
    return name


def _check_kind(line: _Line, name: str) -> None:
    if line.flags & _ENCRYPTED:
        raise Refused(Message("submission.zip.encrypted", name=name))
    if line.flags & ~_ALLOWED_FLAGS or line.method not in {STORED, DEFLATED}:
        raise Refused(Message("submission.zip.method", name=name))
    mode = line.attributes >> 16
    if mode & 0o7000 or mode & 0o170000 not in {0, 0o100000} or line.attributes & _NOT_A_FILE:
        raise Refused(Message("submission.zip.not_a_file", name=name))
    if line.method == STORED and line.packed != line.size:
        raise Refused(Message("submission.zip.size", name=name))
    if line.size > max(line.packed * MAXIMUM_RATIO, CHUNK):
        raise Refused(Message("submission.zip.bomb", name=name))
    _check_extra(line.extra, name)


def _check_extra(extra: bytes, name: str) -> None:
    at, seen = 0, set[int]()
    while at < len(extra):
        if at + 4 > len(extra):
            raise Refused(Message("submission.zip.extra", name=name))
        kind, length = struct.unpack("<HH", extra[at : at + 4])
        body = extra[at + 4 : at + 4 + length]
        at += 4 + length
        known = length <= _HARMLESS_EXTRA.get(kind, -1) and at <= len(extra) and kind not in seen
        if not known or not _holds_times(kind, body):
            raise Refused(Message("submission.zip.extra", name=name))
        seen.add(kind)


def _holds_times(kind: int, body: bytes) -> bool:
    """Whether a field of times has room for what its own flags announce, and for nothing else."""
    if kind == _UNIX_TIMES:
        # Which times there are: up to three in the local header, in the directory only the first of them.
        flags = body[0] if body else 0xFF
        return flags < 8 and len(body) in {1 + 4 * flags.bit_count(), 1 + 4 * (flags & 1)}
    return kind != _NTFS or (len(body) == 32 and body[4:8] == b"\x01\x00\x18\x00")


def _descriptor(file: BinaryIO, at: int, line: _Line, name: str) -> int:
    """The length of a data descriptor that repeats the directory's figures, with or without its mark."""
    wanted = struct.pack("<III", line.crc, line.packed, line.size)
    file.seek(at)
    found = file.read(16)
    if found == b"PK\x07\x08" + wanted:
        return 16
    if found[:12] == wanted:
        return 12
    raise Refused(Message("submission.zip.headers_differ", name=name))


Turns: TypeAlias = tuple[memoryview, memoryview]


def two_turns(size: int = CHUNK) -> Turns:
    """Room for two pieces: one may still be on its way to a disk while the next is read."""
    return memoryview(bytearray(min(CHUNK, size))), memoryview(bytearray(min(CHUNK, size)))


def contents(file: BinaryIO, entry: Entry, turns: Turns | None = None) -> Iterator[bytes | memoryview]:
    """The entry's bytes in pieces, each valid until the one after the next is asked for.

    ``turns``: room of :func:`two_turns` for whoever reads many entries, one at a time; the last piece is
    then valid only until the next entry is read. Raises :class:`Refused` when the bytes are not as many as
    the headers say. The checksum is the caller's.
    """
    if entry.method == STORED:
        return _stored(file, entry, two_turns(entry.size) if turns is None else turns)
    return _inflated(file, entry)


def _stored(file: BinaryIO, entry: Entry, turns: Turns) -> Iterator[memoryview]:
    buffer, other = turns
    file.seek(entry.start)
    left = entry.size
    while left:
        read = file.readinto(buffer[: min(left, CHUNK)])  # type: ignore[attr-defined]
        if not read:
            raise Refused(Message("submission.zip.cut"))
        left -= read
        yield buffer[:read]
        buffer, other = other, buffer


def _inflated(file: BinaryIO, entry: Entry) -> Iterator[bytes]:
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    file.seek(entry.start)
    left, made = entry.packed, 0
    while left or decoder.unconsumed_tail:
        if not decoder.unconsumed_tail:
            piece = file.read(min(left, CHUNK))
            if not piece:
                raise Refused(Message("submission.zip.cut"))
            left -= len(piece)
        else:
            piece = decoder.unconsumed_tail
        try:
            out = decoder.decompress(piece, CHUNK)
        except zlib.error as error:
            raise Refused(Message("submission.zip.deflate", name=entry.name)) from error
        made += len(out)
        if made > entry.size or decoder.unused_data or (decoder.eof and left):
            raise Refused(Message("submission.zip.size", name=entry.name))
        if out:
            yield out
        elif not decoder.unconsumed_tail and not left:
            break
    if made != entry.size or not decoder.eof:
        raise Refused(Message("submission.zip.size", name=entry.name))
