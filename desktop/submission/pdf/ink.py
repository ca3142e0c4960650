"""What a pen draws with on a page: its matrix, its letters, its line, each within bounds of its own.

Numbers that are harmless one by one lead beyond what programs reckon with in single precision where they
meet: letters of next to nothing that a matrix makes large again, a bend under one that enlarges it fifty
thousand times, dashes that begin a million points before. So each is bounded by itself, and so is what comes
of them together wherever ink is put. Our own pages need hardly any of it: they move and turn, and nothing but
a picture is ever made larger than it says.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter

from desktop.submission.pdf.hairs import EVERYWHERE, FINEST_LINE, Box, are_plain_dashes
from desktop.submission.pdf.letters import NO_LETTERS, Letters
from desktop.submission.pdf.places import (
    PLAIN,
    Matrix,
    end,
    is_level,
    is_near,
    is_turn,
    product,
    stretching,
)

DOT = 2.0
"""A thicker pen loses corners and bends that are smaller than itself."""
_LETTERS_FROM, _LETTERS_TO = 3.0, 500.0
"""Points of letters, as they are seen."""
_SIZES, _SIZES_OF_OTHERS = (4.0, 200.0), (0.1, 10_000.0)
"""Of letters by themselves (ours: 5.8 to 170): of ten-thousandths of a point pdfium draws nothing."""
_SCALES = (0.001, 1_000.0)
"""By how much anything that others draw is made smaller or larger; services draw in tenths and hundredths."""
_LARGEST_PICTURE = 5_000.0
_BENDS = 100.0
"""MuPDF divides bends before the matrix makes them larger: from two thousand times on they have corners."""
_SLANTED = 5.0
"""How many times as wide as high letters may be."""
_SLANTED_PEN = 4.0
_SPREAD = 3.0
"""Points between letters of ours, which have 1.5 at most."""
_FARTHEST_APART = 1_000.0
"""Points between letters of others, and from where on a pattern of dashes may begin."""
_THICKEST, _THICKEST_OF_OTHERS = 3.0, 2_000.0
"""Points of a pen; ours has 2.2 at most."""
_LONGEST_DASH, _DASHES = 10.0, 2
"""Of ours: dots, and dashes of three points."""
_LONG_AND_SHORT = (7.0, 2.0, 1.5, 2.0)
"""And a long one with a short one, where four people gave scores."""
_LONGEST_DASH_OF_OTHERS = 20_000.0
_THINNEST_FORM = 0.1
_COLOURS, _OF_FILLS = frozenset({b"g", b"rg", b"G", b"RG"}), frozenset({b"g", b"rg"})
_MOST_MOVES = 100
"""Steps of one place from another: what programs round off adds up."""


@dataclass(slots=True)
class Ink:
    """What operators have said so far; kept by ``q`` and fetched by ``Q``."""

    ours: bool = True
    matrix: Matrix = PLAIN
    spread: bool = False
    """Whether the page is made as large as a picture; nothing else may be drawn on it then."""
    width: float = 1.0
    size: float | None = None
    butt: bool = True
    """Whether lines end where they end."""
    mitred: bool = True
    """Whether they meet in a sharp corner."""
    letters: Letters = NO_LETTERS
    spacing: float = 0.0
    word_spacing: float = 0.0
    fill: tuple[float, ...] = (0.0, 0.0, 0.0)
    line: tuple[float, ...] = (0.0, 0.0, 0.0)
    dashes: tuple[float, ...] = ()
    dashes_from: float = 0.0
    """How far into them a line begins."""
    raised: float = 0.0
    """By how much letters stand higher."""
    moves: int = 0
    """Matrices that led here."""
    clips: int = 0
    inside: Box = EVERYWHERE
    """What is drawn within all of them."""

    def kept(self) -> Ink:
        """The same once more, for ``q``."""
        return Ink(*_ALL(self))

    def say(self, word: bytes, numbers: tuple[float, ...]) -> bool:
        """Remember what an operator says of lines, letters and colours; whether that is within bounds."""
        if word in _COLOURS:
            if word in _OF_FILLS:
                self.fill = numbers * (3 // len(numbers))
            else:
                self.line = numbers * (3 // len(numbers))
            return True
        if word == b"w":
            self.width = numbers[0]
            return self.width <= (_THICKEST if self.ours else _THICKEST_OF_OTHERS)
        if word == b"J":
            self.butt = not numbers[0]
            return numbers[0] < 2 or not self.ours
        if word == b"j":
            self.mitred = not numbers[0]
            return self.mitred or not self.ours
        if word == b"d":
            *dashes, self.dashes_from = numbers
            self.dashes = tuple(dashes)
            few = len(dashes) <= _DASHES and all(one <= _LONGEST_DASH for one in dashes)
            ours = few or self.dashes == _LONG_AND_SHORT
            return not self.ours or (ours and not self.dashes_from)
        if word == b"Ts":
            self.raised = numbers[0]
        elif word == b"Tc":
            self.spacing = numbers[0]
            return abs(self.spacing) <= _SPREAD or not self.ours
        elif word == b"Tw":
            self.word_spacing = numbers[0]
        return True

    def write_with(self, letters: Letters, size: float) -> bool:
        """Take letters of a font; whether they are of a size by themselves, whatever a matrix makes of it."""
        self.letters, self.size = letters, abs(size)
        least, most = _SIZES if self.ours else _SIZES_OF_OTHERS
        return least <= (size if self.ours else self.size) <= most

    def move(self, numbers: Matrix) -> bool:
        """What ``cm`` does. In between as well nothing may vanish that is made large again behind it."""
        if self.spread:
            return False
        self.matrix = product(numbers, self.matrix)
        self.moves += 1
        if self.moves > _MOST_MOVES or not is_near(*end(self.matrix)):
            return False
        if self.ours:
            self.spread = not is_turn(numbers)
            return True
        least, most = stretching(self.matrix)
        return _SCALES[0] <= least <= most <= _LARGEST_PICTURE

    def is_letters_matrix(self, numbers: Matrix) -> bool:
        """Whether ``Tm`` may say so: letters of ours are placed, and as large as they say themselves."""
        if self.ours:
            return numbers[:4] == PLAIN[:4]
        least, most = stretching(numbers)
        return _SCALES[0] <= least <= most <= _SCALES[1]

    def shows_letters(self, least: float, most: float) -> bool:
        """Whether letters that are stretched so much are of a size that is read, and not far apart."""
        if self.size is None:
            return False
        if not _LETTERS_FROM <= least * self.size <= most * self.size <= _LETTERS_TO:
            return False
        apart = max(abs(self.spacing), abs(self.word_spacing), abs(self.raised)) * most
        return most <= least * _SLANTED and apart <= _FARTHEST_APART and self.draws_in_scale(bent=False)

    def draws_in_scale(self, *, bent: bool) -> bool:
        """Whether what is drawn now is neither made very small nor very large, nor slanted without end.

        Under a matrix that slants large numbers cancel each other out, and what is rounded off is left.
        """
        if self.ours:
            return not self.spread
        least, most = stretching(self.matrix)
        if bent and not (most <= _BENDS and most <= least * _SLANTED):
            return False
        return _SCALES[0] <= least <= most <= _SCALES[1] and (
            is_level(self.matrix) or most <= least * _SLANTED
        )

    def draws_lines(self) -> bool:
        """Whether lines, and dashes if it has any, are as every program draws them."""
        least, most = stretching(self.matrix)
        if self.width * least < FINEST_LINE or most > least * _SLANTED_PEN:
            return False
        longest = max(self.dashes, default=0.0) * most
        if longest > _LONGEST_DASH_OF_OTHERS or self.dashes_from * most > _FARTHEST_APART:
            return False
        if self.width * most > _THICKEST_OF_OTHERS:
            return False
        return are_plain_dashes(self.dashes, self.width, least, butt=self.butt)

    def draws_forms(self, scales: tuple[float, float]) -> bool:
        """Whether a form may be drawn now: what it draws was looked at as if it began with a plain pen."""
        least, most = stretching(self.matrix)
        plain = (
            self.butt and not self.raised and _THINNEST_FORM <= self.width * least <= self.width * most <= DOT
        )
        return plain and scales[0] <= least <= most <= min(scales[1], least * _SLANTED_PEN)


_ALL = attrgetter(*(one.name for one in fields(Ink)))
