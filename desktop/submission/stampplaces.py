"""The boxes of a document that stamps may fill: such as are there for a stamp, and hold nothing to be read.

Whoever seals declares the boxes. One as large as the page, or one that lies on a figure, would let the stamp
of who signs second replace what the first one signed; so it counts as none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from desktop.base.pdfium import PDFIUM
from desktop.submission.pdffields import StampBox, boxes_in

LARGEST = (350.0, 160.0)
"""Points; our own are 212 x 76."""
_MOST_LETTERS = 80
"""A box says that the signature goes here, on a draft a piece of the watermark, and no more."""


def stamp_places(data: bytes | BinaryIO) -> tuple[StampBox, ...]:
    """The declared boxes of a sealed document. Raises what pikepdf and pdfium raise."""
    boxes = tuple(boxes_in(data).values())
    return tuple(_empty(data, [box for box in boxes if _plain(box, boxes)]))


def _plain(box: StampBox, boxes: tuple[StampBox, ...]) -> bool:
    small = box.right - box.left <= LARGEST[0] and box.top - box.bottom <= LARGEST[1]
    return small and not any(
        other is not box
        and other.page == box.page
        and min(other.right, box.right) > max(other.left, box.left)
        and min(other.top, box.top) > max(other.bottom, box.bottom)
        for other in boxes
    )


def _empty(data: bytes | BinaryIO, boxes: list[StampBox]) -> Iterator[StampBox]:
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    if not isinstance(data, bytes):
        data.seek(0)
    with PDFIUM, opened(data, autoclose=False) as document:
        for box in boxes:
            page = document[box.page]
            text = page.get_textpage()
            inside = text.get_text_bounded(box.left, box.bottom, box.right, box.top)
            text.close()
            page.close()
            if len(inside) <= _MOST_LETTERS and not any(letter.isdigit() for letter in inside):
                yield box
