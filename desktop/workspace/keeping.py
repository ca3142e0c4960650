"""Backups asked for and their copies at the second place, as jobs of the window and the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.workspace import backup
from desktop.workspace.author import Author


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the name of the newest backup, and how many were copied to the second place."""

    name: str
    copied: int


def back_up(report: Report, path: Path) -> Kept:
    """Back a file up as it is on the disk now, and spread. Raises what opening and spreading raise."""
    from desktop.workspace.store import Workspace

    report(0, 0, Message("workspace.keeping"))
    with Workspace.open(path, author=Author("?"), read_only=True) as workspace:
        name, identity = workspace.backup("asked").name, workspace.id
    return Kept(name, backup.spread(identity))


def spread(report: Report, workspace: str) -> Kept:
    """Copy a workspace's backups to the second place. Raises SecondPlaceAway, FileProblem."""
    report(0, 0, Message("workspace.keeping"))
    saved = backup.listed(workspace)
    return Kept(saved[0].name if saved else "", backup.spread(workspace))
