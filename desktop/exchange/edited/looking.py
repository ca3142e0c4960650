"""Looks at a Word file in a process of its own: what is in it may take long, or be a trap."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message

if TYPE_CHECKING:
    from desktop.base.jobs import Report
    from desktop.exchange.edited.proposal import Proposal


def look(report: Report, snapshot: Path, path: Path) -> Proposal:
    """What a file would change in a snapshot of a workspace; runs as a job. Raises what reading raises."""
    from desktop.exchange.edited.comparing import compare
    from desktop.exchange.edited.reading import read
    from desktop.workspace import Workspace

    report(0, 2, Message("exchange.edited.looking", file=path.name))
    contents = read(path, lambda *_: report(0, 2, Message("exchange.edited.looking", file=path.name)))
    report(1, 2, Message("exchange.edited.looking", file=path.name))
    with Workspace.open(snapshot, read_only=True) as workspace:
        return compare(workspace, contents)
