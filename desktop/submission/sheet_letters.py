"""The letters of a page, one by one: which, how large they look, in what colour, and where."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.submission.pdf.fields import StampBox

LARGEST_LETTER = 40.0
"""Points to the eye; larger ones are the watermark's, which is pale and lies below everything."""
_PALE = 225
"""Of 255, each of red, green and blue; the watermark's are 243 and more."""
_SLOPE, _SQUEEZED = 0.001, 0.8
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a page: which, how it is drawn, and where."""

    sign: str
    font: str
    size: float
    matrix: tuple[float, ...]
    """As PDF has it: a, b, c, d and the place of the letter."""
    colour: tuple[int, int, int]
    box: tuple[float, float, float, float]

    @property
    def seen(self) -> float:
        """How large it looks: a matrix makes a small letter of a large size, and the other way round."""
        a, b, c, d = self.matrix[:4]
        return self.size * math.sqrt(abs(a * d - b * c))

    @property
    def upright(self) -> bool:
        """Whether it is written from left to right, neither sloping nor leaning, squeezed nor spread."""
        a, b, c, d = self.matrix[:4]
        straight = abs(b) <= _SLOPE * abs(a) and abs(c) <= _SLOPE * abs(d)
        return straight and a > 0 and d > 0 and _SQUEEZED <= a / d <= 1 / _SQUEEZED

    @property
    def grey(self) -> float:
        """How light its colour is, from 0 to 255."""
        red, green, blue = self.colour
        return 0.299 * red + 0.587 * green + 0.114 * blue

    @property
    def is_watermark(self) -> bool:
        """Large, and too pale to say anything that a reader could take for the text."""
        return self.seen >= LARGEST_LETTER and min(self.colour) >= _PALE


def within(box: tuple[float, ...], boxes: Iterable[StampBox]) -> bool:
    """Whether the middle of something is in one of the boxes."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(one.left <= x <= one.right and one.bottom <= y <= one.top for one in boxes)


def letters_of(page: Any, *, spaces: bool = False) -> list[Letter]:
    """The text of a page letter by letter; with a space where one is read."""
    from pypdfium2 import raw

    text = page.get_textpage()
    found = []
    try:
        for at in range(text.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(text, at))
            if sign.isspace() or sign in "\0\ufffe":
                if spaces:
                    found.append(Letter(" ", "", 0, (), (0, 0, 0), (0, 0, 0, 0)))
                continue
            found.append(_letter(text, at, sign))
        return found
    finally:
        text.close()


def _letter(text: Any, at: int, sign: str) -> Letter:
    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, at, name, 80, ctypes.byref(flags))
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y))
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, at, *map(ctypes.byref, parts))
    red, green, blue, _ = (int(one.value) for one in parts)
    return Letter(
        sign,
        name.value.decode("latin-1").rpartition("+")[2],
        float(raw.FPDFText_GetFontSize(text, at)),
        (matrix.a, matrix.b, matrix.c, matrix.d, x.value, y.value),
        (red, green, blue),
        tuple(text.get_charbox(at)),
    )


def remove_text(page: Any, *, blank: bool = True) -> None:
    """Take all text from a page, that in its forms too; without ``blank`` such as says nothing stays."""
    from pypdfium2 import raw

    text = page.get_textpage()
    try:
        for one in list(page.get_objects(max_depth=1)):
            if one.type == raw.FPDF_PAGEOBJ_FORM:
                _remove_from(one.raw, _DEEPEST)
            elif one.type == raw.FPDF_PAGEOBJ_TEXT and (blank or _says_something(one.raw, text)):
                page.remove_obj(one)
    finally:
        text.close()


def _remove_from(form: Any, depth: int) -> None:
    from pypdfium2 import raw

    for at in reversed(range(raw.FPDFFormObj_CountObjects(form))):
        one = raw.FPDFFormObj_GetObject(form, at)
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFFormObj_RemoveObject(form, one):
            raw.FPDFPageObj_Destroy(one)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth:
            _remove_from(one, depth - 1)


def _says_something(one: Any, text: Any) -> bool:
    from pypdfium2 import raw

    size = raw.FPDFTextObj_GetText(one, text, None, 0)
    buffer = ctypes.create_string_buffer(size)
    raw.FPDFTextObj_GetText(one, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return bool(buffer.raw[:size].decode("utf-16-le", "replace").strip("\0\ufffe \u00a0"))
