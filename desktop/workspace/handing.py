"""Copies of a workspace for others: compact, without an identity, and without its owner's own notes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from desktop.workspace import backup, file, handouts, tables
from desktop.workspace.registers import PLAN_ROW
from desktop.workspace.transactions import Transactions

if TYPE_CHECKING:
    from desktop.workspace.handouts import MadeFor
    from desktop.workspace.journal import Journal
    from desktop.workspace.store import Workspace

# What goes out is made of the live file, over its own connection.
# ruff: noqa: SLF001

_GOES_ALONG = ("workspace", "epoch", "replica", "lamport", "seq", "dag_heads", "last_wall")
"""What a file says of itself that its copies must know too; everything else is a note of its owner's."""


class Stage:
    """A copy of a workspace in a folder of this computer, from which copies for several people are made."""

    def __init__(self, copy: Transactions, heads: tuple[str, ...]) -> None:
        self._copy = copy
        self.heads = heads
        """The newest change sets that are in it."""

    def give(self, target: Path, whom: MadeFor, last_look: Callable[[], None] | None = None) -> int:
        """Write the copy for somebody, whole or not at all; its size in bytes. Raises FileProblem.

        ``last_look`` is asked right before it takes its place.
        """
        with self._copy._writing() as journal:
            handouts.make_for(journal, whom)
        # written anew page by page: nothing deleted is left in free space
        backup.copy_checked(self._copy._raw(), target, last_look=last_look)
        return target.stat().st_size


@contextlib.contextmanager
def staged(workspace: Workspace, *, evidence: bool) -> Iterator[Stage]:
    """A copy to give away, with or without the evidence files. Raises FileProblem, DamagedFile."""
    with tempfile.TemporaryDirectory(prefix="rancang-handout-") as folder:
        copy = Transactions(Path(folder) / "copy.rancang", read_only=False)
        backup.copy_checked(workspace._raw(), copy.path)
        copy._connect()
        try:
            with copy._writing() as journal:
                _clear(journal)
                if not evidence:
                    _leave_evidence(journal)
                heads = journal.newest()
            yield Stage(copy, heads)
        finally:
            copy._disconnect()


def _clear(journal: Journal) -> None:
    meta = tables.meta
    journal.connection.execute(meta.delete().where(meta.c.key.not_in(_GOES_ALONG)))
    for table in (tables.handout, tables.package_log):  # what the giver gave to others is nobody else's
        journal.connection.execute(table.delete())


def _leave_evidence(journal: Journal) -> None:
    """Guidelines and the list of codes stay: without them the file could not be read."""
    needed = sorted(needed_blobs(journal))
    for table in (tables.blob_chunk, tables.blob):
        journal.connection.execute(table.delete().where(table.c.sha256.not_in(needed)))


def needed_blobs(journal: Journal) -> set[str]:
    """The packs the plan follows and ever followed, and its lists of codes, by hash."""
    found: set[str] = set()
    for op in journal.load([("plan", PLAN_ROW)]).get(("plan", PLAN_ROW), []):
        said = op.value if op.kind == "I" and isinstance(op.value, dict) else {op.field: op.value}
        found |= {str(said[name]) for name in ("guideline_sha256", "nomenclature") if said.get(name)}
    return found


def remember(
    workspace: Workspace,
    whom: MadeFor,
    *,
    kind: str,
    file: str,
    heads: tuple[str, ...],
    facts: dict[str, Any],
) -> str:
    """Remember in the giver's file what was given; what is open to read only remembers nothing."""
    if workspace.read_only:
        return whom.handout
    with workspace._writing() as journal:
        return handouts.remember(
            journal, kind=kind, file=file, by=workspace.author, whom=whom, heads=heads, facts=facts
        )


def given(workspace: Workspace) -> list[handouts.Handout]:
    """Everything this copy gave to somebody, newest first."""
    with file.understood(workspace.path):
        return handouts.handouts(workspace.journal)


def evidence_size(workspace: Workspace) -> tuple[int, int]:
    """Bytes of the whole file, and of the evidence in it that a copy can leave out."""
    with file.understood(workspace.path):
        needed = sorted(needed_blobs(workspace.journal))
        query = sa.select(sa.func.sum(tables.blob.c.size)).where(tables.blob.c.sha256.not_in(needed))
        left_out = workspace.journal.connection.execute(query).scalar() or 0
        run = workspace._raw().execute
        pages, free, size = (
            int(run(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "freelist_count", "page_size")
        )
    return (pages - free) * size, int(left_out)
