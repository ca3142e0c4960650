"""How large a stamp draws: of letters beyond all measure, or dashes of nothing, some draw no page at all."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from desktop.submission.pdf.places import PLAIN, Matrix, product, stretching

FARTHEST = 32_000.0
"""As far as the smallest of programs reckon (ISO 32000-1, annex C)."""
_SMALLEST = 1e-4
"""What is made smaller than that is gone, or everywhere."""
_LEAST_LETTERS, _PRESSED = 0.02, 10.0
_MOST_DASHES = 100_000
_SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})
_PATHS = frozenset({b"m", b"l", b"c", b"v", b"y", b"re"})
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_FILLS = frozenset({b"f", b"F", b"f*", b"n"})


@dataclass(frozen=True, slots=True)
class Letters:
    """The largest that are shown, the smallest, and how much the most pressed are longer one way."""

    largest: float = 0.0
    smallest: float = math.inf
    pressed: float = 1.0

    def with_(self, others: Letters) -> Letters:
        """These and others."""
        return Letters(
            max(self.largest, others.largest),
            min(self.smallest, others.smallest),
            max(self.pressed, others.pressed),
        )

    def scaled(self, least: float, most: float) -> Letters:
        """As they are when all of it is made larger by so much, one way and the other."""
        if not self.largest:
            return self
        pressed = most / least if least > 0 else math.inf
        return Letters(self.largest * most, self.smallest * least, self.pressed * pressed)

    def are_plain(self, largest: float) -> bool:
        """Whether programs draw them alike: of pressed ones pdfium makes some as large as a page."""
        good = self.largest <= largest and self.smallest >= _LEAST_LETTERS and self.pressed <= _PRESSED
        return not self.largest or good


@dataclass(frozen=True, slots=True)
class _State:
    plane: Matrix = PLAIN
    size: float = 0.0
    reach: float = 1.5
    """Of the font, in parts of an em."""
    wide: float = 1.0
    dash: float = 0.0
    """How long one round of dashes is; 0 for none."""
    clips: int = 0


class Scale:
    """Follows what makes larger and smaller, one operator after the other."""

    def __init__(self) -> None:
        self.letters = Letters()
        """In the form's own measure."""
        self._state = _State()
        self._kept: list[_State] = []
        self._text = PLAIN
        self._parts, self._reach = 0, 0.0
        self._dashes = 0.0

    @property
    def here(self) -> tuple[float, float]:
        """The least and the most by which something is drawn larger than it says that is laid here."""
        return stretching(self._state.plane)

    @property
    def deep(self) -> int:
        """In how many states and clips something lies here."""
        return len(self._kept) + self._state.clips

    def step(self, word: bytes, values: list[float]) -> bool:
        """One operator with its numbers. False where they are such that some programs give up the page."""
        if any(not abs(one) <= FARTHEST for one in values):
            return False
        if word in _PATHS:
            self._parts, self._reach = self._parts + 1, max(self._reach, *map(abs, values))
        elif word in _STROKES or word in _FILLS:
            return self._paints(word)
        elif word in {b"W", b"W*"}:
            self._state = replace(self._state, clips=self._state.clips + 1)
        elif word in _SHOW:
            return self._shows()
        else:
            return self._sets(word, values)
        return True

    def write_with(self, reach: float) -> None:
        """Letters of another font from now on."""
        self._state = replace(self._state, reach=reach)

    def _paints(self, word: bytes) -> bool:
        """A line; of so many dashes that no program comes to their end, it is not plain."""
        if word in _STROKES and self._state.dash:
            self._dashes += self._parts * 2 * self._reach / self._state.dash
        self._parts, self._reach = 0, 0.0
        return self._dashes <= _MOST_DASHES

    def _shows(self) -> bool:
        state = self._state
        least, most = stretching(product(product((state.wide, 0, 0, 1, 0, 0), self._text), state.plane))
        largest = state.size * most * state.reach
        if not (least >= _SMALLEST and largest <= FARTHEST):
            return False
        if state.size:
            self.letters = self.letters.with_(Letters(largest, state.size * least, most / least))
        return True

    def _sets(self, word: bytes, values: list[float]) -> bool:
        match word, values:
            case b"q", []:
                self._kept.append(self._state)
            case b"Q", [] if self._kept:
                self._state = self._kept.pop()
            case b"cm", [a, b, c, d, _, _]:
                self._state = replace(self._state, plane=product((a, b, c, d, 0.0, 0.0), self._state.plane))
                least, most = stretching(self._state.plane)
                return least >= _SMALLEST and most <= FARTHEST
            case b"BT", []:
                self._text = PLAIN
            case b"Tm", [a, b, c, d, _, _]:
                self._text = (a, b, c, d, 0.0, 0.0)
            case b"Tf", [size]:
                self._state = replace(self._state, size=abs(size))
            case b"Tz", [share]:
                self._state = replace(self._state, wide=abs(share) / 100)
            case b"d", [*dashes, phase]:
                self._state = replace(self._state, dash=sum(dashes))
                return min([phase, *dashes]) >= 0 and (not dashes or sum(dashes) > 0)
        return True
