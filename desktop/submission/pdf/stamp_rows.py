"""How much of a letter lies in one row of points: FreeType has room for some six hundred and fifty of them.

Every point of a row through which an outline goes takes a place of its own, and where there are too many,
Evince shows no page. What is level takes one, what rises steeply one or two in each row; a long line that is
a little on a slope takes as many as it is long, and one that goes up and down as often as it turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from desktop.submission.pdf.places import Point

Piece = tuple[Point, ...]
"""A line, or a curve with what it bends towards."""

WIDE, MOST_ASKED = 2.0, 15_000
"""Ems of a letter that is wider than most, of which whole fonts have some, and points of all of those."""
ROOM = 600
"""Points of a row."""
NARROWED = 1.25
"""As much as a letter may be pressed."""
_ROWS = int(ROOM / NARROWED)
"""As many as are asked about."""
_HALVED = 3
"""As often as each curve is cut in two, until it bends but a little."""


def contour(points: Sequence[tuple[float, float, bool]]) -> Iterator[Piece]:
    """The lines and curves of an outline as TrueType has it: corners, and what is bent towards."""
    told = list(points)
    ahead = [*told[1:], *told[:1]]
    full = [
        each
        for one, then in zip(told, ahead, strict=True)
        # between two that are bent towards lies a corner that is not told
        for each in ((one,) if one[2] or then[2] else (one, (*_middle(one[:2], then[:2]), True)))
    ]
    first = next((at for at, one in enumerate(full) if one[2]), 0)
    piece: list[Point] = []
    for x, y, is_corner in [*full[first:], *full[: first + 1]]:
        piece.append((x, y))
        if is_corner and len(piece) > 1:
            yield tuple(piece)
            piece = [(x, y)]


def in_a_row(pieces: Sequence[Piece], wide: float, high: float) -> float:
    """How broad a letter is as FreeType has room for it, upright or turned by a quarter.

    However large it is drawn, such a share of its points lies in one row at most.
    """
    size = max(wide, high)
    if size <= 0:
        return 0.0
    parts = [part for piece in pieces for part in _halved(piece, _HALVED)]
    turned = [tuple((y, x) for x, y in part) for part in parts]
    return max(min(wide, _most(parts, size)), min(high, _most(turned, size)))


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _halved(piece: Piece, often: int) -> Iterator[Piece]:
    """The same curve in pieces that bend but a little."""
    if len(piece) == 2 or not often:
        yield piece
        return
    rows = [piece]
    while len(rows[-1]) > 1:
        rows.append(tuple(_middle(*two) for two in pairwise(rows[-1])))
    yield from _halved(tuple(row[0] for row in rows), often - 1)
    yield from _halved(tuple(row[-1] for row in reversed(rows)), often - 1)


def _most(parts: Sequence[Piece], size: float) -> float:
    """What lies in the fullest row, each piece in as many as it touches."""
    row, point = size / _ROWS, size / ROOM
    lowest = min((y for part in parts for _, y in part), default=0.0)
    changes = [0.0] * (2 * _ROWS)
    for part in parts:
        ys = [y for _, y in part]
        share = point + _across(part, row)
        # a row that begins below what is counted as one reaches into the next
        changes[max(0, int((min(ys) - lowest) / row) - 1)] += share
        changes[int((max(ys) - lowest) / row) + 1] -= share
    return max(accumulate(changes))


def _across(part: Piece, row: float) -> float:
    """How far it goes to the side within one row: as its direction lies between those of its lines."""
    sides = [(abs(x - u), y - v) for (x, y), (u, v) in pairwise(part)]
    whole = sum(side for side, _ in sides)
    rises = [rise for _, rise in sides]
    if not any(rises):
        return 0.0
    if not (all(one > 0 for one in rises) or all(one < 0 for one in rises)):
        return whole
    return min(whole, max(row * side / abs(rise) for side, rise in sides))
