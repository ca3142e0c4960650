"""What a stamp is lent to draw with: fonts, colours, pictures, states, in the ways that services have them.

A stamp draws in its box, but what it is lent may end a program, or be a program of its own: a character map
that uses itself, a function of fifty thousand braces, widths for two thousand million letters, a font that
is PostScript. So there is a list of what is let in, and nothing else is.
"""

from __future__ import annotations

import math
import re
import struct
import zlib
from collections.abc import Callable, Iterable
from typing import Any

from desktop.submission.pdf.packed import from_ascii85, unpacked
from desktop.submission.pdf.stamp_fonts import is_in_measure, maps_plainly, reach

_LARGEST = 32_767.0
_CODES = 65_536
_MOST_ITEMS = 70_000
_POINTS, _SIDE = 16_000_000, 32_767
"""Of a picture: in all, and across or down."""
_MOST_SCANS = 100
_PROFILE, _UNICODE, _GLYPHS = 4 << 20, 1 << 20, 2 * _CODES
"""Bytes of what is looked at as a whole."""
_DEVICES = frozenset({"/DeviceGray", "/DeviceRGB", "/DeviceCMYK"})
_NAME = re.compile(r"/(?!.*\.\.)[A-Za-z0-9+_,.-]{1,127}")
_FONT = re.compile(r"/(?!.*\.\.)[A-Za-z0-9+_,. -]{1,127}")
_CHARACTERS = re.compile(r"/?[A-Za-z0-9-]{1,40}")
"""How Adobe calls maps and collections of characters."""
_SIMPLE = frozenset({"/Type1", "/TrueType"})


def _names(*given: str) -> frozenset[str]:
    return frozenset(f"/{name}" for one in given for name in one.split())


_SIMPLE_ENTRIES = _names(
    "Type Subtype Name BaseFont FirstChar LastChar Widths Encoding FontDescriptor ToUnicode"
)
_COMPOSITE = _names("Type Subtype Name BaseFont Encoding DescendantFonts ToUnicode")
_DESCENDANT = _names(
    "Type Subtype BaseFont CIDSystemInfo FontDescriptor DW DW2 W W2 CIDToGIDMap",
)
_ABOUT = _names(
    "Type FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading",
    "CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth CharSet CIDSet FontFile2 FontFile3",
)
_MAPPING = _names("Length Filter Type CMapName CIDSystemInfo WMode")
_PICTURE = _names(
    "Type Subtype Name Width Height BitsPerComponent ColorSpace Filter DecodeParms Decode Interpolate",
    "ImageMask Mask SMask Intent Length Metadata StructParent Matte",
)
_USUAL_REACH = 1.5
_PACKINGS = _names(
    "FlateDecode DCTDecode ASCII85Decode ASCIIHexDecode LZWDecode RunLengthDecode CCITTFaxDecode"
)
_PARAMETERS = _names(
    "Predictor Colors Columns BitsPerComponent EarlyChange K Rows BlackIs1 EncodedByteAlign EndOfLine",
    "EndOfBlock DamagedRowsBeforeError ColorTransform",
)
_STATE = _names("AIS BM CA FL LC LJ LW ML OP OPM SA SM SMask Type ca op")
_GROUP = _names("S CS I K Type")
_FAILURES = (
    zlib.error, struct.error, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


def is_lent_plainly(kind: str, value: Any) -> bool:
    """Whether a thing of a kind (``/Font``, ``/ColorSpace``, ...) is such as services lend."""
    import pikepdf

    rule: Callable[[Any], bool] = {
        "/Font": _is_font, "/ColorSpace": _is_space, "/Image": _is_picture, "/ExtGState": _is_state,
        "/Group": _is_group, "/Encoding": _is_encoding,
    }[kind]  # fmt: skip
    try:
        return rule(value)
    except (*_FAILURES, pikepdf.PdfError):
        return False


def _are_numbers(values: Iterable[Any], *, most: int = 32, largest: float = _LARGEST) -> bool:
    found = list(values)
    return len(found) <= most and all(abs(float(one)) <= largest for one in found)


def _is_name(value: Any) -> bool:
    """A name that leads to no file, where poppler looks for characters, and is no program for a printer."""
    import pikepdf

    return isinstance(value, pikepdf.Name) and _NAME.fullmatch(str(value)) is not None


def _is_called(font: Any) -> bool:
    """MuPDF leaves blanks in names of fonts."""
    return _FONT.fullmatch(str(font.BaseFont)) is not None


def _is_plain_value(value: Any) -> bool:
    """A number, a truth, a name or a text."""
    import pikepdf

    return not isinstance(value, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array))


# -- fonts ------------------------------------------------------------------------------------------
def _is_font(font: Any) -> bool:
    kind = str(font.Subtype)
    letters = font.get("/ToUnicode")
    if letters is not None and not _is_mapping(letters):
        return False
    if not _is_called(font):
        return False
    if kind == "/Type0":
        (inner,) = font.DescendantFonts
        if not (_is_name(font.Encoding) and _CHARACTERS.fullmatch(str(font.Encoding))):
            return False
        return not set(font.keys()) - _COMPOSITE and _is_descendant(inner)
    ends = [int(font.get(key, 0)) for key in ("/FirstChar", "/LastChar")]
    return (
        kind in _SIMPLE
        and not set(font.keys()) - _SIMPLE_ENTRIES
        and all(0 <= one <= 255 for one in ends)
        and _are_numbers(font.get("/Widths", ()), most=256)
        and ("/Encoding" not in font or _is_encoding(font.Encoding))
        and ("/FontDescriptor" not in font or _is_described(font.FontDescriptor))
    )


def _is_encoding(encoding: Any) -> bool:
    import pikepdf

    if _is_name(encoding):
        return True
    if not isinstance(encoding, pikepdf.Dictionary):
        return False
    if set(encoding.keys()) - _names("Type BaseEncoding Differences"):
        return False
    others = list(encoding.get("/Differences", ()))
    return len(others) <= 600 and all(
        _is_name(one) if isinstance(one, pikepdf.Name) else 0 <= int(one) <= 255 for one in others
    )


def _is_descendant(font: Any) -> bool:
    import pikepdf

    map_ = font.get("/CIDToGIDMap", pikepdf.Name.Identity)
    return (
        str(font.Subtype) in {"/CIDFontType0", "/CIDFontType2"}
        and not set(font.keys()) - _DESCENDANT
        and _is_called(font)
        and set(font.CIDSystemInfo.keys()) <= {"/Registry", "/Ordering", "/Supplement"}
        and all(_CHARACTERS.fullmatch(str(one)) for one in font.CIDSystemInfo.values())
        and _are_numbers([font.get("/DW", 1000), *font.get("/DW2", ())], most=3)
        and _are_widths(list(font.get("/W", ())), 1)
        and _are_widths(list(font.get("/W2", ())), 3)
        and (_is_name(map_) or len(unpacked(map_) or b"") in range(1, _GLYPHS + 1))
        and _is_described(font.FontDescriptor)
    )


def _are_widths(given: list[Any], each: int) -> bool:
    """A code and a list of widths, or two codes and what all between them have."""
    import pikepdf

    at = count = 0
    while at < len(given):
        first, then = int(given[at]), given[at + 1]
        if isinstance(then, pikepdf.Array):
            last, values, at = first + len(then) // each - 1, list(then), at + 2
        else:
            last, values, at = int(then), given[at + 2 : at + 2 + each], at + 2 + each
        count += last - first + 1
        if not 0 <= first <= _CODES - 1 or last >= _CODES or count > _MOST_ITEMS or len(values) % each:
            return False
        if not _are_numbers(values, most=_MOST_ITEMS):
            return False
    return True


def _is_described(about: Any) -> bool:
    if set(about.keys()) - _ABOUT or not _are_numbers(about.get("/FontBBox", ()), most=4):
        return False
    return all(
        is_in_measure(unpacked(about[key]) or b"", str(about[key].get("/Subtype", "")))
        for key in ("/FontFile2", "/FontFile3")
        if key in about
    )


def _is_mapping(stream: Any) -> bool:
    if set(stream.keys()) - _MAPPING:
        return False
    data = unpacked(stream)
    return data is not None and len(data) <= _UNICODE and maps_plainly(data)


def reach_of(font: Any) -> float:
    """How far letters of a plain font reach, in parts of an em; those of no program as of any."""
    import pikepdf

    try:
        holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        about = holder.get("/FontDescriptor", pikepdf.Dictionary())
        reaches = [
            reach(unpacked(about[key]) or b"", str(about[key].get("/Subtype", "")))
            for key in ("/FontFile2", "/FontFile3")
            if key in about
        ]
    except (*_FAILURES, pikepdf.PdfError):
        return math.inf
    return max(reaches, default=_USUAL_REACH)


# -- colours ----------------------------------------------------------------------------------------
def _is_space(space: Any) -> bool:
    import pikepdf

    if not isinstance(space, pikepdf.Array):
        return str(space) in _DEVICES
    kind, *more = list(space)
    match str(kind), more:
        case (("/DeviceGray" | "/DeviceRGB" | "/DeviceCMYK"), []):
            return True
        case "/Pattern", [base]:  # Qt lends it always; no pattern is ever drawn
            return str(base) in _DEVICES
        case (("/CalGray" | "/CalRGB" | "/Lab"), [about]):
            return all(
                _are_numbers(one if isinstance(one, pikepdf.Array) else [one]) for one in about.values()
            )
        case "/ICCBased", [profile]:
            return _is_profile(profile)
        case "/Indexed", [base, last, table]:
            held = unpacked(table) if isinstance(table, pikepdf.Stream) else bytes(table)
            plain = not (isinstance(base, pikepdf.Array) and str(base[0]) in {"/Indexed", "/Separation"})
            return plain and _is_space(base) and 0 <= int(last) <= 255 and len(held or b"") <= 4096
        case "/Separation", [name, other, function]:
            return _is_name(name) and str(other) in _DEVICES and _is_function(function)
    return False


def _is_profile(profile: Any) -> bool:
    return (
        not set(profile.keys()) - _names("N Alternate Range Length Filter Metadata")
        and int(profile.N) in {1, 3, 4}
        and str(profile.get("/Alternate", "/DeviceRGB")) in _DEVICES
        and _are_numbers(profile.get("/Range", ()))
        and 0 < len(unpacked(profile) or b"") <= _PROFILE
    )


def _is_function(function: Any) -> bool:
    """From one colour to another; a program, or a table of any size, is none of them."""
    return (
        int(function.FunctionType) == 2
        and not set(function.keys()) - _names("FunctionType Domain Range C0 C1 N")
        and all(_are_numbers(function.get(key, ())) for key in ("/Domain", "/Range", "/C0", "/C1"))
        and 0 < float(function.N) <= 100
    )


# -- pictures, states, groups -----------------------------------------------------------------------
def _is_picture(image: Any, *, masked: bool = True) -> bool:
    import pikepdf

    wide, high = int(image.Width), int(image.Height)
    if set(image.keys()) - _PICTURE or not (0 <= wide <= _SIDE and 0 <= high <= _SIDE):
        return False
    mask = image.get("/Mask")
    if isinstance(mask, pikepdf.Array):
        plain = _are_numbers(mask, most=8)
    else:
        plain = mask is None or (masked and _is_picture(mask, masked=False))
    soft = image.get("/SMask")
    return (
        plain
        and wide * high <= _POINTS
        and (soft is None or (masked and _is_picture(soft, masked=False)))
        and ("/ColorSpace" not in image or _is_space(image.ColorSpace))
        and _are_numbers([*image.get("/Decode", ()), *image.get("/Matte", ())])
        and _is_packed(image)
        and _is_as_large(image, wide * high)
    )


def points_of(image: Any) -> int:
    """How many points a plain picture has, with those of its masks."""
    import pikepdf

    masks = (image.get(key) for key in ("/Mask", "/SMask"))
    held = [one for one in (image, *masks) if isinstance(one, pikepdf.Stream)]
    return sum(int(one.Width) * int(one.Height) for one in held)


def _listed(value: Any) -> list[Any]:
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _is_packed(image: Any) -> bool:
    packings = [str(one) for one in _listed(image.get("/Filter"))]
    if len(packings) > 2 or set(packings) - _PACKINGS or len(set(packings)) != len(packings):
        return False
    for one in _listed(image.get("/DecodeParms")):
        if one is None:
            continue
        if set(one.keys()) - _PARAMETERS or not all(_is_plain_value(each) for each in one.values()):
            return False
        if not _are_numbers([one.get(key, 1) for key in ("/Columns", "/Rows", "/Colors", "/K")]):
            return False
    return True


def _is_as_large(image: Any, points: int) -> bool:
    """Whether a JPEG holds as many points as it is said to hold, drawn over and over again few times."""
    packings = [str(one) for one in _listed(image.get("/Filter"))]
    if "/DCTDecode" not in packings:
        return True
    data: bytes = image.read_raw_bytes()
    match packings:
        case ["/ASCII85Decode", _]:
            data = from_ascii85(data)
        case ["/FlateDecode", _]:
            data = zlib.decompress(data)
        case [_, _]:
            return False
    if data.count(b"\xff\xda") > _MOST_SCANS:
        return False
    at = 2
    while data[at : at + 1] == b"\xff" and at + 4 <= len(data):
        mark, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == 0xDA:
            return False
        if mark in {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}:
            high, wide = struct.unpack_from(">HH", data, at + 5)
            return bool(high * wide == points)
        at += 2 + size
    return False


def _is_state(state: Any) -> bool:
    """Only /SMask may be told to be none, and names for how colours are mixed are several at most."""
    import pikepdf

    if not isinstance(state, pikepdf.Dictionary) or set(state.keys()) - _STATE:
        return False
    blends = _listed(state.get("/BM"))
    return (
        len(blends) <= 20
        and all(_is_name(one) for one in blends)
        and str(state.get("/SMask", "/None")) == "/None"
        and all(_is_plain_value(state[key]) for key in set(state.keys()) - {"/BM"})
        and _are_numbers([state.get(key, 1) for key in ("/LW", "/ML", "/LC", "/LJ", "/SM", "/FL")])
        and all(0 <= float(state.get(key, 1)) <= 1 for key in ("/CA", "/ca"))
    )


def _is_group(group: Any) -> bool:
    return (
        str(group.S) == "/Transparency"
        and not set(group.keys()) - _GROUP
        and ("/CS" not in group or _is_space(group.CS))
    )
