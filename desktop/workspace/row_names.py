"""What a row of a worksheet is called where another place names it: by its own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from desktop.base import LocalText
from desktop.guideline.pack import Field, Worksheet
from desktop.workspace.plan import Plan, Row

_TEXTS = frozenset({"text", "long_text", "rich_text"})


class NamedRow(NamedTuple):
    """A row, where it stands in its worksheet (1 = first), and its words."""

    row: Row
    number: int
    name: LocalText
    """What it is called; empty where nothing is written that could name it. No two rows share one."""
    details: LocalText
    """Its other texts."""


def naming_columns(sheet: Worksheet) -> tuple[Field, ...]:
    """The columns that can name a row, best first.

    Worksheets go from the general to the particular (mission, goal, target), so the last text that must be
    written says best which row is meant; after it the others, in order.
    """
    texts = [column for column in sheet.columns if column.type in _TEXTS]
    needed = [column for column in texts if column.required]
    best = needed[-1:] or texts[:1]
    return (*best, *(column for column in texts if column not in best))


def row_name(sheet: Worksheet, row: Row) -> LocalText:
    """What a row is called: the guideline's own name for it, else the first of its naming texts."""
    fixed = next((each for each in sheet.fixed_rows if each.id == row.fixed), None) if row.fixed else None
    if fixed is not None:
        return fixed.label
    return next(_texts(sheet, row), LocalText())


def named_rows(plan: Plan, worksheet: Worksheet) -> tuple[NamedRow, ...]:
    """The rows of a worksheet in order; those that say the same are told apart by their number."""
    rows = plan.rows.get(worksheet.id, ())
    names = [row_name(worksheet, row) for row in rows]
    often = Counter(_key(name) for name in names)
    return tuple(
        NamedRow(row, number, _numbered(name, number) if often[_key(name)] > 1 and name else name, details)
        for number, (row, name) in enumerate(zip(rows, names, strict=True), 1)
        for details in (_details(worksheet, row),)
    )


def find_row(plan: Plan, sheet: str, row: str) -> Row | None:
    """The row with this id in a worksheet, if it is there."""
    return next((each for each in plan.rows.get(sheet, ()) if each.id == row), None)


def _key(name: LocalText) -> str:
    return next((text.strip().casefold() for text in name.texts.values() if text.strip()), "")


def _numbered(name: LocalText, number: int) -> LocalText:
    return LocalText(
        {language: f"{text} ({number})" for language, text in name.texts.items() if text.strip()}
    )


def _texts(sheet: Worksheet, row: Row) -> Iterator[LocalText]:
    for column in naming_columns(sheet):
        cell = row.cells.get(column.id)
        if cell is None:
            continue
        values = cell.text.values if column.bilingual else {"id": str(cell.value or "")}
        words = {language: " ".join(text.split()) for language, text in values.items() if text.strip()}
        if words:
            yield LocalText(words)


def _details(sheet: Worksheet, row: Row) -> LocalText:
    texts = list(_texts(sheet, row))
    if not row.fixed:
        texts = texts[1:]
    languages = dict.fromkeys(language for text in texts for language in text.texts)
    return LocalText({language: " · ".join(each.read(language) for each in texts) for language in languages})
