"""Pictures of a document that another program wrote anew: are they those that were sealed?

Signing services hand pictures on as they are. One that was not there may be drawn by the next program in
another way than by ours, so that comparing pages with one's eyes proves little.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.base.pdfium import PDFIUM
from desktop.submission.pdf.fields import StampBox
from desktop.submission.returning.pages import Pdf, readable


def strange_pictures(sealed: Pdf, returned: Pdf, boxes: Sequence[StampBox]) -> tuple[int, ...]:
    """The pages (from 1) with a picture outside of ``boxes`` that the sealed document does not hold.

    Raises what pikepdf and pdfium raise.
    """
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    with PDFIUM, opened(sealed) as old, opened(returned) as new:
        known = {sha256 for _, sha256, _ in _drawn(old)}
        strange = {
            page + 1
            for page, sha256, bounds in _drawn(new)
            if sha256 not in known and not any(_lies_in(page, bounds, box) for box in boxes)
        }
    return tuple(sorted(strange)) or ((1,) if _is_masked(returned, known) else ())


def _drawn(document: Any) -> Iterator[tuple[int, bytes, tuple[float, ...] | None]]:
    """Each picture: its page (from 0), the hash of its points as they are packed, and where it lies.

    Where one lies that is part of something else is not known.
    """
    from pypdfium2 import raw

    for number in range(len(document)):
        page = document[number]
        try:
            for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
                data = bytes(one.get_data(decode_simple=True))
                yield number, hashlib.sha256(data).digest(), None if one.level else one.get_bounds()
        finally:
            page.close()


def _lies_in(page: int, bounds: tuple[float, ...] | None, box: StampBox) -> bool:
    if bounds is None or page != box.page:
        return False
    left, below, right, above = bounds
    return (
        box.left - 1 <= left and box.bottom - 1 <= below and right <= box.right + 1 and above <= box.top + 1
    )


def _is_masked(document: Pdf, known: set[bytes]) -> bool:
    """Whether a picture that was sealed is seen through a mask, which ours have none of."""
    import pikepdf

    with pikepdf.open(readable(document)) as opened:
        return any(
            isinstance(one, pikepdf.Stream)
            and {"/SMask", "/Mask"} & set(one.keys())
            and hashlib.sha256(one.read_raw_bytes()).digest() in known
            for one in opened.objects
        )
