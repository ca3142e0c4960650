"""How much room letters of a font take in a stamp, whoever's font it is.

Nobody follows fonts of others letter by letter (``stamp_fonts.py``), but each program goes on by the widths
that a font says. That is enough to know what lies over its letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from desktop.submission.pdf.stamp_fonts import Widths
from desktop.submission.pdf.stamp_texts import codes_of

_MOST = 20_000
"""Widths that are read of one font."""
_UNSAID, _LEAST, _WIDEST = 0.6, 0.2, 5.0
"""Parts of the size: of a letter of which nothing is said, and of what a letter is seen of at least."""
_TWO = 256
"""Codes of one byte."""


class Face(NamedTuple):
    """How wide letters are by their codes, in parts of the size."""

    known: Widths | None
    """None for a font of others."""
    said: Mapping[int, float]
    """As the font says of itself."""
    unsaid: float
    """Of other codes."""
    large: bool
    """Whether a code is of two bytes."""


NO_FACE = Face(None, {}, _UNSAID, large=False)


class Room(NamedTuple):
    """Of what one operator shows."""

    begin: float
    end: float
    """Where letters are."""
    after: float
    """Where the next one begins."""


def face_of(font: Any, known: Widths | None) -> Face:
    """Of a font whose letters are ``known``, or not."""
    import pikepdf

    if known is not None:
        return Face(known, known, _UNSAID, large=False)
    large = str(font.get("/Subtype", "")) == "/Type0"
    try:
        if large:
            below = font.DescendantFonts[0]
            return Face(
                known, dict(_of_many(below.get("/W", ()))), float(below.get("/DW", 1000)) / 1000, large
            )
        first = int(font.get("/FirstChar", 0))
        said = {
            first + at: float(one) / 1000
            for at, one in zip(range(_TWO), font.get("/Widths", ()), strict=False)
        }
    except (pikepdf.PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Face(known, {}, _UNSAID, large)
    return Face(known, said, _UNSAID, large)


def _of_many(widths: Any) -> Iterator[tuple[int, float]]:
    """ISO 32000-1, 9.7.4.3: a code and a list from there on, or two codes and what all between them have."""
    import pikepdf

    at, count = 0, 0
    while at + 1 < len(widths) and count < _MOST:
        first, then = int(widths[at]), widths[at + 1]
        if isinstance(then, pikepdf.Array):
            row = [float(one) / 1000 for _, one in zip(range(_MOST), then, strict=False)]
            at += 2
        else:
            row = [float(widths[at + 2]) / 1000] * max(0, min(int(then) - first + 1, _MOST))
            at += 3
        count += len(row) + 1
        yield from zip(range(first, first + len(row)), row, strict=True)


def room_of(shown: Sequence[bytes | float], face: Face, size: float) -> Room | None:
    """The room of texts and moves of one operator; None where there are no letters."""
    at = 0.0
    begins: list[float] = []
    ends: list[float] = []
    for one in shown:
        if isinstance(one, float):
            at -= one * size / 1000
            continue
        for code in _codes(one, large=face.large):
            wide = max(-_WIDEST, min(face.said.get(code, face.unsaid), _WIDEST))
            begins.append(min(at, at + wide * size))
            ends.append(max(at, at + max(wide, _LEAST) * size))
            at += wide * size
    return Room(min(begins), max(ends), at) if begins else None


def _codes(text: bytes, *, large: bool) -> list[int]:
    codes = codes_of(text)
    if large:
        return [one * _TWO + other for one, other in zip(codes[::2], codes[1::2], strict=False)]
    return codes
