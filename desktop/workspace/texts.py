"""Every text of a workspace file, register by register, read over a connection of its own.

For a thread beside the one that writes: each table is read by itself, so whoever writes meanwhile never
waits long. What changed while it was read is read again by its rows afterwards.
"""

from __future__ import annotations

import contextlib
import json
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
    "initial": ("note", "by", "office"),
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
STRETCH = 300
"""Rows read at once."""


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

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def everything(self) -> Iterator[list[Written]]:
        """All texts, stretch by stretch."""
        for table in WRITTEN:
            after = 0
            while after >= 0:
                found, after = self._read(
                    table, "rowid > ? ORDER BY rowid LIMIT ?", (after, STRETCH), full=STRETCH
                )
                yield found

    def of(self, rows: Iterable[tuple[str, str]]) -> list[Written]:
        """The texts of some rows, as they stand now; of rows that are gone there are none."""
        by_table: dict[str, list[str]] = {}
        for table, row in sorted(set(rows)):
            if table in WRITTEN:
                by_table.setdefault(table, []).append(row)
        found: list[Written] = []
        for table, ids in by_table.items():
            found += self._read(table, "id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))[0]
        return found

    def cells_in(self, rows: Iterable[str]) -> set[tuple[str, str]]:
        """The cells of some rows of worksheets, as (table, id)."""
        query = "SELECT json_group_array(id) FROM cell WHERE row IN (SELECT value FROM json_each(?))"
        with file.understood(self._path):
            (found,) = self._connection.execute(query, (json.dumps(sorted(rows)),)).fetchone()
            return {("cell", str(each)) for each in json.loads(found)}

    def _read(
        self, table: str, where: str, values: tuple[object, ...], full: int = 0
    ) -> tuple[list[Written], int]:
        """The texts of the rows meant, and the number of the last one (-1: there are no more).

        All of them come as one value: between one row and the next the window would have to let this
        thread go on, and while it is busy that takes longer than the reading.
        """
        names = ["id", *(register.name for register in TABLES[table].registers)]
        columns = ", ".join(f'"{each}"' for each in names)
        if table == "cell":  # whether it is a text or a choice, the guideline says of a column of a worksheet
            names.append("worksheet")
            columns += ", (SELECT worksheet FROM row WHERE row.id = cell.row)"
        # the names are the program's own, never a file's
        inner = f'SELECT rowid AS no, json_array({columns}) AS one FROM "{table}" WHERE {where}'  # noqa: S608
        query = f"SELECT max(no), json_group_array(json(one)) FROM ({inner})"  # noqa: S608
        with file.understood(self._path):
            last, text = self._connection.execute(query, values).fetchone()
            records = json.loads(text)
            found = [each for one in records for each in _written(table, dict(zip(names, one, strict=True)))]
        return found, int(last) if full and len(records) == full else -1


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
