"""What an OpenDocument sheet says beside its values: which numbers are shown as per cent."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import Any

from desktop.base import archives
from desktop.exchange import table as limits

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST = 1_000_000
"""Numbers of a sheet that are shown as per cent."""


def percents_of(archive: zipfile.ZipFile, file: str) -> dict[str, frozenset[tuple[int, int]]]:
    """The cells shown as per cent, by sheet; rows and columns are counted from 0. Raises TableTooLarge."""
    from lxml import etree

    found: dict[str, frozenset[tuple[int, int]]] = {}
    sheets: list[_Sheet] = []
    with archives.opened(archive, "content.xml") as content:
        # entities of a foreign file are never followed
        parts = etree.iterparse(
            content,
            events=("start", "end"),
            tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
            resolve_entities=False,
            no_network=True,
        )
        for event, part in parts:
            if event == "start":
                if part.tag == f"{_TABLE}table":
                    sheets.append(_Sheet())
            elif part.tag == f"{_TABLE}table":
                found[str(part.get(f"{_TABLE}name"))] = frozenset(sheets.pop().cells)
                _forget(part)
            elif sheets:
                sheets[-1].row(part, file)
                # a sheet of 100,000 rows as a tree takes more than a gigabyte
                _forget(part)
    return found


@dataclass(slots=True)
class _Sheet:
    """A sheet while its rows come by."""

    at: int = 0
    cells: set[tuple[int, int]] = field(default_factory=set)

    def row(self, row: Any, file: str) -> None:
        """One more row. Raises TableTooLarge."""
        if self.at < limits.MAX_ROWS:
            self.cells.update((self.at, column) for column in _percents_in(row))
        if len(self.cells) > _MOST:  # one cell of a row may stand for five hundred
            raise limits.TableTooLarge(file)
        self.at += _times(row, "rows")


def _forget(part: Any) -> None:
    """Take away what was read, and what stands before it."""
    part.clear()
    above = part.getparent()
    while above is not None and above[0] is not part:
        del above[0]


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
