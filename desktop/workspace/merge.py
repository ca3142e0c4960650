"""The merge core: from the set of operations on a row to what is shown and what clashes. Pure.

A register is (table, row, field). ``I`` (insert) and ``D`` (delete) touch every register of their row,
``U`` (update) one. The *heads* of a register are the operations touching it that no other such operation
names as predecessor: what a person had on the screen is replaced, everything else stands beside it.
Clocks decide nothing; equal sets of operations give equal rows on every computer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from desktop.base.canonical import Json, canonical_text
from desktop.workspace import sentences
from desktop.workspace.registers import WHOLE, Policy, policy_of

Kind = Literal["I", "U", "D"]
ALGORITHM = 2
"""Goes up whenever equal operations could give other rows: texts cut into other sentences, another rule for
what stands beside each other. A workspace or changes file of a newer one is refused, the rows of an older one
are computed anew."""
_DEEPEST = 50
"""Bases of bases looked at where texts crossed again and again; deeper ones count as empty (more clashes)."""
ConflictKind = Literal["value", "delete-edit", "deleted-parent", "cycle"]


@dataclass(frozen=True, slots=True)
class Op:
    """One operation: ``id`` is ``<change set>.<index>``, ``pred`` the operations it replaces."""

    id: str
    change_set: str
    lamport: int
    table: str
    row: str
    kind: Kind
    field: str
    value: Json
    pred: tuple[str, ...]

    @property
    def order(self) -> tuple[int, str]:
        """A total order in which no operation stands before one it replaces (for display and ties)."""
        return self.lamport, self.id


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field filled differently (*isian berbeda*) by two people; ``heads`` are their operations."""

    table: str
    row: str
    kind: ConflictKind
    field: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combined:
    """The value of a register with several heads."""

    value: Json
    conflicting: bool = False
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a row's operations amount to."""

    live: bool
    deleted: bool
    """Every head of the row itself is a delete; it is live only because of concurrent edits."""
    values: dict[str, Json]
    conflicts: tuple[Conflict, ...]
    merged: tuple[str, ...]
    heads: dict[str, tuple[str, ...]]
    """Heads per register: ``*`` and those that differ from it."""


class RowOps:
    """All operations of one row."""

    def __init__(self, table: str, row: str, ops: Iterable[Op]) -> None:
        self.table, self.row = table, row
        self.ops = {op.id: op for op in ops}
        self._whole = [op for op in self.ops.values() if op.kind != "U"]
        self._updates: dict[str, list[Op]] = {}
        for op in self.ops.values():
            if op.kind == "U":
                self._updates.setdefault(op.field, []).append(op)
        self._heads: dict[str, list[Op]] = {}
        self._ancestors: dict[tuple[str, str], frozenset[str]] = {}
        self._combined: dict[tuple[str, ...], Combined] = {}
        self._depth = 0

    @cached_property
    def fields(self) -> list[str]:
        """Every register any operation of this row ever wrote."""
        named = {field for op in self._whole if op.kind == "I" for field in op.value}
        return sorted(named | set(self._updates))

    @cached_property
    def stored_policy(self) -> str:
        """The policy the row was created with; of several creations, the first in order."""
        created = sorted((op for op in self._whole if op.kind == "I"), key=lambda op: op.order)
        return str(created[0].value.get("policy") or "") if created else ""

    def policy(self, field: str) -> Policy:
        """How this row's register merges."""
        return policy_of(self.table, field, self.stored_policy)

    def heads(self, field: str) -> list[Op]:
        """The newest operations of a register, concurrent with each other, in order."""
        key = field if field in self._updates else WHOLE
        if key not in self._heads:
            touching = self._whole + self._updates.get(key, [])
            replaced = {pred for op in touching for pred in op.pred}
            self._heads[key] = sorted(
                (op for op in touching if op.id not in replaced), key=lambda op: op.order
            )
        return self._heads[key]

    @staticmethod
    def value(op: Op, field: str) -> Json:
        """The value an insert or update gives a register."""
        return op.value.get(field) if op.kind == "I" else op.value

    def preds(self, op: Op, field: str) -> list[Op]:
        """What an operation replaced in one register, in order."""
        named = (self.ops[pred] for pred in op.pred if pred in self.ops)
        return sorted((p for p in named if p.kind != "U" or p.field == field), key=lambda p: p.order)

    def ancestors(self, op: Op, field: str) -> frozenset[str]:
        """Every operation a register's value rests on, the operation itself not included."""
        key = (op.id, field)
        if key not in self._ancestors:
            seen: set[str] = set()
            stack = [op]
            while stack:
                for pred in self.preds(stack.pop(), field):
                    if pred.id not in seen:
                        seen.add(pred.id)
                        stack.append(pred)
            self._ancestors[key] = frozenset(seen)
        return self._ancestors[key]

    def earlier(self, op: Op) -> RowOps:
        """The row as whoever wrote this operation saw it."""
        seen: dict[str, Op] = {}
        todo = [op]
        while todo:
            for pred in todo.pop().pred:
                if pred in self.ops and pred not in seen:
                    seen[pred] = self.ops[pred]
                    todo.append(self.ops[pred])
        return RowOps(self.table, self.row, seen.values())

    def before(self, ops: list[Op], field: str) -> Json:
        """The value a register had just before these operations (used for deletes and undo)."""
        newest = self._behind(ops, field)
        return self.combine(newest, field).value if newest else None

    def _behind(self, ops: list[Op], field: str) -> list[Op]:
        """The newest operations that these replaced in a register, deletes looked through, in order."""
        earlier = {pred.id: pred for op in ops for pred in self.preds(op, field)}
        while earlier and all(pred.kind == "D" for pred in earlier.values()):
            earlier = {pred.id: pred for op in earlier.values() for pred in self.preds(op, field)}
        return self._newest([pred for pred in earlier.values() if pred.kind != "D"], field)

    def _newest(self, ops: list[Op], field: str) -> list[Op]:
        behind = frozenset[str]().union(*(self.ancestors(op, field) for op in ops))
        return sorted((op for op in ops if op.id not in behind), key=lambda op: op.order)

    def standing(self, field: str) -> list[Op]:
        """The operations whose value a register shows, in order; of a deleted row those before that."""
        heads = self.heads(field)
        living = [op for op in heads if op.kind != "D"] or self._behind(heads, field)
        return [op for op in living if op.kind == "U" or field in op.value] or living[:1]

    def step_back(self, ops: list[Op], field: str) -> list[Op]:
        """Without the newest of these: what stands beside it, and what it replaced."""
        *beside, newest = ops
        behind = {op.id: op for op in [*beside, *self._behind([newest], field)]}
        return self._newest(list(behind.values()), field)

    def base(self, common: set[str], field: str) -> Json:
        """The value several operations rest on; None where there is none, or the older ones differ too.

        Several nearest common ancestors (criss-cross) are first combined among themselves, as git's
        recursive strategy does; where that is not clean an older base gives more clashes, never a
        wrong merge.
        """
        while common and self._depth < _DEEPEST:
            nearest = self.nearest(common, field)
            ops = [op for op in nearest if op.kind != "D"]
            if not ops:
                return None
            self._depth += 1
            base = self.combine(ops, field)
            self._depth -= 1
            if not base.conflicting:
                return base.value
            common = common - {op.id for op in nearest}
        return None

    def common(self, ops: Iterable[Op], field: str) -> set[str]:
        """What all of these rest on, themselves included."""
        reached = [self._reached(op, field) for op in ops]
        return set.intersection(*reached) if reached else set()

    def _reached(self, op: Op, field: str) -> set[str]:
        """What an operation rests on, itself included."""
        return {op.id, *self.ancestors(op, field)}

    def nearest(self, common: set[str], field: str) -> list[Op]:
        """The newest of what several operations rest on, in order."""
        newest = common - {pred.id for c in common for pred in self.preds(self.ops[c], field)}
        return sorted((self.ops[c] for c in newest), key=lambda op: op.order)

    def combine(self, heads: list[Op], field: str) -> Combined:
        """The value of several concurrent heads (no deletes among them)."""
        if len(heads) == 1:
            return Combined(self.value(heads[0], field))
        # remembered, for people who never settle what differs rest on the same operations ever again
        key = (field, *(op.id for op in heads))
        if key not in self._combined:
            self._combined[key] = self._combine(heads, field)
        return self._combined[key]

    def _combine(self, heads: list[Op], field: str) -> Combined:
        stated = [op for op in heads if op.kind == "U" or field in op.value] or heads[:1]
        distinct: dict[str, Op] = {}
        for op in stated:
            distinct.setdefault(canonical_text(self.value(op, field)), op)
        shown = self.value(stated[-1], field)
        if len(distinct) == 1:
            return Combined(shown)
        match self.policy(field):
            case "lww":
                return Combined(shown, merged=True)
            case "text":
                return self._combine_text(list(distinct.values()), field, shown)
            case "set":
                return self._combine_set(list(distinct.values()), field)
            case _:
                return Combined(shown, conflicting=True)

    def _combine_text(self, heads: list[Op], field: str, shown: Json) -> Combined:
        # what those done so far rest on grows with each: made anew for each, a thousand would take minutes
        mine, text = self._reached(heads[0], field), self.value(heads[0], field)
        if any(not isinstance(self.value(op, field), str) for op in heads):
            return Combined(shown, conflicting=True)
        for op in heads[1:]:
            theirs = self._reached(op, field)
            base = str(self.base(mine & theirs, field) or "")
            result = sentences.merge(base, text, self.value(op, field))
            if result.text is None:
                return Combined(shown, conflicting=True)
            text = result.text
            mine |= theirs
        return Combined(text, merged=True)

    def _combine_set(self, heads: list[Op], field: str) -> Combined:
        mine, members = self._reached(heads[0], field), _members(self.value(heads[0], field))
        for op in heads[1:]:
            theirs, other = self._reached(op, field), _members(self.value(op, field))
            base = self._base_set(mine & theirs, field)
            members -= base - other
            members |= other - base
            mine |= theirs
        return Combined(sorted(members), merged=True)

    def _base_set(self, common: set[str], field: str) -> set[str]:
        nearest = self.nearest(common, field)
        return set().union(*(_members(self.value(op, field)) for op in nearest if op.kind != "D"))

    def resolve(self) -> Resolved:
        """What is shown, whether the row is there, and what clashes."""
        whole = self.heads(WHOLE)
        deleted = bool(whole) and all(op.kind == "D" for op in whole)
        mixed = not deleted and any(op.kind == "D" for op in whole)
        values: dict[str, Json] = {}
        conflicts: list[Conflict] = []
        merged: list[str] = []
        edited: list[str] = []
        for field in self.fields:
            heads = self.heads(field)
            living = [op for op in heads if op.kind != "D"]
            if not living:
                values[field] = self.before(heads, field)
                continue
            result = self.combine(living, field)
            values[field] = result.value
            if result.conflicting:
                conflicts.append(self._conflict("value", field, heads))
            if result.merged:
                merged.append(field)
            if field in self._updates and (deleted or len(living) < len(heads)):
                edited.append(field)
        if edited or mixed:
            clashing = {op.id: op for field in [*edited, WHOLE] for op in self.heads(field)}
            conflicts.append(
                self._conflict("delete-edit", "", sorted(clashing.values(), key=lambda op: op.order))
            )
        live = bool(self._whole) and (not deleted or bool(edited))
        return Resolved(live, deleted, values, tuple(conflicts), tuple(merged), self._explicit_heads())

    def _conflict(self, kind: ConflictKind, field: str, heads: list[Op]) -> Conflict:
        return Conflict(self.table, self.row, kind, field, tuple(op.id for op in heads))

    def _explicit_heads(self) -> dict[str, tuple[str, ...]]:
        whole = tuple(op.id for op in self.heads(WHOLE))
        out = {WHOLE: whole}
        for field in self._updates:
            heads = tuple(op.id for op in self.heads(field))
            if heads != whole:
                out[field] = heads
        return out


def _members(value: Json) -> set[str]:
    return {str(member) for member in value} if isinstance(value, list | tuple) else set()
