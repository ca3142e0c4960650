"""Compact fonts: called plainly, as large as they say, and drawn to the end of each letter.

Their letters are little programs that use parts of each other: a few bytes may draw for hours, or beyond all
measure. So each is followed as programs that draw it do, and what no font needs is not.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import struct
from collections.abc import Iterator, Mapping
from typing import Any

from desktop.submission.pdf.stamp_glyphs import MOST_WINDING, Outlines
from desktop.submission.pdf.stamp_letters import Drawing
from desktop.submission.pdf.stamp_rows import MOST_ASKED, WIDE

_COMPACT = b"\x01\x00\x04"
"""How each begins: its edition, and how long its head is."""
_USUAL_SHARE, _SHARES, _SAME = 0.001, (1 / 16_384, 0.00101), (0.99, 1.01)
"""Of an em, for each unit of a compact font: thousandths, or less."""
_MATRIX, _PARTS, _COLLECTION = 12 << 8 | 7, 12 << 8 | 36, 12 << 8 | 30
_CHARSET, _CODES, _LETTERS, _PRIVATE, _SHARED = 15, 16, 17, 18, 19
_NUMBERED = (13, 12 << 8 | 35)
"""By which printers know a font again: its own number, or the first of those of its letters."""
_WIDTHS, _EXPERT = (20, 21), (1, 2)
_PAINTS, _KIND, _PART_OF, _RANGES = 12 << 8 | 5, 12 << 8 | 6, 12 << 8 | 37, 3
_MOST_LETTERS, _MOST_STEPS = 20_000, 1_500_000
"""Letters of a font, and what all of them say."""
_REMARKS = (0, 1, 2, 3, 4, 12 << 8)
"""Version, notice, names for people, weight, copyright."""
_USUAL = 391
"""Names that every compact font has."""
_PLAIN = re.compile(rb"[A-Za-z0-9_.-]{1,127}")


def is_compact(program: bytes, units: int = 0) -> bool:
    """Whether a compact font is as large as it says (in ``units``, if known), and its letters have names.

    Names are written as they are into what goes to a printer, which is a program of its own.
    """
    if program[:3] != _COMPACT:
        # another kind of font to whoever goes by how it begins, such as a program for a printer
        return False
    _, at = _index(program, _COMPACT[-1])
    tops, after = _index(program, at)
    strings = _index(program, after)[0]
    for top in tops:
        entries = _said(top)
        if not _is_called_plainly(program, entries, strings):
            return False
        holders: list[Mapping[int, list[float]]] = [{}]
        if _PARTS in entries:
            holders = [_said(part) for part in _index(program, _whole(entries, _PARTS))[0]]
        for holder in holders:
            share = _share(entries.get(_MATRIX), holder.get(_MATRIX))
            # some go by what is said around it, some by its own matrix
            if not share or (units and not _SAME[0] <= share * units <= _SAME[1]):
                return False
    return len(tops) == 1


def _share(*matrices: list[float] | None) -> float:
    """How large one unit is, in parts of an em; 0 for a matrix that does more than say so.

    FreeType makes whole numbers of 16 bits of it, by the fourth number alone.
    """
    found = [one for one in matrices if one]
    share = 1.0 if found else _USUAL_SHARE
    for a, b, c, d, e, f in found:
        if b or e or f or a != d or abs(c) > a / 2 or not (a == 1 or _SHARES[0] <= a <= _SHARES[1]):
            return 0.0
        share *= a
    return share if _SHARES[0] <= share <= _SHARES[1] else 0.0


def _is_called_plainly(program: bytes, entries: Mapping[int, list[float]], strings: list[bytes]) -> bool:
    """Whether what is no remark for people is a name, and no letter is called by a remark."""
    remarks = {int(entries[one][0]) for one in _REMARKS if one in entries}
    others = (one for number, one in enumerate(strings, _USUAL) if number not in remarks)
    table = _whole(entries, _CODES, 0)
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
        count = len(_index(program, _whole(entries, _LETTERS))[0])
        known = _charset(program, _whole(entries, _CHARSET, 0), count)
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
    """What an index holds, and where it ends. Raises ValueError where it is not in order."""
    (count,) = struct.unpack_from(">H", program, at)
    if not count:
        return [], at + 2
    size = program[at + 2]
    places = [
        int.from_bytes(program[at + 3 + size * one : at + 3 + size * (one + 1)], "big")
        for one in range(count + 1)
    ]
    start = at + 2 + size * (count + 1)
    if (
        places[0] != 1
        or places != sorted(places)
        or start + places[-1] > len(program)
        or size not in range(1, 5)
    ):
        raise ValueError(at)
    return [program[start + a : start + b] for a, b in itertools.pairwise(places)], start + places[-1]


def _said(packed: bytes) -> dict[int, list[float]]:
    """The entries of a dictionary; one twice is another for each program. Raises ValueError."""
    listed = list(_entries(packed))
    found = dict(listed)
    if len(found) != len(listed):
        raise ValueError(listed)
    return found


def _whole(entries: Mapping[int, list[float]], key: int, usual: int | None = None) -> int:
    """The one whole number of an entry. Raises ValueError or KeyError."""
    if usual is not None and key not in entries:
        return usual
    (number,) = entries[key]
    if not isinstance(number, int):
        raise ValueError(key)  # noqa: TRY004 - as of all that is odd in a font
    return number


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


# -- letters ----------------------------------------------------------------------------------------
def compact_outlines(program: bytes) -> Outlines:
    """What the letters of a compact font come to. Raises where it is broken, or says what no font needs."""
    reach, points = 0.0, 0
    wide = length = 0.0
    share = _SHARES[1]
    row, asked = 0.0, 0
    accents: list[float] = []
    for drawn in _drawn(program):
        reach, points = max(reach, drawn.reach), max(points, drawn.points)
        wide, length = max(wide, drawn.wide), max(length, drawn.length)
        if drawn.wide * share <= WIDE:
            row = max(row, drawn.wide)
        elif drawn.wide > row:
            asked += drawn.points
            row = max(row, drawn.row if asked <= MOST_ASKED else drawn.wide)
        if drawn.length > MOST_WINDING * drawn.wide:
            raise ValueError(drawn.length)
        if drawn.accent is not None:
            accents.append(drawn.accent)
    if accents:
        # of whichever two
        reach, wide = reach + max(accents), 2 * wide + max(accents)
        points, row, length = 2 * points, 2 * row, 2 * length
    return Outlines(reach * share, points, wide * share, row * share, length * share)


def numbered_letters(program: bytes) -> dict[tuple[int, int | bytes], bytes]:
    """What letters of a compact font are that a printer may keep by the font's number and their names.

    Raises like :func:`compact_outlines`.
    """
    entries, strings, _ = _tops(program)
    holders = [entries]
    if _PARTS in entries:
        holders += [_said(one) for one in _index(program, _whole(entries, _PARTS))[0]]
    numbers = {_whole(one, key) for one in holders for key in _NUMBERED if key in one}
    if not numbers:
        return {}
    table = _whole(entries, _CHARSET, 0)
    if table in _EXPERT:
        # with names in an order of their own
        return {(number, 0): hashlib.sha256(program).digest() for number in numbers}
    wide = repr([_widths(program, holder) for holder in holders]).encode()
    letters = [one.said.digest() for one in _drawn(program, hashlib.sha256(wide))]
    known = _charset(program, table, len(letters)) or range(len(letters))
    if _COLLECTION in entries:
        strings = []
    usual = {name.encode(): number for number, name in enumerate(_usual_names(), 1)}
    named = [strings[one - _USUAL] if 0 <= one - _USUAL < len(strings) else one for one in known]
    names = [one if isinstance(one, int) else usual.get(one, one) for one in named]
    return {(number, name): letter for name, letter in zip(names, letters, strict=True) for number in numbers}


def _widths(program: bytes, holder: Mapping[int, list[float]]) -> list[list[float] | None]:
    """What the widths of letters are added to."""
    if _PRIVATE not in holder:
        return []
    size, at = (_whole({0: [one]}, 0) for one in holder[_PRIVATE])
    entries = _said(program[at : at + size])
    return [entries.get(key) for key in _WIDTHS]


def _usual_names() -> list[str]:
    """What letters are called that have a number in every compact font, in their order: those of today."""
    from reportlab.pdfbase.pdfmetrics import getEncoding

    return [one for one in getEncoding("StandardEncoding").vector if one]


def _tops(program: bytes) -> tuple[dict[int, list[float]], list[bytes], list[bytes]]:
    """What a compact font of one font says of it, its strings, and what its letters use in all parts."""
    _, at = _index(program, _COMPACT[-1])
    (top,), after = _index(program, at)
    strings, after = _index(program, after)
    return _said(top), strings, _index(program, after)[0]


def _drawn(program: bytes, said: Any = None) -> Iterator[Drawing]:
    """Its letters, each drawn to its end; a digest of what each says goes on from ``said``."""
    entries, _, everywhere = _tops(program)
    letters = _index(program, _whole(entries, _LETTERS))[0]
    if _whole(entries, _KIND, 2) != 2 or _whole(entries, _PAINTS, 0) or len(letters) > _MOST_LETTERS:
        raise ValueError(len(letters))
    holders, which = [entries], bytes(len(letters))
    if _PARTS in entries:
        holders = [_said(one) for one in _index(program, _whole(entries, _PARTS))[0]]
        which = _parts_of_letters(program, _whole(entries, _PART_OF), len(letters))
    own = [_own(program, holder) for holder in holders]
    left = [_MOST_STEPS]
    for part, letter in zip(which, letters, strict=True):
        drawn = Drawing(everywhere, own[part], left, said=said.copy() if said is not None else None)
        drawn.run(letter, 0)
        yield drawn


def _own(program: bytes, holder: Mapping[int, list[float]]) -> list[bytes]:
    """What letters of a part use of each other."""
    if _PRIVATE not in holder:
        return []
    size, at = (_whole({0: [one]}, 0) for one in holder[_PRIVATE])
    entries = _said(program[at : at + size])
    return _index(program, at + _whole(entries, _SHARED))[0] if _SHARED in entries else []


def _parts_of_letters(program: bytes, at: int, count: int) -> bytes:
    """Of which part each letter is. Raises ValueError."""
    kind, found = program[at], b""
    if kind == 0:
        found = program[at + 1 : at + 1 + count]
    elif kind == _RANGES:
        (ranges,) = struct.unpack_from(">H", program, at + 1)
        rows = [struct.unpack_from(">HB", program, at + 3 + 3 * one) for one in range(ranges)]
        (end,) = struct.unpack_from(">H", program, at + 3 + 3 * ranges)
        for (first, part), then in zip(rows, [*(one for one, _ in rows[1:]), end], strict=True):
            if first != len(found) or not first < then <= count:
                raise ValueError(first)
            found += bytes([part]) * (then - first)
    if len(found) != count:
        raise ValueError(kind)
    return found
