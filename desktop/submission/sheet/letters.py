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
        asked = _Asked(raw, text)
        for at in range(text.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(text, at))
            if sign.isspace() or sign in "\0\ufffe":
                if spaces:
                    found.append(Letter(" ", "", 0, (), (0, 0, 0), (0, 0, 0, 0)))
                continue
            found.append(asked.letter(at, sign))
        return found
    finally:
        text.close()


_LONGEST_NAME = 80


class _Asked:
    """What pdfium says of letters: into the same places for each, thousands stand on a page."""

    def __init__(self, raw: Any, text: Any) -> None:
        self._raw, self._text = raw, text
        self._name, self._flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
        self._matrix = raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._parts = tuple(ctypes.c_uint() for _ in range(4))

    def letter(self, at: int, sign: str) -> Letter:
        """One of them; what pdfium does not know is nothing, whatever the letter before had."""
        raw, text, matrix = self._raw, self._text, self._matrix
        length = raw.FPDFText_GetFontInfo(text, at, self._name, _LONGEST_NAME, self._flags)
        name = self._name.value.decode("latin-1") if 0 < length <= _LONGEST_NAME else ""
        shape = (0.0, 0.0, 0.0, 0.0)
        if raw.FPDFText_GetMatrix(text, at, matrix):
            shape = (matrix.a, matrix.b, matrix.c, matrix.d)
        place = (0.0, 0.0)
        if raw.FPDFText_GetCharOrigin(text, at, self._x, self._y):
            place = (self._x.value, self._y.value)
        colour = (0, 0, 0)
        if raw.FPDFText_GetFillColor(text, at, *self._parts):
            red, green, blue, _ = self._parts
            colour = (int(red.value), int(green.value), int(blue.value))
        return Letter(
            sign,
            name.rpartition("+")[2],
            float(raw.FPDFText_GetFontSize(text, at)),
            (*shape, *place),
            colour,
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
