"""Which fields of the plan are filled differently: asked by every field, cell and list that shows one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from desktop.workspace.plan import OpenConflict, Place

if TYPE_CHECKING:
    from desktop.ui.tracing import Record
    from desktop.workspace.plan import Plan

_NAMING = frozenset({"", "title", "name", "value"})
"""Fields that carry the mark of a whole row that is in question."""


@lru_cache(maxsize=4)
def _by_row(
    conflicts: tuple[OpenConflict, ...],
) -> Mapping[tuple[str, str], tuple[OpenConflict, ...]]:
    found: dict[tuple[str, str], tuple[OpenConflict, ...]] = {}
    for each in conflicts:
        key = each.table, each.row
        found[key] = (*found.get(key, ()), each)
    return found


def differing(plan: Plan, records: Iterable[Record]) -> OpenConflict | None:
    """What is open in one of these registers, if anything is; a language counts with its field."""
    if not plan.conflicts:
        return None
    index = _by_row(plan.conflicts)
    for record in records:
        for each in index.get((record.table, record.row), ()):
            names = _NAMING if not each.field else {"", each.field, each.field.partition(":")[0]}
            if record.field in names:
                return each
    return None


def place_of(conflict: OpenConflict) -> Place:
    """The place by which the page of differing entries knows it."""
    return Place(conflict.table, conflict.row, conflict.field)
