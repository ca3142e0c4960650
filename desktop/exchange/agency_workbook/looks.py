"""How a workbook looks: colours, widths and formats of cells, pages, protection without a password."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.spreadsheets import in_workbook
from desktop.exchange.agency_workbook.layout import LABEL, VALUE, Column

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FILLED, SHOWN, PROOF, HEAD, GROUP = "FFF8E1", "ECEFF1", "E3F2FD", "1F4E5F", "CFD8DC"
"""To be filled in, only shown, names of files, headings, group headings."""
COLOURS = (
    (FILLED, Message("exchange.agency_book.colour.fill")),
    (SHOWN, Message("exchange.agency_book.colour.shown")),
    (PROOF, Message("exchange.agency_book.colour.proof")),
)
_FORMATS = {"rupiah": '"Rp" #,##0', "integer": "#,##0", "year": "0", "decimal": "General",
            "percent": 'General"%"', "date": "dd/mm/yyyy"}  # fmt: skip
_WIDTHS = {"long_text": 44, "rich_text": 44, "rupiah": 21, "year": 10, "decimal": 12, "percent": 12,
           "integer": 12, "date": 13, "boolean": 11}  # fmt: skip
FACE = "Calibri"
"""The face of cells that nobody dressed; without a name others would get another one."""
LINE, TALLEST = 15.0, 10
"""Points of a line, and how many lines of a row are shown at once."""
LAST_COLUMN = 16_384
"""Excel's last one."""


class Style:
    """The looks of the workbook, made once: openpyxl keeps one of each."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        def fill(colour: str) -> PatternFill:
            return PatternFill("solid", start_color=colour)

        line = Side(style="thin", color="B0BEC5")
        self.border = Border(left=line, right=line, top=line, bottom=line)
        self.fills = {colour: fill(colour) for colour in (FILLED, SHOWN, PROOF, HEAD, GROUP)}
        self.top = Alignment(vertical="top", wrap_text=True)
        self.head = Alignment(vertical="center", horizontal="center", wrap_text=True)
        self.right = Alignment(vertical="center", horizontal="right")
        self.bold = Font(name=FACE, size=11, bold=True)
        self.title = Font(name=FACE, size=14, bold=True, color=HEAD)
        self.white = Font(name=FACE, size=11, bold=True, color="FFFFFF")
        self.muted = Font(name=FACE, size=11, color="546E7A")
        self.open = Protection(locked=False)


def number_format(column: Column) -> str:
    """How a spreadsheet shows what stands in a column; a text is never taken for anything else."""
    return _FORMATS.get(column.field.type, "@")


def width(column: Column) -> float:
    """The width of a column in letters."""
    if column.is_evidence:
        return 34
    if column.id == LABEL or (column.name == VALUE and column.is_text):
        return 48
    if column.name.startswith(f"{VALUE}:"):
        return 20
    if column.options and column.field.type != "boolean":
        return 26
    return _WIDTHS.get(column.field.type, 30)


def height(texts: Iterable[tuple[Any, Column]]) -> float | None:
    """How high a row must be for its texts; None where one line is enough.

    Not every spreadsheet makes rows as high as their text by itself when a program wrote them.
    """
    most = 1
    for text, column in texts:
        if isinstance(text, str):
            room = max(4.0, width(column) * 1.05)
            most = max(most, sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n")))
    return LINE * min(most, TALLEST) if most > 1 else None


def put(page: Worksheet, row: int, at: int, value: Any) -> Any:
    """Write a value as it is: a text that begins like a formula stays a text."""
    cell: Any = page.cell(row, at)
    if isinstance(value, str):
        cell.value = in_workbook(value)
        cell.data_type = "s"
    elif isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    elif value is not None:
        cell.value = value
    return cell


def fit_to_width(page: Worksheet, pages: int = 1) -> None:
    """Print a sheet on so many pages beside each other, and as long as it is."""
    from openpyxl.worksheet.properties import PageSetupProperties

    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = pages, 0


def guard(page: Worksheet) -> None:
    """Protection without a password: advice that whoever needs to may take away."""
    allowed = page.protection
    allowed.sheet = True
    # in this format a False means that it is allowed
    for name in (
        "formatCells",
        "formatColumns",
        "formatRows",
        "insertRows",
        "deleteRows",
        "sort",
        "autoFilter",
    ):
        setattr(allowed, name, False)


def open_columns(page: Worksheet, style: Style, widths: list[float]) -> None:
    """Set widths, and open every column to its end: Excel deletes no row in which one cell is locked."""
    from openpyxl.utils import get_column_letter

    for at, wide in enumerate(widths, 1):
        column: Any = page.column_dimensions[get_column_letter(at)]
        column.width, column.protection = wide, style.open
    rest: Any = page.column_dimensions[get_column_letter(len(widths) + 1)]
    rest.min, rest.max, rest.protection = len(widths) + 1, LAST_COLUMN, style.open
