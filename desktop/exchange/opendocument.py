"""What an OpenDocument sheet says beside its values: which numbers are shown as per cent."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from desktop.exchange import table as limits

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST = 1_000_000
"""Numbers of a sheet that are shown as per cent."""


def percents_of(archive: zipfile.ZipFile, file: str) -> dict[str, frozenset[tuple[int, int]]]:
    """The cells shown as per cent, by sheet; rows and columns are counted from 0. Raises TableTooLarge."""
    from lxml import etree

    found: dict[str, frozenset[tuple[int, int]]] = {}
    content = io.BytesIO(archive.read("content.xml"))
    # entities of a foreign file are never followed
    sheets = etree.iterparse(content, tag=f"{_TABLE}table", resolve_entities=False, no_network=True)
    for _, sheet in sheets:
        cells: set[tuple[int, int]] = set()
        at = 0
        for row in sheet.iter(f"{_TABLE}table-row"):
            if at < limits.MAX_ROWS:
                cells.update((at, column) for column in _percents_in(row))
            if len(cells) > _MOST:  # one cell of a row may stand for five hundred
                raise limits.TableTooLarge(file)
            at += _times(row, "rows")
        found[str(sheet.get(f"{_TABLE}name"))] = frozenset(cells)
        sheet.clear()
    return found


def _percents_in(row: Any) -> list[int]:
    columns: list[int] = []
    at = 0
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        times = _times(cell, "columns")
        if cell.get(f"{_OFFICE}value-type") == "percentage":
            columns.extend(range(at, min(at + times, limits.MAX_COLUMNS)))
        at += times
        if at >= limits.MAX_COLUMNS:
            break
    return columns


def _times(part: Any, what: str) -> int:
    said = part.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 8 else 1
