"""Letters of compact fonts, step by step (Adobe's Type 2 charstrings): how far each goes, and by how many."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from desktop.submission.pdf.places import Point
from desktop.submission.pdf.stamp_rows import MOST_ASKED, Piece, in_a_row

_CALLS, _RETURN, _END = (10, 29), 11, 14
_MASKS = frozenset({19, 20})
_STEMS = frozenset({1, 3, 18, 23}) | _MASKS
_MOVES, _LINES = frozenset({21, 22, 4}), frozenset({5, 6, 7})
_LINES_AND_CURVE = 25
_DEEPEST, _MOST_OPERANDS = 10, 48
"""Parts within parts, and numbers before a word, as all programs have it."""

_Steps = Iterator[tuple[float, float]]


@dataclass(slots=True)
class Drawing:
    """One letter, step by step (Adobe's Type 2 charstrings)."""

    everywhere: list[bytes]
    own: list[bytes]
    left: list[int]
    """Steps that all letters of the font may still take."""
    reach: float = 0.0
    points: int = 0
    length: float = 0.0
    xs: tuple[float, float] = (0.0, 0.0)
    ys: tuple[float, float] = (0.0, 0.0)
    """Between where it lies."""
    stems: int = 0
    ended: bool = False
    accent: float | None = None
    """How far apart two letters lie of which it is put together, as of old; None for one of its own."""
    x: float = 0.0
    y: float = 0.0
    pieces: list[Piece] = field(default_factory=list)
    """The lines and curves that it is drawn by."""
    begun: Point = (0.0, 0.0)
    said: Any = None
    """A digest, if one is asked for, of its words with their numbers, wherever each stands."""
    stack: list[float] = field(default_factory=list)

    def run(self, data: bytes, depth: int) -> None:
        """Raises ValueError or IndexError for what no font says."""
        if depth > _DEEPEST:
            raise ValueError(depth)
        at = 0
        while at < len(data) and not self.ended:
            first = data[at]
            self.left[0] -= 1
            if self.left[0] < 0 or len(self.stack) > _MOST_OPERANDS:
                raise ValueError(first)
            if first >= 32 or first == 28:
                at = self._number(data, at)
                continue
            at += 1
            if first == 12:
                first, at = 12 << 8 | data[at], at + 1
            if first == _RETURN:
                return
            if first in _CALLS:
                parts = self.own if first == _CALLS[0] else self.everywhere
                number = int(self.stack.pop()) + _bias(len(parts))
                if number < 0:
                    raise ValueError(number)
                self.run(parts[number], depth + 1)
            else:
                if self.said is not None:
                    self.said.update(repr((first, self.stack)).encode())
                at = self._stem(first, at) if first in _STEMS else self._draw(first, at)

    @property
    def wide(self) -> float:
        """From one side to the other, or from its foot to its head."""
        return max(high - low for low, high in (self.xs, self.ys))

    @property
    def row(self) -> float:
        """As broad as it is where most of it lies in one row of points."""
        if self.points > MOST_ASKED:
            return self.wide
        return in_a_row(self.pieces, *(high - low for low, high in (self.xs, self.ys)))

    def _number(self, data: bytes, at: int) -> int:
        first = data[at]
        if first == 28:
            self.stack.append(struct.unpack_from(">h", data, at + 1)[0])
            return at + 3
        if first == 255:
            self.stack.append(struct.unpack_from(">i", data, at + 1)[0] / 65536)
            return at + 5
        if first <= 246:
            self.stack.append(first - 139)
            return at + 1
        more = data[at + 1]
        self.stack.append(
            (first - 247) * 256 + more + 108 if first <= 250 else (251 - first) * 256 - more - 108
        )
        return at + 2

    def _stem(self, word: int, at: int) -> int:
        self.stems += len(self.stack) // 2
        self.stack.clear()
        return at + (self.stems + 7) // 8 if word in _MASKS else at

    def _draw(self, word: int, at: int) -> int:
        if word == _END:
            if len(self.stack) > 1:
                *_, across, up, _, _ = self.stack
                self.accent = max(abs(across), abs(up))
            self.ended = True
            self.pieces.append(((self.x, self.y), self.begun))
            return at
        places: list[Point] = [(self.x, self.y)]
        for dx, dy in _STEPS[word](self.stack):
            self.x, self.y, self.points = self.x + dx, self.y + dy, self.points + 1
            self.reach = max(self.reach, abs(self.x), abs(self.y))
            self.length += max(abs(dx), abs(dy))
            self.xs = min(self.xs[0], self.x), max(self.xs[1], self.x)
            self.ys = min(self.ys[0], self.y), max(self.ys[1], self.y)
            places.append((self.x, self.y))
        self._keep(word, places)
        self.stack.clear()
        return at

    def _keep(self, word: int, places: list[Point]) -> None:
        """What was drawn by a word: lines from place to place, or curves, each by two more.

        Of more than are ever asked about none is kept.
        """
        if self.points > MOST_ASKED:
            self.pieces.clear()
            return
        if word in _MOVES:
            self.pieces.append((places[0], self.begun))
            self.begun = places[-1]
            return
        lines = len(places) - 1 if word in _LINES else 0
        lines = max(0, len(places) - 4) if word == _LINES_AND_CURVE else lines
        self.pieces += pairwise(places[: lines + 1])
        curves = places[lines:]
        self.pieces += (tuple(curves[at : at + 4]) for at in range(0, len(curves) - 1, 3))


def _bias(count: int) -> int:
    return 107 if count < 1240 else 1131 if count < 33_900 else 32_768


def _pairs(values: list[float]) -> _Steps:
    return zip(values[::2], values[1::2], strict=True)


def _in_turn(values: list[float], *, level: bool) -> _Steps:
    for one in values:
        yield (one, 0) if level else (0, one)
        level = not level


def _along(values: list[float], *, level: bool) -> _Steps:
    """Curves that begin and end level, or upright."""
    aside, values = (values[0], values[1:]) if len(values) % 4 else (0.0, values)
    for at in range(0, len(values), 4):
        first, x, y, last = values[at : at + 4]
        yield (first, aside) if level else (aside, first)
        yield x, y
        yield (last, 0) if level else (0, last)
        aside = 0.0


def _by_turns(values: list[float], *, level: bool) -> _Steps:
    """Curves that begin level and end upright, or the other way round."""
    extra = values.pop() if len(values) % 4 else 0.0
    for at in range(0, len(values), 4):
        first, x, y, last = values[at : at + 4]
        aside = extra if at + 4 == len(values) else 0.0
        yield (first, 0) if level else (0, first)
        yield x, y
        yield (aside, last) if level else (last, aside)
        level = not level


def _flat(values: list[float]) -> _Steps:
    a, b, c, d, e, f, g = values
    return iter([(a, 0), (b, c), (d, 0), (e, 0), (f, -c), (g, 0)])


def _nearly_flat(values: list[float]) -> _Steps:
    a, b, c, d, e, f, g, h, i = values
    return iter([(a, b), (c, d), (e, 0), (f, 0), (g, h), (i, -(b + d + h))])


def _there_and_back(values: list[float]) -> _Steps:
    pairs, last = list(_pairs(values[:10])), values[10]
    x, y = sum(dx for dx, _ in pairs), sum(dy for _, dy in pairs)
    return iter([*pairs, (last, -y) if abs(x) > abs(y) else (-x, last)])


_STEPS: Mapping[int, Callable[[list[float]], _Steps]] = {
    # a letter's width may stand before what it begins with
    21: lambda values: _pairs(values[-2:]),
    22: lambda values: iter([(values[-1], 0.0)]),
    4: lambda values: iter([(0.0, values[-1])]),
    5: _pairs,
    6: partial(_in_turn, level=True),
    7: partial(_in_turn, level=False),
    8: _pairs,
    24: _pairs,
    25: _pairs,
    26: partial(_along, level=False),
    27: partial(_along, level=True),
    30: partial(_by_turns, level=False),
    31: partial(_by_turns, level=True),
    12 << 8 | 34: _flat,
    12 << 8 | 35: lambda values: _pairs(values[:12]),
    12 << 8 | 36: _nearly_flat,
    12 << 8 | 37: _there_and_back,
}
"""What is reckoned with numbers, kept or chosen by chance is left out: no font of today needs it."""
