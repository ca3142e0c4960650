"""How the entries of a dictionary of ours belong together, and to the rest of the document.

The tables of the profile say what each entry may be by itself; these look at the whole, once all is known.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any
from xml.sax.saxutils import escape

from desktop.submission.pdf.drawing import is_drawn_plainly
from desktop.submission.pdf.font import odd_font, piece_number
from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.photo import is_photo
from desktop.submission.pdf.picture import odd_picture
from desktop.submission.pdf.shape import Odd, Walk, go_on
from desktop.submission.placeholder import SIGNS

_PROFILES = frozenset({"2a92d4bae450b76d8b0aa42193df974d75f62738ecebf74f01c5e75b12a95796"})
"""SHA-256 of the descriptions of sRGB that pikepdf has brought so far."""
_SIZES = ((595.2756, 841.8898), (841.8898, 595.2756))
"""Sheets of paper: A4, upright and across."""
_NEAR = 0.01
_BEGINNING, _END = b"1 0 0 1 0 0 cm ", b"\n \n"
_TEXT = re.compile(rb"\((?:[^()\\]|\\.)*+\)|/[!-~](?<![()<>\[\]{}/%])[^\0-\x20()<>\[\]{}/%]*+")
"""Texts, and names: those of photos are figures drawn by chance."""
_FINER = re.compile(rb"\.(?:[0-9]{7}|(?<=[0-9]\.)(?![0-9]))")
"""Finer numbers than ReportLab's."""
_WITHOUT = frozenset({b"gs", b"BMC", b"EMC", b"M", b"v", b"y", b"s", b"b", b"b*", b"W"})
"""Operators that our books do without."""
_SIGNED = "/RancangSign"
_SHOWN = (
    b"1 0 0 1 0 0 cm \n.545098 .596078 .662745 rg\nBT 1 0 0 1 3 3 Tm /F1+0 7 Tf 8.4 TL (%c) Tj T* ET\n \n"
)
_SIGN = re.compile(
    rb"Q q 1 0 0 1 [0-9]{1,4}\.[0-9]{2} [0-9]{1,4}\.[0-9]{2} cm /RancangSign[0-9]{2,3} Do Q\n?"
)
"""Earlier programs left the lines without an end."""


def _all(held: Any) -> bytes:
    """What a stream holds. Raises :class:`Odd` where that has several readings."""
    data = unpacked(held)
    if data is None:
        raise Odd("/Filter")
    return data


def is_ours(walk: Walk, font: Any) -> None:
    """A piece of one of our fonts, equal in all its parts."""
    if odd_font(font):
        raise walk.odd()


def are_numbered(walk: Walk, fonts: Any) -> None:
    """Each font is called as its place says, and its pieces are counted."""
    for key, font in fonts.items():
        if str(font.Name) != key or piece_number(str(font.BaseFont)[1:]) != int(key.partition("+")[2]):
            raise walk.odd()


def is_our_photo(walk: Walk, picture: Any) -> None:
    """A picture with one reading."""
    if odd_picture(picture) or not is_photo(picture):
        raise walk.odd()


def is_srgb(walk: Walk, profile: Any) -> None:
    """One of the very descriptions of sRGB that were ever brought."""
    if hashlib.sha256(_all(profile)).hexdigest() not in _PROFILES:
        raise walk.odd()


def shows_nothing(walk: Walk, look: Any) -> None:
    """The look of a field that nobody has signed."""
    if look.read_raw_bytes():
        raise walk.odd()


def is_shown_sign(drawn: bytes) -> bool:
    """Whether it is one of our signs for signing services, and nothing else."""
    return any(drawn == _SHOWN % ord(letter) for letter in SIGNS)


def are_named(walk: Walk, lent: Any) -> None:
    """Photos by ReportLab's names; each sign for signing services by its letter, which is all it shows."""
    for key, one in lent.items():
        letter = chr(int(key.removeprefix(_SIGNED))) if key.startswith(_SIGNED) else ""
        if bool(letter) != (one.Subtype == "/Form") or letter not in SIGNS:
            raise walk.odd()
        shown = _SHOWN % ord(letter) if letter else b""
        # its font has to be there
        if letter and (_all(one) != shown or not _is_plain(walk, shown, one.Resources)):
            raise Odd("/Form")


def _is_plain(walk: Walk, drawn: bytes, lent: Any) -> bool:
    return is_drawn_plainly(drawn, lent, ours=True, fonts=walk.fonts, go_on=go_on)


def is_sheet(walk: Walk, page: Any) -> None:
    """Paper of our sizes, drawn plainly, with links and fields that stand on it."""
    import pikepdf

    left, below, *size = map(float, page.MediaBox)
    if left or below or tuple(size) not in _SIZES:
        raise walk.odd()
    contents = page.Contents
    parts = [_all(one) for one in (contents if isinstance(contents, pikepdf.Array) else [contents])]
    try:
        plain = _is_one_page(parts) and _is_plain(walk, b"\n".join(parts), page.Resources)
        plain = plain and all(map(_is_like_ours, parts))
    except ValueError:
        plain = False
    if not plain:
        raise Odd("/Page /Contents")
    for one in page.get("/Annots", ()):
        box = [float(each) for each in one.Rect]
        if box[0] > box[2] or box[1] > box[3]:
            raise Odd("/Annots /Rect")
        if one.Subtype == "/Widget" and one.P.objgen != page.objgen:
            raise Odd("/Annots /P")


def _is_like_ours(drawn: bytes) -> bool:
    """Whether there is nothing in what is drawn plainly that ReportLab does not write for us."""
    said = _TEXT.sub(b"()", drawn)
    return _FINER.search(said) is None and _WITHOUT.isdisjoint(said.split())


def leads_once(walk: Walk, link: Any) -> None:
    """To one place, as ReportLab writes the one kind or the other."""
    if {"/Contents", "/Dest", "/A"} & set(link.keys()) not in ({"/Contents", "/Dest"}, {"/A"}):
        raise walk.odd()


def _is_one_page(parts: list[bytes]) -> bool:
    """What ReportLab drew, and around it the signs for signing services, each with its own beginning."""
    signs = len(parts) // 2
    before, drawn, after = parts[:signs], parts[signs], parts[signs + 1 :]
    return (
        len(parts) % 2 == 1
        and all(one in {b"q", b"q\n"} for one in before)
        and drawn.startswith(_BEGINNING)
        and drawn.endswith(_END)
        and all(_SIGN.fullmatch(one) for one in after)
    )


def is_as_large(walk: Walk, field: Any) -> None:
    """The look of a field, which shows nothing yet, is of its size."""
    box, look = ([float(one) for one in each] for each in (field.Rect, field.AP.N.BBox))
    size = [0.0, 0.0, box[2] - box[0], box[3] - box[1]]
    if any(abs(one - other) > _NEAR for one, other in zip(look, size, strict=True)):
        raise walk.odd()


def is_chain(walk: Walk, above: Any) -> None:
    """What hangs below an entry of the outline, or below its root, is one chain there and back."""
    if "/First" not in above:
        if "/Last" in above or "/Count" in above:
            raise walk.odd()
        return
    one: Any = above.First
    before: Any = None
    shown = 0
    while one is not None:
        previous = one.get("/Prev")
        if one.Parent.objgen != above.objgen or (previous is None) != (before is None):
            raise walk.odd()
        if before is not None and previous.objgen != before.objgen:
            raise walk.odd()
        shown += 1 + max(0, one.get("/Count", 0))
        one, before = one.get("/Next"), one
    if "/Type" in above:
        # ReportLab counts one more for each entry that has others below it
        shown += sum("/First" in entry for entry in walk.of("/Outlines /First"))
    if above.Last.objgen != before.objgen or abs(above.get("/Count", 0)) != shown:
        raise walk.odd()


def counts(walk: Walk, pages: Any) -> None:
    """There are as many pages as it says."""
    if len(pages.Kids) != pages.Count:
        raise walk.odd()


def is_whole(walk: Walk, trailer: Any) -> None:
    """Form, pages and metadata say the same of the whole document."""
    fields = list(trailer.Root.AcroForm.Fields) if "/AcroForm" in trailer.Root else []
    listed = [
        one.objgen[0]
        for page in trailer.Root.Pages.Kids
        for one in page.get("/Annots", ())
        if one.Subtype == "/Widget"
    ]
    known = [number for number, kind in walk.kinds.items() if kind == "/Widget"]
    if not sorted(known) == sorted(listed) == sorted(one.objgen[0] for one in fields):
        raise Odd("/AcroForm /Fields")
    if len({bytes(one.T) for one in fields}) != len(fields):
        raise Odd("/Widget /T")
    sizes = [[float(each) for each in one.AP.N.BBox] for one in fields]
    if not all([float(each) for each in one.BBox] in sizes for one in walk.of("/Form")):
        raise Odd("/Form /BBox")
    # in the words in which pikepdf writes it
    if _all(trailer.Root.Metadata) != _packet(
        {key: str(trailer.Info[key]) for key in set(trailer.Info.keys())}
    ):
        raise Odd("/Metadata")
    if trailer.Info.CreationDate != trailer.Info.ModDate:
        raise Odd("/Info /ModDate")


_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}


def _packet(info: dict[str, str]) -> bytes:
    date = re.sub(r"D:(....)(..)(..)(..)(..)(..).*", r"\1-\2-\3T\4:\5:\6+00:00", info["/CreationDate"])
    said = [
        ("dc:title", info.get("/Title"), "Alt"),
        ("dc:creator", info.get("/Author"), "Seq"),
        ("dc:description", info.get("/Subject"), "Alt"),
        ("pdf:Keywords", info.get("/Keywords"), ""),
        ("xmp:CreatorTool", info["/Creator"], ""),
        ("pdf:Producer", info["/Producer"], ""),
        ("xmp:CreateDate", date, ""),
        ("xmp:ModifyDate", date, ""),
        ("xmp:MetadataDate", date, ""),
        ("pdfaid:part", "2", ""),
        ("pdfaid:conformance", "B", ""),
    ]
    lines: list[str] = []
    spaces: dict[str, str] = {}
    for key, value, kind in said:
        if value is None:
            continue
        spaces.setdefault(key.partition(":")[0], _SPACES[key.partition(":")[0]])
        if not kind:
            lines.append(f"      <{key}>{escape(value)}</{key}>")
            continue
        mark = ' xml:lang="x-default"' if kind == "Alt" else ""
        lines += [
            f"      <{key}>",
            f"        <rdf:{kind}>",
            f"          <rdf:li{mark}>{escape(value)}</rdf:li>",
            f"        </rdf:{kind}>",
            f"      </{key}>",
        ]
    known = " ".join(f'xmlns:{key}="{value}"' for key, value in spaces.items())
    return "\n".join(
        [
            '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
            '  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
            f'    <rdf:Description {known} rdf:about="">',
            *lines,
            "    </rdf:Description>",
            "  </rdf:RDF>",
            "</x:xmpmeta>",
            "",
            '<?xpacket end="w"?>',
            "",
        ]
    ).encode()
