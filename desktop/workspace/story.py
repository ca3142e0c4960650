"""The story of a workspace: its change sets by day, person, row or field, page by page.

Nothing here loads the whole journal: change sets are asked for in pages, and their edits only for those
that are shown.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.workspace import file, tables
from desktop.workspace.handouts import MadeFor, handouts, made_for
from desktop.workspace.merge import Op, RowOps
from desktop.workspace.registers import TABLES, parts_of
from desktop.workspace.tables import among

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.store import Workspace


PAGE = 60
"""Change sets of one page."""
MOST_EDITS = 400
"""Edits read of one change set: an import has thousands, and nobody reads them one by one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change set as a line of the story."""

    id: str
    no: int
    """The local number: in which order it came here."""
    when: dt.datetime
    author: str
    role: str
    replica: str
    kind: str
    label: Message
    edits: int
    """How many registers or rows it wrote."""
    arrived: bool
    """Whether it came in from another copy."""
    clock_suspect: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """One register of a change set: from what (several values after a merge) to what.

    ``field`` is empty for a row that was deleted. Of a row that came to be every field is one detail.
    Nothing before is an empty tuple.
    """

    change_set: str
    table: str
    row: str
    field: str
    kind: str
    before: tuple[Json, ...]
    after: Json


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page of a story begins."""

    wall: str
    no: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the story; what is empty does not narrow it. Days are the reader's own, inclusive."""

    rows: frozenset[tuple[str, str]] | None = None
    """Rows (table, id) of which at least one was touched."""
    field: str = ""
    """With ``rows``: the field that was touched (all its languages)."""
    authors: frozenset[str] | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    only: frozenset[str] | None = None
    """Only these change sets."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who wrote in which copy: what an author's agency is worked out from."""

    author: str
    role: str
    replica: str


@dataclass(frozen=True, slots=True)
class Hands:
    """Everybody who ever wrote here, with what this copy knows of whom it was made for and gave to."""

    hands: tuple[Hand, ...]
    replica: str
    """This copy."""
    made_for: MadeFor | None
    given: tuple[tuple[str, str], ...]
    """Of hand-outs: the person and the agency (id) it was for."""
    people: Mapping[str, str] = field(default_factory=dict)
    """By copy: the person it was made by."""
    copies: Mapping[str, str] = field(default_factory=dict)
    """By copy that came back: the agency (id) it was handed out to from here."""


# -- pages of the story -----------------------------------------------------------------------------
def steps(
    workspace: Workspace,
    wanted: Wanted = Wanted(),
    after: Cursor | None = None,
    limit: int = PAGE,
) -> tuple[list[Step], Cursor | None]:
    """One page, newest first, and where the next begins (None: that was all)."""
    journal = workspace.journal
    with file.understood(workspace.path):
        c = tables.change_set.c
        query = sa.select(tables.change_set).where(*_conditions(wanted))
        if after is not None:
            query = query.where(sa.or_(c.wall < after.wall, sa.and_(c.wall == after.wall, c.no < after.no)))
        query = query.order_by(c.wall.desc(), c.no.desc()).limit(limit + 1)
        found = list(journal.connection.execute(query))
        counts = _counts(journal, [record.id for record in found[:limit]])
        arrived = _Stretches(journal)
        made = [_step(record, counts.get(record.id, 0), arrived.has(record.no)) for record in found[:limit]]
    more = Cursor(found[limit - 1].wall, found[limit - 1].no) if len(found) > limit else None
    return made, more


def count(workspace: Workspace, wanted: Wanted = Wanted()) -> int:
    """How many change sets there are of a part of the story."""
    query = sa.select(sa.func.count()).select_from(tables.change_set).where(*_conditions(wanted))
    return int(workspace.journal.connection.execute(query).scalar() or 0)


def _conditions(wanted: Wanted) -> Iterator[sa.ColumnElement[bool]]:
    c, op = tables.change_set.c, tables.op.c
    if wanted.since is not None:
        yield c.wall >= _midnight(wanted.since)
    if wanted.until is not None and wanted.until < dt.date.max:
        yield c.wall < _midnight(wanted.until + dt.timedelta(days=1))
    if wanted.authors is not None:
        yield among(c.author, wanted.authors)
    if wanted.only is not None:
        yield among(c.id, wanted.only)
    if wanted.rows is not None:
        by_table: dict[str, list[str]] = defaultdict(list)
        for table, row in wanted.rows:
            by_table[table].append(row)
        touched = [
            sa.and_(op.tbl == table, among(op.row, by_table[table])) for table in sorted(by_table)
        ] or [sa.false()]
        query = sa.select(op.txn).where(sa.or_(*touched))
        if wanted.field:
            name = wanted.field.partition(":")[0]
            mine = sa.or_(op.field == name, op.field.startswith(f"{name}:", autoescape=True))
            query = query.where(sa.or_(mine, op.kind != "U"))
        yield c.id.in_(query)


def _midnight(day: dt.date) -> str:
    """Where a day of the reader begins, as the journal writes moments."""
    local = dt.datetime.combine(day, dt.time())
    try:
        return local.astimezone(dt.UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):  # at either end of the calendar there is no other zone
        return local.replace(tzinfo=dt.UTC).isoformat(timespec="seconds")


def _counts(journal: Journal, ids: Collection[str]) -> dict[str, int]:
    op = tables.op.c
    query = sa.select(op.txn, sa.func.count()).where(among(op.txn, ids)).group_by(op.txn)
    return dict(tuple(record) for record in journal.connection.execute(query))


class _Stretches:
    """Which local numbers came in from other copies."""

    def __init__(self, journal: Journal) -> None:
        self._stretches = [(first, last) for first, last in json.loads(journal.meta("arrived", "[]"))]

    def has(self, no: int) -> bool:
        return any(first <= no <= last for first, last in self._stretches)


def _step(record: Any, edits: int, arrived: bool) -> Step:  # noqa: FBT001 - two facts about the same record
    return Step(
        record.id, record.no, dt.datetime.fromisoformat(record.wall), record.author, record.role,
        record.replica, record.kind, Message.from_text(record.label), edits, arrived,
        bool(record.clock_suspect),
    )  # fmt: skip


# -- what a change set wrote ------------------------------------------------------------------------
def details(
    workspace: Workspace,
    change_sets: Iterable[str],
    rows: Collection[tuple[str, str]] | None = None,
    name: str = "",
    most: int = MOST_EDITS,
) -> dict[str, list[Detail]]:
    """What change sets wrote, of each at most so many edits; narrowed to rows or a field."""
    journal, op = workspace.journal, tables.op.c
    wanted = sorted(set(change_sets))
    touched: dict[tuple[str, str], set[str]] = defaultdict(set)
    with file.understood(workspace.path):
        for change_set in wanted:
            query = sa.select(op.tbl, op.row).where(op.txn == change_set).order_by(op.idx)
            if rows is None:
                query = query.limit(most)
            for table, row in journal.connection.execute(query):
                if rows is None or (table, row) in rows:
                    touched[table, row].add(change_set)
        out: dict[str, list[Detail]] = {change_set: [] for change_set in wanted}
        for (table, row), ops in journal.load(touched).items():
            told = RowOps(table, row, ops)
            for each in ops:
                if each.change_set in touched[table, row]:
                    out[each.change_set] += _details(told, each, name)
    return out


def _details(told: RowOps, op: Op, name: str) -> Iterator[Detail]:
    fields = [op.field] if op.kind == "U" else sorted(op.value) if op.kind == "I" else [""]
    for each in fields:
        if each.endswith(":of") or each in _SILENT:
            continue
        if name and op.kind != "D" and each.partition(":")[0] != name:
            continue
        stood = (told.value(pred, each) for pred in told.preds(op, each) if pred.kind != "D")
        before = tuple(value for value in stood if value not in (None, ""))
        after = None if op.kind == "D" else told.value(op, each)
        if op.kind == "I" and not before and after in (None, ""):
            continue
        yield Detail(op.change_set, told.table, told.row, each, op.kind, before, after)


_SILENT = frozenset({"sort", "of", "policy", "origin"})
"""Registers that say nothing to a person."""


# -- rows that belong together ----------------------------------------------------------------------
def family(workspace: Workspace, table: str, row: str) -> frozenset[tuple[str, str]]:
    """A row with everything that is or once was a part of it, and the answers given about it."""
    journal, op = workspace.journal, tables.op.c
    found = {(table, row)}
    fresh = {(table, row)}
    value = sa.cast(op.value, sa.Text)
    with file.understood(workspace.path):
        while fresh:
            parts = [
                sa.and_(
                    op.tbl == part,
                    among(
                        sa.func.json_extract(value, f"$.{key}"),
                        {row for kind, row in fresh if owner in {kind, ""}},
                    ),
                )
                for owner, part, key in _parts({kind for kind, _ in fresh})
            ]
            query = sa.select(op.tbl, op.row).where(op.kind == "I", op.enc == 0, sa.or_(*parts))
            wider = {(part, each) for part, each in journal.connection.execute(query)}
            fresh = wider - found
            found |= fresh
    return frozenset(found)


_ABOUT = (
    ("answer", "scope"), ("claim", "row"), ("claim", "scope"), ("comment", "row"), ("comment", "scope"),
    ("suggestion", "row"), ("suggestion", "scope"),
)  # fmt: skip
"""What names a row of any table as that which it is about."""


def _parts(owners: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """The owner's table (or empty: any), the part's table, and the key that names the owner."""
    for owner in sorted(owners):
        for part, key in parts_of(owner):
            yield owner, part, key
    for part, key in _ABOUT:
        yield "", part, key


def facts(workspace: Workspace, rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Any]]:
    """The fields of rows by (table, id): as they stand, or as they last were where they are gone."""
    journal = workspace.journal
    by_table: dict[str, set[str]] = defaultdict(set)
    for table, row in rows:
        if table in TABLES:
            by_table[table].add(row)
    out: dict[tuple[str, str], dict[str, Any]] = {}
    with file.understood(workspace.path):
        gone: list[tuple[str, str]] = []
        for table, ids in by_table.items():
            target = tables.rows[table]
            query = sa.select(target).where(among(target.c.id, ids))
            for record in journal.connection.execute(query).mappings():
                out[table, record["id"]] = _read(table, dict(record))
            gone += [(table, row) for row in ids if (table, row) not in out]
        for (table, row), ops in journal.load(gone).items():
            out[table, row] = _last_said(RowOps(table, row, ops))
    return out


def standing(workspace: Workspace, rows: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of the rows that are there now."""
    by_table: dict[str, set[str]] = defaultdict(set)
    for table, row in rows:
        if table in TABLES:
            by_table[table].add(row)
    run = workspace.journal.connection.execute
    return frozenset(
        (table, row)
        for table, ids in by_table.items()
        for row in run(
            sa.select(tables.rows[table].c.id).where(among(tables.rows[table].c.id, ids))
        ).scalars()
    )


def _read(table: str, values: dict[str, Any]) -> dict[str, Any]:
    for register in TABLES[table].registers:
        value = values.get(register.name)
        if register.shape in {"bilingual", "json"} and isinstance(value, str):
            values[register.name] = json.loads(value)
    return values


def _last_said(told: RowOps) -> dict[str, Any]:
    said: dict[str, Any] = {"id": told.row}
    spec = TABLES[told.table]
    for op in sorted(told.ops.values(), key=lambda op: op.order):
        values = op.value if op.kind == "I" and isinstance(op.value, dict) else {op.field: op.value}
        for key, value in values.items() if op.kind != "D" else ():
            register, _, language = key.partition(":")
            found = spec.register(register)
            if found is not None and found.shape == "bilingual":
                if value is not None:
                    texts = said.setdefault(register, {})
                    if isinstance(texts, dict):
                        texts[language] = value
            else:
                said[key] = value
    return said


# -- who wrote --------------------------------------------------------------------------------------
def hands(workspace: Workspace) -> Hands:
    """Everybody who wrote, in which role and copy."""
    journal, c = workspace.journal, tables.change_set.c
    with file.understood(workspace.path):
        found = journal.connection.execute(sa.select(c.author, c.role, c.replica).distinct())
        wrote = tuple(
            sorted((Hand(*record) for record in found), key=lambda each: (each.author, each.replica))
        )
        copies = journal.connection.execute(sa.select(tables.replica.c.id, tables.replica.c.person))
        out = [each for each in handouts(journal) if each.agency]
        return Hands(
            wrote,
            journal.meta("replica"),
            made_for(journal),
            tuple((each.person, each.agency) for each in out),
            dict(tuple(record) for record in copies),
            {copy: each.agency for each in out for copy in each.copies},
        )
