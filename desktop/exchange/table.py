"""A CSV file or a workbook as plain tables: the same rows and cells, whatever wrote the file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from desktop.base import Message, RancangError
from desktop.base.bounded.shapes import Streamed
from desktop.base.jobs import Report, quiet
from desktop.base.ordinary import TooLarge, read_ordinary

Value: TypeAlias = str | Decimal | dt.date | bool | None
"""What a cell holds: text, an exact number, a date, yes/no, or nothing."""

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PAGE = 20 * 1024 * 1024
"""Letters of a page with tables: the tags are most of it."""
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 4_000_000
"""Cells of a list, the empty ones among them too: 200,000 rows of twenty columns."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a file begins that Excel wrote before 2007, and a newer one behind a password."""
INDENT = 2
"""Blanks that people type for one step to the right."""

_NO_TABLES = ("<?xml", "<!doctype", "<html", "%pdf", "{\\rtf", "mime-version:")
"""How texts begin that are no table although they can be read."""
_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)|[^\r\n]++")
_DELIMITERS = ";,\t|"
_ERRORS = {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!"}


class NotATable(RancangError):
    """A file that is neither CSV nor an Excel workbook, or a damaged one."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.table.unreadable", file=file))


class ProtectedTable(RancangError):
    """A workbook that only opens with a password."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.table.protected", file=file))


class TableTooLarge(RancangError):
    """A file beyond what a plan can hold: nobody typed 200,000 rows."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.table.too_large", file=file, rows=MAX_ROWS))


@dataclass(frozen=True, slots=True)
class Look:
    """How a text stands in its cell: what tells a heading from what lies below it where no code does."""

    bold: bool = False
    filled: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. ``rows[0]`` is row 1 of the sheet; rows may be of different length. All are counted from 0.

    ``decimal_comma`` says what the file itself tells about its numbers: True for a CSV file separated by
    semicolons (an Indonesian Excel writes those), None when it tells nothing.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    decimal_comma: bool | None = None
    looks: Mapping[tuple[int, int], Look] = field(default_factory=dict)
    """How texts look, by row and column, where they are bold, filled or pushed to the right."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncounted: frozenset[tuple[int, int]] = frozenset()
    """Formulas that were never counted: a program wrote the file, and no spreadsheet opened it since."""
    percents: frozenset[tuple[int, int]] | None = frozenset()
    """Numbers that are shown as per cent: 0.85 in the file, 85 % for whoever looks at it. None: not known."""
    old: bool = False
    """An ``.xls`` or ``.ods`` file, which shows neither what is hidden nor what a formula failed at."""
    covered: frozenset[tuple[int, int]] = frozenset()
    """Cells that only say what a cell merged over them from the left says."""
    strayed: bool = False
    """Whether cells far below or beside the tables were not read."""


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


def read_tables(path: Path, report: Report = quiet) -> tuple[Table, ...]:
    """Every visible sheet of a file that has something in it.

    Raises FileProblem, NotATable, ProtectedTable, TableTooLarge, Unfinished.
    """
    try:
        data = read_ordinary(path, MAX_BYTES, name=path.name)
    except TooLarge as error:
        raise TableTooLarge(path.name) from error
    return tables_of(data, path.name, report)


def tables_of(data: bytes, name: str, report: Report = quiet) -> tuple[Table, ...]:
    """The same of the bytes of a file, read in a process with limits.

    Raises NotATable, ProtectedTable, TableTooLarge, Unfinished.
    """
    if len(data) > MAX_BYTES:
        raise TableTooLarge(name)
    from desktop.exchange.apart import tables_apart

    tables = tables_apart(data, name, report)
    return tuple(table for table in tables if any(any(map(filled, row)) for row in table.rows))


def parsed(data: bytes, name: str, report: Report = quiet, *, hidden: bool = False) -> tuple[Table, ...]:
    """Every sheet, read here and now. Raises NotATable, ProtectedTable, TableTooLarge."""
    return tuple(replace(one, rows=tuple(one.rows)) for one in begun(data, name, report, hidden=hidden))


def begun(data: bytes, name: str, report: Report = quiet, *, hidden: bool = False) -> tuple[Table, ...]:
    """Every sheet, whose rows may be made while they are gone through: once, and before anything else of it.

    Raises NotATable, ProtectedTable, TableTooLarge, then too.
    """
    if data[:2] == b"PK" or data[:8] == OLD_EXCEL:
        from desktop.exchange.workbook import read_workbook

        return read_workbook(data, name, report, hidden=hidden)
    text = _decoded(data, name)
    del data
    return (_of_text(text, name),)


def _of_text(text: str, name: str) -> Table:
    from desktop.exchange.html_table import TooWide, is_page, read_page

    if is_page(text):
        if len(text) > MAX_PAGE:
            raise TableTooLarge(name)
        try:
            return block_of(read_page(text), Path(name).stem)
        except TooWide as error:
            raise TableTooLarge(name) from error
        except ValueError as error:
            raise NotATable(name) from error
    if text[:100].lstrip("\ufeff \r\n").lower().startswith(_NO_TABLES):
        raise NotATable(name)
    return _csv(text, name, _delimiter(text))


@dataclass(frozen=True, slots=True)
class Handed:
    """Tables that came without a file: pasted, or from another program."""

    name: str
    tables: tuple[Table, ...]


def block_of(rows: Sequence[Sequence[str]], name: str) -> Table:
    """Cells that were copied from a spreadsheet, as a table. Raises TableTooLarge."""
    if len(rows) > MAX_ROWS or sum(min(len(row), MAX_COLUMNS) for row in rows) > MAX_CELLS:
        raise TableTooLarge(name)
    looks = {
        (at, column): Look(indent=blanks(cell))
        for at, row in enumerate(rows)
        for column, cell in enumerate(row[:MAX_COLUMNS])
        if blanks(cell)
    }
    return Table(name, tuple(tuple(cell.strip() for cell in row[:MAX_COLUMNS]) for row in rows), looks=looks)


def filled(cell: Value) -> bool:
    """Whether something stands in a cell."""
    return cell is not None and cell != ""


# ---- CSV -------------------------------------------------------------------------------------------
def _csv(text: str, name: str, delimiter: str) -> Table:
    looks: dict[tuple[int, int], Look] = {}
    rows: Any = Streamed(_csv_rows(text, name, delimiter, looks))
    return Table(Path(name).stem, rows, decimal_comma=True if delimiter == ";" else None, looks=looks)


def _csv_rows(
    text: str, name: str, delimiter: str, looks: dict[tuple[int, int], Look]
) -> Iterator[tuple[Value, ...]]:
    # the whole text as one stream would take four bytes for each letter
    lines = (line[0] for line in _LINE.finditer(text))
    cells = 0
    try:
        for at, row in enumerate(csv.reader(lines, delimiter=delimiter)):
            # A quoted cell with line breaks spans several lines of the file; its row is still one row.
            cells += min(len(row), MAX_COLUMNS)
            if at == MAX_ROWS or cells > MAX_CELLS:
                raise TableTooLarge(name)
            looks.update(
                ((at, column), Look(indent=blanks(cell)))
                for column, cell in enumerate(row[:MAX_COLUMNS])
                if blanks(cell)
            )
            yield tuple(cell.strip() for cell in row[:MAX_COLUMNS])
    except csv.Error as error:
        raise NotATable(name) from error


def blanks(text: str) -> int:
    """How many steps a text is pushed to the right by blanks before it."""
    plain = text.lstrip(" \xa0\t")
    return (len(text) - len(plain)) // INDENT if plain else 0


def _decoded(data: bytes, file: str) -> str:
    """Excel writes UTF-8 with a mark, UTF-16, or the code page of an Indonesian Windows (cp1252)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif len(data) > 3 and not any(data[1:400:2]):
        encodings = ["utf-16-le"]  # without its mark, as some programs write it
    elif len(data) > 3 and not any(data[0:400:2]):
        encodings = ["utf-16-be"]
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
    """The separator that cuts the first lines into the most columns, evenly, and leaves no quote open.

    Titles, which have one cell whatever separates the others, say nothing.
    """

    def evenness(delimiter: str) -> tuple[bool, int, int]:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
        widths: list[int] = []
        whole = True
        try:
            for row in reader:
                whole = whole and not any(cell.count('"') % 2 for cell in row)
                if len(row) > 1 and any(row):
                    widths.append(len(row))
                if len(widths) >= 50:
                    break
        except csv.Error:
            return False, 0, 0
        usual = max(set(widths), key=widths.count, default=0)
        return bool(widths) and whole, widths.count(usual), usual

    return max(_DELIMITERS, key=evenness)
