"""The codes of a JPEG, one after the other, as ITU-T T.81 (annex F) has them.

What libjpeg meets and does not know, it takes for nothing and goes on, while other programs leave the whole
picture out; a wave behind the last of a block it takes for the last one. A photo with such a code is two
pictures. So each is read as they are meant: in its table, within its block, and as many blocks as there are.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_FRAME, _CODES, _SCAN, _RESTART = 0xC0, 0xC4, 0xDA, 0xDD
_LAST = 63
"""Waves of a block, behind its mean."""
_LONGEST = 16
_MEAN, _WAVE = 11, 10
"""Bits of the largest numbers that points of eight bits can give."""
_STEP = 32
"""An entry of a table holds how many bits a code and its number have, and how many waves it goes on."""
_UNKNOWN = -1
_END = 1024
"""So many waves on that the block is over, whatever came before."""

Table = list[int]


@dataclass(slots=True)
class _Head:
    width: int = 0
    height: int = 0
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    """How often each colour stands in a piece, and its two tables."""
    sampled: tuple[int, int] = (1, 1)
    every: int = 0
    """Pieces between two marks."""
    points: int = 0
    """Where they begin."""


def are_sound(data: bytes) -> bool:
    """Whether each code of a baseline JPEG with one scan is one, and nothing is left over.

    Raises IndexError, KeyError, ValueError and struct.error where its head is none.
    """
    tables: dict[int, Table] = {}
    head = _head(data, tables)
    across = -(-head.width // (8 * head.sampled[0]))
    pieces = across * -(-head.height // (8 * head.sampled[1]))
    end = data.rindex(b"\xff\xd9")
    runs = _runs(data[head.points : end], marked=bool(head.every))
    every = head.every or pieces
    if len(runs) != -(-pieces // every):
        return False
    plan = [(tables[mean], tables[0x10 | wave]) for count, mean, wave in head.parts for _ in range(count)]
    try:
        return all(_is_sound(run, min(every, pieces - at * every), plan) for at, run in enumerate(runs))
    except IndexError:
        # the last codes lead far beyond the end
        return False


def _head(data: bytes, tables: dict[int, Table]) -> _Head:
    head, at = _Head(), 2
    sampling: dict[int, int] = {}
    while True:
        _, kind, size = struct.unpack_from(">BBH", data, at)
        body = data[at + 4 : at + 2 + size]
        at += 2 + size
        if kind == _FRAME:
            head.height, head.width = struct.unpack_from(">HH", body, 1)
            sampling = {body[one]: body[one + 1] for one in range(6, len(body), 3)}
        elif kind == _CODES:
            while body:
                count = sum(body[1:17])
                tables[body[0]] = _table(body[1:17], body[17 : 17 + count], waves=body[0] >= _LONGEST)
                body = body[17 + count :]
        elif kind == _RESTART:
            head.every = struct.unpack(">H", body)[0]
        elif kind == _SCAN:
            several = body[0] > 1
            for number, which in zip(body[1:-3:2], body[2:-3:2], strict=True):
                sides = sampling[number] if several else 0x11
                head.parts.append(((sides >> 4) * (sides & 15), which >> 4, which & 15))
                if several:
                    head.sampled = (max(head.sampled[0], sides >> 4), max(head.sampled[1], sides & 15))
            head.points = at
            return head


def _table(lengths: bytes, signs: bytes, *, waves: bool) -> Table:
    """What each sixteen bits begin with. Raises ValueError for codes that are none."""
    made: Table = []
    long = [length for length, count in enumerate(lengths, 1) for _ in range(count)]
    for length, sign in zip(long, signs, strict=True):
        run, size = (sign >> 4, sign & 15) if waves else (0, sign)
        if size > (_WAVE if waves else _MEAN) or (waves and not size and run not in {0, 15}):
            raise ValueError(sign)
        on = _END if waves and not sign else run + 1
        made += [on * _STEP + length + size] * (1 << (_LONGEST - length))
    # codes of ones only are nobody's
    if len(made) >= 1 << _LONGEST or len(signs) != len(set(signs)):
        raise ValueError(lengths)
    return made + [_UNKNOWN] * ((1 << _LONGEST) - len(made))


def _runs(data: bytes, *, marked: bool) -> list[bytes]:
    """The points between marks, as they are meant: a byte of ones has a zero behind it."""
    if not marked:
        return [data.replace(b"\xff\0", b"\xff")]
    found, at, begin = [], 0, 0
    while (at := data.find(b"\xff", at)) >= 0:
        if data[at + 1] != 0:
            found.append(data[begin:at])
            begin = at + 2
        at += 2
    return [one.replace(b"\xff\0", b"\xff") for one in (*found, data[begin:])]


def _is_sound(run: bytes, pieces: int, plan: list[tuple[Table, Table]]) -> bool:
    bits = 8 * len(run)
    # behind the end stand zeros: whoever reads into them has too few
    padded = run + bytes(5)
    three = zip(padded, padded[1:], padded[2:], strict=False)
    words = [high << 16 | middle << 8 | low for high, middle, low in three]
    at = 0
    for _ in range(pieces):
        for means, waves in plan:
            found = means[words[at >> 3] >> (8 - (at & 7)) & 0xFFFF]
            if found < 0:
                return False
            at += found & 31
            place = 0
            while place < _LAST:
                found = waves[words[at >> 3] >> (8 - (at & 7)) & 0xFFFF]
                if found < 0:
                    return False
                at += found & 31
                place += found >> 5
            if _LAST < place < _END:
                return False
            if at > bits:
                return False
    left = bits - at
    return left < 8 and (not left or run[-1] & ((1 << left) - 1) == (1 << left) - 1)
