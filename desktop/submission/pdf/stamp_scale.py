"""How large a stamp draws: of letters beyond all measure, or dashes of nothing, some draw no page at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.submission.pdf.places import PLAIN, Matrix, product, stretching

FARTHEST = 32_000.0
"""As far as the smallest of programs reckon (ISO 32000-1, annex C)."""
_SHOW = frozenset({b"Tj", b"TJ", b"'", b'"'})


@dataclass(frozen=True, slots=True)
class _State:
    plane: Matrix = PLAIN
    size: float = 0.0
    wide: float = 1.0


class Scale:
    """Follows what makes larger and smaller, one operator after the other."""

    def __init__(self) -> None:
        self.letters = 0.0
        """The largest letters, in the form's own measure."""
        self._state = _State()
        self._kept: list[_State] = []
        self._text = PLAIN

    @property
    def here(self) -> float:
        """How much larger than it says something is drawn that is laid here."""
        return stretching(self._state.plane)[1]

    def step(self, word: bytes, values: list[float]) -> bool:
        """One operator with its numbers. False where they are such that some programs give up the page."""
        if any(not abs(one) <= FARTHEST for one in values):
            return False
        match word, values:
            case b"q", []:
                self._kept.append(self._state)
            case b"Q", [] if self._kept:
                self._state = self._kept.pop()
            case b"cm", [a, b, c, d, _, _]:
                self._state = replace(self._state, plane=product((a, b, c, d, 0.0, 0.0), self._state.plane))
            case b"BT", []:
                self._text = PLAIN
            case b"Tm", [a, b, c, d, _, _]:
                self._text = (a, b, c, d, 0.0, 0.0)
            case b"Tf", [size]:
                self._state = replace(self._state, size=abs(size))
            case b"Tz", [share]:
                self._state = replace(self._state, wide=max(1.0, abs(share) / 100))
            case b"d", [*dashes, phase]:
                return min([phase, *dashes]) >= 0 and (not dashes or sum(dashes) > 0)
            case _ if word in _SHOW:
                plane = stretching(product(self._text, self._state.plane))[1]
                self.letters = max(self.letters, self._state.size * self._state.wide * plane)
        return self.here <= FARTHEST and self.letters <= FARTHEST
