"""How the pieces of a PDF lie in the file: one behind the other, each found by its table alone.

A program that finds a table odd (a number too large, a reference to nothing) throws all tables away, looks
for objects itself and takes the last of each number. So that it finds the same, no table leads back to an
older copy, nothing lies within something else, numbers have bounds, and what is referred to is there. What
we seal ourselves has the plainest layout there is, and nothing else is taken for it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Container, Iterable
from typing import BinaryIO

from desktop.submission.pdf.bounds import WHOLE
from desktop.submission.pdf.exact import numbers_at, references

_LENGTH = re.compile(rb"/L[\t\n\f\r ]*+([0-9]++)(?![\t\n\f\r ]++0[\t\n\f\r ]++R)")
_LINEARIZED = b"/Linearized"
_CATALOGUE = re.compile(rb"/Catalog(?![^\t\n\f\r ()<>\[\]/%])")
_SPACE = rb"[\t\n\r ]"
"""No form feed: Firefox finds no object behind one."""


class _Gaps:
    """What may lie between two pieces, where each byte that is no piece is one of these ``blanks``."""

    def __init__(self, head: bytes, blanks: bytes) -> None:
        table = rb"startxref" + _SPACE + rb"++(0|[1-9][0-9]{0,9})" + _SPACE + rb"++%%EOF"
        self.head = re.compile(head)
        self.between = re.compile(blanks + rb"++(?<=" + _SPACE + rb")")
        """A figure at once before the number of an object makes another number of it."""
        self.table = re.compile(blanks + rb"*+" + table + rb"(?:[\r\n]" + blanks + rb"*+)?")
        self.half = re.compile(self.between.pattern + rb"|" + self.table.pattern)


_REMARK = rb"(?:" + _SPACE + rb"|%[^\r\n]{0,300}[\r\n])"
_OURS = _Gaps(rb"%PDF-1\.[0-7]\r?\n(?:%[^\r\n]*+\r?\n)?[\r\n]*+", _SPACE)
_THEIRS = _Gaps(rb"%PDF-[12]\.[0-7] ?[\r\n]" + _REMARK + rb"*+", _REMARK)
_WIDEST = 4096
"""Bytes between two pieces, at most."""


class Layout:
    """What the tables lead to, gathered from the first revision to the last; all raise ValueError."""

    def __init__(self, largest: int = WHOLE.number) -> None:
        self._largest = largest
        self._known, self._said, self._first = 0, 0, 1
        self._pieces: dict[int, tuple[int, int]] = {}
        """Where each begins: its end, and its number (-1 for a table)."""
        self._last: dict[int, int] = {}
        self._uses: dict[int, frozenset[int]] = {}
        self._tables: list[int] = []
        self._farthest = 0
        self._forward: set[int] = set()
        self._lengths: list[tuple[int, int]] = []
        self._new: set[int] = set()
        self._roots: set[int] = set()

    def _check_number(self, number: int) -> None:
        """None that is beyond what every program keeps."""
        if not 0 <= number <= self._largest:
            raise ValueError(number)

    def add(self, number: int, place: int, end: int, text: bytes) -> None:
        """An object to which a line of the table leads."""
        self._check_number(number)
        if place < self._last.get(number, 0):
            # who looks for objects takes the later one
            raise ValueError(number)
        self._last[number] = place
        self._farthest = max(self._farthest, place)
        if place not in self._pieces and _LINEARIZED in text:
            found = _LENGTH.findall(text)
            if len(found) != 1:
                raise ValueError(place)
            self._lengths.append((place, int(found[0])))
        self._pieces[place] = (end, number)
        self.hold(number, text)

    def hold(self, number: int, text: bytes) -> None:
        """An object that lies in a stream."""
        self._check_number(number)
        self._known = max(self._known, number)
        self._uses[number] = frozenset(references(text))
        self._new.add(number)
        if _CATALOGUE.search(text):
            self._roots.add(number)

    def end_revision(
        self, start: int, end: int | None, text: bytes, freed: Iterable[int], *, first_of_two: bool
    ) -> None:
        """The table of a revision (``end`` is None where it is an object), after what it lists."""
        behind = len(self._tables) >= self._first
        for number in freed:
            self._check_number(number)
            if behind and number > self._known:
                # PDFBox numbers on from the highest in use, and its object would be one that was freed before
                raise ValueError(number)
            if self._uses.pop(number, None) is not None:
                self._new = set(self._uses)
        self._first += first_of_two
        self._roots.update(number for number, _ in numbers_at(text, b"/Root"))
        ((size, elsewhere),) = numbers_at(text, b"/Size")
        self._check_number(size)
        if elsewhere or (behind and size > max(self._said, self._known + 2)):
            # PDFBox numbers on from the highest in use, and its table would be the shorter one; one number is
            # passed over by pyHanko
            raise ValueError(size)
        self._said = max(self._said, size)
        if end is not None:
            self._pieces[start] = (end, -1)
        if self._farthest > start:
            self._forward.add(len(self._tables))
        self._tables.append(start)
        self._farthest = 0
        if first_of_two:
            # the halves of a linearised file refer to each other
            return
        used = references(text).union(*(self._uses.get(number, ()) for number in self._new))
        self._new = set()
        if not used <= self._uses.keys():
            raise ValueError(used - self._uses.keys())

    def check_whole(self, file: BinaryIO, plain: int = 0) -> None:
        """Nothing lies within something else, or between; a linearised file is one, or no trap.

        The first ``plain`` bytes are what we seal: one table, and every object once.
        """
        self._check_between(file, plain)
        self._check_plain(plain)
        if len(self._roots) != 1:
            # who looks for objects takes the first trailer, or the last, or whatever calls itself a catalogue
            raise ValueError(self._roots)
        two = len(self._tables) > 1 and self._tables[1] < self._tables[0]
        if two and len(self._lengths) != 1:
            raise ValueError(self._tables)
        behind = self._tables[2 if two else 1 :]
        if self._forward - ({0, 1} if two else set()) or behind != sorted(behind):
            raise ValueError(self._tables)
        if behind and (behind[0] < self._tables[0] or any(length > behind[0] for _, length in self._lengths)):
            # a program that takes the length at its word begins with the first table, and ends there
            raise ValueError(self._lengths)

    def _check_between(self, file: BinaryIO, plain: int) -> None:
        """Who looks for objects finds the same as who reads the tables."""
        pieces = sorted((start, end) for start, (end, _) in self._pieces.items())
        starts = [*(start for start, _ in pieces), file.seek(0, io.SEEK_END)]
        _check_gap(file, 0, starts[0], (_OURS if plain else _THEIRS).head)
        halves = set(self._tables[: self._first]) if self._first > 1 else set()
        for (start, end), after in zip(pieces, starts[1:], strict=True):
            gaps = _OURS if after <= plain else _THEIRS
            if start not in self._tables:
                _check_gap(file, end, after, gaps.between)
            elif start not in halves:
                _check_gap(file, end, after, gaps.table, {start})
            else:
                # the halves of a linearised file: the last ends it, the other is no end, or says nothing
                _check_gap(file, end, after, gaps.table if start == max(halves) else gaps.half, {0, *halves})

    def _check_plain(self, size: int) -> None:
        ours = [(start, number) for start, (_, number) in self._pieces.items() if start < size]
        if size and (
            [start for start in self._tables if start < size] != self._tables[:1]
            or len({number for _, number in ours}) != len(ours)
            or any(place < size for place, _ in self._lengths)
        ):
            raise ValueError(size)


def _check_gap(
    file: BinaryIO, start: int, end: int, pattern: re.Pattern[bytes], said: Container[int] = ()
) -> None:
    """What lies from here to there is of this kind, and says one of these numbers. Raises ValueError."""
    file.seek(start)
    found = pattern.fullmatch(file.read(end - start)) if 0 <= end - start <= _WIDEST else None
    if found is None or any(int(number) not in said for number in found.groups() if number is not None):
        raise ValueError(start)
