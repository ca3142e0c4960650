"""What draws an approval sheet, operator by operator: a picture of it is how one program draws it.

A sheet as it is composed today has the very same operators. One of an earlier layout has others that look the
same to that program; they may have no dashes or clips of their own and no long paths, in which others differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_NUMBER = re.compile(rb"-?[0-9]*\.[0-9]+|-?[0-9]+")
_NEAR = 0.001
_TEXT = re.compile(rb"\((?:[^()\\]|\\.)*+\)")
_DASHES = re.compile(rb"\[[^\[\]]*\] *[0-9.]+ d\b")
_CLIPS = re.compile(rb"(?<![^ \n])W\*?(?![^ \n])")
_SIGN = re.compile(rb"(?:q|Q q 1 0 0 1 [0-9.]+ [0-9.]+ cm /RancangSign[0-9]+ Do Q)\n?")
_POINTS = re.compile(rb"(?<![^ \n])(?:m|l|c|v|y|re|f\*?|S|s|B\*?|b\*?|n)(?![^ \n])")
_ENDS = frozenset({b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"n"})
_MOST = 40
"""Pieces of a path."""


def stroked_otherwise(sheet: BinaryIO, expected: BinaryIO) -> int | None:
    """The first page (from 0) with operators that programs may draw otherwise. Raises what pikepdf raises."""
    for number, (one, other) in enumerate(zip(_pages(sheet), _pages(expected), strict=True)):
        if one is None or other is None or not (_are_equal(one, other) or _is_plain(one, other)):
            return number
    return None


def drawn_apart(sheet: BinaryIO) -> int | None:
    """The first page (from 0) of which programs may read other operators. Raises what pikepdf raises."""
    return next((number for number, one in enumerate(_pages(sheet)) if one is None), None)


def _pages(document: BinaryIO) -> Iterator[bytes | None]:
    """What each page draws, but for the signs for services around it; None for several readings."""
    import pikepdf

    from desktop.submission.pdf.page import parts_of

    document.seek(0)
    with pikepdf.open(document) as opened:
        for page in opened.pages:
            data = parts_of(page.obj)
            if data is None:
                yield None
                continue
            middle = len(data) // 2
            others = [one for at, one in enumerate(data) if at != middle]
            signed = len(data) % 2 == 1 and all(_SIGN.fullmatch(one) for one in others)
            yield data[middle] if signed else b"\n".join(data)


def _are_equal(one: bytes, other: bytes) -> bool:
    if one == other:
        return True
    said, wanted = (_TEXT.sub(b"()", each) for each in (one, other))
    if _TEXT.findall(one) != _TEXT.findall(other) or _NUMBER.sub(b"0", said) != _NUMBER.sub(b"0", wanted):
        return False
    pairs = zip(_NUMBER.findall(said), _NUMBER.findall(wanted), strict=True)
    return all(abs(float(a) - float(b)) <= _NEAR for a, b in pairs)


def _is_plain(one: bytes, other: bytes) -> bool:
    said, wanted = (_TEXT.sub(b"()", each) for each in (one, other))
    if set(_DASHES.findall(said)) - set(_DASHES.findall(wanted)):
        return False
    if len(_CLIPS.findall(said)) > len(_CLIPS.findall(wanted)):
        return False
    pieces = 0
    for found in _POINTS.finditer(said):
        pieces = 0 if found[0] in _ENDS else pieces + 1
        if pieces > _MOST:
            return False
    return True
