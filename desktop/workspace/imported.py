"""What lists brought into a plan when they were last taken over, for when one is taken over again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base.canonical import Json
from desktop.workspace import tables

if TYPE_CHECKING:
    from desktop.workspace.change_set import ChangeSet
    from desktop.workspace.journal import Journal
    from desktop.workspace.provenance import Register


def imported(journal: Journal, label: str) -> dict[Register, Json]:
    """The value that each register got by the newest import of a kind; of rows that are gone since too.

    ``label`` is the id of the message that those imports are called by in the history. What was undone
    does not count.
    """
    imports = _standing(journal, label)
    if not imports:
        return {}
    found: dict[Register, tuple[int, Json]] = {}
    for (table, row), ops in journal.load(journal.rows_of(imports)).items():
        for op in ops:
            arrival = imports.get(op.change_set)
            if arrival is None or op.kind == "D":
                continue
            said = op.value if op.kind == "I" and isinstance(op.value, dict) else {op.field: op.value}
            for name, value in said.items():
                if found.get((table, row, name), (-1, None))[0] < arrival:
                    found[table, row, name] = (arrival, value)
    return {register: value for register, (_, value) in found.items()}


def _standing(journal: Journal, label: str) -> dict[str, int]:
    """The imports of a kind that were not undone, with the order they came in."""
    columns = tables.change_set.c
    changes = journal.info(columns.kind.in_(("import", "undo", "redo")))[::-1]
    taken_back: dict[str, list[ChangeSet]] = {}
    for change in changes:
        if change.undoes:
            taken_back.setdefault(change.undoes, []).append(change)
    gone: dict[str, bool] = {}
    for change in reversed(changes):
        # Whatever takes back came later, so it is known already whether that stands.
        gone[change.id] = any(not gone[each.id] for each in taken_back.get(change.id, ()))
    return {
        change.id: at
        for at, change in enumerate(changes)
        if change.kind == "import" and not gone[change.id] and change.message.id == label
    }
