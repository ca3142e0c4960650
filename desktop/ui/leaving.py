"""What is remembered on this computer of a document that is left: how far it is, and what was seen of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base import clock
from desktop.ui.roles import REVIEWERS

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.checks import Report
    from desktop.guideline.pack import Pack
    from desktop.ui.settings import SettingsFile
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Plan

SEEN = 50
"""Documents of which it is remembered how far they were when they were left."""


def sum_up(kept: SettingsFile, path: Path, plan: Plan, pack: Pack, report: Report | None) -> None:
    """Remember how far the document is: the start screen tells it without opening the file."""
    from desktop.checks import check
    from desktop.checks.progress import progress

    report = report or check(plan, pack)
    kept.keep(
        kept.value.summed_up(
            path,
            percent=progress(plan, pack).percent,
            mandatory=len(report.mandatory),
            example=plan.example,
        )
    )


def remember_place(kept: SettingsFile, workspace: Workspace, held: str) -> None:
    """What arrives after this is new to the person when they come back; ``held`` as in a session."""
    from desktop.exchange.newness import mark_seen

    mark_seen(workspace)
    settings = kept.value
    seen = {key: place for key, place in settings.seen.items() if key != workspace.id}
    newest = dict(list(seen.items())[-SEEN:]) | {workspace.id: workspace.position}
    at = clock.now().isoformat(timespec="seconds")
    visited = {key: settings.visited.get(key, "") for key in newest} | {workspace.id: at}
    kept.keep(replace(settings, seen=newest, visited=visited))
    if held in set(REVIEWERS) and not settings.shelf:
        # whoever reviews one region soon reviews several, and keeps them together
        kept.keep(replace(kept.value, shelf=str(workspace.path.parent)))
