"""Two PDFs page by page: where they look different, and both pages drawn side by side for a person's eyes."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.base.pdfium import PDFIUM
from desktop.submission.pdf.fields import StampBox
from desktop.submission.returning.drawn_apart import apart
from desktop.submission.returning.drawn_turned import draw_turned, where_turned

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of a page."""
Pdf: TypeAlias = bytes | Path
"""A document: its bytes, or where they lie."""

_SCALE = 1.5
"""Pixels per point when pages are compared; small print stays legible."""
_PIXELS = 24_000_000
"""Of one page; an A0 map has 18 million. A page may claim to be as large as a house."""
_BAND = 2_000_000
"""Pixels that are compared at once, so that a large page takes no more memory than a small one."""
_PICTURE = 6_000_000
"""Pixels of a page that is drawn for a person."""
MAXIMUM_DIFFERENCES = 200
MOST_TOLD = 10
"""Pages that are named in a sentence."""


class Kind(StrEnum):
    """In what a page differs."""

    LOOK = "look"
    TEXT = "text"
    """It looks the same, but other words are read out, copied and found."""
    BOX = "box"
    """The page's own content differs within a signature's box, and nothing elsewhere."""
    STAMP = "stamp"
    """A signature is shown outside every box, and nothing is seen of it here."""
    SIZE = "size"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class PageDifference:
    """One page (from 1) that is not the sealed one; ``area`` bounds what looks different."""

    page: int
    kind: Kind
    area: Area | None = None

    @property
    def message(self) -> Message:
        """Where and what, in a sentence."""
        return {
            Kind.LOOK: Message("submission.returned.page", page=self.page),
            Kind.TEXT: Message("submission.returned.page_text", page=self.page),
            Kind.BOX: Message("submission.returned.page_box", page=self.page),
            Kind.STAMP: Message("submission.returned.outside_box", page=self.page),
            Kind.SIZE: Message("submission.returned.page_size", page=self.page),
            Kind.GONE: Message("submission.returned.page_gone", page=self.page),
            Kind.NEW: Message("submission.returned.page_new", page=self.page),
        }[self.kind]


def told_pages(pages: Iterable[int]) -> str:
    """Pages (from 0) as people count them; of many the first few, and that there are more."""
    told = sorted(set(pages))
    return ", ".join([*(str(page + 1) for page in told[:MOST_TOLD]), *["…"] * (len(told) > MOST_TOLD)])


def readable(document: Pdf) -> Any:
    """What pikepdf opens."""
    return io.BytesIO(document) if isinstance(document, bytes) else document


def compare_pages(
    sealed: Pdf, returned: Pdf, boxes: Sequence[StampBox], report: Report = quiet
) -> tuple[PageDifference, ...]:
    """Every page that differs outside ``boxes``, or whose own content does within them.

    What lies on a page (stamps, links) is compared outside of the boxes only. Raises PdfiumError, ValueError,
    Cancelled.
    """
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    found: list[PageDifference] = []
    with PDFIUM, opened(sealed) as old, opened(returned) as new:
        for document in (old, new):
            document.init_forms()  # else what signatures show is not drawn
        before, after = len(old), len(new)
        for number in range(max(before, after)):
            report(number, max(before, after), Message("submission.returned.comparing", page=number + 1))
            if number >= after:
                found.append(PageDifference(number + 1, Kind.GONE))
            elif number >= before:
                found.append(PageDifference(number + 1, Kind.NEW))
            else:
                here = [box for box in boxes if box.page == number]
                one = _difference(old[number], new[number], number + 1, here)
                found += [one] if one is not None else []
            # a page has boxes for people; no number of them ends the comparison before what is graver
            if sum(one.kind is not Kind.BOX for one in found) >= MAXIMUM_DIFFERENCES:
                break
    return tuple(found)


def _difference(old: Any, new: Any, page: int, boxes: Sequence[StampBox]) -> PageDifference | None:
    try:
        if any(abs(a - b) > 0.5 for a, b in zip(old.get_size(), new.get_size(), strict=True)):
            return PageDifference(page, Kind.SIZE)
        # what stands on the page itself, first in boxes too: stamps are laid upon it
        within = _differing(old, new, (), stamps=False)
        outside = _differing(old, new, boxes, stamps=False) if within is not None and boxes else within
        if outside is None and any(map(_has_annotations, (old, new))):
            outside = _differing(old, new, boxes, stamps=True)
        if outside is not None:
            return PageDifference(page, Kind.LOOK, outside)
        if _words(old, boxes) != _words(new, boxes):
            return PageDifference(page, Kind.TEXT)
        if boxes and (within is not None or _words(old, ()) != _words(new, ())):
            return PageDifference(page, Kind.BOX, within)
        return None
    finally:
        old.close()
        new.close()


def _has_annotations(page: Any) -> bool:
    from pypdfium2 import raw

    return int(raw.FPDFPage_GetAnnotCount(page)) > 0


def _differing(old: Any, new: Any, boxes: Sequence[StampBox], *, stamps: bool) -> Area | None:
    """Where two pages look different outside of ``boxes``, in points; None when they do not.

    ``stamps``: with the annotations and fields that lie on them.
    """
    scale = _fitting(_SCALE, old, _PIXELS)
    width, whole = old.get_size()
    bands = max(1, math.ceil(width * whole * scale * scale / _BAND))
    # a point of margin: borders are drawn on the edge
    left_out = [(box.left - 1, whole - box.top - 1, box.right + 1, whole - box.bottom + 1) for box in boxes]
    found: list[Area] = []
    for at in range(bands):
        top, height = at * whole / bands, whole / bands
        crop = (0, max(0.0, whole - top - height), 0, top)
        before, after = (
            one.render(scale=scale, crop=crop, draw_annots=stamps, may_draw_forms=stamps).to_pil()
            for one in (old, new)
        )
        without = (_moved(each, -top, scale) for each in left_out)
        area = apart(before, after, without)
        if area is None and not stamps:
            part = (0.0, top, width, min(whole, top + height))
            before, after = (draw_turned(one, scale, part) for one in (old, new))
            area = apart(before, after, (where_turned(each, scale, top) for each in left_out))
        if area is not None:
            left, upper, right, lower = (side / scale for side in area)
            found.append((left, upper + top, right, lower + top))
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _moved(part: Area, down: float, scale: float) -> Area:
    """A part of a page in the points of a picture of it."""
    left, top, right, bottom = part
    return left * scale, (top + down) * scale, right * scale, (bottom + down) * scale


def _fitting(scale: float, page: Any, pixels: int) -> float:
    """The scale, or what keeps the picture of a huge page within bounds."""
    width, height = (max(1.0, float(side)) for side in page.get_size())
    return min(scale, math.sqrt(pixels / (width * height)), 4 * math.sqrt(pixels) / max(width, height))


def _words(page: Any, boxes: Sequence[StampBox]) -> str:
    """The page's letters outside the boxes, in the order in which they are read, without spaces."""
    text = page.get_textpage()
    try:
        if not boxes:
            return "".join(text.get_text_bounded().split())
        whole = text.get_text_range()
        if len(whole) != text.count_chars():
            # signs that need two places: told apart box by box would be letter by letter wrong
            return "".join(whole.split())
        return "".join(
            letter
            for place, letter in enumerate(whole)
            if not letter.isspace() and not _is_in(text.get_charbox(place), boxes)
        )
    finally:
        text.close()


def _is_in(letter: Area, boxes: Sequence[StampBox]) -> bool:
    x, y = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    return any(box.left - 1 <= x <= box.right + 1 and box.bottom - 1 <= y <= box.top + 1 for box in boxes)


def draw_page(data: Pdf, page: int, width: int, mark: Area | None = None) -> bytes:
    """Page ``page`` (from 1) as PNG of this width in pixels, an area framed; empty when there is none.

    Raises PdfiumError.
    """
    import pypdfium2 as pdfium
    from PIL import ImageDraw

    opened: Any = pdfium.PdfDocument
    with PDFIUM, opened(data) as document:
        if not 1 <= page <= len(document):
            return b""
        document.init_forms()
        one = document[page - 1]
        scale = _fitting(width / max(1.0, one.get_width()), one, _PICTURE)
        image = one.render(scale=scale).to_pil().convert("RGB")
        one.close()
    if mark is not None:
        left, top, right, bottom = (value * scale for value in mark)
        ImageDraw.Draw(image).rectangle(
            (left - 4, top - 4, right + 4, bottom + 4), outline="#c0392b", width=3
        )
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
