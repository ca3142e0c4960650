"""The register as an Excel workbook or as CSV: typed cells, and no text that a spreadsheet would compute.

Texts come from strangers. One that begins like a formula stays text: in a workbook by its cell's type and
the mark for text, in CSV (which has no types) by an apostrophe before it.
"""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import os
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from desktop.base import Language, Message, render
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.base.placing import replacing
from desktop.base.spreadsheets import SIGNS, in_csv, in_workbook
from desktop.base.written import keep_strangers
from desktop.submission.due import ZONE
from desktop.submission.register.sheets import Cell, Column, Kind, Sheet, sheets
from desktop.submission.register.store import Register

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_LISTS = frozenset({"table", "workbook", "old-table", "empty"})
"""What a file may be that a list takes the place of, told by its content."""
_HEAD = 5
"""More than the signs of a title: it is bold, and beside it stands the button that filters."""
_FORMATS = {Kind.RUPIAH: "#,##0", Kind.NUMBER: "0", Kind.MOMENT: "yyyy-mm-dd hh:mm"}
"""How figures are shown; decimals with all their places."""


def check_target(register: Path, target: Path, suffix: str) -> None:
    """A list may replace a list, and nothing else: not the register itself, nor a package.

    Raises FileProblem, and InTheWay for somebody else's list; asked before anything is made: a workbook that
    is begun and not saved complains, and half of the tables new and half of them old is no list.
    """
    from desktop.exchange.arrival import look

    if not target.exists():
        return
    same = register.exists() and target.samefile(register)
    if same or target.suffix.casefold() != suffix or look(target, deep=False).kind.value not in _LISTS:
        number = errno.EISDIR if target.is_dir() else errno.EEXIST
        raise FileProblem.from_os(OSError(number, os.strerror(number)), str(target))
    keep_strangers(target)


def write_xlsx(register: Register, target: Path, language: Language, region: str = "") -> Path:
    """Write every table as a sheet. Raises FileProblem, and what reading the register raises."""
    from openpyxl import Workbook

    check_target(register.path, target, ".xlsx")
    book = Workbook(write_only=True)
    for sheet in sheets(register, language, region):
        _sheet(book.create_sheet(render(sheet.title, language)[:31]), sheet, language)
    with replacing(target) as file:
        book.save(file)
    return target


def _sheet(page: WriteOnlyWorksheet, sheet: Sheet, language: Language) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    made: Any = page
    made.freeze_panes = "C2"
    bold, fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", start_color="1F4E5F")
    head = []
    for place, column in enumerate(sheet.columns, 1):
        title = render(column.title, language)
        made.column_dimensions[get_column_letter(place)].width = max(column.width, len(title) + _HEAD)
        cell = WriteOnlyCell(page, title)
        cell.font, cell.fill = bold, fill
        head.append(cell)
    page.append(head)
    count = 1
    for row in sheet.rows:
        count += 1
        page.append([_typed(page, value, column) for value, column in zip(row, sheet.columns, strict=True)])
    made.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _typed(page: WriteOnlyWorksheet, value: Cell, column: Column) -> Any:
    """A cell of the column's kind; text is never anything else."""
    from openpyxl.cell import WriteOnlyCell

    if value is None or value == "":
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(page, in_workbook(value))
        cell.data_type = "s"
        if value.startswith(SIGNS):
            cell.quotePrefix = True
        return cell
    if isinstance(value, dt.datetime):
        value = value.astimezone(ZONE).replace(tzinfo=None)
    cell = WriteOnlyCell(page, value)  # type: ignore[arg-type]  # the stubs forget decimals
    if column.kind in _FORMATS:
        cell.number_format = _FORMATS[column.kind]
    return cell


def export(
    report: Report, register: Path, target: Path, language: str, region: str = "", *, excel: bool = True
) -> Path:
    """Write a workbook, or by the target's ending a CSV; runs as a job. Raises what both raise."""
    report(0, 0, Message("submission.register.exporting", file=target.name))
    with Register(register, read_only=True) as opened:
        if target.suffix.casefold() == ".csv":
            return write_csv(opened, target, Language(language), region, excel=excel)[0]
        return write_xlsx(opened, target, Language(language), region)


def write_csv(
    register: Register, target: Path, language: Language, region: str = "", *, excel: bool = False
) -> tuple[Path, ...]:
    """Write the list of packages to ``target``, or every table when that is a folder. Raises FileProblem.

    UTF-8 with commas; ``excel``: a byte order mark and semicolons, which Excel opens at once in Indonesia,
    where a full stop in a figure means thousands: decimals have a comma there.
    """
    written = []
    whole = target.is_dir()
    asked = {
        target / f"{sheet.file}.csv" if whole else target: sheet
        for sheet in sheets(register, language, region)
        if whole or sheet.file == "packages"
    }
    for path in asked:
        check_target(register.path, path, ".csv")
    for path, sheet in asked.items():
        with replacing(path) as file:
            text = io.TextIOWrapper(file, "utf-8-sig" if excel else "utf-8", newline="")
            _lines(text, sheet, language, ";" if excel else ",")
            text.flush()
            text.detach()
        written.append(path)
    return tuple(written)


def _lines(file: TextIO, sheet: Sheet, language: Language, mark: str) -> None:
    writer = csv.writer(file, delimiter=mark, lineterminator="\r\n")
    writer.writerow([render(column.title, language) for column in sheet.columns])
    point = "," if mark == ";" else "."
    writer.writerows(_plain(row, point) for row in sheet.rows)


def _plain(row: Iterable[Cell], point: str) -> list[str]:
    out = []
    for value in row:
        if isinstance(value, str):
            out.append(in_csv(value))
        elif isinstance(value, dt.datetime):
            out.append(value.astimezone(ZONE).isoformat(timespec="seconds"))
        elif isinstance(value, Decimal):
            out.append(f"{value:f}".replace(".", point))
        else:
            out.append("" if value is None else str(value))
    return out
