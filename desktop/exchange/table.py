"""A CSV file or a workbook as plain tables: the same rows and cells, whatever wrote the file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem

Value: TypeAlias = str | Decimal | dt.date | bool | None
"""What a cell holds: text, an exact number, a date, yes/no, or nothing."""

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 500

_DELIMITERS = ";,\t|"
_ERRORS = {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"}


class NotATable(RancangError):
    """A file that is neither CSV nor an Excel workbook, or a damaged one."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.table.unreadable", file=file))


class TableTooLarge(RancangError):
    """A file beyond what a plan can hold: nobody typed 200,000 rows."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.table.too_large", file=file, rows=MAX_ROWS))


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. ``rows[0]`` is row 1 of the sheet; rows may be of different length.

    ``decimal_comma`` says what the file itself tells about its numbers: True for a CSV file separated by
    semicolons (an Indonesian Excel writes those), None when it tells nothing.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    decimal_comma: bool | None = None


def column_name(index: int) -> str:
    """The letters of a column as spreadsheets write them: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def is_error(value: Value) -> bool:
    """Whether a cell shows a spreadsheet's own error instead of a value."""
    return isinstance(value, str) and value.strip().upper() in _ERRORS


def read_tables(path: Path) -> tuple[Table, ...]:
    """Every sheet of a file that has something in it. Raises FileProblem, NotATable, TableTooLarge."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TableTooLarge(path.name)
        data = path.read_bytes()
    except OSError as error:
        raise FileProblem.from_os(error, path.name) from error
    tables = _workbook(data, path.name) if data[:2] == b"PK" else (_csv(data, path),)
    return tuple(table for table in tables if any(any(_filled(cell) for cell in row) for row in table.rows))


def _filled(cell: Value) -> bool:
    return cell is not None and cell != ""


# ---- CSV -------------------------------------------------------------------------------------------
def _csv(data: bytes, path: Path) -> Table:
    text = _decoded(data, path.name)
    delimiter = _delimiter(text)
    rows: list[tuple[Value, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            # A quoted cell with line breaks spans several lines of the file; its row is still one row.
            rows.append(tuple(cell.strip() for cell in row[:MAX_COLUMNS]))
            if len(rows) > MAX_ROWS:
                raise TableTooLarge(path.name)
    except csv.Error as error:
        raise NotATable(path.name) from error
    return Table(path.stem, tuple(rows), decimal_comma=True if delimiter == ";" else None)


def _decoded(data: bytes, file: str) -> str:
    """Excel writes UTF-8 with a mark, UTF-16, or the code page of an Indonesian Windows (cp1252)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise NotATable(file)
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotATable(file)


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into the most columns, evenly."""

    def evenness(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        widths: list[int] = []
        try:
            for row in reader:
                if any(row):
                    widths.append(len(row))
                if len(widths) >= 50:
                    break
        except csv.Error:
            return 0, 0
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) * (usual > 1), usual)

    return max(_DELIMITERS, key=evenness)


# ---- Excel -----------------------------------------------------------------------------------------
def _workbook(data: bytes, file: str) -> tuple[Table, ...]:
    import warnings

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_bomb(data, file)
    with warnings.catch_warnings():
        # Styles and extensions that openpyxl does not know do not matter to values.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                # A workbook's own note of its extent is often wrong; reading on is always right.
                return tuple(_sheet(sheet, data, file) for sheet in book.worksheets if _is_visible(sheet))
            finally:
                book.close()
        except (
            KeyError,
            ValueError,
            TypeError,
            InvalidFileException,
            zipfile.BadZipFile,
            SyntaxError,
        ) as error:
            # A damaged workbook shows itself in any of these; SyntaxError is the XML parser's.
            raise NotATable(file) from error


def _refuse_bomb(data: bytes, file: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
    except zipfile.BadZipFile as error:
        raise NotATable(file) from error
    if unpacked > MAX_UNPACKED:
        raise TableTooLarge(file)
    if "[Content_Types].xml" not in names:
        raise NotATable(file)


def _is_visible(sheet: Any) -> bool:
    return bool(getattr(sheet, "sheet_state", "visible") == "visible")


def _sheet(sheet: Any, data: bytes, file: str) -> Table:
    rows = [list(row) for row in _sheet_rows(sheet, file)]
    for top, left, bottom, right in _merged(sheet, data):
        value = rows[top][left] if top < len(rows) and left < len(rows[top]) else None
        if value is None:
            continue
        for row in rows[top : bottom + 1]:
            row.extend([None] * (right + 1 - len(row)))
            row[left : right + 1] = [value] * (right + 1 - left)
    return Table(sheet.title, tuple(_trimmed(tuple(row)) for row in rows))


_MERGE = re.compile(rb'<mergeCell[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


def _merged(sheet: Any, data: bytes) -> list[tuple[int, int, int, int]]:
    """The merged areas of a sheet, counted from 0: what one cell says, it says for all of them.

    Reading row by row, openpyxl leaves them out; they stand at the end of the sheet's own XML.
    """
    from openpyxl.utils import column_index_from_string

    member = str(getattr(sheet, "_worksheet_path", "")).lstrip("/")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(member) if member in archive.namelist() else b""
    areas = []
    for left, top, right, bottom in _MERGE.findall(xml):
        columns = [
            min(column_index_from_string(name.decode()) - 1, MAX_COLUMNS - 1) for name in (left, right)
        ]
        areas.append((int(top) - 1, columns[0], int(bottom) - 1, columns[1]))
    return areas


def _sheet_rows(sheet: Any, file: str) -> Iterator[tuple[Value, ...]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
        if number > MAX_ROWS:
            raise TableTooLarge(file)
        yield _trimmed(tuple(_value(cell) for cell in row))


def _trimmed(row: tuple[Value, ...]) -> tuple[Value, ...]:
    width = len(row)
    while width and not _filled(row[width - 1]):
        width -= 1
    return row[:width]


def _value(cell: object) -> Value:
    match cell:
        case bool() | None:
            return cell
        case int():
            return Decimal(cell)
        case float():
            # The shortest text that reads back the same is what the person typed.
            return Decimal(repr(cell)) if math.isfinite(cell) else None
        case dt.datetime():
            return cell.date()
        case dt.date():
            return cell
        case _:
            return str(cell).strip()
