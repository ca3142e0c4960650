"""Several entries in one cell: split by line breaks, by numbers (``1. … 2. …``), letters, or bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_NUMBER = re.compile(r"(?:^|(?<=\s))[(]?(\d{1,2})[.)](?=\s+\S)")
_LETTER = re.compile(r"(?:^|(?<=\s))[(]?([a-z])[.)](?=\s+\S)", re.IGNORECASE)
_BULLET = re.compile(r"[-–—•▪●*·]\s+(?=\S)")
_ENTRY = re.compile(r"\s*(?:[(]?(?:\d{1,2}|[a-z])[.)]|[-–—•▪●*·])\s+(.*)", re.IGNORECASE | re.DOTALL)


def entries(text: str) -> list[str]:
    """What a cell lists, without the numbers or bullets before it; one entry for an ordinary text."""
    parts, _ = split(text)
    return parts


def split(text: str) -> tuple[list[str], bool]:
    """The same, and whether numbers or bullets say for certain that there are several."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    whole = "\n".join(lines)
    for pattern, first in ((_NUMBER, "1"), (_LETTER, "a")):
        starts = _counted(whole, pattern, first)
        if len(starts) > 1:
            return [_plain(each) for each in _cut(whole, starts)], True
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        return [_plain(line) for line in lines], True
    return lines, False


def with_gaps(text: str) -> list[str]:
    """The lines of a cell, blank ones between others included: a gap may stand for a value not known."""
    return [line.strip() for line in text.strip("\r\n").splitlines()]


def _counted(text: str, pattern: re.Pattern[str], first: str) -> list[int]:
    """Where a text counts on from its very beginning: 1, 2, 3 or a, b, c."""
    starts: list[int] = []
    wanted = first
    for found in pattern.finditer(text):
        if found[1].casefold() != wanted or (not starts and found.start()):
            if starts:
                continue
            return []
        starts.append(found.start())
        wanted = str(int(wanted) + 1) if wanted.isdecimal() else chr(ord(wanted) + 1)
    return starts


def _cut(text: str, starts: list[int]) -> Iterator[str]:
    for start, end in pairwise([*starts, len(text)]):
        yield text[start:end]


def _plain(entry: str) -> str:
    found = _ENTRY.fullmatch(entry)
    return " ".join((found[1] if found else entry).split())
