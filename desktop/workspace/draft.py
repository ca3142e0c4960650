"""What an operation has done so far, read through what is stored, until it becomes edits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from desktop.base.canonical import Json, canonical_text
from desktop.workspace import order, tables
from desktop.workspace.errors import UnfitValue, UnknownRow
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import RowOps
from desktop.workspace.plan import text_hash
from desktop.workspace.registers import TABLES, WHOLE, Register, Table


@dataclass(slots=True)
class Pending:
    """What an operation did to one row so far: inserted with values, updated registers, or deleted."""

    inserted: dict[str, Json] | None = None
    updated: dict[str, Json] = field(default_factory=dict)
    deleted: bool = False


class Draft:
    """Rows inserted, registers updated and rows deleted, not yet written.

    ``seen`` is the position of the journal at which the author's screen was filled.
    """

    def __init__(self, journal: Journal, source_language: str, seen: int) -> None:
        self.journal = journal
        self.source = source_language
        self._seen = seen
        self.pending: dict[tuple[str, str], Pending] = {}

    # -- from what was done to edits ---------------------------------------------------------------
    def edits(
        self,
    ) -> list[Edit]:
        """The edits with their predecessors: what the author saw on the screen, and nothing newer."""
        heads = self.journal.heads(row for _, row in self.pending)
        heads.update(self._heads_as_seen())
        out: list[Edit] = []
        for (table, row), pending in self.pending.items():
            known = heads.get((table, row), {})
            everything = tuple(sorted({op for ops in known.values() for op in ops}))
            if pending.deleted:
                out.append(Edit(table, row, "D", "", None, everything))
            elif pending.inserted is not None:
                out.append(Edit(table, row, "I", "", pending.inserted, everything))
            for name, value in pending.updated.items():
                replaced = tuple(sorted(known.get(name) or known.get(WHOLE) or ()))
                several = len(replaced) > 1
                if several or self.stored_value(table, row, name) != value:
                    out.append(Edit(table, row, "U", name, value, replaced))
        return out

    def _heads_as_seen(self) -> dict[tuple[str, str], dict[str, list[str]]]:
        """Heads without what was merged in while the author still had the old values before them."""
        if self.journal.position() <= self._seen:
            return {}
        mine = self.journal.meta("replica")
        newer = sa.select(tables.change_set.c.id).where(
            tables.change_set.c.no > self._seen, tables.change_set.c.replica != mine
        )
        unseen = set(self.journal.connection.execute(newer).scalars())
        if not unseen:
            return {}
        out = {}
        for (table, row), ops in self.journal.load(self.pending).items():
            seen = [op for op in ops if op.change_set not in unseen]
            if len(seen) < len(ops):
                explicit = RowOps(table, row, seen).resolve().heads if seen else {}
                out[table, row] = {name: list(ids) for name, ids in explicit.items()}
        return out

    # -- reading through what is pending -----------------------------------------------------------
    def exists(self, table: str, row: str) -> bool:
        """Whether a row is there, as this operation leaves it."""
        pending = self.pending.get((table, row))
        if pending is not None:
            return not pending.deleted
        return self.stored(table, row)

    def stored(self, table: str, row: str) -> bool:
        """Whether a row is in the file."""
        target = tables.rows[table]
        return (
            self.journal.connection.execute(sa.select(target.c.id).where(target.c.id == row)).first()
            is not None
        )

    def stored_value(self, table: str, row: str, name: str) -> Json:
        """What a register holds in the file."""
        base, _, language = name.partition(":")
        register = TABLES[table].register(name)
        target = tables.rows[table]
        value = self.journal.connection.execute(sa.select(target.c[base]).where(target.c.id == row)).scalar()
        if register is not None and register.shape == "json":
            return json.loads(value) if value is not None else None
        if register is not None and register.shape == "bilingual":
            return json.loads(value).get(language) if value else None
        return value

    def value(self, table: str, row: str, name: str) -> Json:
        """What a register holds, as this operation leaves it."""
        pending = self.pending.get((table, row))
        if pending is not None:
            if pending.deleted:
                return None
            if name in pending.updated:
                return pending.updated[name]
            if pending.inserted is not None:
                return pending.inserted.get(name)
        return self.stored_value(table, row, name)

    def find(self, table: str, **key: str) -> list[str]:
        """The ids of rows whose fields have these values."""
        target = tables.rows[table]
        conditions = [target.c[name] == value for name, value in key.items()]
        stored = self.journal.connection.execute(sa.select(target.c.id).where(*conditions)).scalars().all()
        fresh = [
            row
            for (name, row), pending in self.pending.items()
            if name == table
            and pending.inserted is not None
            and all(pending.inserted.get(k) == v for k, v in key.items())
        ]
        return [row for row in dict.fromkeys([*stored, *fresh]) if self.exists(table, row)]

    def register(self, table: str, row: str, name: str, value: Json) -> None:
        """Set one register. Raises UnknownRow."""
        if not self.exists(table, row):
            raise UnknownRow(table, row)
        pending = self.pending.setdefault((table, row), Pending())
        if pending.inserted is not None:
            pending.inserted[name] = value
            if value is None:
                del pending.inserted[name]
        else:
            pending.updated[name] = value

    def registers(self, spec: Table, values: Mapping[str, Any]) -> dict[str, Json]:
        """Field values as registers. Raises UnfitValue."""
        out: dict[str, Json] = {}
        for name, value in values.items():
            register = spec.register(name)
            if register is None:
                raise UnfitValue(spec.name, name, str(value))
            if register.shape != "bilingual":
                out[name] = _fit(spec.name, register, plain(value))
                continue
            source = (value or {}).get(self.source, "")
            for language, text in (value or {}).items():
                out[f"{name}:{language}"] = _fit(spec.name, register, text)
                if language != self.source:
                    out[f"{name}:{language}:of"] = text_hash(source)
        return out

    def bilingual(self, table: str, row: str, name: str, language: str, text: str) -> dict[str, Json]:
        """One language of a text as registers; a translation with the hash of its source."""
        register = TABLES[table].register(name)
        if register is None or register.shape != "bilingual":
            raise UnfitValue(table, name, text)
        out: dict[str, Json] = {f"{name}:{language}": _fit(table, register, text)}
        if language != self.source:
            source = self.value(table, row, f"{name}:{self.source}")
            out[f"{name}:{language}:of"] = text_hash(str(source or ""))
        return out

    # -- order -------------------------------------------------------------------------------------
    def _sorts(self, table: str, key: Mapping[str, Json]) -> list[tuple[str, str]]:
        target = tables.rows[table]
        conditions = [target.c[name] == value for name, value in key.items()]
        found = self.journal.connection.execute(
            sa.select(target.c.sort, target.c.id).where(*conditions)
        ).all()
        sorts = {row: sort or "" for sort, row in found}
        for (name, row), pending in self.pending.items():
            if name != table:
                continue
            values = {**(pending.inserted or {}), **pending.updated}
            if pending.deleted:
                sorts.pop(row, None)
            elif (row in sorts and "sort" in values) or (
                pending.inserted is not None and all(values.get(k) == v for k, v in key.items())
            ):
                sorts[row] = values.get("sort") or ""
        return sorted((sort, row) for row, sort in sorts.items())

    def last_sort(self, table: str, key: Mapping[str, Json]) -> str:
        """A position after every row of the table (of the worksheet)."""
        existing = self._sorts(table, key)
        return order.between(existing[-1][0] if existing else "", "")

    def sort_before(self, table: str, row: str) -> str:
        """A position right before a row. Raises UnknownRow."""
        key = {"worksheet": self.value("row", row, "worksheet")} if table == "row" else {}
        existing = self._sorts(table, key)
        at = next((i for i, (_, other) in enumerate(existing) if other == row), None)
        if at is None:
            raise UnknownRow(table, row)
        return order.between(existing[at - 1][0] if at else "", existing[at][0])


def plain(value: Any) -> Json:
    """A Python value as the journal keeps it: decimals as text, sets as sorted lists."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, set | frozenset | tuple | list):
        return sorted(str(member) for member in value)
    return value


def _fit(table: str, register: Register, value: Json) -> Json:
    kinds: dict[str, tuple[type, ...]] = {
        "text": (str,),
        "bilingual": (str,),
        "integer": (int,),
        "boolean": (bool,),
        "json": (str, int, bool, list),
    }
    fits = value is None or isinstance(value, kinds[register.shape])
    if not fits or (register.shape == "integer" and isinstance(value, bool)) or isinstance(value, float):
        raise UnfitValue(table, register.name, canonical_text(str(value)))
    return _normal(value) if isinstance(value, str) else value


def _normal(text: str) -> str:
    """NFC and plain line ends, so that equal texts are equal (and merges meet no phantom changes)."""
    import unicodedata

    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
