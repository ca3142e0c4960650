"""Places on a page, and what a matrix makes of them."""

from __future__ import annotations

import math

Matrix = tuple[float, ...]
Point = tuple[float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_UPRIGHT = PLAIN[:4]
CORNERS = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
FARTHEST = 20_000.0
"""In points; the largest page has 14,400."""
_ROUNDED = 1e-5
"""What six digits leave of a turn."""


def product(one: Matrix, other: Matrix) -> Matrix:
    """What both do, one after the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def placed(point: Point, matrix: Matrix) -> Point:
    """Where a matrix puts a point."""
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def end(matrix: Matrix) -> Point:
    """Where it puts what stands at nought."""
    return matrix[4], matrix[5]


def stretching(matrix: Matrix) -> tuple[float, float]:
    """The least and the most that anything becomes longer by."""
    if matrix[:4] == _UPRIGHT:
        return 1.0, 1.0
    a, b, c, d, _, _ = matrix
    squares, area = (a * a + b * b + c * c + d * d) / 2, abs(a * d - b * c)
    apart = math.sqrt(max(0.0, squares * squares - area * area))
    most = math.sqrt(squares + apart)
    # of a pure turn both are one, but for what is rounded off
    return (min(area / most, most) if most else 0.0), most


def is_turn(matrix: Matrix) -> bool:
    """Whether it moves and turns only, and leaves everything as large as it is."""
    a, b, c, d, *_ = matrix
    return max(abs(a - d), abs(b + c), abs(math.hypot(a, b) - 1)) <= _ROUNDED


def is_level(matrix: Matrix) -> bool:
    """Whether upright stays upright, or lies flat."""
    a, b, c, d, *_ = matrix
    least = _ROUNDED * max(map(abs, (a, b, c, d)))
    return max(abs(b), abs(c)) <= least or max(abs(a), abs(d)) <= least


def are_near(points: list[Point]) -> bool:
    """Whether all of them are where programs reckon alike."""
    return all(is_near(x, y) for x, y in points)


def is_near(x: float, y: float) -> bool:
    """Whether this one is."""
    return -FARTHEST <= x <= FARTHEST and -FARTHEST <= y <= FARTHEST


def extent(points: list[Point]) -> float:
    """How far they reach, across or along."""
    if len(points) == len(("begin", "end")):
        (x, y), (u, v) = points
        return max(abs(u - x), abs(v - y))
    across, along = [x for x, _ in points], [y for _, y in points]
    return max(max(across) - min(across), max(along) - min(along))


def corners(x: float, y: float, width: float, height: float) -> list[Point]:
    """Those of a rectangle, in the order in which programs draw them."""
    return [(x + one * width, y + other * height) for one, other in CORNERS]
