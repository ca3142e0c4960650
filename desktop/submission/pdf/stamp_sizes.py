"""How large letters are shown: of such beyond all measure some programs draw no page at all."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop.submission.pdf.places import Matrix, stretching

_LEAST_LETTERS, _PRESSED, _LARGEST = 0.02, 10.0, 125.0
"""Points of paper, and how much longer they are one way; of much larger ones cairo gives up the page."""
_USUAL = (2.0, 48.0)
"""Such as stamps have that are to be read: ours may go down to the first for long names."""
WIDEST = 100.0
"""Points of half a line."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The largest that are shown, the smallest, how much the most pressed are longer one way, and the pen."""

    largest: float = 0.0
    smallest: float = math.inf
    pressed: float = 1.0
    pen: float = 0.0
    """Half of the widest line, of letters or any other."""

    def with_(self, others: Letters) -> Letters:
        """These and others."""
        return Letters(
            max(self.largest, others.largest),
            min(self.smallest, others.smallest),
            max(self.pressed, others.pressed),
            max(self.pen, others.pen),
        )

    def laid(self, matrix: Matrix) -> Letters:
        """As they are where a matrix puts them."""
        least, most = stretching(matrix)
        if not self.largest:
            return replace(self, pen=self.pen * most)
        pressed = most / least if least > 0 else math.inf
        return Letters(self.largest * most, self.smallest * least, self.pressed * pressed, self.pen * most)

    @property
    def are_plain(self) -> bool:
        """Whether programs draw them alike: of pressed ones pdfium makes some as large as a page."""
        good = self.largest <= _LARGEST and self.smallest >= _LEAST_LETTERS and self.pressed <= _PRESSED
        return self.pen <= WIDEST and (not self.largest or good)

    @property
    def are_usual(self) -> bool:
        """Whether people read them."""
        return not self.largest or _USUAL[0] <= self.smallest <= self.largest <= _USUAL[1]
