"""Font programs and character maps of others: how large they may draw, and for how many codes they speak."""

from __future__ import annotations

import re
import struct

from desktop.submission.pdf.stamp_compact import compact_outlines, is_compact, numbered_letters
from desktop.submission.pdf.stamp_glyphs import Outlines, outlines_of
from desktop.submission.pdf.stamp_tables import Tables, tables_of

_LEAST_UNITS, _MOST_UNITS = 250, 16_384
"""Of an em: letters may be some hundred times as large as their size, and not thousands."""
_OUTLINES = frozenset({b"\x00\x01\x00\x00", b"true"})
_MOST_CODES = 70_000
"""Of which a map speaks in all; ranges that say the same again and again are never read to their end."""
_GAP = rb"[\t\n\r ]*+"
_REMARK = re.compile(rb"(?:(?<=[\n\r])|\A)%[\t -~]*+(?=[\n\r]|\Z)")
"""They begin a line: elsewhere a sign of theirs is one within a text for some programs."""
_CODE, _LETTER = rb"<(?:[0-9A-Fa-f]{2}){1,2}>", rb"<(?:[0-9A-Fa-f]{2}){0,36}>"
"""One letter stands for eighteen at most, in Arabic."""
_LETTER_LIST = rb"\[(?:" + _GAP + _LETTER + rb")*+" + _GAP + rb"\]"
_ROWS = {
    b"codespacerange": _CODE + _GAP + _CODE,
    b"bfchar": _CODE + _GAP + _LETTER,
    b"bfrange": _CODE + _GAP + _CODE + _GAP + rb"(?:" + _LETTER + rb"|" + _LETTER_LIST + rb")",
}
_MAP_WORDS = (
    b"findresource begincmap begin dict dup def endcmap currentdict defineresource pop end CMapName".split()
)
_SAYS = (
    *(b"begin" + kind + rb"(?:" + _GAP + row + rb")*+" + _GAP + b"end" + kind for kind, row in _ROWS.items()),
    rb"/[A-Za-z0-9+_.,-]{1,127}(?![^\t\n\r <>(/])",
    rb"[0-9]{1,5}(?:\.[0-9]{1,5})?(?![^\t\n\r >/])",
    rb"\([A-Za-z0-9+_ .-]{0,60}\)",
    rb"<<|>>",
    rb"(?:" + b"|".join(_MAP_WORDS) + rb")(?![^\t\n\r /<>])",
)
_MAP = re.compile(rb"(?:" + _GAP + rb"(?:" + rb"|".join(_SAYS) + rb"))*+" + _GAP)
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]+)>" + _GAP + rb"<([0-9A-Fa-f]+)>" + _GAP + rb"(?:" + _LETTER + rb"|\[[^\]]*+\])"
)


_TURNING = frozenset((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Signs that nobody sees, and that turn what follows, also of others."""
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>" + _GAP + rb"<([0-9A-Fa-f]*)>")
_ROW = re.compile(
    rb"<([0-9A-Fa-f]+)>" + _GAP + rb"<([0-9A-Fa-f]+)>" + _GAP + rb"(?:<([0-9A-Fa-f]*)>|\[([^\]]*+)\])"
)
_TARGET = re.compile(rb"<([0-9A-Fa-f]*)>")


def turning(data: bytes) -> frozenset[int]:
    """The codes that stand for a sign that turns what follows, by a plain map from codes to letters."""
    data = _REMARK.sub(b"", data)
    pairs = [(int(one, 16), to) for block in _CHARACTERS.findall(data) for one, to in _PAIR.findall(block)]
    found: set[int] = set()
    for block in _RANGES.findall(data):
        for first, last, to, several in _ROW.findall(block):
            begin, end = int(first, 16), int(last, 16)
            pairs += zip(range(begin, end + 1), _TARGET.findall(several), strict=False)
            if to:
                pairs.append((begin, to))
                # the last sign is counted on
                codes = (begin + one - int(to[-4:], 16) for one in _TURNING)
                found |= {code for code in codes if begin <= code <= end}
    found |= {code for code, to in pairs if _TURNING & set(_units_of(to))}
    return frozenset(found)


def _units_of(target: bytes) -> list[int]:
    return [int(target[at : at + 4], 16) for at in range(0, len(target), 4)]


def is_in_measure(program: bytes, kind: str) -> bool:
    """Whether a TrueType, OpenType or compact font counts its units as fonts do. May raise where broken."""
    if kind in {"/Type1C", "/CIDFontType0C"}:
        return is_compact(program)
    if program[:4] == b"OTTO":
        tables = tables_of(program)
        units = _units(program, tables)
        return _are_plain(units) and is_compact(program[slice(*tables[b"CFF "])], units)
    plain = program[:4] in _OUTLINES and kind in {"", "/OpenType"}
    return plain and _are_plain(_units(program, tables_of(program)))


def outlines(program: bytes, kind: str) -> Outlines:
    """How far its letters reach, and of how many points they are. May raise on a broken one."""
    if kind in {"/Type1C", "/CIDFontType0C"}:
        return compact_outlines(program)
    tables = tables_of(program)
    if program[:4] == b"OTTO":
        return compact_outlines(program[slice(*tables[b"CFF "])])
    return outlines_of(program, tables)


def numbered(program: bytes, kind: str) -> dict[tuple[int, int | bytes], bytes]:
    """What its letters look like that printers keep by a number of their font. May raise on a broken one."""
    if kind in {"/Type1C", "/CIDFontType0C"}:
        return numbered_letters(program)
    if program[:4] == b"OTTO":
        return numbered_letters(program[slice(*tables_of(program)[b"CFF "])])
    return {}


def _units(program: bytes, tables: Tables) -> int:
    return int(struct.unpack_from(">H", program, tables[b"head"][0] + 18)[0])


def _are_plain(units: int) -> bool:
    return _LEAST_UNITS <= units <= _MOST_UNITS


def maps_plainly(data: bytes) -> bool:
    """Whether a map from codes to letters is written as every writer does, and speaks of few codes in all."""
    data = _REMARK.sub(b"", data)
    if _MAP.fullmatch(data) is None:
        return False
    codes = sum(int(block.count(b">")) for block in _CHARACTERS.findall(data))
    for block in _RANGES.findall(data):
        for first, last in _RANGE.findall(block):
            if int(last, 16) < int(first, 16):
                return False
            codes += int(last, 16) - int(first, 16) + 1
    return bool(codes <= _MOST_CODES)
