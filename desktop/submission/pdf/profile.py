"""The exact form of what this program seals: every kind of dictionary our writer emits, entry by entry.

What is sealed was written by ReportLab, made PDF/A by pikepdf and given fields for signatures, so it holds
nothing but what stands in these tables. Whatever else programs know, and disagree about, has no place in it.
What comes later (signatures, proofs of time) is appended and has rules of its own.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO

from desktop.submission.pdf.belonging import (
    are_named,
    are_numbered,
    counts,
    is_as_large,
    is_chain,
    is_our_photo,
    is_ours,
    is_sheet,
    is_srgb,
    is_whole,
    leads_once,
    shows_nothing,
)
from desktop.submission.pdf.once import Once
from desktop.submission.pdf.shape import (
    Kind,
    Odd,
    Walk,
    back,
    by_kind,
    drawn,
    either,
    here,
    many,
    name,
    named,
    number,
    numbers,
    row,
    text,
    to,
    whole,
)
from desktop.submission.pdf.tables import is_packed
from desktop.submission.pdf.written import odd_writing

_LARGEST = 1 << 30
_MOST = 1_000_000
_DATE = r"D:[0-9]{14}\+00'00"
_ADDRESS = r"(?:https?|mailto):[^\x00-\x20\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]*"
"""Without signs that are not seen."""
_FONT = r"/F[1-9][0-9]{0,2}\+(?:0|[1-9][0-9]{0,2})"
"""As ReportLab counts fonts and their pieces."""
_LENGTH = whole(0, _LARGEST)
_FLATE = name("/FlateDecode")
_PACKED = {"/Length": _LENGTH, "/Filter": _FLATE}


PROGRAM = Kind("/FontFile2", {**_PACKED, "/Length1": whole(1, _LARGEST)}, stream=True)
LETTERS = Kind("/ToUnicode", _PACKED, stream=True)
ABOUT = Kind(
    "/FontDescriptor",
    {
        "/Type": name("/FontDescriptor"),
        "/FontName": named(r"/[A-K]{6}\+[A-Za-z0-9-]{1,60}"),
        "/FontFile2": to(PROGRAM),
        "/FontBBox": numbers(4),
        "/Flags": whole(4, 1 << 19),
        **dict.fromkeys(("/Ascent", "/CapHeight", "/Descent", "/ItalicAngle"), whole(-2000, 2000)),
        **dict.fromkeys(("/MissingWidth", "/StemV"), whole(1, 2000)),
    },
)
FONT = Kind(
    "/Font",
    {
        "/Type": name("/Font"),
        "/Subtype": name("/TrueType"),
        "/Name": named(_FONT),
        "/BaseFont": named(r"/[A-K]{6}\+[A-Za-z0-9-]{1,60}"),
        "/FirstChar": whole(0),
        "/LastChar": whole(0, 255),
        "/Widths": many(whole(0, 5000)),
        "/ToUnicode": to(LETTERS),
        "/FontDescriptor": to(ABOUT),
    },
    together=is_ours,
)
"""Equal in all its parts to the piece that is cut out of a font of ours once more."""
FONTS = Kind(
    "/Resources /Font",
    {},
    named=(re.compile(_FONT), to(FONT)),
    shared=True,
    together=are_numbered,
)
PROCEDURES = row(*(name(one) for one in ("/PDF", "/Text", "/ImageB", "/ImageC", "/ImageI")))
PICTURE = Kind(
    "/Image",
    {
        "/Type": name("/XObject"),
        "/Subtype": name("/Image"),
        "/Width": whole(1, 20_000),
        "/Height": whole(1, 20_000),
        "/BitsPerComponent": whole(8),
        "/ColorSpace": name("/DeviceRGB", "/DeviceGray"),
        "/Filter": either(name("/DCTDecode"), row(name("/ASCII85Decode"), name("/DCTDecode"))),
        "/Length": _LENGTH,
    },
    stream=True,
    shared=True,
    together=is_our_photo,
)
"""A photo."""
SIGN = Kind(
    "/Form",
    {
        **_PACKED,
        "/Type": name("/XObject"),
        "/Subtype": name("/Form"),
        "/BBox": row(whole(0), whole(0), number, number),
        "/Matrix": row(*(whole(one) for one in (1, 0, 0, 1, 0, 0))),
        "/Resources": here(Kind("/Resources", {"/Font": to(FONTS), "/ProcSet": PROCEDURES})),
    },
    stream=True,
)
"""The sign in a box that signing services look for."""
DRAWN = Kind(
    "/Resources /XObject",
    {},
    named=(
        re.compile(r"/(?:FormXob\.[0-9a-f]{32,40}|RancangSign[0-9]{2,3})"),
        by_kind(Image=PICTURE, Form=SIGN),
    ),
    together=are_named,
)
RESOURCES = Kind("/Resources", {"/Font": to(FONTS), "/ProcSet": PROCEDURES}, {"/XObject": here(DRAWN)})
CONTENT = Kind("/Contents", _PACKED, stream=True)
PLACE = row(back("/Page"), name("/XYZ"), whole(0), number, whole(0))
LINK = Kind(
    "/Link",
    {
        "/Type": name("/Annot"),
        "/Subtype": name("/Link"),
        "/Border": row(whole(0), whole(0), whole(0)),
        "/F": whole(4),
        "/Rect": numbers(4),
    },
    {
        "/Contents": text(""),
        "/Dest": PLACE,
        "/A": here(Kind("/A", {"/Type": name("/Action"), "/S": name("/URI"), "/URI": text(_ADDRESS)})),
    },
    together=leads_once,
)
"""To a place in the document, or to a web page."""
LOOK = Kind(
    "/AP /N",
    {"/Length": whole(0), "/Type": name("/XObject"), "/Subtype": name("/Form"), "/BBox": numbers(4)},
    {"/Filter": _FLATE},
    stream=True,
    together=shows_nothing,
)
FIELD = Kind(
    "/Widget",
    {
        "/Type": name("/Annot"),
        "/Subtype": name("/Widget"),
        "/FT": name("/Sig"),
        "/T": text(),
        "/F": whole(132),
        "/Rect": numbers(4),
        "/P": back("/Page"),
        "/AP": here(Kind("/AP", {"/N": to(LOOK)})),
    },
    shared=True,
    together=is_as_large,
)
"""Where somebody is to sign; the form and the page lead to it."""
PAGE = Kind(
    "/Page",
    {
        "/Type": name("/Page"),
        "/Parent": back("/Pages"),
        "/MediaBox": numbers(4),
        "/Rotate": whole(0),
        "/Resources": here(RESOURCES),
        "/Contents": either(to(CONTENT), many(to(CONTENT))),
    },
    {"/Annots": many(by_kind(Link=LINK, Widget=FIELD), apart=True)},
    together=is_sheet,
)
PAGES = Kind(
    "/Pages",
    {"/Type": name("/Pages"), "/Count": whole(1, _MOST), "/Kids": many(to(PAGE))},
    together=counts,
)
_ENTRY: Kind = Kind(
    "/Outlines /First",
    {"/Title": text(), "/Dest": PLACE, "/Parent": back("/Outlines", "/Outlines /First")},
    {
        "/Prev": back("/Outlines /First"),
        "/Next": to(lambda: _ENTRY),
        "/First": to(lambda: _ENTRY),
        "/Last": back("/Outlines /First"),
        "/Count": whole(-_MOST, _MOST),
    },
    together=is_chain,
)
OUTLINES = Kind(
    "/Outlines",
    {
        "/Type": name("/Outlines"),
        "/Count": whole(1, _MOST),
        "/First": to(_ENTRY),
        "/Last": back("/Outlines /First"),
    },
    together=is_chain,
)
INTENT = Kind(
    "/OutputIntent",
    {
        "/Type": name("/OutputIntent"),
        "/S": name("/GTS_PDFA1"),
        "/Info": text("sRGB"),
        "/OutputConditionIdentifier": text("sRGB"),
        "/DestOutputProfile": to(
            Kind("/DestOutputProfile", {**_PACKED, "/N": whole(3)}, stream=True, together=is_srgb)
        ),
    },
)
CATALOG = Kind(
    "/Catalog",
    {
        "/Type": name("/Catalog"),
        "/Lang": text("(?:id|en)(?:-[A-Z]{2})?"),
        "/PageMode": name("/UseNone"),
        "/Pages": to(PAGES),
        "/OutputIntents": row(to(INTENT)),
        "/Metadata": to(
            Kind(
                "/Metadata",
                {"/Type": name("/Metadata"), "/Subtype": name("/XML"), "/Length": _LENGTH},
                stream=True,
            )
        ),
    },
    {
        "/Outlines": to(OUTLINES),
        "/AcroForm": to(Kind("/AcroForm", {"/Fields": many(to(FIELD)), "/SigFlags": whole(3)})),
    },
)
INFO = Kind(
    "/Info",
    {
        "/CreationDate": text(_DATE),
        "/ModDate": text(_DATE),
        "/Creator": text(r"Rancang [0-9][0-9A-Za-z.+-]{0,40}"),
        "/Producer": text(r"pikepdf [0-9][0-9A-Za-z.+-]{0,40}"),
        "/Trapped": name("/False"),
    },
    dict.fromkeys(("/Title", "/Author", "/Subject", "/Keywords"), text()),
)
_TRAILER = {"/Size": whole(1, _MOST), "/ID": row(drawn, drawn), "/Root": to(CATALOG), "/Info": to(INFO)}
_TABLE = {
    "/Filter": _FLATE,
    "/Length": _LENGTH,
    "/Type": name("/XRef"),
    "/W": row(whole(1), whole(1, 4), whole(0, 2)),
    "/DecodeParms": here(Kind("/DecodeParms", {"/Columns": whole(2, 7), "/Predictor": whole(12)})),
}
TRAILER = Kind("trailer", _TRAILER, together=is_whole)
PACKED = Kind("/XRef", {**_TRAILER, **_TABLE}, together=is_whole)
"""A table that is a stream; so we sealed before."""
HELD = Kind(
    "/ObjStm",
    {**_PACKED, "/Type": name("/ObjStm"), "/N": whole(1, _MOST), "/First": whole(1, _LARGEST)},
    stream=True,
)


def beyond_profile(file: BinaryIO, *, packed: bool = True) -> str:
    """What a document has that none of ours has, as ISO 32000-1 calls it; empty when there is nothing.

    ``packed``: its tables may be streams, as earlier programs sealed; whoever says so today was given
    something else than we write. Raises NotLookedThrough, and what pikepdf raises.
    """
    found = _OURS.ask(file, (), _beyond_profile)
    return found or ("/XRef" if not packed and is_packed(file) else "")


_OURS = Once[str](lambda beyond: not beyond)


def _beyond_profile(file: BinaryIO) -> str:
    import pikepdf

    walk = Walk()
    file.seek(0)
    with pikepdf.open(file, attempt_recovery=False) as document:
        try:
            if what := odd_writing(file, document):
                return what
            walk.run(PACKED if "/Type" in document.trailer else TRAILER, document.trailer)
            _check_rest(document, walk)
        except Odd as odd:
            return str(odd)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            # what no kind foresees, where entries are looked at together
            return str(walk.odd())
    return ""


def _check_rest(document: Any, walk: Walk) -> None:
    """What nothing leads to holds other objects, or is the table, the last. Raises :class:`Odd`."""
    packed = "/Type" in document.trailer
    for at in range(1, int(document.trailer.Size) - packed):
        if at not in walk.kinds:
            Walk().run(HELD, document.get_object(at, 0))
