"""How far the letters of an embedded font reach, in parts of an em: that counts as much as their size."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_DEEPEST, _MOST_POINTS, _MOST_LETTERS = 6, 400_000, 20_000
"""Letters put together of letters, and points of all: more has no font of a stamp."""
_MOST_PARTS = 60
"""Of one letter, and of its parts: put together of hundreds five deep, it is never drawn to its end."""
_WORDS, _PLACES, _SCALE, _MORE, _BOTH, _PLANE = 1, 2, 8, 32, 64, 128
_HEAD = 10
"""Bytes before what a letter draws: how many lines, and its bounds."""
_SHORT, _AGAIN = (2, 4), 8
_SAME = (16, 32)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Of a font's letters, the largest of each."""

    reach: float
    """In parts of an em."""
    points: int
    room: float = 0.0
    """Across and up, of a usual one; 0 where it is that of the largest."""

    @property
    def area(self) -> float:
        """Of a letter, in parts of an em: programs keep a picture of each, as large as it is drawn."""
        return self.room or self.reach**2


USUAL = Outlines(12.0, 200, 2.0)
"""Of a font that is not embedded: some program may have one of its name, with any letters of today."""


def outlines_of(program: bytes, tables: Mapping[bytes, tuple[int, int]]) -> Outlines:
    """What the letters of a TrueType font come to. Raises where it is broken."""
    head = tables[b"head"][0]
    units: int = struct.unpack_from(">H", program, head + 18)[0]
    long: int = struct.unpack_from(">H", program, head + 50)[0]
    (count,) = struct.unpack_from(">H", program, tables[b"maxp"][0] + 4)
    if count > _MOST_LETTERS:
        raise ValueError(count)
    listed, outlines = (program[slice(*tables[name])] for name in (b"loca", b"glyf"))
    places = [one << (not long) for one in struct.unpack_from(f">{count + 1}{'I' if long else 'H'}", listed)]
    if places != sorted(places) or places[-1] > len(outlines):
        # a letter that ends before it begins reaches to the end of all letters for FreeType
        raise ValueError(places[-1])
    letters = _Letters(outlines, places)
    every = [letters.letter(at, 0) for at in range(count)]
    return Outlines(
        max((one.reach for one in every), default=0.0) / units, max((one.points for one in every), default=0)
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    reach: float = 0.0
    """In units."""
    parts: int = 1
    points: int = 0


@dataclass(slots=True)
class _Letters:
    outlines: bytes
    places: list[int]
    known: dict[int, _Letter] = field(default_factory=dict)
    points: int = 0

    def letter(self, number: int, depth: int) -> _Letter:
        """How far one letter reaches, and of how many it is put together."""
        if number not in self.known:
            if depth > _DEEPEST:
                raise ValueError(number)
            data = self.outlines[self.places[number] : self.places[number + 1]]
            self.known[number] = self._measured(data, depth) if data else _Letter()
            if self.known[number].parts > _MOST_PARTS:
                raise ValueError(number)
        return self.known[number]

    def _measured(self, data: bytes, depth: int) -> _Letter:
        (lines,) = struct.unpack_from(">h", data)
        return self._drawn(data, lines) if lines >= 0 else self._composed(data, depth)

    def _drawn(self, data: bytes, lines: int) -> _Letter:
        if not lines:
            return _Letter()
        at = _HEAD + 2 * lines
        (last,) = struct.unpack_from(">H", data, at - 2)
        (skipped,) = struct.unpack_from(">H", data, at)
        at += 2 + skipped
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
        return _Letter(farthest, points=last + 1)

    def _composed(self, data: bytes, depth: int) -> _Letter:
        at, farthest, parts, points, flags = _HEAD, 0.0, 1, 0, _MORE
        while flags & _MORE:
            flags, number = struct.unpack_from(">HH", data, at)
            kind = ">hh" if flags & _WORDS else ">bb"
            moved = struct.unpack_from(kind, data, at + 4)
            at += 4 + struct.calcsize(kind)
            count = 4 if flags & _PLANE else 2 if flags & _BOTH else 1 if flags & _SCALE else 0
            scales = [one / (1 << 14) for one in struct.unpack_from(f">{count}h", data, at)]
            at += 2 * count
            larger = sum(map(abs, scales)) if count == 4 else max(map(abs, scales), default=1.0)
            part = self.letter(number, depth + 1)
            # by numbers of points instead of places a part is put anywhere within both
            shift = max(map(abs, moved)) if flags & _PLACES else farthest + part.reach
            farthest = max(farthest, larger * (part.reach + shift) + shift)
            parts, points = parts + part.parts, points + part.points
        return _Letter(farthest, parts, points)
