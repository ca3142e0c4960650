"""The approval sheet as it is seen: what the official reads on it is what the verifier reads in it.

The text behind a page proves nothing by itself: it may be unseen, or its letters may look like others, while
a picture shows another hash. So the page is drawn twice, as it is, and without its text but with the same
letters from our own fonts where they stand; and what is drawn besides text can be no writing.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO

from desktop.base.fingerprint import qr_text, words_of
from desktop.base.pdfium import PDFIUM
from desktop.base.resources import resource
from desktop.submission.pdffields import StampBox

_SCALE = 2.0
_OTHER, _MOST_OTHER = 96, 24
"""How far (of 255) pixels may differ between the two drawings, and how many may differ more."""
_CONTRAST = 90
"""Between the letters of a hash and what is around them."""
_SMALL, _MOST_SEGMENTS, _MOST_BARS = 8.0, 40, 400
"""Points of a shape that could be a letter; parts of one shape; bars and frames of one page."""
_LARGEST_CODE = 120.0
LARGEST_LETTER = 40.0
"""Points; larger ones are the watermark's, which is pale and lies below everything."""
_FONTS = ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic")
_PART = 8
"""Letters of a hash that are told from chance."""
_OURS = "RancangSeen"
"""Before the fonts' names: those that books are printed with stay as they are."""
_HASHLIKE = re.compile(r"[0-9a-f]{16,}", re.IGNORECASE)
_WORDS = re.compile(" ".join(rf"{number} (\w+)" for number in range(1, 11)))


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


def is_seen(sheet: BinaryIO, hashes: Sequence[str], fingerprint: str, boxes: Sequence[StampBox] = ()) -> bool:
    """Whether the pages show nothing like a hash but these, and the words and code of ``fingerprint``.

    In ``boxes`` anything may stand. Raises what pdfium raises.
    """
    import pypdfium2 as pdfium

    sheet.seek(0)
    data = sheet.read()
    opened: Any = pdfium.PdfDocument
    texts: list[str] = []
    with PDFIUM, opened(data) as document:
        for number in range(len(document)):
            page = document[number]
            here = [box for box in boxes if box.page == number]
            letters = [one for one in letters_of(page) if not within(one.box, here)]
            shown = _drawn(page)
            texts.append("".join(one.sign for one in letters_of(page, spaces=True)))
            if not _lines_are_plain(letters, hashes) or not _stand_out(shown, page, letters):
                return False
            if not boxes and not _draws_no_writing(page, fingerprint):
                return False
            if not _is_as_written(page, shown, letters, here):
                return False
            page.close()
    found = _WORDS.findall(" ".join(" ".join(texts).split()))
    return not fingerprint or (bool(found) and all(one == words_of(fingerprint) for one in found))


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


def _drawn(page: Any) -> Any:
    """The page without what lies on it."""
    return page.render(scale=_SCALE, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")


def _lines_are_plain(letters: Sequence[Letter], hashes: Sequence[str]) -> bool:
    """Whether each line, read as it stands, holds nothing like a hash but parts of those."""
    lines: dict[int, list[Letter]] = {}
    for one in letters:
        lines.setdefault(round(one.matrix[5]), []).append(one)
    for line in lines.values():
        said = "".join(one.sign for one in sorted(line, key=lambda each: each.matrix[4]))
        if _HASHLIKE.search(_without(re.sub(r"[^0-9A-Za-z]", "", said), hashes)):
            return False
    return True


def _without(said: str, hashes: Sequence[str]) -> str:
    """A line without the parts of hashes in it."""
    left, at = [], 0
    while at < len(said):
        length = 0
        while at + length < len(said) and any(said[at : at + length + 1] in one for one in hashes):
            length += 1
        if length >= _PART:
            left.append("|")
            at += length
        else:
            left.append(said[at])
            at += 1
    return "".join(left)


def _stand_out(shown: Any, page: Any, letters: Sequence[Letter]) -> bool:
    """Whether the letters that hashes are made of are seen: dark on light or light on dark."""
    height = page.get_height()
    grey = shown.convert("L")
    for one in letters:
        if one.sign not in "0123456789abcdef" or one.size >= LARGEST_LETTER:
            continue
        left, bottom, right, top = one.box
        area = (left - 0.5, height - top - 0.5, right + 0.5, height - bottom + 0.5)
        darkest, lightest = grey.crop(tuple(round(side * _SCALE) for side in area)).getextrema()
        if lightest - darkest < _CONTRAST:
            return False
    return True


def _draws_no_writing(page: Any, fingerprint: str) -> bool:
    """No pictures, and no shapes that could be letters, but for the squares of the code."""
    from pypdfium2 import raw

    small: list[tuple[float, ...]] = []
    bars = 0
    for one in page.get_objects(max_depth=8):
        if one.type in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}:
            continue
        if one.type != raw.FPDF_PAGEOBJ_PATH or raw.FPDFPath_CountSegments(one) > _MOST_SEGMENTS:
            return False
        left, bottom, right, top = one.get_bounds()
        if right - left < _SMALL and top - bottom < _SMALL:
            small.append((left, bottom, right, top))
        bars += 1
    if bars - len(small) > _MOST_BARS:
        return False
    return not small or (bool(fingerprint) and _is_code(page, small, fingerprint))


def _is_code(page: Any, small: Sequence[tuple[float, ...]], fingerprint: str) -> bool:
    """Whether the squares are those of the fingerprint's code and nothing else."""
    import pypdfium2 as pdfium
    from PIL import ImageChops
    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.pdf.qr import draw_qr

    left, bottom = (min(one[at] for one in small) for at in (0, 1))
    right, top = (max(one[at] for one in small) for at in (2, 3))
    if right - left > _LARGEST_CODE or top - bottom > _LARGEST_CODE:
        return False
    width, height = page.get_size()
    count = _modules(qr_text(fingerprint))
    unit = max(right - left, top - bottom) / count
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(width, height), invariant=1)
    draw_qr(canvas, qr_text(fingerprint), left - unit, bottom - unit, unit * (count + 2))
    canvas.showPage()
    canvas.save()
    opened: Any = pdfium.PdfDocument
    with opened(target.getvalue()) as document:
        expected = _drawn(document[0])
    area = tuple(round(side * _SCALE) for side in (left, height - top, right, height - bottom))
    difference = ImageChops.difference(_drawn(page).crop(area), expected.crop(area)).convert("L")
    return sum(difference.histogram()[_OTHER:]) <= _MOST_OTHER * 4


@cache
def _modules(code: str) -> int:
    from reportlab.graphics.barcode.qr import QrCodeWidget

    widget: Any = QrCodeWidget(code, barLevel="M")
    widget.qr.make()
    return int(widget.qr.getModuleCount())


def _is_as_written(page: Any, shown: Any, letters: Sequence[Letter], boxes: Sequence[StampBox]) -> bool:
    """Whether the page is its shapes and, over them, each letter from our own fonts in its place."""
    from PIL import Image, ImageChops, ImageDraw
    from pypdfium2 import raw

    if any(one.font not in _FONTS for one in letters):
        return False
    for one in list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        page.remove_obj(one)
    expected, size = _drawn(page), page.get_size()
    large = [one for one in letters if one.size >= LARGEST_LETTER]
    for colour in dict.fromkeys(one.colour for one in large):
        # the watermark lies below everything
        mask = _written([one for one in large if one.colour == colour], size)
        below = Image.composite(
            Image.new("RGB", shown.size, colour), Image.new("RGB", shown.size, "white"), mask
        )
        expected = ImageChops.darker(expected, below)
    rest = [one for one in letters if one.size < LARGEST_LETTER]
    for colour in dict.fromkeys(one.colour for one in rest):
        mask = _written([one for one in rest if one.colour == colour], size)
        expected = Image.composite(Image.new("RGB", shown.size, colour), expected, mask)
    difference = ImageChops.difference(shown, expected).convert("L")
    height = page.get_height()
    for box in boxes:
        area = (box.left - 1, height - box.top - 1, box.right + 1, height - box.bottom + 1)
        ImageDraw.Draw(difference).rectangle([side * _SCALE for side in area], fill=0)
    return sum(difference.histogram()[_OTHER:]) <= _MOST_OTHER


def _written(letters: Sequence[Letter], size: tuple[float, float]) -> Any:
    """Where the letters cover the page, from 0 to 255."""
    import pypdfium2 as pdfium
    from PIL import ImageOps
    from reportlab.pdfgen.canvas import Canvas

    _register()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1)
    for one in letters:
        text = canvas.beginText()
        text.setFont(_OURS + one.font, one.size)
        text.setTextTransform(*one.matrix)
        text.textOut(one.sign)
        canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    opened: Any = pdfium.PdfDocument
    with opened(target.getvalue()) as document:
        return ImageOps.invert(_drawn(document[0]).convert("L"))


@cache
def _register() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name in _FONTS:
        registerFont(TTFont(_OURS + name, str(resource("fonts", f"{name}.ttf"))))
