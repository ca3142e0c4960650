"""Blocks of cells as spreadsheets exchange them: tab-separated, quoted where a cell holds line breaks."""

from __future__ import annotations

import csv
import io


def read_block(text: str) -> list[list[str]]:
    """The cells of pasted text, row by row; a trailing line end is no row."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if "\t" not in text and not text.startswith('"'):
        return [[line] for line in text.split("\n")]
    try:
        return [row or [""] for row in csv.reader(io.StringIO(text), dialect="excel-tab", strict=True)]
    except csv.Error:
        # A lone quotation mark is text, not quoting.
        return [line.split("\t") for line in text.split("\n")]


def write_block(rows: list[list[str]]) -> str:
    """Cells as text that Excel, LibreOffice and this program paste back the same."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")
