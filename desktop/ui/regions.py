"""The 514 regencies and cities, found by any part of name, code or province."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from desktop.base.resources import resource


@dataclass(frozen=True, slots=True)
class RegionEntry:
    """One region as the list shows it."""

    code: str
    name: str
    province: str
    hay: str


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
            f"{row['code']} {row['name']} {row['province_name']}".casefold(),
        )
        for row in rows
    )


def search(text: str) -> list[RegionEntry]:
    """The regions that hold every word; names that begin with the text come first."""
    words = text.casefold().split()
    found = [each for each in regions() if all(word in each.hay for word in words)]
    wanted = " ".join(words)

    def distance(each: RegionEntry) -> tuple[bool, bool]:
        bare = each.name.casefold().split(" ", 1)[-1]
        return (not bare.startswith(wanted), wanted not in each.name.casefold())

    return sorted(found, key=distance) if wanted else found
