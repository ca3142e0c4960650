"""Two sheets held against each other as people read them: letter by letter, line by line, and their lines."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from desktop.base.pdfium import PDFIUM
from desktop.submission.pdf.fields import StampBox
from desktop.submission.placeholder import EDGE, SIGNS
from desktop.submission.sheet_letters import LARGEST_LETTER, remove_text, within

QUOTED = 90
"""Signs of a sheet that are quoted."""
_ONE_LINE, _NEAR = 2.0, 1.0
"""Points between two heights of one line, and around the place of a sign for services."""
_END = "\N{PILCROW SIGN}"
"""Stands for the end of a page."""
_OTHER, _MOST_OTHER = 24, 8
"""How far (of 255) points of two drawings may differ, and how many may differ more."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One letter in reading order, and whether a space stands before it."""

    sign: str
    apart: bool


@dataclass(frozen=True, slots=True)
class _Placed:
    sign: str
    apart: bool
    x: float
    y: float
    size: float


def first_difference(shown: Sequence[Sign], expected: Sequence[Sign]) -> tuple[str, str] | None:
    """What is read where two sheets first differ, in the one and in the other; None where they are alike.

    Capitals count for nothing.
    """
    both = zip(shown, expected, strict=False)
    at = next(
        (at for at, (one, other) in enumerate(both) if one.sign.casefold() != other.sign.casefold()),
        min(len(shown), len(expected)),
    )
    if at == len(shown) == len(expected):
        return None
    return quoted(shown, at), quoted(expected, at)


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
            places = [box for box in boxes if box.page == number]
            signs += _in_order([one for one in letters if not _is_for_services(one, places)])
            signs.append(Sign(_END, apart=True))
            page.close()
    return signs


def _is_for_services(one: _Placed, boxes: Sequence[StampBox]) -> bool:
    return one.sign in SIGNS and any(
        max(abs(one.x - box.left - EDGE), abs(one.y - box.bottom - EDGE)) <= _NEAR for box in boxes
    )


def _letters(page: Any, hidden: Sequence[StampBox]) -> list[_Placed]:
    from pypdfium2 import raw

    text, found, apart = page.get_textpage(), [], True
    matrix, x, y = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    matrix_at, x_at, y_at = ctypes.byref(matrix), ctypes.byref(x), ctypes.byref(y)
    try:
        for at in range(text.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(text, at))
            if sign.isspace() or sign in "\0\ufffe":
                apart = True
                continue
            if hidden and within(text.get_charbox(at), hidden):
                continue
            raw.FPDFText_GetCharOrigin(text, at, x_at, y_at)
            raw.FPDFText_GetMatrix(text, at, matrix_at)
            scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
            size = float(raw.FPDFText_GetFontSize(text, at)) * scale
            found.append(_Placed(sign, apart, x.value, y.value, size))
            apart = False
        return found
    finally:
        text.close()


def _in_order(letters: Sequence[_Placed]) -> Iterator[Sign]:
    """Line by line, each from left to right, whatever the order in the file; the watermark goes before."""
    large = sorted((one for one in letters if one.size >= LARGEST_LETTER), key=lambda one: one.x)
    for place, one in enumerate(large):
        yield Sign(one.sign, apart=not place)
    for line in _lines([one for one in letters if one.size < LARGEST_LETTER]):
        for place, one in enumerate(sorted(line, key=lambda each: each.x)):
            yield Sign(one.sign, one.apart or not place)


def _lines(letters: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """From top to bottom."""
    line: list[_Placed] = []
    for one in sorted(letters, key=lambda each: -each.y):
        if line and line[0].y - one.y > _ONE_LINE:
            yield line
            line = []
        line.append(one)
    if line:
        yield line


def drawn_otherwise(sheet: BinaryIO, expected: BinaryIO, hidden: Sequence[StampBox]) -> int | None:
    """The first page (from 0) on which anything besides text is drawn otherwise, outside of ``hidden``."""
    import pypdfium2 as pdfium
    from PIL import ImageChops, ImageDraw

    sheet.seek(0)
    expected.seek(0)
    opened: Any = pdfium.PdfDocument
    with PDFIUM, opened(sheet.read()) as one, opened(expected.read()) as other:
        for number in range(len(other)):
            shown, wanted = _without_text(one[number]), _without_text(other[number])
            if shown.size != wanted.size:
                return number
            difference, height = ImageChops.difference(shown, wanted), shown.size[1]
            for box in hidden:
                if box.page == number:
                    area = (box.left - 1, height - box.top - 1, box.right + 1, height - box.bottom + 1)
                    ImageDraw.Draw(difference).rectangle(area, fill=0)
            if sum(difference.histogram()[_OTHER:]) > _MOST_OTHER:
                return number
    return None


def _without_text(page: Any) -> Any:
    """What is drawn besides text, in shades of grey."""
    remove_text(page)
    return page.render(scale=1, draw_annots=False, may_draw_forms=False).to_pil().convert("L")
