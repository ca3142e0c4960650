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
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop.submission.pdf.packed import unpacked
from desktop.submission.pdf.stamp_colours import are_numbers, is_name, is_space, listed
from desktop.submission.pdf.stamp_fonts import is_in_measure, maps_plainly, numbered, outlines, turning
from desktop.submission.pdf.stamp_glyphs import USUAL, Outlines
from desktop.submission.pdf.stamp_pictures import is_picture
from desktop.submission.pdf.stamp_widths import Widths, widths_of

_CODES = 65_536
_MOST_ITEMS = 70_000
_UNICODE, _GLYPHS = 1 << 20, 2 * _CODES
"""Bytes of what is looked at as a whole."""
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
_STATE = _names("AIS BM CA FL LC LJ LW ML OP OPM SA SM SMask Type ca op")
_STATED = {
    "/CA": (0, 1), "/ca": (0, 1), "/LW": (0, 1), "/SM": (0, 1), "/LC": (0, 2), "/LJ": (0, 2), "/ML": (1, 100),
    "/FL": (0, 100), "/OPM": (0, 1),
}  # fmt: skip
"""No wider a pen than everybody has at first: nobody follows it from here."""
_GROUP = _names("S CS I K Type")
_FAILURES = (
    zlib.error, struct.error, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError,
    RecursionError,
)  # fmt: skip


def is_lent_plainly(kind: str, value: Any) -> bool:
    """Whether a thing of a kind (``/Font``, ``/ColorSpace``, ...) is such as services lend."""
    import pikepdf

    rule: Callable[[Any], bool] = {
        "/Font": _is_font, "/ColorSpace": is_space, "/Image": is_picture, "/ExtGState": _is_state,
        "/Group": _is_group, "/Encoding": _is_encoding,
    }[kind]  # fmt: skip
    try:
        return rule(value)
    except (*_FAILURES, pikepdf.PdfError):
        return False


def is_lent(lent: Any, kind: str, name: str) -> bool:
    """Whether a form is lent something of a kind by this name."""
    import pikepdf

    held = lent.get(kind) if isinstance(lent, pikepdf.Dictionary) else None
    return isinstance(held, pikepdf.Dictionary) and name in held


def named(lent: Any, key: str) -> list[tuple[str, Any]]:
    """What a form is lent of a kind, by name."""
    import pikepdf

    found = lent.get(key)
    return list(found.items()) if isinstance(found, pikepdf.Dictionary) else []


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
        if not (is_name(font.Encoding) and _CHARACTERS.fullmatch(str(font.Encoding))):
            return False
        return not set(font.keys()) - _COMPOSITE and _is_descendant(inner)
    ends = [int(font.get(key, 0)) for key in ("/FirstChar", "/LastChar")]
    return (
        kind in _SIMPLE
        and not set(font.keys()) - _SIMPLE_ENTRIES
        and all(0 <= one <= 255 for one in ends)
        and are_numbers(font.get("/Widths", ()), most=256, least=0)
        and ("/Encoding" not in font or _is_encoding(font.Encoding))
        and ("/FontDescriptor" not in font or _is_described(font.FontDescriptor))
    )


def _is_encoding(encoding: Any) -> bool:
    import pikepdf

    if is_name(encoding):
        return True
    if not isinstance(encoding, pikepdf.Dictionary):
        return False
    if set(encoding.keys()) - _names("Type BaseEncoding Differences"):
        return False
    others = list(encoding.get("/Differences", ()))
    return len(others) <= 600 and all(
        is_name(one) if isinstance(one, pikepdf.Name) else 0 <= int(one) <= 255 for one in others
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
        and are_numbers([font.get("/DW", 1000)], least=0)
        and are_numbers(font.get("/DW2", ()), most=2)
        and _are_widths(list(font.get("/W", ())), 1)
        and _are_widths(list(font.get("/W2", ())), 3)
        and (is_name(map_) or len(unpacked(map_) or b"") in range(1, _GLYPHS + 1))
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
        # letters that go back by themselves has no font
        if not are_numbers(values, most=_MOST_ITEMS, least=0 if each == 1 else None):
            return False
    return True


def _is_described(about: Any) -> bool:
    if set(about.keys()) - _ABOUT or not are_numbers(about.get("/FontBBox", ()), most=4):
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


def outlines_of(font: Any) -> Outlines:
    """How far letters of a plain font reach, and of how many points they are."""
    import pikepdf

    try:
        found = [outlines(*one) for one in _programs(font)]
    except (*_FAILURES, pikepdf.PdfError):
        return Outlines(math.inf, 0)
    # of two programs each reads the one it looks for first
    return USUAL if not found else found[0] if len(found) == 1 else Outlines(math.inf, 0)


def plain_widths(font: Any) -> Widths:
    """How wide letters of a plain font are; for a broken one as of any other."""
    import pikepdf

    try:
        letters = font.get("/ToUnicode")
        return replace(
            widths_of(font), turning=turning(unpacked(letters) or b"" if letters is not None else b"")
        )
    except (*_FAILURES, pikepdf.PdfError):
        return Widths()


def letters_of(font: Any) -> dict[tuple[int, int | bytes], bytes] | None:
    """What letters of a plain font are that printers keep by its number; None where nobody can say."""
    import pikepdf

    try:
        return {key: look for one in _programs(font) for key, look in numbered(*one).items()}
    except (*_FAILURES, pikepdf.PdfError):
        return None


def _programs(font: Any) -> list[tuple[bytes, str]]:
    """The programs that a font holds, and of which kind each is."""
    import pikepdf

    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    about = holder.get("/FontDescriptor", pikepdf.Dictionary())
    return [
        (unpacked(about[key]) or b"", str(about[key].get("/Subtype", "")))
        for key in ("/FontFile2", "/FontFile3")
        if key in about
    ]


# -- states, groups ---------------------------------------------------------------------------------
def _is_state(state: Any) -> bool:
    """Only /SMask may be told to be none, and names for how colours are mixed are several at most."""
    import pikepdf

    if not isinstance(state, pikepdf.Dictionary) or set(state.keys()) - _STATE:
        return False
    blends = listed(state.get("/BM"))
    return (
        len(blends) <= 20
        and all(is_name(one) for one in blends)
        and str(state.get("/SMask", "/None")) == "/None"
        and all(_is_plain_value(state[key]) for key in set(state.keys()) - {"/BM"})
        and all(least <= float(state[key]) <= most for key, (least, most) in _STATED.items() if key in state)
    )


def _is_group(group: Any) -> bool:
    return (
        str(group.S) == "/Transparency"
        and not set(group.keys()) - _GROUP
        and ("/CS" not in group or is_space(group.CS))
    )
