"""The SQLite tables: the rows everybody reads (a cache), the journal (the truth), and its guards.

Every synced table and the whole journal refuse writes unless the gate is open, and only an operation
opens it, inside its own transaction. The guard is in the file itself, so it stops this program's bulk
and raw statements as well as any other tool's.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from desktop.workspace.registers import TABLES, Register, Table

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_TYPES: dict[str, type[sa.types.TypeEngine[Any]]] = {
    "text": sa.Text,
    "integer": sa.BigInteger,
    "boolean": sa.Boolean,
    "json": sa.Text,
    "bilingual": sa.Text,
}


def _column(register: Register) -> sa.Column[object]:
    reference = (
        [sa.ForeignKey(f"{register.references}.id", deferrable=True, initially="DEFERRED")]
        if register.references
        else []
    )
    kind = sa.String(32) if register.references else _TYPES[register.shape]()
    return sa.Column(register.name, kind, *reference, nullable=True, index=bool(register.references))


def _rows(table: Table) -> sa.Table:
    columns = [_column(register) for register in table.registers]
    return sa.Table(table.name, metadata, sa.Column("id", sa.String(32), primary_key=True), *columns)


rows = {name: _rows(table) for name, table in TABLES.items()}
"""The synced tables by name. JSON registers and bilingual texts are stored as JSON text."""

meta = sa.Table(
    "sync_meta", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text)
)
gate = sa.Table("sync_gate", metadata, sa.Column("open", sa.Integer, nullable=False))
replica = sa.Table(
    "sync_replica",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("parent", sa.String(32)),
    sa.Column("created", sa.Text, nullable=False),
)
change_set = sa.Table(
    "sync_txn",
    metadata,
    # ordinary rowid tables: a scan can step over a damaged page, and the rowid is the order of arrival
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("id", sa.String(64), nullable=False, unique=True),
    sa.Column("replica", sa.String(32), nullable=False, index=True),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("lamport", sa.Integer, nullable=False),
    sa.Column("wall", sa.Text, nullable=False),
    sa.Column("tz_minutes", sa.Integer, nullable=False),
    sa.Column("clock_suspect", sa.Boolean, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("undoes", sa.String(64)),
    sa.Column("schema", sa.Integer, nullable=False),
    sa.Column("parents", sa.Text, nullable=False),
)
op = sa.Table(
    "sync_op",
    metadata,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("txn", sa.String(64), nullable=False),
    sa.Column("idx", sa.Integer, nullable=False),
    sa.Column("tbl", sa.Text, nullable=False),
    sa.Column("row", sa.String(32), nullable=False),
    sa.Column("kind", sa.String(1), nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("enc", sa.Integer, nullable=False),
    sa.Column("value", sa.LargeBinary, nullable=False),
    sa.Column("pred", sa.Text, nullable=False),
    sa.UniqueConstraint("txn", "idx"),
    sa.Index("ix_sync_op_row", "row", "tbl"),
)
head = sa.Table(
    "sync_head",
    metadata,
    sa.Column("tbl", sa.Text, primary_key=True),
    sa.Column("row", sa.String(32), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("op", sa.Text, primary_key=True),
)
conflict = sa.Table(
    "sync_conflict",
    metadata,
    sa.Column("tbl", sa.Text, primary_key=True),
    sa.Column("row", sa.String(32), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("heads", sa.Text, nullable=False),
)
package_log = sa.Table(
    "sync_package_log",
    metadata,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
    sa.Column("backup", sa.Text, nullable=False),
    # of a package that went out: its id, the head it was made of, where it lies
    sa.Column("facts", sa.Text),
)
handout = sa.Table(
    "sync_handout",
    metadata,
    # what left this copy for somebody: a copy of the file, a workbook, changes, a review
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("agency", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    # the newest change sets that are known to be there, and what else is to be remembered of it
    sa.Column("heads", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
)
blob = sa.Table(
    "blob",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
)
blob_chunk = sa.Table(
    "blob_chunk",
    metadata,
    sa.Column(
        "sha256",
        sa.String(64),
        sa.ForeignKey("blob.sha256", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

_GATED = (
    *TABLES,
    "sync_meta",
    "sync_replica",
    "sync_txn",
    "sync_op",
    "sync_head",
    "sync_conflict",
    "sync_package_log",
    "sync_handout",
)
_FOR_EVER = ("sync_txn", "sync_op")


def guards() -> dict[str, str]:
    """The trigger statements by name."""
    out: dict[str, str] = {}
    for table in _GATED:
        for verb in ("INSERT", "UPDATE", "DELETE"):
            name = f"guard_{table}_{verb.lower()}"
            closed = (
                ""
                if table in _FOR_EVER and verb != "INSERT"
                else "WHEN (SELECT open FROM sync_gate) IS NOT 1 "
            )
            reason = "the journal is never rewritten" if not closed else "only an operation may write here"
            out[name] = (
                f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" {closed}'
                f"BEGIN SELECT RAISE(ABORT, 'rancang: {reason}'); END"
            )
    return out


def allowed() -> dict[tuple[str, str], str]:
    """What may stand in a workspace file: (type, name) with the statement of each guard."""
    return {("table", name): "" for name in metadata.tables} | {
        ("trigger", name): statement for name, statement in guards().items()
    }


def columns() -> dict[str, frozenset[str]]:
    """The columns each table must have."""
    return {name: frozenset(table.columns.keys()) for name, table in metadata.tables.items()}


def among(column: sa.ColumnElement[str], values: Collection[str]) -> sa.ColumnElement[bool]:
    """One of these; as one JSON parameter, for SQLite takes only so many."""
    listed = sa.func.json_each(json.dumps(sorted(values))).table_valued("value")
    return column.in_(sa.select(listed.c.value))


def insert(
    connection: sa.Connection, table: sa.Table, records: Sequence[tuple[Any, ...]], names: Sequence[str] = ()
) -> None:
    """Many records as SQLite takes them, all columns in order or those named.

    For what comes in by the thousand: through SQLAlchemy's own way it takes twice as long.
    """
    if records:
        chosen = names or [column.name for column in table.columns]
        listed, places = ", ".join(f'"{name}"' for name in chosen), ", ".join("?" * len(chosen))
        statement = f'INSERT INTO "{table.name}" ({listed}) VALUES ({places})'  # noqa: S608 - names of ours
        connection.exec_driver_sql(statement, list(records))


def create_all(connection: sa.Connection) -> None:
    """Make every table and guard in an empty file; the gate is closed afterwards."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
    connection.execute(gate.insert().values(open=0))
    for statement in guards().values():
        connection.exec_driver_sql(statement)


@cache
def _statements() -> tuple[str, ...]:
    """What makes the tables; putting it into words takes three times as long as SQLite takes to do it."""
    said: list[str] = []

    def keep(statement: Any, *_: object, **__: object) -> None:
        said.append(str(statement.compile(dialect=told.dialect)))

    told = sa.create_mock_engine("sqlite://", keep)
    metadata.create_all(told, checkfirst=False)
    return tuple(said)
