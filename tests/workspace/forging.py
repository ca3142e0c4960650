"""What a person with a database tool, this program's source and bad intent can do to a workspace file."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.base.canonical import canonical, canonical_text
from desktop.workspace.journal import ChangeSet, Edit

COLUMNS = "id replica seq lamport wall tz_minutes clock_suspect author role kind label undoes schema parents"


def unguarded(path: Path, *statements: str | tuple[str, tuple[Any, ...]]) -> None:
    """Run statements with the guards taken off, and put the guards back."""
    raw = sqlite3.connect(path, isolation_level=None)
    kept = raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in kept:
        raw.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        raw.execute(*((statement,) if isinstance(statement, str) else statement))
    for _, sql in kept:
        raw.execute(sql)
    raw.close()


def newest(path: Path) -> dict[str, Any]:
    """The last change set of a file, as it lies there."""
    raw = sqlite3.connect(path)
    raw.row_factory = sqlite3.Row
    found = dict(raw.execute("SELECT * FROM sync_txn ORDER BY lamport DESC LIMIT 1").fetchone())
    raw.close()
    return found


def well_made(path: Path, edits: list[Edit], **other: Any) -> ChangeSet:
    """A change set that continues a file, with whatever shall be wrong in it, and the right hash."""
    last = newest(path)
    draft = ChangeSet(
        "", last["replica"], last["seq"] + 1, last["lamport"] + 1, last["wall"], 0, False, "Penyusup", "",
        "edit", canonical_text({"id": "workspace.label.resolve", "params": {}}), None, 1, (last["id"],),
        tuple(edits),
    )  # fmt: skip
    draft = replace(draft, **other)
    try:
        return replace(draft, id=draft.content_hash())
    except (ValueError, TypeError):  # what cannot be hashed can still be written
        return replace(draft, id="f" * 64)


def add(path: Path, change_set: ChangeSet, raw_values: dict[int, bytes] | None = None) -> ChangeSet:
    """Write a change set into a file, past every guard; ``raw_values`` are bytes instead of values."""
    values = tuple(
        canonical_text(list(change_set.parents)) if name == "parents" else getattr(change_set, name)
        for name in COLUMNS.split()
    )
    statements: list[str | tuple[str, tuple[Any, ...]]] = [
        (f"INSERT INTO sync_txn({COLUMNS.replace(' ', ', ')}) VALUES ({', '.join('?' * 14)})", values)
    ]
    for n, e in enumerate(change_set.edits):
        value = (raw_values or {}).get(n)
        if value is None:
            value = json.dumps(e.value).encode() if isinstance(e.value, float) else canonical(e.value)
        record = (change_set.id, n, e.table, e.row, e.kind, e.field, 0, value, json.dumps(list(e.pred)))
        columns = "txn, idx, tbl, row, kind, field, enc, value, pred"
        statements.append((f"INSERT INTO sync_op({columns}) VALUES ({', '.join('?' * 9)})", record))
    unguarded(path, *statements)
    return change_set
