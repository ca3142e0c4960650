"""Whether a font within a document draws the very letters that it says it draws.

What is seen comes from the outlines in the file, what is found, copied and read aloud from a table beside
them: a font made for it shows one figure and says another. Our books hold pieces of our own fonts in one
known form, so every outline is held against the letter that it is said to be.
"""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache
from typing import Any

from desktop.base.resources import resource
from desktop.submission.pdf.packed import unpacked

_FILES = (
    "NotoSans-Regular.ttf",
    "NotoSans-Bold.ttf",
    "NotoSans-Italic.ttf",
    "NotoSans-BoldItalic.ttf",
    "NotoSansMath-Subset.ttf",
    "NotoSansSymbols2-Subset.ttf",
)
_COPIED = ("cvt ", "fpgm", "prep")
"""Programs of a font, which may move its points."""
_HELD = frozenset({*_COPIED, "OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post"})
_CODES = 256
_ENTRIES = frozenset(
    f"/{name}"
    for name in (
        "BaseFont",
        "FirstChar",
        "FontDescriptor",
        "LastChar",
        "Name",
        "Subtype",
        "ToUnicode",
        "Type",
        "Widths",
    )
)
_ABOUT = frozenset(
    f"/{name}"
    for name in (
        "Ascent",
        "CapHeight",
        "Descent",
        "Flags",
        "FontBBox",
        "FontFile2",
        "FontName",
        "ItalicAngle",
        "MissingWidth",
        "StemV",
        "Type",
    )
)
_SYMBOLIC = 4
_NAME = rb"[A-Za-z0-9+-]{1,80}"
_LETTERS = re.compile(
    rb"/CIDInit /ProcSet findresource begin\s12 dict begin\sbegincmap\s/CIDSystemInfo\s<< /Registry \("
    + _NAME
    + rb"\)\s/Ordering \("
    + _NAME
    + rb"\)\s/Supplement 0\s>> def\s/CMapName /"
    + _NAME
    + rb" def\s/CMapType 2 def\s1 begincodespacerange\s<00> <([0-9A-F]{2})>\sendcodespacerange\s"
    rb"([0-9]{1,3}) beginbfchar\s((?:<[0-9A-F]{2}> <[0-9A-F]{4,6}>\s)*)endbfchar\sendcmap\s"
    rb"CMapName currentdict /CMap defineresource pop\send\send\s*"
)
"""How ReportLab writes which letters the codes are."""
_LETTER = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_MORE, _WORDS, _SCALED, _SCALED_TWICE, _TURNED = 0x20, 0x01, 0x08, 0x40, 0x80
_DEEPEST = 8

_Pieces = dict[str, bytes]


def odd_font(font: Any) -> str:
    """What differs from a piece of one of our fonts, as ISO 32000-1 calls it; empty when nothing does."""
    import pikepdf

    if not _is_written_plainly(font):
        return "/Font"
    try:
        held = font.FontDescriptor.FontFile2
        letters = _letters(unpacked(font.ToUnicode) or b"")
        data = unpacked(held) or b""
        if int(held.get("/Length1", len(data))) != len(data):
            return "/Font"
        pieces = _pieces(data)
        widths = list(font.Widths)
        if not all(isinstance(one, int) for one in widths):
            # some programs cut fractions off
            return "/Font"
        if not letters or len(letters) != len(widths) or not _draws(font, pieces, letters, widths):
            return "/ToUnicode"
    except (
        pikepdf.PdfError,
        zlib.error,
        struct.error,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
    ):
        return "/Font"
    return ""


def _is_written_plainly(font: Any) -> bool:
    """A TrueType font whose letters are found by its one table, by nothing that the document says besides."""
    about = font.get("/FontDescriptor")
    return (
        font.get("/Subtype") == "/TrueType"
        and set(font.keys()) <= _ENTRIES
        and about is not None
        and set(about.keys()) <= _ABOUT
        and {"/ToUnicode", "/Widths"} <= set(font.keys())
        and "/FontFile2" in about
        and font.get("/FirstChar") == 0
        and font.get("/LastChar") == len(font.Widths) - 1
        and bool(int(about.get("/Flags", 0)) & _SYMBOLIC)
        and about.get("/FontName") == font.get("/BaseFont")
        and _ABOUT - {"/MissingWidth"} <= set(about.keys())
    )


def _letters(text: bytes) -> list[int]:
    """Which letter each code is said to be; empty unless it is written as ReportLab writes it."""
    found = _LETTERS.fullmatch(text)
    if found is None:
        return []
    said = [(int(one[1], 16), int(one[2], 16)) for one in _LETTER.finditer(found[3])]
    whole = [code for code, _ in said] == list(range(len(said))) and 0 < len(said) <= _CODES
    return [letter for _, letter in said] if whole and int(found[1], 16) == len(said) - 1 else []


def _pieces(data: bytes) -> _Pieces:
    """The tables of a TrueType font, by name. Raises ValueError for two of one name, struct.error."""
    kind, count = struct.unpack_from(">IH", data)
    found: _Pieces = {}
    for at in range(count):
        name, start, size = struct.unpack_from(">4s4xII", data, 12 + 16 * at)
        if kind != 0x10000 or start + size > len(data):
            raise ValueError(name)
        found[name.decode("latin-1")] = data[start : start + size]
    if len(found) != count:
        raise ValueError(count)
    return found


class _Glyphs:
    """The outlines of a font, and how wide each is."""

    def __init__(self, pieces: _Pieces) -> None:
        (self.count,) = struct.unpack_from(">H", pieces["maxp"], 4)
        (long,) = struct.unpack_from(">h", pieces["head"], 50)
        (full,) = struct.unpack_from(">H", pieces["hhea"], 34)
        self._unit = int(struct.unpack_from(">H", pieces["head"], 18)[0])
        places = struct.unpack_from(f">{self.count + 1}{'I' if long else 'H'}", pieces["loca"])
        self._places = [one * (1 if long else 2) for one in places]
        self._outlines = pieces["glyf"]
        widths = struct.unpack_from(f">{full * 2 + self.count - full}h", pieces["hmtx"])
        self._widths = [widths[2 * at] for at in range(full)]
        self._starts = [*(widths[2 * at + 1] for at in range(full)), *widths[2 * full :]]

    def outline(self, glyph: int) -> bytes:
        start, end = self._places[glyph], self._places[glyph + 1]
        if not 0 <= start <= end <= len(self._outlines):
            raise ValueError(glyph)
        return self._outlines[start:end]

    def metrics(self, glyph: int) -> tuple[int, int]:
        """How far the next letter is, and where this one begins."""
        return self._widths[min(glyph, len(self._widths) - 1)] & 0xFFFF, self._starts[glyph]

    def width(self, glyph: int) -> float:
        """In thousandths of the size."""
        return self.metrics(glyph)[0] * 1000 / self._unit


@cache
def _ours(file: str) -> tuple[_Pieces, _Glyphs, dict[int, int]]:
    pieces = _pieces(resource("fonts", file).read_bytes())
    return pieces, _Glyphs(pieces), _codes(pieces["cmap"])


def _codes(table: bytes) -> dict[int, int]:
    """Which glyph each letter has, by the table of all planes or else of the first."""
    (count,) = struct.unpack_from(">H", table, 2)
    found: dict[int, int] = {}
    for at in range(count):
        (start,) = struct.unpack_from(">I", table, 4 + 8 * at + 4)
        (form,) = struct.unpack_from(">H", table, start)
        if form == 12:
            (groups,) = struct.unpack_from(">I", table, start + 12)
            for group in range(groups):
                first, last, glyph = struct.unpack_from(">III", table, start + 16 + 12 * group)
                found |= {code: glyph + code - first for code in range(first, last + 1)}
        elif form == 4:
            found |= _codes_in_segments(table, start)
    return found


def _codes_in_segments(table: bytes, start: int) -> dict[int, int]:
    (double,) = struct.unpack_from(">H", table, start + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, start + 14)
    starts, steps, offsets = (
        struct.unpack_from(f">{count}H", table, start + 16 + double * part) for part in (1, 2, 3)
    )
    found: dict[int, int] = {}
    for at in range(count):
        for code in range(starts[at], min(ends[at], 0xFFFE) + 1):
            glyph = code
            if offsets[at]:
                place = start + 16 + 3 * double + 2 * at + offsets[at] + 2 * (code - starts[at])
                (glyph,) = struct.unpack_from(">H", table, place)
            if glyph or not offsets[at]:
                found[code] = (glyph + steps[at]) & 0xFFFF
    return found


def _draws(font: Any, pieces: _Pieces, letters: list[int], widths: list[int]) -> bool:
    """Whether it is a piece of one of our fonts that draws exactly the letters it says."""
    if set(pieces) - _HELD:
        return False
    glyphs = struct.unpack(f">{len(letters)}H", pieces["cmap"][22:])
    head = struct.pack(">10H", 0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(letters), 0, 0)
    if pieces["cmap"][:22] != head + struct.pack(">H", len(letters)):
        return False
    own, said = _Glyphs(pieces), list(zip(glyphs, letters, widths, strict=True))
    missing = font.FontDescriptor.get("/MissingWidth")
    return any(_is_piece_of(file, pieces, own, said, missing) for file in _FILES)


def _is_piece_of(
    file: str, pieces: _Pieces, own: _Glyphs, said: list[tuple[int, int, int]], missing: int | None
) -> bool:
    whole, glyphs, codes = _ours(file)
    same = (
        all(pieces.get(name) == whole.get(name) for name in _COPIED)
        # the sum over the file, and the width of places
        and pieces["head"][:8] + pieces["head"][12:50] == whole["head"][:8] + whole["head"][12:50]
        and pieces["hhea"][:34] == whole["hhea"][:34]
        and pieces["maxp"][:4] + pieces["maxp"][6:] == whole["maxp"][:4] + whole["maxp"][6:]
    )
    # what a font has no letter for it draws as an empty box, which codes beyond its letters draw as well
    empty = _same_outline(own, 0, glyphs, 0) and missing in {None, round(glyphs.width(0))}
    return (
        same
        and empty
        and all(
            _same_outline(own, glyph, glyphs, codes.get(letter, 0))
            and width == round(glyphs.width(codes.get(letter, 0)))
            for glyph, letter, width in said
        )
    )


def _same_outline(one: _Glyphs, glyph: int, other: _Glyphs, known: int, depth: int = 0) -> bool:
    mine, theirs = one.outline(glyph), other.outline(known)
    if one.metrics(glyph) != other.metrics(known) or mine[:10] != theirs[:10] or depth > _DEEPEST:
        return False
    if not theirs or theirs[0] < 0x80:
        return mine.rstrip(b"\0") == theirs.rstrip(b"\0")
    at, more = 10, True
    while more:
        flags, part, known_part = (
            *struct.unpack_from(">HH", mine, at),
            *struct.unpack_from(">2xH", theirs, at),
        )
        size = 4 + (4 if flags & _WORDS else 2)
        size += 2 if flags & _SCALED else 4 if flags & _SCALED_TWICE else 8 if flags & _TURNED else 0
        if (
            mine[at : at + 2] != theirs[at : at + 2]
            or mine[at + 4 : at + size] != theirs[at + 4 : at + size]
            or not _same_outline(one, part, other, known_part, depth + 1)
        ):
            return False
        at, more = at + size, bool(flags & _MORE)
    return mine[at:].rstrip(b"\0") == theirs[at:].rstrip(b"\0")
