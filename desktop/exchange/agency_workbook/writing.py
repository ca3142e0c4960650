"""Writes a workbook of a plan: coloured columns to fill in, drop-downs, sums, and keys that nobody sees."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, render
from desktop.base.jobs import Report, quiet
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.agency_workbook.cells import shown
from desktop.exchange.agency_workbook.layout import HEADING, LABEL, Column, Sheet
from desktop.exchange.agency_workbook.looks import (
    FILLED,
    GROUP,
    HEAD,
    PROOF,
    SHOWN,
    Style,
    fit_to_width,
    guard,
    height,
    number_format,
    open_columns,
    put,
    width,
)
from desktop.exchange.agency_workbook.slip import Choices, Slip
from desktop.exchange.agency_workbook.validation import Rules

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

MARK_ROW, TITLE_ROW, NOTE_ROW, HEAD_ROW = 1, 2, 3, 4
"""Where sums stand, they stand in a row of their own between note and heads."""
WIDEST = 200
"""Letters beside each other that can still be read on a page across."""
FREE_ROWS = 25
"""Empty rows prepared below those that are there."""
APPENDED = 500
"""Rows below those prepared that sums count, too."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")


class Writer:
    """Writes one workbook."""

    def __init__(self, slip: Slip, sheets: Iterable[Sheet], years: tuple[int, int] | None = None) -> None:
        from openpyxl import Workbook

        self._slip = slip
        self._language: Language = slip.language
        self._sheets = tuple(sheets)
        self._book: Workbook = Workbook()
        self._style = Style()
        self._rules = Rules(slip.language, years)
        self._titles: set[str] = set()
        self._dressed: dict[tuple[bool, bool, bool, str], Any] = {}

    def write(
        self, instructions: Iterable[tuple[str, str]], titles: Mapping[str, str], report: Report = quiet
    ) -> bytes:
        """The whole workbook; ``instructions`` are lines with their look, ``titles`` the names of sheets.

        Raises Cancelled.
        """
        book = self._book
        first = book.active
        if first is None:  # openpyxl makes one
            raise RuntimeError("a new workbook without a sheet")
        first.title = self._name(self._say(Message("exchange.agency_book.sheet.instructions")))
        self._instructions(first, instructions)
        for done, sheet in enumerate(self._sheets):
            report(done, len(self._sheets) + 1, Message("exchange.plan_book.writing", sheet=sheet.title))
            _Page(self, book.create_sheet(self._name(titles[sheet.id])), sheet).write()
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
        report(len(self._sheets) + 1, len(self._sheets) + 1, Message("exchange.plan_book.written"))
        return out.getvalue()

    # -- what the pages ask ------------------------------------------------------------------------
    @property
    def style(self) -> Style:
        """The looks."""
        return self._style

    @property
    def rules(self) -> Rules:
        """What cells accept."""
        return self._rules

    def choices(self, sheet: Sheet) -> Mapping[str, Choices]:
        """What the columns of a sheet offer, as the slip remembers it."""
        base = self._slip.base
        return base.sheets[sheet.id].choices if base is not None else {}

    def mark(self, sheet: Sheet) -> str:
        """What stands hidden on a sheet, so that it is known again."""
        return f"{slips.MARK}:{self._slip.handout}:{sheet.id}"

    def text(self, said: Param) -> str:
        """A title or heading."""
        return value_text(said, self._language)

    def dress(self, cell: Any, column: Column, *, fresh: bool) -> None:
        """Give a cell its looks: made once for each kind of column, for a workbook has thousands of cells."""
        shut = column.locked or column.is_formula or (column.new_only and not fresh)
        kind = (column.is_evidence, column.locked, shut, column.field.type)
        known = self._dressed.get(kind)
        if known is not None:
            cell._style = copy(known)  # noqa: SLF001 - openpyxl's own way of giving one cell's style to another
            return
        style = self._style
        cell.fill = style.fills[PROOF if column.is_evidence else SHOWN if shut else FILLED]
        cell.border, cell.alignment = style.border, style.top
        cell.number_format = number_format(column)
        # Labels of the guideline's own rows stay where they are; what is sorted must be open everywhere.
        if not column.locked:
            cell.protection = style.open
        self._dressed[kind] = cell._style  # noqa: SLF001

    def _say(self, message: Message) -> str:
        return render(message, self._language)

    def _name(self, title: str) -> str:
        """A title as Excel takes it for a sheet: 31 letters, no signs of its own, none twice."""
        plain = " ".join(_FORBIDDEN.sub(" ", title).split())
        if len(plain) > 31:  # between two words, where there are any
            kept = plain[:32].rpartition(" ")[0]
            plain = kept if len(kept) > 15 else plain[:31]
        plain = plain.strip() or "Lembar"
        name, number = plain, 1
        while name.casefold() in self._titles:
            number += 1
            ending = f" ({number})"
            name = plain[: 31 - len(ending)] + ending
        self._titles.add(name.casefold())
        return name

    # -- what nobody sees --------------------------------------------------------------------------
    def _list_sheet(self) -> None:
        page = self._book.create_sheet(slips.LISTS)
        for at, offered in enumerate(self._rules.lists, 1):
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


class _Page:
    """Writes one sheet of a workbook."""

    def __init__(self, writer: Writer, page: Worksheet, sheet: Sheet) -> None:
        from openpyxl.utils import get_column_letter

        self._writer, self._page, self._sheet = writer, page, sheet
        self._style, self._choices = writer.style, writer.choices(sheet)
        self._head = HEAD_ROW + 1 if sheet.totals else HEAD_ROW
        self._letters = {column.id: get_column_letter(at) for at, column in enumerate(sheet.columns, 2)}
        self._asked: dict[tuple[str, str], list[int]] = defaultdict(list)

    def write(self) -> None:
        """Marks, title, heads, then every row, and the rules of the cells."""
        page, sheet = self._page, self._sheet
        put(page, MARK_ROW, 1, self._writer.mark(sheet))
        put(page, TITLE_ROW, 2, self._writer.text(sheet.title)).font = self._style.title
        put(page, NOTE_ROW, 2, self._writer.text(sheet.purpose)).font = self._style.muted
        if sheet.free:
            open_columns(page, self._style, [8, *map(width, sheet.columns)])
        self._heads()
        row, groups = self._head, list[int]()
        for line in sheet.lines:
            row += 1
            put(page, row, 1, line.key)
            if line.key == HEADING:
                self._heading(row, next(iter(line.values.values()), None))
                groups.append(row)
            else:
                self._line(row, line.key, line.values, fresh=False)
        for _ in range(FREE_ROWS if sheet.free else 0):
            row += 1
            self._line(row, "", {}, fresh=True)
        last = max(row, self._head + 1)
        for at, end in pairwise([*groups, last + 1]):
            self._means(at, end - 1)
        if sheet.totals:
            self._totals(last + APPENDED)
        self._validate(last)
        self._finish(last)

    def _heads(self) -> None:
        put(self._page, self._head, 1, slips.KEY)
        for at, column in enumerate(self._sheet.columns, 2):
            put(self._page, MARK_ROW, at, column.id)
            head = put(self._page, self._head, at, self._writer.text(column.heading))
            head.font, head.fill, head.alignment = (
                self._style.white,
                self._style.fills[HEAD],
                self._style.head,
            )
            head.border = self._style.border
            self._page.column_dimensions[self._letters[column.id]].width = width(column)

    def _heading(self, row: int, text: Any) -> None:
        for at in range(2, len(self._sheet.columns) + 2):
            self._page.cell(row, at).fill = self._style.fills[GROUP]
        named = next((at for at, each in enumerate(self._sheet.columns, 2) if each.id == LABEL), 2)
        put(self._page, row, named, text).font = self._style.bold

    def _line(self, row: int, key: str, values: Mapping[str, Any], *, fresh: bool) -> None:
        self._page.cell(row, 1).protection = self._style.open
        texts: list[tuple[Any, Column]] = []
        for at, each in enumerate(self._sheet.columns, 2):
            column = self._sheet.at(key, each)
            if column.is_formula:
                cell: Any = self._page.cell(row, at)
                cell.value = self._formula(column, row)
            else:
                choices = self._choices.get(column.list_name, ())
                cell = put(self._page, row, at, shown(column, values.get(column.id), choices))
                texts.append((cell.value, column))
            if column.listed:
                self._asked[column.id, key].append(row)
            self._writer.dress(cell, column, fresh=fresh)
        if not fresh:
            self._page.row_dimensions[row].height = height(texts)

    # -- sums --------------------------------------------------------------------------------------
    def _formula(self, column: Column, row: int) -> str:
        """The sum of some columns of a row, or its share of others’ sum; empty where there is nothing."""
        total = f"SUM({self._areas(column.sums, row)})"
        if column.share:
            whole = f"SUM({self._areas(column.share, row)})"
            return f'=IF({whole}=0,"",ROUND(100*{total}/{whole},1))'
        return f'=IF(COUNT({self._areas(column.sums, row)})=0,"",{total})'

    def _areas(self, columns: Iterable[str], row: int) -> str:
        """Cells of a row; those side by side as one area."""
        order = [column.id for column in self._sheet.columns]
        places = sorted(order.index(each) for each in columns)
        areas: list[list[int]] = []
        for place in places:
            if areas and place == areas[-1][-1] + 1:
                areas[-1].append(place)
            else:
                areas.append([place])
        letters = list(self._letters.values())
        return ",".join(f"{letters[area[0]]}{row}:{letters[area[-1]]}{row}" for area in areas)

    def _totals(self, last: int) -> None:
        """Sums over the columns of money, of the rows that a filter leaves in view."""
        summed = [column for column in self._sheet.columns if column.field.type == "rupiah"]
        order = [column.id for column in self._sheet.columns]
        row, first = self._head - 1, self._head + 1
        for column in summed:
            letter = self._letters[column.id]
            cell: Any = self._page.cell(row, order.index(column.id) + 2)
            cell.value = f"=SUBTOTAL(109,{letter}{first}:{letter}{last})"
            cell.font, cell.number_format = self._style.bold, number_format(column)
            cell.border, cell.fill = self._style.border, self._style.fills[SHOWN]
        if summed:
            label = self._writer.text(Message("exchange.plan_book.total"))
            named = put(self._page, row, max(2, order.index(summed[0].id) + 1), label)
            named.font, named.alignment = self._style.bold, self._style.right

    def _means(self, heading: int, last: int) -> None:
        """Beside a heading, the means of the rows below it."""
        for each in self._sheet.means:
            letter = self._letters[each]
            cell: Any = self._page[f"{letter}{heading}"]
            area = f"{letter}{heading + 1}:{letter}{last}"
            cell.value = f'=IF(COUNT({area})=0,"",AVERAGE({area}))'
            cell.font, cell.number_format = self._style.bold, "0.00"

    # -- what fits, and how it is shown --------------------------------------------------------------
    def _validate(self, last: int) -> None:
        rules, page, first = self._writer.rules, self._page, self._head + 1
        rules.shut(page, f"A{MARK_ROW}:A{last}")
        for column in self._sheet.columns:
            letter = self._letters[column.id]
            if column.is_formula:
                rules.shut(page, f"{letter}{first}:{letter}{last}")
            elif not column.locked:
                choices = self._choices.get(column.id, ())
                rules.add(page, column, choices, f"{letter}{first}:{letter}{last}")
        for (name, key), rows in self._asked.items():
            column = next(each for each in self._sheet.columns if each.id == name)
            typed = self._sheet.at(key, column)
            where = " ".join(f"{self._letters[name]}{row}" for row in rows)
            rules.add(page, typed, self._choices.get(typed.list_name, ()), where)

    def _finish(self, last: int) -> None:
        from openpyxl.utils import get_column_letter

        page, sheet = self._page, self._sheet
        page.column_dimensions["A"].hidden = True
        page.row_dimensions[MARK_ROW].hidden = True
        page.row_dimensions[self._head].height = 46
        named = next((at for at, column in enumerate(sheet.columns, 3) if _names(column)), 3)
        page.freeze_panes = f"{get_column_letter(min(named, 5))}{self._head + 1}"
        widest = get_column_letter(1 + sum(not column.is_formula for column in sheet.columns))
        if sheet.free:
            page.auto_filter.ref = f"A{self._head}:{widest}{last}"
        page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
        fit_to_width(page, max(1, round(sum(map(width, sheet.columns)) / WIDEST)))
        page.print_title_cols = "A:B"
        page.print_title_rows = f"{self._head}:{self._head}"
        guard(page)


def _names(column: Column) -> bool:
    """Whether a column says which row it is: the columns up to it stay in view."""
    return column.id in {"label", "title", "name", "source"}
