"""Blocks of cells as spreadsheets exchange them: tables of HTML, or tab-separated text."""

from __future__ import annotations

import csv
import io
import json
from html import escape

from PySide6.QtCore import QMimeData

from desktop.exchange.html_table import read_html

OWN = "application/x-rancang-cells"
"""Our own cells, exactly as they are."""


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


def write_html(rows: list[list[str]], numbers: list[list[str]]) -> str:
    """Cells as a table that Excel reads without guessing: codes stay text, amounts are numbers.

    ``numbers`` holds, for each cell that is one, the number in plain digits.
    """
    lines = []
    for texts, plain in zip(rows, numbers, strict=True):
        cells = []
        for text, number in zip(texts, plain, strict=True):
            said = escape(text).replace("\n", "<br style='mso-data-placement:same-cell'>")
            kind = f' x:num="{number}" sdval="{number}"' if number else " style='mso-number-format:\"\\@\"'"
            cells.append(f"<td{kind}>{said}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head>'
        f"<body><table>{''.join(lines)}</table></body></html>"
    )


def to_mime(rows: list[list[str]], numbers: list[list[str]]) -> QMimeData:
    """A block for the clipboard, in the three manners others and we ourselves read."""
    made = QMimeData()
    made.setText(write_block(rows))
    made.setHtml(write_html(rows, numbers))
    made.setData(OWN, json.dumps(rows).encode())
    return made


def from_mime(data: QMimeData) -> list[list[str]]:
    """The block on the clipboard, by the most exact manner it offers; nothing where there is no text."""
    if data.hasFormat(OWN):
        try:
            rows = json.loads(bytes(data.data(OWN).data()))
        except (ValueError, RecursionError):
            rows = None
        if isinstance(rows, list) and all(isinstance(row, list) for row in rows):
            return [[str(cell) for cell in row] for row in rows]
    if data.hasHtml() and (block := read_html(data.html())):
        return block
    return read_block(data.text()) if data.text() else []
