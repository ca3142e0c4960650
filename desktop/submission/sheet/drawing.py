"""Two sheets held against each other as pictures: what is drawn besides text, and the pages as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TypeAlias

from desktop.base.pdfium import PDFIUM
from desktop.submission.pdf.fields import StampBox
from desktop.submission.returning.drawn_apart import apart
from desktop.submission.returning.drawn_turned import draw_turned, where_turned
from desktop.submission.sheet.letters import remove_text
from desktop.submission.sheet.reading import sign_areas

_SCALE = 2.0
_ROUNDED, _SMOOTHED = 4, 16
"""How far (of 255) each colour of a point may differ where one program drew the same twice: drawing, text."""
_SAME_SIZE = 0.5

_Area: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""


def drawn_otherwise(
    sheet: BinaryIO, expected: BinaryIO, boxes: Sequence[StampBox], *, anew: bool
) -> int | None:
    """The first page (from 0) that looks otherwise, but for the signs for services in ``boxes``.

    Where the sheet was written ``anew`` by another program only what is drawn besides text is held against
    the other, outside of ``boxes``: stamps are there, and letters are drawn differently.
    """
    import pypdfium2 as pdfium

    sheet.seek(0)
    expected.seek(0)
    opened: Any = pdfium.PdfDocument
    with PDFIUM, opened(sheet.read()) as one, opened(expected.read()) as other:
        for number in range(len(other)):
            shown, wanted = one[number], other[number]
            left_out = _left_out(boxes, number, anew=anew)
            if not _same_size(shown, wanted) or not _same(shown, wanted, left_out, anew=anew):
                return number
    return None


def _left_out(boxes: Iterable[StampBox], page: int, *, anew: bool) -> list[_Area]:
    here = [box for box in boxes if box.page == page]
    if anew:
        return [(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1) for box in here]
    return list(sign_areas(here, page))


def _same_size(one: Any, other: Any) -> bool:
    return all(abs(a - b) <= _SAME_SIZE for a, b in zip(one.get_size(), other.get_size(), strict=True))


def _same(shown: Any, wanted: Any, left_out: Sequence[_Area], *, anew: bool) -> bool:
    if not anew and any(_differing(shown, wanted, left_out, _SMOOTHED)):
        return False
    for page in (shown, wanted):
        remove_text(page)
    return _same_anew(shown, wanted, left_out) if anew else not any(_differing(shown, wanted, (), _ROUNDED))


def _same_anew(shown: Any, wanted: Any, left_out: Sequence[_Area]) -> bool:
    """As where pages are compared: who rounds numbers moves edges, and pale letters are letters too."""
    one, other = _picture(shown), _picture(wanted)
    if one.size != other.size or apart(one, other, _pixels(left_out, shown.get_height())) is not None:
        return False
    height = shown.get_height()
    parts = ((left, height - top, right, height - bottom) for left, bottom, right, top in left_out)
    turned = (where_turned(each, _SCALE) for each in parts)
    return apart(draw_turned(shown, _SCALE), draw_turned(wanted, _SCALE), turned) is None


def _pixels(areas: Iterable[_Area], height: float) -> Iterator[list[float]]:
    for left, bottom, right, top in areas:
        yield [side * _SCALE for side in (left, height - top, right, height - bottom)]


def _differing(shown: Any, wanted: Any, left_out: Iterable[_Area], most: int) -> Iterator[int]:
    """For red, green and blue, how many points differ by more."""
    from PIL import ImageChops, ImageDraw

    one, other = _picture(shown), _picture(wanted)
    if one.size != other.size:
        yield one.size[0] * one.size[1]
        return
    difference, height = ImageChops.difference(one, other), shown.get_height()
    for area in _pixels(left_out, height):
        ImageDraw.Draw(difference).rectangle(area, fill=(0, 0, 0))
    for channel in difference.split():
        yield sum(channel.histogram()[most + 1 :])


def _picture(page: Any) -> Any:
    return page.render(scale=_SCALE, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")
