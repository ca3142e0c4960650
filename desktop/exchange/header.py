"""The header of a sheet: on one row or several, below titles, merged or not, and again on each page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from desktop.exchange.columns import NAMES, YEARLY, Role, bare, role_of
from desktop.exchange.table import Table, Value, filled

_SEARCHED_ROWS = 40
_HEADER_LEVELS = 4
_LONGEST_NAME = 80
"""Letters of a column's name."""
_SPAN = re.compile(
    r"(?<!\d)((?:19|20|21)\d\d)\s*(?:-|–|—|s\.?/?d\.?|sampai( dengan)?|to)\s*((?:19|20|21)\d\d)(?!\d)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_ORDINAL = re.compile(r"\b(?:tahun|th)\s*(?:ke\s*)?([1-9]|i{1,3}|iv|vi?)$")
_NEXT = re.compile(r"\b(?:tahun )?n 1\b|\bprakiraan maju\b")
_FINAL = re.compile(r"\bkondisi\b.*\bakhir\b|\bakhir (?:periode|renstra|rpjmd|masa)\b|\bfinal\b")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_COUNTED = re.compile(r"\(?\s*(\d{1,3})\s*[a-z]?\s*\)?(?:\s*=.*)?")
_PART_OF_CODE = re.compile(r"[0-9X]{1,4}(?:\.[0-9X]{1,4})*\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as it stands there, what it says, and the year its header names, if any.

    ``ordinal`` is 1 for *Tahun ke-1*: a year that only the plan's first year makes a calendar year.
    """

    index: int
    header: str
    role: Role
    year: int | None = None
    ordinal: int | None = None
    level: int = 0
    """Of which level it speaks, whatever its row is: 1 the programme, 2 the activity, 3 the sub-activity."""


@dataclass(frozen=True)
class Header:
    """The columns of a sheet, and the first row (counted from 0) below the header."""

    columns: tuple[Column, ...]
    first_row: int
    above: str
    """What stands above and in the header, for hints about the unit of amounts."""
    titles: tuple[str, ...] = ()
    """The lines above the header."""
    words: tuple[frozenset[str], ...] = ()
    """What the header says in each column, bare: how it is known again on the next page."""
    adds: bool = False
    """Whether rows are parts of a programme's money (accounts), so that all of them add up."""
    sipd: bool = False
    """Whether it is the head of a table out of SIPD."""

    def of(self, role: Role) -> list[Column]:
        """The columns that say this, from left to right."""
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[Role, list[Column]]:
        found: dict[Role, list[Column]] = {}
        for column in self.columns:
            found.setdefault(column.role, []).append(column)
        return found

    @cached_property
    def levelled(self) -> bool:
        """Whether rows hold indicators of the levels above them too."""
        return any(column.level for column in self.of(Role.INDICATOR))

    @property
    def span(self) -> tuple[int, int] | None:
        """The years that the title names (``Tahun 2025-2029``)."""
        for title in self.titles:
            found = _SPAN.search(title)
            if found and 0 < int(found[3]) - int(found[1]) < 30:
                return int(found[1]), int(found[3])
        return None

    @property
    def year(self) -> int | None:
        """The one year that the title names (``Tahun Anggaran 2026``)."""
        years = {int(year) for title in self.titles for year in _YEAR.findall(title)}
        return years.pop() if len(years) == 1 else None

    @property
    def ordinals(self) -> bool:
        """Whether years are only counted: *Tahun ke-1*."""
        return any(column.ordinal is not None for column in self.columns)

    @property
    def undated(self) -> bool:
        """Whether there are yearly figures, and neither a header nor a column says of which year."""
        if self.of(Role.YEAR):
            return False
        return any(c.role in YEARLY and c.year is None and c.ordinal is None for c in self.columns)

    def dated(self, first: int | None, year: int | None) -> Header:
        """The same with counted years made calendar years from ``first`` on; ``year`` where none is named."""

        def meant(column: Column) -> Column:
            if column.year is None and column.ordinal is not None and first is not None:
                return replace(column, year=first + column.ordinal - 1, ordinal=None)
            if (
                column.role in YEARLY
                and column.year is None
                and column.ordinal is None
                and not self.of(Role.YEAR)
            ):
                return replace(column, year=year)
            return column

        return replace(self, columns=tuple(map(meant, self.columns)))

    def without(self, hidden: frozenset[int]) -> Header:
        """The same without columns that are not shown."""
        return replace(
            self,
            columns=tuple(
                replace(each, role=Role.IGNORE) if each.index in hidden else each for each in self.columns
            ),
        )

    def repeated(self, row: tuple[Value, ...]) -> bool:
        """Whether a row is (a part of) the header again, as on every printed page, or counts the columns."""
        texts = [(index, cell) for index, cell in enumerate(row) if filled(cell)]
        same = len(texts) > 1 and all(
            index < len(self.words) and bare(as_header(cell)) in self.words[index] for index, cell in texts
        )
        return same or numbers_columns(row)


def find_header(table: Table, chosen: Mapping[str, Role]) -> Header | None:
    """The header of a sheet: the row that names most, a column of programmes among it; None if there is none.

    ``chosen`` are a person's own decisions: what the column with this header says.
    """
    best: tuple[int, int] | None = None
    for index, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        texts = {as_header(cell) for cell in row if filled(cell)}
        sure = {_decided(text, chosen)[0] for text in texts if len(text) <= 200}
        if not sure & set(NAMES):
            continue
        score = len(sure - {None, Role.IGNORE})
        if score == 1 and not _is_name(texts, chosen):
            continue  # a title, or a programme's own name
        if best is None or score > best[0]:
            best = (score, index)
    if best is None:
        return None
    return _read_header(table, best[1], chosen)


def likely_header(table: Table) -> Header | None:
    """The row that looks most like a head where no words are known: short texts above filled rows."""
    for index, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        texts = [cell for cell in row if filled(cell)]
        # a mark such as "%" is a head too; a single letter or digit is more likely an entry
        short = [
            cell
            for cell in texts
            if isinstance(cell, str) and (1 < len(cell) <= _LONGEST_NAME or not cell.isalnum())
        ]
        below = [each for each in table.rows[index + 1 : index + 6] if sum(map(filled, each)) >= 2]
        if len(set(short)) < 2 or len(short) * 5 < len(texts) * 4 or not below:
            continue
        columns = tuple(
            Column(at, as_header(cell), *_named(as_header(cell)))
            for at, cell in enumerate(row)
            if filled(cell)
        )
        words = tuple(frozenset([bare(as_header(cell))] if filled(cell) else []) for cell in row)
        return Header(columns, index + 1, " ".join(map(as_header, texts)), (), words)
    return None


def _named(text: str) -> tuple[Role, int | None]:
    role, year = role_of(text)
    return role or Role.IGNORE, year


def _is_name(texts: set[str], chosen: Mapping[str, Role]) -> bool:
    """Whether a text is just the name of a column of programmes and not a sentence that begins like one."""
    return any(
        _decided(text, chosen)[0] in NAMES and (len(bare(text).split()) <= 3 or bare(text) in chosen)
        for text in texts
    )


def _decided(header: str, chosen: Mapping[str, Role]) -> tuple[Role | None, int | None]:
    role, year = role_of(header)
    return chosen.get(bare(header), role), year


def as_header(cell: Value) -> str:
    """A cell as the text of a header."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _read_header(table: Table, top: int, chosen: Mapping[str, Role]) -> Header:
    lowest = [as_header(cell) for cell in table.rows[top]]
    roles = [_decided(text, chosen)[0] for text in lowest]
    named = next(i for role in NAMES for i, each in enumerate(roles) if each is role)
    while top and table.rows[top - 1][named : named + 1] == (lowest[named],):
        # A header cell merged over several rows: the upper ones belong to the header too.
        top -= 1
    levels = [[as_header(cell) for cell in table.rows[top]]]
    below = top + 1
    while below < len(table.rows) and len(levels) < _HEADER_LEVELS:
        row = [as_header(cell) for cell in table.rows[below]]
        if numbers_columns(table.rows[below]) or not _continues(row, named, levels[0][named]):
            break
        levels.append(row)
        below += 1
    if below < len(table.rows) and numbers_columns(table.rows[below]):
        below += 1
    titles = tuple(dict.fromkeys(as_header(cell) for row in table.rows[:top] for cell in row if filled(cell)))
    columns = columns_of(levels, chosen)
    columns = _codes_beside(table, below, columns)
    words = tuple(
        frozenset(bare(level[index]) for level in levels if index < len(level) and level[index])
        for index in range(max(map(len, levels)))
    )
    above = " ".join([*titles, *dict.fromkeys(text for level in levels for text in level if text)])
    return Header(tuple(columns), below, above, titles, words)


def _continues(row: list[str], named: int, header: str) -> bool:
    """Whether a row below the header is a further level of it: years, or words that only headers have.

    Below the header of the programmes it is blank, or repeats it (a cell merged over both rows).
    """
    if named < len(row) and row[named] not in {"", header}:
        return False
    texts = [text for text in row if text]
    known = [role_of(text) != (None, None) or bool(_ORDINAL.search(bare(text))) for text in texts]
    return sum(known) >= 2 and sum(known) * 5 >= len(known) * 4


def numbers_columns(row: tuple[Value, ...]) -> bool:
    """Whether a row only counts the columns: (1) (2) (3) ..., also where some of them are merged or split."""
    texts = [as_header(cell) for cell in row if filled(cell)]
    if not texts or not _COUNTED.fullmatch(texts[0].casefold().strip()):
        return False
    found = [_COUNTED.fullmatch(text.casefold().strip()) for text in texts]
    counted = [int(match[1]) for match in found if match and match[1].isascii()]
    if len(set(counted)) < 3 or len(counted) < len(texts) or counted[0] > 2:
        return False
    return (
        all(0 <= after - before <= 2 for before, after in pairwise(counted))
        and len(set(counted)) * 3 >= (counted[-1] - counted[0]) * 2
    )


def columns_of(levels: list[list[str]], chosen: Mapping[str, Role]) -> list[Column]:
    """One header for each column out of its levels: the lowest word and the nearest year count.

    A blank beside a group's heading continues it, as merged cells do, where a lower level has something.
    """
    width = max(map(len, levels))
    rows = [level + [""] * (width - len(level)) for level in levels]
    for upper, lower in pairwise(rows):
        for index in range(1, width):
            if not upper[index] and lower[index]:
                upper[index] = upper[index - 1]
    named = [_year_in(text) for text in dict.fromkeys(text for row in rows for text in row)]
    planned = max((year for year in named if year), default=None)
    columns = []
    for index in range(width):
        parts = list(dict.fromkeys(row[index] for row in rows if row[index]))
        if parts:
            columns.append(_column(index, parts, chosen, planned))
    return columns


def _year_in(text: str) -> int | None:
    return None if _NEXT.search(bare(text)) else role_of(text)[1]


def _column(index: int, parts: list[str], chosen: Mapping[str, Role], planned: int | None) -> Column:
    header = " ".join(parts)
    whole, whole_year = _decided(header, chosen)
    found = [_decided(part, chosen) for part in reversed(parts)]
    role = next((each for each, _ in found if each is not None), None)
    if len(parts) == 1 or role is None or bare(header) in chosen:
        role = whole or role
    year = whole_year or next((each for _, each in found if each is not None), None)
    words = [bare(part) for part in parts]
    ordinal = next((_ordinal(each) for each in reversed(words) if _ordinal(each)), None)
    if any(_NEXT.search(each) for each in words) and year is None and planned is not None:
        year = planned + 1
    if any(_FINAL.search(each) for each in words) and bare(header) not in chosen:
        money = role in {Role.BUDGET, Role.CEILING, Role.TOTAL_BUDGET}
        role, ordinal = (Role.TOTAL_BUDGET if money else Role.FINAL_TARGET), None
    return Column(index, header, role or Role.IGNORE, year, ordinal if year is None else None)


def _ordinal(words: str) -> int | None:
    found = _ORDINAL.search(words)
    if found is None:
        return None
    return _ROMAN.get(found[1]) or int(found[1])


def _codes_beside(table: Table, first: int, columns: list[Column]) -> list[Column]:
    """A code that is split over several columns has its name only above the first of them."""
    known = {column.index: column for column in columns}
    codes = [column for column in columns if column.role is Role.CODE]
    for code in codes:
        index = code.index + 1
        while index not in known and _holds_codes(table, first, index):
            known[index] = replace(code, index=index)
            index += 1
    return [known[index] for index in sorted(known)]


def _holds_codes(table: Table, first: int, index: int) -> bool:
    texts = [
        as_header(row[index])
        for row in table.rows[first : first + 400]
        if index < len(row) and filled(row[index])
    ]
    return bool(texts) and all(_PART_OF_CODE.fullmatch(text) for text in texts)
