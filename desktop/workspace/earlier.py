"""What stood in a register at earlier heads: what somebody saw to whom the plan was sent then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desktop.base.canonical import Json
from desktop.workspace.merge import RowOps
from desktop.workspace.peers import Past

if TYPE_CHECKING:
    from desktop.workspace.provenance import Register
    from desktop.workspace.store import Workspace


def as_seen(
    workspace: Workspace, registers: Iterable[Register], heads: Iterable[str]
) -> Mapping[Register, Json] | None:
    """By register what it held at ``heads``; None where these are not known here, or none are named."""
    journal, seen_heads = workspace.journal, tuple(heads)
    past = Past(journal)
    if not seen_heads or any(head not in past.parents for head in seen_heads):
        return None
    seen = past.until(seen_heads)
    wanted = set(registers)
    found: dict[Register, Json] = {}
    for (table, row), ops in journal.load({(table, row) for table, row, _ in wanted}).items():
        values = RowOps(table, row, [op for op in ops if op.change_set in seen]).resolve().values
        found |= {each: values.get(each[2]) for each in wanted if each[:2] == (table, row)}
    return {each: found.get(each) for each in wanted}
