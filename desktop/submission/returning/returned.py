"""A PDF that was signed elsewhere comes back: is it still the document that was sealed?"""

from __future__ import annotations

import io
import zlib
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from io import BufferedReader
from typing import Any, BinaryIO

from desktop.base import Message
from desktop.base.jobs import Report, quiet
from desktop.base.ordinary import open_ordinary
from desktop.submission.frame.window import Window
from desktop.submission.pdf.fields import (
    LOST,
    StampBox,
    field_names,
    has_lost,
    overlapping,
    shown_boxes,
    shown_outside,
)
from desktop.submission.pdf.stamped import Stamps, stamps_of
from desktop.submission.quoting import bounded
from desktop.submission.refusal import Refused, code_of
from desktop.submission.returning.archival import no_longer_archival
from desktop.submission.returning.beside_pages import hidden_content, links_gone, said_besides
from desktop.submission.returning.pages import MOST_TOLD, Kind, PageDifference, Pdf, compare_pages, told_pages
from desktop.submission.returning.pictures import strange_pictures
from desktop.submission.stampplaces import stamp_places

MAXIMUM_SIZE = 256 << 20
"""Bytes of a PDF that comes back."""
_PIECE = 1 << 20


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
    closes: bool = False
    """Whether nobody may sign the document after it."""
    issuer: str = ""
    """Who issued the holder's certificate: anybody can make one in an official's name."""

    @property
    def issued_by(self) -> str:
        """The same for a sentence that quotes it."""
        return bounded(self.issuer)

    @property
    def held_by(self) -> str:
        """Whose the certificate is by its own word, for a sentence that quotes it."""
        return bounded(self.holder)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer, what was added, the reason in words, and the pages that differ."""

    grade: Returned
    signatures: tuple[NewSignature, ...]
    reason: Message
    pages: tuple[PageDifference, ...] = ()
    confirm: bool = False
    """Whether a person has to look at the pages and say that they are the same."""
    more: tuple[Message, ...] = ()
    """What else that person is asked about."""
    places: tuple[tuple[str, int, float, float, float, float], ...] = ()
    """Where the fields of the sealed document lay, if it was written anew: name, page from 0, corners."""
    also: tuple[Message, ...] = ()
    """What is to be known besides, about which nobody is asked."""

    @property
    def code(self) -> str:
        """The reason's short code, stable across versions: ``returned.same_bytes``, ``limit.time``."""
        return code_of(self.reason)

    @property
    def unfinished(self) -> bool:
        """Whether looking at it was given up, so that nobody knows what it is."""
        return self.code.startswith("limit.")

    def to_json(self) -> dict[str, Any]:
        """A JSON object that :meth:`from_json` reads back."""
        return {
            "grade": self.grade.value,
            "signatures": [asdict(one) for one in self.signatures],
            "reason": self.reason.to_json(),
            "pages": [asdict(one) for one in self.pages],
            "confirm": self.confirm,
            "more": [one.to_json() for one in self.more],
            "places": self.places,
            "also": [one.to_json() for one in self.also],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Comparison:
        """Read what :meth:`to_json` wrote. Raises ValueError (msgspec's among them) for anything else."""
        import msgspec

        reason = data.get("reason")
        if not isinstance(reason, Mapping):
            raise ValueError(data)  # noqa: TRY004 - bad data, not a bad call
        return cls(
            msgspec.convert(data.get("grade"), Returned),
            msgspec.convert(data.get("signatures"), tuple[NewSignature, ...]),
            Message.from_json(reason),
            msgspec.convert(data.get("pages"), tuple[PageDifference, ...]),
            msgspec.convert(data.get("confirm"), bool),
            tuple(Message.from_json(one) for one in msgspec.convert(data.get("more"), list[dict[str, Any]])),
            msgspec.convert(data.get("places"), tuple[tuple[str, int, float, float, float, float], ...]),
            tuple(Message.from_json(one) for one in msgspec.convert(data.get("also"), list[dict[str, Any]])),
        )


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the sealed document from before anybody signed it."""

    begin: int = 0
    """How many bytes of it were there then; 0 is all of it, or none where another program wrote it anew."""
    fields: tuple[str, ...] = ()
    """The fields that it had for officials, if it was written anew."""

    def places(self, sealed: BinaryIO) -> tuple[StampBox, ...]:
        """Where a stamp may lie, as a verification goes by it: a service may have made fields of its own."""
        if self.begin:
            return stamp_places(BufferedReader(Window(sealed, 0, self.begin)))
        return stamp_places(sealed, frozenset(self.fields) or None)


AS_IT_IS = Before()
"""A document that nobody has signed, or of which no more is known."""


def compare(
    sealed: Pdf,
    returned: Pdf,
    name: str,
    report: Report = quiet,
    *,
    signers: int = 0,
    before: Before = AS_IT_IS,
) -> Comparison:
    """Grade ``returned`` against ``sealed``, without bounds (:class:`comparing.Looker` has them).

    ``signers``: how many sign the document in the end, if known; ``before``: how it was before anybody
    signed. Raises Cancelled.
    """
    import pikepdf
    import pypdfium2 as pdfium
    from pyhanko.pdf_utils.misc import PdfError

    try:
        found = _compare(sealed, returned, name, report, signers, before)
        less = no_longer_archival(sealed, returned) if found.grade is not Returned.DIFFERENT else None
        return replace(found, also=(*found.also, less)) if less is not None else found
    except Refused as error:
        return Comparison(Returned.DIFFERENT, (), error.message)
    except (
        PdfError, pikepdf.PdfError, pdfium.PdfiumError, zlib.error,
        ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError,
        AssertionError,  # pyHanko's, of a table whose parts are in no order
    ):  # fmt: skip
        return Comparison(Returned.DIFFERENT, (), Message("submission.returned.unreadable"))


def _compare(
    sealed: Pdf, returned: Pdf, name: str, report: Report, signers: int, unsigned: Before
) -> Comparison:
    from desktop.submission.pdf.active import check_active
    from desktop.submission.pdf.read import read_signatures
    from desktop.trust.certificate import holder, issuer

    with _opened(sealed) as old, _opened(returned) as new:
        size = _begins_with(new, old)
        before = {one.field for one in read_signatures(old, name, None)}
        found = read_signatures(new, name, size, signers=signers)
        check_active(new, name)
        _check_clocks(old, new, name)
        boxes = unsigned.places(old)
        added = [one for one in found if one.field not in before]
        signatures = tuple(
            NewSignature(one.field, holder(one.certificate), one.closes, issuer(one.certificate))
            for one in added
        )
        stamps = stamps_of(new) if signatures else Stamps()
        there = {one for one in shown_boxes(old) if one[0] in before}
        stray = _stray(boxes, there, new, stamps) if signatures else ()
    doubtful = _doubtful(stray, stamps)
    if not signatures:
        pages = () if size is not None else compare_pages(sealed, returned, boxes, report)
        return Comparison(Returned.DIFFERENT, (), Message("submission.returned.unsigned"), pages)
    if size is not None and doubtful:
        pages = compare_pages(sealed, returned, boxes, report)
        asked = Comparison(Returned.SAME_BYTES, signatures, doubtful[0], pages, confirm=True)
        return replace(asked, more=doubtful[1:])
    if size is not None:
        same = Message("submission.returned.same_bytes")
        return Comparison(Returned.SAME_BYTES, signatures, same)
    if before:
        # Writing the file anew destroys the signatures that were there.
        return Comparison(Returned.DIFFERENT, (), Message("submission.returned.signatures_lost"))
    pages = compare_pages(sealed, returned, boxes, report)
    other = [one for one in pages if one.kind is not Kind.BOX]
    if other:
        return Comparison(Returned.DIFFERENT, signatures, other[0].message, pages)
    hidden = hidden_content(sealed, returned)
    if hidden is not None:
        return Comparison(Returned.DIFFERENT, signatures, hidden)
    # in a box there may be a stamp that the service drew so, or what somebody put above an official's name
    within = Message("submission.returned.within_box", page=pages[0].page) if pages else None
    # one program of several draws the pages here, and shows nothing of these
    pages = (*(PageDifference(page + 1, Kind.STAMP) for page in stray[:MOST_TOLD]), *pages)
    others = (within, _unusual_anew(sealed, returned, boxes))
    told = [*doubtful, *(one for one in others if one is not None)]
    reason, *more = told or [Message("submission.returned.same_pages")]
    anew = Comparison(Returned.SAME_PAGES, signatures, reason, pages, confirm=True, more=tuple(more))
    gone = links_gone(sealed, returned)
    return replace(anew, places=_places(sealed), also=(gone,) if gone is not None else ())


def _places(sealed: Pdf) -> tuple[tuple[str, int, float, float, float, float], ...]:
    with _opened(sealed) as old:
        found = shown_boxes(old)
    return tuple((name, one.page, one.left, one.bottom, one.right, one.top) for name, one in found)


def _check_clocks(old: BinaryIO, new: BinaryIO, name: str) -> None:
    """Raise :class:`Refused` where a clock took the field of whoever was to sign in it."""
    if field_names(new, clocks=True) & (field_names(old) - field_names(old, clocks=True)):
        raise Refused(Message("submission.pdf.field", file=name, what="/V"))


def _unusual_anew(sealed: Pdf, returned: Pdf, boxes: tuple[StampBox, ...]) -> Message | None:
    """What is unusual about a document that was written anew and looks as it did."""
    from desktop.submission.pdf.redrawn import unusual_beside

    with _opened(sealed) as old, _opened(returned) as new:
        # whose a box is says whose stamp may lie in it
        what = {LOST} if has_lost(old, new) else set()
        what.update(unusual_beside(old, new))
    what.update(said_besides(sealed, returned))
    if strange_pictures(sealed, returned, boxes):
        what.add("/Image")
    return Message("submission.returned.unusual", what=", ".join(sorted(what))) if what else None


def _stray(
    boxes: tuple[StampBox, ...], there: Container[tuple[str, StampBox]], new: BinaryIO, stamps: Stamps
) -> tuple[int, ...]:
    """The pages (from 0) with a stamp that may cover what stands beside its box, in some program at least.

    Those that were ``there`` already were asked about when they came.
    """
    outside = shown_outside(boxes, (one[1] for one in shown_boxes(new) if one not in there))
    return tuple(sorted(outside | overlapping(new) | stamps.unread))


def _doubtful(stray: tuple[int, ...], stamps: Stamps) -> tuple[Message, ...]:
    """Why a stamp may cover what stands beside its box; nothing where each stays in one of its own."""
    if not stray:
        return ()
    where = Message("submission.returned.outside_box", page=told_pages(stray))
    unread = sorted({one.what for one in stamps.odds if one.unread})
    return (where, Message("submission.returned.unusual", what=", ".join(unread))) if unread else (where,)


def _opened(document: Pdf) -> BinaryIO:
    return io.BytesIO(document) if isinstance(document, bytes) else open_ordinary(document)


def _begins_with(new: BinaryIO, old: BinaryIO) -> int | None:
    """How long the old document is, if the new one begins with it."""
    while piece := old.read(_PIECE):
        if new.read(len(piece)) != piece:
            return None
    return old.tell()
