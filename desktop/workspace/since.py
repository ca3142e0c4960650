"""What came in since some heads: the change sets that are neither among them nor before any of them."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.workspace import file, tables
from desktop.workspace.tables import among

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.store import Workspace


def heads(workspace: Workspace) -> tuple[str, ...]:
    """The newest change sets here: what a person who looks now has seen."""
    return workspace.journal.newest()


def since(workspace: Workspace, known: Iterable[str]) -> frozenset[str]:
    """The change sets here that are not among ``known`` nor before any of them.

    Walks back from the present heads, later ones first (nothing counts higher than what follows it), and
    ends where all that is left is known. Known heads that are not here say nothing.
    """
    journal = workspace.journal
    newest, past = set(journal.newest()), set(known)
    if newest <= past:
        return frozenset()
    with file.understood(workspace.path):
        walk = _Walk(journal)
        return walk.new(newest, past)


def below(workspace: Workspace, known: Iterable[str]) -> frozenset[str]:
    """Those of ``known`` that are here: whoever has seen the present heads has seen them too."""
    c = tables.change_set.c
    return frozenset(
        workspace.journal.connection.execute(sa.select(c.id).where(among(c.id, set(known)))).scalars()
    )


def of_others(workspace: Workspace, fresh: frozenset[str], me: str) -> frozenset[str]:
    """Those of some change sets that another person wrote, came in from another copy, or were imported."""
    c = tables.change_set.c
    journal = workspace.journal
    others = sa.select(c.id).where(among(c.id, fresh), sa.or_(c.author != me, c.kind == "import"))
    return (fresh & journal.arrived_since(0)) | frozenset(journal.connection.execute(others).scalars())


class _Walk:
    """Change sets by id with their count and parents, read in stretches from the newest back."""

    STRETCH = 500

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._known: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._lowest: int | None = None
        self._whole = False

    def get(self, identity: str) -> tuple[int, tuple[str, ...]] | None:
        while identity not in self._known and not self._whole:
            self._further()
        return self._known.get(identity)

    def _further(self) -> None:
        c = tables.change_set.c
        query = sa.select(c.no, c.id, c.lamport, c.parents).order_by(c.no.desc()).limit(self.STRETCH)
        if self._lowest is not None:
            query = query.where(c.no < self._lowest)
        found = list(self._journal.connection.execute(query))
        for no, identity, lamport, parents in found:
            self._known[identity] = lamport, tuple(json.loads(parents))
            self._lowest = no
        self._whole = len(found) < self.STRETCH

    def new(self, newest: set[str], past: set[str]) -> frozenset[str]:
        """Those reachable from ``newest`` and not from ``past``."""
        here = set(self._journal.connection.execute(
            sa.select(tables.change_set.c.id).where(among(tables.change_set.c.id, past))
        ).scalars())  # fmt: skip
        old: set[str] = set(here)
        waiting: list[tuple[int, str]] = []
        seen: set[str] = set()
        for identity in newest | here:
            self._push(identity, waiting, seen)
        found: list[str] = []
        fresh = len(newest - old)  # how many that wait are not known to be old
        while waiting and fresh:
            _, identity = heapq.heappop(waiting)
            known = identity in old
            if not known:
                found.append(identity)
                fresh -= 1
            entry = self._known[identity]
            for parent in entry[1]:
                added = self._push(parent, waiting, seen)
                if known and parent not in old:
                    old.add(parent)
                    fresh -= not added and parent in seen
                elif not known and added and parent not in old:
                    fresh += 1
        return frozenset(found)

    def _push(self, identity: str, waiting: list[tuple[int, str]], seen: set[str]) -> bool:
        """Put it in the queue once; whether it was not there before."""
        if identity in seen:
            return False
        entry = self.get(identity)
        if entry is None:
            return False
        seen.add(identity)
        heapq.heappush(waiting, (-entry[0], identity))
        return True
