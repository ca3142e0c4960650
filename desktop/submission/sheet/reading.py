"""Two sheets held against each other as people read them: letter by letter, line by line, and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from desktop.base.pdfium import PDFIUM
from desktop.submission.pdf.fields import StampBox
from desktop.submission.placeholder import EDGE, SIZE, is_sign
from desktop.submission.sheet.letters import LARGEST_LETTER, Letter, letters_of, within

QUOTED = 90
"""Signs of a sheet that are quoted."""
_ONE_LINE, _NEAR = 2.0, 1.0
"""Points between two heights of one line, and around the place of a sign for services."""
_END = "\N{PILCROW SIGN}"
"""Stands for the end of a page."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One letter in reading order: whether a space stands before it, on which page, and how it is drawn."""

    sign: str
    apart: bool
    page: int
    letter: Letter | None = None
    """None for the end of a page."""


@dataclass(frozen=True, slots=True)
class Alike:
    """How far two letters may differ: points of place, a share of their size, parts of their colour."""

    place: float
    size: float
    colour: int


def first_difference(shown: Sequence[Sign], expected: Sequence[Sign]) -> tuple[str, str] | None:
    """What is read where two sheets first differ, in the one and in the other; None where they are alike."""
    both = zip(shown, expected, strict=False)
    at = next(
        (at for at, (one, other) in enumerate(both) if one.sign != other.sign), min(len(shown), len(expected))
    )
    if at == len(shown) == len(expected):
        return None
    return quoted(shown, at), quoted(expected, at)


def written_otherwise(shown: Sequence[Sign], expected: Sequence[Sign], alike: Alike) -> int | None:
    """The page (from 0) of the first letter of another font, size, colour or place; of two that read alike.

    A letter that is small, pale or out of its place is read by a program and by nobody else.
    """
    for one, other in zip(shown, expected, strict=True):
        if (
            one.letter is not None
            and other.letter is not None
            and not _alike(one.letter, other.letter, alike)
        ):
            return one.page
    return None


def _alike(one: Letter, other: Letter, alike: Alike) -> bool:
    scale = one.seen / one.size / (other.seen / other.size) if one.size and other.size else 0
    shapes = zip(one.matrix[:4], other.matrix[:4], strict=True)
    return (
        one.font == other.font
        and abs(one.seen - other.seen) <= alike.size * other.seen
        and all(abs(a - b * scale) <= alike.size * scale for a, b in shapes)
        and max(abs(one.matrix[at] - other.matrix[at]) for at in (4, 5)) <= alike.place
        and max(abs(a - b) for a, b in zip(one.colour, other.colour, strict=True)) <= alike.colour
    )


def quoted(signs: Sequence[Sign], at: int) -> str:
    """What is read from there, from the beginning of the word."""
    start = at
    while 0 < start < len(signs) and not signs[start].apart and at - start < QUOTED // 3:
        start -= 1
    text = "".join(f" {one.sign}" if one.apart else one.sign for one in signs[start : start + QUOTED])
    return text.strip()


def read_aloud(sheet: BinaryIO, boxes: Sequence[StampBox], hidden: Sequence[StampBox] = ()) -> list[Sign]:
    """The letters of a PDF in the order in which they are read.

    The sign that signing services look for in each of ``boxes`` is left out, as is all within ``hidden``.
    """
    import pypdfium2 as pdfium

    sheet.seek(0)
    opened: Any = pdfium.PdfDocument
    signs: list[Sign] = []
    with PDFIUM, opened(sheet.read()) as document:
        for number in range(len(document)):
            page = document[number]
            letters = _letters(page, [box for box in hidden if box.page == number])
            for box in boxes:
                mark = next((one for one in letters if box.page == number and is_sign(one[0], box)), None)
                if mark is not None:
                    letters.remove(mark)
            signs += (Sign(one.sign, apart, number, one) for one, apart in _in_order(letters))
            signs.append(Sign(_END, apart=True, page=number))
            page.close()
    return signs


def sign_areas(boxes: Sequence[StampBox], page: int) -> Iterator[tuple[float, float, float, float]]:
    """Where the signs for services may be drawn: left, bottom, right, top in points."""
    for box in boxes:
        if box.page == page:
            left, bottom = box.left + EDGE, box.bottom + EDGE
            yield left - _NEAR, bottom - SIZE / 2, left + SIZE * 1.2, bottom + SIZE + _NEAR


_Spaced = tuple[Letter, bool]
"""A letter, and whether a space stands before it."""


def _letters(page: Any, hidden: Sequence[StampBox]) -> list[_Spaced]:
    found, apart = [], True
    for one in letters_of(page, spaces=True):
        if one.sign == " ":
            apart = True
        elif not within(one.box, hidden):
            found.append((one, apart))
            apart = False
    return found


def _in_order(letters: Sequence[_Spaced]) -> Iterator[_Spaced]:
    """Line by line, each from left to right, whatever the order in the file; the watermark goes before."""
    large = [one for one in letters if one[0].seen >= LARGEST_LETTER]
    small = [one for one in letters if one[0].seen < LARGEST_LETTER]
    for line in (large, *_lines(small)):
        for place, (one, apart) in enumerate(sorted(line, key=lambda each: each[0].matrix[4])):
            yield one, apart or not place


def _lines(letters: Sequence[_Spaced]) -> Iterator[list[_Spaced]]:
    """From top to bottom."""
    line: list[_Spaced] = []
    for one in sorted(letters, key=lambda each: -each[0].matrix[5]):
        if line and line[0][0].matrix[5] - one[0].matrix[5] > _ONE_LINE:
            yield line
            line = []
        line.append(one)
    if line:
        yield line
