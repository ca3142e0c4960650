"""What leaves hardly any room between what lies side by side on a page of ours, and what is painted out.

Some programs widen what they fill, or draw, to whole points of the screen, and close such gaps: bars with
letters cut out of them are one block there, and thin lines one plain colour. And what lies under something
lighter is seen in one program and not in the next; in our books that lies within it, as a bar on its ground.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from desktop.submission.pdf.covering import bounds
from desktop.submission.pdf.hairs import Box
from desktop.submission.pdf.places import Point

_CELL, _LAST, _LARGE = 24.0, 60, 120
"""Points of a square in which boxes are looked for, how many of these a page has each way, and in how many a
box is looked for everywhere."""
_ROW = 64
_CLOSED, _OPEN, _ALONG, _SLANT = 0.02, 1.15, 2.0, 0.2
"""Points between what touches and what is apart, along each other, and the sine of an angle between lines
that still run along each other."""
_SAME, _PALE = 0.15, 0.8
"""Of each colour: by how much those differ that are told apart, and from where on it is pale."""
_MOST_GAPS, _MOST_PALE = 12, 60
"""Gaps of a page that are neither closed nor open, and those between pale lines (stacked bars have some)."""
_LIGHTER, _EDGE, _WITHIN, _MOST_OVER = 0.3, 0.05, 0.6, 24
"""By how much lighter what paints something out is, by how much it lies over that, or beyond it; and how
often on one page (the ground of a table lies over the end of a rule)."""
_MOST_PAIRS = 400_000
"""Held against each other on one page."""


class _Boxes:
    """Boxes by the squares of the page that they reach into."""

    def __init__(self) -> None:
        self._cells: dict[int, list[int]] = {}
        self._large: list[int] = []
        self._boxes: list[Box] = []
        self.pairs = 0

    def add(self, box: Box) -> None:
        cells = _cells(box)
        if len(cells) > _LARGE:
            self._large.append(len(self._boxes))
        else:
            for cell in cells:
                self._cells.setdefault(cell, []).append(len(self._boxes))
        self._boxes.append(box)

    def near(self, box: Box) -> list[int]:
        """The numbers of those that meet it."""
        if not self._boxes:
            return []
        cells = _cells(box)
        held: Collection[int]
        if len(cells) > _LARGE:
            held = range(len(self._boxes))
        elif len(cells) == 1 and not self._large:
            held = self._cells.get(cells[0], ())
        else:
            several = set(self._large)
            for cell in cells:
                if cell in self._cells:
                    several.update(self._cells[cell])
            held = several
        self.pairs += len(held)
        left, low, right, high = box
        found = []
        for number in held:
            one = self._boxes[number]
            if left < one[2] and one[0] < right and low < one[3] and one[1] < high:
                found.append(number)
        return found


def _cells(box: Box) -> Sequence[int]:
    """The squares that a box reaches into, each by one number."""
    left, low, right, high = (
        int(box[0] / _CELL),
        int(box[1] / _CELL),
        int(box[2] / _CELL),
        int(box[3] / _CELL),
    )
    if left < 0 or low < 0 or right > _LAST or high > _LAST:
        left, low, right, high = (min(max(one, 0), _LAST) for one in (left, low, right, high))
    if low == high:
        return range(left * _ROW + low, right * _ROW + low + 1, _ROW)
    if left == right:
        return range(left * _ROW + low, left * _ROW + high + 1)
    rows = range(left * _ROW, right * _ROW + 1, _ROW)
    return [across + up for across in rows for up in range(low, high + 1)]


_Colour = tuple[float, ...]
_Line = tuple[Point, Point]


class _Drawn(NamedTuple):
    """A shape, or a straight line with its width."""

    box: Box
    colour: _Colour
    light: float
    line: _Line | None = None
    width: float = 0.0
    bent: bool = False
    """A dot upon bars, say: between those and lines is what room there is."""


class Beside:
    """What is drawn on a page so far."""

    def __init__(self) -> None:
        self._known: list[_Drawn] = []
        self._boxes = _Boxes()
        self._gaps = self._pale = self._over = 0

    def fill(self, points: Sequence[Point], width: float, colour: _Colour, *, bent: bool) -> bool:
        """A shape of one colour, with a line of this width around it; false where room is lacking."""
        left, low, right, high = bounds(points)
        half = width / 2
        box = left - half, low - half, right + half, high + half
        return self._add(_Drawn(box, colour, _light(colour), bent=bent))

    def draw(self, points: Sequence[Point], width: float, colour: _Colour) -> bool:
        """A line through ``points``."""
        half, light = width / 2, _light(colour)
        for ends in pairwise(points):
            if math.dist(*ends) < _ALONG:
                continue
            left, low, right, high = bounds(ends)
            box = left - half, low - half, right + half, high + half
            if not self._add(_Drawn(box, colour, light, ends, width)):
                return False
        return True

    def _add(self, drawn: _Drawn) -> bool:
        left, low, right, high = drawn.box
        for number in self._boxes.near((left - _OPEN, low - _OPEN, right + _OPEN, high + _OPEN)):
            other = self._known[number]
            self._over += _paints_out(drawn, other)
            if _are_alike(drawn.colour, other.colour) and _CLOSED < _gap(drawn, other) < _OPEN:
                if drawn.line and other.line and min(drawn.colour) >= _PALE:
                    self._pale += 1
                else:
                    self._gaps += 1
        self._boxes.add(drawn.box)
        self._known.append(drawn)
        few = self._gaps <= _MOST_GAPS and self._pale <= _MOST_PALE
        return few and self._over <= _MOST_OVER and self._boxes.pairs <= _MOST_PAIRS


def _paints_out(one: _Drawn, other: _Drawn) -> bool:
    """Whether it lies over what is darker, and beyond it; lines cross each other, and dots stand on them."""
    if one.bent or (one.line and other.line) or one.light - other.light < _LIGHTER:
        return False
    left, low, right, high = bounds(one.line) if one.line else one.box
    x, y, u, v = other.box
    if left > u - _EDGE or right < x + _EDGE or low > v - _EDGE or high < y + _EDGE:
        return False
    return left < x - _WITHIN or low < y - _WITHIN or right > u + _WITHIN or high > v + _WITHIN


def _light(colour: _Colour) -> float:
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _are_alike(one: _Colour, other: _Colour) -> bool:
    return one == other or all(abs(each - that) < _SAME for each, that in zip(one, other, strict=True))


def _gap(one: _Drawn, other: _Drawn) -> float:
    """Points between what lies side by side; nought where it does not."""
    if one.line and other.line:
        (x, y), (u, v) = one.line
        (px, py), (qx, qy) = other.line
        length, length_2 = math.dist(*one.line), math.dist(*other.line)
        dx, dy = (u - x) / length, (v - y) / length
        if abs(dx * (qy - py) - dy * (qx - px)) > _SLANT * length_2:
            return 0.0
        reach = sorted((dx * (px - x) + dy * (py - y), dx * (qx - x) + dy * (qy - y)))
        if min(reach[1], length) - max(reach[0], 0.0) < _ALONG:
            return 0.0
        apart = min(abs(dx * (b - y) - dy * (a - x)) for a, b in other.line)
        return apart - (one.width + other.width) / 2
    if (one.line or other.line) and (one.bent or other.bent):
        return 0.0
    across = max(other.box[0] - one.box[2], one.box[0] - other.box[2])
    along = max(other.box[1] - one.box[3], one.box[1] - other.box[3])
    return max(across, along) if min(across, along) < -_ALONG else 0.0
