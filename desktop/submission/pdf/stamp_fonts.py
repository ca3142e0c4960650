"""Font programs and character maps of others: how large they may draw, and for how many codes they speak."""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator, Mapping

from desktop.submission.pdf.stamp_glyphs import reach_of_outlines
from desktop.submission.pdf.stamp_tables import Tables, tables_of

_LEAST_UNITS, _MOST_UNITS = 250, 16_384
"""Of an em: letters may be some hundred times as large as their size, and not thousands."""
_COMPACT = b"\x01\x00\x04"
"""How each begins: its edition, and how long its head is."""
_LARGEST_SHARE = 0.00101
"""Of an em, for each unit of a compact font: thousandths, or less."""
_COMPACT_REACH = _LARGEST_SHARE * 32_768
"""Of a compact font nobody follows the drawing; its numbers end there."""
_OUTLINES = frozenset({b"\x00\x01\x00\x00", b"true"})
_MOST_CODES = 70_000
"""Of which a map speaks in all; ranges that say the same again and again are never read to their end."""
_GAP = rb"[\t\n\r ]*+"
_REMARK = re.compile(rb"(?:(?<=[\n\r])|\A)%[\t -~]*+(?=[\n\r]|\Z)")
"""They begin a line: elsewhere a sign of theirs is one within a text for some programs."""
_CODE, _LETTER = rb"<(?:[0-9A-Fa-f]{2}){1,2}>", rb"<(?:[0-9A-Fa-f]{2}){0,128}>"
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
    rb"/[A-Za-z0-9+_.-]{1,127}(?![^\t\n\r <>(/])",
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
_MATRIX, _PARTS, _COLLECTION = 12 << 8 | 7, 12 << 8 | 36, 12 << 8 | 30
_CHARSET, _CODES, _LETTERS = 15, 16, 17
_REMARKS = (0, 1, 2, 3, 4, 12 << 8)
"""Version, notice, names for people, weight, copyright."""
_USUAL = 391
"""Names that every compact font has."""
_PLAIN = re.compile(rb"[A-Za-z0-9_.-]{1,127}")


def is_in_measure(program: bytes, kind: str) -> bool:
    """Whether a TrueType, OpenType or compact font counts its units as fonts do. May raise where broken."""
    if kind in {"/Type1C", "/CIDFontType0C"}:
        return _is_compact(program)
    if program[:4] == b"OTTO":
        tables = tables_of(program)
        return _has_units(program, tables) and _is_compact(program[slice(*tables[b"CFF "])])
    return program[:4] in _OUTLINES and kind in {"", "/OpenType"} and _has_units(program, tables_of(program))


def reach(program: bytes, kind: str) -> float:
    """How far its letters reach, in parts of an em, at most. May raise on a broken one."""
    if kind in {"/Type1C", "/CIDFontType0C"} or program[:4] == b"OTTO":
        return _COMPACT_REACH
    return reach_of_outlines(program, tables_of(program))


def _has_units(program: bytes, tables: Tables) -> bool:
    units: int = struct.unpack_from(">H", program, tables[b"head"][0] + 18)[0]
    return _LEAST_UNITS <= units <= _MOST_UNITS


def _is_compact(program: bytes) -> bool:
    """Whether no matrix of a compact font makes it larger than thousandths would, and its letters have names.

    Names are written as they are into what goes to a printer, which is a program of its own.
    """
    if program[:3] != _COMPACT:
        # another kind of font to whoever goes by how it begins, such as a program for a printer
        return False
    _, at = _index(program, _COMPACT[-1])
    tops, after = _index(program, at)
    strings = _index(program, after)[0]
    for top in tops:
        listed = list(_entries(top))
        entries = dict(listed)
        if len(entries) != len(listed) or not _is_called_plainly(program, entries, strings):
            return False
        whole = entries.get(_MATRIX)
        scale = max(map(abs, whole)) if whole else None
        if scale is not None and not scale <= _LARGEST_SHARE:
            return False
        if _PARTS not in entries:
            continue
        for part in _index(program, int(entries[_PARTS][0]))[0]:
            matrix = dict(_entries(part)).get(_MATRIX)
            if matrix and not max(map(abs, matrix)) * (1.0 if scale is None else scale) <= _LARGEST_SHARE:
                return False
    return len(tops) == 1


def _is_called_plainly(program: bytes, entries: Mapping[int, list[float]], strings: list[bytes]) -> bool:
    """Whether what is no remark for people is a name, and no letter is called by a remark."""
    remarks = {int(entries[one][0]) for one in _REMARKS if one in entries}
    others = (one for number, one in enumerate(strings, _USUAL) if number not in remarks)
    table = int(entries.get(_CODES, [0])[0])
    return (
        all(_PLAIN.fullmatch(one) for one in (*others, *_names(program, entries, strings)))
        # a supplement gives codes names that no letter has
        and not (table > 1 and program[table] & 0x80)
    )


def _names(program: bytes, entries: Mapping[int, list[float]], strings: list[bytes]) -> list[bytes]:
    """What its letters are called, but for the usual names, or of which collection of characters it is."""
    if _COLLECTION in entries:
        known = [int(one) for one in entries[_COLLECTION][:2]]
    else:
        count = len(_index(program, int(entries[_LETTERS][0]))[0])
        known = _charset(program, int(entries.get(_CHARSET, [0])[0]), count)
    return [strings[one - _USUAL] for one in known if one >= _USUAL]


def _charset(program: bytes, at: int, count: int) -> list[int]:
    """The names of so many letters, by number; three sets have numbers of their own."""
    if at <= 2:
        return []
    kind, at, found = program[at], at + 1, [0]
    if kind not in {0, 1, 2}:
        raise ValueError(kind)
    while len(found) < count:
        (first,) = struct.unpack_from(">H", program, at)
        at, left = at + 2, 0
        if kind:
            left = int.from_bytes(program[at : at + kind], "big")
            at += kind
        found += range(first, first + min(left, count - len(found) - 1) + 1)
    return found


def _index(program: bytes, at: int) -> tuple[list[bytes], int]:
    """What an index holds, and where it ends."""
    (count,) = struct.unpack_from(">H", program, at)
    if not count:
        return [], at + 2
    size = program[at + 2]
    places = [
        int.from_bytes(program[at + 3 + size * one : at + 3 + size * (one + 1)], "big")
        for one in range(count + 1)
    ]
    start = at + 2 + size * (count + 1)
    return [program[start + a : start + b] for a, b in itertools.pairwise(places)], start + places[-1]


def _entries(packed: bytes) -> Iterator[tuple[int, list[float]]]:
    """The entries of a dictionary of a compact font: operator and operands."""
    at, operands = 0, list[float]()
    while at < len(packed):
        first = packed[at]
        at += 1
        if first <= 21:
            word = first
            if first == 12:
                word, at = 12 << 8 | packed[at], at + 1
            yield word, operands
            operands = []
        elif first == 28:
            operands.append(struct.unpack_from(">h", packed, at)[0])
            at += 2
        elif first == 29:
            operands.append(struct.unpack_from(">i", packed, at)[0])
            at += 4
        elif first == 30:
            said = ""
            while not said.endswith("f"):
                said, at = said + packed[at : at + 1].hex(), at + 1
                if at > len(packed):
                    raise ValueError(said)
            operands.append(_real(said))
        elif first <= 246:
            operands.append(first - 139)
        else:
            more, at = packed[at], at + 1
            operands.append(
                (first - 247) * 256 + more + 108 if first <= 250 else (251 - first) * 256 - more - 108
            )


def _real(said: str) -> float:
    """A number in half bytes."""
    told = said.partition("f")[0].replace("a", ".").replace("b", "E").replace("c", "E-").replace("e", "-")
    return float(told)


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
