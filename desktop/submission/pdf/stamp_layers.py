"""What lies over what in a stamp: letters and pictures under something that is drawn later are told.

What covers for one program and does not for another hides words on the screen and not on paper, or the other
way round. A service has no use for letters that nobody sees: it draws its grounds and pictures first.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from typing import Literal, NamedTuple

from desktop.submission.pdf.hairs import Box
from desktop.submission.pdf.places import Matrix
from desktop.submission.pdf.stamp_texts import NOWHERE, around, moved

_MOST, _MOST_TEXTS = 20_000, 60
"""Things painted, and rows of letters: more are taken together."""
_MUCH = 0.5
"""Of a picture: a code or a line of text laid over a ground covers less."""
_SHORTEST = 0.1
"""Of a line."""
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)


class Step(NamedTuple):
    """What is drawn, in order: letters, an area or a line, what is laid, or a line without a length."""

    box: Box
    """Where; of what is laid, to where it is cut off."""
    kind: Literal["letters", "painted", "laid", "dot"]


@dataclass(slots=True)
class Layers:
    """What was drawn so far, in the measure of whoever lays it."""

    letters: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    painted: list[Box] = field(default_factory=list)
    """Pictures too."""
    hides: bool = False
    """Whether any of it lies over letters or a picture that were drawn before, or does for some programs."""
    whole: Box = NOWHERE
    """Of all letters."""

    def laid(self, matrix: Matrix) -> Layers:
        """The same where a matrix puts it."""
        rows = (self.letters, self.pictures, self.painted)
        letters, pictures, painted = ([moved(one, matrix) for one in row] for row in rows)
        return Layers(letters, pictures, painted, self.hides, moved(self.whole, matrix))

    def draw(self, step: Step) -> None:
        """One thing after the other; what is laid is laid by :meth:`lay`."""
        match step.kind:
            case "letters":
                self.write(step.box)
            case "painted":
                self.paint(step.box)
            case "dot":
                self.hides = True

    def write(self, letters: Box) -> None:
        """More letters; of those that stand side by side one row is made."""
        last = self.letters[-1] if self.letters else NOWHERE
        if last[1::2] == letters[1::2] and 0 <= letters[0] - last[2] <= letters[3] - letters[1]:
            letters = around(self.letters.pop(), letters)
        self.letters.append(letters)
        self.whole = around(self.whole, letters)

    def paint(self, box: Box) -> None:
        """Something over all that is there."""
        if not _is_any(box):
            return
        near = _touches(box, [self.whole]) and (
            len(self.letters) > _MOST_TEXTS or _touches(box, self.letters)
        )
        much = any(_area(common(one, box)) > _MUCH * _area(one) for one in self.pictures)
        self.hides = self.hides or near or much
        self.painted.append(box)
        if len(self.painted) > _MOST:
            self.painted = [reduce(around, self.painted)]

    def lay(self, others: Layers, within: Box) -> None:
        """Others over all of these, cut off at bounds."""
        self.hides = self.hides or others.hides
        for one in others.painted:
            self.paint(common(one, within))
        for one in others.letters:
            self.write(one)
        self.pictures += others.pictures


def lines(points: Sequence[tuple[float, float]], half: float) -> Iterator[Box]:
    """Each line from one point to the next, as wide as its pen."""
    for (x, y), (u, v) in pairwise(points):
        yield min(x, u) - half, min(y, v) - half, max(x, u) + half, max(y, v) + half


def is_a_dot(piece: Sequence[tuple[float, float]]) -> bool:
    """Whether a line has no length: some programs draw one, and others none."""
    return max(map(math.dist, piece, piece[1:]), default=0.0) < _SHORTEST


def bounds(points: Iterable[tuple[float, float]]) -> Box:
    """The least that they lie within."""
    return reduce(around, ((x, y, x, y) for x, y in points), NOWHERE)


def common(one: Box, other: Box) -> Box:
    """What both cover."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _is_any(box: Box) -> bool:
    """Whether it is somewhere: what has no width is as wide as a dot for some programs."""
    return box[0] <= box[2] and box[1] <= box[3]


def _touches(box: Box, others: Iterable[Box]) -> bool:
    left, low, right, high = box
    return any(x <= right and left <= u and y <= high and low <= v for x, y, u, v in others)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1]) if _is_any(box) else 0.0
