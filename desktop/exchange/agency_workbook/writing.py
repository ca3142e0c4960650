"""Writes an agency's workbook: coloured columns to fill in, drop-downs, and keys that nobody sees."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Mapping
from copy import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, render
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.agency_workbook.cells import shown
from desktop.exchange.agency_workbook.layout import HEADING, Column, Sheet
from desktop.exchange.agency_workbook.slip import Choices, Slip

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MARK_ROW, TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3, 4
WIDEST = 200
"""Letters beside each other that can still be read on a page across."""
FREE_ROWS = 25
"""Empty rows prepared below those that are there."""
_FILLED, _SHOWN, _PROOF, _HEAD, _GROUP = "FFF8E1", "ECEFF1", "E3F2FD", "1F4E5F", "CFD8DC"
"""To be filled in, only shown, names of files, headings, group headings."""
COLOURS = (
    (_FILLED, Message("exchange.agency_book.colour.fill")),
    (_SHOWN, Message("exchange.agency_book.colour.shown")),
    (_PROOF, Message("exchange.agency_book.colour.proof")),
)
_FORMATS = {"rupiah": "#,##0", "integer": "#,##0", "year": "0", "decimal": "General", "percent": "General",
            "date": "dd/mm/yyyy"}  # fmt: skip
_WIDTHS = {"long_text": 44, "rich_text": 44, "rupiah": 18, "year": 10, "decimal": 12, "percent": 12,
           "integer": 12, "date": 13, "boolean": 11}  # fmt: skip
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")


class Style:
    """The looks of the workbook, made once: openpyxl keeps one of each."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        def fill(colour: str) -> PatternFill:
            return PatternFill("solid", start_color=colour)

        line = Side(style="thin", color="B0BEC5")
        self.border = Border(left=line, right=line, top=line, bottom=line)
        self.fills = {colour: fill(colour) for colour in (_FILLED, _SHOWN, _PROOF, _HEAD, _GROUP)}
        self.top = Alignment(vertical="top", wrap_text=True)
        self.head = Alignment(vertical="center", horizontal="center", wrap_text=True)
        self.bold = Font(bold=True)
        self.title = Font(bold=True, size=14, color=_HEAD)
        self.white = Font(bold=True, color="FFFFFF")
        self.muted = Font(color="546E7A")
        self.open = Protection(locked=False)


class Writer:
    """Writes one workbook."""

    def __init__(self, slip: Slip, sheets: Iterable[Sheet]) -> None:
        from openpyxl import Workbook

        self._slip = slip
        self._language: Language = slip.language
        self._sheets = tuple(sheets)
        self._book: Workbook = Workbook()
        self._style = Style()
        self._lists: dict[Choices, str] = {}
        self._titles: set[str] = set()
        self._dressed: dict[tuple[bool, bool, bool, str], Any] = {}

    def write(self, instructions: Iterable[tuple[str, str]], titles: Mapping[str, str]) -> bytes:
        """The whole workbook; ``instructions`` are lines with their look, ``titles`` the names of sheets."""
        book = self._book
        first = book.active
        if first is None:  # openpyxl makes one
            raise RuntimeError("a new workbook without a sheet")
        first.title = self._name(self._say(Message("exchange.agency_book.sheet.instructions")))
        self._instructions(first, instructions)
        for sheet in self._sheets:
            self._sheet(book.create_sheet(self._name(titles[sheet.id])), sheet)
        self._list_sheet()
        self._slip_sheet()
        book.properties.creator = "Rancang"
        book.properties.title = self._slip.name
        book.properties.identifier = self._slip.handout
        book.properties.created = book.properties.modified = dt.datetime.fromisoformat(
            self._slip.made
        ).replace(tzinfo=None)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def _say(self, message: Message) -> str:
        return render(message, self._language)

    def _text(self, said: Param) -> str:
        return value_text(said, self._language)

    def _name(self, title: str) -> str:
        """A title as Excel takes it for a sheet: 31 letters, no signs of its own, none twice."""
        plain = " ".join(_FORBIDDEN.sub(" ", title).split())[:31].strip() or "Lembar"
        name, number = plain, 1
        while name.casefold() in self._titles:
            number += 1
            ending = f" ({number})"
            name = plain[: 31 - len(ending)] + ending
        self._titles.add(name.casefold())
        return name

    # -- one sheet -------------------------------------------------------------------------------
    def _sheet(self, page: Worksheet, sheet: Sheet) -> None:
        from openpyxl.utils import get_column_letter

        base = self._slip.base
        choices = base.sheets[sheet.id].choices if base is not None else {}
        put(page, MARK_ROW, 1, f"{slips.MARK}:{self._slip.handout}:{sheet.id}")
        put(page, TITLE_ROW, 2, self._text(sheet.title)).font = self._style.title
        note = put(page, NOTE_ROW, 2, self._text(sheet.purpose))
        note.font = self._style.muted
        put(page, HEAD_ROW, 1, slips.KEY)
        for at, column in enumerate(sheet.columns, 2):
            put(page, MARK_ROW, at, column.id)
            head = put(page, HEAD_ROW, at, self._text(column.heading))
            head.font, head.fill, head.alignment = (
                self._style.white,
                self._style.fills[_HEAD],
                self._style.head,
            )
            head.border = self._style.border
            page.column_dimensions[get_column_letter(at)].width = _width(column)
        row = HEAD_ROW
        for line in sheet.lines:
            row += 1
            put(page, row, 1, line.key)
            if line.key == HEADING:
                self._heading(page, row, next(iter(line.values.values()), None), len(sheet.columns))
                continue
            self._line(page, row, sheet, line.values, choices, fresh=False)
        for _ in range(FREE_ROWS if sheet.free else 0):
            row += 1
            self._line(page, row, sheet, {}, choices, fresh=True)
        self._validate(page, sheet, choices, max(row, HEAD_ROW + 1))
        self._finish(page, sheet, row)

    def _heading(self, page: Worksheet, row: int, text: Any, width: int) -> None:
        for at in range(2, width + 2):
            page.cell(row, at).fill = self._style.fills[_GROUP]
        put(page, row, 2, text).font = self._style.bold

    def _line(
        self, page: Worksheet, row: int, sheet: Sheet, values: Mapping[str, Any],
        choices: Mapping[str, Choices], *, fresh: bool,
    ) -> None:  # fmt: skip
        page.cell(row, 1).protection = self._style.open
        for at, column in enumerate(sheet.columns, 2):
            value = shown(column, values.get(column.id), choices.get(column.id, ()))
            self._dress(put(page, row, at, value), column, fresh=fresh)

    def _dress(self, cell: Any, column: Column, *, fresh: bool) -> None:
        """Give a cell its looks: made once for each kind of column, for a workbook has thousands of cells."""
        kind = (column.is_evidence, column.locked, column.new_only and not fresh, column.field.type)
        known = self._dressed.get(kind)
        if known is not None:
            cell._style = copy(known)  # noqa: SLF001 - openpyxl's own way of giving one cell's style to another
            return
        style = self._style
        shut = column.locked or (column.new_only and not fresh)
        cell.fill = style.fills[_PROOF if column.is_evidence else _SHOWN if shut else _FILLED]
        cell.border, cell.alignment = style.border, style.top
        cell.number_format = _FORMATS.get(column.field.type, "@")
        # Labels of the guideline's own rows stay where they are; what is sorted must be open everywhere.
        if not column.locked:
            cell.protection = style.open
        self._dressed[kind] = cell._style  # noqa: SLF001

    def _validate(self, page: Worksheet, sheet: Sheet, choices: Mapping[str, Choices], last: int) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for at, column in enumerate(sheet.columns, 2):
            where = f"{get_column_letter(at)}{HEAD_ROW + 1}:{get_column_letter(at)}{last}"
            offered = choices.get(column.id)
            if offered and column.field.type != "choices" and not column.locked:
                rule = DataValidation(type="list", formula1=self._list(offered), allow_blank=True)
            elif column.field.type in {"rupiah", "integer", "year"}:
                low, high = ("1900", "2200") if column.field.type == "year" else ("-9E+15", "9E+15")
                rule = DataValidation(
                    type="whole", operator="between", formula1=low, formula2=high, allow_blank=True
                )
            elif column.field.type in {"decimal", "percent"}:
                rule = DataValidation(
                    type="decimal", operator="between", formula1="-9E+15", formula2="9E+15", allow_blank=True
                )
            else:
                continue
            # A warning and no wall: what does not fit is asked about when it comes back.
            rule.errorStyle, rule.showErrorMessage = "warning", True
            rule.error = self._say(Message("exchange.agency_book.does_not_fit"))
            rule.add(where)
            page.add_data_validation(rule)

    def _list(self, offered: Choices) -> str:
        if offered not in self._lists:
            from openpyxl.utils import get_column_letter

            letter = get_column_letter(len(self._lists) + 1)
            self._lists[offered] = f"'{slips.LISTS}'!${letter}$1:${letter}${len(offered)}"
        return self._lists[offered]

    def _finish(self, page: Worksheet, sheet: Sheet, last: int) -> None:
        from openpyxl.utils import get_column_letter

        page.column_dimensions["A"].hidden = True
        page.row_dimensions[MARK_ROW].hidden = True
        page.row_dimensions[HEAD_ROW].height = 46
        named = next((at for at, column in enumerate(sheet.columns, 3) if _names(column)), 3)
        page.freeze_panes = f"{get_column_letter(min(named, 5))}{HEAD_ROW + 1}"
        widest = get_column_letter(len(sheet.columns) + 1)
        if sheet.free:
            page.auto_filter.ref = f"A{HEAD_ROW}:{widest}{max(last, HEAD_ROW + 1)}"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        width = sum(map(_width, sheet.columns))
        fit_to_width(page, max(1, round(width / WIDEST)))
        page.print_title_cols = "A:B"
        page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        guard(page)

    # -- what nobody sees --------------------------------------------------------------------------
    def _list_sheet(self) -> None:
        page = self._book.create_sheet(slips.LISTS)
        for at, offered in enumerate(self._lists, 1):
            for row, (_, label) in enumerate(offered, 1):
                put(page, row, at, label)
        page.sheet_state = "veryHidden"

    def _slip_sheet(self) -> None:
        page = self._book.create_sheet(slips.SHEET)
        for row, (name, value) in enumerate(slips.written(self._slip), 1):
            put(page, row, 1, name)
            put(page, row, 2, value)
        page.sheet_state = "veryHidden"

    # -- the first sheet ---------------------------------------------------------------------------
    def _instructions(self, page: Worksheet, lines: Iterable[tuple[str, str]]) -> None:
        page.column_dimensions["A"].width = 4
        page.column_dimensions["B"].width = 96
        for row, (look, text) in enumerate(lines, 1):
            cell = put(page, row, 2, text)
            cell.alignment = self._style.top
            match look:
                case "title":
                    cell.font = self._style.title
                case "section":
                    cell.font = self._style.bold
                case "line":
                    pass
                case colour:
                    page.cell(row, 1).fill = self._style.fills[colour]
                    page.cell(row, 1).border = self._style.border
            # No spreadsheet makes rows as high as their text by itself when a program wrote it.
            page.row_dimensions[row].height = 20 if look == "title" else 15.5 * (1 + len(text) // 100)
        fit_to_width(page)
        guard(page)


def put(page: Worksheet, row: int, at: int, value: Any) -> Any:
    """Write a value as it is: a text that begins like a formula stays a text."""
    cell: Any = page.cell(row, at)
    if isinstance(value, str):
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[: slips.CHUNK + 2_500]
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


def _width(column: Column) -> float:
    if column.is_evidence:
        return 34
    if column.options:
        return 26
    return _WIDTHS.get(column.field.type, 30)


def _names(column: Column) -> bool:
    """Whether a column says which row it is: the columns up to it stay in view."""
    return column.id in {"label", "title", "name", "source"}
