"""A plan as CSV files, one for each sheet of its workbook: UTF-8 with a mark, as every Excel opens it.

CSV has no types. What a spreadsheet would compute gets an apostrophe before it (``=1+1``, ``@SUM``).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message
from desktop.base.jobs import Report
from desktop.base.placing import put
from desktop.base.speech import value_text
from desktop.base.spreadsheets import as_text
from desktop.base.written import place_of
from desktop.exchange.agency_workbook.cells import Shown, shown
from desktop.exchange.agency_workbook.layout import HEADING, Column, Line, Sheet
from desktop.exchange.agency_workbook.slip import Choices, labelled
from desktop.exchange.evidence_folders import safe_name
from desktop.exchange.plan_workbook.layout import plan_layout
from desktop.exchange.plan_workbook.making import Wanted, titles

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan

SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
"""What may stand between two cells, by its name."""


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """One CSV file, and how many rows are in it."""

    path: Path
    sheet: str
    rows: int


def separator_of(language: Language) -> str:
    """What a spreadsheet of this language puts between cells: where the comma is decimal, a semicolon."""
    return "semicolon" if language is Language.ID else "comma"


def write_tables(
    report: Report, plan: Plan, pack: Pack, folder: Path, wanted: Wanted, separator: str
) -> tuple[WrittenTable, ...]:
    """Write every sheet that has rows into a folder. ``separator`` is one of :data:`SEPARATORS`.

    Numbers have a decimal comma where semicolons part the cells. Raises FileProblem, Cancelled.
    """
    language = Language(wanted.language)
    sheets = plan_layout(plan, pack, language, translations=wanted.translations)
    called = titles(sheets, language)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, sheet in enumerate(sheets):
        report(done, len(sheets), Message("exchange.plan_book.writing", sheet=sheet.title))
        lines = _lines(sheet)
        if not lines:
            continue
        path = place_of(folder / _name(called[sheet.id]))
        put(path, _file(sheet, lines, language, SEPARATORS[separator]))
        written.append(WrittenTable(path, sheet.id, len(lines)))
    report(len(sheets), len(sheets), Message("exchange.plan_book.written"))
    return tuple(written)


def table_names(plan: Plan, pack: Pack, wanted: Wanted) -> tuple[str, ...]:
    """What the files are called that :func:`write_tables` makes."""
    language = Language(wanted.language)
    sheets = plan_layout(plan, pack, language, translations=wanted.translations)
    called = titles(sheets, language)
    return tuple(_name(called[sheet.id]) for sheet in sheets if _lines(sheet))


def _lines(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.lines if line.key != HEADING]


def _name(title: str) -> str:
    number, _, name = title.partition(". ")
    return f"{number:0>2} {safe_name(name)}.csv"


def export_tables(
    report: Report, snapshot: Path, folder: Path, wanted: Wanted, separator: str
) -> tuple[WrittenTable, ...]:
    """The same of a workspace file (or a snapshot of one); runs as a job. Raises FileProblem, Cancelled."""
    from desktop.workspace import Workspace

    with Workspace.open(snapshot, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
    return write_tables(report, plan, pack, folder, wanted, separator)


def _file(sheet: Sheet, lines: Iterable[Line], language: Language, mark: str) -> bytes:
    columns = [column for column in sheet.columns if not column.is_formula]
    choices = {
        column.list_name: labelled(column.options, language)
        for column in (*columns, *sheet.typed.values())
        if column.options
    }
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator="\r\n")
    writer.writerow([as_text(value_text(column.heading, language)) for column in columns])
    writer.writerows(list(_cells(sheet, line, columns, choices, comma=mark != ",")) for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _cells(
    sheet: Sheet, line: Line, columns: Iterable[Column], choices: Mapping[str, Choices], *, comma: bool
) -> Iterator[str]:
    for each in columns:
        column = sheet.at(line.key, each)
        value = shown(column, line.values.get(column.id), choices.get(column.list_name, ()))
        yield _cell(value, comma=comma)


def _cell(value: Shown, *, comma: bool) -> str:
    match value:
        case None:
            return ""
        case int():
            return str(value)
        case Decimal():
            plain = f"{value:f}"
            return plain.replace(".", ",") if comma else plain
        case dt.date():
            return value.isoformat()
        case _:
            return as_text(value)
