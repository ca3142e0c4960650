"""Backups asked for and their copies at the second place, as jobs of the window and the command line."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.workspace import backup
from desktop.workspace.author import Author

if TYPE_CHECKING:
    from desktop.workspace.store import Workspace


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept: the name of the newest backup, and how many were copied to the second place."""

    name: str
    copied: int


def back_up(report: Report, path: Path) -> Kept:
    """Back a file up as it is on the disk now, and spread. Raises what opening and spreading raise."""
    from desktop.workspace.store import Workspace

    report(0, 0, Message("workspace.keeping"))
    with Workspace.open(path, author=Author("?"), read_only=True, ours=True) as workspace:
        name, identity = workspace.backup("asked").name, workspace.id
    return Kept(name, backup.spread(identity))


def back_up_beside(
    report: Report, workspace: Workspace, identity: str, head: str, reason: str
) -> backup.Backup:
    """Back an open workspace up in another thread than that which works with it; the facts come from there.

    Raises FileProblem, DamagedFile, Cancelled.
    """
    with workspace.beside() as journal:
        raw = journal.connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError(raw)
        return backup.make(raw, identity, head, reason, report)


def spread(report: Report, workspace: str) -> Kept:
    """Copy a workspace's backups to the second place. Raises SecondPlaceAway, FileProblem."""
    report(0, 0, Message("workspace.keeping"))
    saved = backup.listed(workspace)
    return Kept(saved[0].name if saved else "", backup.spread(workspace))
