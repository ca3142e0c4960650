"""In which colours a stamp fills and draws: as many numbers as each has parts, and such as it has.

Of a number too many some programs take the first ones and others the last, of a table without a word which
colour they take its first one or black: what is white for one covers letters, and shows them for the next.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.submission.pdf.stamp_colours import DEVICES

_ROUNDED = 0.001
_AT_ONCE = {b"g": 1, b"rg": 3, b"k": 4}


class Inks:
    """Follows what says colours, one operator after the other; ``parts`` has spaces by the form's names."""

    def __init__(self, parts: Callable[[str], int]) -> None:
        self._parts = parts
        self._now = (0, 0)
        """Of how many parts colours are, for what is filled and for lines; 0 where nobody has said it here,
        but whoever draws the form may have."""
        self._kept: list[tuple[int, int]] = []

    def step(self, word: bytes, names: list[bytes], values: list[float]) -> bool:
        """One operator, with names and numbers before it. False where each program reads it otherwise."""
        if word == b"q":
            self._kept.append(self._now)
        elif word == b"Q":
            self._now = self._kept.pop() if self._kept else self._now
        elif word.lower() in _AT_ONCE:
            self._choose(word, _AT_ONCE[word.lower()])
        elif word.lower() == b"cs":
            name = names[0].decode("latin-1")
            parts = DEVICES.get(name) or self._parts(name)
            self._choose(word, parts)
            return parts > 0
        elif word.lower() in {b"sc", b"scn"}:
            parts = self._now[word.isupper()]
            return len(values) == parts and all(-_ROUNDED <= one <= 1 + _ROUNDED for one in values)
        return True

    def _choose(self, word: bytes, parts: int) -> None:
        fill, line = self._now
        self._now = (fill, parts) if word.isupper() else (parts, line)
