"""Evidence in the window: keep files, and find which of them support a field."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place, Plan

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation


def key(place: Place) -> tuple[str, ...]:
    """What makes two places the same field, whatever the language (as the checks see it)."""
    if place.table == "answer" or not place.row:
        return (place.table, place.item, place.scope)
    return (place.table, place.row, place.field)


def supports(plan: Plan, place: Place) -> tuple[EvidenceFile, ...]:
    """The evidence files claimed for a place."""
    wanted = key(place)
    return tuple(file for file in plan.evidence if any(key(claim) == wanted for claim in file.claims))


def attach(
    session: Session,
    paths: list[Path],
    place: Place | None = None,
    before: Callable[[Operation], object] | None = None,
) -> list[str]:
    """Keep files in the workspace, one operation for all; claimed for ``place`` if given. The evidence ids.

    ``before`` makes the row that ``place`` is in, where it may not exist yet.
    """
    label = Message("ui.op.attach", n=len(paths))
    made = []
    with session.change(label) as operation:
        if before is not None:
            before(operation)
        for path in paths:
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            evidence = operation.attach(path, name=path.name, media_type=kind, caption={})
            if place is not None:
                operation.claim(evidence, place)
            made.append(evidence)
    return made
