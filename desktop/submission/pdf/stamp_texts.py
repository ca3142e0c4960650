"""The texts of a stamp: how many letters there are, where they stand, and whether every program agrees on it.

Letters that are clipped away or turned are copied and read aloud by some programs among what stands beside
them, and the way that most letters of a page stand is for them the way of the page. So the letters of a stamp
stand upright within it, letter by letter by the widths of known fonts, and are plainly shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.submission.pdf.hairs import Box
from desktop.submission.pdf.places import Matrix, placed
from desktop.submission.pdf.stamp_fonts import Widths

_ESCAPED = re.compile(rb"\\([0-7]{1,3}|[\s\S])|([\s\S])")
_SIGNS = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}
_TURNED = 5e-7
"""What is left of a quarter's turn: FreeType reckons with sixteen bits of it."""
_MOST = 600
"""Letters: our own stamps have some two hundred."""
_FARTHEST = 5_000.0
"""Thousandths of the size by which a text moves within: beyond it some programs round off."""
_ABOVE, _BELOW = 0.72, 0.22
"""How high and how deep letters reach, in parts of the size."""

NOWHERE: Box = (math.inf, math.inf, -math.inf, -math.inf)


def around(one: Box, other: Box) -> Box:
    """The least that both lie within."""
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def moved(box: Box, matrix: Matrix) -> Box:
    """Where a matrix puts it."""
    if box == NOWHERE:
        return box
    points = [placed((x, y), matrix) for x in box[::2] for y in box[1::2]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def quarters(matrix: Matrix) -> int | None:
    """By how many quarters it turns to the left; None where it turns otherwise, slopes or mirrors."""
    a, b, c, d, *_ = matrix
    least = _TURNED * max(map(abs, (a, b, c, d)))
    if max(abs(b), abs(c)) <= least and a * d > 0:
        return 0 if a > 0 else 2
    if max(abs(a), abs(d)) <= least and b * c < 0:
        return 1 if b > 0 else 3
    return None


@dataclass(frozen=True, slots=True)
class Texts:
    """What was written so far, in the measure of whoever lays it."""

    count: int = 0
    """Letters."""
    box: Box = NOWHERE
    turned: frozenset[int] = frozenset()
    """By how many quarters any are."""
    doubtful: bool = False
    """Whether programs may show or copy any of them otherwise, or elsewhere."""

    def with_(self, others: Texts) -> Texts:
        """These and others."""
        return Texts(
            self.count + others.count,
            around(self.box, others.box),
            self.turned | others.turned,
            self.doubtful or others.doubtful,
        )

    def laid(self, matrix: Matrix) -> Texts:
        """As they are where a matrix puts them."""
        by = quarters(matrix)
        if not self.count or self.doubtful or by is None:
            return replace(self, doubtful=self.doubtful or bool(self.count))
        turned = frozenset((one + by) % 4 for one in self.turned)
        return replace(self, box=moved(self.box, matrix), turned=turned)

    def are_plain_within(self, box: Box) -> bool:
        """Whether they are few, and all within."""
        return not self.doubtful and self.count <= _MOST and around(self.box, box) == box


def written(shown: Sequence[bytes | float], widths: Widths, size: float) -> tuple[Texts, float] | None:
    """The texts and moves of one operator from where it begins, and where the next letter is.

    None where a letter is not known.
    """
    count, at, begin, end = 0, 0.0, math.inf, -math.inf
    for one in shown:
        if isinstance(one, float):
            if abs(one) > _FARTHEST:
                return None
            at -= one * size / 1000
            continue
        for code in codes_of(one):
            if code not in widths:
                return None
            wide = widths[code] * size
            count, begin, end, at = count + 1, min(begin, at), max(end, at + wide), at + wide
    box = (begin, -_BELOW * size, end, _ABOVE * size) if count else NOWHERE
    return Texts(count, box, frozenset({0} if count else ())), at


def codes_of(text: bytes) -> list[int]:
    """What a text holds of one byte each, however it is written; what is more than a byte is no letter."""
    if text[:1] == b"<":
        return list(bytes.fromhex(text[1:-1].decode("ascii")))
    return [_code(found) for found in _ESCAPED.finditer(text[1:-1])]


def _code(found: re.Match[bytes]) -> int:
    escaped, plain = found.groups()
    if plain is not None:
        return ord(plain)
    return int(escaped, 8) if escaped[:1].isdigit() and escaped < b"8" else _SIGNS.get(escaped, ord(escaped))
