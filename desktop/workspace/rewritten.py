"""What an agency itself wrote after it had sent a part: all else that changes there is no new sending.

No clock is asked: a change set came after the sending when what was sent does not rest on it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from desktop.workspace import tables
from desktop.workspace.said import GONE, SAID

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.plan import Duty, Person

_OWNER: Final[Mapping[str, tuple[str, ...]]] = {
    "row": (), "cell": ("row",),
    "programme": (), "budget_line": ("programme",), "rpjmd_ceiling": ("programme",),
    "indicator": ("programme",), "activity": ("programme",), "risk": ("programme",),
    "programme_agency": ("programme",), "target": ("indicator",), "sub_activity": ("activity",),
    "answer": ("scope", "item"), "claim": ("row", "scope", "item"),
}  # fmt: skip
"""What parts are made of, and the columns that say what a row belongs to."""
_SAYING: Final = ("state", "at", "content", "*")
"""The registers of which saying something of a part writes at least one."""


class Rewritten:
    """Keeps up with one journal; after an edit only what arrived since is looked at."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._duties: tuple[Duty, ...] | None = None
        self._people: tuple[Person, ...] = ()
        self._position = 0
        self._found: dict[str, set[str]] = {}

    def rows(self, duties: tuple[Duty, ...], people: tuple[Person, ...]) -> Mapping[str, frozenset[str]]:
        """By duty the rows (and scopes and items of answers) its agency wrote since it was sent."""
        said = [each for each in duties if each.state in SAID]
        if not said:
            self._duties = None
            return {}
        if duties is not self._duties or people is not self._people:
            self._found, self._position = {each.id: set() for each in said}, 0
        position = self._journal.position()
        if position < self._position:  # what was looked at was taken back
            self._found, self._position = {each.id: set() for each in said}, 0
        if position != self._position:
            self._look(said, _agencies(duties, people))
        self._duties, self._people, self._position = duties, people, position
        return {duty: frozenset(rows) for duty, rows in self._found.items() if rows}

    def _look(self, said: list[Duty], agencies: Mapping[str, set[str]]) -> None:
        table = tables.change_set.c
        query = sa.select(table.id, table.parents, table.author, table.role)
        query = query.where(table.no > self._position).order_by(table.lamport.desc(), table.id)
        records = list(self._journal.connection.execute(query))
        # what arrives later is no ancestor of what was here before
        before = self._before(said, records) if not self._position else {}
        wanted: dict[str, list[Duty]] = {}
        for each in records:
            if each.role != "agency":
                continue
            at = agencies.get(_plain(each.author), set())
            known = before.get(each.id, 0)
            since = [d for bit, d in enumerate(said) if not known >> bit & 1 and (not at or d.agency in at)]
            if since:
                wanted[each.id] = since
        for change_set, rows in touched(self._journal, wanted).items():
            for duty in wanted[change_set]:
                self._found[duty.id] |= rows

    def _before(self, said: list[Duty], records: list[Any]) -> dict[str, int]:
        """By change set a bit for each duty whose sending rests on it (or is it)."""
        heads = self._journal.heads(("duty", each.id) for each in said)
        bits: dict[str, int] = defaultdict(int)
        for bit, duty in enumerate(said):
            own = heads.get(("duty", duty.id), {})
            # who sends again says the same state, so that only its day and content are new
            for op in (each for name in _SAYING for each in own.get(name, ())):
                bits[op.rpartition(".")[0]] |= 1 << bit
        for each in records:
            if bits.get(each.id):
                for parent in json.loads(each.parents):
                    bits[parent] |= bits[each.id]
        return bits


def touched(journal: Journal, change_sets: Collection[str]) -> dict[str, set[str]]:
    """By change set what it wrote in, as parts know it: rows, scopes and items; :data:`GONE` for the rest."""
    op = tables.op.c
    query = sa.select(op.txn, op.tbl, op.row).where(tables.among(op.txn, change_sets), op.tbl.in_(_OWNER))
    ops = [(each.txn, each.tbl, each.row) for each in journal.connection.execute(query)]
    by_table: dict[str, set[str]] = defaultdict(set)
    for _, table, row in ops:
        by_table[table].add(row)
    named = {table: _named(journal, table, rows) for table, rows in by_table.items()}
    found: dict[str, set[str]] = defaultdict(set)
    for change_set, table, row in ops:
        found[change_set] |= named[table].get(row, {GONE})
    return found


def _named(journal: Journal, table: str, rows: set[str]) -> dict[str, set[str]]:
    target, named = tables.rows[table], dict[str, set[str]]()
    query = sa.select(target).where(tables.among(target.c.id, rows))
    for record in journal.connection.execute(query):
        owners = [str(getattr(record, name) or "") for name in _OWNER[table]]
        # the same question is asked of many scopes: the scope alone says whose answer it is
        named[record.id] = {record.id, *[each for each in owners if each][:1]}
    return named


def _agencies(duties: Iterable[Duty], people: Iterable[Person]) -> Mapping[str, set[str]]:
    """By name the agencies somebody works for; whoever is in nobody's list may work for any."""
    found: dict[str, set[str]] = defaultdict(set)
    for person in people:
        if person.agency and _plain(person.name):
            found[_plain(person.name)].add(person.agency)
    for duty in duties:
        if duty.state == "sent" and _plain(duty.by) in found:
            found[_plain(duty.by)].add(duty.agency)
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
