"""The 514 regencies and cities, found by part of name, code, province or abbreviation, slips forgiven."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeAlias

from desktop.base.resources import resource

_SAME = {
    "kab": "kabupaten", "regency": "kabupaten", "kodya": "kota", "kotamadya": "kota", "city": "kota",
    "prov": "", "propinsi": "", "provinsi": "", "province": "", "kep": "kepulauan", "tj": "tanjung",
    "jogja": "yogyakarta", "diy": "yogyakarta", "dki": "jakarta",
}  # fmt: skip
"""Words people write for those that stand in the list; an empty one says nothing."""
_KINDS = ("kabupaten", "kota")


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """One region as a list shows it."""

    code: str
    name: str
    province: str
    words: tuple[str, ...]
    """The words of its name and province, in small letters."""

    @property
    def bare(self) -> str:
        """The name without what kind of region it is: ``lampung timur``."""
        return self.name.casefold().split(" ", 1)[-1]


_Fits: TypeAlias = Callable[[str, RegionEntry], int | None]
"""How far a typed word is from a region; None when it is not in it."""


@cache
def regions() -> tuple[RegionEntry, ...]:
    """Every region, by code."""
    with resource("regions", "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        RegionEntry(
            row["code"],
            row["name"],
            row["province_name"],
            tuple(_words(f"{row['name']} {row['province_name']}")),
        )
        for row in rows
    )


def region_named(code: str) -> RegionEntry | None:
    """The region with this code."""
    return next((each for each in regions() if each.code == code), None)


def search(text: str) -> list[RegionEntry]:
    """The regions a person may mean, the likeliest first; every one by code when nothing is typed."""
    digits = re.sub(r"[.\s-]", "", text)
    if digits.isdecimal() and digits.isascii():
        return [each for each in regions() if each.code.replace(".", "").startswith(digits)]
    wanted = _words(text)
    if not wanted:
        return list(regions()) if not text.strip() else []
    for fits in (_part, _abbreviated, _mistyped):
        found = [(cost, each) for each in regions() if (cost := _cost(each, wanted, fits)) is not None]
        if found:
            return [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].code))]
    return []


def _words(text: str) -> list[str]:
    words = re.findall(
        r"[^\W_]+", text.casefold().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    return [word for word in (_SAME.get(word, word) for word in words) if word]


def _cost(each: RegionEntry, wanted: list[str], fits: _Fits) -> tuple[int, ...] | None:
    """How far a region is from what was typed, word order free; None when a word is not in it at all."""
    away = 0
    for word in wanted:
        least = fits(word, each)
        if least is None:
            return None
        away += least
    # names are written together and apart alike: Labuhan Batu, Labuhanbatu
    name, bare = "".join(_words(each.name)), "".join(_words(each.bare))
    said, plain = "".join(wanted), "".join(word for word in wanted if word not in _KINDS)
    place = 0 if said == name else 1 if plain == bare else 2 if bare.startswith(plain) else 3
    return (away, place, int(not set(wanted) - set(_KINDS) <= set(_words(each.bare))))


def _part(word: str, each: RegionEntry) -> int | None:
    """Part of a word (or of two written together): better when it begins one, best when it is one."""
    if word in each.words:
        return 0
    if any(known.startswith(word) for known in each.words):
        return 1
    return 2 if word in " ".join(each.words) or word in "".join(each.words) else None


def _abbreviated(word: str, each: RegionEntry) -> int | None:
    """The first letters of following words, two at least of each: *Lamtim*, *Kukar*, *Muba*."""
    exact = _part(word, each)
    if exact is not None:
        return exact
    return 1 if len(word) >= 4 and _pieces(word, tuple(each.words)) else None


def _pieces(word: str, names: tuple[str, ...]) -> bool:
    for start in range(len(names)):
        rest, used = word, 0
        for name in names[start:]:
            length = next(
                (size for size in range(min(len(rest), len(name)), 1, -1) if name.startswith(rest[:size])
                 and len(rest) - size != 1), 0
            )  # fmt: skip
            if not length:
                break
            rest, used = rest[length:], used + 1
            if not rest:
                return used > 1
    return False


def _mistyped(word: str, each: RegionEntry) -> int | None:
    """A word with one slip, a long one with two; a name also when it was only begun."""
    exact = _part(word, each)
    if exact is not None:
        return exact
    allowed = 0 if len(word) < 4 else 1 if len(word) < 8 else 2
    best = min(
        (min(_slips(word, known), _slips(word, known[: len(word)]) + 1) for known in each.words),
        default=99,
    )
    return 2 + best if best <= allowed else None


@lru_cache(maxsize=4096)
def _slips(one: str, other: str) -> int:
    """Letters added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    if abs(len(one) - len(other)) > 2:
        return 99
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = above, row, [i]
        for j, known in enumerate(other, 1):
            least = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != known))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == known:
                least = min(least, before[j - 2] + 1)
            row.append(least)
    return row[-1]
