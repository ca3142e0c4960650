"""Which years a cell speaks of: ``2026``, ``Januari 2026``, ``Triwulan II 2026``, ``2026 s.d. 2028``."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from desktop.exchange.table import Value

_YEAR = r"(?:19|20|21)\d\d"
_MONTHS = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|mar(?:et|ch)?|apr(?:il)?|mei|may|jun[ie]?|jul[iy]?"
    "|agu(?:stus|s|t)?|aug(?:ust)?|ags|sep(?:tember|t)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|nop(?:ember)?"
    "|des(?:ember)?|dec(?:ember)?"
)
_PERIOD = r"(?:triwulan|tri wulan|tw|kuartal|quarter|q|semester|smt|caturwulan|periode)"
_WORD = r"(?:ta|tahun(?: anggaran)?|th|thn|fy|year|fiscal year)"
_BEFORE = rf"(?:{_WORD}\.?\s*|{_PERIOD}\.?\s*(?:[1-4]|i{{1,3}}|iv)?\s*)*"
_DAY = rf"(?:\d{{1,2}}[\s./-]+(?:\d{{1,2}}|{_MONTHS})[\s./-]+)"
_MONTH = rf"(?:(?:{_MONTHS})\.?[\s/-]*)"
_AFTER = r"(?:-\d{2}(?:-\d{2})?)?(?:\s+\d\d:\d\d(?::\d\d)?)?"
_ONE = rf"(?:{_BEFORE}(?:{_DAY}|{_MONTH}|\d{{1,2}}[/-])?{_YEAR}{_AFTER})"
_TO = r"\s*(?:-|–|—|/|s\.?\s*/?\s*d\.?|sampai(?: dengan)?|hingga|to|until|dan|and|&|,|;)\s*"
_SPAN = re.compile(
    rf"(?:(?:{_MONTH}|\d{{1,2}}\s+(?:{_MONTHS})\s*)(?:-|–|—|s\.?/?d\.?|sampai|to)\s*)?{_ONE}(?:{_TO}{_ONE})*",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"({_YEAR})\s*(?:-|–|—|s\.?\s*/?\s*d\.?)\s*(?:sekarang|seterusnya|dst\.?|now|present)?", re.IGNORECASE
)
_SHORT = re.compile(r"((?:19|20|21)\d\d)\s*[-–/]\s*(\d\d)")
_LONGEST = 120
_ALL_YEARS = re.compile(_YEAR)
_SERIALS = (Decimal(32_874), Decimal(73_051))
"""Days since 1899-12-30 from 1990 to 2100: dates that lost their format are shown as such numbers."""


@dataclass(frozen=True, slots=True)
class When:
    """The years a cell speaks of; ``last`` is None where it says that nothing ends."""

    first: int
    last: int | None
    serial: bool = False
    """Whether it is a bare number that was read as the day a spreadsheet counts."""

    @property
    def year(self) -> int | None:
        """The one year, if it is one."""
        return self.first if self.first == self.last else None


def when(cell: Value) -> When | None:
    """The years of a cell; None where nothing in it is understood, or anything is not."""
    if isinstance(cell, dt.date):
        return When(cell.year, cell.year)
    if isinstance(cell, Decimal):
        return _number(cell)
    if not isinstance(cell, str):
        return None
    text = " ".join(cell[:_LONGEST].split()).removesuffix(".0")
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _number(Decimal(text))
    short = _SHORT.fullmatch(text)
    if short and int(short[2]) > 12 and int(short[1][:2] + short[2]) > int(short[1]):
        return When(int(short[1]), int(short[1][:2] + short[2]))
    if open_ended := _OPEN.fullmatch(text):
        return When(int(open_ended[1]), None)
    if not _SPAN.fullmatch(text):
        return None
    years = [int(year) for year in _ALL_YEARS.findall(text)]
    return When(min(years), max(years)) if years == sorted(years) else None


def _number(number: Decimal) -> When | None:
    if number == number.to_integral_value() and 1900 <= number < 2200:
        return When(int(number), int(number))
    if _SERIALS[0] <= number < _SERIALS[1]:
        year = (dt.date(1899, 12, 30) + dt.timedelta(days=int(number))).year
        return When(year, year, serial=True)
    return None
