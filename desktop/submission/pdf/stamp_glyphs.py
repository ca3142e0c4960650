"""How far the letters of an embedded font reach, in parts of an em: that counts as much as their size."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_DEEPEST, _MOST_POINTS, _MOST_LETTERS = 6, 400_000, 20_000
"""Letters put together of letters, and points of all: more has no font of a stamp."""
_WORDS, _PLACES, _SCALE, _MORE, _BOTH, _PLANE = 1, 2, 8, 32, 64, 128
_SHORT, _AGAIN = (2, 4), 8
_SAME = (16, 32)


def reach_of_outlines(program: bytes, tables: Mapping[bytes, tuple[int, int]]) -> float:
    """The farthest corner of any letter of a TrueType font, in parts of an em. Raises where it is broken."""
    head = tables[b"head"][0]
    units: int = struct.unpack_from(">H", program, head + 18)[0]
    long: int = struct.unpack_from(">H", program, head + 50)[0]
    (count,) = struct.unpack_from(">H", program, tables[b"maxp"][0] + 4)
    if count > _MOST_LETTERS:
        raise ValueError(count)
    start, size = tables[b"loca"][0], 4 if long else 2
    kind = ">I" if long else ">H"
    places = [
        struct.unpack_from(kind, program, start + size * at)[0] * (1 if long else 2)
        for at in range(count + 1)
    ]
    outlines = program[slice(*tables[b"glyf"])]
    letters = _Letters(outlines, places)
    return max((letters.reach(at, 0) for at in range(count)), default=0.0) / units


@dataclass(slots=True)
class _Letters:
    outlines: bytes
    places: list[int]
    known: dict[int, float] = field(default_factory=dict)
    points: int = 0

    def reach(self, number: int, depth: int) -> float:
        """How far one letter reaches, in units."""
        if number not in self.known:
            if depth > _DEEPEST:
                raise ValueError(number)
            begin, end = self.places[number], self.places[number + 1]
            self.known[number] = self._measured(begin, depth) if end > begin else 0.0
        return self.known[number]

    def _measured(self, at: int, depth: int) -> float:
        (lines,) = struct.unpack_from(">h", self.outlines, at)
        return self._drawn(at + 10, lines) if lines >= 0 else self._composed(at + 10, depth)

    def _drawn(self, at: int, lines: int) -> float:
        if not lines:
            return 0.0
        data = self.outlines
        (last,) = struct.unpack_from(">H", data, at + 2 * lines - 2)
        (skipped,) = struct.unpack_from(">H", data, at + 2 * lines)
        at += 2 * lines + 2 + skipped
        self.points += last + 1
        if self.points > _MOST_POINTS:
            raise ValueError(last)
        flags: list[int] = []
        while len(flags) <= last:
            flag, times, at = data[at], 1, at + 1
            if flag & _AGAIN:
                times, at = data[at] + 1, at + 1
            flags += [flag] * times
        farthest = 0
        for short, same in zip(_SHORT, _SAME, strict=True):
            place = 0
            for flag in flags[: last + 1]:
                if flag & short:
                    place += data[at] if flag & same else -data[at]
                    at += 1
                elif not flag & same:
                    place += struct.unpack_from(">h", data, at)[0]
                    at += 2
                farthest = max(farthest, abs(place))
        return float(farthest)

    def _composed(self, at: int, depth: int) -> float:
        data, farthest, flags = self.outlines, 0.0, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", data, at)
            kind = ">hh" if flags & _WORDS else ">bb"
            moved = struct.unpack_from(kind, data, at + 4)
            at += 4 + struct.calcsize(kind)
            count = 4 if flags & _PLANE else 2 if flags & _BOTH else 1 if flags & _SCALE else 0
            scales = [one / (1 << 14) for one in struct.unpack_from(f">{count}h", data, at)]
            at += 2 * count
            larger = sum(map(abs, scales)) if count == 4 else max(map(abs, scales), default=1.0)
            # by numbers of points instead of places a part is put anywhere within both
            shift = max(map(abs, moved)) if flags & _PLACES else farthest + self.reach(part, depth + 1)
            farthest = max(farthest, larger * (self.reach(part, depth + 1) + shift) + shift)
        return farthest
