"""The words and tables of a DOCX from anywhere, read without trusting it.

Read here and not with python-docx: a sheet comes from outside and may be a trap (a bomb, an entity that
reads files, macros), and what other programs make of a table must not stop the reading. Tracked changes
count as accepted: what was struck out is not read, what was put in is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from desktop.base import Message, RancangError, archives
from desktop.base.ordinary import TooLarge, read_ordinary

LARGEST = 25 * 1024 * 1024
"""Bytes of a file that is looked at."""
UNPACKED = 64 * 1024 * 1024
"""Bytes of the one member that is read."""
MEMBERS = 3_000
TABLES, ROWS, CELLS = 400, 4_000, 64
"""So many tables, rows of all tables and cells of a row are read."""
DEEPEST = 200
"""Elements within elements; Word nests some thirty."""
PROPERTIES = "docProps/custom.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


class NotADocument(RancangError):
    """The file cannot be read as a Word document; says why and what to do."""

    exit_code = 1

    def __init__(self, kind: str, file: str) -> None:
        super().__init__(Message(f"exchange.sheet.bad.{kind}", file=file))


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
    """The contents of a DOCX. Raises NotADocument, FileProblem."""
    try:
        data = read_ordinary(path, LARGEST, name=path.name)
    except TooLarge as error:
        raise NotADocument("too_large", path.name) from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _contents(archive, path.name)
    except archives.DAMAGED as error:
        raise NotADocument("broken", path.name) from error


def _contents(archive: zipfile.ZipFile, name: str) -> Contents:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MEMBERS:
        raise NotADocument("too_large", name)
    if any(each.casefold().endswith("vbaproject.bin") for each in names):
        raise NotADocument("macros", name)
    if "word/document.xml" not in names:
        raise NotADocument("other", name)
    body = _tree(_member(archive, "word/document.xml", name), name)
    foots = [
        " ".join(_text(_tree(_member(archive, each, name), name)).split())
        for each in sorted(names)
        if each.startswith(("word/footer", "word/header")) and each.endswith(".xml")
    ][:12]
    properties = _member(archive, PROPERTIES, name).decode("utf-8", "replace") if PROPERTIES in names else ""
    return Contents(tuple(_paragraphs(body)), tuple(_tables(body)), properties[:100_000], " ".join(foots))


def _member(archive: zipfile.ZipFile, member: str, name: str) -> bytes:
    """One member, never more than ``UNPACKED`` bytes of it, whatever it says about its size."""
    try:
        return archives.member(archive, member, UNPACKED)
    except archives.Swollen as error:
        raise NotADocument("too_large", name) from error


def _tree(data: bytes, name: str) -> etree._Element:
    """The tree of a member. A document type is refused: Word never writes one, and entities hide in it."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise NotADocument("entities", name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotADocument("broken", name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotADocument("entities", name)
    return root


def _is(element: etree._Element, *names: str) -> bool:
    tag: object = element.tag  # of comments it is no text
    return isinstance(tag, str) and tag.startswith((_W, _STRICT)) and tag.rpartition("}")[2] in names


def _children(element: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    """The children that count: wrappers (content controls, insertions) are opened, what was struck is not."""
    for child in element:
        if _is_hint(child):
            continue
        if depth < DEEPEST and _is(
            child, "sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink"
        ):
            yield from _children(child, depth + 1)
        elif not _is(child, "del", "moveFrom", "sdtPr", "sdtEndPr"):
            yield child


# ---- text ------------------------------------------------------------------------------------------
def _text(element: etree._Element, depth: int = 0) -> str:
    """The text of an element, paragraphs on lines of their own; hints of empty content controls are none."""
    if depth > DEEPEST:
        return ""
    parts: list[str] = []
    for child in element:
        if _is(child, "t"):
            parts.append(child.text or "")
        elif _is(child, "tab"):
            parts.append("\t")
        elif _is(child, "br", "cr"):
            parts.append("\n")
        elif _is(child, "noBreakHyphen"):
            parts.append("-")
        elif (
            _is(child, "del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tcPr")
            or _is_hint(child)
            or _repeats(child)
        ):
            continue
        else:
            inner = _text(child, depth + 1)
            parts.append(f"{inner}\n" if _is(child, "p") else inner)
    return "".join(parts)


def _repeats(element: etree._Element) -> bool:
    """Whether an element says the same once more for older programs."""
    return str(element.tag).endswith("}Fallback")


def _is_hint(element: etree._Element) -> bool:
    """Whether a content control still shows its hint ("click here to write")."""
    if not _is(element, "sdt"):
        return False
    return any(
        _is(each, "showingPlcHdr") for settings in element if _is(settings, "sdtPr") for each in settings
    )


def _tidy(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for body in root:
        if _is(body, "body"):
            for child in _children(body):
                if _is(child, "p"):
                    text = _tidy(_text(child))
                    if text:
                        yield text


# ---- tables ----------------------------------------------------------------------------------------
def _tables(root: etree._Element) -> Iterator[Rows]:
    """Every table, also one that a person pasted into another."""
    left = ROWS
    for number, table in enumerate(root.iter(f"{_W}tbl", f"{_STRICT}tbl")):
        if number >= TABLES or left <= 0:
            return
        rows = tuple(
            _row(row) for row in list(_children(table))[:left] if _is(row, "tr") and not _struck(row)
        )
        left -= len(rows)
        yield rows


def _struck(row: etree._Element) -> bool:
    """Whether the whole row was deleted while changes were tracked."""
    return any(_is(each, "del") for settings in row if _is(settings, "trPr") for each in settings)


def _row(row: etree._Element) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in _children(row):
        if not _is(cell, "tc") or len(cells) >= CELLS:
            continue
        cells.append(_cell_text(cell))
        cells += [""] * min(_span(cell) - 1, CELLS)
    return tuple(cells[:CELLS])


def _cell_text(cell: etree._Element) -> str:
    """The text of a cell without that of tables in it, which are read by themselves."""
    parts = [_text(child) for child in _children(cell) if not _is(child, "tbl", "tcPr")]
    return _tidy("\n".join(parts))


def _span(cell: etree._Element) -> int:
    for settings in cell:
        if _is(settings, "tcPr"):
            for each in settings:
                if _is(each, "gridSpan"):
                    value = next((v for k, v in each.attrib.items() if str(k).endswith("}val")), "1")
                    return int(value) if str(value).isdigit() and len(str(value)) < 4 else 1
    return 1
