"""What a move would do, without writing anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.workspace.moving import stays
from desktop.workspace.moving.planning import Move, work_out

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace


def preview(workspace: Workspace, pack: bytes) -> Move:
    """What moving to this pack would do. Raises BrokenPack, MissingBlob."""
    journal = workspace.journal
    plan = workspace.plan()
    here = stays.read(workspace.evidence_bytes(plan.guideline.sha256))
    there = stays.read(pack)
    seen = stays.stays(journal)
    known = {here.pack.pack.id, there.pack.pack.id}
    others = [each for each in stays.guidelines(journal, seen) if each.pack.pack.id not in known]
    written = stays.written_since(journal, stays.left(seen, there.pack.pack.id))
    return work_out(plan, here, there, others, written)
