"""The Excel index of exported evidence: claims without evidence first, then every file."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message
from desktop.base.message import Param
from desktop.base.speech import render, value_text
from desktop.base.spreadsheets import in_workbook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.exchange.claims import Unsupported
    from desktop.workspace.plan import EvidenceFile, Plan

_FILES = ("number", "item", "supports", "agency", "caption", "name", "file", "part", "taken_on",
          "valid_until", "size", "state", "sha256")  # fmt: skip
_MISSING = ("number", "item", "supports", "agency", "wanted")
_WIDTHS = {
    "number": 5, "item": 34, "supports": 60, "agency": 14, "caption": 40, "name": 30, "file": 48, "part": 12,
    "taken_on": 13, "valid_until": 13, "size": 11, "state": 22, "sha256": 18, "wanted": 16,
}  # fmt: skip
_DAY = {Language.ID: "dd/mm/yyyy", Language.EN: "yyyy-mm-dd"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One file under one of the items it supports."""

    number: int
    file: EvidenceFile
    name: str
    """Below the folder that is written; empty where it is not."""
    item: Param
    where: Param
    agency: str
    part: int = 0
    """The ZIP part it is in; 0 = none."""
    left_out: str = ""
    """``absent`` or ``large`` where it is not written."""


def write_index(
    plan: Plan, found: tuple[Entry, ...], missing: tuple[Unsupported, ...], language: Language
) -> bytes:
    """The bytes of the workbook. Its two sheets are filtered, frozen at the head and typed."""
    from openpyxl import Workbook

    def say(param: Param) -> str:
        return " ".join(value_text(param, language).split())

    book = Workbook()
    short = {agency.id: agency.short_name or agency.code for agency in plan.agencies}
    lacking = [
        (number, say(each.claim.short or each.claim.where), say(each.claim.where),
         short.get(each.claim.agency, ""), say(_WANTED[each.required]))
        for number, each in enumerate(missing, 1)
    ]  # fmt: skip
    first = book.active
    if first is None:  # a new workbook has a sheet
        raise AssertionError
    _fill(first, render(Message("exchange.evidence.sheet.missing"), language), _MISSING, lacking, language)
    files = [_line(entry, say, language) for entry in found]
    sheet = book.create_sheet()
    _fill(sheet, render(Message("exchange.evidence.sheet.files"), language), _FILES, files, language)
    for row, entry in enumerate(found, 2):
        if entry.name and not entry.part:
            sheet.cell(row, _FILES.index("file") + 1).hyperlink = f"bukti/{entry.name}"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


_WANTED = {
    True: Message("exchange.evidence.required"),
    False: Message("exchange.evidence.optional"),
}
_STATES = {
    "": Message("exchange.evidence.state.written"),
    "absent": Message("exchange.evidence.state.absent"),
    "large": Message("exchange.evidence.state.large"),
}


def _line(entry: Entry, say: Any, language: Language) -> tuple[object, ...]:
    file = entry.file
    return (
        entry.number,
        say(entry.item),
        say(entry.where),
        entry.agency,
        file.caption.read(language),
        file.name,
        entry.name,
        f"bukti-{entry.part:02d}.zip" if entry.part else "",
        _day(file.taken_on),
        _day(file.valid_until),
        file.size,
        say(_STATES[entry.left_out]),
        file.sha256,
    )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _fill(
    sheet: Worksheet,
    title: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
    language: Language,
) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.title = title
    heads = [render(Message(f"exchange.evidence.head.{column}"), language) for column in columns]
    for place, head in enumerate(heads, 1):
        top = sheet.cell(1, place, head)
        top.font = Font(bold=True)
        top.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS[columns[place - 1]]
    for line, values in enumerate(rows, 2):
        for place, value in enumerate(values, 1):
            cell: Any = sheet.cell(line, place)
            if isinstance(value, str):
                cell.value = in_workbook(value)
                cell.data_type = "s"  # never a formula, whatever it begins with
            elif value is not None:
                cell.value = value
            if isinstance(value, dt.date):
                cell.number_format = _DAY[language]
            elif columns[place - 1] == "size":
                cell.number_format = "#,##0"
            cell.alignment = Alignment(
                vertical="top", wrap_text=columns[place - 1] in {"supports", "caption"}
            )
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(len(rows) + 1, 2)}"
