"""What each row of a planning table is: a heading, a programme, an activity, a sub-activity, or a sum.

Told by the official codes of programmes and activities (Permendagri 90/2019, Kepmendagri 050-5889/2021 and
900.1), by separate columns, by the words *Program*, *Kegiatan*, *Subkegiatan*, or by how the rows look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from itertools import pairwise
from typing import Literal

from desktop.exchange.columns import MONEY, NAMES, Role, bare, has_letters
from desktop.exchange.header import Column, Header, as_header
from desktop.exchange.table import Look, Table, Value, filled

TOTALS = re.compile(r"(sub ?)?(jumlah|total|grand total)\b")
_AGENCY = re.compile(
    r"(dinas|badan|inspektorat|sekretariat|satuan polisi|satpol|kecamatan|kelurahan|rumah sakit|rsud|uptd?"
    r"|kantor"
    r"|bagian|perangkat daerah|opd|skpd)\b"
)
_UNIT = re.compile(
    r"(sub ?bagian|subbag|bidang|sub ?bidang|subbid|seksi|sub ?koordinator|kelompok|tim|kepala|kabid|kasi"
    r"|kasubbag|sekretaris|jabatan|fungsional|ppid|pptk)\b"
)
_HEADING = re.compile(
    r"(visi|misi|tujuan|sasaran|strategi|arah kebijakan|bidang urusan|urusan|unsur|non urusan|bidang unsur)\b"
)
_WORDS = (
    (re.compile(r"sub ?kegiatan\b"), 3),
    (re.compile(r"kegiatan\b"), 2),
    (re.compile(r"program\b"), 1),
)
_NUMBERED = re.compile(r"(?:[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-z]|[ivx]{1,4})[.)]\s+", re.IGNORECASE)
_IN_TITLE = re.compile(r"\[?\(?([0-9X]{1,2}(?:\.[0-9X]{1,4}){1,8})\.?\)?\]?[\s:–-]+(\S.*)", re.DOTALL)
_ENOUGH = 0.6
"""Which part of the codes must be official ones for a table to be told by its codes."""


class Level(IntEnum):
    """What a row is; numbers rise from the widest to the narrowest."""

    ACCOUNT = -2
    """An account of expenditure (*kode rekening*): finer than any plan."""
    TOTAL = -1
    HEADING = 0
    PROGRAMME = 1
    ACTIVITY = 2
    SUB_ACTIVITY = 3
    DETAIL = 4
    """A sentence about what stands above, or a further line of it."""
    AGENCY = 5
    """The name of an agency as a heading over its programmes."""


_OFFICIAL = (
    (re.compile(r"[4-6]\.\d(\.\d{2,4}){0,4}"), Level.ACCOUNT),
    (re.compile(r"[\dX]\.(\d{2}|XX)(\.\d\.\d{2}){1,2}\.\d{2}(\.\d{4})?"), Level.AGENCY),
    (re.compile(r"[\dX](\.(\d{1,2}|XX))?"), Level.HEADING),
    (re.compile(r"[\dX]\.(\d{2}|XX)\.\d{2}"), Level.PROGRAMME),
    (re.compile(r"[\dX]\.(\d{2}|XX)\.\d{2}\.[1-3]\.?\d{2}"), Level.ACTIVITY),
    (re.compile(r"[\dX]\.(\d{2}|XX)\.\d{2}\.[1-3]\.?\d{2}\.\d{2,4}"), Level.SUB_ACTIVITY),
)


def level_of_code(code: str) -> Level | None:
    """What an official code stands for; None when it is no official code."""
    found = [level for pattern, level in _OFFICIAL if pattern.fullmatch(code)]
    if Level.ACCOUNT in found and len(found) > 1:
        return found[-1]
    return found[0] if found else None


def is_agency(text: str) -> bool:
    """Whether a text begins as the names of agencies do."""
    return _AGENCY.match(bare(text)) is not None


def is_unit(text: str) -> bool:
    """Whether a text names a part of an agency or an office, and no agency."""
    return _UNIT.match(bare(text)) is not None


@dataclass(frozen=True, slots=True)
class Line:
    """One row as its level is told by: code, title, and in which column and how the title stands."""

    index: int
    code: str
    title: str
    column: int
    look: Look
    alone: bool
    """Whether nothing else stands in the row, but for its number, code and amounts."""

    @property
    def tier(self) -> tuple[int, int, bool]:
        """What rows of one level have in common where only their look tells them apart."""
        return self.column, self.look.indent, not (self.look.bold or self.look.filled)

    @property
    def worded(self) -> Level | None:
        """The level that the title's first word names."""
        words = bare(_NUMBERED.sub("", self.title, count=1))
        if _HEADING.match(words):
            return Level.HEADING
        return next((Level(level) for pattern, level in _WORDS if pattern.match(words)), None)


Told = Literal["codes", "columns", "words", "looks", "flat"]


class Lines:
    """The rows of a sheet below its header, with what tells their levels."""

    def __init__(self, table: Table, header: Header) -> None:
        self._table = table
        self._header = header
        self._made: dict[int, Line] = {}
        self._names = {role: header.of(role) for role in NAMES}
        self._codes = [column for column in header.of(Role.CODE) if not column.level]
        self._coded = {column.level: column for column in header.of(Role.CODE) if column.level}
        passive = {*MONEY, Role.CODE, Role.NUMBER}
        self._numbers = {column.index for column in header.columns if column.role in passive}

    def line(self, index: int) -> Line:
        """What tells the level of one row."""
        known = self._made.get(index)
        if known is None:
            known = self._made[index] = self._line(index)
        return known

    def _line(self, index: int) -> Line:
        row = self._table.rows[index]
        own = (column for column in self._codes if (index, column.index) not in self._table.covered)
        code = ".".join(filter(None, (code_part(_cell(row, column)) for column in own)))
        title, column = "", 0
        for level, role in reversed(tuple(enumerate(NAMES, 1))):
            # The narrowest name of the row; within one merged heading, the first column that says something.
            said = [c for c in self._names[role] if as_header(_cell(row, c)).strip()]
            # a bullet in the first of them is no name
            found = next(
                (c for c in said if has_letters(as_header(_cell(row, c)))), said[0] if said else None
            )
            if found is not None:
                title, column = as_header(_cell(row, found)).strip(), found.index
                code = code or self.code_of(row, level)
                break
        if (
            not code
            and (inside := _IN_TITLE.fullmatch(title))
            and level_of_code(inside[1].strip(".")) is not None
        ):
            code, title = inside[1].strip("."), inside[2].strip()
        others = {
            as_header(cell)
            for at, cell in enumerate(row)
            if filled(cell) and at not in self._numbers and at != column
        }
        look = self._table.looks.get((index, column), Look())
        return Line(index, code, title, column, look, not others - {as_header(_at(row, column))})

    def code_of(self, row: tuple[Value, ...], level: int) -> str:
        """The code that a row gives one of its levels, where each has a column of its own."""
        column = self._coded.get(level)
        return code_part(_cell(row, column)) if column is not None else ""

    @cached_property
    def all(self) -> tuple[Line, ...]:
        """Every row with a title."""
        rows = range(self._header.first_row, len(self._table.rows))
        lines = (self.line(i) for i in rows if any(map(filled, self._table.rows[i])))
        return tuple(
            line for line in lines if line.title and not self._header.repeated(self._table.rows[line.index])
        )

    @cached_property
    def told(self) -> Told:
        """How the levels of this table are told; ``flat`` when there are none."""
        coded = [level_of_code(line.code) for line in self.all if line.code]
        official = [level for level in coded if level is not None]
        if self._names[Role.PROGRAMME] and (self._names[Role.ACTIVITY] or self._names[Role.SUB_ACTIVITY]):
            return "columns"
        planned = {Level.PROGRAMME, Level.ACTIVITY, Level.SUB_ACTIVITY} & set(official)
        if planned and len(set(official)) > 1 and len(official) >= _ENOUGH * len(coded):
            return "codes"
        worded = Counter(line.worded for line in self.all)
        if worded[Level.PROGRAMME] and (
            worded[Level.ACTIVITY] or worded[Level.SUB_ACTIVITY] or self._names_several
        ):
            return "words"
        plain = [line for line in self.all if self._is_of_plan(line)]
        tiers = [line.tier for line in plain]
        banded = all(before != after for before, after in pairwise(tiers))  # every other row is grey
        return "looks" if len(set(tiers)) > 1 and len(plain) > 2 and not banded else "flat"

    @property
    def _names_several(self) -> bool:
        words = " ".join(bare(column.header) for column in self._names[Role.PROGRAMME])
        return "kegiatan" in words or "activit" in words

    def _is_of_plan(self, line: Line) -> bool:
        return not (
            TOTALS.match(bare(line.title))
            or line.worded is Level.HEADING
            or (line.alone and is_agency(line.title))
        )

    @cached_property
    def by_look(self) -> Mapping[tuple[int, int, bool], Level]:
        """The level of each look, from the left, the bold and the filled to the rest."""
        tiers = sorted({line.tier for line in self.all if self._is_of_plan(line)})
        named = next(
            (at for at, tier in enumerate(tiers) if any(
                line.tier == tier and line.worded is Level.PROGRAMME for line in self.all)),
            None,
        )  # fmt: skip
        if named is None:
            headings = any("urusan" in bare(column.header) for column in self._names[Role.PROGRAMME])
            named = max(0, len(tiers) - 3, 1 if headings and len(tiers) > 2 else 0)
        return {tier: Level(max(0, min(3, at - named + 1))) for at, tier in enumerate(tiers)}

    def examples(self) -> Iterator[tuple[Level, str]]:
        """The first title of each level that the looks give."""
        seen: set[Level] = set()
        for line in self.all:
            level = self.by_look.get(line.tier)
            if level is not None and level not in seen and self._is_of_plan(line):
                seen.add(level)
                yield level, line.title

    def level(self, line: Line, told: Told) -> Level:
        """What a row with a title is."""
        words = bare(line.title)
        if TOTALS.match(words) and (line.alone or level_of_code(line.code) is None):
            return Level.TOTAL
        coded = level_of_code(line.code) if line.code else None
        if told == "codes" and coded is not None:
            if coded is Level.HEADING and line.alone and is_agency(line.title):
                return Level.AGENCY
            return coded
        if line.alone and is_agency(line.title):
            return Level.AGENCY
        if line.worded is Level.HEADING:
            return Level.HEADING
        match told:
            case "codes":
                return line.worded or Level.DETAIL
            case "columns":
                return next(Level(at) for at, role in enumerate(NAMES, 1) if self._is_in(role, line.column))
            case "words":
                return line.worded or Level.ACTIVITY
            case "looks":
                return self.by_look.get(line.tier, Level.DETAIL)
            case _:
                return Level.PROGRAMME

    def _is_in(self, role: Role, column: int) -> bool:
        return any(each.index == column for each in self._names[role])


def code_part(cell: Value) -> str:
    """A cell of a code column, without blanks and a closing dot; blanks and dashes within are dots."""
    text = as_header(cell).strip().strip(".").upper()
    return re.sub(r"\s*[.\s/-]\s*", ".", text)


def _cell(row: tuple[Value, ...], column: Column) -> Value:
    return _at(row, column.index)


def _at(row: tuple[Value, ...], index: int) -> Value:
    return row[index] if index < len(row) else None
