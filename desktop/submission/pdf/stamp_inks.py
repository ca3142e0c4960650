"""In which colours a stamp fills and draws: as many numbers as each has parts, and such as it has.

Of a number too many some programs take the first ones and others the last, of a table without a word which
colour they take its first one or black: what is white for one covers letters, and shows them for the next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from desktop.submission.pdf.plain_values import floats
from desktop.submission.pdf.stamp_colours import kind_of, parts_of

_ROUNDED = 0.001
_AT_ONCE = {b"g": 1, b"rg": 3, b"k": 4}
_DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}
_PAINTS = frozenset({*b"S s f F f* B B* b b* Tj TJ ' Do".split(), b'"'})
_SHARES = (-100, 100, -100, 100)
"""Of red against green and yellow against blue, where a space says nothing."""


class Ink(NamedTuple):
    """What a colour is said by."""

    bounds: tuple[tuple[float, float], ...]
    """From where to where each of its numbers goes."""
    whole: bool = False
    """Whether they are numbers of colours in a table: none is the first one for everybody."""

    def has(self, values: list[float]) -> bool:
        """Whether these numbers are one of its colours."""
        return len(values) == len(self.bounds) and all(
            low - _ROUNDED <= one <= high + _ROUNDED and (one.is_integer() or not self.whole)
            for one, (low, high) in zip(values, self.bounds, strict=True)
        )


def ink_of(space: Any) -> Ink | None:
    """How colours of a space that is plain are said; None for patterns. May raise where it is broken."""
    match kind_of(space):
        case "/Pattern":
            return None
        case "/Indexed":
            return Ink(((0.0, float(space[2])),), whole=True)
        case "/Lab":
            shares = floats(space[1].get("/Range", _SHARES)) or []
            return Ink(((0.0, 100.0), (shares[0], shares[1]), (shares[2], shares[3])))
    return _plain(parts_of(space))


def _plain(parts: int) -> Ink | None:
    return Ink(((0.0, 1.0),) * parts) if parts else None


class _Chosen(NamedTuple):
    ink: Ink | None = None
    """None where nobody has said it here, but whoever draws the form may have."""
    pending: bool = False
    """Whether a table was named, and no colour of it yet."""


class Inks:
    """Follows what says colours, one operator after the other; ``known`` are spaces by the form's names."""

    def __init__(self, known: Callable[[str], Ink | None]) -> None:
        self._known = known
        self._now = (_Chosen(), _Chosen())
        """For what is filled, and for lines."""
        self._kept: list[tuple[_Chosen, _Chosen]] = []

    def step(self, word: bytes, names: list[bytes], values: list[float]) -> bool:
        """One operator, with names and numbers before it. False where each program reads it otherwise."""
        if word == b"q":
            self._kept.append(self._now)
        elif word == b"Q":
            self._now = self._kept.pop() if self._kept else self._now
        elif word.lower() in _AT_ONCE:
            self._choose(word, _Chosen(_plain(_AT_ONCE[word.lower()])))
        elif word.lower() == b"cs":
            name = names[0].decode("latin-1")
            ink = _plain(_DEVICES[name]) if name in _DEVICES else self._known(name)
            self._choose(word, _Chosen(ink, pending=ink is not None and ink.whole))
            return ink is not None
        elif word.lower() in {b"sc", b"scn"}:
            ink = self._now[word.isupper()].ink
            self._choose(word, _Chosen(ink))
            return ink is not None and ink.has(values)
        elif word in _PAINTS:
            return not any(one.pending for one in self._now)
        return True

    def _choose(self, word: bytes, chosen: _Chosen) -> None:
        fill, line = self._now
        self._now = (fill, chosen) if word.isupper() else (chosen, line)
