"""Every text of a workspace file, register by register, read over a connection of its own.

For a thread beside the one that writes: each table is read by itself, so whoever writes meanwhile never
waits long. What changed while it was read is read again by its rows afterwards.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from desktop.base.canonical import Json
from desktop.workspace import file
from desktop.workspace.registers import TABLES

WRITTEN: Mapping[str, tuple[str, ...]] = {
    "plan": ("title",),
    "agency": ("name", "short_name", "code", "head"),
    "person": ("name", "office", "nip"),
    "programme": ("title", "code", "service", "before", "after", "served", "technology", "source"),
    "rpjmd_ceiling": ("source",),
    "indicator": ("name", "unit", "source"),
    "activity": ("title", "code", "output"),
    "sub_activity": ("title", "code", "output"),
    "risk": ("title", "mitigation", "owner"),
    "evidence": ("name", "caption"),
    "answer": ("value",),
    "cell": ("value",),
    "set_aside": ("reason",),
    "comment": ("body", "quote"),
    "deadline": ("note",),
    "duty": ("note",),
    "suggestion": ("proposed", "reason", "answer"),
    "figure": ("value", "source"),
    "decree": ("title", "number", "signer"),
    "body": ("name", "task"),
    "member": ("name", "office", "institution", "position"),
    "meeting": ("title", "place", "leader", "agenda", "result"),
    "attendance": ("name", "office", "institution"),
    "session_output": ("note", "signed_by"),
    "stakeholder": ("name", "contact_person", "contact", "interest"),
    "input": ("body", "answer", "author", "answered_by"),
    "score": ("note",),
}
"""The registers in which people write, by table; the first is what a row is called."""
_BATCH = 400


@dataclass(frozen=True, slots=True)
class Written:
    """One register that is not empty, with the other fields of its row."""

    table: str
    row: str
    field: str
    """A bilingual register is named with its language, as in the journal (``title:en``)."""
    value: Json
    facts: Mapping[str, Any]


class Texts:
    """The file, open to be read beside whoever works in it.

    Raises NotAWorkspace, FileProblem, DamagedFile.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = file.connect(path, read_only=True)
        self._connection.row_factory = sqlite3.Row

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def everything(self) -> Iterator[list[Written]]:
        """All texts, table by table."""
        for table in WRITTEN:
            yield self._read(table, "", ())

    def of(self, rows: Iterable[tuple[str, str]]) -> list[Written]:
        """The texts of some rows, as they stand now; of rows that are gone there are none."""
        found: list[Written] = []
        by_table: dict[str, list[str]] = {}
        for table, row in sorted(set(rows)):
            if table in WRITTEN:
                by_table.setdefault(table, []).append(row)
        for table, ids in by_table.items():
            for start in range(0, len(ids), _BATCH):
                some = ids[start : start + _BATCH]
                found += self._read(table, f"WHERE id IN ({','.join('?' * len(some))})", some)
        return found

    def cells_in(self, rows: Iterable[str]) -> set[tuple[str, str]]:
        """The cells of some rows of worksheets, as (table, id)."""
        with file.understood(self._path):
            return {
                ("cell", found["id"])
                for row in rows
                for found in self._connection.execute("SELECT id FROM cell WHERE row = ?", (row,))
            }

    def _read(self, table: str, where: str, values: Iterable[str]) -> list[Written]:
        columns = ", ".join(f'"{each}"' for each in ("id", *(r.name for r in TABLES[table].registers)))
        if table == "cell":  # whether it is a text or a choice, the guideline says of a column of a worksheet
            columns += ", (SELECT worksheet FROM row WHERE row.id = cell.row) AS worksheet"
        # the names are the program's own, never a file's
        query = f'SELECT {columns} FROM "{table}" {where}'  # noqa: S608
        with file.understood(self._path):
            records = self._connection.execute(query, tuple(values)).fetchall()
        return [each for record in records for each in _written(table, dict(record))]


def _written(table: str, facts: dict[str, Any]) -> Iterator[Written]:
    spec = TABLES[table]
    for name in WRITTEN[table]:
        register = spec.register(name)
        shape = register.shape if register is not None else "text"
        value: Json = facts[name]
        if shape in {"bilingual", "json"} and isinstance(value, str):
            with contextlib.suppress(ValueError, RecursionError):
                value = json.loads(value)
        if shape == "bilingual":
            texts = value if isinstance(value, dict) else {}
            for language, text in texts.items():
                if ":" not in language and isinstance(text, str) and text:
                    yield Written(table, facts["id"], f"{name}:{language}", text, facts)
        elif value not in (None, "", [], {}):
            yield Written(table, facts["id"], name, value, facts)
