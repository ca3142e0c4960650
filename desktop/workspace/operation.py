"""One edit of the plan: everything done inside is one transaction, one undo step, one history entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from desktop.base.canonical import Json, canonical_text
from desktop.base.ids import derived_id
from desktop.workspace import blobs, order, tables
from desktop.workspace.errors import UnfitValue, UnknownRow
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import RowOps
from desktop.workspace.plan import Place, text_hash
from desktop.workspace.registers import (
    PLAN_ROW,
    TABLES,
    WHOLE,
    Policy,
    Register,
    Table,
    parts_of,
    pointers_to,
)


@dataclass(slots=True)
class _Pending:
    """What an operation did to one row so far: inserted with values, updated registers, or deleted."""

    inserted: dict[str, Json] | None = None
    updated: dict[str, Json] = field(default_factory=dict)
    deleted: bool = False


class Operation:
    """Collects edits; the workspace writes them as one change set when the ``with`` block ends well.

    Values: text, whole numbers, booleans, None; Decimals are written as text; bilingual fields take a
    mapping of language to text. Setting a value to what it already is changes nothing.
    """

    def __init__(self, journal: Journal, source_language: str, seen: int) -> None:
        self._journal = journal
        self._source = source_language
        self._seen = seen
        self._pending: dict[tuple[str, str], _Pending] = {}

    # -- rows --------------------------------------------------------------------------------------
    def insert(self, table: str, /, **values: Any) -> str:
        """Add a row; returns its id. With a natural key an existing row is updated instead."""
        spec = TABLES[table]
        if not spec.natural and "sort" not in values and spec.register("sort"):
            values["sort"] = self._last_sort(table, {})
        row = spec.identify(values)
        if self._exists(table, row):
            self.set(table, row, **{key: value for key, value in values.items() if key not in spec.natural})
            return row
        registers = self._registers(spec, values)
        self._pending[table, row] = _Pending(inserted={k: v for k, v in registers.items() if v is not None})
        return row

    put = insert

    def create_plan(self, row: str, /, **values: Any) -> None:
        """Write the one row of table ``plan``, whose id is the same in every workspace."""
        registers = self._registers(TABLES["plan"], values)
        self._pending["plan", row] = _Pending(inserted={k: v for k, v in registers.items() if v is not None})

    def set(self, table: str, row: str, /, **values: Any) -> None:
        """Change fields of a row. Raises UnknownRow, UnfitValue."""
        spec = TABLES[table]
        for name, value in self._registers(spec, values).items():
            if name.partition(":")[0] in spec.natural:
                raise UnfitValue(table, name, str(value))
            self._register(table, row, name, value)

    def write(self, table: str, row: str, name: str, language: str, text: str) -> None:
        """Write one language of a bilingual field; a translation remembers the source it was made from."""
        for register, value in self._bilingual(table, row, name, language, text).items():
            self._register(table, row, register, value)

    def delete(self, table: str, row: str) -> None:
        """Delete a row with its parts, the answers given about it, and every mention of it."""
        if not self._exists(table, row):
            raise UnknownRow(table, row)
        for part, key in parts_of(table):
            for child in self._find(part, **{key: row}):
                self.delete(part, child)
        for other, key in pointers_to(table):
            for child in self._find(other, **{key: row}):
                self._register(other, child, key, None)
        for answer in self._find("answer", scope=row):
            self.delete("answer", answer)
        pending = self._pending.get((table, row))
        if pending is not None and pending.inserted is not None and not self._stored(table, row):
            del self._pending[table, row]
        else:
            self._pending[table, row] = _Pending(deleted=True)

    # -- answers and worksheets --------------------------------------------------------------------
    def answer(
        self, item: str, value: Any, *, scope: str = "", policy: Policy = "conflict", origin: str = "typed"
    ) -> str:
        """Answer an item with a value that has no language. ``scope`` is the row it is about."""
        return self._answer(item, scope, "", _plain(value), policy, origin)

    def answer_text(
        self,
        item: str,
        language: str,
        text: str,
        *,
        scope: str = "",
        policy: Policy = "text",
        origin: str = "typed",
    ) -> str:
        """Answer an item with a text in one language."""
        row = self._answer(item, scope, language, text, policy, origin)
        if language != self._source:
            source = self._value("answer", derived_id("answer", item, scope, self._source), "value")
            self._register("answer", row, "of", text_hash(source if isinstance(source, str) else ""))
        return row

    def _answer(self, item: str, scope: str, language: str, value: Json, policy: Policy, origin: str) -> str:
        row = derived_id("answer", item, scope, language)
        if self._exists("answer", row):
            if self._value("answer", row, "value") != value:
                self._register("answer", row, "value", value)
                self._register("answer", row, "origin", origin)
            return row
        return self.insert(
            "answer", item=item, scope=scope, language=language, policy=policy, value=value, origin=origin
        )

    def add_row(self, worksheet: str, *, agency: str = "", before: str = "") -> str:
        """Add a free row to a worksheet, at the end or before another row."""
        sort = (
            self._sort_before("row", before) if before else self._last_sort("row", {"worksheet": worksheet})
        )
        return self.insert("row", worksheet=worksheet, agency=agency or None, fixed="", sort=sort)

    def fixed_row(self, worksheet: str, fixed: str, *, agency: str = "") -> str:
        """The guideline's own row: every copy derives the same id, whoever writes first."""
        row = derived_id("row", worksheet, fixed, agency)
        if not self._exists("row", row):
            values = self._registers(
                TABLES["row"], {"worksheet": worksheet, "agency": agency or None, "fixed": fixed}
            )
            self._pending["row", row] = _Pending(inserted={k: v for k, v in values.items() if v is not None})
        return row

    def move_row(self, row: str, *, before: str = "", table: str = "row") -> None:
        """Put a row before another one, or at the end."""
        worksheet = {"worksheet": self._value("row", row, "worksheet")} if table == "row" else {}
        self._register(
            table,
            row,
            "sort",
            self._sort_before(table, before) if before else self._last_sort(table, worksheet),
        )

    def cell(self, row: str, column: str, value: Any, *, policy: Policy = "conflict") -> str:
        """Fill a cell with a value that has no language."""
        return self._cell(row, column, "", _plain(value), policy)

    def cell_text(
        self, row: str, column: str, language: str, text: str, *, policy: Policy = "conflict"
    ) -> str:
        """Fill a cell with a text in one language."""
        cell = self._cell(row, column, language, text, policy)
        if language != self._source:
            source = self._value("cell", derived_id("cell", row, column, self._source), "value")
            self._register("cell", cell, "of", text_hash(source if isinstance(source, str) else ""))
        return cell

    def _cell(self, row: str, column: str, language: str, value: Json, policy: Policy) -> str:
        cell = derived_id("cell", row, column, language)
        if self._exists("cell", cell):
            self._register("cell", cell, "value", value)
            return cell
        return self.insert("cell", row=row, column=column, language=language, policy=policy, value=value)

    # -- evidence and findings ---------------------------------------------------------------------
    def attach(
        self, data: Path | bytes, *, name: str, media_type: str, caption: Mapping[str, str] | None = None
    ) -> str:
        """Take a file in as evidence; equal bytes are kept once. Raises TooLarge, FileProblem."""
        sha256, size = blobs.store(self._journal.connection, data, name)
        return self.insert(
            "evidence",
            sha256=sha256,
            name=name,
            media_type=media_type,
            size=size,
            caption=dict(caption or {}),
        )

    def claim(self, evidence: str, place: Place) -> str:
        """Say that a piece of evidence supports a field."""
        return self.insert(
            "claim",
            evidence=evidence,
            table=place.table,
            row=place.row,
            field=place.field,
            item=place.item,
            scope=place.scope,
        )

    def unclaim(self, evidence: str, place: Place) -> None:
        """Take that back."""
        key = {
            "evidence": evidence,
            "table": place.table,
            "row": place.row,
            "field": place.field,
            "item": place.item,
            "scope": place.scope,
        }
        self.delete("claim", TABLES["claim"].identify(dict(key)))

    def set_aside(self, finding: str, reason: str, author: str = "") -> str:
        """Put a finding aside with a reason that the books print."""
        return self.insert("set_aside", finding=finding, reason=reason, author=author)

    def take_up(self, finding: str) -> None:
        """Take up again a finding that was set aside."""
        self.delete("set_aside", TABLES["set_aside"].identify({"finding": finding}))

    # -- from what was done to edits ---------------------------------------------------------------
    def edits(self, forced: frozenset[tuple[str, str, str]] = frozenset()) -> list[Edit]:
        """The edits with their predecessors: what the author saw on the screen, and nothing newer."""
        heads = self._journal.heads(row for _, row in self._pending)
        heads.update(self._heads_as_seen())
        out: list[Edit] = []
        for (table, row), pending in self._pending.items():
            known = heads.get((table, row), {})
            everything = tuple(sorted({op for ops in known.values() for op in ops}))
            if pending.deleted:
                out.append(Edit(table, row, "D", "", None, everything))
            elif pending.inserted is not None:
                out.append(Edit(table, row, "I", "", pending.inserted, everything))
            for name, value in pending.updated.items():
                replaced = tuple(sorted(known.get(name) or known.get(WHOLE) or ()))
                several = len(replaced) > 1 or (table, row, name) in forced
                if several or self._stored_value(table, row, name) != value:
                    out.append(Edit(table, row, "U", name, value, replaced))
        return out

    def _heads_as_seen(self) -> dict[tuple[str, str], dict[str, list[str]]]:
        """Heads without what was merged in while the author still had the old values before them."""
        if self._journal.position() <= self._seen:
            return {}
        mine = self._journal.meta("replica")
        newer = sa.select(tables.change_set.c.id).where(
            tables.change_set.c.no > self._seen, tables.change_set.c.replica != mine
        )
        unseen = set(self._journal.connection.execute(newer).scalars())
        if not unseen:
            return {}
        out = {}
        for (table, row), ops in self._journal.load(self._pending).items():
            seen = [op for op in ops if op.change_set not in unseen]
            if len(seen) < len(ops):
                explicit = RowOps(table, row, seen).resolve().heads if seen else {}
                out[table, row] = {name: list(ids) for name, ids in explicit.items()}
        return out

    # -- reading through what is pending -----------------------------------------------------------
    def _exists(self, table: str, row: str) -> bool:
        pending = self._pending.get((table, row))
        if pending is not None:
            return not pending.deleted
        return self._stored(table, row)

    def _stored(self, table: str, row: str) -> bool:
        target = tables.rows[table]
        return (
            self._journal.connection.execute(sa.select(target.c.id).where(target.c.id == row)).first()
            is not None
        )

    def _stored_value(self, table: str, row: str, name: str) -> Json:
        base, _, language = name.partition(":")
        register = TABLES[table].register(name)
        target = tables.rows[table]
        value = self._journal.connection.execute(sa.select(target.c[base]).where(target.c.id == row)).scalar()
        if register is not None and register.shape == "json":
            return json.loads(value) if value is not None else None
        if register is not None and register.shape == "bilingual":
            return json.loads(value).get(language) if value else None
        return value

    def _value(self, table: str, row: str, name: str) -> Json:
        pending = self._pending.get((table, row))
        if pending is not None:
            if pending.deleted:
                return None
            if name in pending.updated:
                return pending.updated[name]
            if pending.inserted is not None:
                return pending.inserted.get(name)
        return self._stored_value(table, row, name)

    def _find(self, table: str, **key: str) -> list[str]:
        target = tables.rows[table]
        conditions = [target.c[name] == value for name, value in key.items()]
        stored = self._journal.connection.execute(sa.select(target.c.id).where(*conditions)).scalars().all()
        fresh = [
            row
            for (name, row), pending in self._pending.items()
            if name == table
            and pending.inserted is not None
            and all(pending.inserted.get(k) == v for k, v in key.items())
        ]
        return [row for row in dict.fromkeys([*stored, *fresh]) if self._exists(table, row)]

    def _register(self, table: str, row: str, name: str, value: Json) -> None:
        if not self._exists(table, row):
            raise UnknownRow(table, row)
        pending = self._pending.setdefault((table, row), _Pending())
        if pending.inserted is not None:
            pending.inserted[name] = value
            if value is None:
                del pending.inserted[name]
        else:
            pending.updated[name] = value

    def _registers(self, spec: Table, values: Mapping[str, Any]) -> dict[str, Json]:
        out: dict[str, Json] = {}
        for name, value in values.items():
            register = spec.register(name)
            if register is None:
                raise UnfitValue(spec.name, name, str(value))
            if register.shape != "bilingual":
                out[name] = _fit(spec.name, register, _plain(value))
                continue
            source = (value or {}).get(self._source, "")
            for language, text in (value or {}).items():
                out[f"{name}:{language}"] = _fit(spec.name, register, text)
                if language != self._source:
                    out[f"{name}:{language}:of"] = text_hash(source)
        return out

    def _bilingual(self, table: str, row: str, name: str, language: str, text: str) -> dict[str, Json]:
        register = TABLES[table].register(name)
        if register is None or register.shape != "bilingual":
            raise UnfitValue(table, name, text)
        out: dict[str, Json] = {f"{name}:{language}": _fit(table, register, text)}
        if language != self._source:
            source = self._value(table, row, f"{name}:{self._source}")
            out[f"{name}:{language}:of"] = text_hash(str(source or ""))
        return out

    # -- order -------------------------------------------------------------------------------------
    def _sorts(self, table: str, key: Mapping[str, Json]) -> list[tuple[str, str]]:
        target = tables.rows[table]
        conditions = [target.c[name] == value for name, value in key.items()]
        found = self._journal.connection.execute(
            sa.select(target.c.sort, target.c.id).where(*conditions)
        ).all()
        sorts = {row: sort or "" for sort, row in found}
        for (name, row), pending in self._pending.items():
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

    def _last_sort(self, table: str, key: Mapping[str, Json]) -> str:
        existing = self._sorts(table, key)
        return order.between(existing[-1][0] if existing else "", "")

    def _sort_before(self, table: str, row: str) -> str:
        key = {"worksheet": self._value("row", row, "worksheet")} if table == "row" else {}
        existing = self._sorts(table, key)
        at = next((i for i, (_, other) in enumerate(existing) if other == row), None)
        if at is None:
            raise UnknownRow(table, row)
        return order.between(existing[at - 1][0] if at else "", existing[at][0])


def _plain(value: Any) -> Json:
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


__all__ = ["PLAN_ROW", "Operation"]
