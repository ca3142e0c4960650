"""Tables of HTML as rows of cells: what spreadsheets put on the clipboard, and pages that are named .xls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

WIDEST = 2_000
"""Columns a table may claim; a forged ``colspan`` must not fill the memory."""
MOST_MERGED = 500_000
"""Cells below merged ones that are remembered at a time."""
MOST_CELLS = 2_000_000
"""Cells that tables may lay out, those filled up to the widest row too."""
MOST_PASTED, MOST_TAGS = 16 << 20, 400_000
"""Letters and tags that are read in the window's own thread: a second's work, and 100,000 cells."""
_UNREADABLE = re.compile(r"#+")
_UNSEEN = frozenset({"head", "style", "script", "title"})
_PARTS = frozenset({"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "center"})
"""What begins a new line, within a cell and outside of tables."""
_DEEPEST = 20
"""Tables within tables."""


class TooWide(ValueError):
    """Tables lay out more cells than any list has."""


class _Table:
    """Reads the first table of what Excel, LibreOffice or a browser put on the clipboard."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._laid = 0
        self._spans: dict[tuple[int, int], str] = {}
        self._cell: list[str] | None = None
        self._about: dict[str, str] = {}
        self._depth = 0
        self._done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if not self._done and self._depth == 1:
            self._begin(tag, attrs)

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._close()
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self._close()
            self._cell, self._about = [], {name: value or "" for name, value in attrs}
        elif (tag == "br" and self._cell is not None) or (tag in _PARTS and self._cell):
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

    def close(self) -> None:
        """The page ends; a cell that is left open is none."""

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
        before = len(line)
        self._skip_merged(row)
        at = len(line)
        wide = self._span("colspan", max(1, WIDEST - at))
        high = self._span("rowspan", max(1, 20_000 // wide))
        if len(self._spans) > MOST_MERGED:
            high = 1  # nobody merged so many: a forged page must not fill the memory
        line.append(text)
        line.extend([""] * (wide - 1))
        self._laid += len(line) - before
        if self._laid > MOST_CELLS:
            raise TooWide
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


class _Page(_Table):
    """Reads all tables of a page, those within others too, and the lines outside of them."""

    def __init__(self) -> None:
        super().__init__()
        self._outer: list[dict[tuple[int, int], str]] = []
        self._quiet = 0
        self._between: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quiet += tag in _UNSEEN
        if tag == "table" and len(self._outer) < _DEEPEST:
            self._close()
            self._tell()
            self._outer.append(self._spans)
            self._spans = {}
        elif self._outer:
            if tag in {"td", "th"} and self._between:
                self._tell()
            self._begin(tag, attrs)
        if self._cell is None and tag in {*_PARTS, "br"}:
            self._tell()

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in _UNSEEN and self._quiet > 0
        if self._outer and tag in {"td", "th", "tr", "table"}:
            self._close()
        if tag == "table" and self._outer:
            self._spans = self._outer.pop()
            self.rows.append([])  # what follows beside a table within another is no part of its last row
        if tag in _PARTS and self._cell is None:
            self._tell()

    def handle_data(self, data: str) -> None:
        if self._cell is None and not self._quiet:
            self._between.append(data)
        super().handle_data(data)

    def close(self) -> None:
        self._tell()

    def _tell(self) -> None:
        """What stands outside of cells is a line of its own, as a title above a table in a sheet is."""
        text = " ".join("".join(self._between).split())
        self._between = []
        if text:
            self.rows += [[text], []]


def read_html(text: str) -> list[list[str]]:
    """The cells of the first table in HTML; nothing where there is none. Merged cells fill their corner.

    Nothing, too, of more than anybody copies: what lies on the clipboard any web page may have put there.
    """
    if len(text) > MOST_PASTED or text.count("<") > MOST_TAGS or "<table" not in text.lower():
        return []
    reader = _Table()
    try:
        _feed(reader, text)
    except ValueError:
        return []
    rows = [row for row in reader.rows if row]
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        return []
    return [row + [""] * (width - len(row)) for row in rows]


def _feed(reader: _Table, text: str) -> None:
    """Let a reader hear all of a page. Raises ValueError where it is no page after all, or TooWide."""
    from lxml import etree

    # in C and in a fifth of the time, and it never looks twice for the end of what has none;
    # entities and addresses of a foreign file are never followed
    parser = etree.HTMLParser(target=_Told(reader), no_network=True, recover=True)
    try:
        parser.feed(text)
        parser.close()
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error


def is_page(text: str) -> bool:
    """Whether a file is a page with tables, whatever its name says: many systems export such as ``.xls``."""
    start = text[:4000].lstrip("\ufeff \t\r\n").lower()
    return start.startswith("<") and not start.startswith("<?xml version") and "<table" in text.lower()


def read_page(text: str) -> list[list[str]]:
    """The cells of all tables of a page, one below the other, and the lines between them.

    Raises ValueError where it is no page after all, or TooWide.
    """
    page = _Page()
    _feed(page, text)
    return [row for row in page.rows if row]


class _Told:
    """What a parser tells, as whoever reads hears it."""

    def __init__(self, page: _Table) -> None:
        self._page = page

    def start(self, tag: str | bytes, attrib: Mapping[Any, Any]) -> None:
        """An element begins."""
        said: list[tuple[str, str | None]] = [(str(name), str(value)) for name, value in attrib.items()]
        self._page.handle_starttag(str(tag), said)

    def end(self, tag: str | bytes) -> None:
        """An element ends."""
        self._page.handle_endtag(str(tag))

    def data(self, data: str | bytes) -> None:
        """What is written in it."""
        self._page.handle_data(str(data))

    def comment(self, text: str | bytes) -> None:
        """Nobody sees it."""

    def close(self) -> None:
        """The page ends."""
        self._page.close()
