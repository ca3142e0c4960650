"""Lists of nomenclature codes out of SIPD or Kepmendagri workbooks: code and title, whatever the layout.

Three layouts are known: one column of codes; a pair of code and name for each level in every row; a code
that is cut over several columns. Which it is, the cells themselves tell; headers only break a tie.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from desktop.base import Message, RancangError
from desktop.base.jobs import Report, quiet
from desktop.exchange.columns import Role, role_of
from desktop.exchange.table import Table, Value, column_name, filled, read_tables
from desktop.guideline.pack import Pack
from desktop.workspace.nomenclature import NO_CODES, CodeList, Entry, level_of
from desktop.workspace.plan import Plan

FORM = re.compile(
    r"[0-9X]"
    r"(?:\.(?:[0-9]{2}|XX)(?:\.[0-9]{2}(?:\.[1-9]\.[0-9]{2}(?:\.(?:[0-9]{2}|[0-9]{4}))?)?)?)?"
)
"""urusan.bidang.program.kewenangan.kegiatan.subkegiatan: the form in which lists are published."""
_PART = re.compile(r"[0-9X]{1,4}|[1-9]\.[0-9]{1,2}")
_WIDTHS = {6: (1, 2, 2, 1, 2, 4)}
_USUAL = (1, 2, 2, 0, 4)
"""Digits of each part where a code is cut over columns; 0 stands for ``2.01`` (two parts in one cell)."""
_ENOUGH = 3
"""Codes that a column must have to be one of codes."""
_TOLD = 20
"""Rows that are told one by one; of the others only how many they are."""


class NoCodes(RancangError):
    """No column of the file holds nomenclature codes."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.codes.none", file=file))


class NoTitles(RancangError):
    """There are codes, and beside them nothing that names them."""

    def __init__(self, file: str, column: str) -> None:
        super().__init__(Message("exchange.codes.no_titles", file=file, column=column))


@dataclass(frozen=True, slots=True)
class CodeListRead:
    """What a list gave: its codes, and what was not taken as it stands."""

    file: str
    entries: tuple[Entry, ...]
    remarks: tuple[Message, ...]
    """Rows that were left out, and titles that contradict each other: for a person to look at."""
    levels: dict[str, int]
    """How many codes of each level there are."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A column of codes with the column of its titles; ``width`` columns hold one code together."""

    code: int
    title: int
    width: int = 1


def read_code_list(path: Path, report: Report = quiet) -> CodeListRead:
    """Read a list from CSV, Excel or OpenDocument.

    Raises FileProblem, NotATable, ProtectedTable, TableTooLarge, NoCodes, NoTitles.
    """
    tables = read_tables(path, report)
    taking = _Taking(path.name)
    for at, table in enumerate(tables):
        report(at, len(tables), Message("exchange.codes.reading", file=path.name))
        for pair in _pairs(table, path.name):
            taking.take(table, pair)
    if not taking.titles:
        raise NoCodes(path.name)
    return taking.done()


def codes_at_hand(plan: Plan, pack: Pack) -> CodeList:
    """The region's own list, else the few samples of the guideline."""
    return plan.codes or _samples(tuple((each.code, each.title) for each in pack.planning.sample_codes))


@lru_cache(maxsize=4)
def _samples(codes: tuple[tuple[str, str], ...]) -> CodeList:
    return CodeList.of(Entry(*each) for each in codes) if codes else NO_CODES


class _Taking:
    """Collects the codes of several tables; the first title of a code stands, another one is told."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.titles: dict[str, str] = {}
        self._remarks: list[Message] = []
        self._more = 0
        self._counted = False

    def take(self, table: Table, pair: _Pair) -> None:
        for row, cells in enumerate(table.rows, 1):
            said = _code_of(cells, pair)
            title = _text(cells[pair.title]) if pair.title < len(cells) else ""
            if not said or not title or not said[:1].isalnum() or _is_header(said):
                continue
            if not FORM.fullmatch(said):
                if any(letter.isdigit() for letter in said):
                    self._tell(
                        Message("exchange.codes.form", sheet=table.sheet, row=str(row), code=said[:40])
                    )
                continue
            self._counted = self._counted or _is_padded(cells, pair)
            known = self.titles.setdefault(said, title)
            if known.casefold() != title.casefold():
                self._tell(
                    Message(
                        "exchange.codes.differs",
                        sheet=table.sheet, row=str(row), code=said, first=known, other=title,
                    )
                )  # fmt: skip

    def _tell(self, message: Message) -> None:
        if len(self._remarks) < _TOLD:
            self._remarks.append(message)
        else:
            self._more += 1

    def done(self) -> CodeListRead:
        entries = tuple(Entry(code, title) for code, title in sorted(self.titles.items()))
        more = [Message("exchange.codes.more", n=self._more)] if self._more else []
        if self._counted:
            more.append(Message("exchange.codes.padded"))
        levels = Counter(level_of(entry.code) for entry in entries)
        return CodeListRead(self._file, entries, (*self._remarks, *more), dict(levels))


def _text(cell: Value) -> str:
    return " ".join(str(cell).split()) if filled(cell) else ""


def _is_header(code: str) -> bool:
    return not any(letter.isdigit() or letter == "X" for letter in code)


def _as_code(cell: Value) -> str:
    """A cell as a code. A number has lost the zero at its end, never one in the middle: 2.1 was 2.10."""
    if isinstance(cell, Decimal):
        whole, point, part = f"{cell:f}".partition(".")
        return f"{whole}.{part.ljust(2, '0')}" if point and part.strip("0") else whole
    return re.sub(r"\s*\.\s*", ".", _text(cell)).strip(". ").upper()


def _code_of(cells: tuple[Value, ...], pair: _Pair) -> str:
    if pair.width == 1:
        return _as_code(cells[pair.code]) if pair.code < len(cells) else ""
    parts: list[str] = []
    widths = _WIDTHS.get(pair.width, _USUAL)
    for cell, width in zip(cells[pair.code : pair.code + pair.width], widths, strict=False):
        text = _as_code(cell)
        if not text:
            break
        parts.append(_padded(text, width, number=isinstance(cell, Decimal)))
    return ".".join(parts)


def _is_padded(cells: tuple[Value, ...], pair: _Pair) -> bool:
    """Whether the last part stands there as a number: whether it had two digits or four is not told."""
    last = pair.code + pair.width - 1
    return pair.width > 4 and last < len(cells) and isinstance(cells[last], Decimal)


def _padded(text: str, width: int, *, number: bool) -> str:
    """A part with the zeros that a number has lost."""
    if width == 0:
        first, point, rest = text.partition(".")
        return f"{first}.{rest.zfill(2)}" if point else text
    return text.zfill(width) if number and text.isdecimal() else text


# ---- which columns ----------------------------------------------------------------------------------
def _pairs(table: Table, file: str) -> list[_Pair]:
    """The columns of codes in a table, each with its titles; none if it is a table of something else."""
    width = max(map(len, table.rows), default=0)
    split = _split(table, width)
    if split is not None:
        title = _title_after(table, split.code + split.width - 1, width, set())
        if title is not None:
            return [_Pair(split.code, title, split.width)]
    codes = [at for at in range(width) if _is_code_column(table, at)]
    pairs: list[_Pair] = []
    for at in codes:
        title = _title_after(table, at, width, set(codes))
        if title is not None:
            pairs.append(_Pair(at, title))
    if codes and not pairs:
        raise NoTitles(file, column_name(codes[0]))
    return pairs


def _column(table: Table, at: int) -> Iterator[Value]:
    for row in table.rows:
        if at < len(row) and filled(row[at]):
            yield row[at]


def _is_code_column(table: Table, at: int) -> bool:
    """Most of what stands there has the form of a code, and more than a lone digit in some cell."""
    texts = [_as_code(cell) for cell in _column(table, at)]
    fits = [text for text in texts if FORM.fullmatch(text)]
    dotted = [text for text in fits if "." in text]
    return len(dotted) >= min(_ENOUGH, max(1, len(texts) - 1)) and len(fits) * 10 >= len(texts) * 6


def _split(table: Table, width: int) -> _Pair | None:
    """Neighbouring columns that each hold a part of one code: urusan, bidang, program, kegiatan, sub."""
    for start in range(width):
        run = 0
        while start + run < width and _holds_parts(table, start + run):
            run += 1
        if run >= 3:
            return _Pair(start, 0, min(run, 6))
    return None


def _holds_parts(table: Table, at: int) -> bool:
    texts = [_as_code(cell) for cell in _column(table, at)]
    if not texts or len(texts) < 2:
        return False
    header = 0 if _PART.fullmatch(texts[0]) else 1
    body = texts[header:]
    return bool(body) and sum(bool(_PART.fullmatch(text)) for text in body) * 20 >= len(body) * 19


def _title_after(table: Table, code: int, width: int, codes: set[int]) -> int | None:
    """The column of titles that belongs to one of codes: the next one that holds words."""
    for at in range(code + 1, width):
        if at in codes:
            return None
        texts = [cell for cell in _column(table, at) if isinstance(cell, str)]
        wordy = sum(1 for text in texts if sum(map(str.isalpha, text)) >= 4)
        named = any(role_of(text)[0] is Role.UNIT for text in texts[:3])
        if texts and wordy * 10 >= len(texts) * 6 and not named:
            return at
    return None
