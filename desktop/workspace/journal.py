"""The journal: change sets are written once and never again; the rows are computed from them."""

from __future__ import annotations

import datetime as dt
import json
import operator
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from desktop.base import Message
from desktop.base.canonical import Json, canonical, canonical_text
from desktop.base.ids import new_id
from desktop.workspace import projection, tables
from desktop.workspace.author import Author
from desktop.workspace.change_set import SCHEMA, ChangeSet, Edit
from desktop.workspace.errors import DamagedJournal
from desktop.workspace.merge import Op, RowOps
from desktop.workspace.registers import TABLES, WHOLE

BATCH = 2_000
_DELTA_FROM = 200
_PLAIN, _DELTA = 0, 1
_REMEMBERED = 16
"""Texts kept in memory of those written last."""
_OPS = (
    "SELECT o.txn, o.idx, o.tbl, o.row, o.kind, o.field, o.enc, o.value, o.pred, t.lamport "
    "FROM sync_op o CROSS JOIN sync_txn t ON t.id = o.txn"
)
_ONE = re.compile(r'\["([0-9a-f.]+)"\]')
"""Most operations replace one other; their list need not be taken for any JSON there might be."""
_IN_ORDER = " ORDER BY t.lamport, o.txn, o.idx"
_ALL_OPS = _OPS + _IN_ORDER
_OPS_OF_ROWS = f"{_OPS} WHERE o.row IN (SELECT value FROM json_each(?)){_IN_ORDER}"  # noqa: S608 - no value in it
_LONGEST = 1 << 26
"""Bytes a packed text may unpack to; a forged one of a kilobyte could otherwise fill the memory."""


LAST_NUMBER = 1 << 53
"""What a file has counted to by itself is far below; behind SQLite's last number come numbers by chance."""
_MOST_SAID = 1 << 40


class Journal:
    """Reads and writes the journal over one connection; the caller owns the transaction and the gate."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._recent: dict[str, tuple[str, str, dict[str, Json]]] = {}

    # -- small facts -------------------------------------------------------------------------------
    def meta(self, key: str, default: str = "") -> str:
        """A fact about this copy (workspace, replica, lamport, ...)."""
        # asked so often that SQLAlchemy's own way would be the larger part of it
        found = self.connection.exec_driver_sql("SELECT value FROM sync_meta WHERE key = ?", (key,)).scalar()
        return default if found is None else str(found)

    def set_meta(self, key: str, value: str) -> None:
        """Remember a fact about this copy."""
        self.connection.execute(
            sa.text(
                "INSERT INTO sync_meta(key, value) VALUES (:k, :v) ON CONFLICT(key) DO UPDATE SET value = :v"
            ),
            {"k": key, "v": value},
        )

    def newest(self) -> tuple[str, ...]:
        """The change sets no other names as parent, sorted: the head of this copy."""
        return tuple(json.loads(self.meta("dag_heads", "[]")))

    def position(self) -> int:
        """The local number of the last change set that arrived here."""
        return self.connection.execute(sa.select(sa.func.max(tables.change_set.c.no))).scalar() or 0

    def register_replica(self, author: Author, device: str, parent: str | None, created: str) -> str:
        """Give this copy an identity of its own; nothing else changes."""
        identity = new_id()
        self.connection.execute(
            tables.replica.insert().values(
                id=identity,
                label=author.name,
                person=author.name,
                device=device,
                parent=parent,
                created=created,
            )
        )
        self.set_meta("replica", identity)
        self.set_meta("device", device)
        self.set_meta("seq", "0")
        return identity

    # -- writing -----------------------------------------------------------------------------------
    def write(
        self,
        edits: Sequence[Edit],
        *,
        kind: str,
        label: Message,
        author: Author,
        now: dt.datetime,
        undoes: str | None = None,
    ) -> ChangeSet:
        """Write one change set of this copy. The rows are brought up to date by the caller.

        Raises ReviewOnly, and DamagedJournal where the file has counted to where nothing comes after.
        """
        from desktop.workspace import admission
        from desktop.workspace.reviewing import guard

        author = guard(self, edits, kind, author)
        last = self.meta("last_wall")
        wall = now.astimezone(dt.UTC).isoformat(timespec="seconds")
        offset = now.astimezone().utcoffset() or dt.timedelta()
        parents = self.newest()
        draft = ChangeSet(
            "",
            self.meta("replica"),
            1 + self._written_by(self.meta("replica")),
            # every other copy asks for just that, whatever the file says of itself
            1 + max(self.lamports(parents).values(), default=0),
            wall,
            int(offset.total_seconds() // 60),
            bool(last) and wall < last,
            author.name,
            author.role,
            kind,
            canonical_text(label.to_json()),
            undoes,
            SCHEMA,
            parents,
            tuple(edits),
        )
        written = _with_id(draft, draft.content_hash())
        # what no other copy takes over, and this one calls damaged when it is opened again, is never saved
        if not admission.well_formed(written):
            raise DamagedJournal(written.id[:12])
        self._store([written])
        self.set_meta("seq", str(written.seq))
        self.set_meta("lamport", str(written.lamport))
        self.set_meta("dag_heads", canonical_text([written.id]))
        self.set_meta("last_wall", max(last, wall))
        return written

    def _written_by(self, replica: str) -> int:
        """The number of the last change set that a copy wrote; what the file says of it, if that may be."""
        query = sa.select(sa.func.max(tables.change_set.c.seq)).where(tables.change_set.c.replica == replica)
        said = int(self.meta("seq", "0"))
        return max(self.connection.execute(query).scalar() or 0, said if said < _MOST_SAID else 0)

    def receive(self, arrived: Sequence[ChangeSet]) -> None:
        """Store change sets of other copies (their parents are here or among them)."""
        first = self.position() + 1
        self._store(arrived)
        self.set_meta("arrived", canonical_text([*self._arrivals(), [first, self.position()]]))
        self.set_meta("lamport", str(max(int(self.meta("lamport", "0")), *(c.lamport for c in arrived))))
        parents = {parent for c in arrived for parent in c.parents}
        self.set_meta(
            "dag_heads", canonical_text(sorted(({*self.newest()} | {c.id for c in arrived}) - parents))
        )

    def _arrivals(self) -> list[list[int]]:
        """The stretches of local numbers, first to last, that came in from other copies."""
        return list(json.loads(self.meta("arrived", "[]")))

    def arrived_since(self, position: int) -> set[str]:
        """The change sets of other copies that came in after a position.

        The replica does not tell them: a file copied in the file manager goes on under its old name.
        """
        no = tables.change_set.c.no
        stretches = [no.between(max(first, position + 1), last) for first, last in self._arrivals()]
        if not stretches:
            return set()
        return set(
            self.connection.execute(sa.select(tables.change_set.c.id).where(sa.or_(*stretches))).scalars()
        )

    def _store(self, change_sets: Sequence[ChangeSet]) -> None:
        names = [c.name for c in tables.change_set.columns if c.name not in {"no", "parents"}]
        told_of = operator.attrgetter(*names)
        told = [(*told_of(c), canonical_text(list(c.parents))) for c in change_sets]
        tables.insert(self.connection, tables.change_set, told, [*names, "parents"])
        bases = {p: (e.table, e.row) for c in change_sets for e in c.edits if _long(e) for p in e.pred[:1]}
        # somebody who writes on replaces what was written a moment ago: no need to read it again
        earlier = {p: self._recent[p] for p in bases if p in self._recent}
        earlier |= self.texts({p: row for p, row in bases.items() if p not in earlier})
        records = []
        for c in change_sets:
            for i, e in enumerate(c.edits):
                encoding, value = _encode(e, earlier)
                if _long(e):
                    earlier[f"{c.id}.{i}"] = (e.table, e.row, {e.field: e.value})
                    self._recent[f"{c.id}.{i}"] = earlier[f"{c.id}.{i}"]
                pred = canonical_text(list(e.pred))
                records.append((c.id, i, e.table, e.row, e.kind, e.field, encoding, value, pred))
        columns = ["txn", "idx", "tbl", "row", "kind", "field", "enc", "value", "pred"]
        tables.insert(self.connection, tables.op, records, columns)
        for old in list(self._recent)[:-_REMEMBERED]:
            del self._recent[old]

    def texts(self, bases: Mapping[str, tuple[str, str]]) -> dict[str, tuple[str, str, dict[str, Json]]]:
        """Of some operations, looked for in a row, the values by field: what long texts are told by."""
        return {
            op.id: (op.table, op.row, op.value if op.kind == "I" else {op.field: op.value})
            for ops in self.load(bases.values()).values()
            for op in ops
            if op.id in bases and op.kind != "D"
        }

    # -- reading -----------------------------------------------------------------------------------
    def load(self, rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[Op]]:
        """Every operation of the given rows."""
        wanted = set(rows)
        out: dict[tuple[str, str], list[Op]] = defaultdict(list)
        ids = sorted({row for _, row in wanted})
        for start in range(0, len(ids), BATCH):
            some = json.dumps(ids[start : start + BATCH])
            for op in _decoded(self.connection.exec_driver_sql(_OPS_OF_ROWS, (some,)).all()):
                if (op.table, op.row) in wanted:
                    out[op.table, op.row].append(op)
        return out

    def rows_of(self, change_sets: Iterable[str]) -> set[tuple[str, str]]:
        """The rows that some change sets are about."""
        query = "SELECT DISTINCT tbl, row FROM sync_op WHERE txn IN (SELECT value FROM json_each(?))"
        found = self.connection.exec_driver_sql(query, (json.dumps(sorted(change_sets)),)).all()
        return {(table, row) for table, row in found}

    def ids(self) -> set[str]:
        """The ids of all change sets here."""
        return set(self.connection.execute(sa.select(tables.change_set.c.id)).scalars())

    def lamports(self, among: Iterable[str] | None = None) -> dict[str, int]:
        """The count each change set here (of those among which they are looked for) was written at, by id."""
        query = "SELECT id, lamport FROM sync_txn"
        values: tuple[str, ...] = ()
        if among is not None:
            query += " WHERE id IN (SELECT value FROM json_each(?))"
            values = (json.dumps(sorted(among)),)
        found = self.connection.exec_driver_sql(query, values).all()
        return {identity: lamport for identity, lamport in found}  # noqa: C416 - dict() does not know a Row

    def change_sets(self, leaving_out: frozenset[str] | set[str] = frozenset()) -> list[ChangeSet]:
        """Whole change sets with their edits, parents first."""
        edits: dict[str, list[Edit]] = defaultdict(list)
        for op in _decoded(self.connection.exec_driver_sql(_ALL_OPS)):
            edits[op.change_set].append(Edit(op.table, op.row, op.kind, op.field, op.value, op.pred))
        ordered = sa.select(tables.change_set).order_by(tables.change_set.c.lamport, tables.change_set.c.id)
        return [
            _change_set(record, tuple(edits[record.id]))
            for record in self.connection.execute(ordered)
            if record.id not in leaving_out
        ]

    def info(self, *conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[ChangeSet]:
        """Change sets without their edits, newest arrival first."""
        query = (
            sa.select(tables.change_set)
            .where(*conditions)
            .order_by(tables.change_set.c.no.desc())
            .limit(limit)
        )
        return [_change_set(record, ()) for record in self.connection.execute(query)]

    def heads(self, rows: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict[str, list[str]]]:
        """The stored heads of some rows: per register the ids of the newest operations."""
        out: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        by_table: dict[str, list[str]] = defaultdict(list)
        for table, row in sorted(set(rows)):
            by_table[table].append(row)
        for table, ids in by_table.items():
            for start in range(0, len(ids), BATCH):
                query = sa.select(tables.head).where(
                    tables.head.c.tbl == table, tables.head.c.row.in_(ids[start : start + BATCH])
                )
                for record in self.connection.execute(query.order_by(tables.head.c.op)):
                    out[record.tbl, record.row][record.field].append(record.op)
        return out

    # -- rows from operations ----------------------------------------------------------------------
    def follow(self, written: ChangeSet) -> set[tuple[str, str]]:
        """Bring the rows up to date with a change set just written by this copy."""
        touched = {(e.table, e.row) for e in written.edits if e.table in TABLES}
        if projection.step(self, written.ops()):
            return touched
        return projection.project(self, touched) | touched

    def rebuild(self) -> None:
        """Throw the rows away and compute them again from the operations."""
        for table in reversed(tables.metadata.sorted_tables):
            if table.name in TABLES or table.name in {"sync_head", "sync_conflict"}:
                self.connection.execute(table.delete())
        found = self.connection.execute(sa.select(tables.op.c.tbl, tables.op.c.row).distinct())
        projection.project(self, {(tbl, row) for tbl, row in found if tbl in TABLES})


def _with_id(draft: ChangeSet, identity: str) -> ChangeSet:
    from dataclasses import replace

    return replace(draft, id=identity)


def _change_set(record: sa.Row[tuple[object, ...]], edits: tuple[Edit, ...]) -> ChangeSet:
    values = dict(record._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    values.pop("no")
    values["parents"] = tuple(json.loads(values["parents"]))
    return ChangeSet(**values, edits=edits)


def _long(edit: Edit) -> bool:
    return edit.kind == "U" and isinstance(edit.value, str) and len(edit.value) > _DELTA_FROM


def _encode(edit: Edit, earlier: dict[str, tuple[str, str, dict[str, Json]]]) -> tuple[int, bytes]:
    """Long texts are stored as the difference to what they replaced: some 40 bytes instead of kilobytes."""
    plain = canonical(edit.value)
    if not (_long(edit) and edit.pred and edit.pred[0] in earlier):
        return _PLAIN, plain
    table, row, values = earlier[edit.pred[0]]
    before = values.get(edit.field)
    # rows are read one by one, so a difference to another row's text could never be read back
    if (table, row) != (edit.table, edit.row) or not isinstance(before, str):
        return _PLAIN, plain
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, canonical(before)[-32768:])
    packed = packer.compress(plain) + packer.flush()
    return (_DELTA, packed) if len(packed) < len(plain) else (_PLAIN, plain)


def _decoded(records: Iterable[Sequence[Any]]) -> Iterator[Op]:
    """Operations with plain values; records come parents first, so every delta finds its base.

    Raises DamagedJournal when a record cannot be read back.
    """
    texts: dict[str, dict[str, Json]] = {}
    for txn, idx, table, row, kind, name, encoding, stored, replaced, lamport in records:
        op_id = f"{txn}.{idx}"
        try:
            one = _ONE.fullmatch(replaced)
            pred = (one[1],) if one else tuple(json.loads(replaced))
            if encoding == _DELTA:
                base = canonical(texts[pred[0]][name])[-32768:]
                unpacker = zlib.decompressobj(-15, base)
                value = json.loads(unpacker.decompress(stored, _LONGEST))
            else:
                value = json.loads(stored)
        except (ValueError, TypeError, LookupError, RecursionError, zlib.error) as error:
            raise DamagedJournal(op_id) from error
        if kind == "I" and isinstance(value, dict):
            texts[op_id] = value
        elif isinstance(value, str):
            texts[op_id] = {name: value}
        yield Op(op_id, txn, lamport, table, row, kind, name, value, pred)


__all__ = ["SCHEMA", "WHOLE", "ChangeSet", "Edit", "Journal", "RowOps"]
