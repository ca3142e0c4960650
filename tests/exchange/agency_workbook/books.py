"""Workbooks as people send them back: opened, edited as they would, saved again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from desktop.base import Message
from desktop.exchange.agency_workbook.writing import HEAD_ROW
from desktop.guideline import write_pack
from desktop.workspace import Workspace

LABEL = Message("ui.op.add_programme")
FIRST = HEAD_ROW + 1


TINY = Path(__file__).resolve().parents[2] / "data" / "tiny-pack"


def agency_pack(folder: Path) -> bytes:
    """The tiny guideline, whose sheet of fixed rows is filled in by each agency."""
    copy = shutil.copytree(TINY, folder / "tiny")
    sheets = json.loads((copy / "worksheets.json").read_text("utf-8"))
    sheets[0]["scope"] = "agency"
    (copy / "worksheets.json").write_text(json.dumps(sheets), "utf-8")
    return write_pack(copy)


class Book:
    """A workbook opened in a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Any = openpyxl.load_workbook(path)

    def sheet(self, name: str) -> Worksheet:
        """The sheet with this id, by its hidden mark."""
        for page in self.book:
            if str(page.cell(1, 1).value or "").endswith(f":{name}"):
                return page
        raise KeyError(name)

    def first(self, sheet: str) -> int:
        """The first row below the heads."""
        page = self.sheet(sheet)
        return next(row for row in range(2, 8) if page.cell(row, 1).value == "key") + 1

    def at(self, sheet: str, column: str) -> int:
        """The number of a column."""
        page = self.sheet(sheet)
        return next(cell.column for cell in page[1] if cell.value == column)

    def row(self, sheet: str, key: str) -> int:
        """The number of a row by its key."""
        page = self.sheet(sheet)
        return next(row for row in range(HEAD_ROW, page.max_row + 1) if page.cell(row, 1).value == key)

    def put(self, sheet: str, row: int, column: str, value: Any) -> None:
        """Type into a cell."""
        cell: Any = self.sheet(sheet).cell(row, self.at(sheet, column))
        cell.value = value

    def get(self, sheet: str, row: int, column: str) -> Any:
        """What stands in a cell."""
        return self.sheet(sheet).cell(row, self.at(sheet, column)).value

    def free(self, sheet: str) -> int:
        """The first empty row."""
        page = self.sheet(sheet)
        row = self.first(sheet)
        while any(
            page.cell(row, at).value not in (None, "") and page.cell(row, at).data_type != "f"
            for at in range(1, page.max_column + 1)
        ):
            row += 1
        return row

    def keys(self, sheet: str) -> list[str]:
        """The keys of the rows, in order."""
        page = self.sheet(sheet)
        found = (page.cell(row, 1).value for row in range(self.first(sheet), page.max_row + 1))
        return [str(key) for key in found if key]

    def sort(self, sheet: str, column: str, *, hidden: bool = True) -> None:
        """Sort the rows by a column; with ``hidden`` the column of keys goes along, as in a filter."""
        page, at = self.sheet(sheet), self.at(sheet, column)
        first = 1 if hidden else 2
        last = self.free(sheet) - 1
        rows = [
            [page.cell(row, place).value for place in range(first, page.max_column + 1)]
            for row in range(self.first(sheet), last + 1)
        ]
        rows.sort(key=lambda row: str(row[at - first] or ""), reverse=True)
        for number, values in enumerate(rows, self.first(sheet)):
            for place, value in enumerate(values, first):
                cell: Any = page.cell(number, place)
                cell.value = value

    def save(self, path: Path | None = None) -> Path:
        """Save it, perhaps under another name."""
        target = path or self.path
        self.book.save(target)
        return target


def filled(workspace: Workspace, work: Callable[[Any], Any]) -> Any:
    """Write something into a workspace in one operation."""
    with workspace.operation(LABEL) as operation:
        return work(operation)
