"""Which column of a programme list says what: headers in Indonesian or English, on one row or several."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from itertools import pairwise

from desktop.base.resources import resource
from desktop.exchange.table import Table, Value

_NOT_WORD = re.compile(r"[\W_]+")
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_SEARCHED_ROWS = 40
_HEADER_LEVELS = 3


class Role(StrEnum):
    """What a column says about a programme."""

    REGION_CODE = "region_code"
    REGION = "region"
    PLAN = "plan"
    DIMENSION = "dimension"
    SUB_DIMENSION = "sub_dimension"
    CODE = "code"
    PROGRAMME = "programme"
    AGENCY = "agency"
    YEAR = "year"
    START_YEAR = "start_year"
    END_YEAR = "end_year"
    INDICATOR = "indicator"
    UNIT = "unit"
    BASELINE = "baseline"
    BASELINE_YEAR = "baseline_year"
    DIRECTION = "direction"
    TARGET = "target"
    REALISED = "realised"
    BUDGET = "budget"
    CEILING = "ceiling"
    REALISED_BUDGET = "realised_budget"
    TOTAL_BUDGET = "total_budget"
    FUNDING = "funding"
    KIND = "kind"
    SERVICE = "service"
    BEFORE = "before"
    AFTER = "after"
    SERVED = "served"
    TECHNOLOGY = "technology"
    SOURCE = "source"
    NOTE = "note"
    NUMBER = "number"
    IGNORE = "ignore"


MONEY = frozenset({Role.BUDGET, Role.CEILING, Role.REALISED_BUDGET, Role.TOTAL_BUDGET})
YEARLY = frozenset({Role.TARGET, Role.REALISED, Role.BUDGET, Role.CEILING, Role.REALISED_BUDGET})
"""What a column can say about the one year that its header names."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as it stands there, what it says, and the year its header names, if any."""

    index: int
    header: str
    role: Role
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a sheet, and the first row (counted from 0) below the header."""

    columns: tuple[Column, ...]
    first_row: int
    above: str
    """What stands above and in the header, for hints about the unit of amounts."""

    def of(self, role: Role) -> list[Column]:
        """The columns that say this, from left to right."""
        return [column for column in self.columns if column.role is role]


def bare(text: str) -> str:
    """Lower-case words with single spaces: what headers and names are compared by."""
    return _NOT_WORD.sub(" ", text.casefold()).strip()


@cache
def _synonyms() -> tuple[Mapping[str, Role], re.Pattern[str]]:
    data = json.loads(resource("exchange", "columns.json").read_text("utf-8"))
    names = {bare(name): Role(role) for role, entries in data["columns"].items() for name in entries}
    drop = sorted((bare(entry) for entry in data["drop"]), key=len, reverse=True)
    return names, re.compile(rf"\b(?:{'|'.join(map(re.escape, drop))})\b")


def role_of(header: str) -> tuple[Role | None, int | None]:
    """What a header says, and the year it names; (None, ...) when its words are not known."""
    names, drop = _synonyms()
    years = _YEAR.findall(header)
    year = int(years[0]) if len(years) == 1 else None
    words = bare(header)
    if words in names:
        return names[words], None
    words = bare(_YEAR.sub(" ", words)) if year else words
    if year and words in {"", "tahun", "th", "year"}:
        return None, year
    role = names.get(words) or names.get(" ".join(drop.sub(" ", words).split()))
    return role, year


def find_header(table: Table, chosen: Mapping[str, Role]) -> Header | None:
    """The header of a sheet: the row that names most, a column of programmes among it; None if there is none.

    ``chosen`` are a person's own decisions: what the column with this header says.
    """
    best: tuple[int, int] | None = None
    for index, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        roles = {_decided(_text(cell), chosen)[0] for cell in row}
        if Role.PROGRAMME in roles:
            score = len(roles - {None, Role.IGNORE})
            if best is None or score > best[0]:
                best = (score, index)
    if best is None:
        return None
    return _read_header(table, best[1], chosen)


def _decided(header: str, chosen: Mapping[str, Role]) -> tuple[Role | None, int | None]:
    role, year = role_of(header)
    return chosen.get(bare(header), role), year


def _text(cell: Value) -> str:
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _read_header(table: Table, top: int, chosen: Mapping[str, Role]) -> Header:
    lowest = [_text(cell) for cell in table.rows[top]]
    programme = next(i for i, text in enumerate(lowest) if _decided(text, chosen)[0] is Role.PROGRAMME)
    while top and table.rows[top - 1][programme : programme + 1] == (lowest[programme],):
        # A header cell merged over several rows: the upper ones belong to the header too.
        top -= 1
    levels = [[_text(cell) for cell in table.rows[top]]]
    below = top + 1
    while below < len(table.rows) and len(levels) < _HEADER_LEVELS:
        row = [_text(cell) for cell in table.rows[below]]
        if not _continues(row, programme, levels[0][programme]):
            break
        levels.append(row)
        below += 1
    if below < len(table.rows) and _numbers_columns(table.rows[below]):
        below += 1
    columns = tuple(
        Column(index, header, role or Role.IGNORE, year)
        for index, header, role, year in _combined(levels, chosen)
    )
    above = " ".join(_text(cell) for row in table.rows[:below] for cell in row)
    return Header(columns, below, above)


def _continues(row: list[str], programme: int, header: str) -> bool:
    """Whether a row below the header is a further level of it: years, or words that only headers have.

    Below the header of the programmes it is blank, or repeats it (a cell merged over both rows).
    """
    if programme < len(row) and row[programme] not in {"", header}:
        return False
    known = [role_of(text) for text in row if text]
    return len(known) >= 2 and all(role is not None or year is not None for role, year in known)


def _numbers_columns(row: tuple[Value, ...]) -> bool:
    """Whether a row only counts the columns: (1) (2) (3) ..."""
    texts = [_text(cell).strip("()") for cell in row]
    numbers = [text for text in texts if text]
    counted = [int(number) for number in numbers if number.isdecimal() and len(number) < 5]
    if len(counted) < 3 or len(counted) < len(numbers) or counted[0] > 2:
        return False
    return counted == list(range(counted[0], counted[0] + len(counted)))


def _combined(
    levels: list[list[str]], chosen: Mapping[str, Role]
) -> list[tuple[int, str, Role | None, int | None]]:
    """One header for each column out of its levels: the lowest word and the nearest year count.

    A blank beside a group's heading continues it, as merged cells do, where a lower level has something.
    """
    width = max(map(len, levels))
    filled = [level + [""] * (width - len(level)) for level in levels]
    for upper, lower in pairwise(filled):
        for index in range(1, width):
            if not upper[index] and lower[index]:
                upper[index] = upper[index - 1]
    combined = []
    for index in range(width):
        parts = [level[index] for level in filled if level[index]]
        header = " ".join(dict.fromkeys(parts))
        whole, whole_year = _decided(header, chosen)
        found = [_decided(part, chosen) for part in reversed(parts)]
        role = whole or next((each for each, _ in found if each is not None), None)
        year = whole_year or next((each for _, each in found if each is not None), None)
        if header:
            combined.append((index, header, role, year))
    return combined
