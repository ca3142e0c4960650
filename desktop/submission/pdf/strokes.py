"""Which lines every program draws alike, whatever ends and corners its pen has.

A closed line of two corners has ends for one program and none for the next: with a pen that is thick and
square one covers a square by it, and the other a hair. A bend or a dash within the thickness of its pen is
another shape for each of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from desktop.submission.pdf.hairs import FINEST_FILL, FINEST_LINE, thickness
from desktop.submission.pdf.ink import DOT, Ink
from desktop.submission.pdf.places import Point, extent, stretching

Bend = tuple[Point, Point, Point, Point]
"""From where, by which two points, to where."""
_STEPS, _STRAIGHT = 16, 0.5
"""At which a bend is looked at, and the cosine of what it turns from one to the next."""
_PLACES = tuple(
    (1 - t, t, 3 * (1 - t) * (1 - t), 6 * (1 - t) * t, 3 * t * t)
    for t in (step / _STEPS for step in range(_STEPS + 1))
)
"""How far each step is from the end and from the beginning, and what each side of a bend counts there."""
_NET_PEN = 2.5
"""Nets of scores that are nothing had thinner pens."""
_FINE = 1.0
"""Points of a pen of ours that draws very short lines."""
_OUR_DOT, _OUR_DOTS = 0.05, 2.0
"""The longest dot of ours, and how many times as thick as a pen the gap behind it is at least."""


@dataclass(slots=True)
class Path:
    """What was gone around, in points of the page."""

    parts: list[list[Point]] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)
    """Which of them lead back to where they began."""
    bends: list[Bend] = field(default_factory=list)

    def begin(self, points: list[Point], *, closed: bool) -> None:
        """A part of its own: a place, or a whole rectangle."""
        self.parts.append(points)
        self.closed.append(closed)

    def go(self, word: bytes, points: list[Point]) -> None:
        """On from where it is; behind a closed part that is where this began."""
        if self.closed[-1]:
            self.begin([self.parts[-1][0]], closed=False)
        before = self.parts[-1][-1]
        if word == b"v":
            self.bends.append((before, before, points[0], points[1]))
        elif word != b"l":
            self.bends.append((before, points[0], points[-2 if word == b"c" else -1], points[-1]))
        self.parts[-1] += points

    def close(self) -> None:
        """Back to where the last part began."""
        self.closed[-1] = True

    def is_straight(self, at: int) -> bool:
        """Whether a part is one line with two ends."""
        return len(self.parts[at]) <= len(("begin", "end")) and not self.closed[at]


def is_nothing(path: Path, width: float) -> bool:
    """Whether some of it has no length, or leads back to where it began within the thickness of its pen."""
    return any(
        extent(part) < FINEST_LINE or (shut and extent(part) < width)
        for part, shut in zip(path.parts, path.closed, strict=True)
    )


def is_plain_nothing(path: Path, ink: Ink, width: float) -> bool:
    """Whether every program draws nothing of it, or as little as any other."""
    points = all(extent(one) == 0 for one in path.parts if extent(one) < FINEST_LINE)
    return points and ink.butt and ink.mitred and width <= _NET_PEN


def is_drawn_alike(path: Path, ink: Ink) -> bool:
    """Whether its corners, ends and dashes are the same shapes for every program."""
    least, most = stretching(ink.matrix)
    width, plain = ink.width * most, ink.butt and ink.mitred
    thickest = min(DOT, min(ink.dashes[::2], default=DOT) * least)
    for at, part in enumerate(path.parts):
        if path.closed[at] and not plain and _is_flat(part):
            return False
        if ink.dashes and not path.is_straight(at) and width > thickest:
            return False
        if width > DOT and not _is_longer(part, width, closed=path.closed[at], bent=bool(path.bends)):
            return False
    return all(_is_wider(one, width) for one in path.bends)


def is_short(path: Path, width: float) -> bool:
    """Whether it is shorter than its pen is thick; fine lines across a bar are, in its corners."""
    return width > _FINE and any(extent(part) < width for part in path.parts)


def ends_like_ours(path: Path, ink: Ink) -> bool:
    """Whether its ends are as they come, or those of the dots that lead to a page number."""
    dots = (
        len(ink.dashes) > 1
        and ink.dashes[0] <= _OUR_DOT
        and ink.dashes[1] >= _OUR_DOTS * ink.width
        and all(map(path.is_straight, range(len(path.parts))))
    )
    return ink.butt or dots


def _is_flat(part: Sequence[Point]) -> bool:
    """Whether a line that is closed has no three corners that are apart."""
    return thickness(part) < FINEST_FILL


def _is_longer(part: list[Point], width: float, *, closed: bool, bent: bool) -> bool:
    """Whether no corner is lost within a thick pen."""
    if len(part) < len(("begin", "corner", "end")) and not closed:
        return True
    sides = [math.dist(one, other) for one, other in pairwise([*part, *part[:closed]])]
    # whoever goes back to the beginning before closing has no side there
    return extent(part) >= width and (bent or 2 * min(filter(None, sides), default=width) >= width)


def _is_wider(bend: Bend, width: float) -> bool:
    """Whether a bend leaves room for its pen on the inside, and has no corner."""
    (a, b), (c, d), (e, f), (g, h) = bend
    if math.dist(bend[0], bend[-1]) < width:
        return False
    ca, ec, ge, db, fd, hf = c - a, e - c, g - e, d - b, f - d, h - f
    eca, gec, fdb, hfd = e - 2 * c + a, g - 2 * e + c, f - 2 * d + b, h - 2 * f + d
    before_x = before_y = before_along = 0.0
    for s, t, one, two, three in _PLACES:
        dx = one * ca + two * ec + three * ge
        dy = one * db + two * fd + three * hf
        ddx = 6 * (s * eca + t * gec)
        ddy = 6 * (s * fdb + t * hfd)
        along = math.hypot(dx, dy)
        # against the radius there, and the way that it went before
        if along**3 < abs(dx * ddy - dy * ddx) * width / 2:
            return False
        if before_x * dx + before_y * dy < _STRAIGHT * along * before_along:
            return False
        before_x, before_y, before_along = dx, dy, along
    return True
