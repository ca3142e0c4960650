"""From operations to rows: recomputes what was touched, and brings back parents that others still need."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop.base.canonical import Json, canonical_text
from desktop.workspace import tables
from desktop.workspace.cycles import POINTING, Circles
from desktop.workspace.errors import UnknownRow
from desktop.workspace.merge import Conflict, Op, Resolved, RowOps
from desktop.workspace.registers import LARGEST, TABLES, WHOLE, Table

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal

_BATCH = 400
_LISTED = "(SELECT value FROM json_each(?))"
_FEW = 50
"""Rows up to which going one by one is quicker than all at once."""


def project(journal: Journal, touched: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Recompute rows, their heads and conflicts. A pure function of the set of operations.

    Returns the rows that changed besides those asked for. Rows that live only because something refers
    to them, and those stepped back from a circle, are judged again every time. Raises UnknownRow when
    something refers to a row that was never made.
    """
    connection = journal.connection
    todo = {(tbl, row) for tbl, row in touched if tbl in TABLES} | _because_of_others(connection)
    done: set[tuple[str, str]] = set()
    needed: set[tuple[str, str]] = set()
    circles = Circles(journal)
    while todo:
        resolved = {key: RowOps(*key, ops).resolve() for key, ops in sorted(journal.load(todo).items())}
        _write_rows(connection, resolved, needed)
        done |= todo
        todo = _missing(connection, needed)
        # parents first, for one that comes back may close a circle; and a move stepped back may need its own
        while not todo and (stepped := circles.open(done)):
            done |= stepped
            todo = _missing(connection, needed)
        needed |= todo
    return done - touched


def reach(connection: sa.Connection, touched: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """These rows and all that are there and may look different when these are recomputed."""
    out = touched | _because_of_others(connection)
    for table in {table for table, _ in POINTING} & {table for table, _ in touched}:
        out |= {(table, row) for row in connection.execute(sa.select(tables.rows[table].c.id)).scalars()}
    return out


def _because_of_others(connection: sa.Connection) -> set[tuple[str, str]]:
    """Rows that do not show what their own operations say, because of what others say."""
    query = "SELECT tbl, row FROM sync_conflict WHERE kind IN ('deleted-parent', 'cycle')"
    return {(tbl, row) for tbl, row in connection.exec_driver_sql(query).all()}


def _missing(connection: sa.Connection, needed: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Rows to be brought back because something refers to them. Raises UnknownRow."""
    absent = dangling(connection)
    if absent and absent <= needed:
        raise UnknownRow(*min(absent))
    return absent - needed


def step(journal: Journal, ops: list[Op]) -> bool:
    """Bring rows up to date the short way, where it is certain; says whether that could be done.

    Each operation must be an update that replaces every head of its register, in a row about which
    nothing differs, and change no reference. Then it is the one head and its value the value, whatever
    the thousand versions before it were; they need not be read for it.
    """
    connection = journal.connection
    fields: dict[tuple[str, str], dict[str, Op]] = defaultdict(dict)
    for op in ops:
        register = TABLES[op.table].register(op.field) if op.table in TABLES and op.kind == "U" else None
        if register is None or register.references or op.field in fields[op.table, op.row]:
            return False
        fields[op.table, op.row][op.field] = op
    if len(fields) > _FEW or _differing(connection, fields):
        return False
    heads = journal.heads(fields)
    stored = {key: _stored(connection, *key) for key in fields}
    for key, changed in fields.items():
        known = heads.get(key, {})
        replaced = {field: known.get(field) or known.get(WHOLE) or [] for field in changed}
        if stored[key] is None or any({*op.pred} != {*replaced[field]} for field, op in changed.items()):
            return False
    for (table, row), changed in fields.items():
        _update(connection, TABLES[table], row, stored[table, row] or {}, list(changed.values()))
    return True


def _differing(connection: sa.Connection, rows: Iterable[tuple[str, str]]) -> bool:
    found = connection.execute(
        sa.select(tables.conflict.c.tbl, tables.conflict.c.row).where(
            tables.conflict.c.row.in_([row for _, row in rows])
        )
    )
    return any((tbl, row) in set(rows) for tbl, row in found)


def _stored(connection: sa.Connection, table: str, row: str) -> dict[str, Any] | None:
    target = tables.rows[table]
    found = connection.execute(sa.select(target).where(target.c.id == row)).mappings().first()
    return dict(found) if found else None


def _update(connection: sa.Connection, table: Table, row: str, stored: dict[str, Any], ops: list[Op]) -> None:
    values: dict[str, Any] = {}
    for op in ops:
        name, _, language = op.field.partition(":")
        register = table.register(name)
        if register is not None and register.shape == "bilingual":
            texts = json.loads(values.get(name) or stored[name] or "{}")
            texts.pop(language, None)
            if isinstance(op.value, str):
                texts[language] = op.value
            values[name] = canonical_text(texts)
        elif register is not None:
            values[name] = _fitting(register.shape, op.value)
    target, head = tables.rows[table.name], tables.head
    connection.execute(target.update().where(target.c.id == row).values(values))
    names = [op.field for op in ops]
    connection.execute(
        head.delete().where(head.c.tbl == table.name, head.c.row == row, head.c.field.in_(names))
    )
    connection.execute(
        head.insert(), [{"tbl": table.name, "row": row, "field": op.field, "op": op.id} for op in ops]
    )


def _write_rows(
    connection: sa.Connection, resolved: dict[tuple[str, str], Resolved], needed: set[tuple[str, str]]
) -> None:
    by_table: dict[str, list[tuple[str, Resolved, bool]]] = defaultdict(list)
    conflicts: list[Conflict] = []
    for (table, row), result in resolved.items():
        kept_for_others = not result.live and (table, row) in needed and bool(result.values)
        by_table[table].append((row, result, result.live or kept_for_others))
        conflicts += result.conflicts
        if kept_for_others:
            conflicts.append(Conflict(table, row, "deleted-parent", "", result.heads[WHOLE]))
    for table, entries in by_table.items():
        _replace_rows(connection, TABLES[table], entries)
    clashing = [(c.table, c.row, c.kind, c.field, canonical_text(list(c.heads))) for c in conflicts]
    tables.insert(connection, tables.conflict, clashing)


def _replace_rows(connection: sa.Connection, table: Table, entries: list[tuple[str, Resolved, bool]]) -> None:
    target = tables.rows[table.name]
    ids = json.dumps([row for row, _, _ in entries])
    run = connection.exec_driver_sql
    for derived in (tables.head, tables.conflict):
        run(f'DELETE FROM "{derived.name}" WHERE tbl = ? AND row IN {_LISTED}', (table.name, ids))  # noqa: S608 - names of ours
    run(f'DELETE FROM "{target.name}" WHERE id IN {_LISTED}', (ids,))  # noqa: S608 - names of ours
    heads = [
        (table.name, row, field, op)
        for row, result, _ in entries
        for field, ops in result.heads.items()
        for op in ops
    ]
    tables.insert(connection, tables.head, heads)
    living = [(row, *columns(table, result.values).values()) for row, result, shown in entries if shown]
    tables.insert(connection, target, living)


def columns(table: Table, values: dict[str, Json]) -> dict[str, Any]:
    """The column values of a row: bilingual registers are gathered into one JSON object each."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for name, text in values.items():
        register_name, colon, language = name.partition(":")
        if colon and isinstance(text, str):
            texts[register_name][language] = text
    out: dict[str, Any] = {}
    for register in table.registers:
        if register.shape == "bilingual":
            out[register.name] = canonical_text(texts.get(register.name, {}))
        else:
            out[register.name] = _fitting(register.shape, values.get(register.name))
    return out


def _fitting(shape: str, value: Json) -> Json:
    """What a newer version may have written in another type is kept in the journal and not shown."""
    match shape, value:
        case "json", _:
            return canonical_text(value if _answers(value) else None)
        case "text", str():
            return value
        case "boolean", bool():
            return value
        case "integer", int() if not isinstance(value, bool) and abs(value) <= LARGEST:
            return value
        case _:
            return None


def _answers(value: Json) -> bool:
    if isinstance(value, list):
        return all(isinstance(member, str) for member in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) <= LARGEST
    return value is None or isinstance(value, str | bool)


def dangling(connection: sa.Connection) -> set[tuple[str, str]]:
    """(table, id) of every row that is referred to and not there."""
    violations: dict[tuple[str, int], list[int]] = defaultdict(list)
    for table, rowid, _, key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        if table in TABLES:
            violations[table, key].append(rowid)
    out: set[tuple[str, str]] = set()
    for (table, key), rowids in violations.items():
        listed = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').all()
        parent, field = next((record[2], record[3]) for record in listed if record[0] == key)
        source = tables.rows[table]
        for start in range(0, len(rowids), _BATCH):
            chosen = sa.literal_column("rowid").in_(rowids[start : start + _BATCH])
            found = connection.execute(sa.select(source.c[field]).distinct().where(chosen)).scalars()
            out |= {(parent, row) for row in found}
    return out


def open_conflicts(connection: sa.Connection) -> list[Conflict]:
    """Every conflict nobody has settled yet, in a fixed order."""
    found = [
        Conflict(r.tbl, r.row, r.kind, r.field, tuple(json.loads(r.heads)))
        for r in connection.execute(sa.select(tables.conflict))
    ]
    return sorted(found, key=lambda c: (c.table, c.row, c.kind, c.field))
