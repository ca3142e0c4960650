"""Which region and years a list speaks of, told by its name and first rows: nobody types them again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.exchange.table import Table, Value, read_tables
from desktop.workspace.regions import regions

TOP_ROWS = 60
"""How many rows of a sheet are read: titles, heads and the first lines."""
SHEETS = 12
_SHORT = {
    "kab": "kabupaten",
    "kabupaten": "kabupaten",
    "kota": "kota",
    "pemkab": "kabupaten",
    "pemkot": "kota",
}
_RANGE = re.compile(
    r"\b(20[1-4]\d)\s*(?:-|–|—|s\s*/?\s*d\.?|s\.d\.?|sampai(?: dengan)?|hingga|to)\s*(20[1-4]\d)\b"
)
_YEAR = re.compile(r"\b20[1-4]\d\b")
_BEFORE = re.compile(r"awal|realisasi|baseline|capaian|kondisi|dasar", re.IGNORECASE)
LEAST, MOST = 5, 10
"""How many years a plan may have under the guidelines so far."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a list tells of itself; ``region`` is a code, or empty; ``words`` what to look for then."""

    path: Path
    region: str = ""
    words: str = ""
    first_year: int = 0
    last_year: int = 0
    rows: int = 0
    sheets: int = 0


def guess(report: Report, path: Path) -> Guess:
    """Read a list and guess. Raises FileProblem, NotATable, TableTooLarge, Unfinished."""
    reading = 0, 1, Message("exchange.guess.reading", file=path.name)
    report(*reading)
    tables = read_tables(path, lambda *_: report(*reading))
    texts = [path.stem, *_texts(tables)]
    region, words = _region(texts)
    first, last = _years(texts, tables)
    report(1, 1, Message("exchange.guess.reading", file=path.name))
    return Guess(path, region, words, first, last, sum(len(each.rows) for each in tables), len(tables))


def _texts(tables: Iterable[Table]) -> Iterator[str]:
    for table in list(tables)[:SHEETS]:
        yield table.sheet
        for row in table.rows[:TOP_ROWS]:
            yield from (cell for cell in row if isinstance(cell, str))


# ---- region ------------------------------------------------------------------------------------------
def _plain(text: str) -> str:
    words = re.findall(r"[^\W_]+", text.casefold().replace("_", " "))
    return " ".join(_SHORT.get(word, word) for word in words)


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """Every full name and every bare one, the longest first, and the codes each stands for."""
    codes: dict[str, list[str]] = {}
    for each in regions():
        for name in (_plain(each.name), _plain(each.bare)):
            codes.setdefault(name, []).append(each.code)
    names = sorted(codes, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b"), codes


def _region(texts: list[str]) -> tuple[str, str]:
    pattern, codes = _patterns()
    points: Counter[str] = Counter()
    for place, text in enumerate(texts):
        for found in pattern.findall(_plain(text)):
            whole = found.startswith(("kabupaten ", "kota "))
            # One bare word (Batu, Metro, Siak) is a name only where a file is called by it.
            if whole or " " in found or place == 0:
                points[found] += (3 if whole else 1) * (3 if place == 0 else 1)
    ranked: Counter[str] = Counter()
    for found, count in points.items():
        for code in codes[found]:
            ranked[code] += count * 2 // (1 + len(codes[found]))
    if not ranked:
        return "", ""
    (best, most), *others = ranked.most_common(2)
    if others and others[0][1] == most:
        said = points.most_common(1)[0][0]
        return "", said.removeprefix("kabupaten ").removeprefix("kota ")
    return best, ""


# ---- years -------------------------------------------------------------------------------------------
def _years(texts: list[str], tables: Iterable[Table]) -> tuple[int, int]:
    ranges = Counter(
        (int(first), int(last))
        for text in texts
        for first, last in _RANGE.findall(text)
        if LEAST <= int(last) - int(first) + 1 <= MOST
    )
    if ranges:
        return ranges.most_common(1)[0][0]
    rows = [_row_years(row) for table in list(tables)[:SHEETS] for row in table.rows[:TOP_ROWS]]
    years = max(rows, key=len, default=[])
    if len(years) < 2:
        return 0, 0
    first = years[0]
    return first, min(max(years[-1], first + LEAST - 1), first + MOST - 1)


def _row_years(row: tuple[Value, ...]) -> list[int]:
    """The years that follow each other in a row; what stood before the plan is left out."""
    found = set()
    for cell in row:
        if isinstance(cell, Decimal) and cell == int(cell) and 2010 <= cell < 2050:
            found.add(int(cell))
        elif isinstance(cell, str) and not _BEFORE.search(cell):
            found.update(int(year) for year in _YEAR.findall(cell))
    years = sorted(found)
    return years if all(after - before == 1 for before, after in pairwise(years)) else []
