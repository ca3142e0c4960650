"""Whether a document is drawn the plain way of our own books, which every program reads alike.

Numbers with two points, pictures with two widths, fonts with two tables: each program decides for itself what
is meant, so one sealed document can show one figure on the screen and another on paper. Our own books
hold none of it. A document that does was made by another program; readers are told, since it may be harmless.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.submission.pdfactive import dictionaries

if TYPE_CHECKING:
    import pikepdf

_WS = rb"[ \t\r\n\f\x00]"
_NUM = rb"[-+]?(?:[0-9]{1,6}+(?:\.[0-9]*+)?|\.[0-9]++)" + _WS + rb"++"
"""Larger ones wrap around in some programs, or are as large as can be."""
_DASH = rb"(?:[1-9][0-9]{0,5}+(?:\.[0-9]*+)?|0?\.(?!00)[0-9]*[1-9][0-9]*+)" + _WS + rb"*+"
"""Of no length are all or nothing, as each program likes."""
_NAME = rb"/[^\x00-\x20()<>\[\]{}/%#\x7f-\xff]++" + _WS + rb"*+"
_TEXT = rb"(?:\((?:[^()\\]|\\.)*+\)|<[0-9A-Fa-f]*+>)" + _WS + rb"*+"


def _times(count: str, *operators: str) -> bytes:
    names = "|".join(sorted(map(re.escape, operators), key=len, reverse=True)).encode()
    return rb"(?:" + _NUM + rb"){" + count.encode() + rb"}+(?:" + names + rb")"


_DRAWING = re.compile(
    _WS
    + rb"*+(?:(?:"
    + rb"|".join(
        (
            _times("6", "cm", "c", "Tm"),
            _times("4", "re", "v", "y", "k", "K"),
            _times("3", "rg", "RG"),
            _times("2", "m", "l", "Td", "TD"),
            _times("1", "w", "J", "j", "M", "i", "Tc", "Tw", "Tz", "TL", "Ts", "g", "G"),
            rb"0" + _WS + rb"++Tr",
            _TEXT + rb"(?:Tj|')",
            rb"\[" + _WS + rb"*+(?:" + _TEXT + rb"|" + _NUM + rb")*+\]" + _WS + rb"*+TJ",
            rb"\[" + _WS + rb"*+(?:" + _DASH + rb")*+\]" + _WS + rb"*+" + _NUM + rb"d",
            _NAME + _NUM + rb"Tf",
            _NAME + rb"(?:gs|Do|BMC)",
            rb"(?:BT|ET|EMC|T\*|B\*|b\*|f\*|W\*|[qQhSsfFBbnW])",
        )
    )
    + rb")(?:"
    + _WS
    + rb"++|\Z))*+",
    re.DOTALL,
)
"""A whole page as our books draw it: every operator with as many operands as it takes."""
_STRINGS = re.compile(_TEXT, re.DOTALL)
_NESTING = re.compile(rb"(?<![^\s])([qQ]|BT|ET)(?!\S)")
_FLATE, _ASCII = "/FlateDecode", "/ASCII85Decode"
_SPACES = frozenset({"/DeviceRGB", "/DeviceGray", "/DeviceCMYK", "/ICCBased", "/Indexed"})
_NEVER = ("/TR", "/TR2", "/HT", "/BG", "/UCR", "/OP", "/op", "/OPM", "/Shading", "/UserUnit", "/Thumb")
"""What screen and paper do differently, or each program as it likes."""
_COMPONENTS = {"/DeviceRGB": 3, "/DeviceGray": 1, "/DeviceCMYK": 4, "/Indexed": 1}
_SYMBOLIC = 4


def unusual(file: BinaryIO) -> str:
    """What is drawn otherwise than in our books, as ISO 32000-1 calls it; empty when nothing is.

    Raises what pikepdf raises.
    """
    import pikepdf

    file.seek(0)
    with pikepdf.open(file) as document:
        return next(_unusual(document), "")


def _unusual(document: pikepdf.Pdf) -> Iterator[str]:
    import pikepdf

    for page in document.pages:
        yield from _page(page.obj)
    for one in document.objects:
        if isinstance(one, pikepdf.Stream):
            yield from _stream(one)
    for each in dictionaries(document):
        yield from _dictionary(each)


def _page(page: Any) -> Iterator[str]:
    import pikepdf

    contents = page.get("/Contents")
    if contents is None:
        return
    several = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    parts = []
    for one in several:
        data = _plain(one) if isinstance(one, pikepdf.Stream) else None
        if data is None:
            yield "/Contents"
            return
        parts.append(data)
    if not _drawn_plainly(b"\n".join(parts)):
        yield "/Contents"


def _drawn_plainly(content: bytes) -> bool:
    """Known operators only, each with its operands, and as many ends as beginnings."""
    if not _DRAWING.fullmatch(content):
        return False
    depth = 0
    for found in _NESTING.finditer(_STRINGS.sub(b" ", content)):
        depth += {b"q": 1, b"Q": -1}.get(found[1], 0)
        if depth < 0:
            return False
    return depth == 0


def _plain(stream: Any) -> bytes | None:
    """What a stream of drawing holds, packed in a way that has one reading; else None."""
    import pikepdf

    packing = stream.get("/Filter")
    if any(key in stream for key in ("/DecodeParms", "/DP", "/F", "/FFilter", "/FDecodeParms")):
        return None
    names = [str(one) for one in packing] if isinstance(packing, pikepdf.Array) else [str(packing or "")]
    data: bytes = stream.read_raw_bytes()
    if not data:
        # nothing is nothing, however it is packed
        return data
    if names and names[0] == _ASCII:
        names, data = names[1:], _from_ascii(data)
    if names == [_FLATE]:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(data)
        return found if unpacking.eof and not unpacking.unused_data.strip() else None
    return data if names in ([], [""]) else None


def _from_ascii(data: bytes) -> bytes:
    import base64

    return base64.a85decode(data.strip().removesuffix(b"~>"))


def _stream(stream: Any) -> Iterator[str]:
    kind = str(stream.get("/Subtype", ""))
    if kind == "/Form":
        data = _plain(stream)
        if data is None or not _drawn_plainly(data):
            yield "/Form"
        if len(stream.get("/BBox", ())) != 4 or len(stream.get("/Matrix", range(6))) != 6:
            yield "/BBox"
    elif kind == "/Image":
        yield from _image(stream)


def _image(image: Any) -> Iterator[str]:
    """A picture of as many points as it says, in colours that screen and paper show alike."""
    import pikepdf

    packing = image.get("/Filter")
    names = [str(one) for one in packing] if isinstance(packing, pikepdf.Array) else [str(packing or "")]
    if "/Mask" in image or (names[-1] not in {_FLATE, "/DCTDecode", ""}):
        yield "/Image"
        return
    if names[-1] != _FLATE:
        return
    space, bits = str(_space(image.get("/ColorSpace"))), int(image.get("/BitsPerComponent", 8))
    components = _COMPONENTS.get(space)
    if components is None:
        return
    row = (int(image.Width) * components * bits + 7) // 8
    if len(image.read_bytes()) != row * int(image.Height):
        yield "/Image"


def _space(space: Any) -> Any:
    import pikepdf

    return space[0] if isinstance(space, pikepdf.Array) and len(space) else space


def _dictionary(one: Any) -> Iterator[str]:
    """One of the file's dictionaries, wherever it stands."""
    import pikepdf

    if one.get("/Type") == "/Font":
        yield from _font(one)
    for key in ("/ColorSpace", "/CS"):
        space = one.get(key)
        spaces = list(space.values()) if isinstance(space, pikepdf.Dictionary) else [space]
        if any(each is not None and str(_space(each)) not in _SPACES for each in spaces):
            yield key
        if isinstance(space, pikepdf.Dictionary) and any(
            name.startswith("/Default") for name in set(space.keys())
        ):
            yield key
    for key, kinds in (("/Font", ("/Font",)), ("/XObject", ("/Form", "/Image"))):
        held = one.get(key)
        if isinstance(held, pikepdf.Dictionary) and any(
            each.get("/Type" if key == "/Font" else "/Subtype") not in kinds for each in held.values()
        ):
            yield key
    if "/K" in one and one.get("/S") == "/Transparency":
        yield "/Group"
    if "/SMask" in one and "/Subtype" not in one and one.get("/SMask") != "/None":
        yield "/SMask"
    if one.get("/Pattern") is not None and "/Font" in one:
        yield "/Pattern"
    yield from (key for key in _NEVER if key in one)
    if {"/BM", "/CA", "/ca"} & set(one.keys()) and not _shines_plainly(one):
        yield "/ExtGState"


def _shines_plainly(state: Any) -> bool:
    """Transparency with a share from 0 to 1, mixed in the usual way."""
    shares = [state.get(key, 1) for key in ("/CA", "/ca")]
    mixing = str(state.get("/BM", "/Normal"))
    return mixing in {"/Normal", "/Compatible"} and all(0 <= float(share) <= 1 for share in shares)


def _font(font: Any) -> Iterator[str]:
    """A font as our books embed it: its letters are found by one table only."""
    about = font.get("/FontDescriptor")
    plain = (
        font.get("/Subtype") == "/TrueType"
        and not {"/Encoding", "/DescendantFonts"} & set(font.keys())
        and len(font.get("/Widths", ()))
        == int(font.get("/LastChar", -1)) - int(font.get("/FirstChar", 0)) + 1
        and about is not None
        and "/FontFile2" in about
        and int(about.get("/Flags", 0)) & _SYMBOLIC
        and _tables(about.FontFile2.read_bytes()) == 1
    )
    if not plain:
        yield "/Font"


def _tables(font: bytes) -> int:
    """How many tables from codes to letters a TrueType font has. Raises struct.error."""
    (count,) = struct.unpack_from(">H", font, 4)
    places = [struct.unpack_from(">4s4xII", font, 12 + 16 * at) for at in range(count)]
    found = [at for name, at, _ in places if name == b"cmap"]
    if len(found) != 1 or len({name for name, *_ in places}) != count:
        return 0
    return int(struct.unpack_from(">H", font, found[0] + 2)[0])
