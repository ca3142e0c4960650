"""The approval sheet as it is seen: what the official reads on it is what the verifier reads in it.

The text behind a page proves nothing by itself: it may be unseen, or its letters may look like others, while
a picture shows another hash. So the page is drawn twice, as it is, and without its text but with the same
letters from our own fonts where they stand; and what is drawn besides text can be no writing.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, BinaryIO

from desktop.base.fingerprint import groups_of, qr_text
from desktop.base.pdfium import PDFIUM
from desktop.base.resources import resource
from desktop.submission.pdf.fields import StampBox
from desktop.submission.sheet.letters import Letter, letters_of, remove_text, within
from desktop.submission.sheet.lines import lines_are_plain, words_are_own

_SCALE = 2.0
_BESIDE = (1.87, 2.13)
"""Drawings put letters on whole pixels: one on the half of a pixel falls to either side by a rounding.

At scales beside it does not, and both have to agree; a letter that is another one is so at all of them.
"""
_OTHER, _MOST_OTHER = 48, 24
"""How far (of 255) pixels may differ between the two drawings, and how many may differ more.

Less than a letter has to stand out, or one that is not there would be none that is missed.
"""
_CONTRAST = 90
"""Between the letters of a hash and what is around them."""
_SMALL, _MOST_SEGMENTS, _MOST_BARS = 8.0, 40, 400
"""Points of a shape that could be a letter; parts of one shape; bars and frames of one page."""
_LARGEST_CODE = 120.0
_LEAST_LETTER, _STANDING_OUT = 5.5, 60
"""Points of the smallest letter to the eye (ours: 6), and how much lighter or darker than the page it is."""
_DEEPEST = 8
"""Groups within groups that are looked into."""
_MOST_PAGES, _LONGEST_SIDE, _MOST_LETTERS = 20, 1300.0, 20_000
"""What is looked at; our own sheets have a page or two of A4."""
_FONTS = ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic")
_OURS = "RancangSeen"
"""Before the fonts' names: those that books are printed with stay as they are."""


def is_seen(
    sheet: BinaryIO,
    hashes: Sequence[str],
    fingerprint: str,
    boxes: Sequence[StampBox] = (),
    *,
    composed: Callable[[], bool] = lambda: False,
) -> bool:
    """Whether the pages show these hashes, the words and code of ``fingerprint``, and nothing like others.

    In ``boxes`` anything may stand, but for what has to be seen. ``composed``: whether the sheet says what it
    would if it were composed anew; what it says then is not guessed at. Raises what pdfium raises.
    """
    import pypdfium2 as pdfium

    sheet.seek(0)
    data = sheet.read()
    opened: Any = pdfium.PdfDocument
    texts: list[str] = []
    with PDFIUM, opened(data) as document:
        if len(document) > _MOST_PAGES:
            return False
        for number in range(len(document)):
            page = document[number]
            here = [box for box in boxes if box.page == number]
            spaced = [one for one in letters_of(page, spaces=True) if not within(one.box, here)]
            texts.append("".join(one.sign for one in spaced if one.sign == " " or not one.is_watermark))
            letters = [one for one in spaced if one.sign != " "]
            if not _is_plain(page, letters):
                return False
            lines = [one for one in letters if not one.is_watermark]
            if not lines_are_plain(lines, hashes) and not composed():
                return False
            # stamps in the page itself are drawn of all kinds of shapes
            if not boxes and not _draws_no_writing(page, fingerprint):
                return False
            if not _is_as_written(page, letters, here, _SCALE) and not all(
                _is_as_written(document[number], letters, here, scale) for scale in _BESIDE
            ):
                return False
            page.close()
    text = " ".join(" ".join(texts).split())
    # where a box or the watermark holds them they are not seen
    printed = (" ".join(groups_of(half)) for one in hashes for half in (one[:32], one[32:]) if half)
    own = not fingerprint or words_are_own(text, fingerprint) or composed()
    return own and all(one in text for one in printed)


def _is_plain(page: Any, letters: Sequence[Letter]) -> bool:
    """Whether the letters of one page are written to be read."""
    if max(page.get_size()) > _LONGEST_SIDE or len(letters) > _MOST_LETTERS:
        return False
    lines = [one for one in letters if not one.is_watermark]
    if any(one.seen < _LEAST_LETTER or not one.upright for one in lines):
        return False
    return _stand_out(_drawn(page), page, lines)


def _drawn(page: Any, scale: float = _SCALE) -> Any:
    """The page without what lies on it."""
    return page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")


def _stand_out(shown: Any, page: Any, letters: Sequence[Letter]) -> bool:
    """Whether the letters that hashes are made of are seen: dark on light or light on dark."""
    height = page.get_height()
    grey = shown.convert("L")
    for one in letters:
        if one.sign not in "0123456789abcdef":
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
    for one in page.get_objects(max_depth=_DEEPEST):
        if one.type == raw.FPDF_PAGEOBJ_FORM and one.level >= _DEEPEST - 1:
            # what is drawn in it was not looked at
            return False
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


def _is_as_written(page: Any, letters: Sequence[Letter], boxes: Sequence[StampBox], scale: float) -> bool:
    """Whether the page is its shapes and, over them, each letter from our own fonts in its place."""
    from PIL import Image, ImageChops, ImageDraw

    if any(one.font not in _FONTS for one in letters):
        return False
    shown = _drawn(page, scale)
    # text in forms as well: a letter of a form may look like anything
    remove_text(page)
    expected, size = _drawn(page, scale), page.get_size()
    if not _differ_from(expected, letters, size[1], scale):
        return False
    large = [one for one in letters if one.is_watermark]
    for colour in dict.fromkeys(one.colour for one in large):
        # the watermark lies below everything
        mask = _written([one for one in large if one.colour == colour], size, scale)
        below = Image.composite(
            Image.new("RGB", shown.size, colour), Image.new("RGB", shown.size, "white"), mask
        )
        expected = ImageChops.darker(expected, below)
    rest = [one for one in letters if not one.is_watermark]
    for colour in dict.fromkeys(one.colour for one in rest):
        mask = _written([one for one in rest if one.colour == colour], size, scale)
        expected = Image.composite(Image.new("RGB", shown.size, colour), expected, mask)
    difference = ImageChops.difference(shown, expected)
    height = page.get_height()
    for box in boxes:
        area = (box.left - 1, height - box.top - 1, box.right + 1, height - box.bottom + 1)
        ImageDraw.Draw(difference).rectangle([side * scale for side in area], fill=(0, 0, 0))
    most = _MOST_OTHER * min(1.0, scale / _SCALE) ** 2
    return all(sum(one.histogram()[_OTHER:]) <= most for one in difference.split())


def _differ_from(below: Any, letters: Sequence[Letter], height: float, scale: float) -> bool:
    """Whether each letter has another colour than what lies below it: none is written not to be read."""
    from PIL import ImageStat

    grey = below.convert("L")
    for one in letters:
        if one.is_watermark:
            continue
        left, bottom, right, top = one.box
        x, y = round(left * scale), round((height - top) * scale)
        area = (x, y, max(round(right * scale), x + 1), max(round((height - bottom) * scale), y + 1))
        if abs(ImageStat.Stat(grey.crop(area)).mean[0] - one.grey) < _STANDING_OUT:
            return False
    return True


def _written(letters: Sequence[Letter], size: tuple[float, float], scale: float) -> Any:
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
        return ImageOps.invert(_drawn(document[0], scale).convert("L"))


@cache
def _register() -> None:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    for name in _FONTS:
        registerFont(TTFont(_OURS + name, str(resource("fonts", f"{name}.ttf"))))
