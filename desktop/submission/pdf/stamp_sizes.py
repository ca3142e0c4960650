"""How large letters are shown: of such beyond all measure some programs draw no page at all."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop.submission.pdf.places import Matrix, stretching
from desktop.submission.pdf.stamp_rows import NARROWED, ROOM

_LEAST_LETTERS, _PRESSED = 0.02, 10.0
_ENLARGED = 6
"""Points of a screen for one of paper: Evince makes no more of a sheet, four times as large."""
_BROADEST = ROOM / _ENLARGED
"""Points of paper that may lie in one row."""
_TURNED = 5e-7
"""What is left of a quarter's turn: FreeType reckons with sixteen bits of it."""
WIDEST = 100.0
"""Points of half a line."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The largest that are shown, the smallest, how much the most pressed are longer one way, and the pen."""

    largest: float = 0.0
    smallest: float = math.inf
    pressed: float = 1.0
    widest: float = 0.0
    """From one side to the other."""
    row: float = 0.0
    """What lies in one row: of those that are on a slope, they may all."""
    pen: float = 0.0
    """Half of the widest line, of letters or any other."""

    def with_(self, others: Letters) -> Letters:
        """These and others."""
        return Letters(
            max(self.largest, others.largest),
            min(self.smallest, others.smallest),
            max(self.pressed, others.pressed),
            max(self.widest, others.widest),
            max(self.row, others.row),
            max(self.pen, others.pen),
        )

    def laid(self, matrix: Matrix) -> Letters:
        """As they are where a matrix puts them."""
        least, most = stretching(matrix)
        if not self.largest:
            return replace(self, pen=self.pen * most)
        pressed = most / least if least > 0 else math.inf
        return Letters(
            self.largest * most,
            self.smallest * least,
            self.pressed * pressed,
            self.widest * most,
            (self.row if is_upright(matrix) else self.widest) * most,
            self.pen * most,
        )

    def are_plain(self, largest: float) -> bool:
        """Whether programs draw them alike: of pressed ones pdfium makes some as large as a page."""
        good = self.largest <= largest and self.smallest >= _LEAST_LETTERS and self.pressed <= _PRESSED
        row = self.row if self.pressed <= NARROWED else self.widest
        return self.pen <= WIDEST and row <= _BROADEST and (not self.largest or good)


def is_upright(matrix: Matrix) -> bool:
    """Whether what is level stays level, and upright what is upright, or both are turned by a quarter."""
    a, b, c, d, *_ = matrix
    least = _TURNED * max(map(abs, (a, b, c, d)))
    return max(abs(b), abs(c)) <= least or max(abs(a), abs(d)) <= least
