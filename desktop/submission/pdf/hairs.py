"""What is too thin to be drawn alike: some programs give it its share of a point, others a whole line.

Many such hairs side by side cover letters, or are letters, for one program and nothing for the next.
Nothing in our books is finer than what stands here, whatever its colour.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

from desktop.submission.pdf.places import Point

_Side = tuple[int, Point, Point, float]
"""Of which shape, from where to where, how long."""

FINEST_LINE, FINEST_FILL = 0.25, 0.3
"""In points; the finest line of our books has 0.3, the finest bar 0.3."""
_SHORTEST = 0.5
"""Of a dash and of a gap, with what round ends add and take."""
_FINE_DOT = 1.0
"""Wider dots are drawn as dashes."""
_MOST_DASHES = 6
_MOST_PIECES, _LONGEST = 2_500, 20_000.0
"""Corners of a path, and points along all of it: there is a limit in some programs, beyond which they drop
the rest (ours: 24 corners, 2,000 points)."""
_THICK = 1.0
"""A rectangle of such sides is none."""
_SHARP = 0.25
"""The sine of an angle within which a path goes back the way it came."""
_SAME, _LONG, _MOST_SIDES, _BOX = 0.001, 2.0, 400, 4
"""Where two corners are one, and the sides of a path that are held against each other."""
MOST_EFFORT = 600_000
"""Pairs of sides on a page; ours have a twentieth of it."""
_NEAR, _LARGE = 2.0, 30.0
"""How near letters a net may be, and the letters that a hair does not change."""
_MOST_TOLD = 10_000
"""Letters of a page of which it is not reckoned out yet on which line they stand."""
_NET, _SIMPLE = 24, 64
"""Corners of a net, and of any shape of ours (seventeen; a net with many axes has more)."""
Box = tuple[float, float, float, float]
"""Left, low, right, high."""
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)


def is_bounded(parts: Sequence[Sequence[Point]]) -> bool:
    """Whether a path has an end that every program comes to."""
    if len(parts) == 1 and len(parts[0]) <= _BOX:
        return True
    length = sum(math.dist(one, other) for part in parts for one, other in _sides(part))
    return sum(map(len, parts)) <= _MOST_PIECES and length <= _LONGEST


def effort(parts: Sequence[Sequence[Point]]) -> int:
    """How many sides would be held against each other."""
    if len(parts) == 1 and len(parts[0]) <= _BOX:
        return 0
    long = sum(math.dist(one, other) >= _LONG for part in parts for one, other in _sides(part))
    return long * long


def is_simple(parts: Sequence[Sequence[Point]]) -> bool:
    """Whether it is one shape of few corners, as each of ours is."""
    return len(parts) < 2 and all(len(one) <= _SIMPLE for one in parts)


def is_box(points: Sequence[Point]) -> bool:
    """Whether it is a rectangle that is not turned."""
    if len(points) != _BOX:
        return False
    if _is_upright(points):
        (x, y), _, (u, v), _ = points
        return round(x, 3) != round(u, 3) and round(y, 3) != round(v, 3)
    across, along = ({round(one[axis], 3) for one in points} for axis in (0, 1))
    return len(across) == len(along) == 2


def _is_upright(points: Sequence[Point]) -> bool:
    """Whether four corners are those of a rectangle, as ``re`` goes around it."""
    (x, y), one, (u, v), other = points
    return one == (u, y) and other == (x, v)


def within(box: Box, parts: Sequence[Sequence[Point]]) -> Box:
    """What of a box lies within the bounds of a path."""
    xs, ys = ([one[axis] for part in parts for one in part] for axis in (0, 1))
    left, low, right, high = box
    return max(left, min(xs)), max(low, min(ys)), min(right, max(xs)), min(high, max(ys))


def is_hair(parts: Sequence[Sequence[Point]]) -> bool:
    """Whether some of a filled path is as thin as can be: a shape, a strip, a way out and back."""
    if len(parts) == 1 and len(parts[0]) == _BOX and _is_upright(parts[0]):
        (x, y), _, (u, v), _ = parts[0]
        if abs(u - x) >= _THICK <= abs(v - y):
            # far from thin, and with no corner but right ones
            return False
    if any(thickness(one) < FINEST_FILL for one in parts):
        return True
    if len(parts) == 1 and len(parts[0]) <= _BOX:
        # as thick as it is at one end only where that is sharp
        return _is_sharp(parts[0])
    return any(map(_is_sharp, parts)) or _has_strip(parts)


def _is_sharp(points: Sequence[Point]) -> bool:
    """Whether a corner leads back the way it came."""
    corners = [one for one, other in _sides(points) if math.dist(one, other) > _SAME]
    return any(_goes_back(corners[at - 2], corners[at - 1], corner) for at, corner in enumerate(corners))


def _sides(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    """With the one that closes it."""
    return list(zip(points, [*points[1:], points[0]], strict=True))


def _goes_back(before: Point, corner: Point, after: Point) -> bool:
    ax, ay, bx, by = before[0] - corner[0], before[1] - corner[1], after[0] - corner[0], after[1] - corner[1]
    one, other = math.hypot(ax, ay), math.hypot(bx, by)
    across = abs(ax * by - ay * bx)
    back = ax * bx + ay * by > 0
    return back and across < _SHARP * one * other and across < FINEST_FILL * max(one, other)


def _has_strip(parts: Sequence[Sequence[Point]]) -> bool:
    """Whether two sides run along each other so near that hardly anything is between them."""
    sides: list[_Side] = []
    for number, points in enumerate(parts):
        for one, other in _sides(points):
            length = math.dist(one, other)
            if length >= _LONG:
                sides.append((number, one, other, length))
    if len(sides) > _MOST_SIDES:
        return True
    return any(_run_along(one, other) for one, other in combinations(sides, 2))


def _run_along(one: _Side, other: _Side) -> bool:
    part, (x, y), (u, v), length = one
    part_2, (px, py), (qx, qy), length_2 = other
    dx, dy = (u - x) / length, (v - y) / length
    if abs(dx * (qy - py) - dy * (qx - px)) > _SHARP * length_2:
        return False
    along = sorted((dx * (px - x) + dy * (py - y), dx * (qx - x) + dy * (qy - y)))
    if min(along[1], length) - max(along[0], 0.0) < _LONG:
        return False
    apart = [abs(dx * (b - y) - dy * (a - x)) for a, b in ((px, py), (qx, qy))]
    # shapes beside each other touch
    return min(apart) < FINEST_FILL and (part == part_2 or max(apart) > _SAME)


def thickness(points: Sequence[Point]) -> float:
    """How far the points lie from one line."""
    x, y = points[0]
    reach, (dx, dy) = max((math.hypot(px - x, py - y), (px - x, py - y)) for px, py in points)
    if not reach:
        return 0.0
    sides = [(dx * (py - y) - dy * (px - x)) / reach for px, py in points]
    return max(sides) - min(sides)


def are_plain_dashes(dashes: Sequence[float], width: float, scale: float, *, butt: bool) -> bool:
    """Whether each dash and each gap is seen; round ends make a dash longer."""
    if not dashes:
        return True
    more = 0.0 if butt else width
    if any(one * scale < _SHORTEST for one in dashes[::2]) and width * scale > _FINE_DOT:
        return False
    seen = [one + more for one in dashes[::2]] + [one - more for one in dashes[1::2]]
    return len(dashes) <= _MOST_DASHES and all(one * scale >= _SHORTEST for one in seen)


class Lines:
    """Where letters stand on a page, as lines without an end."""

    def __init__(self) -> None:
        self._known: set[tuple[float, ...]] = set()
        self._told: list[tuple[Sequence[float], float]] = []

    def add(self, matrix: Sequence[float], size: float) -> None:
        """A line of letters that begins where ``matrix`` puts it; ``size`` on paper."""
        # hardly a page asks: it is reckoned out then
        self._told.append((matrix, size))
        if len(self._told) >= _MOST_TOLD:
            self._reckon()

    def _reckon(self) -> None:
        for (a, b, _, _, x, y), size in self._told:
            length = math.hypot(a, b)
            if length and size <= _LARGE:
                across, up = -b / length, a / length
                self._known.add((across, up, round(across * x + up * y, 2), size))
        self._told.clear()

    def has_near(self, points: Sequence[Point]) -> bool:
        """Whether any stands in one of these lines."""
        self._reckon()
        for across, up, line, size in self._known:
            apart = [across * x + up * y - line for x, y in points]
            if max(apart) > -size - _NEAR and min(apart) < size + _NEAR:
                return True
        return False


def is_net(parts: Sequence[Sequence[Point]]) -> bool:
    """Whether it may be the net of scores of which some are nothing, as our books had it."""
    return len(parts) == 1 and 3 <= len(parts[0]) <= _NET
