"""How the pieces of a PDF lie in the file: one behind the other, each found by its table alone.

A program that finds a table odd (a number too large, a reference to nothing) throws all tables away, looks
for objects itself and takes the last of each number. So that it finds the same, no table leads back to an
older copy, nothing lies within something else, numbers have bounds, and what is referred to is there. What
we seal ourselves has the plainest layout there is, and nothing else is taken for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import BinaryIO

from desktop.submission.pdf.bounds import WHOLE
from desktop.submission.pdf.exact import numbers_at, references

_SIZE = re.compile(rb"/Size[\t\n\f\r ]*+([0-9]++)")
_LENGTH = re.compile(rb"/L[\t\n\f\r ]*+([0-9]++)(?![\t\n\f\r ]++0[\t\n\f\r ]++R)")
_LINEARIZED = b"/Linearized"
_CATALOGUE = re.compile(rb"/Catalog(?![^\t\n\f\r ()<>\[\]/%])")
_HEAD = re.compile(rb"%PDF-1\.[0-7]\r?\n(?:%[^\r\n]*\r?\n)?[\r\n]*")
_GAP = re.compile(rb"[\t\n\f\r ]*")
_TAIL = re.compile(rb"[\t\n\f\r ]*startxref[\r\n ]+[0-9]+[\r\n ]+%%EOF(?:\r\n|\n|\r)?")
_WIDEST = 4096
_UNUSED = 300
"""Numbers that a program may have kept for objects that it did not write."""
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
        for number in freed:
            self._check_number(number)
            self._known = max(self._known, number)
            if self._uses.pop(number, None) is not None:
                self._new = set(self._uses)
        self._first += first_of_two
        self._roots.update(number for number, _ in numbers_at(text, b"/Root"))
        for size in map(int, _SIZE.findall(text)):
            self._check_number(size)
            if len(self._tables) >= self._first and size > max(self._said, self._known + _UNUSED):
                # who comes next numbers from there on, beyond what programs keep of a small file
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

    def check_whole(self) -> None:
        """Nothing lies within something else; a linearised file is one, or its first table is no trap."""
        ordered = sorted((start, end) for start, (end, _) in self._pieces.items())
        if any(end > after for (_, end), (after, _) in itertools.pairwise(ordered)):
            raise ValueError(ordered)
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

    def check_plain(self, file: BinaryIO, size: int) -> None:
        """The first ``size`` bytes are what we seal: one table, and every object once, nothing between."""
        ordered = sorted((start, *rest) for start, rest in self._pieces.items() if start < size)
        numbers = [number for *_, number in ordered]
        if (
            [start for start in self._tables if start < size] != self._tables[:1]
            or len(set(numbers)) != len(numbers)
            or any(place < size for place, _ in self._lengths)
        ):
            raise ValueError(size)
        end, pattern = 0, _HEAD
        for start, after, _ in ordered:
            _check_gap(file, end, start, pattern)
            end, pattern = after, _GAP
        _check_gap(file, end, size, _TAIL)


def _check_gap(file: BinaryIO, start: int, end: int, pattern: re.Pattern[bytes]) -> None:
    file.seek(start)
    if not 0 <= end - start <= _WIDEST or not pattern.fullmatch(file.read(end - start)):
        raise ValueError(start)
