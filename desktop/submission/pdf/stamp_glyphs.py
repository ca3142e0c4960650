"""How far the letters of an embedded font reach, in parts of an em: that counts as much as their size."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from desktop.submission.pdf.places import PLAIN, Matrix, placed, product
from desktop.submission.pdf.stamp_rows import MOST_ASKED, WIDE, Piece, contour, in_a_row

_DEEPEST, _MOST_POINTS, _MOST_LETTERS = 6, 400_000, 20_000
"""Letters put together of letters, and points of all: more has no font of a stamp."""
_MOST_PARTS = 60
"""Of one letter, and of its parts: put together of hundreds five deep, it is never drawn to its end."""
MOST_WINDING = 200
"""As many times as a letter is wide or high its outline may be long: ornate ones come to some forty, signs of
many dots to a hundred. One of two thousand lines up and down MuPDF never draws to its end."""
_WORDS, _PLACES, _SCALE, _MORE, _BOTH, _PLANE, _SCALED = 1, 2, 8, 32, 64, 128, 2048
_HEAD = 10
"""Bytes before what a letter draws: how many lines, and its bounds."""
_SHORT, _AGAIN = (2, 4), 8
_SAME = (16, 32)
_Side = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outlines:
    """Of a font's letters, the largest of each."""

    reach: float
    """From where it begins, in parts of an em."""
    points: int
    wide: float = 0.0
    """From one side to the other, or from its foot to its head."""
    row: float = 0.0
    """As broad as it is where most of it lies in one row of points."""
    length: float = 0.0
    """Of all its lines."""
    room: float = 0.0
    """Across and up, of a usual one; 0 where it is that of the largest."""

    @property
    def area(self) -> float:
        """Of a letter, in parts of an em: programs keep a picture of each, as large as it is drawn."""
        return self.room or self.reach**2


USUAL = Outlines(12.0, 200, 1.5, 0.6, 15.0, 2.0)
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
    row = max((one.wide for one in every if one.wide <= WIDE * units), default=0.0)
    for at, one in enumerate(every):
        row = max(row, letters.row(at) if one.wide > max(row, WIDE * units) else 0.0)
    if not every:
        return Outlines(0.0, 0)
    return Outlines(
        max(one.reach for one in every) / units,
        max(one.points for one in every),
        max(one.wide for one in every) / units,
        row / units,
        max(one.length for one in every) / units,
    )


@dataclass(frozen=True, slots=True)
class _Letter:
    reach: float = 0.0
    """In units."""
    parts: int = 1
    points: int = 0
    length: float = 0.0
    across: _Side = (0.0, 0.0)
    up: _Side = (0.0, 0.0)

    @property
    def wide(self) -> float:
        return max(self.across[1] - self.across[0], self.up[1] - self.up[0])


@dataclass(slots=True)
class _Letters:
    outlines: bytes
    places: list[int]
    known: dict[int, _Letter] = field(default_factory=dict)
    points: int = 0
    asked: int = 0
    """Points of those whose rows were looked at."""

    def letter(self, number: int, depth: int) -> _Letter:
        """How far one letter reaches, and of how many it is put together."""
        if number not in self.known:
            if depth > _DEEPEST:
                raise ValueError(number)
            data = self.outlines[self.places[number] : self.places[number + 1]]
            self.known[number] = self._measured(data, depth) if data else _Letter()
            found = self.known[number]
            if found.parts > _MOST_PARTS or found.length > MOST_WINDING * found.wide:
                raise ValueError(number)
        return self.known[number]

    def _measured(self, data: bytes, depth: int) -> _Letter:
        (lines,) = struct.unpack_from(">h", data)
        return self._drawn(data, lines) if lines >= 0 else self._composed(data, depth)

    def _drawn(self, data: bytes, lines: int) -> _Letter:
        if not lines:
            return _Letter()
        _, flags, steps = _told(data, lines)
        self.points += len(flags)
        if self.points > _MOST_POINTS:
            raise ValueError(len(flags))
        places = [list(accumulate(moves)) for moves in steps]
        sides = [(min(one), max(one)) for one in places]
        length = sum(max(abs(x), abs(y)) for x, y in list(zip(*steps, strict=True))[1:])
        farthest = max(abs(one) for side in sides for one in side)
        return _Letter(farthest, 1, len(flags), length, *sides)

    def _composed(self, data: bytes, depth: int) -> _Letter:
        farthest, parts, points = 0.0, 1, 0
        length, across, up = 0.0, (0.0, 0.0), (0.0, 0.0)
        for number, (a, b, c, d, e, f), known in _parts(data):
            larger = sum(map(abs, (a, b, c, d))) if b or c else max(abs(a), abs(d))
            part = self.letter(number, depth + 1)
            # by numbers of points instead of places a part is put anywhere within both
            shift = max(abs(e), abs(f)) if known is not None else farthest + part.reach
            reach = larger * (part.reach + shift) + shift
            farthest = max(farthest, reach)
            parts, points, length = parts + part.parts, points + part.points, length + larger * part.length
            if known:
                corners = [placed((x, y), (a, b, c, d, e, f)) for x in part.across for y in part.up]
                ends = [(min(one), max(one)) for one in zip(*corners, strict=True)]
            else:
                ends = [(-reach, reach)] * 2
            across, up = (
                (min(one[0], end[0]), max(one[1], end[1]))
                for one, end in zip((across, up), ends, strict=True)
            )
        return _Letter(farthest, parts, points, length, across, up)

    def row(self, number: int) -> float:
        """How broad a letter is as FreeType has room for it, in units."""
        found = self.letter(number, 0)
        self.asked += found.points
        pieces = self._pieces(number, PLAIN) if self.asked <= MOST_ASKED else None
        if pieces is None:
            return found.wide
        wide, high = (end - begin for begin, end in (found.across, found.up))
        return in_a_row(pieces, wide, high)

    def _pieces(self, number: int, matrix: Matrix) -> list[Piece] | None:
        """All its lines, where a matrix puts them; None where parts are put together in another way."""
        data = self.outlines[self.places[number] : self.places[number + 1]]
        (lines,) = struct.unpack_from(">h", data) if data else (0,)
        pieces: list[Piece] = []
        if lines < 0:
            for part, place, known in _parts(data):
                more = self._pieces(part, product(place, matrix)) if known else None
                if more is None:
                    return None
                pieces += more
        elif lines:
            ends, flags, steps = _told(data, lines)
            places = zip(*(accumulate(moves) for moves in steps), strict=True)
            points = [
                (*placed(place, matrix), bool(flag & 1)) for place, flag in zip(places, flags, strict=True)
            ]
            for first, last in pairwise((-1, *ends)):
                pieces += contour(points[first + 1 : last + 1])
        return pieces


def _told(data: bytes, lines: int) -> tuple[tuple[int, ...], list[int], list[list[int]]]:
    """Where each line of a letter ends, what is said of each point, and its steps across and up."""
    at = _HEAD + 2 * lines
    ends = struct.unpack_from(f">{lines}H", data, _HEAD)
    count = ends[-1] + 1
    (skipped,) = struct.unpack_from(">H", data, at)
    at += 2 + skipped
    flags: list[int] = []
    while len(flags) < count:
        flag, times, at = data[at], 1, at + 1
        if flag & _AGAIN:
            times, at = data[at] + 1, at + 1
        flags += [flag] * times
    del flags[count:]
    steps: list[list[int]] = []
    for short, same in zip(_SHORT, _SAME, strict=True):
        moves: list[int] = []
        for flag in flags:
            step = 0
            if flag & short:
                step = data[at] if flag & same else -data[at]
                at += 1
            elif not flag & same:
                (step,) = struct.unpack_from(">h", data, at)
                at += 2
            moves.append(step)
        steps.append(moves)
    return ends, flags, steps


def _parts(data: bytes) -> Iterator[tuple[int, Matrix, bool | None]]:
    """The letters of which one is put together, and where each is put.

    Whether all programs put it there: where it is scaled some scale its place as well. None for a place that
    is told by numbers of points.
    """
    at, flags = _HEAD, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">HH", data, at)
        kind = ">hh" if flags & _WORDS else ">bb"
        moved = struct.unpack_from(kind, data, at + 4)
        at += 4 + struct.calcsize(kind)
        count = 4 if flags & _PLANE else 2 if flags & _BOTH else 1 if flags & _SCALE else 0
        scales = [one / (1 << 14) for one in struct.unpack_from(f">{count}h", data, at)]
        at += 2 * count
        if count < 4:
            across, up = (scales * 2)[:2] or (1.0, 1.0)
            scales = [across, 0.0, 0.0, up]
        yield number, (*scales, *moved), not flags & _SCALED if flags & _PLACES else None
