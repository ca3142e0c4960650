"""What is painted over letters and pictures that stand on a page already: our books do nothing of the kind.

However thick or thin it is: programs round it outwards, or smooth it, and letters below it are seen in one
program and not in the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from desktop.submission.pdf.hairs import Box
from desktop.submission.pdf.places import Point

_FROM, _TO, _SIDE = 0.05, 0.6, 0.3
"""Of the size, above the line that letters stand on; points that are left free at each end."""
_LARGE, _TURNED = 30.0, 0.3
"""Turned letters of this size are a watermark, which lies below everything."""
_BAND = 6.0
"""Points of a strip of the page, in which letters are looked for: hardly two lines share one."""
_MOST_LINES = 2
"""Across one line of letters: one leads to a page number."""


_Numbered = tuple[float, float, float, float, int]
"""A box, and which of them it is."""


class Written:
    """The letters that stand on a page."""

    def __init__(self) -> None:
        self._bands: dict[int, list[_Numbered]] = {}
        self._ends: dict[int, Box] = {}
        """Around all that reaches into a strip."""
        self._lowest, self._highest = 0, -1
        self._crossed: list[int] = []
        self._pictures: list[Box] = []

    def add(self, matrix: Sequence[float], size: float, width: float) -> bool:
        """Letters that begin where ``matrix`` puts them, ``width`` and ``size`` before it is applied.

        False where they lie over others.
        """
        a, b, c, d, e, f = matrix
        if b:
            long = math.hypot(a, b)
            if abs(b) > _TURNED * long and size * long > _LARGE:
                return True
        if b or c or a < 0 or d < 0 or width < 0:
            xs, ys = (0.0, width), (_FROM * size, _TO * size)
            points = [(a * x + c * y + e, b * x + d * y + f) for x in xs for y in ys]
            left, low, right, high = bounds(points)
        else:
            left, low, right, high = e, d * (_FROM * size) + f, a * width + e, d * (_TO * size) + f
        spare = min(_SIDE, (right - left) / 3)
        return self._keep((left + spare, low, right - spare, high))

    def _keep(self, box: Box) -> bool:
        """Remember where letters stand; False where there are others."""
        left, low, right, high = box
        numbered = (left, low, right, high, len(self._crossed))
        self._crossed.append(0)
        first, last = math.floor(low / _BAND), math.floor(high / _BAND)
        if not self._bands:
            self._lowest, self._highest = first, last
        self._lowest, self._highest = min(self._lowest, first), max(self._highest, last)
        free = True
        for band in range(first, last + 1):
            held = self._bands.get(band)
            if held is None:
                self._bands[band], self._ends[band] = [numbered], box
                continue
            x, y, u, v = self._ends[band]
            if free and not (left >= u or right <= x or low >= v or high <= y):
                free = all(left >= r or right <= p or low >= s or high <= q for p, q, r, s, _ in held)
            held.append(numbered)
            self._ends[band] = min(x, left), min(y, low), max(u, right), max(v, high)
        return free

    def show(self, points: Sequence[Point]) -> bool:
        """A picture stands here; False where it lies over letters or over another picture."""
        box = bounds(points)
        free = not self.lie_under(points) and all(_are_apart(box, one) for one in self._pictures)
        self._pictures.append(box)
        return free

    def lie_under(self, points: Sequence[Point]) -> bool:
        """Whether something that is filled lies over letters."""
        return any(True for _ in self._below(bounds(points)))

    def are_struck(self, points: Sequence[Point]) -> bool:
        """Whether a line goes across letters that others go across already."""
        for one, other in pairwise(points):
            for at in self._below(bounds((one, other))):
                number = at[4]
                if _meets(one, other, at[:4]):
                    self._crossed[number] += 1
                    if self._crossed[number] > _MOST_LINES:
                        return True
        return False

    def _below(self, box: Box) -> Iterable[_Numbered]:
        left, low, right, high = box
        first, last = max(self._lowest, math.floor(low / _BAND)), min(self._highest, math.floor(high / _BAND))
        seen: set[int] = set()
        for band in range(first, last + 1):
            around = self._ends.get(band)
            if around is None or _are_apart(box, around):
                continue
            for one in self._bands[band]:
                if left >= one[2] or right <= one[0] or low >= one[3] or high <= one[1] or one[4] in seen:
                    continue
                seen.add(one[4])
                yield one


def bounds(points: Sequence[Point]) -> Box:
    """The least box around all of them."""
    if len(points) == len(("begin", "end")):
        (x, y), (u, v) = points
        return min(x, u), min(y, v), max(x, u), max(y, v)
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _are_apart(one: Box, other: Box) -> bool:
    return one[0] >= other[2] or one[2] <= other[0] or one[1] >= other[3] or one[3] <= other[1]


def _meets(one: Point, other: Point, box: Box) -> bool:
    """Whether a straight line goes through a box."""
    (x, y), (u, v) = one, other
    left, low, right, high = box
    start, end = 0.0, 1.0
    for place, way, least, most in ((x, u - x, left, right), (y, v - y, low, high)):
        if not way:
            if not least < place < most:
                return False
            continue
        near, far = sorted(((least - place) / way, (most - place) / way))
        start, end = max(start, near), min(end, far)
    return start < end
