"""What texts of a page take and show in a font: asked once of each font of a document, and of each word."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop.submission.pdf.drawing_grammar import letters_in
from desktop.submission.pdf.font import shown_codes

_MOST_WORDS, _LONGEST_WORD = 2_000, 40
"""Held of one font: words come again, whole lines hardly do."""


class Shown(NamedTuple):
    """What a text comes to, of letters of one point."""

    signs: int
    wide: float
    spaces: int
    blank: bool
    known: bool
    """Whether the font has all of its letters: for another code each program has one of its own."""


@dataclass(slots=True, eq=False)
class Letters:
    """One font, as pages use it."""

    codes: frozenset[int]
    widths: list[float]
    _words: dict[bytes, Shown] = field(default_factory=dict)

    def shown(self, text: bytes) -> Shown:
        """What a text comes to."""
        return self._words.get(text) or self._measured(text)

    def _measured(self, text: bytes) -> Shown:
        signs = letters_in(text)
        wide = sum(map(self.widths.__getitem__, signs))
        found = Shown(len(signs), wide, signs.count(32), not signs.strip(), self.codes.issuperset(signs))
        if len(text) <= _LONGEST_WORD:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[text] = found
        return found


NO_LETTERS = Letters(frozenset(), [0.0] * 256)
"""Before any font is named."""


@dataclass(slots=True)
class Fonts:
    """Those of one document."""

    _known: dict[tuple[int, int], Letters] = field(default_factory=dict)

    def of(self, font: Any) -> Letters:
        """A font; what is an object of its own is looked at once."""
        place = font.objgen
        if place in self._known:
            return self._known[place]
        found = Letters(shown_codes(font), _widths(font))
        if place[0]:
            self._known[place] = found
        return found


def _widths(font: Any) -> list[float]:
    """How wide each code is, of a letter of one point."""
    found = [float(one) / 1000 for one in font.get("/Widths", ())]
    return found + [0.0] * (256 - len(found))
