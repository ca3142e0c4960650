"""How much was written into the plan after somebody had initialled it.

No clock is asked: a change set came after the initials when they do not rest on it. What is only talked
about the plan (comments, deadlines, duties, initials themselves) is no change of it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop.workspace import tables
from desktop.workspace.parcels import TALK
from desktop.workspace.rewritten import touched
from desktop.workspace.said import GONE

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.plan import Initial


@dataclass(slots=True)
class Since:
    """What was written after a paraf: how many change sets, and in which rows, scopes and items."""

    count: int = 0
    touched: set[str] = field(default_factory=set)


class Initialled:
    """Keeps up with one journal; after an edit only what arrived since is looked at."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._initials: tuple[Initial, ...] = ()
        self._position = 0
        self._found: dict[str, Since] = {}

    def since(self, initials: tuple[Initial, ...]) -> Mapping[str, Since]:
        """By paraf what was written into the plan after it."""
        given = [each for each in initials if each.state == "initialled"]
        position = self._journal.position() if given else 0
        if initials is not self._initials or position < self._position:
            self._found, self._position = {}, 0
        if position != self._position:
            self._look(given)
        self._initials, self._position = initials, position
        return self._found

    def _look(self, given: list[Initial]) -> None:
        table = tables.change_set.c
        query = sa.select(table.id, table.parents).where(table.no > self._position)
        records = list(self._journal.connection.execute(query.order_by(table.lamport.desc(), table.id)))
        # what arrives later is no ancestor of what was here before
        marks, before = self._before(given, records) if not self._position else ({}, {})
        later: dict[str, list[str]] = {}
        for record in records:
            known = before.get(record.id, 0)
            since = [each.id for each in given if not marks or known & marks[each.id] != marks[each.id]]
            if since:
                later[record.id] = since
        content = self._content(later, {each.evidence for each in given})
        rows = touched(self._journal, content)
        for change_set in self._leads(content):
            rows[change_set].add(GONE)
        for change_set in content:
            for paraf in later[change_set]:
                found = self._found.setdefault(paraf, Since())
                found.count += 1
                found.touched |= rows.get(change_set, set())

    def _before(self, given: list[Initial], records: list[Any]) -> tuple[dict[str, int], dict[str, int]]:
        """The bits of each paraf (two, where two copies gave it), and by change set those that rest on it."""
        heads = self._journal.heads(("initial", each.id) for each in given)
        marks: dict[str, int] = {}
        bits: dict[str, int] = defaultdict(int)
        bit = 1
        for each in given:
            own = heads.get(("initial", each.id), {})
            marks[each.id] = 0
            for op in own.get("content") or own.get("*") or ():
                bits[op.rpartition(".")[0]] |= bit
                marks[each.id] |= bit
                bit <<= 1
        for record in records:
            if bits.get(record.id):
                for parent in json.loads(record.parents):
                    bits[parent] |= bits[record.id]
        return marks, bits

    def _leads(self, change_sets: Collection[str]) -> set[str]:
        """Those that give programmes to another agency: the one that led them has lost a part."""
        op = tables.op.c
        query = sa.select(op.txn).where(
            tables.among(op.txn, change_sets), op.tbl == "programme", op.field == "lead"
        )
        return set(self._journal.connection.execute(query.distinct()).scalars())

    def _content(self, change_sets: Collection[str], scans: Collection[str]) -> set[str]:
        """Those of some change sets that wrote into the plan; the scan of a paraf is no part of it.

        Another file in the place of a piece is: whoever gave the paraf may be said to have it as the scan.
        """
        op, scanned = tables.op.c, [each for each in scans if each] or [""]
        query = sa.select(op.txn).where(
            tables.among(op.txn, change_sets),
            op.tbl.not_in(TALK),
            sa.not_(sa.and_(op.tbl == "evidence", op.row.in_(scanned), op.field != "sha256")),
        )
        return set(self._journal.connection.execute(query.distinct()).scalars())
