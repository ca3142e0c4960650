"""In which unit a list's amounts are written: what its heads and title say, else what their size allows.

A size that speaks for thousands is a reason to ask, and none to multiply by a thousand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Literal

from desktop.exchange.columns import MONEY, bare
from desktop.exchange.header import Header
from desktop.exchange.questions import Certainty

RupiahUnit = Literal["rupiah", "thousand", "million", "billion"]
UNITS: Mapping[str, int] = {"rupiah": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
SMALLEST_YEAR, LARGEST_YEAR = 100_000_000, 30_000_000_000_000
"""What all programmes of one region may cost in a year: from 100 million to 30 trillion rupiah.

The largest regency and city budgets are some ten trillion; no masterplan comes near the upper figure.
"""
_BY_SIZE: tuple[RupiahUnit, ...] = ("rupiah", "thousand", "million")
"""What sizes may speak for: nobody but who says so writes a plan in thousands of millions."""
_ZEROS = r"(?:\b(?:rp|idr)\.?\s*['’]?|\(\s*['’]?|\bx\s*(?:rp\.?\s*)?1[.,])000"
"""``Rp. 000``, ``(000)``, ``x 1.000``: the noughts that are left out."""
_SAID: tuple[tuple[re.Pattern[str], RupiahUnit], ...] = (
    (re.compile(r"\b(?:miliar|milyar|miliaran|milyaran|billions?)\b"), "billion"),
    (re.compile(rf"\b(?:juta|jutaan|jt|millions?)\b|{_ZEROS}[.,]000(?![.,]?\d)"), "million"),
    (re.compile(rf"\b(?:ribu|ribuan|rb|thousands?)\b|{_ZEROS}(?![.,]?\d)"), "thousand"),
)
_RUPIAH = re.compile(r"\b(?:rp|idr|rupiah)\b")


def unit_named(text: str) -> RupiahUnit | None:
    """The unit a head or title names: ``dalam ribuan rupiah``, ``Rp. 000``, ``(x 1.000)``, ``Rp juta``."""
    words = text.casefold()
    return next((unit for pattern, unit in _SAID if pattern.search(words)), None)


def units_apart(header: Header) -> dict[int, int]:
    """How many rupiah the amounts of each column are, where columns say different units; else none."""
    said = {
        column.index: unit_named(column.header) or ("rupiah" if _RUPIAH.search(bare(column.header)) else "")
        for column in header.columns
        if column.role in MONEY
    }
    if len({unit for unit in said.values() if unit}) < 2:
        return {}
    return {index: UNITS[unit] for index, unit in said.items() if unit}


def sheets_apart(headers: Iterable[Header]) -> dict[int, int]:
    """The same for whole sheets, by their place in the file: one in thousands beside one in millions."""
    said = {at: unit_named(header.above) for at, header in enumerate(headers)}
    if len({unit for unit in said.values() if unit}) < 2:
        return {}
    return {at: UNITS[unit] for at, unit in said.items() if unit}


def suggest_unit(
    yearly: Mapping[int, Decimal], above: Iterable[str]
) -> tuple[RupiahUnit | Literal[""], Certainty]:
    """The unit to suggest and how sure that is; none where only a person can tell.

    ``yearly`` are the sums of the years, ``above`` the heads and titles. What is said counts where it makes
    a plausible sum or nothing does; where nothing is said, only amounts that may be whole rupiah are taken
    for such.
    """
    largest = max(yearly.values(), default=Decimal(0))
    plausible = [unit for unit in _BY_SIZE if SMALLEST_YEAR <= largest * UNITS[unit] <= LARGEST_YEAR]
    said = next((unit for text in above if (unit := unit_named(text))), None)
    if said is not None:
        fits = SMALLEST_YEAR <= largest * UNITS[said] <= LARGEST_YEAR
        return (said, "stated") if fits or not plausible else ("", "")
    if plausible and plausible[0] != "rupiah":
        return "", ""
    return "rupiah", "likely" if plausible else "weak"
