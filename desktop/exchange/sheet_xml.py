"""What a sheet's XML says beside its values, found by scanning it once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.exchange import table as limits
from desktop.exchange.table import TableTooLarge

# None of these scans a stretch of the file twice, however tags are begun and never ended.
_ROW = re.compile(rb'<row\b[^<>]*?\br="(\d{1,7})"')
HIDDEN_ROW = re.compile(rb'<row\b(?=[^<>]*?\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')
_COLUMN = re.compile(rb"<col\b[^<>]*+>")
_PLACE = re.compile(rb'<c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"')
STYLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?=[^<>]*?\bs="(\d{1,5})")[^<>]*+(?<!/)>')
ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?>[^<>]*?\bt="e")[^<>]*+>'
    rb"(?:<f[^<>]*+(?:(?<=/)>|>[^<]*+</f>))?<v>([^<]{1,20})<"
)
FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*+><f\b[^<>]*+(?:(?<=/)>|>[^<]*+</f>)(?:<v\s*+/>|<v></v>)?</c>'
)
UNSURE = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*+><f\b[^<>]*+(?:(?<=/)>|>[^<]*+</f>)<v>0</v></c>')
"""Formulas that came to nought, or were never counted where the file says that all has to be."""
_WIDE = re.compile(rb'<c r="[A-Z]{3}\d{1,7}"[^<>]*+(?:(?<=/)>|>(?:[^<]|<(?!/?c\b))*+</c>)')
_PIECE = 4 << 20
_SPREAD = 10
"""Cells that the reader may lay out for a sheet, and beyond them how many for each that is there."""


def without_strays(xml: bytes, file: str) -> bytes:
    """A sheet's XML without rows below :data:`limits.MAX_ROWS` and columns beyond ZZ.

    Rows that only carry colours are no rows; many with something in them are more than a plan has.
    """
    far = next((row for row in _ROW.finditer(xml) if int(row[1]) > limits.MAX_ROWS), None)
    if far is not None:
        end = xml.rfind(b"</sheetData>")
        if (
            xml.count(b"<v>", far.start(), end) + xml.count(b"<is>", far.start(), end)
            > limits.MAX_ROWS // 1000
        ):
            raise TableTooLarge(file)
        xml = xml[: far.start()] + xml[end:]
    return _WIDE.sub(b"", xml) if _WIDE.search(xml) else xml


def refuse_void(xml: bytes, file: str) -> None:
    """Two cells at the corners of a sheet lay out all that is between them. Raises TableTooLarge."""
    rows, columns, cells = set[int](), set[bytes](), 0
    for piece in pieces(xml):
        found = _PLACE.findall(piece)
        rows.update(int(row) for _, row in found)
        columns.update(column for column, _ in found)
        cells += len(found)
    if not cells:
        return
    across = [index_of(each) for each in columns]
    laid_out = (max(rows) - min(rows) + 1) * (max(across) - min(across) + 1)
    if laid_out > max(limits.MAX_CELLS, _SPREAD * cells):
        raise TableTooLarge(file)


def pieces(xml: bytes) -> Iterator[bytes]:
    """A sheet's rows, some megabytes at a time: all that is found in it at once takes three times as much."""
    at = 0
    while at < len(xml):
        end = xml.find(b"<row", at + _PIECE)
        end = len(xml) if end < 0 else end
        yield xml[at:end]
        at = end


def index_of(letters: bytes) -> int:
    """A column by its letters, from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def hidden_columns(xml: bytes) -> frozenset[int]:
    """The columns that are hidden, from 0."""
    hidden = bytearray(limits.MAX_COLUMNS)
    for tag in _COLUMN.findall(xml):
        first, last = re.search(rb'\bmin="(\d{1,5})"', tag), re.search(rb'\bmax="(\d{1,5})"', tag)
        if first and last and re.search(rb'\bhidden="(?:1|true)"', tag):
            start, end = max(int(first[1]) - 1, 0), min(int(last[1]), limits.MAX_COLUMNS)
            hidden[start:end] = b"\1" * (end - start)
    return frozenset(at for at, flag in enumerate(hidden) if flag)
