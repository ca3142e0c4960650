"""How much a stamp draws: such as every program does while one waits."""

from __future__ import annotations

import math
from dataclasses import dataclass

_FONTS, _CHANGES = 12, 100
"""Poppler keeps sixteen fonts, and makes a further one anew whenever it comes again."""
MOST_WORDS, _MOST_WORDS, _MOST_LINES, _MOST_CLIPPED = 100_000, 200_000, 60_000, 200_000
_MOST_LETTERS, _MOST_DRAWN, _MOST_AREA, _MOST_POINTS = 20_000, 1e6, 1e8, 64_000_000
"""Of all stamps of a document: 200 sheets of paper, and points of pictures."""


@dataclass(slots=True)
class Work:
    """How much there is to draw."""

    words: int = 0
    """Operators."""
    lines: int = 0
    """Corners of lines that are drawn."""
    paints: int = 0
    """Things that are painted."""
    clipped: int = 0
    """Corners of what is cut out, for each thing that is cut by it."""
    letters: int = 0
    drawn: float = 0.0
    """How long lines are."""
    area: float = 0.0
    """Of what is painted."""
    points: int = 0
    """Of pictures."""
    fonts: int = 0
    """How often a font is named."""
    grounds: int = 0
    """Rectangles that may be larger than all of it."""

    def add(self, other: Work, larger: float = 1.0) -> None:
        """What another one comes to, laid so many times as large."""
        self.words += other.words
        self.lines += other.lines
        self.paints += other.paints
        self.clipped += other.clipped
        self.letters += other.letters
        self.drawn += other.drawn * math.sqrt(larger)
        self.area += other.area * larger
        self.points += other.points
        self.fonts += other.fonts
        self.grounds += other.grounds

    @property
    def is_little(self) -> bool:
        """Whether every program does it while one waits."""
        return (
            self.words <= _MOST_WORDS
            and self.lines <= _MOST_LINES
            and self.clipped <= _MOST_CLIPPED
            and self.letters <= _MOST_LETTERS
            and self.drawn <= _MOST_DRAWN
            and self.area <= _MOST_AREA
            and self.points <= _MOST_POINTS
        )

    def keeps(self, fonts: int) -> bool:
        """Whether of so many fonts none comes again and again that is not kept."""
        return fonts <= _FONTS or self.fonts <= _CHANGES
