"""A PDF that was signed elsewhere comes back: is it still the document that was sealed?"""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.submission.pages import PageDifference, compare_pages, hidden_content
from desktop.submission.pdffields import shown_boxes, shown_outside
from desktop.submission.refusal import Refused
from desktop.submission.stampplaces import stamp_places

MAXIMUM_SIZE = 256 << 20
"""Bytes of a PDF that comes back."""


class Returned(StrEnum):
    """How the document that came back relates to the sealed one."""

    SAME_BYTES = "same-bytes"
    SAME_PAGES = "same-pages"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class NewSignature:
    """A signature that was not there when the document went out."""

    field: str
    holder: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, what was added, the reason in words, and the pages that differ."""

    grade: Returned
    signatures: tuple[NewSignature, ...]
    reason: Message
    pages: tuple[PageDifference, ...] = ()
    confirm: bool = False
    """Whether a person has to look at the pages and say that they are the same."""


def compare(sealed: bytes, returned: bytes, name: str, report: Report = quiet) -> Comparison:
    """Grade ``returned`` against ``sealed``. Raises Cancelled."""
    import pikepdf
    import pypdfium2 as pdfium
    from pyhanko.pdf_utils.misc import PdfError

    try:
        return _compare(sealed, returned, name, report)
    except Refused as error:
        return Comparison(Returned.DIFFERENT, (), error.message)
    except (
        PdfError, pikepdf.PdfError, pdfium.PdfiumError,
        ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    ) as error:  # fmt: skip
        reason = Message("submission.returned.unreadable", reason=type(error).__name__)
        return Comparison(Returned.DIFFERENT, (), reason)


def _compare(sealed: bytes, returned: bytes, name: str, report: Report) -> Comparison:
    from desktop.submission.pdfactive import check_active
    from desktop.submission.pdfread import read_signatures
    from desktop.trust.certificate import holder

    same = returned.startswith(sealed)
    before = {one.field for one in read_signatures(io.BytesIO(sealed), name, None)}
    found = read_signatures(io.BytesIO(returned), name, len(sealed) if same else None)
    new = tuple(NewSignature(one.field, holder(one.certificate)) for one in found if one.field not in before)
    check_active(io.BytesIO(returned), name)
    boxes = stamp_places(sealed)
    if not new:
        pages = () if same else compare_pages(sealed, returned, boxes, report)
        return Comparison(Returned.DIFFERENT, (), Message("submission.returned.unsigned"), pages)
    if same:
        outside = shown_outside(boxes, (box for _, box in shown_boxes(returned)))
        reason = Message("submission.returned.same_bytes")
        if outside is None:
            return Comparison(Returned.SAME_BYTES, new, reason)
        pages = compare_pages(sealed, returned, boxes, report)
        reason = Message("submission.returned.outside_box", page=outside + 1)
        return Comparison(Returned.SAME_BYTES, new, reason, pages, confirm=True)
    if before:
        # Writing the file anew destroys the signatures that were there.
        return Comparison(Returned.DIFFERENT, (), Message("submission.returned.signatures_lost"))
    pages = compare_pages(sealed, returned, boxes, report)
    if pages:
        return Comparison(Returned.DIFFERENT, new, pages[0].message, pages)
    hidden = hidden_content(sealed, returned)
    if hidden is not None:
        return Comparison(Returned.DIFFERENT, new, hidden)
    return Comparison(Returned.SAME_PAGES, new, Message("submission.returned.same_pages"), confirm=True)
