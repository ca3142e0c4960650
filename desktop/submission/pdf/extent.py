"""What reading a PDF may cost, bounded before anything is parsed.

pyHanko reads objects letter by letter and follows every revision; a file made of nothing but revisions, or
of one endless number, would keep it busy for minutes.
"""

from __future__ import annotations

import io
import re
from typing import BinaryIO

from desktop.base import Message
from desktop.submission.pdf.bounds import WHOLE, Bounds
from desktop.submission.refusal import Refused

MAXIMUM_OBJECT = 1 << 20
"""Bytes of one object outside of its stream; 65,000 widths of a font are a third of that."""
_CHUNK = 1 << 20
_OVERLAP = 160
_MARK = re.compile(
    rb"endstream|stream\r?\n|endobj|startxref|/Prev(?![\t\n\f\r ]*[0-9]+[\t\n\f\r ]+0[\t\n\f\r ]+R)"
)
"""A table leads to the one before by a number; bookmarks, of which a book has many, by references."""
_RUN = re.compile(rb"[^\x00\t\n\f\r ()<>\[\]{}%]{65536}")
"""A number, a name or a word that never ends."""
ZERO_IN_NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]{0,127}#00")
"""Where some programs end a name, others drop it, and others read on."""
_VALUE = re.compile(rb"[0-9A-Fa-f]{0,2097152}+")
"""A signature with all that proves it is long, and the one long word there is."""


def check_extent(file: BinaryIO, name: str) -> Extent:
    """Raise :class:`Refused` (``pdf.too_complex``) for a file that would cost too much to read."""
    file.seek(0)
    extent = Extent(name)
    rest = b""
    while chunk := file.read(_CHUNK):
        rest = extent.take(rest + chunk, last=False)
    extent.take(rest, last=True)
    file.seek(0, io.SEEK_SET)
    return extent


class Extent:
    """Counts as the file goes by."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._inside = False
        self._outside = 0
        self._object = 0
        self._revisions = 0

    def take(self, data: bytes, *, last: bool) -> bytes:
        """Count a piece; returns its end, which may hold the beginning of a mark."""
        limit = len(data) if last else max(0, len(data) - _OVERLAP)
        at = 0
        for mark in _MARK.finditer(data):
            if mark.start() >= limit:
                break
            self._between(data, at, mark.start())
            at = mark.end()
            word = mark[0]
            if word == b"endstream":
                self._inside = False
            elif word.startswith(b"stream"):
                self._inside = True
            elif word == b"endobj":
                self._object = 0
            elif not self._inside:
                self._revisions += 1
        self._between(data, at, max(at, limit))
        self.check(WHOLE)
        return data[max(at, limit) :]

    def check(self, bounds: Bounds) -> None:
        """Raise :class:`Refused` for more than they allow."""
        if self._outside > bounds.outside or self._revisions > 2 * bounds.revisions:
            raise self._refused()

    def _between(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            return
        odd = ZERO_IN_NAME.search(data, start, min(len(data), end + _OVERLAP))
        if odd is not None and odd.start() < end:
            raise Refused(Message("submission.pdf.hidden", file=self._name))
        self._outside += end - start
        self._object += end - start
        if self._object > MAXIMUM_OBJECT or (end - start > 1 << 16 and self._runs_on(data, start, end)):
            raise self._refused()

    def _runs_on(self, data: bytes, start: int, end: int) -> bool:
        while found := _RUN.search(data, start, end):
            value = _VALUE.match(data, found.start(), end)
            if value is None or data[found.start() - 1 : found.start()] != b"<" or value.end() < found.end():
                return True
            start = value.end()
        return False

    def _refused(self) -> Refused:
        return Refused(Message("submission.pdf.too_complex", file=self._name))
