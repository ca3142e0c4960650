"""What came before what: packages that each name the one before, asked in no more steps than there are.

Anybody can send thousands of files that follow each other; so nothing here walks a chain once for each of
its packages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry


class Ancestry:
    """Packages as trees: below each those that follow it, over whatever lies between."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Of the entries of a register."""
        found = tuple(entries)
        by_hash = {one.sha256: one for one in found if one.sha256}
        self._before = {
            one.id: before
            for one in found
            if one.previous
            and (before := by_hash.get(one.previous)) is not None
            and before.sha256 != one.sha256
        }
        self._above: dict[int, int] = {}
        """The same without rings, which no hash can make but a hand in the register can."""
        self.order = self._ordered(found)
        """The entries, each after the one it follows."""
        self._from, self._to = self._toured()
        self._depth: dict[int, int] = {}
        for one in self.order:
            above = self._above.get(one.id)
            self._depth[one.id] = 0 if above is None else self._depth[above] + 1

    def before(self, one: Entry) -> Entry | None:
        """What it follows directly, if that has come in."""
        return self._before.get(one.id)

    def comes_after(self, one: Entry, other: Entry) -> bool:
        """Whether the other is among what came before this one."""
        return self._from[other.id] < self._from[one.id] <= self._to[other.id]

    def span(self, one: Entry) -> tuple[int, int]:
        """Its place on a walk through everything, and the last place among those that come after it."""
        return self._from[one.id], self._to[one.id]

    def depth(self, one: Entry) -> int:
        """How many came before it."""
        return self._depth[one.id]

    def followed(self, entries: Iterable[Entry], by: Iterable[Entry]) -> frozenset[int]:
        """Those of the entries that any of the second ones comes after."""
        places = sorted(self._from[one.id] for one in by)

        def is_followed(one: Entry) -> bool:
            return bisect_right(places, self._to[one.id]) > bisect_right(places, self._from[one.id])

        return frozenset(one.id for one in entries if is_followed(one))

    def _ordered(self, found: Sequence[Entry]) -> tuple[Entry, ...]:
        out: dict[int, Entry] = {}
        for each in found:
            way: dict[int, Entry] = {}
            one: Entry | None = each
            while one is not None and one.id not in out and one.id not in way:
                way[one.id] = one
                one = self._before.get(one.id)
            # where the way meets itself there is a ring: nothing in it comes after anything
            ring = one.id if one is not None and one.id in way else None
            for last in reversed(way.values()):
                if one is not None and ring is None:
                    self._above[last.id] = one.id
                out[last.id] = one = last
                ring = None if ring == last.id else ring
        return tuple(out.values())

    def _toured(self) -> tuple[Mapping[int, int], Mapping[int, int]]:
        """The place of each on a walk through all trees, and the last place among those that follow it."""
        sizes = {one.id: 1 for one in self.order}
        for one in reversed(self.order):
            if one.id in self._above:
                sizes[self._above[one.id]] += sizes[one.id]
        first, free, roots = dict[int, int](), dict[int, int](), 0
        for one in self.order:
            above = self._above.get(one.id)
            if above is None:
                place, roots = roots, roots + sizes[one.id]
            else:
                place, free[above] = free[above], free[above] + sizes[one.id]
            first[one.id], free[one.id] = place, place + 1
        return first, {id_: place + sizes[id_] - 1 for id_, place in first.items()}
