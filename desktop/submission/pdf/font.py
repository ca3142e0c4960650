"""Whether a font within a document is the very piece of one of our fonts that our books hold.

What is seen comes from the outlines in the file, what is found, copied and read aloud from a table beside
them: a font made for it shows one figure and says another. What our books hold follows from the font that
this program brings and from the letters alone, in their order: it is made once more, and has to be equal.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from desktop.base.resources import resource
from desktop.submission.pdf.packed import unpacked


@dataclass(frozen=True, slots=True)
class _About:
    """What the descriptor of each piece says of the whole font."""

    file: str
    name: str
    flags: int
    box: tuple[int, int, int, int]
    weight: int
    capitals: int = 714
    below: int = -293
    slope: int = 0


_OURS = (
    _About("NotoSans-Regular.ttf", "NotoSans-Regular", 4, (-621, -389, 2800, 1067), 87),
    _About("NotoSans-Bold.ttf", "NotoSans-Bold", 262148, (-644, -389, 2800, 1069), 165),
    _About("NotoSans-Italic.ttf", "NotoSans-Italic", 68, (-665, -389, 2767, 1084), 87, slope=-12),
    _About(
        "NotoSans-BoldItalic.ttf", "NotoSans-BoldItalic", 262212, (-680, -389, 2780, 1067), 165, slope=-12
    ),
    _About("NotoSansMath-Subset.ttf", "NotoSansMath-Regular", 4, (-354, -420, 1695, 1069), 87, below=-423),
    _About(
        "NotoSansSymbols2-Subset.ttf", "NotoSansSymbols2-Regular", 4, (-364, -422, 1791, 1069), 87, 945, -630
    ),
)
_ABOVE, _MISSING = 1069, 600
"""The same in all of them."""
_COPIED = ("OS/2", "cvt ", "fpgm", "hhea", "maxp", "name", "prep")
_CODES, _SPACE = 256, 32
_ASCII = tuple(range(_SPACE, 128))
_PIECE = re.compile(r"/[A-GI-K]{6}\+([A-Za-z0-9-]+)")
_ENTRIES = frozenset(
    f"/{name}"
    for name in (
        *("BaseFont", "FirstChar", "FontDescriptor", "LastChar", "Subtype"),
        *("ToUnicode", "Type", "Widths"),
    )
)
_PACKED = frozenset({"/Length", "/Filter"})
_LETTERS = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry ({name})
/Ordering ({name})
/Supplement 0
>> def
/CMapName /{name} def
/CMapType 2 def
1 begincodespacerange
<00> <{last:02X}>
endcodespacerange
{count} beginbfchar
{lines}
endbfchar
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
"""How ReportLab writes which letters the codes are."""
_LETTER = re.compile(rb"^<[0-9A-F]{2}> <([0-9A-F]{4,6})>$", re.MULTILINE)
_MORE, _WORDS, _SCALED, _SCALED_TWICE, _TURNED = 0x20, 0x01, 0x08, 0x40, 0x80

_Pieces = dict[str, bytes]


def odd_font(font: Any) -> str:
    """What differs from a piece of one of our fonts, as ISO 32000-1 calls it; empty when nothing does."""
    import pikepdf

    try:
        return _odd_font(font)
    except (
        pikepdf.PdfError,
        struct.error,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
    ):
        return "/Font"


def _odd_font(font: Any) -> str:
    about, name = _ours_by_name(font)
    # a program that writes the file anew may leave the name out by which the pages call it
    if about is None or set(font.keys()) - {"/Name"} != _ENTRIES:
        return "/Font"
    letters = _said(font)
    if not _are_in_order(letters, piece_number(name)) or unpacked(font.ToUnicode) != _words(name, letters):
        return "/ToUnicode"
    said = {key: font[key] for key in ("/Type", "/Subtype", "/FirstChar", "/LastChar")}
    if said != {"/Type": "/Font", "/Subtype": "/TrueType", "/FirstChar": 0, "/LastChar": len(letters) - 1}:
        return "/Font"
    program, widths = piece(about.file, letters)
    if list(font.Widths) != list(widths) or not all(isinstance(one, int) for one in font.Widths):
        # some programs cut fractions off
        return "/Font"
    held = font.FontDescriptor.FontFile2
    if set(font.ToUnicode.keys()) - _PACKED or set(held.keys()) - _PACKED - {"/Length1"}:
        # some programs take a map for the change of another one that it names
        return "/ToUnicode"
    if unpacked(held) != program or held.get("/Length1") != len(program):
        return "/FontFile2"
    return "" if _is_described(font.FontDescriptor, about, name) else "/FontDescriptor"


def piece_number(name: str) -> int:
    """Which piece of a font it is, by its prefix: A to G and I to K stand for 0 to 9."""
    return int(name[:6].translate(str.maketrans("ABCDEFGIJK", "0123456789")))


def _ours_by_name(font: Any) -> tuple[_About | None, str]:
    found = _PIECE.fullmatch(str(font.BaseFont))
    about = next((one for one in _OURS if found is not None and one.name == found[1]), None)
    return about, str(font.BaseFont)[1:]


def _said(font: Any) -> tuple[int, ...]:
    return tuple(int(one, 16) for one in _LETTER.findall(unpacked(font.ToUnicode) or b""))


def _are_in_order(letters: tuple[int, ...], piece_number: int) -> bool:
    """As ReportLab gives codes to letters: one to each, in the first piece those of ASCII to ASCII."""
    held = [one for one in letters if one not in {0, _SPACE}]
    usual = _ASCII if not piece_number else (_SPACE,)
    return (
        0 < len(letters) <= _CODES
        and letters[0] == 0
        and letters[_SPACE : _SPACE + len(usual)] == usual[: max(0, len(letters) - _SPACE)]
        and len(set(held)) == len(held)
    )


def _words(name: str, letters: tuple[int, ...]) -> bytes:
    lines = "\n".join(f"<{code:02X}> <{letter:04X}>" for code, letter in enumerate(letters))
    return _LETTERS.format(name=name, last=len(letters) - 1, count=len(letters), lines=lines).encode("ascii")


def _is_described(said: Any, about: _About, name: str) -> bool:
    expected: dict[str, Any] = {
        "/Type": "/FontDescriptor",
        "/FontName": f"/{name}",
        "/Flags": about.flags,
        "/Ascent": _ABOVE,
        "/Descent": about.below,
        "/CapHeight": about.capitals,
        "/ItalicAngle": about.slope,
        "/StemV": about.weight,
        "/MissingWidth": _MISSING,
    }
    return (
        set(said.keys()) == {*expected, "/FontBBox", "/FontFile2"}
        and {key: said[key] for key in expected} == expected
        and [float(one) for one in said.FontBBox] == list(about.box)
    )


def shown_codes(font: Any) -> frozenset[int]:
    """The codes that show a letter: for another each program has a sign and a width of its own.

    Empty for a font that is none of ours.
    """
    return frozenset(shown_letters(font))


def shown_letters(font: Any) -> dict[int, int]:
    """The same with the letter of each."""
    import pikepdf

    try:
        about, _ = _ours_by_name(font)
        letters = _said(font) if about is not None else ()
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    codes = _ours(about.file)[2] if about is not None else {}
    # the first stands for what a font lacks, and shows nothing
    return {code: letter for code, letter in enumerate(letters) if codes.get(letter) and (letter or not code)}


@lru_cache(maxsize=64)
def piece(file: str, letters: tuple[int, ...]) -> tuple[bytes, tuple[int, ...]]:
    """The font with these letters as ReportLab cuts it out, and how wide each is. Raises struct.error."""
    whole, glyphs, codes = _ours(file)
    places = {0: 0}
    """Glyphs of the whole font in their order in the piece."""
    for letter in letters:
        places.setdefault(codes.get(letter, 0), len(places))
    order = list(places)
    for glyph in order:
        for part in _parts(glyphs.outline(glyph)):
            found = struct.unpack_from(">H", glyphs.outline(glyph), part)[0]
            if found not in places:
                places[found] = len(places)
                order.append(found)
    made: _Pieces = {name: whole[name] for name in _COPIED if name in whole}
    made["post"] = b"\0\3\0\0" + whole["post"][4:16] + bytes(16)
    made["hmtx"], full = _measures([glyphs.metrics(one) for one in order])
    made["hhea"] = whole["hhea"][:34] + struct.pack(">H", full) + whole["hhea"][36:]
    made["maxp"] = whole["maxp"][:4] + struct.pack(">H", len(order)) + whole["maxp"][6:]
    made["cmap"] = struct.pack(
        f">{11 + len(letters)}H",
        *(0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(letters), 0, 0, len(letters)),
        *(places[codes.get(letter, 0)] for letter in letters),
    )
    made["glyf"], made["loca"], long = _outlines(glyphs, order, places)
    made["head"] = (
        whole["head"][:8] + bytes(4) + whole["head"][12:50] + struct.pack(">H", long) + whole["head"][52:]
    )
    return _written(made), tuple(round(glyphs.width(codes.get(letter, 0))) for letter in letters)


def _parts(outline: bytes) -> list[int]:
    """Where an outline names the glyphs that it is put together from."""
    found: list[int] = []
    at, more = 10, len(outline) > 2 and outline[0] >= 0x80
    while more:
        (flags,) = struct.unpack_from(">H", outline, at)
        found.append(at + 2)
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALED else 4 if flags & _SCALED_TWICE else 8 if flags & _TURNED else 0
        more = bool(flags & _MORE)
    return found


def _outlines(glyphs: _Glyphs, order: list[int], places: dict[int, int]) -> tuple[bytes, bytes, int]:
    drawn, starts = bytearray(), [0]
    for glyph in order:
        outline = bytearray(glyphs.outline(glyph))
        for part in _parts(bytes(outline)):
            (known,) = struct.unpack_from(">H", outline, part)
            struct.pack_into(">H", outline, part, places[known])
        drawn += outline + bytes(-len(outline) % 4)
        starts.append(len(drawn))
    long = (len(drawn) + 1) >> 1 > 0xFFFF
    listed = starts if long else [one >> 1 for one in starts]
    return bytes(drawn), struct.pack(f">{len(listed)}{'L' if long else 'H'}", *listed), int(long)


def _measures(each: list[tuple[int, int]]) -> tuple[bytes, int]:
    """How wide and from where; what the last ones have in common stands once."""
    flat = [part for one in each for part in one]
    end = len(flat) - 2
    while end and flat[end] == flat[end - 2]:
        end -= 2
    end += 2
    short = flat[:end] + flat[end + 1 :: 2]
    return struct.pack(f">{len(short)}H", *short), end >> 1


def _written(made: _Pieces) -> bytes:
    """The tables by name, with the sums over them."""
    count = len(made)
    power = count.bit_length() - 1
    head = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    lines, body = b"", b""
    start = 12 + 16 * count
    for name, held in sorted(made.items()):
        lines += struct.pack(">4sLLL", name.encode("latin-1"), _sum(held), start + len(body), len(held))
        body += held + bytes(-len(held) % 4)
    at = 12 + 16 * count + sum(-(-len(held) // 4) * 4 for name, held in made.items() if name < "head") + 8
    whole = head + lines + body
    return whole[:at] + struct.pack(">L", (0xB1B0AFBA - _sum(whole)) & 0xFFFFFFFF) + whole[at + 4 :]


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    return int(sum(struct.unpack(f">{len(padded) // 4}L", padded))) & 0xFFFFFFFF


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
        widths = struct.unpack_from(f">{full * 2 + self.count - full}H", pieces["hmtx"])
        self._widths = [widths[2 * at] for at in range(full)]
        self._starts = [*(widths[2 * at + 1] for at in range(full)), *widths[2 * full :]]

    def outline(self, glyph: int) -> bytes:
        start, end = self._places[glyph], self._places[glyph + 1]
        if not 0 <= start <= end <= len(self._outlines):
            raise ValueError(glyph)
        return self._outlines[start:end]

    def metrics(self, glyph: int) -> tuple[int, int]:
        """How far the next letter is, and where this one begins."""
        return self._widths[min(glyph, len(self._widths) - 1)], self._starts[glyph]

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
