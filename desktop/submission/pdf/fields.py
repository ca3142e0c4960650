"""Empty signature fields in a PDF before it is sealed: where officials will sign, agreed in advance.

Every expected signer gets one now: who signs fills it, and nothing else of the document changes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message, RancangError
from desktop.submission.pdf.packed import unpacked

if TYPE_CHECKING:
    import pikepdf


class NoPlaceToSign(RancangError):
    """The PDF cannot be given signature fields."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("submission.pdf.no_fields", file=file))


LOST = "/AcroForm /Fields"
"""What is unusual, as ISO 32000-1 calls it, where a document has lost a place to sign in."""
_DEEPEST = 32
"""Fields within fields."""
_SHORT = 4096
"""Bytes, packed, of a look that draws nothing."""
_REMARKS = re.compile(rb"%[^\r\n]*")


@dataclass(frozen=True, slots=True)
class StampBox:
    """Where a visible signature goes: page from 0, and the box in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def field_name(role: str) -> str:
    """The PDF field for a role; a full stop would mean a field within a field (ISO 32000-1, 12.7.3.2)."""
    return role.replace(".", "-")


def with_fields(data: bytes, boxes: dict[str, StampBox | None], file: str) -> bytes:
    """The PDF with an empty signature field for each role; equal input, equal bytes.

    A role without a box signs invisibly; into a box goes the sign that signing services look for.
    Raises :class:`NoPlaceToSign` when ``data`` is no PDF or a box lies on no page.
    """
    import pikepdf
    import pypdfium2 as pdfium

    from desktop.submission.placeholder import draw_sign, signs_for

    target = io.BytesIO()
    try:
        signs = signs_for(data, [role for role, box in boxes.items() if box is not None])
        with pikepdf.open(io.BytesIO(data)) as document:
            for role, box in boxes.items():
                _add(document, field_name(role), box)
                if box is not None and role in signs:
                    draw_sign(document, document.pages[box.page], box, signs[role])
            document.save(
                target,
                deterministic_id=True,
                preserve_pdfa=True,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
    except (pikepdf.PdfError, pdfium.PdfiumError, IndexError, ValueError, TypeError) as error:
        raise NoPlaceToSign(file) from error
    return target.getvalue()


def boxes_in(data: bytes | BinaryIO) -> dict[str, StampBox]:
    """The visible signature fields of a PDF by name, signed or not. Raises what pikepdf raises."""
    return dict(shown_boxes(data))


def shown_boxes(data: bytes | BinaryIO) -> tuple[tuple[str, StampBox], ...]:
    """Every place where a signature is shown, with its field's full name. Raises what pikepdf raises.

    A field may be shown several times, say its kind in the field above it, and name any two corners.
    """
    import pikepdf

    found: list[tuple[str, StampBox]] = []
    with pikepdf.open(io.BytesIO(data) if isinstance(data, bytes) else data) as document:
        for number, page in enumerate(document.pages):
            for annotation in page.get("/Annots", pikepdf.Array()):
                # whatever it calls itself: what shows itself covers what lies below
                widget = str(annotation.get("/Subtype", "")) == "/Widget" or "/AP" in annotation
                if not widget and _inherited(annotation, "/FT") is None:
                    continue
                one, two, three, four = (float(value) for value in annotation.Rect)
                left, right, bottom, top = min(one, three), max(one, three), min(two, four), max(two, four)
                if right > left and top > bottom:
                    found.append((_full_name(annotation), StampBox(number, left, bottom, right, top)))
    return tuple(found)


def drawn_fields(data: BinaryIO) -> frozenset[str]:
    """The fields, by their full names, whose places on the pages show something. Raises what pikepdf raises.

    A field that shows nothing has a look that draws nothing, or neither a look nor a frame.
    """
    import pikepdf

    data.seek(0)
    with pikepdf.open(data) as document:
        fields = (one for page in document.pages for one in page.get("/Annots", ()))
        return frozenset(_full_name(one) for one in fields if not _is_blank(one))


def _is_blank(field: pikepdf.Object) -> bool:
    import pikepdf

    looks = field.get("/AP")
    if looks is None:
        # of a frame some programs make a look of their own
        return "/MK" not in field
    look = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if not isinstance(look, pikepdf.Stream) or set(looks.keys()) != {"/N"}:
        return False
    drawn = unpacked(look) if len(look.read_raw_bytes()) <= _SHORT else None
    return drawn is not None and not _REMARKS.sub(b"", drawn).strip()


def field_names(data: BinaryIO, *, clocks: bool = False) -> frozenset[str]:
    """The signature fields of a PDF by their full names, shown or not. Raises what pikepdf raises.

    What has fields below it is none itself (ISO 32000-1, 12.7.3.1). ``clocks``: only those in which a
    timestamp over the document stands.
    """
    import pikepdf

    data.seek(0)
    found: set[str] = set()
    with pikepdf.open(data) as document:
        form = document.Root.get("/AcroForm", pikepdf.Dictionary())
        waiting = [(one, 0) for one in form.get("/Fields", ())]
        while waiting:
            field, depth = waiting.pop()
            below = [one for one in field.get("/Kids", ()) if "/T" in one]
            plain = not below and "/T" in field and _inherited(field, "/FT") == "/Sig"
            if plain and (not clocks or _holds_clock(field)):
                found.add(_full_name(field))
            if depth < _DEEPEST:
                waiting += [(one, depth + 1) for one in below]
    return frozenset(found)


def _holds_clock(field: pikepdf.Object) -> bool:
    import pikepdf

    value = field.get("/V")
    return isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/DocTimeStamp"


def _full_name(field: pikepdf.Object) -> str:
    """As signatures are named: with the names of the fields above (ISO 32000-1, 12.7.3.2)."""
    names: list[str] = []
    for _ in range(_DEEPEST):
        if "/T" in field:
            names.append(str(field.T))
        if "/Parent" not in field:
            break
        field = field.Parent
    return ".".join(reversed(names))


def _inherited(field: pikepdf.Object, key: str) -> pikepdf.Object | None:
    for _ in range(_DEEPEST):
        if key in field:
            return field[key]
        if "/Parent" not in field:
            return None
        field = field.Parent
    return None


def shown_outside(declared: Iterable[StampBox], shown: Iterable[StampBox]) -> frozenset[int]:
    """The pages (from 0) on which a signature is shown outside every declared box: it may cover something."""
    boxes = tuple(declared)

    def is_inside(one: StampBox) -> bool:
        return any(
            box.page == one.page
            and box.left - 1 <= one.left
            and box.bottom - 1 <= one.bottom
            and one.right <= box.right + 1
            and one.top <= box.top + 1
            for box in boxes
        )

    return frozenset(one.page for one in shown if not is_inside(one))


def touching(
    prepared: Collection[tuple[str, StampBox]], shown: Iterable[tuple[str, StampBox]]
) -> Iterator[tuple[str, str, int]]:
    """Each field that is shown in a prepared place, its own too: its name, the place's, the page from 0."""
    for name, one in shown:
        for place, box in prepared:
            if one.page == box.page and _touch(_corners(one), _corners(box)):
                yield name, place, one.page


def has_lost(sealed: BinaryIO, now: BinaryIO) -> bool:
    """Whether a place to sign in that was sealed is elsewhere now, or gone. Raises what pikepdf raises."""
    return has_moved(shown_boxes(sealed), shown_boxes(now))


def has_moved(places: Iterable[tuple[str, StampBox]], now: Collection[tuple[str, StampBox]]) -> bool:
    """Whether a field that lay in one of these places lies elsewhere now, or nowhere."""
    return not all(any(name == other and _same(box, one) for other, one in now) for name, box in places)


def _same(one: StampBox, other: StampBox) -> bool:
    """Whether both are one place, but for what is rounded off."""
    corners = zip(_corners(one), _corners(other), strict=True)
    return one.page == other.page and all(abs(each - that) <= 1 for each, that in corners)


def _corners(box: StampBox) -> tuple[float, ...]:
    return box.left, box.bottom, box.right, box.top


def overlapping(file: BinaryIO) -> frozenset[int]:
    """The pages (from 0) on which the stamp of one field lies over that of another, which nobody sees then.

    Raises what pikepdf raises.
    """
    import pikepdf

    file.seek(0)
    pages: set[int] = set()
    with pikepdf.open(file) as document:
        for number, page in enumerate(document.pages):
            drawn: list[tuple[float, ...]] = []
            for one in page.get("/Annots", ()):
                look = one.get("/AP", pikepdf.Dictionary()).get("/N")
                if not isinstance(look, pikepdf.Stream) or not look.read_raw_bytes().strip():
                    continue
                left, below, right, above = (float(value) for value in one.Rect)
                box = (min(left, right), min(below, above), max(left, right), max(below, above))
                if any(_touch(box, other) for other in drawn):
                    pages.add(number)
                    break
                drawn.append(box)
    return frozenset(pages)


def _touch(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes share more than their edges."""
    return all(min(one[at + 2], other[at + 2]) - max(one[at], other[at]) > 1 for at in (0, 1))


def _add(document: pikepdf.Pdf, name: str, box: StampBox | None) -> None:
    import pikepdf

    page = document.pages[box.page if box else 0]
    rect = [box.left, box.bottom, box.right, box.top] if box else [0, 0, 0, 0]
    size = [0, 0, rect[2] - rect[0], rect[3] - rect[1]]
    if size[2] < 0 or size[3] < 0:
        raise ValueError(box)
    # PDF/A asks every widget for an appearance (ISO 19005-2, 6.3.3); an empty one shows nothing.
    look = document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=size)
    field = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=pikepdf.String(name),
            F=4 | 128,  # printed, locked
            Rect=rect,
            P=page.obj,
            AP=pikepdf.Dictionary(N=look),
        )
    )
    if "/Annots" not in page:
        # of the page's own: PDFBox gives the page anew with such a list whenever it signs
        page.Annots = pikepdf.Array()
    page.Annots.append(field)
    if "/AcroForm" not in document.Root:
        document.Root.AcroForm = document.make_indirect(pikepdf.Dictionary(Fields=pikepdf.Array()))
    form = document.Root.AcroForm
    form.SigFlags = 3  # signatures exist, append only
    form.Fields.append(field)
