"""The sheets of a workbook (``.xlsx``, ``.xlsm``, ``.xlsb``, ``.xls``, ``.ods``) as plain tables.

Calamine reads the values, six times as fast as openpyxl, but tells nothing of what is hidden, bold or
broken; that is read from the sheets' own XML. Calamine lays a sheet out as one block, so cells that strayed
a million rows away are taken off before.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from desktop.base import Message, RancangError, archives
from desktop.base.bounded.shapes import Streamed
from desktop.base.jobs import Report
from desktop.exchange import table as limits
from desktop.exchange.sheet_xml import (
    ERROR,
    FORMULA,
    HIDDEN_ROW,
    STYLED,
    UNSURE,
    hidden_columns,
    index_of,
    pieces,
    refuse_void,
    without_strays,
)
from desktop.exchange.table import (
    Look,
    NotATable,
    ProtectedTable,
    Table,
    TableTooLarge,
    Value,
    blanks,
    filled,
)

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 12
"""In how many columns from the left headings are looked for."""
_PLAIN = Look()


def read_workbook(data: bytes, file: str, report: Report, *, hidden: bool = False) -> tuple[Table, ...]:
    """Every visible sheet, or every sheet. Raises NotATable, ProtectedTable, TableTooLarge."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    if data[:2] != b"PK" and _ENCRYPTED in data:
        raise ProtectedTable(file)
    if data[:2] == b"PK":
        _refuse_bomb(data, file)
    try:
        parts = _Parts.of(data, file)
        data = parts.trimmed(data, file)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            names = [
                each.name
                for each in book.sheets_metadata
                if hidden or each.visible is SheetVisibleEnum.Visible
            ]
            tables = []
            for at, name in enumerate(names):
                report(at, len(names), Message("exchange.reading.sheet", sheet=name))
                part = parts.sheet(name)
                tables.append(_table(book.get_sheet_by_name(name), part, file, old=parts.old))
            return tuple(tables)
    except PasswordError as error:
        raise ProtectedTable(file) from error
    except (
        CalamineError, *archives.DAMAGED, TypeError, SyntaxError, OverflowError,
    ) as error:  # fmt: skip
        # A damaged workbook shows itself in any of these; SyntaxError is the XML parser's.
        raise NotATable(file) from error
    except RancangError:
        raise
    except BaseException as error:  # a reader written in Rust gives up with what no module offers by name
        if type(error).__name__ == "PanicException":
            raise NotATable(file) from error
        raise


def _refuse_bomb(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if sum(member.file_size for member in archive.infolist()) > limits.MAX_UNPACKED:
                raise TableTooLarge(file)
            if any(member.flag_bits & 0x1 for member in archive.infolist()):
                raise ProtectedTable(file)
            for name in names:
                # A directory may lie about sizes; unpacking to the size it names and checking the sum tells.
                if not name.startswith("xl/media/"):
                    archives.measure(archive, name, limits.MAX_UNPACKED)
    except archives.DAMAGED as error:
        raise NotATable(file) from error
    if "[Content_Types].xml" not in names and "content.xml" not in names:
        raise NotATable(file)


# ---- what stands beside the values --------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Part:
    """What a sheet's own XML says beside its values."""

    styles: Mapping[tuple[int, int], Look]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    errors: Mapping[tuple[int, int], str]
    uncounted: frozenset[tuple[int, int]]
    strayed: bool = False
    percents: frozenset[tuple[int, int]] | None = frozenset()


_NOTHING = _Part({}, frozenset(), frozenset(), {}, frozenset())
_PERCENT = frozenset({"9", "10"})
"""Number formats every workbook has without saying so: ``0%`` and ``0.00%``."""
_MERGED = 4_000_000
"""Cells that say what a merged area says; areas of a sheet do not lie over each other."""


class _Parts:
    """The XML of an Excel workbook's sheets, and the looks its styles give."""

    def __init__(self, archive: zipfile.ZipFile | None, file: str) -> None:
        self._archive = archive
        self._paths: dict[str, str] = {}
        self._xml: dict[str, bytes] = {}
        self._strayed: set[str] = set()
        self._looks: dict[int, Look] = {}
        self._percent: frozenset[bytes] = frozenset()
        self._shown: Mapping[str, frozenset[tuple[int, int]]] = {}
        self._to_count = False
        self.old = archive is None
        if archive is not None and "xl/workbook.xml" in archive.namelist():
            self._paths = _paths(archive)
            styles = _xml(archive, "xl/styles.xml") if "xl/styles.xml" in archive.namelist() else None
            self._looks = _looks(styles) if styles is not None else {}
            self._percent = _percent_styles(styles) if styles is not None else frozenset()
            # what programs write that count nothing themselves; a spreadsheet that saves takes it away
            self._to_count = _counts_on_load(archive)
        elif archive is not None:
            from desktop.exchange.opendocument import percents_of

            self.old = True
            self._shown = percents_of(archive, file)

    @classmethod
    def of(cls, data: bytes, file: str) -> _Parts:
        """Of a workbook's bytes; an old one has none. Raises TableTooLarge."""
        return cls(zipfile.ZipFile(io.BytesIO(data)) if data[:2] == b"PK" else None, file)

    def trimmed(self, data: bytes, file: str) -> bytes:
        """The workbook without cells that strayed far below or beside its tables. Raises TableTooLarge."""
        if self._archive is None:
            return data
        for path in self._paths.values():
            if path in self._archive.namelist():
                xml = self._archive.read(path)
                shorter = without_strays(xml, file)
                refuse_void(shorter, file)
                if shorter is not xml:
                    self._xml[path] = shorter
                    self._strayed.add(path)
        if not self._xml:
            return data
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as made:
            for member in self._archive.infolist():
                if not member.filename.startswith("xl/media/"):
                    made.writestr(
                        member.filename, self._xml.get(member.filename) or self._archive.read(member)
                    )
        return target.getvalue()

    def sheet(self, name: str) -> _Part:
        """What one sheet says beside its values."""
        path = self._paths.get(name, "")
        if self._archive is None or path not in self._archive.namelist():
            # an .xls does not tell how its numbers are shown
            return replace(_NOTHING, percents=self._shown.get(name))
        xml = self._xml[path] if path in self._xml else self._archive.read(path)
        styles, percents = self._styled(xml)
        return _Part(
            styles=styles,
            hidden_rows=frozenset(int(number) - 1 for number in HIDDEN_ROW.findall(xml)),
            hidden_columns=hidden_columns(xml),
            errors={
                (int(row) - 1, index_of(column)): text.decode("ascii", "replace")
                for piece in pieces(xml)
                for column, row, text in ERROR.findall(piece)
            },
            uncounted=frozenset(
                (int(row) - 1, index_of(column))
                for piece in (pieces(xml) if b"<f" in xml else ())
                for pattern in ((FORMULA, UNSURE) if self._to_count else (FORMULA,))
                for column, row in pattern.findall(piece)
            ),
            strayed=path in self._strayed,
            percents=frozenset(percents),
        )

    def _styled(self, xml: bytes) -> tuple[dict[tuple[int, int], Look], set[tuple[int, int]]]:
        """The looks of texts near the left, and the numbers that are shown as per cent."""
        looks: dict[tuple[int, int], Look] = {}
        percents: set[tuple[int, int]] = set()
        for piece in pieces(xml) if self._looks or self._percent else ():
            for column, row, style in STYLED.findall(piece):
                if (look := self._looks.get(int(style))) is not None and index_of(column) < _LOOKED_AT:
                    looks[int(row) - 1, index_of(column)] = look
                if style in self._percent:
                    percents.add((int(row) - 1, index_of(column)))
        return looks, percents


def _paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet's XML lies, by the sheet's name."""
    targets = {
        each.get("Id"): str(each.get("Target"))
        for each in _xml(archive, "xl/_rels/workbook.xml.rels").iter("{*}Relationship")
    }
    found = {}
    for sheet in _xml(archive, "xl/workbook.xml").iter("{*}sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        target = targets.get(link, "")
        found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _counts_on_load(archive: zipfile.ZipFile) -> bool:
    settings = _xml(archive, "xl/workbook.xml").iter("{*}calcPr")
    return any(each.get("fullCalcOnLoad") in {"1", "true"} for each in settings)


def _percent_styles(styles: Any) -> frozenset[bytes]:
    """The numbers of the styles that show a number as per cent."""
    own = {
        str(each.get("numFmtId"))
        for each in styles.iterfind("{*}numFmts/{*}numFmt")
        if "%" in re.sub(r'"[^"]*"|\\.', "", each.get("formatCode") or "")
    }
    return frozenset(
        str(number).encode()
        for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
        if style.get("numFmtId") in own | _PERCENT
    )


def _looks(styles: Any) -> dict[int, Look]:
    """The looks by style number; plain ones are left out."""
    bold = [font.find("{*}b") is not None for font in styles.iterfind("{*}fonts/{*}font")]
    paint = [
        fill.find("{*}patternFill[@patternType='solid']") is not None
        for fill in styles.iterfind("{*}fills/{*}fill")
    ]
    looks = {}
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        alignment = style.find("{*}alignment")
        look = Look(
            bold=_at(bold, style.get("fontId")),
            filled=_at(paint, style.get("fillId")),
            indent=min(int(alignment.get("indent", "0")), 20) if alignment is not None else 0,
        )
        if look != _PLAIN:
            looks[number] = look
    return looks


def _at(flags: list[bool], number: str | None) -> bool:
    index = int(number or 0)
    return 0 <= index < len(flags) and flags[index]


def _xml(archive: zipfile.ZipFile, member: str) -> Any:
    from lxml import etree

    # lxml's own exceptions are SyntaxErrors; entities of a foreign file are never followed.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(member), parser)


# ---- values -------------------------------------------------------------------------------------------
def _laid_out(sheet: Any) -> Iterator[list[Any]]:
    """The rows as they lie in the sheet; the reader leaves out what is empty to their left."""
    left = [""] * (sheet.start or (0, 0))[1]
    return (left + row for row in sheet.iter_rows())


def _exact(rows: list[list[Any]]) -> Iterator[tuple[Value, ...]]:
    """Each row with exact numbers, and no longer there as it was."""
    for at, row in enumerate(rows):
        rows[at] = []
        yield _trimmed(tuple(map(_value, row)))


def _table(sheet: Any, part: _Part, file: str, *, old: bool) -> Table:
    # row by row, and numbers made exact when the rows are handed on: all of it twice fills the memory
    rows: list[list[Any]] = [row[: limits.MAX_COLUMNS] for row in _laid_out(sheet)]
    if sum(any(map(filled, row)) for row in rows) > limits.MAX_ROWS:
        raise TableTooLarge(file)
    areas = ((top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return _finished(str(sheet.name), rows, _bounded(areas, len(rows), file), part, old=old)


def _bounded(
    areas: Iterable[tuple[int, int, int, int]], rows: int, file: str
) -> Iterable[tuple[int, int, int, int]]:
    """Merged areas, as far as they lie over cells. Raises TableTooLarge."""
    left_over = _MERGED
    for top, left, bottom, right in areas:
        last = min(bottom, rows - 1)
        left_over -= 1 + max(0, last - top + 1) * (min(right, limits.MAX_COLUMNS - 1) - left + 1)
        if left_over < 0:
            raise TableTooLarge(file)
        yield top, left, last, right


def _finished(
    name: str, rows: list[list[Any]], areas: Iterable[tuple[int, int, int, int]], part: _Part, *, old: bool
) -> Table:
    """Merged cells say the same everywhere; errors are seen; texts pushed to the right are known as such."""
    for (row, column), text in part.errors.items():
        if row < len(rows) and column < limits.MAX_COLUMNS:
            rows[row].extend([None] * (column + 1 - len(rows[row])))
            rows[row][column] = text
    for row, column in part.uncounted:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    looks = dict(part.styles)
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells[:_LOOKED_AT]):
            if isinstance(cell, str) and cell[:1] in {" ", "\xa0", "\t"} and (steps := blanks(cell)):
                look = looks.get((at, column), _PLAIN)
                looks[at, column] = replace(look, indent=look.indent + steps)
    for cells in rows:
        cells[:] = [cell.strip() if isinstance(cell, str) else cell for cell in cells]
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in areas:
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if not filled(value):
            continue
        last = min(right, limits.MAX_COLUMNS - 1)
        for cells in rows[top : bottom + 1]:
            cells.extend([None] * (last + 1 - len(cells)))
            cells[left : last + 1] = [value] * (last + 1 - left)
        covered.update(
            (row, at)
            for row in range(top, min(bottom, len(rows) - 1) + 1)
            for at in range(left + 1, last + 1)
        )
    exact: Any = Streamed(_exact(rows))
    return Table(
        name,
        exact,
        looks=looks,
        hidden_rows=part.hidden_rows,
        hidden_columns=part.hidden_columns,
        uncounted=part.uncounted,
        old=old,
        strayed=part.strayed,
        percents=part.percents,
        covered=frozenset(covered),
    )


def _trimmed(row: tuple[Value, ...]) -> tuple[Value, ...]:
    width = len(row)
    while width and not filled(row[width - 1]):
        width -= 1
    return row[:width]


def _value(cell: object) -> Value:
    match cell:
        case bool() | None:
            return cell
        case "":
            return None
        case int():
            return Decimal(cell)
        case float():
            if not math.isfinite(cell):
                return None
            # Fifteen digits are what was typed, and what spreadsheets show of what they counted.
            return Decimal(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else Decimal(f"{cell:.15g}")
        case dt.datetime():
            return cell.date()
        case dt.date():
            return cell
        case _:
            return str(cell)
