"""The words and tables of a sheet that came back as DOCX.

Tracked changes count as accepted: what was struck out is not read, what was put in is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from desktop.base.jobs import quiet
from desktop.exchange.word import DOCUMENT, PROPERTIES, Limits, Package, is_, read_apart

LARGEST = 25 * 1024 * 1024
"""Bytes of a file that is looked at."""
UNPACKED = 64 * 1024 * 1024
"""Bytes of the one member that is read."""
TABLES, ROWS, CELLS = 400, 4_000, 64
"""So many tables, rows of all tables and cells of a row are read."""
DEEPEST = 200
"""Elements within elements; Word nests some thirty."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document says: paragraphs outside tables, tables as rows of cells, its own properties."""

    paragraphs: tuple[str, ...]
    tables: tuple[Rows, ...]
    properties: str
    """The raw text of custom properties, in which a code may stand."""
    foot: str
    """The text of headers and footers."""


Rows: TypeAlias = tuple[tuple[str, ...], ...]
"""A table: each row a text for every column it covers (merged cells repeat nothing)."""


def read_docx(path: Path) -> Contents:
    """The contents of a DOCX, read in a process with limits. Raises NotADocument, FileProblem, Unfinished."""
    return read_apart(path, Limits(LARGEST, UNPACKED), Contents, _contents, quiet, "sheet")


def _contents(package: Package) -> Contents:
    body = package.parsed(package.part(DOCUMENT))
    foots = [
        " ".join(_text(package.parsed(package.part(each))).split())
        for each in sorted(package.names)
        if each.startswith(("word/footer", "word/header")) and each.endswith(".xml")
    ][:12]
    properties = package.part(PROPERTIES).decode("utf-8", "replace")
    return Contents(tuple(_paragraphs(body)), tuple(_tables(body)), properties[:100_000], " ".join(foots))


def _children(element: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """The children that count: wrappers (content controls, insertions) are opened, what was struck is not."""
    for child in element:
        if _is_hint(child):
            continue
        if depth < DEEPEST and is_(
            child, "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink"
        ):
            yield from _children(child, depth + 1)
        elif not is_(child, "del", "moveFrom", "sdtPr", "sdtEndPr"):
            yield child


# ---- text ------------------------------------------------------------------------------------------
def _text(element: etree._Element, depth: int = 0) -> str:
    """The text of an element, paragraphs on lines of their own; hints of empty content controls are none."""
    if depth > DEEPEST:
        return ""
    parts: list[str] = []
    for child in element:
        if is_(child, "t"):
            parts.append(child.text or "")
        elif is_(child, "tab"):
            parts.append("\t")
        elif is_(child, "br", "cr"):
            parts.append("\n")
        elif is_(child, "noBreakHyphen"):
            parts.append("-")
        elif (
            is_(child, "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tcPr")
            or _is_hint(child)
            or _repeats(child)
        ):
            continue
        else:
            inner = _text(child, depth + 1)
            parts.append(f"{inner}\n" if is_(child, "p") else inner)
    return "".join(parts)


def _repeats(element: etree._Element) -> bool:
    """Whether an element says the same once more for older programs."""
    return str(element.tag).endswith("}Fallback")


def _is_hint(element: etree._Element) -> bool:
    """Whether a content control still shows its hint ("click here to write")."""
    if not is_(element, "sdt"):
        return False
    return any(
        is_(each, "showingPlcHdr") for settings in element if is_(settings, "sdtPr") for each in settings
    )


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for body in root:
        if is_(body, "body"):
            for child in _children(body):
                if is_(child, "p"):
                    text = _tidy(_text(child))
                    if text:
                        yield text


# ---- tables ----------------------------------------------------------------------------------------
def _tables(root: etree._Element) -> Iterator[Rows]:
    """Every table, also one that a person pasted into another."""
    left = ROWS
    for number, table in enumerate(root.iter("{*}tbl")):
        if number >= TABLES or left <= 0:
            return
        rows = tuple(
            _row(row) for row in list(_children(table))[:left] if is_(row, "tr") and not _struck(row)
        )
        left -= len(rows)
        yield rows


def _struck(row: etree._Element) -> bool:
    """Whether the whole row was deleted while changes were tracked."""
    return any(is_(each, "del") for settings in row if is_(settings, "trPr") for each in settings)


def _row(row: etree._Element) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in _children(row):
        if not is_(cell, "tc") or len(cells) >= CELLS:
            continue
        cells.append(_cell_text(cell))
        cells += [""] * min(_span(cell) - 1, CELLS)
    return tuple(cells[:CELLS])


def _cell_text(cell: etree._Element) -> str:
    """The text of a cell without that of tables in it, which are read by themselves."""
    parts = [_text(child) for child in _children(cell) if not is_(child, "tbl", "tcPr")]
    return _tidy("\n".join(parts))


def _span(cell: etree._Element) -> int:
    for settings in cell:
        if is_(settings, "tcPr"):
            for each in settings:
                if is_(each, "gridSpan"):
                    value = next((v for k, v in each.attrib.items() if str(k).endswith("}val")), "1")
                    return int(value) if str(value).isdigit() and len(str(value)) < 4 else 1
    return 1
