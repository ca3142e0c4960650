"""What an operation has done so far, read through what is stored, until it becomes edits."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from desktop.base.canonical import Json
from desktop.workspace import order, tables
from desktop.workspace.cycles import stepped_back
from desktop.workspace.errors import UnfitValue, UnknownRow
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import RowOps
from desktop.workspace.plan import text_hash
from desktop.workspace.registers import LARGEST, TABLES, WHOLE, Register, Table

FEW = 20
"""Questions about a table after which all its ids are read at once: 60,000 take as long as 500 questions."""
BATCH = 500
"""Rows that are read with one question."""
LONGEST = 5_000_000
"""Letters one text may have; a whole book has fewer."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(slots=True)
class Pending:
    """What an operation did to one row so far: inserted with values, updated registers, or deleted."""

    inserted: dict[str, Json] | None = None
    updated: dict[str, Json] = field(default_factory=dict)
    deleted: bool = False
    restated: set[str] = field(default_factory=set)
    """Registers written once more although their value stays."""


class Draft:
    """Rows inserted, registers updated and rows deleted, not yet written.

    ``seen`` is the position of the journal at which the author's screen was filled.
    """

    def __init__(self, journal: Journal, source_language: str, seen: int) -> None:
        self.journal = journal
        self.source = source_language
        self._seen = seen
        self._pending: dict[tuple[str, str], Pending] = {}
        self._touched: dict[str, dict[str, None]] = defaultdict(dict)
        self._last: dict[tuple[str, Json], str] = {}
        # what is stored stays as it is until the operation's edits are written
        self._asked: Counter[str] = Counter()
        self._ids: dict[str, frozenset[str]] = {}
        self._records: dict[tuple[str, str], Mapping[Any, Any]] = {}

    # -- doing -------------------------------------------------------------------------------------
    def insert(self, table: str, row: str, registers: Mapping[str, Json]) -> None:
        """Add a row with what is stated of it."""
        stated = {name: value for name, value in registers.items() if value is not None}
        self._pending[table, row] = Pending(inserted=stated)
        self._touched[table][row] = None

    def delete(self, table: str, row: str) -> None:
        """Take a row away; one that this operation itself added leaves no trace."""
        pending = self._pending.get((table, row))
        fresh = pending is not None and pending.inserted is not None and not self.stored(table, row)
        if fresh:
            del self._pending[table, row]
        else:
            self._pending[table, row] = Pending(deleted=True)

    # -- from what was done to edits ---------------------------------------------------------------
    def edits(self) -> list[Edit]:
        """The edits with their predecessors: what the author saw on the screen, and nothing newer."""
        self._read_updated()
        heads = self.journal.heads(self._pending)
        heads.update(self._heads_as_seen())
        circled = stepped_back(self.journal.connection, self._pending)
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
                # several stand beside each other, or another one than is shown: saying so settles it
                unsettled = len(replaced) > 1 or (table, row, name) in circled
                if (
                    unsettled
                    or name in pending.restated
                    or not same(self.stored_value(table, row, name), value)
                ):
                    out.append(Edit(table, row, "U", name, value, replaced))
        return out

    def _heads_as_seen(self) -> dict[tuple[str, str], dict[str, list[str]]]:
        """Heads without what was merged in while the author still had the old values before them."""
        if self.journal.position() <= self._seen:
            return {}
        unseen = self.journal.arrived_since(self._seen)
        if not unseen:
            return {}
        out = {}
        for (table, row), ops in self.journal.load(self._pending).items():
            seen = [op for op in ops if op.change_set not in unseen]
            if len(seen) < len(ops):
                explicit = RowOps(table, row, seen).resolve().heads if seen else {}
                out[table, row] = {name: list(ids) for name, ids in explicit.items()}
        return out

    # -- reading through what is pending -----------------------------------------------------------
    def exists(self, table: str, row: str) -> bool:
        """Whether a row is there, as this operation leaves it."""
        pending = self._pending.get((table, row))
        if pending is not None:
            return not pending.deleted
        return self.stored(table, row)

    def stored(self, table: str, row: str) -> bool:
        """Whether a row is in the file."""
        target = tables.rows[table]
        if table not in self._ids:
            self._asked[table] += 1
            if self._asked[table] <= FEW:
                one = sa.select(target.c.id).where(target.c.id == row)
                return self.journal.connection.execute(one).first() is not None
            self._ids[table] = frozenset(self.journal.connection.execute(sa.select(target.c.id)).scalars())
        return row in self._ids[table]

    def stored_value(self, table: str, row: str, name: str) -> Json:
        """What a register holds in the file."""
        base, _, language = name.partition(":")
        register = TABLES[table].register(name)
        known = self._records.get((table, row))
        if known is not None:
            value = known[base]
        else:
            target = tables.rows[table]
            one = sa.select(target.c[base]).where(target.c.id == row)
            value = self.journal.connection.execute(one).scalar()
        if register is not None and register.shape == "json":
            return json.loads(value) if value is not None else None
        if register is not None and register.shape == "bilingual":
            return json.loads(value).get(language) if value else None
        return value

    def _read_updated(self) -> None:
        """Many rows that are updated are read together, and not one by one to see what is the same."""
        by_table: dict[str, list[str]] = defaultdict(list)
        for (table, row), pending in self._pending.items():
            if pending.updated and (table, row) not in self._records:
                by_table[table].append(row)
        for table, rows in by_table.items():
            target = tables.rows[table]
            for start in range(0, len(rows) if len(rows) > FEW else 0, BATCH):
                some = sa.select(target).where(target.c.id.in_(rows[start : start + BATCH]))
                for record in self.journal.connection.execute(some).mappings():
                    self._records[table, record["id"]] = record

    def value(self, table: str, row: str, name: str) -> Json:
        """What a register holds, as this operation leaves it."""
        pending = self._pending.get((table, row))
        if pending is not None:
            if pending.deleted:
                return None
            if name in pending.updated:
                return pending.updated[name]
            if pending.inserted is not None:
                return pending.inserted.get(name)
        return self.stored_value(table, row, name)

    def find(self, table: str, **key: str) -> list[str]:
        """The ids of rows whose fields have these values, as this operation leaves them."""
        target = tables.rows[table]
        conditions = [target.c[name] == value for name, value in key.items()]
        stored = self.journal.connection.execute(sa.select(target.c.id).where(*conditions)).scalars()
        return [
            row
            for row in dict.fromkeys([*stored, *self._touched[table]])
            if self.exists(table, row)
            and (
                row not in self._touched[table]
                or all(self.value(table, row, name) == value for name, value in key.items())
            )
        ]

    def register(self, table: str, row: str, name: str, value: Json) -> None:
        """Set one register. Raises UnknownRow, UnfitValue."""
        if not self.exists(table, row):
            raise UnknownRow(table, row)
        value = fitted(table, name, value)
        self._touched[table][row] = None
        pending = self._pending.setdefault((table, row), Pending())
        if pending.inserted is not None:
            pending.inserted[name] = value
            if value is None:
                del pending.inserted[name]
        else:
            pending.updated[name] = value

    def restate(self, table: str, row: str, name: str) -> None:
        """Write what a register holds once more, as this author's own. Raises UnknownRow."""
        self.register(table, row, name, self.value(table, row, name))
        self._pending[table, row].restated.add(name)

    def registers(self, spec: Table, values: Mapping[str, Any]) -> dict[str, Json]:
        """Field values as registers. Raises UnfitValue."""
        out: dict[str, Json] = {}
        for name, value in values.items():
            register = spec.register(name)
            if register is None:
                raise UnfitValue(spec.name, name, str(value))
            if register.shape != "bilingual":
                out[name] = fitted(spec.name, name, plain(value))
                continue
            source = (value or {}).get(self.source, "")
            for language, text in (value or {}).items():
                out[f"{name}:{language}"] = fitted(spec.name, name, text)
                if language != self.source:
                    out[f"{name}:{language}:of"] = text_hash(source)
        return out

    def bilingual(self, table: str, row: str, name: str, language: str, text: str) -> dict[str, Json]:
        """One language of a text as registers; a translation with the hash of its source."""
        register = TABLES[table].register(name)
        if register is None or register.shape != "bilingual":
            raise UnfitValue(table, name, text)
        out: dict[str, Json] = {f"{name}:{language}": fitted(table, name, text)}
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

    def last_sort(self, table: str, key: Mapping[str, Json]) -> str:
        """A position after every row of the table (of the worksheet)."""
        place = table, key.get("worksheet")
        last = self._last.get(place)
        if last is None:
            existing = self._sorts(table, key)
            last = existing[-1][0] if existing else ""
        self._last[place] = order.between(last, "")
        return self._last[place]

    def placed(self, table: str, sort: Json) -> None:
        """Somebody chose a position; what comes last is looked for again when it lies behind."""
        for place, last in list(self._last.items()):
            if place[0] == table and isinstance(sort, str) and sort > last:
                del self._last[place]

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


def same(one: Json, other: Json) -> bool:
    """Whether two values are one and the same JSON; to Python alone True is 1."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


_KINDS: dict[str, tuple[type, ...]] = {
    "text": (str,),
    "bilingual": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "json": (str, int, bool, list),
}


def fitted(table: str, field: str, value: Json) -> Json:
    """A value as its register keeps it. Raises UnfitValue: a wrong type, a float, a figure beyond measure."""
    register = TABLES[table].register(field)
    if register is None or not _fits(register, value):
        raise UnfitValue(table, field, str(value)[:80])
    if register.references and value == "":
        return None
    return _normal(value) if isinstance(value, str) else value


def _fits(register: Register, value: Json) -> bool:
    if value is None:
        return True
    if not isinstance(value, _KINDS[register.shape]):
        return False
    match value:
        case bool():
            return register.shape != "integer"
        case int():
            return abs(value) <= LARGEST
        case str():
            return len(value) <= LONGEST
        case list():
            return all(isinstance(member, str) for member in value)
        case _:
            return False


def _normal(text: str) -> str:
    """NFC and plain line ends, so that equal texts are equal (and merges meet no phantom changes).

    What cannot be stored or printed anywhere, half a surrogate pair or a control character, is left out.
    """
    import unicodedata

    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNWRITABLE.sub("", text)
