"""Two PDFs page by page: where they look different, and both pages drawn side by side for a person's eyes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.base.pdfium import PDFIUM
from desktop.submission.pdffields import StampBox

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of a page."""

_SCALE = 1.5
"""Pixels per point when pages are compared; small print stays legible."""
_EDGE = 48
"""How far (of 255) single pixels may differ: programs smooth edges differently."""
_FAINT, _FAINT_PIXELS = 12, 60
"""A fainter difference counts when it covers more than these pixels: pale letters are letters too."""
MAXIMUM_DIFFERENCES = 200


class Kind(StrEnum):
    """In what a page differs."""

    LOOK = "look"
    TEXT = "text"
    """It looks the same, but other words are read out, copied and found."""
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
            Kind.SIZE: Message("submission.returned.page_size", page=self.page),
            Kind.GONE: Message("submission.returned.page_gone", page=self.page),
            Kind.NEW: Message("submission.returned.page_new", page=self.page),
        }[self.kind]


def compare_pages(
    sealed: bytes, returned: bytes, boxes: Sequence[StampBox], report: Report = quiet
) -> tuple[PageDifference, ...]:
    """Every page that differs outside ``boxes``. Raises PdfiumError, ValueError, Cancelled."""
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
            if len(found) >= MAXIMUM_DIFFERENCES:
                break
    return tuple(found)


def _difference(old: Any, new: Any, page: int, boxes: Sequence[StampBox]) -> PageDifference | None:
    from PIL import ImageChops, ImageDraw

    try:
        if any(abs(a - b) > 0.5 for a, b in zip(old.get_size(), new.get_size(), strict=True)):
            return PageDifference(page, Kind.SIZE)
        before, after = (one.render(scale=_SCALE, grayscale=True).to_pil() for one in (old, new))
        difference = ImageChops.difference(before, after)
        height = old.get_height()
        for box in boxes:
            # A point of margin: borders are drawn on the edge.
            area = (box.left - 1, height - box.top - 1, box.right + 1, height - box.bottom + 1)
            ImageDraw.Draw(difference).rectangle([value * _SCALE for value in area], fill=0)
        faint = difference.point(lambda value: 255 if value > _FAINT else 0)
        strong = difference.point(lambda value: 255 if value > _EDGE else 0)
        if strong.getbbox() is not None or faint.histogram()[255] > _FAINT_PIXELS:
            left, top, right, bottom = faint.getbbox() or (0, 0, 0, 0)
            return PageDifference(
                page, Kind.LOOK, (left / _SCALE, top / _SCALE, right / _SCALE, bottom / _SCALE)
            )
        if _words(old, boxes) != _words(new, boxes):
            return PageDifference(page, Kind.TEXT)
        return None
    finally:
        old.close()
        new.close()


def _words(page: Any, boxes: Sequence[StampBox]) -> list[str]:
    """The page's letters outside the boxes, in the order of the page, without regard to layout."""
    text = page.get_textpage()
    try:
        whole = text.get_text_bounded()
        for box in boxes:
            inside = text.get_text_bounded(box.left - 1, box.bottom - 1, box.right + 1, box.top + 1)
            for line in inside.splitlines():
                whole = whole.replace(line.strip(), "", 1) if line.strip() else whole
        return sorted("".join(whole.split()))
    finally:
        text.close()


def draw_page(data: bytes, page: int, width: int, mark: Area | None = None) -> bytes:
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
        scale = width / one.get_width()
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


def hidden_content(sealed: bytes, returned: bytes) -> Message | None:
    """What a rewritten file carries that no page shows: scripts, files inside, layers, other annotations."""
    import pikepdf

    with pikepdf.open(io.BytesIO(sealed)) as old, pikepdf.open(io.BytesIO(returned)) as new:
        root = new.Root
        for name in ("/OpenAction", "/AA", "/OCProperties", "/Collection"):
            if name in root and name not in old.Root:
                return Message("submission.returned.active", what=name)
        names = root.get("/Names", pikepdf.Dictionary())
        for name in ("/JavaScript", "/EmbeddedFiles"):
            if name in names:
                return Message("submission.returned.active", what=name)
        if "/XFA" in root.get("/AcroForm", pikepdf.Dictionary()):
            return Message("submission.returned.active", what="/XFA")
        for number, (before, after) in enumerate(zip(old.pages, new.pages, strict=False), 1):
            if "/AA" in after:
                return Message("submission.returned.active", what="/AA")
            if _annotations(after) - _annotations(before):
                return Message("submission.returned.annotation", page=number)
    return None


def _annotations(page: Any) -> set[str]:
    """The kinds of annotations that are no signature fields and no plain links within the document."""
    found = set()
    for one in page.get("/Annots", ()):
        kind, action = str(one.get("/Subtype", "")), one.get("/A", {})
        if kind == "/Widget" and str(one.get("/FT", "")) == "/Sig" and "/AA" not in one:
            continue
        found.add(f"{kind} {action.get('/S', '')}" if kind == "/Link" else kind)
    return found
