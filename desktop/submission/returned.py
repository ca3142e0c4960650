"""A PDF that was signed elsewhere comes back: is it still the document that was sealed?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.base import Message
from desktop.base.pdfium import PDFIUM
from desktop.submission.refusal import Refused

_SCALE = 1.5
"""Pixels per point when pages are compared; small print stays legible."""
_TOLERANCE = 48
"""How far (of 255) a pixel may differ: programs smooth edges differently."""


class Returned(StrEnum):
    """How the document that came back relates to the sealed one."""

    SAME_BYTES = "same-bytes"
    SAME_PAGES = "same-pages"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, the field that holds the new signature, and the reason in words."""

    grade: Returned
    field: str | None
    reason: Message


def compare(sealed: bytes, returned: bytes, field: str, name: str) -> Comparison:
    """Grade ``returned`` against ``sealed``; ``field`` is the one that was prepared for the signer."""
    from pyhanko.pdf_utils.misc import PdfError

    from desktop.submission.pdfread import read_signatures

    same = returned.startswith(sealed)
    try:
        before = {one.field for one in read_signatures(io.BytesIO(sealed), name, None)}
        found = read_signatures(io.BytesIO(returned), name, len(sealed) if same else None)
    except Refused as error:
        return Comparison(Returned.DIFFERENT, None, error.message)
    except (PdfError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Comparison(
            Returned.DIFFERENT, None, Message("submission.returned.unreadable", reason=type(error).__name__)
        )
    new = [one.field for one in found if one.field not in before]
    if not new:
        return Comparison(Returned.DIFFERENT, None, Message("submission.returned.unsigned"))
    chosen = field if field in new else new[-1]
    if same:
        return Comparison(Returned.SAME_BYTES, chosen, Message("submission.returned.same_bytes"))
    if before:
        # Writing the file anew destroys the signatures that were there.
        return Comparison(Returned.DIFFERENT, None, Message("submission.returned.signatures_lost"))
    difference = _different_page(sealed, returned, field)
    if difference is not None:
        return Comparison(Returned.DIFFERENT, None, difference)
    return Comparison(Returned.SAME_PAGES, chosen, Message("submission.returned.same_pages"))


def _different_page(sealed: bytes, returned: bytes, field: str) -> Message | None:
    """Where the pages differ outside the declared box; None when they do not."""
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    try:
        place = _box(sealed, field)
        with PDFIUM, opened(sealed) as old, opened(returned) as new:
            if len(old) != len(new):
                return Message("submission.returned.page_count", before=len(old), after=len(new))
            for number in range(len(old)):
                box = place[1] if place is not None and place[0] == number else None
                if not _same_page(old[number], new[number], box):
                    return Message("submission.returned.page", page=number + 1)
    except (pdfium.PdfiumError, ValueError) as error:
        return Message("submission.returned.unreadable", reason=type(error).__name__)
    return None


def _box(sealed: bytes, field: str) -> tuple[int, tuple[float, float, float, float]] | None:
    """The page and the box of a prepared field; None when it is invisible."""
    import pikepdf

    with pikepdf.open(io.BytesIO(sealed)) as document:
        for number, page in enumerate(document.pages):
            for annotation in page.get("/Annots", pikepdf.Array()):
                if str(annotation.get("/T", "")) != field:
                    continue
                left, bottom, right, top = (float(value) for value in annotation.Rect)
                if right > left and top > bottom:
                    return number, (left, bottom, right, top)
    return None


def _same_page(old: Any, new: Any, box: tuple[float, float, float, float] | None) -> bool:
    from PIL import ImageChops, ImageDraw

    if any(abs(a - b) > 0.5 for a, b in zip(old.get_size(), new.get_size(), strict=True)):
        return False
    before, after = (page.render(scale=_SCALE, grayscale=True).to_pil() for page in (old, new))
    difference = ImageChops.difference(before, after)
    if box is not None:
        height = old.get_height()
        left, bottom, right, top = box
        # A point of margin: borders are drawn on the edge.
        area = (left - 1, height - top - 1, right + 1, height - bottom + 1)
        ImageDraw.Draw(difference).rectangle([value * _SCALE for value in area], fill=0)
    extremes: Any = difference.getextrema()
    return int(extremes[1]) <= _TOLERANCE
