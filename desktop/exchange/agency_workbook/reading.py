"""Reads a workbook that came back: what it says of itself, and its sheets as they are by now."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.base import Message, RancangError, archives
from desktop.base.jobs import Report, quiet
from desktop.base.ordinary import TooLarge, open_ordinary, read_ordinary
from desktop.exchange import table as limits
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.agency_workbook.cells import as_text
from desktop.exchange.agency_workbook.slip import Slip
from desktop.exchange.table import OLD_EXCEL, NotATable, ProtectedTable, Table, TableTooLarge, column_name

BEGINNING = 4 * 1024 * 1024
LISTING = 16 * 1024 * 1024
"""How much of a workbook's texts is looked through for a mark."""
MARKED = 6
"""In how many rows from the top the hidden row with the keys is looked for."""


class NotOurs(RancangError):
    """A workbook without the hidden marks of one that was handed out."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.agency_book.not_ours", file=file))


class DamagedWorkbook(RancangError):
    """A workbook that no spreadsheet program could read either; nothing was taken over."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.agency_book.damaged", file=file))


class LockedWorkbook(RancangError):
    """A workbook that somebody protected with a password."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.agency_book.locked", file=file))


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet as it came back. Rows and columns are counted from 0."""

    name: str
    table: Table
    sheet: str = ""
    """The id of the sheet it was, by its hidden mark; empty where that is gone."""
    handout: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    """Ids of columns by position, by the hidden keys over them."""
    keys_at: int = -1
    """The column of row keys, or -1."""
    first: int = 0
    """The first row below the hidden one."""

    def where(self, row: int, column: int) -> str:
        """A cell as a spreadsheet names it."""
        return f"{column_name(column)}{row + 1}"


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back."""

    path: Path
    file: str
    sha256: str
    slip: Slip | None
    """None where the hidden sheet is gone; then the marks of the sheets name the hand-out."""
    handout: str
    tabs: tuple[Tab, ...]


def read(path: Path, report: Report = quiet) -> Returned:
    """Read a workbook.

    Raises FileProblem, DamagedWorkbook, LockedWorkbook, TableTooLarge, NotOurs, Unfinished, Cancelled.
    """
    try:
        data = read_ordinary(path, limits.MAX_BYTES, name=path.name)
    except TooLarge as error:
        raise TableTooLarge(path.name) from error
    if data[:2] != b"PK" and data[:8] != OLD_EXCEL:
        raise DamagedWorkbook(path.name)
    from desktop.exchange.apart import tables_apart

    try:
        tables = tables_apart(data, path.name, report, hidden=True)
    except ProtectedTable as error:
        raise LockedWorkbook(path.name) from error
    except NotATable as error:
        raise DamagedWorkbook(path.name) from error
    slip = next(filter(None, (_slip(table) for table in tables)), None)
    tabs = tuple(_tab(table) for table in tables if not _is_hidden(table))
    handout = slip.handout if slip is not None else next((tab.handout for tab in tabs if tab.handout), "")
    if slip is None and not handout:
        raise NotOurs(path.name)
    return Returned(path, path.name, hashlib.sha256(data).hexdigest(), slip, handout, tabs)


def _readable(path: Path | IO[bytes]) -> contextlib.AbstractContextManager[IO[bytes]]:
    return open_ordinary(path) if isinstance(path, Path) else contextlib.nullcontext(path)


def is_ours(path: Path | IO[bytes]) -> bool:
    """Whether a workbook was handed out by this program: by its hidden sheet. Never raises.

    Looks at the names of sheets and of their keys alone, which is quick whatever its size.
    """
    try:
        with _readable(path) as file, archives.reading(file) as archive:
            names = archive.namelist()
            listing = next((name for name in ("xl/workbook.xml", "content.xml") if name in names), None)
            if listing is None:
                return False
            said = archives.beginning(archive, listing, LISTING)
            if f'name="{slips.SHEET}"'.encode() in said or slips.MARK.encode() in said:
                return True
            texts = "xl/sharedStrings.xml"
            if texts not in names or archive.getinfo(texts).file_size > limits.MAX_BYTES:
                return False
            # the first sheets' marks are among the first texts
            return f"{slips.MARK}:".encode() in archives.beginning(archive, texts, BEGINNING)
    except archives.DAMAGED:
        return False


def _is_hidden(table: Table) -> bool:
    return table.sheet in {slips.LISTS, slips.SHEET} or _slip(table) is not None


def _slip(table: Table) -> Slip | None:
    first = as_text(table.rows[0][0]) if table.rows and table.rows[0] else ""
    if first != slips.MARK:
        return None
    return slips.read((as_text(row[0]), as_text(row[1]) if len(row) > 1 else "") for row in table.rows if row)


def _tab(table: Table) -> Tab:
    for number, row in enumerate(table.rows[:MARKED]):
        for at, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith(f"{slips.MARK}:"):
                _, _, rest = cell.partition(":")
                handout, _, sheet = rest.partition(":")
                columns = {
                    place: as_text(each) for place, each in enumerate(row) if place != at and each is not None
                }
                return Tab(table.sheet, table, sheet, handout, columns, at, number + 1)
    return Tab(table.sheet, table)
