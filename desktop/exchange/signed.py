"""Where the place, office and name of who signed begin below a table, with or without sums above them."""

from __future__ import annotations

import re

from desktop.exchange.numbers import Kind, parse_number
from desktop.exchange.table import Table, Value, filled

_MOST_ROWS = 20
_MOST_CELLS = 4
"""Texts beside each other: two or three people sign."""
_MONTH = r"(?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*"
_SIGNED = re.compile(
    rf"nip\b[\s.:]*\d|(?:mengetahui|menyetujui|disahkan|ditetapkan)\b"
    rf"|(?:(?:plt|plh|pj)\.?\s+)?(?:kepala|bupati|wali\s?kota|sekretaris|direktur|camat|inspektur)\b"
    rf"|[a-z .]{{3,40}},\s*(?:\d{{1,2}}|\.{{2,}})?\s*{_MONTH}\s+\d{{4}}$",
    re.IGNORECASE,
)
"""How a line of those begins."""


def signed_from(table: Table, first: int) -> int:
    """The first row of what was signed, after a blank row; the number of rows where nothing was.

    ``first`` is the first row below the head. Only words stand in such rows, and some say who signs.
    """
    rows, found = table.rows, len(table.rows)
    said = False
    for at in range(len(rows) - 1, max(first, len(rows) - _MOST_ROWS) - 1, -1):
        row = rows[at]
        cells = [cell for cell in row if filled(cell)]
        if not cells:
            continue
        if not _is_words(cells):
            break
        said = said or any(_SIGNED.match(str(cell).strip()) for cell in cells)
        if said and at > first and not any(map(filled, rows[at - 1])):
            found = at
    return found


def _is_words(cells: list[Value]) -> bool:
    return len(cells) <= _MOST_CELLS and all(
        isinstance(cell, str) and parse_number(cell, None).kind is Kind.NO_NUMBER for cell in cells
    )
