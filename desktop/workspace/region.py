"""The region a plan is of, by its code."""

from __future__ import annotations

import csv
from functools import cache

from desktop.base.resources import resource
from desktop.workspace.errors import UnknownRegion
from desktop.workspace.plan import Region


@cache
def regions() -> dict[str, Region]:
    """The 514 regencies and cities by Kemendagri code (source: resources/regions)."""
    with resource("regions", "regions.csv").open(encoding="utf-8", newline="") as file:
        return {
            record["code"]: Region(record["code"], record["name"], record["kind"], record["province_name"])
            for record in csv.DictReader(file)
        }


def region(code: str) -> Region:
    """The region with this code. Raises UnknownRegion."""
    found = regions().get(code)
    if found is None:
        raise UnknownRegion(code)
    return found
