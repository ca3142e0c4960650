"""What bringing back did: per row, per text that came together, per file; read off before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import sqlalchemy as sa

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.workspace import tables
from desktop.workspace.handouts import Vouched
from desktop.workspace.incoming import Sender
from desktop.workspace.journal import Journal
from desktop.workspace.merge import Conflict, RowOps
from desktop.workspace.registers import TABLES, WHOLE

if TYPE_CHECKING:
    from desktop.workspace.plan import Plan

Picture: TypeAlias = dict[tuple[str, str], dict[str, Json]]
"""Rows as they stand in their tables, by table and row; an empty one is not there."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a merge does to one row: fields with the value before and after (None for a whole row)."""

    table: str
    row: str
    kind: Literal["new", "changed", "deleted"]
    fields: tuple[tuple[str, Json, Json], ...]


@dataclass(frozen=True, slots=True)
class MergedText:
    """A text (or a set) that several hands changed and that came together without anybody being asked."""

    table: str
    row: str
    field: str
    before: Json
    """What stood here."""
    theirs: tuple[Json, ...]
    """What came in."""
    result: Json


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one of the files brought, or why it was left."""

    file: str
    sender: Sender
    review: bool
    change_sets: int
    authors: tuple[str, ...]
    first: str
    last: str
    """The writers' wall clocks of the oldest and newest change set (ISO 8601, UTC), or empty."""
    touched: frozenset[tuple[str, str]]
    """The rows (table, row) that its new change sets wrote to."""
    conflicts: int
    """Fields filled differently that it brought."""
    files: int
    """Evidence files that came along."""
    damaged: tuple[str, ...] = ()
    """Evidence files that came along but are not what they should be, by caption or name: still missing."""
    refused: Message | None = None
    """Why nothing of it was taken, where that is so."""
    vouched: Vouched = Vouched.OWN_WORD
    """What is known here of the sender."""


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
    merged: tuple[MergedText, ...] = ()
    per_file: tuple[FileReport, ...] = ()
    """In the order in which the files were named."""
    plan: Plan | None = field(default=None, repr=False, compare=False)
    """The plan as it is afterwards, where that was asked for."""

    @property
    def damaged(self) -> tuple[str, ...]:
        """Evidence files that came along damaged, by caption or name."""
        return tuple(name for each in self.per_file for name in each.damaged)

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """The files of which nothing was taken."""
        return tuple(each for each in self.per_file if each.refused is not None)


def picture(connection: sa.Connection, rows: set[tuple[str, str]]) -> Picture:
    """These rows as they stand now."""
    out: Picture = {key: {} for key in rows}
    for table in {table for table, _ in rows}:
        names = [column.name for column in tables.rows[table].columns]
        ids = json.dumps(sorted(row for name, row in rows if name == table))
        listed = ", ".join(f'"{name}"' for name in names)
        query = f'SELECT {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608 - names of ours
        for record in connection.exec_driver_sql(query, (ids,)).all():
            out[table, record[0]] = dict(zip(names, record, strict=True))
    return out


def differences(before: Picture, after: Picture) -> Iterator[RowChange]:
    """What is another afterwards."""
    for table, row in sorted(after):
        old, new = before.get((table, row), {}), after[table, row]
        if old == new:
            continue
        kind: Literal["new", "changed", "deleted"] = "new" if not old else "changed" if new else "deleted"
        fields = tuple(
            (name, shown(table, name, old.get(name)), shown(table, name, new.get(name)))
            for name in (new or old)
            if name != "id" and old.get(name) != new.get(name)
        )
        yield RowChange(table, row, kind, fields)


def shown(table: str, name: str, value: Json) -> Json:
    """What is stored as JSON text (texts, answers) or as 0 and 1 is handed on as what it means."""
    if value is None:
        return None
    register = TABLES[table].register(name)
    if register is None:
        return value
    if register.shape == "boolean":
        return bool(value)
    return json.loads(value) if register.shape in {"json", "bilingual"} else value


def merged(
    journal: Journal,
    before: Picture,
    after: Picture,
    new: set[str],
) -> Iterator[MergedText]:
    """The registers among those touched whose value is made of several heads, one of them just come in."""
    crowded = _crowded(journal.connection, set(after))
    for (table, row), ops in sorted(journal.load({key for key, _ in crowded}).items()):
        found = RowOps(table, row, ops)
        for register in sorted(name for key, name in crowded if key == (table, row)):
            heads = [op for op in found.heads(register) if op.kind != "D"]
            theirs = [op for op in heads if op.change_set in new]
            if not theirs or found.policy(register) not in {"text", "set"}:
                continue
            result = found.combine(heads, register)
            was = _register(table, register, before.get((table, row), {}))
            if result.merged and not result.conflicting:
                values = tuple(found.value(op, register) for op in theirs)
                yield MergedText(table, row, register, was, values, result.value)


def _crowded(connection: sa.Connection, rows: set[tuple[str, str]]) -> set[tuple[tuple[str, str], str]]:
    head = tables.head.c
    query = (
        sa.select(head.tbl, head.row, head.field)
        .where(head.field != WHOLE)
        .group_by(head.tbl, head.row, head.field)
        .having(sa.func.count() > 1)
    )
    return {((r.tbl, r.row), r.field) for r in connection.execute(query) if (r.tbl, r.row) in rows}


def _register(table: str, field: str, values: dict[str, Json]) -> Json:
    """The value of one register in a record of its table."""
    name, _, language = field.partition(":")
    value = shown(table, name, values.get(name))
    return value.get(language) if language and isinstance(value, dict) else value
