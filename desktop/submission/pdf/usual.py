"""Whether a document is drawn the plain way of our own books, which every program reads alike.

Numbers with two points, pictures with two widths, fonts with two tables: each program decides for itself what
is meant, so one sealed document can show one figure on the screen and another on paper. Words to be spoken or
copied in place of those that are drawn, and wishes what to print, make two documents of one as well. Our own
books hold none of it. A document that does was made by another program; readers are told, since it may be
harmless. What lies as we sealed it is held against the exact form of ours (``profile.py``); this is asked of
documents that another program wrote anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.submission.pdf.about import text_in, titles_in
from desktop.submission.pdf.active import dictionaries
from desktop.submission.pdf.belonging import is_shown_sign
from desktop.submission.pdf.colour import is_like_srgb, is_plain_space, own_colours
from desktop.submission.pdf.drawing import THINNEST_BOUNDS, is_drawn_plainly
from desktop.submission.pdf.font import odd_font
from desktop.submission.pdf.linearized import leads_to_its_pages
from desktop.submission.pdf.older import has_older_pages
from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.page import inherited, is_cut_plainly, parts_of
from desktop.submission.pdf.picture import odd_picture
from desktop.submission.pdf.places import are_near
from desktop.submission.pdf.stamp_bounds import is_near, numbers
from desktop.submission.pdf.stamp_owns import owned_by_stamps
from desktop.submission.pdf.stamped import look_at
from desktop.submission.pdf.tables import is_packed
from desktop.submission.refusal import Refused

if TYPE_CHECKING:
    import pikepdf

_RGB = "/DeviceRGB"
_NEVER = frozenset(
    f"/{name}"
    for name in (
        *("TR", "TR2", "HT", "BG", "UCR", "OP", "op", "OPM", "Shading", "UserUnit", "Thumb"),
        *("ActualText", "Alt"),
    )
)
"""What screen and paper do differently, or each program as it likes; what is spoken instead of shown."""
_ROOT = frozenset(
    f"/{name}"
    for name in (
        *("AcroForm", "DSS", "Dests", "Extensions", "Lang", "MarkInfo", "Metadata", "Names", "OpenAction"),
        *("Outlines", "OutputIntents", "PageLayout", "PageMode", "Pages", "Perms", "PieceInfo"),
        *("StructTreeRoot", "Type", "Version", "ViewerPreferences"),
    )
)
_VIEWER = frozenset({"/CenterWindow", "/DisplayDocTitle", "/FitWindow"})
"""Wishes that change neither what is seen nor what is printed."""
_MODES = frozenset({"/UseNone", "/UseOutlines", "/UseThumbs"})
_SHEET = frozenset(f"/{name}" for name in ("CropBox", "MediaBox", "Parent", "Resources", "Rotate", "Type"))
_PAGE = _SHEET | {
    f"/{name}"
    for name in (
        *("Annots", "ArtBox", "BleedBox", "Contents", "Group", "LastModified", "Metadata", "PieceInfo"),
        *("StructParents", "Tabs", "Trans", "TrimBox"),
    )
}
_BOXES = ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox")
"""Of a sheet: what is shown, what CUPS prints, and what programs for presses go by."""
_NODE = _SHEET | {"/Count", "/Kids"}
# no group: in one, some programs forget how thick a line is
_FORM = frozenset(
    f"/{name}"
    for name in (
        *("BBox", "Filter", "FormType", "LastModified", "Length", "Matrix", "Metadata", "Name"),
        *("PieceInfo", "Resources", "StructParent", "StructParents", "Subtype", "Type"),
    )
)
_STATE = frozenset(f"/{name}" for name in ("AIS", "BM", "CA", "SA", "SMask", "Type", "ca"))

_NO_STREAMS = frozenset(
    f"/{name}"
    for name in (
        *("A", "AA", "AP", "AcroForm", "Annots", "Border", "ColorSpace", "DA", "DR", "DSS", "Dest", "Dests"),
        *("Encoding", "ExtGState", "Fields", "Font", "FontDescriptor", "Group", "Info", "Kids", "MK"),
        *("MarkInfo",),
        *("MediaBox", "Names", "Next", "Outlines", "OutputIntents", "Pages", "Parent", "Pattern", "Perms"),
        *("PieceInfo", "Properties", "Resources", "Root", "Shading", "StructTreeRoot", "V", "VRI"),
        *("ViewerPreferences", "Widths", "XObject"),
    )
)
"""Where a dictionary or a list belongs: some programs find it in the one of a stream, others do not."""
_TRUTHS = frozenset(
    f"/{name}"
    for name in (
        *("AIS", "BlackIs1", "CenterWindow", "DisplayDocTitle", "EncryptMetadata", "FitWindow", "I"),
        *("ImageMask",),
        *("Interpolate", "IsMap", "K", "Marked", "NeedAppearances", "NewWindow", "NonEFontNoWarn", "Open"),
        *("PreRelease", "SA", "Suspects", "TrustedMode", "UserProperties"),
    )
)
_WHOLE = frozenset(
    f"/{name}"
    for name in (
        *("BitsPerComponent", "Colors", "Columns", "Count", "F", "Ff", "FirstChar", "Flags", "Height"),
        *("LastChar",),
        *("Length", "Length1", "Length2", "Length3", "N", "Predictor", "Rotate", "SigFlags", "StructParent"),
        *("StructParents", "Width"),
    )
)
"""Programs differ in what a share of one is, and whether truth is one."""
_UNIT = [1, 0, 0, 1, 0, 0]
"""The matrix of a form; of another one programs reckon line widths in their own ways."""
_SMALLEST, _LARGEST = 72, 14_400
"""Points of a sheet of paper."""


def unusual(file: BinaryIO, go_on: Callable[[], None] = lambda: None) -> tuple[str, ...]:
    """What is drawn or written otherwise than our books, as ISO 32000-1 calls it; none when nothing is.

    Each kind is told: whoever lays a harmless one before another one hides nothing by it. What is a stamp's
    alone is not asked here (``stamped.py`` does). No word of the document's own is told, names of entries
    being what its writer likes. ``go_on`` is asked again and again, whether there is time for more. Raises
    what that and pikepdf raise.
    """
    import pikepdf

    file.seek(0)
    if leads_to_its_pages(file):
        return ("/Linearized",)
    file.seek(0)
    with pikepdf.open(file) as document:
        what = set(_unusual(document, go_on))
    file.seek(0)
    if has_older_pages(file):
        what.add("/Prev")
    if is_packed(file):
        # who looks for objects himself prefers what lies in streams
        what.add("/XRef")
    return tuple(sorted(what))


def _unusual(document: pikepdf.Pdf, go_on: Callable[[], None]) -> Iterator[str]:
    import pikepdf

    stamps = owned_by_stamps(document)
    yield from _root(document.Root)
    for page in document.pages:
        go_on()
        yield from _page(page.obj, go_on)
    for one in document.objects:
        go_on()
        if isinstance(one, pikepdf.Stream) and one.objgen not in stamps:
            yield from _stream(one, go_on)
    for each in dictionaries(document, stamps):
        go_on()
        yield from _dictionary(each)
    if not _is_called_alike(document):
        yield "/Metadata"


def _beyond(one: Any, known: frozenset[str], kind: str) -> Iterator[str]:
    """Its kind, where a dictionary has entries that our books do not have."""
    if set(one.keys()) - known:
        yield kind


def _root(root: Any) -> Iterator[str]:
    """What the document says to whoever opens, prints or reads it aloud."""
    import pikepdf

    yield from _beyond(root, _ROOT, "/Catalog")
    yield from _beyond(root.get("/ViewerPreferences", {}), _VIEWER, "/ViewerPreferences")
    if str(root.get("/PageMode", "/UseNone")) not in _MODES:
        yield "/PageMode"
    for intent in root.get("/OutputIntents", ()):
        profile = intent.get("/DestOutputProfile")
        if profile is not None and not (
            isinstance(profile, pikepdf.Stream)
            and is_like_srgb(unpacked(profile) or b"", int(profile.get("/N", 0)))
        ):
            yield "/OutputIntents"


def _is_called_alike(document: pikepdf.Pdf) -> bool:
    """Whether it has one title: some programs show that of the packet, some the other."""
    import pikepdf

    packet = document.Root.get("/Metadata")
    if not isinstance(packet, pikepdf.Stream):
        return packet is None
    data = unpacked(packet)
    try:
        # what is packed in another way is none for us, but one for others
        titles = titles_in(data) if data is not None else None
    except Refused:
        return False
    information: Any = document.trailer.get("/Info", pikepdf.Dictionary())
    title = text_in(information.get("/Title")).strip()
    # a document of PDF 2.0 has no other place for it
    return titles is not None and (titles <= {title} or (not title and len(titles) == 1))


def _page(page: Any, go_on: Callable[[], None]) -> Iterator[str]:
    yield from _beyond(page, _PAGE, "/Page")
    if page.get("/Trans"):
        # ReportLab writes an empty one
        yield "/Trans"
    if not _is_whole_sheet(page):
        yield "/MediaBox"
    parts = parts_of(page)
    if parts is None:
        yield "/Contents"
        return
    if not parts:
        return
    if not all(is_cut_plainly(*each) for each in pairwise(filter(None, parts))):
        yield "/Contents"
        return
    drawn = b"\n".join(parts)
    try:
        lent = inherited(page, "/Resources")
        # forms are followed, and what the page itself draws lies beside or upon nothing that is hidden by it
        plain = is_drawn_plainly(drawn, lent, go_on=go_on) and is_drawn_plainly(
            drawn, lent, ours=True, go_on=go_on
        )
    except ValueError:
        plain = False
    if not plain:
        yield "/Contents"


def _is_whole_sheet(page: Any) -> bool:
    """One sheet of paper, all of it shown, on one of its four sides."""
    try:
        left, below, right, above = sheet = [float(each) for each in inherited(page, "/MediaBox")]
        boxes = [inherited(page, key) for key in _BOXES]
        whole = all(box is None or [float(each) for each in box] == sheet for box in boxes)
        turned = inherited(page, "/Rotate")
    except (TypeError, ValueError):
        return False
    sizes = (right - left, above - below)
    return (
        are_near([(left, below), (right, above)])
        and _SMALLEST <= min(sizes) <= max(sizes) <= _LARGEST
        and whole
        and turned in (None, 0, 90, 180, 270)
    )


def _stream(stream: Any, go_on: Callable[[], None]) -> Iterator[str]:
    kind = str(stream.get("/Subtype", ""))
    if kind == "/Form":
        data = unpacked(stream)
        # whatever a form draws may be laid over words of the page, or beside itself, any number of times
        if (
            data is None
            or not is_drawn_plainly(data, stream.get("/Resources"), go_on=go_on)
            or (look_at(stream, shown=True).draws and not is_shown_sign(data))
        ):
            yield "/Form"
        go_on()
        if not _has_bounds(stream) or list(stream.get("/Matrix", _UNIT)) != _UNIT:
            yield "/BBox"
        yield from _beyond(stream, _FORM, "/Form")
    elif kind == "/Image" and (what := odd_picture(stream)):
        yield what


def _has_bounds(form: Any) -> bool:
    """Whether it ends where every program reckons exactly, and holds what it draws."""
    box = numbers(form.get("/BBox"), 4)
    if box is None or not is_near(box):
        return False
    large = min(abs(box[2] - box[0]), abs(box[3] - box[1])) >= THINNEST_BOUNDS
    return large or not look_at(form, shown=True).draws


def _dictionary(one: Any) -> Iterator[str]:
    """One of the file's dictionaries, wherever it stands."""
    import pikepdf

    if one.get("/Type") == "/Font" and (what := odd_font(one)):
        yield what
    if one.get("/Type") == "/Pages":
        yield from _beyond(one, _NODE, "/Pages")
    yield from sorted(_NEVER & set(one.keys()))
    yield from sorted(key for key in _NO_STREAMS & set(one.keys()) if isinstance(one[key], pikepdf.Stream))
    for key, value in one.items():
        if isinstance(value, bool):
            if key not in _TRUTHS:
                # a name of a writer's own is not repeated
                yield "true"
        elif key in _WHOLE and isinstance(value, Decimal):
            yield str(key)
    if "/E" in one and "/S" in one:
        # an abbreviation written out
        yield "/E"
    if isinstance(one.get("/URI"), pikepdf.String) and not _is_plain_address(str(one.URI)):
        yield "/URI"
    if "/Group" in one and not _is_mixed_plainly(one["/Group"]):
        yield "/Group"
    if "/SMask" in one and "/Subtype" not in one and one.get("/SMask") != "/None":
        yield "/SMask"
    if {"/BM", "/CA", "/ca"} & set(one.keys()) and not _shines_plainly(one):
        yield "/ExtGState"
    yield from _resources(one)


def _is_mixed_plainly(group: Any) -> bool:
    """Whatever it calls itself: in shades of grey some programs draw in colours, others do not."""
    import pikepdf

    return (
        isinstance(group, pikepdf.Dictionary)
        and group.get("/S") == "/Transparency"
        and "/K" not in group
        and own_colours(group.get("/CS", _RGB)) == 3
    )


def _resources(one: Any) -> Iterator[str]:
    """What a dictionary lends to drawing, if it does."""
    import pikepdf

    for key in ("/ColorSpace", "/CS"):
        space = one.get(key)
        spaces = list(space.values()) if isinstance(space, pikepdf.Dictionary) else [space]
        if any(each is not None and not _shows_plainly(each) for each in spaces):
            yield key
        if isinstance(space, pikepdf.Dictionary) and any(
            name.startswith("/Default") for name in set(space.keys())
        ):
            yield key
    for key, right, kinds in (
        ("/Font", pikepdf.Dictionary, ("/Font",)),
        ("/XObject", pikepdf.Stream, ("/Form", "/Image")),
    ):
        held = one.get(key)
        if isinstance(held, pikepdf.Dictionary) and any(
            not isinstance(each, right)
            # one that is no object poppler knows by a number of it that may be that of another
            or not each.is_indirect
            or each.get("/Type" if key == "/Font" else "/Subtype") not in kinds
            for each in held.values()
        ):
            yield key
    if one.get("/Pattern") is not None and "/Font" in one:
        yield "/Pattern"
    states = one.get("/ExtGState")
    if isinstance(states, pikepdf.Dictionary):
        for state in states.values():
            if isinstance(state, pikepdf.Stream):
                yield "/ExtGState"
            yield from _beyond(state, _STATE, "/ExtGState")


def _is_plain_address(address: str) -> bool:
    """Nothing in it that is not seen, or that turns what follows."""
    return not any(unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp", "Zs"} for one in address)


def _shines_plainly(state: Any) -> bool:
    """Everything covers what is below: what shines through, printers and screens mix in their own ways."""
    shares = [state.get(key, 1) for key in ("/CA", "/ca")]
    return str(state.get("/BM", "/Normal")) in {"/Normal", "/Compatible"} and all(one == 1 for one in shares)


def _shows_plainly(space: Any) -> bool:
    import pikepdf

    try:
        return is_plain_space(space)
    except (pikepdf.PdfError, ValueError, IndexError, KeyError, TypeError, AttributeError):
        return False
