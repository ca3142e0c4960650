"""Which guidelines a workspace was pinned to, when each was left, and what was written since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import sqlalchemy as sa

from desktop.base.errors import RancangError
from desktop.base.ids import derived_id
from desktop.workspace import blobs, tables
from desktop.workspace.moving.slots import Content, Slot
from desktop.workspace.registers import PLAN_ROW, WHOLE

if TYPE_CHECKING:
    from desktop.guideline import Guideline
    from desktop.workspace.journal import Journal


@dataclass(frozen=True)
class Written:
    """What was written since a guideline was left; ``None``: it never was, so everything counts."""

    registers: frozenset[tuple[str, str, str]] | None = None
    leaving: frozenset[tuple[str, str, str]] = frozenset()
    """What the change set that left it wrote itself."""

    def untouched(self, slot: Slot, content: Content) -> bool:
        """Whether a slot stands as it did when the guideline was left."""
        if self.registers is None:
            return False
        return not self.since(slot, content) and not Written(self.leaving).since(slot, content)

    def since(self, slot: Slot, content: Content) -> bool:
        """Whether this content was written since (in any of its languages)."""
        if slot.table not in {"answer", "cell"}:
            return self._has(slot.table, slot.row, slot.field)
        key = (slot.field, slot.row) if slot.table == "answer" else (slot.row, slot.field)
        rows = (derived_id(slot.table, *key, language) for language in ("", *content.text.values))
        return any(self._has(slot.table, row, "value") for row in rows)

    def row_since(self, table: str, row: str) -> bool:
        """Whether anything of a row was written since."""
        if self.registers is None:
            return True
        return any(each[:2] == (table, row) for each in self.registers)

    def _has(self, table: str, row: str, field: str) -> bool:
        if self.registers is None:
            return True
        return (table, row, field) in self.registers or (table, row, WHOLE) in self.registers


@dataclass(frozen=True, slots=True)
class Stay:
    """From a change set on (its local number), the workspace was pinned to this pack."""

    number: int
    pack: str
    sha256: str


def stays(journal: Journal) -> tuple[Stay, ...]:
    """The guidelines the workspace was pinned to, in the order in which that arrived here."""
    about = sa.select(tables.op.c.txn).where(tables.op.c.tbl == "plan", tables.op.c.row == PLAN_ROW)
    columns = tables.change_set.c
    query = sa.select(columns.id, columns.no).where(columns.id.in_(about))
    numbers = {record.id: record.no for record in journal.connection.execute(query)}
    found: list[Stay] = []
    values = {"guideline": "", "guideline_sha256": ""}
    by_change: dict[str, dict[str, str]] = {}
    for op in journal.load([("plan", PLAN_ROW)]).get(("plan", PLAN_ROW), []):
        said = op.value if op.kind == "I" and isinstance(op.value, dict) else {op.field: op.value}
        mine = {name: str(said[name] or "") for name in values if name in said}
        if mine:
            by_change.setdefault(op.change_set, {}).update(mine)
    for change_set in sorted(by_change, key=lambda each: numbers.get(each, 0)):
        values |= by_change[change_set]
        found.append(Stay(numbers.get(change_set, 0), values["guideline"], values["guideline_sha256"]))
    return tuple(found)


def left(seen: tuple[Stay, ...], pack: str) -> int | None:
    """The number of the change set with which a pack was last left; None when it never was."""
    number = None
    for before, after in pairwise(seen):
        if before.pack == pack and after.pack != pack:
            number = after.number
    return number


def arrived(seen: tuple[Stay, ...]) -> int | None:
    """The number of the change set with which the present pack was last come to."""
    number = None
    for before, after in pairwise(seen):
        if before.pack != after.pack:
            number = after.number
    return number


def written_since(journal: Journal, number: int | None) -> Written:
    """What change sets after this one wrote."""
    if number is None:
        return Written()
    query = (
        sa.select(tables.op.c.tbl, tables.op.c.row, tables.op.c.kind, tables.op.c.field)
        .join(tables.change_set, tables.change_set.c.id == tables.op.c.txn)
        .where(tables.change_set.c.no >= number)
        .add_columns(tables.change_set.c.no)
    )
    found = [
        (r.no == number, (r.tbl, r.row, r.field if r.kind == "U" else WHOLE))
        for r in journal.connection.execute(query)
    ]
    return Written(
        frozenset(register for leaving, register in found if not leaving),
        frozenset(register for leaving, register in found if leaving),
    )


def guidelines(journal: Journal, seen: tuple[Stay, ...]) -> Iterator[Guideline]:
    """The packs the workspace was pinned to (of each the last version), as far as they lie in the file."""
    for sha256 in {stay.pack: stay.sha256 for stay in seen}.values():
        guideline = _guideline(journal.connection, sha256)
        if guideline is not None:
            yield guideline


def _guideline(connection: sa.Connection, sha256: str) -> Guideline | None:
    if not sha256 or not blobs.present(connection, sha256):
        return None
    try:
        return read(blobs.read(connection, sha256))
    except RancangError:
        return None  # a pack that this program cannot read: what was written under it stays in any case


@lru_cache(maxsize=4)
def read(pack: bytes) -> Guideline:
    """A pack from its bytes, read once. Raises BrokenPack."""
    from desktop.guideline import Guideline
    from desktop.guideline.loading import load_pack

    return Guideline(load_pack(pack))
