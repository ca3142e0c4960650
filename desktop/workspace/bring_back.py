"""Bring a colleague's work back: union of change sets, touched rows recomputed, and a report.

The preview is the same code in a transaction that is rolled back, so what it shows is what happens.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from desktop.base.canonical import Json
from desktop.workspace import admission, blobs, file, migrate, projection, reading, tables
from desktop.workspace.errors import ForgedChanges, OtherWorkspace, UnknownRow
from desktop.workspace.journal import ChangeSet, Journal
from desktop.workspace.merge import Conflict
from desktop.workspace.moving.stays import stays
from desktop.workspace.registers import TABLES


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a merge does to one row: fields with the value before and after (None for a whole row)."""

    table: str
    row: str
    kind: Literal["new", "changed", "deleted"]
    fields: tuple[tuple[str, Json, Json], ...]


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What came in, from whom, and what it did."""

    change_sets: int
    authors: tuple[str, ...]
    first: str
    last: str
    """The writers' wall clocks of the oldest and newest change set (ISO 8601, UTC), or empty."""
    rows: tuple[RowChange, ...]
    new_conflicts: tuple[Conflict, ...]
    open_conflicts: int
    files: int
    """Evidence files that came along."""
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The change sets, copies and blob hashes of another workspace file."""

    workspace: str
    change_sets: tuple[ChangeSet, ...]
    replicas: tuple[dict[str, Any], ...]
    path: Path


def read_file(path: Path) -> Incoming:
    """Read another workspace file without changing it. Raises what opening a workspace raises."""
    file.inspect(path)
    with migrate.readable(path) as copy, file.understood(path):
        file.check_schema(copy, tables.allowed(), tables.columns())
        return _read(path, copy)


def _read(path: Path, copy: Path) -> Incoming:
    with _engine(copy) as connection:
        journal = Journal(connection)
        replicas = tuple(dict(r._mapping) for r in connection.execute(sa.select(tables.replica)))  # noqa: SLF001
        return Incoming(journal.meta("workspace"), tuple(journal.change_sets()), replicas, path)


@contextlib.contextmanager
def _engine(path: Path) -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://", creator=lambda: file.connect(path, read_only=True))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def merge(journal: Journal, incoming: Incoming) -> MergeReport:
    """Unite; the caller owns the transaction and the gate, and rolls back for a preview.

    Raises OtherWorkspace, ForgedChanges, IncompleteChanges, FileTooNew.
    """
    if incoming.workspace != journal.meta("workspace"):
        raise OtherWorkspace(incoming.path.name)
    new = admission.admit(journal, incoming.change_sets, incoming.path.name)
    touched = {(e.table, e.row) for c in new for e in c.edits if e.table in TABLES}
    before, conflicts = (
        _picture(journal.connection, touched),
        set(projection.open_conflicts(journal.connection)),
    )
    if new:
        _add_replicas(journal.connection, incoming)
        journal.receive(new)
        try:
            touched |= projection.project(journal, touched)
        except UnknownRow as error:  # something refers to what nobody ever made
            raise ForgedChanges(incoming.path.name) from error
        if not reading.stands(journal):
            raise ForgedChanges(incoming.path.name)
    files = _take_blobs(journal, incoming.path)
    after = _picture(journal.connection, touched)
    now_open = projection.open_conflicts(journal.connection)
    walls = sorted(c.wall for c in new)
    return MergeReport(
        change_sets=len(new),
        authors=tuple(sorted({c.author for c in new})),
        first=walls[0] if walls else "",
        last=walls[-1] if walls else "",
        rows=tuple(_differences(before, after)),
        new_conflicts=tuple(c for c in now_open if c not in conflicts),
        open_conflicts=len(now_open),
        files=files,
    )


def _add_replicas(connection: sa.Connection, incoming: Incoming) -> None:
    known = set(connection.execute(sa.select(tables.replica.c.id)).scalars())
    texts = [column.name for column in tables.replica.columns if not column.nullable]
    fresh = [
        record
        for record in incoming.replicas
        if record["id"] not in known and all(isinstance(record[name], str) for name in texts)
    ]
    if fresh:
        connection.execute(tables.replica.insert(), fresh)


def _take_blobs(journal: Journal, path: Path) -> int:
    """Bytes are not journaled: what is missing here and there in the other file is copied by hash.

    Guidelines of before a move come along too: what they asked is shown with their own words.
    """
    connection = journal.connection
    here = set(connection.execute(sa.select(tables.blob.c.sha256)).scalars())
    named = (
        tables.rows["evidence"].c.sha256,
        tables.rows["plan"].c.nomenclature,
    )
    wanted = {hash_ for column in named for hash_ in connection.execute(sa.select(column)).scalars()}
    wanted |= {stay.sha256 for stay in stays(journal)}
    wanted -= here
    taken = 0
    with file.understood(path), _engine(path) as other:
        for sha256 in sorted(w for w in wanted if w and blobs.present(other, w)):
            data = blobs.read(other, sha256)
            found, _ = blobs.store(connection, data, sha256)
            if found != sha256:
                raise ForgedChanges(path.name)
            taken += 1
    return taken


def _picture(connection: sa.Connection, rows: set[tuple[str, str]]) -> dict[tuple[str, str], dict[str, Json]]:
    out: dict[tuple[str, str], dict[str, Json]] = {key: {} for key in rows}
    for table in {table for table, _ in rows}:
        names = [column.name for column in tables.rows[table].columns]
        ids = json.dumps(sorted(row for name, row in rows if name == table))
        listed = ", ".join(f'"{name}"' for name in names)
        query = f'SELECT {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608 - names of ours
        for record in connection.exec_driver_sql(query, (ids,)).all():
            out[table, record[0]] = dict(zip(names, record, strict=True))
    return out


def _differences(
    before: dict[tuple[str, str], dict[str, Json]], after: dict[tuple[str, str], dict[str, Json]]
) -> Iterator[RowChange]:
    for table, row in sorted(after):
        old, new = before.get((table, row), {}), after[table, row]
        if old == new:
            continue
        kind: Literal["new", "changed", "deleted"] = "new" if not old else "changed" if new else "deleted"
        fields = tuple(
            (name, _shown(table, name, old.get(name)), _shown(table, name, new.get(name)))
            for name in (new or old)
            if name != "id" and old.get(name) != new.get(name)
        )
        yield RowChange(table, row, kind, fields)


def _shown(table: str, name: str, value: Json) -> Json:
    """What is stored as JSON text (texts, answers) or as 0 and 1 is handed on as what it means."""
    register = TABLES[table].register(name)
    if value is None or register is None:
        return value
    if register.shape == "boolean":
        return bool(value)
    return json.loads(value) if register.shape in {"json", "bilingual"} else value


def log(journal: Journal, name: str, by: str, report: MergeReport, backup: str) -> None:
    """Remember in the workspace which file came in when, from whom, and where the backup is."""
    from desktop.base import clock
    from desktop.base.canonical import canonical_text

    counts = {
        "change_sets": report.change_sets,
        "rows": len(report.rows),
        "conflicts": len(report.new_conflicts),
    }
    journal.connection.execute(
        tables.package_log.insert().values(
            direction="in",
            file=name,
            at=clock.now().isoformat(),
            by=by,
            counts=canonical_text(counts),
            backup=backup,
        )
    )
