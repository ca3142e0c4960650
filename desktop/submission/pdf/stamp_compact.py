"""Compact fonts: called plainly, as large as they say, and drawn to the end of each letter.

Their letters are little programs that use parts of each other: a few bytes may draw for hours, or beyond all
measure. So each is followed as programs that draw it do, and what no font needs is not.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from desktop.submission.pdf.stamp_glyphs import Outlines

_COMPACT = b"\x01\x00\x04"
"""How each begins: its edition, and how long its head is."""
_LARGEST_SHARE = 0.00101
"""Of an em, for each unit of a compact font: thousandths, or less."""
_MATRIX, _PARTS, _COLLECTION = 12 << 8 | 7, 12 << 8 | 36, 12 << 8 | 30
_CHARSET, _CODES, _LETTERS, _PRIVATE, _SHARED = 15, 16, 17, 18, 19
_KIND, _PART_OF, _RANGES = 12 << 8 | 6, 12 << 8 | 37, 3
_CALLS, _RETURN, _END = (10, 29), 11, 14
_MASKS = frozenset({19, 20})
_STEMS = frozenset({1, 3, 18, 23}) | _MASKS
_MOST_LETTERS, _MOST_STEPS, _DEEPEST, _MOST_OPERANDS = 20_000, 1_500_000, 10, 48
"""Letters of a font, what all of them say, and parts within parts (as all programs have it)."""
_REMARKS = (0, 1, 2, 3, 4, 12 << 8)
"""Version, notice, names for people, weight, copyright."""
_USUAL = 391
"""Names that every compact font has."""
_PLAIN = re.compile(rb"[A-Za-z0-9_.-]{1,127}")


def is_compact(program: bytes) -> bool:
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
        entries = _said(top)
        if not _is_called_plainly(program, entries, strings):
            return False
        whole = entries.get(_MATRIX)
        scale = max(map(abs, whole)) if whole else None
        if scale is not None and not scale <= _LARGEST_SHARE:
            return False
        if _PARTS not in entries:
            continue
        for part in _index(program, _whole(entries, _PARTS))[0]:
            matrix = _said(part).get(_MATRIX)
            if matrix and not max(map(abs, matrix)) * (1.0 if scale is None else scale) <= _LARGEST_SHARE:
                return False
    return len(tops) == 1


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
    _, at = _index(program, _COMPACT[-1])
    (top,), after = _index(program, at)
    _, after = _index(program, after)
    everywhere = _index(program, after)[0]
    entries = _said(top)
    letters = _index(program, _whole(entries, _LETTERS))[0]
    if _whole(entries, _KIND, 2) != 2 or len(letters) > _MOST_LETTERS:
        raise ValueError(len(letters))
    holders, which = [entries], bytes(len(letters))
    if _PARTS in entries:
        holders = [_said(one) for one in _index(program, _whole(entries, _PARTS))[0]]
        which = _parts_of_letters(program, _whole(entries, _PART_OF), len(letters))
    own = [_own(program, holder) for holder in holders]
    left, reach, points = [_MOST_STEPS], 0.0, 0
    for part, letter in zip(which, letters, strict=True):
        drawn = _Drawing(everywhere, own[part], left)
        drawn.run(letter, 0)
        reach, points = max(reach, drawn.reach), max(points, drawn.points)
    return Outlines(reach * _LARGEST_SHARE, points)


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


_Steps = Iterator[tuple[float, float]]


@dataclass(slots=True)
class _Drawing:
    """One letter, step by step (Adobe's Type 2 charstrings)."""

    everywhere: list[bytes]
    own: list[bytes]
    left: list[int]
    """Steps that all letters of the font may still take."""
    reach: float = 0.0
    points: int = 0
    stems: int = 0
    ended: bool = False
    x: float = 0.0
    y: float = 0.0
    stack: list[float] = field(default_factory=list)

    def run(self, data: bytes, depth: int) -> None:
        """Raises ValueError or IndexError for what no font says."""
        if depth > _DEEPEST:
            raise ValueError(depth)
        at = 0
        while at < len(data) and not self.ended:
            first = data[at]
            self.left[0] -= 1
            if self.left[0] < 0 or len(self.stack) > _MOST_OPERANDS:
                raise ValueError(first)
            if first >= 32 or first == 28:
                at = self._number(data, at)
                continue
            at += 1
            if first == 12:
                first, at = 12 << 8 | data[at], at + 1
            if first == _RETURN:
                return
            if first in _CALLS:
                parts = self.own if first == _CALLS[0] else self.everywhere
                number = int(self.stack.pop()) + _bias(len(parts))
                if number < 0:
                    raise ValueError(number)
                self.run(parts[number], depth + 1)
            elif first in _STEMS:
                at = self._stem(first, at)
            else:
                self._draw(first)

    def _number(self, data: bytes, at: int) -> int:
        first = data[at]
        if first == 28:
            self.stack.append(struct.unpack_from(">h", data, at + 1)[0])
            return at + 3
        if first == 255:
            self.stack.append(struct.unpack_from(">i", data, at + 1)[0] / 65536)
            return at + 5
        if first <= 246:
            self.stack.append(first - 139)
            return at + 1
        more = data[at + 1]
        self.stack.append(
            (first - 247) * 256 + more + 108 if first <= 250 else (251 - first) * 256 - more - 108
        )
        return at + 2

    def _stem(self, word: int, at: int) -> int:
        self.stems += len(self.stack) // 2
        self.stack.clear()
        return at + (self.stems + 7) // 8 if word in _MASKS else at

    def _draw(self, word: int) -> None:
        if word == _END:
            if len(self.stack) > 1:
                # put together of two others, as of old
                raise ValueError(word)
            self.ended = True
            return
        for dx, dy in _STEPS[word](self.stack):
            self.x, self.y, self.points = self.x + dx, self.y + dy, self.points + 1
            self.reach = max(self.reach, abs(self.x), abs(self.y))
        self.stack.clear()


def _bias(count: int) -> int:
    return 107 if count < 1240 else 1131 if count < 33_900 else 32_768


def _pairs(values: list[float]) -> _Steps:
    return zip(values[::2], values[1::2], strict=True)


def _in_turn(values: list[float], *, level: bool) -> _Steps:
    for one in values:
        yield (one, 0) if level else (0, one)
        level = not level


def _along(values: list[float], *, level: bool) -> _Steps:
    """Curves that begin and end level, or upright."""
    aside, values = (values[0], values[1:]) if len(values) % 4 else (0.0, values)
    for at in range(0, len(values), 4):
        first, x, y, last = values[at : at + 4]
        yield (first, aside) if level else (aside, first)
        yield x, y
        yield (last, 0) if level else (0, last)
        aside = 0.0


def _by_turns(values: list[float], *, level: bool) -> _Steps:
    """Curves that begin level and end upright, or the other way round."""
    extra = values.pop() if len(values) % 4 else 0.0
    for at in range(0, len(values), 4):
        first, x, y, last = values[at : at + 4]
        aside = extra if at + 4 == len(values) else 0.0
        yield (first, 0) if level else (0, first)
        yield x, y
        yield (aside, last) if level else (last, aside)
        level = not level


def _flat(values: list[float]) -> _Steps:
    a, b, c, d, e, f, g = values
    return iter([(a, 0), (b, c), (d, 0), (e, 0), (f, -c), (g, 0)])


def _nearly_flat(values: list[float]) -> _Steps:
    a, b, c, d, e, f, g, h, i = values
    return iter([(a, b), (c, d), (e, 0), (f, 0), (g, h), (i, -(b + d + h))])


def _there_and_back(values: list[float]) -> _Steps:
    pairs, last = list(_pairs(values[:10])), values[10]
    x, y = sum(dx for dx, _ in pairs), sum(dy for _, dy in pairs)
    return iter([*pairs, (last, -y) if abs(x) > abs(y) else (-x, last)])


_STEPS: Mapping[int, Callable[[list[float]], _Steps]] = {
    # a letter's width may stand before what it begins with
    21: lambda values: _pairs(values[-2:]),
    22: lambda values: iter([(values[-1], 0.0)]),
    4: lambda values: iter([(0.0, values[-1])]),
    5: _pairs,
    6: partial(_in_turn, level=True),
    7: partial(_in_turn, level=False),
    8: _pairs,
    24: _pairs,
    25: _pairs,
    26: partial(_along, level=False),
    27: partial(_along, level=True),
    30: partial(_by_turns, level=False),
    31: partial(_by_turns, level=True),
    12 << 8 | 34: _flat,
    12 << 8 | 35: lambda values: _pairs(values[:12]),
    12 << 8 | 36: _nearly_flat,
    12 << 8 | 37: _there_and_back,
}
"""What is reckoned with numbers, kept or chosen by chance is left out: no font of today needs it."""
