"""How far the letters of a stamp go on, by the widths that its font says: there the next ones begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_ESCAPED = re.compile(rb"\\([0-7]{1,3}|[\s\S])")
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BLANK, _ANYWHERE = 32, 100.0


@dataclass(frozen=True, slots=True)
class Widths:
    """Of a font, in parts of its size."""

    known: Mapping[int, float] = field(default_factory=dict)
    others: float = 0.5
    bytes_each: int = 1
    turning: frozenset[int] = frozenset()
    """Codes that stand for a sign that turns what follows."""

    def of(self, text: bytes) -> Iterator[tuple[float, bool]]:
        """How wide each letter of a text is, and whether it is a blank between words."""
        alone = self.bytes_each == 1
        for one in self._letters(text):
            yield self.known.get(one, self.others), alone and one == _BLANK

    def turns(self, text: bytes) -> bool:
        """Whether a sign is among them that turns what follows."""
        return bool(self.turning) and not self.turning.isdisjoint(self._letters(text))

    def _letters(self, text: bytes) -> Iterator[int]:
        codes = _codes(text)
        if self.bytes_each == 1:
            return iter(codes)
        codes = bytes(len(codes) % 2) + codes
        return (codes[at] << 8 | codes[at + 1] for at in range(0, len(codes), 2))


def _codes(text: bytes) -> bytes:
    """What a text holds, however it is written."""
    if text[:1] == b"<":
        figures = re.sub(rb"[^0-9A-Fa-f]", b"", text)
        return bytes.fromhex((figures + b"0" * (len(figures) % 2)).decode("ascii"))
    return _ESCAPED.sub(_unescaped, text[1:-1])


def _unescaped(found: re.Match[bytes]) -> bytes:
    said = found[1]
    return bytes([int(said, 8) & 255]) if said[:1].isdigit() and said < b"8" else _SIGNS.get(said, said)


def widths_of(font: Any) -> Widths:
    """Of a plain font; where it says none, those of Helvetica or the one that it is called by."""
    if "/DescendantFonts" in font:
        inner = font.DescendantFonts[0]
        if font.Encoding != "/Identity-H":
            # nobody of today needs another one: so wide that all of it is told but a sign or two
            return Widths({}, _ANYWHERE, 2)
        known: dict[int, float] = {}
        for code, one in _listed(list(inner.get("/W", ()))):
            # of one that is listed twice each program takes the one or the other
            known[code] = _ANYWHERE if known.get(code, one) != one else one
        return Widths(known, float(inner.get("/DW", 1000)) / 1000, 2)
    if "/Widths" in font:
        first, last = (int(font.get(key, 0)) for key in ("/FirstChar", "/LastChar"))
        about = font.get("/FontDescriptor", {})
        listed = {
            # beyond the last one each program goes by the list or by what is said for all others
            code: float(one) / 1000 if code <= last else _ANYWHERE
            for code, one in enumerate(font.Widths, first)
        }
        return Widths(listed, float(about.get("/MissingWidth", 0)) / 1000)
    return _usual(str(font.BaseFont)[1:])


def _listed(given: list[Any]) -> list[tuple[int, float]]:
    """A code and a list of widths, or two codes and what all between them have."""
    import pikepdf

    found: list[tuple[int, float]] = []
    at = 0
    while at < len(given):
        first, then = int(given[at]), given[at + 1]
        if isinstance(then, pikepdf.Array):
            found += [(code, float(one) / 1000) for code, one in enumerate(then, first)]
            at += 2
        else:
            found += [(code, float(given[at + 2]) / 1000) for code in range(first, int(then) + 1)]
            at += 3
    return found


def _usual(name: str) -> Widths:
    from reportlab.pdfbase.pdfmetrics import getFont, standardFonts

    font = getFont(name if name in standardFonts else "Helvetica")
    return Widths(dict(enumerate(one / 1000 for one in font.widths)))
