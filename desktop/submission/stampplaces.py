"""The boxes of a document that stamps may fill: such as are there for a stamp, and hold nothing to be read.

Whoever seals declares the boxes. One as large as the page, or one that lies on a figure, would let the stamp
of who signs second replace what the first one signed; so it counts as none.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any, BinaryIO

from desktop.base.pdfium import PDFIUM
from desktop.submission.pdf.fields import StampBox, shown_boxes
from desktop.submission.placeholder import is_sign
from desktop.submission.returning.drawn_turned import TURNED, draw_turned
from desktop.submission.sheet.letters import Letter, letters_of, remove_text

LARGEST = (350.0, 160.0)
"""Points; our own are 212 x 76."""
_FRAME = 2.0
"""Points at the edge of a box, where its own frame is drawn (ours reaches half as far into it)."""
_SCALE, _FAINT = 1.5, 3
"""Points of the screen for each, and how much darker than paper counts: ours are white."""
_LARGEST_LABEL, _SHARED = 9.0, 0.5
"""Points of letters in a box, ours have seven; and what a letter shares with a box that stands beside it."""
_MOST = 200
"""Boxes that are looked at; a document of ours has one for each official."""
_LABELS = frozenset(
    {
        "",
        "Tempattandatanganelektronik(TTE)",
        "Placefortheelectronicsignature",
        "Placefortheelectronicsignature(TTE)",
    }
)
"""What our books have printed in their boxes, without spaces."""


def stamp_places(data: bytes | BinaryIO, names: Container[str] | None = None) -> tuple[StampBox, ...]:
    """The declared boxes of a sealed document; of these fields alone, where another program wrote it anew.

    Raises what pikepdf and pdfium raise.
    """
    boxes = tuple(box for name, box in shown_boxes(data) if names is None or name in names)
    return tuple(_empty(data, [box for box in boxes if _plain(box, boxes)]))


def drawn_into(data: bytes | BinaryIO, names: Container[str]) -> tuple[int, ...]:
    """The pages (from 0) with something in the box of one of these fields that ours do not have there.

    Raises what pikepdf and pdfium raise.
    """
    boxes = {box for name, box in shown_boxes(data) if name in names}
    looked_at = [box for box in boxes if _is_small(box)] if len(boxes) <= _MOST else []
    return tuple(sorted({box.page for box in boxes.difference(_empty(data, looked_at))}))


def _plain(box: StampBox, boxes: tuple[StampBox, ...]) -> bool:
    return _is_small(box) and not any(
        other is not box
        and other.page == box.page
        and min(other.right, box.right) > max(other.left, box.left)
        and min(other.top, box.top) > max(other.bottom, box.bottom)
        for other in boxes
    )


def _is_small(box: StampBox) -> bool:
    return box.right - box.left <= LARGEST[0] and box.top - box.bottom <= LARGEST[1]


def _empty(data: bytes | BinaryIO, boxes: list[StampBox]) -> Iterator[StampBox]:
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    if not isinstance(data, bytes):
        data.seek(0)
    with PDFIUM, opened(data, autoclose=False) as document:
        for box in boxes:
            page = document[box.page]
            if _says_no_more(page, box) and _is_blank(page, box):
                yield box
            page.close()


def _says_no_more(page: Any, box: StampBox) -> bool:
    """Whether the letters in a box are only the sign for services and that the signature goes here.

    One such sign, where it belongs: of several a figure can be put together.
    """
    inside = [one for one in letters_of(page) if not one.is_watermark and _reaches_into(one, box)]
    sign = next((one for one in inside if is_sign(one, box)), None)
    said = [one for one in inside if one is not sign]
    plain = all(one.upright and one.seen <= _LARGEST_LABEL for one in said)
    return plain and "".join(one.sign for one in said) in _LABELS


def _reaches_into(one: Letter, box: StampBox) -> bool:
    """Whether a stamp in the box would cover any of a letter."""
    left, below, right, above = one.box
    across, up = min(right, box.right) - max(left, box.left), min(above, box.top) - max(below, box.bottom)
    return across >= min(_SHARED, (right - left) / 2) and up >= min(_SHARED, (above - below) / 2)


def _is_blank(page: Any, box: StampBox) -> bool:
    """Whether nothing but text that says something is drawn within the box's own frame."""
    remove_text(page, blank=False)
    width, height = page.get_size()
    inner = StampBox(box.page, box.left + _FRAME, box.bottom + _FRAME, box.right - _FRAME, box.top - _FRAME)
    if inner.right - inner.left < 1 or inner.top - inner.bottom < 1:
        return True
    crop = (inner.left, inner.bottom, width - inner.right, height - inner.top)
    upright = page.render(scale=_SCALE, crop=crop, draw_annots=False, may_draw_forms=False).to_pil()
    # the frame beside it comes in where the page is turned
    left, right = inner.left + TURNED, inner.right - TURNED
    part = (left, height - inner.top + TURNED, right, height - inner.bottom - TURNED)
    turned = [draw_turned(page, _SCALE, part)] if left < right and part[1] < part[3] else []
    return not any(any(one.convert("L").histogram()[: 255 - _FAINT]) for one in (upright, *turned))
