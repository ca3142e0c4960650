"""The tables of an embedded font: such as draw letters by their outlines, and name few of them by codes.

Some programs draw by others that a font may have (pictures, colours, letters that change), which nobody has
measured; and Firefox makes a list of all codes of which a font speaks: of two thousand million it ends.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping

Tables = Mapping[bytes, tuple[int, int]]

_KNOWN = frozenset(
    {
        *(b"CFF ", b"OS/2", b"cmap", b"cvt ", b"fpgm", b"gasp", b"glyf", b"head", b"hhea", b"hmtx", b"loca"),
        *(b"maxp", b"name", b"post", b"prep", b"vhea", b"vmtx"),
        # of those who embed a font as it is; none of them draws
        *(b"BASE", b"DSIG", b"FFTM", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"MATH", b"PCLT", b"STAT"),
        *(b"TTFA", b"VDMX", b"VORG", b"hdmx", b"kern", b"meta"),
    }
)
_DRAWN_SO = re.compile(rb"cpop|DF[GHKM]|DLC|HuaTian|Ming(?:Li|Medium|\()")
"""Families of Chinese fonts of the nineties."""
_LONGEST_PROGRAM, _LONGEST_ALONE = 20_000, 3_000
"""Bytes of what is done for all letters, and for each size where there are no measures."""
_MOST_CODES, _MOST_MAPS = 70_000, 12
_BYTES, _SEGMENTS, _TRIMMED, _GROUPS, _VARIANTS = 0, 4, 6, 12, 14


def tables_of(program: bytes) -> dict[bytes, tuple[int, int]]:
    """Where each begins and ends. Raises ValueError, or struct.error, where one is odd.

    One twice is another for each program, and one that lies beyond the end is none for some.
    """
    (count,) = struct.unpack_from(">H", program, 4)
    found: dict[bytes, tuple[int, int]] = {}
    for at in range(count):
        name, start, size = struct.unpack_from(">4s4xII", program, 12 + 16 * at)
        if name in found or name not in _KNOWN or start + size > len(program):
            raise ValueError(name)
        found[name] = (start, start + size)
    if _is_drawn_by_instructions(program, found):
        raise ValueError(found)
    if b"cmap" in found:
        _check_codes(program[slice(*found[b"cmap"])])
    return found


def _is_drawn_by_instructions(program: bytes, tables: Tables) -> bool:
    """Whether FreeType may take it for one of those whose letters come about by their instructions alone.

    Elsewhere it follows none; of those, known by their names or by the programs that they hold, it does,
    and what they do to a letter's corners nobody can measure. Each of them holds more than fonts need.
    """
    sizes = {name: end - start for name, (start, end) in tables.items()}
    long = sizes.get(b"fpgm", 0) > _LONGEST_PROGRAM
    alone = not sizes.get(b"cvt ", 0) and sizes.get(b"prep", 0) > _LONGEST_ALONE
    called = program[slice(*tables[b"name"])].replace(b"\0", b"") if b"name" in tables else b""
    return long or alone or _DRAWN_SO.search(called) is not None


def _check_codes(data: bytes) -> None:
    """Raise ValueError where they are too many, or are told in a way that no font needs."""
    (count,) = struct.unpack_from(">H", data, 2)
    if count > _MOST_MAPS:
        raise ValueError(count)
    for (place,) in {struct.unpack_from(">4xI", data, 4 + 8 * at) for at in range(count)}:
        if sum(_spoken_of(data, place)) > _MOST_CODES:
            raise ValueError(place)


def _spoken_of(data: bytes, at: int) -> Iterator[int]:
    """Of how many codes each part of a map speaks. Raises ValueError."""
    (kind,) = struct.unpack_from(">H", data, at)
    if kind == _SEGMENTS:
        (twice,) = struct.unpack_from(">H", data, at + 6)
        ends = struct.unpack_from(f">{twice // 2}H", data, at + 14)
        starts = struct.unpack_from(f">{twice // 2}H", data, at + 16 + twice)
        yield from (_codes(*one) for one in zip(starts, ends, strict=True))
    elif kind == _TRIMMED:
        yield int(struct.unpack_from(">H", data, at + 8)[0])
    elif kind == _GROUPS:
        (count,) = struct.unpack_from(">I", data, at + 12)
        if count > _MOST_CODES:
            raise ValueError(count)
        groups = struct.iter_unpack(">III", data[at + 16 : at + 16 + 12 * count])
        yield from (_codes(first, last) for first, last, _ in groups)
    elif kind not in {_BYTES, _VARIANTS}:
        raise ValueError(kind)


def _codes(first: int, last: int) -> int:
    if last < first:
        raise ValueError(last)
    return last - first + 1
