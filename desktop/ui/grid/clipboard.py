"""Blocks of cells as spreadsheets exchange them: tables of HTML, or tab-separated text."""

from __future__ import annotations

import csv
import io
import json
import re
from html import escape
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

OWN = "application/x-rancang-cells"
"""Our own cells, exactly as they are."""
WIDEST = 2_000
"""Columns a pasted table may claim; a forged ``colspan`` must not fill the memory."""
_UNREADABLE = re.compile(r"#+")


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


class _Table(HTMLParser):
    """Reads the first table of what Excel, LibreOffice or a browser put on the clipboard."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._spans: dict[tuple[int, int], str] = {}
        self._cell: list[str] | None = None
        self._about: dict[str, str] = {}
        self._depth = 0
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if self._done or self._depth != 1:
            return
        if tag == "tr":
            self._close()
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self._close()
            self._cell, self._about = [], {name: value or "" for name, value in attrs}
        elif (tag == "br" and self._cell is not None) or (tag in {"p", "div", "li"} and self._cell):
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1 and tag in {"td", "th", "tr", "table"}:
            self._close()
        if tag == "table" and self._depth:
            self._depth -= 1
            self._done = self._done or self._depth == 0

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            # Line ends inside a cell's HTML are the writer's wrapping; real ones are <br>.
            self._cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _close(self) -> None:
        if self._cell is None:
            return
        text = "\n".join(line.strip(" ") for line in "".join(self._cell).strip().split("\n"))
        text = text.replace("\u00a0", " ").rstrip()
        if _UNREADABLE.fullmatch(text):
            # Excel shows ##### where a column is too narrow; the number itself stands beside it.
            text = self._about.get("x:num") or self._about.get("sdval") or text
        row = len(self.rows) - 1
        line = self.rows[row]
        self._skip_merged(row)
        at = len(line)
        wide = self._span("colspan", max(1, WIDEST - at))
        high = self._span("rowspan", max(1, 20_000 // wide))
        line.append(text)
        line.extend([""] * (wide - 1))
        for down in range(1, high):
            for right in range(wide):
                self._spans[row + down, at + right] = ""
        self._cell = None

    def _skip_merged(self, row: int) -> None:
        """Cells that a merged one above covers are empty, so that what follows keeps its column."""
        line = self.rows[row]
        while (row, len(line)) in self._spans:
            line.append(self._spans.pop((row, len(line))))

    def _span(self, name: str, most: int) -> int:
        value = self._about.get(name, "1")
        return max(1, min(int(value), most)) if value.isdecimal() else 1


def read_html(text: str) -> list[list[str]]:
    """The cells of the first table in HTML; nothing where there is none. Merged cells fill their corner."""
    if "<table" not in text.lower():
        return []
    reader = _Table()
    reader.feed(text)
    reader.close()
    rows = [row for row in reader.rows if row]
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


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
        except ValueError:
            rows = None
        if isinstance(rows, list) and all(isinstance(row, list) for row in rows):
            return [[str(cell) for cell in row] for row in rows]
    if data.hasHtml() and (block := read_html(data.html())):
        return block
    return read_block(data.text()) if data.text() else []
