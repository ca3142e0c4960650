"""What is the least that has changed between the rows a grid shows and those it is to show now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.ui.grid.source import GridRow

MANY = 500
"""Rows beyond which it is quicker to show everything anew than to tell what changed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows stay the same ones at the top and at the bottom."""

    front: int
    back: int

    @classmethod
    def between(cls, old: Sequence[GridRow], rows: Sequence[GridRow]) -> Kept | None:
        """Between the rows shown and the rows to show; None where everything is better shown anew."""
        had, has = len(old), len(rows)
        if not old:
            return None
        front = 0
        least = min(had, has)
        while front < least and _same(old[front], rows[front]):
            front += 1
        if had <= has and front == had - 1 and old[-1].fresh:
            front = had  # what was typed into the empty line is the row that now stands there
        back = 0
        while back < least - front and _same(old[had - 1 - back], rows[has - 1 - back]):
            back += 1
        if (had - front - back) > MANY and (has - front - back) > MANY:
            return None
        return cls(front, back)

    def changed(self, old: Sequence[GridRow], rows: Sequence[GridRow]) -> list[int]:
        """The places, as they are now, of rows that stayed and say something else."""
        had, has = len(old), len(rows)
        places = [*range(min(self.front, had)), *range(has - self.back, has)]
        shift = has - had
        return [
            place
            for place in places
            if rows[place] is not old[place if place < self.front else place - shift]
        ]


def _same(one: GridRow, other: GridRow) -> bool:
    return one is other or one.identity == other.identity
