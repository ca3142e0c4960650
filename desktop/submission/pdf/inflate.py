"""What a deflate stream holds, where every program unpacks it to the same bytes.

Most programs ask zlib. Poppler, xpdf and Firefox unpack by themselves, in one way: they take whole bytes
ahead, as many as the longest code may need, and where a block follows that is stored as it is, they throw
away all they have taken. zlib gives the bytes back that it did not need. So a block whose end is written in a
short code, though others are long, and a stored block behind it are two streams in one (ISO 32000-1, 7.4.4;
RFC 1951, 3.2.4).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_LARGEST = 64 << 20
"""Bytes of what is no picture."""
_HEAD, _LENGTHS = 2, 4
"""Bytes before the first block, and before those of a stored one."""
_BARE = -15
"""Blocks alone, without their sum."""
_BYTE = 8
_ALIKE = 64
"""Bytes of a stored block that are looked for where it would be unpacked to."""
_MOST_SIGNS = 1 << 23
"""Of the blocks before the last stored one; a photo packed so has fewer."""
_A_BLOCK, _A_PLACE, _A_MATCH, _UNPACKED = 1 << 12, 1 << 9, 1 << 3, 1 << 7
"""Signs that are gone through in the time of a block's tables, of looking for a stored block once, and of one
that stands for what was there before; bytes that zlib unpacks in that of one."""
_STORED, _FIXED = 0, 1
_SIGN, _END, _LONG, _LONGEST = 0x1FF, 256, 265, 285
"""A sign within an entry of a table; that of the end; the first length with bits of its own, and the last."""
_ORDER = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15)
_AGAIN = {16: (2, 3), 17: (3, 3), 18: (7, 11)}
"""How many bits say how often a length stands, and how often at least."""
_FIXED_LETTERS = (8,) * 144 + (9,) * 112 + (7,) * 24 + (8,) * 8
_FIXED_DISTANCES = (5,) * 30


def inflated(data: bytes, limit: int = _LARGEST) -> bytes:
    """What a stream holds that is whole and ends where it says, and has one reading.

    Ends of lines may follow, as many programs write them. Raises ValueError for every other, and where it
    holds more bytes than the limit.
    """
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(data, limit + 1)
    except zlib.error as error:
        raise ValueError(data[:_HEAD]) from error
    if not unpacking.eof or len(found) > limit or unpacking.unused_data.strip(b"\r\n"):
        raise ValueError(len(found))
    if not _is_taken_alike(data, Room()):
        raise ValueError(found[:_HEAD])
    return found


@dataclass(slots=True)
class Room:
    """How much may still be gone through, of one stream or of several together."""

    signs: int = _MOST_SIGNS


def is_one(data: bytes, room: Room | None = None) -> bool:
    """Whether a stream that is none of ours to unpack has one reading, as far as it can be read.

    It may be cut short, as Quartz leaves it, or go on behind its end: all programs show as much of it. It
    takes of the ``room`` what it needs.
    """
    room = Room() if room is None else room
    if not any(_twice(data)):
        return True
    try:
        found = zlib.decompressobj(_BARE).decompress(data[_HEAD:], _LARGEST + 1)
    except zlib.error:
        return False
    room.signs -= len(found) // _UNPACKED
    return room.signs >= 0 and len(found) <= _LARGEST and _is_taken_alike(data, room)


def _is_taken_alike(data: bytes, room: Room) -> bool:
    last = max(_stored(data, room), default=0)
    try:
        return not last or not _Taking(data, room).loses(last)
    except IndexError:
        # beyond what there is
        return False


def _stored(data: bytes, room: Room) -> Iterator[int]:
    """Where there may be the lengths of a stored block: with all their bits turned they stand there again.

    And zlib, come so far, finds the bytes behind them as they are.
    """
    unpacking, at = zlib.decompressobj(_BARE), _HEAD
    for place in _twice(data):
        room.signs -= _A_PLACE
        if room.signs < 0:
            yield len(data)
            return
        unpacking.decompress(data[at:place])
        at = place
        here = unpacking.copy()
        size = min(int.from_bytes(data[place : place + 2], "little"), _ALIKE)
        behind = data[place + _LENGTHS : place + _LENGTHS + size]
        if not here.decompress(data[place : place + _LENGTHS]) and here.decompress(behind) == behind:
            yield place


def _twice(data: bytes) -> Iterator[int]:
    """Where two bytes stand, and behind them the same with all bits turned."""
    number = int.from_bytes(data, "little")
    same = (number ^ number >> 16).to_bytes(len(data), "little")
    at = same.find(b"\xff\xff")
    while -1 < at <= len(data) - _LENGTHS:
        yield at
        at = same.find(b"\xff\xff", at + 1)


class _Taking:
    """Goes through the blocks as xpdf does, for what it has taken ahead. What zlib reads is sound."""

    def __init__(self, data: bytes, room: Room) -> None:
        self._data = data
        self._room = room
        self._at = _HEAD
        self._held = 0
        """What is taken and not used yet, the next bit lowest."""
        self._size = 0
        """How many bits that is."""

    def loses(self, last: int) -> bool:
        """Whether it throws a byte away before a block that is stored, up to a place where one may be."""
        is_last = 0
        while not is_last and self._at < last + _LENGTHS:
            is_last = self._bits(1)
            kind = self._bits(2)
            # as long as it takes to make its tables
            self._room.signs -= _A_BLOCK if kind > _FIXED else 1
            if kind == _STORED:
                if self._size >= _BYTE:
                    return True
                self._at += _LENGTHS + int.from_bytes(self._data[self._at : self._at + 2], "little")
                self._held = self._size = 0
            elif kind == _FIXED:
                self._pass(*_fixed())
            else:
                self._pass(*self._tables())
            if self._room.signs < 0:
                return True
        return False

    def _bits(self, count: int) -> int:
        self._take(count)
        found = self._held & (1 << count) - 1
        self._held >>= count
        self._size -= count
        return found

    def _take(self, count: int) -> None:
        while self._size < count:
            self._held |= self._data[self._at] << self._size
            self._at += 1
            self._size += _BYTE

    def _sign(self, table: list[int]) -> int:
        self._take(len(table).bit_length() - 1)
        entry = table[self._held & len(table) - 1]
        self._bits(entry >> 9)
        return entry & _SIGN

    def _tables(self) -> tuple[list[int], list[int]]:
        """Of letters and lengths, and of distances, as a block begins with them."""
        letters, distances, count = self._bits(5) + 257, self._bits(5) + 1, self._bits(4) + 4
        sizes = [0] * len(_ORDER)
        for place in _ORDER[:count]:
            sizes[place] = self._bits(3)
        table = _table(tuple(sizes))
        found: list[int] = []
        while len(found) < letters + distances:
            sign = self._sign(table)
            if sign in _AGAIN:
                count, least = _AGAIN[sign]
                found += [found[-1] if sign == min(_AGAIN) else 0] * (self._bits(count) + least)
            else:
                found.append(sign)
        return _table(tuple(found[:letters])), _table(tuple(found[letters:]))

    def _pass(self, letters: list[int], distances: list[int]) -> None:
        """All signs of a block. Written out, since there are many."""
        data, at, held, size = self._data, self._at, self._held, self._size
        longest, mask = len(letters).bit_length() - 1, len(letters) - 1
        sign = signs = 0
        while sign != _END and signs <= self._room.signs:
            while size < longest:
                held |= data[at] << size
                at += 1
                size += _BYTE
            entry = letters[held & mask]
            held >>= entry >> 9
            size -= entry >> 9
            sign = entry & _SIGN
            signs += 1
            if sign > _END:
                signs += _A_MATCH
                self._at, self._held, self._size = at, held, size
                self._bits((sign - 261) // 4 if _LONG <= sign < _LONGEST else 0)
                self._bits(max(self._sign(distances) // 2 - 1, 0))
                at, held, size = self._at, self._held, self._size
        self._at, self._held, self._size = at, held, size
        self._room.signs -= signs


@cache
def _fixed() -> tuple[list[int], list[int]]:
    """The tables of every block in the code that is fixed: an empty one is ten bits long."""
    return _table(_FIXED_LETTERS), _table(_FIXED_DISTANCES)


def _table(sizes: tuple[int, ...]) -> list[int]:
    """For as many bits as the longest code has: the sign that they begin with, and how long it is."""
    longest = max(sizes)
    table, code = [0] * (1 << longest), 0
    for size in range(1, longest + 1):
        for sign, one in enumerate(sizes):
            if one == size:
                first = int(f"{code:0{size}b}"[::-1], 2)
                table[first :: 1 << size] = [size << 9 | sign] * (1 << longest - size)
                code += 1
        code <<= 1
    return table
