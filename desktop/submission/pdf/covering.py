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
_BAND = 16.0
_MOST_LINES = 2
"""Across one line of letters: one leads to a page number."""


class Written:
    """The letters that stand on a page."""

    def __init__(self) -> None:
        self._bands: dict[int, list[int]] = {}
        self._boxes: list[Box] = []
        self._crossed: list[int] = []
        self._pictures: list[Box] = []

    def add(self, matrix: Sequence[float], size: float, width: float) -> bool:
        """Letters that begin where ``matrix`` puts them, ``width`` and ``size`` before it is applied.

        False where they lie over others.
        """
        a, b, c, d, e, f = matrix
        long = math.hypot(a, b)
        if abs(b) > _TURNED * long and size * long > _LARGE:
            return True
        left, low, right, high = 0.0, _FROM * size, width, _TO * size
        points = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (low, high)]
        box = bounds(points)
        spare = min(_SIDE, (box[2] - box[0]) / 3)
        box = box[0] + spare, box[1], box[2] - spare, box[3]
        free = not self.lie_under(((box[0], box[1]), (box[2], box[3])))
        self._boxes.append(box)
        self._crossed.append(0)
        for band in range(math.floor(box[1] / _BAND), math.floor(box[3] / _BAND) + 1):
            self._bands.setdefault(band, []).append(len(self._boxes) - 1)
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
                if _meets(one, other, self._boxes[at]):
                    self._crossed[at] += 1
                    if self._crossed[at] > _MOST_LINES:
                        return True
        return False

    def _below(self, box: Box) -> Iterable[int]:
        _, low, _, high = box
        if not self._boxes:
            return
        first, last = min(self._bands), max(self._bands)
        seen: set[int] = set()
        for band in range(max(first, math.floor(low / _BAND)), min(last, math.floor(high / _BAND)) + 1):
            for at in self._bands.get(band, ()):
                if at not in seen and not _are_apart(box, self._boxes[at]):
                    seen.add(at)
                    yield at


def bounds(points: Iterable[Point]) -> Box:
    """The least box around all of them."""
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
