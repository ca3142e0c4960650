"""What was filled differently, with all it takes to settle it: sides, base, money, clashing sentences."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias

import sqlalchemy as sa

from desktop.base.canonical import Json, canonical_text
from desktop.workspace import tables
from desktop.workspace.clashing import Clashing, clashing
from desktop.workspace.merge import Conflict, RowOps
from desktop.workspace.operation import Operation
from desktop.workspace.owners import NOBODY, Belongs, Owners
from desktop.workspace.registers import TABLES
from desktop.workspace.resolving import ROWS, Choice, choices_of
from desktop.workspace.totals_apart import Ledger, Money

if TYPE_CHECKING:
    from desktop.workspace.journal import Journal
    from desktop.workspace.store import Workspace


AgencyOf: TypeAlias = Callable[[str, str, str], str]
"""From author, role and copy to the id of the author's agency, or empty."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""The sides are called by them, on screen and in commands."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One who wrote a side: name, role, agency (its id, where it is known), and when by their clock."""

    author: str
    role: str
    agency: str
    when: dt.datetime
    field: str = ""
    """Where a whole row is in question: the register that was changed in it."""
    value: Json = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the competing values with everybody who wrote it; ``deletes`` when they deleted the row."""

    value: Json
    deletes: bool
    writers: tuple[Writer, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One field or row filled differently by two people or more, ready to be settled."""

    conflict: Conflict
    sides: tuple[Side, ...]
    """In an order that is the same on every copy."""
    base: Json
    """What stood there before they parted: the value of the nearest common ancestors."""
    shown: Json
    """What is shown meanwhile."""
    belongs: Belongs
    """The agency and programme whose it is."""
    by: str = ""
    """Of a remark, suggestion or score: who made it."""
    language: str = ""
    text: Clashing | None = None
    """The sentences that clash, where it is a text that merges by sentence."""
    money: Money | None = None
    """The totals with each side, where it is a figure of money."""
    values: Mapping[str, Json] = field(default_factory=dict)
    """The registers of the row as they are shown, to name it by."""
    hangs: tuple[tuple[str, int], ...] = ()
    """What would be deleted along with the row: tables and how many rows."""

    @property
    def key(self) -> str:
        """Eight letters by which a command names it; the same on every copy, whatever else is settled."""
        return key_of(self.conflict)

    @property
    def whole_row(self) -> bool:
        """Whether the question is if a row stays, and not what a field says."""
        return self.conflict.kind in ROWS

    def side_of(self, agency: str) -> int | None:
        """The side an agency's people wrote, by its place; None when there is none, or they differ too."""
        found = [
            place
            for place, side in enumerate(self.sides)
            if any(agency and writer.agency == agency for writer in side.writers)
        ]
        return found[0] if len(found) == 1 else None


def key_of(conflict: Conflict) -> str:
    """The name of a conflict in commands."""
    about = canonical_text([conflict.table, conflict.row, conflict.kind, conflict.field])
    return sha256(about.encode()).hexdigest()[:8]


def cases(
    workspace: Workspace, conflicts: Sequence[Conflict] | None = None, agency_of: AgencyOf | None = None
) -> list[Case]:
    """Every open conflict as a case, in a fixed order; ``agency_of`` tells the agencies of authors."""
    wanted = list(workspace.conflicts() if conflicts is None else conflicts)
    if not wanted:
        return []
    return list(_Reader(workspace, agency_of or _nobodys).read(wanted))


def _nobodys(author: str, role: str, replica: str) -> str:
    del author, role, replica
    return ""


class _Reader:
    def __init__(self, workspace: Workspace, agency_of: AgencyOf) -> None:
        self._journal: Journal = workspace.journal
        plan = workspace.plan()
        self._owners = Owners(plan)
        self._ledger = Ledger(plan)
        self._agency_of = agency_of

    def read(self, conflicts: Sequence[Conflict]) -> Iterator[Case]:
        rows = self._journal.load({(each.table, each.row) for each in conflicts})
        for conflict, choices in zip(conflicts, choices_of(self._journal, conflicts), strict=True):
            history = RowOps(conflict.table, conflict.row, rows[conflict.table, conflict.row])
            yield self._case(conflict, history, choices)

    def _case(self, conflict: Conflict, history: RowOps, choices: Sequence[Choice]) -> Case:
        values = history.resolve().values
        sides = tuple(self._sides(conflict, choices))
        if conflict.kind == "cycle":
            values = {**values, conflict.field: self._standing(conflict)}
            if all(side.value is not None for side in sides):
                # under nothing at all, which nobody wrote
                sides = (*sides, Side(None, deletes=False, writers=()))
        name = conflict.field
        base: Json = None
        text: Clashing | None = None
        if conflict.kind not in ROWS:
            base = base_of(history, conflict)
            text = _text(history, conflict, base, [side.value for side in sides])
        by = str(values.get("author") or "") if conflict.table in {"comment", "suggestion", "score"} else ""
        return Case(
            conflict,
            sides,
            base,
            values.get(name),
            self._owners.of(conflict.table, conflict.row, name, values),
            by,
            name.partition(":")[2].partition(":")[0] or str(values.get("language") or ""),
            text,
            self._ledger.money(conflict.table, conflict.row, name, [side.value for side in sides]),
            values,
            _hangs(self._journal, conflict) if conflict.kind in ROWS else (),
        )

    def _standing(self, conflict: Conflict) -> Json:
        """What a row shows whose newest move was stepped back because of a circle."""
        target = tables.rows[conflict.table]
        query = sa.select(target.c[conflict.field]).where(target.c.id == conflict.row)
        found: Json = self._journal.connection.execute(query).scalar()
        return found

    def _sides(self, conflict: Conflict, choices: Sequence[Choice]) -> Iterator[Side]:
        found: dict[str, list[Choice]] = {}
        for choice in choices:
            value = "" if conflict.kind in ROWS else canonical_text(choice.value)
            found.setdefault("deletes" if choice.deletes else f"={value}", []).append(choice)
        for alike in found.values():
            first = alike[0]
            writers: list[Writer] = []
            for each in alike:
                writer = self._writer(conflict, each)
                if writer not in writers:
                    writers.append(writer)
            yield Side(None if conflict.kind in ROWS else first.value, first.deletes, tuple(writers))

    def _writer(self, conflict: Conflict, choice: Choice) -> Writer:
        row = conflict.kind in ROWS and not choice.deletes and not isinstance(choice.value, dict)
        return Writer(
            choice.author,
            choice.role,
            self._agency_of(choice.author, choice.role, choice.replica),
            choice.when,
            choice.field if row else "",
            choice.value if row else None,
        )


def base_of(history: RowOps, conflict: Conflict) -> Json:
    """The value all sides were made from; None where there was none, or the bases differ too."""
    sides = [history.ops[name] for name in conflict.heads if name in history.ops]
    return history.base(history.common(sides, conflict.field), conflict.field)


def _text(history: RowOps, conflict: Conflict, base: Json, values: Sequence[Json]) -> Clashing | None:
    if history.policy(conflict.field) != "text":
        return None
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) != len(values) or len(texts) < 2:
        return None
    return clashing(base if isinstance(base, str) else "", texts)


def _hangs(journal: Journal, conflict: Conflict) -> tuple[tuple[str, int], ...]:
    """What goes when the row goes, in the order of the tables."""
    if conflict.table == "plan":
        return ()
    operation = Operation(journal, "", journal.position())
    operation.delete(conflict.table, conflict.row)
    gone = Counter(
        edit.table
        for edit in operation.edits()
        if edit.kind == "D" and (edit.table, edit.row) != (conflict.table, conflict.row)
    )
    return tuple((table, gone[table]) for table in TABLES if gone[table])


def grouped(found: Iterable[Case]) -> Mapping[Belongs, list[Case]]:
    """Cases by the agency and programme they belong to; what belongs to nobody comes last."""
    groups: dict[Belongs, list[Case]] = {}
    for case in found:
        groups.setdefault(case.belongs, []).append(case)
    loose = groups.pop(NOBODY, None)
    return {**groups, NOBODY: loose} if loose else groups
