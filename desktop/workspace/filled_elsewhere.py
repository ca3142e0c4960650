"""Writes what was filled in on an earlier state, away from the program: nothing newer is ever replaced.

A workbook that was handed out a month ago knows nothing of that month. Where the plan stands as it did,
its values are ordinary edits; where somebody wrote something else since, they replace only what was there
when it was handed out and stand beside the newer value (*isian berbeda*).
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.workspace.draft import fitted, same
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.merge import RowOps
from desktop.workspace.operation import Operation
from desktop.workspace.peers import Past
from desktop.workspace.registers import TABLES

if TYPE_CHECKING:
    from desktop.workspace.author import Author
    from desktop.workspace.store import Workspace

# A second way of writing beside Workspace.operation, which hands itself over.
# ruff: noqa: SLF001


class Filled(Operation):
    """An operation of somebody who saw the plan as it was at ``heads``."""

    def __init__(self, journal: Journal, source_language: str, heads: Iterable[str]) -> None:
        super().__init__(journal, source_language, journal.position())
        self._heads = tuple(heads)
        self._beside: dict[tuple[str, str], dict[str, Json]] = defaultdict(dict)

    def beside(self, table: str, row: str, register: str, value: Any) -> None:
        """Write a register as it was seen: what was written since stays and is told apart. Raises UnfitValue.

        The row may be deleted by now: then it comes back, and whether it stays is asked.
        """
        self._beside[table, row][register] = fitted(table, register, value)

    def insert_as(self, table: str, row: str, /, **values: Any) -> None:
        """Add a row under an id of its own, unless it is there."""
        if self._draft.exists(table, row):
            return
        if "sort" not in values and TABLES[table].register("sort"):
            key = {"worksheet": values["worksheet"]} if table == "row" else {}
            values["sort"] = self._draft.last_sort(table, key)
        self._draft.insert(table, row, self._draft.registers(TABLES[table], values))

    def is_there(self, table: str, row: str) -> bool:
        """Whether a row is there, as this operation leaves it."""
        return self._draft.exists(table, row)

    def bring_back(self, table: str, row: str) -> None:
        """Say of a row that was deleted since that it is still meant: it comes back, and that is asked."""
        ops = self._draft.journal.load([(table, row)]).get((table, row), [])
        resolved = RowOps(table, row, ops).resolve()
        if resolved.live or not ops:
            return
        stated = next(((name, value) for name, value in resolved.values.items() if value is not None), None)
        if stated is not None:
            self.beside(table, row, *stated)

    def has_past(self, table: str, row: str) -> bool:
        """Whether a row was ever written, be it deleted by now."""
        return bool(self._draft.journal.load([(table, row)]))

    def edits(self) -> list[Edit]:
        """What was done, with the operations it replaces."""
        return [*super().edits(), *self._apart()]

    def _apart(self) -> Iterator[Edit]:
        if not self._beside:
            return
        journal = self._draft.journal
        seen = Past(journal).until(self._heads)
        for (table, row), ops in journal.load(self._beside).items():
            history = RowOps(table, row, [op for op in ops if op.change_set in seen])
            for register, value in self._beside[table, row].items():
                replaced = _on_paper(history, register)
                yield Edit(table, row, "U", register, value, tuple(sorted(replaced)))


def _on_paper(history: RowOps, register: str) -> list[str]:
    """The operations whose value stood on the paper: of two that differ only the one that was shown."""
    heads = history.heads(register)
    living = [op for op in heads if op.kind != "D"]
    if len(living) > 1:
        combined = history.combine(living, register)
        if combined.conflicting:
            return [op.id for op in living if same(history.value(op, register), combined.value)]
    return [op.id for op in heads]


def change_sets(workspace: Workspace) -> frozenset[str]:
    """The ids of all change sets that are known here."""
    return frozenset(workspace.journal.ids())


def filled_elsewhere(
    workspace: Workspace, label: Message, author: Author, heads: Iterable[str], *, kind: str = "import"
) -> contextlib.AbstractContextManager[Filled]:
    """One change set by somebody who worked elsewhere; an error undoes it. Raises ReadOnly, UnfitValue."""

    def begin(journal: Journal) -> Filled:
        return Filled(journal, workspace.source_language, heads)

    return workspace._operating(begin, label, kind, author)


@contextlib.contextmanager
def remembering(workspace: Workspace) -> Iterator[Journal]:
    """A transaction for what this copy remembers beside its journal. Raises ReadOnly."""
    with workspace._writing() as journal:
        yield journal
