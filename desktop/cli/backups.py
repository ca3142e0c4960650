"""``rancang backups``: what this computer kept, and putting one back."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.speech import file_size, moment
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, author, opened

if TYPE_CHECKING:
    from desktop.workspace import Backup


class NoSuchWorkspace(RancangError):
    """This computer keeps no backups of a workspace with this id."""

    def __init__(self, identity: str) -> None:
        super().__init__(Message("cli.no_such_workspace", id=identity))


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, and the backup to put back."""
    add_workspace(parser, console)
    parser.add_argument(
        "--restore",
        default="",
        metavar=console.text(Message("cli.metavar.backup")),
        help=console.text(Message("cli.help.restore")),
    )
    parser.add_argument(
        "--workspace-id", default="", metavar="ID", help=console.text(Message("cli.help.workspace_id"))
    )
    parser.add_argument("--now", action="store_true", help=console.text(Message("cli.help.backup_now")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List, of this copy first and newest first; restore by name. A damaged one is found by its id."""
    from desktop.workspace import Workspace, backup, whose_backup

    if options.now:
        return _make(options, console)
    identity = options.workspace_id or _identity(options, console)
    if not identity:
        return 2
    if options.workspace_id and identity not in _known():
        raise NoSuchWorkspace(identity)
    place = options.workspace
    if options.restore:
        saved = backup.find(identity, options.restore)
        if not whose_backup.is_own(saved, place):
            console.warn(Message("cli.backups.other", whose=whose_backup.told(saved)))
        Workspace.restore(options.workspace, saved, author(options)).close()
        console.record(
            "restored",
            {"backup": saved.name, "file": str(options.workspace)},
            Message("cli.backups.restored", backup=saved.name, file=str(options.workspace)),
        )
        return 0
    for each in whose_backup.divided(backup.listed(identity), place):
        for saved in each:
            _print(saved, console, place)
    return 0


def _make(options: argparse.Namespace, console: Console) -> int:
    """Back up now, at the second place too. Raises what opening and spreading raise."""
    from desktop.base.jobs import quiet
    from desktop.workspace.keeping import back_up

    kept = back_up(quiet, options.workspace)
    console.record(
        "backed-up",
        {"backup": kept.name, "copied": kept.copied},
        Message("cli.backups.made", backup=kept.name, n=kept.copied),
    )
    return 0


def _identity(options: argparse.Namespace, console: Console) -> str:
    """The id of the workspace; when its file cannot be read, say which ids have backups, and nothing."""
    from desktop.workspace import backup

    try:
        with opened(options, console, read_only=True) as workspace:
            return workspace.id
    except RancangError as error:
        console.fail(error.message)
    for identity in _known():
        newest = backup.listed(identity)[:1]
        if newest:
            when = moment(newest[0].at, console.language)
            console.record(
                "backups-of",
                {"workspace": identity, "newest": newest[0].name, "at": newest[0].at.isoformat()},
                Message("cli.backups.of", id=identity, when=when, name=_region(newest[0])),
            )
    return ""


def _known() -> list[str]:
    """The workspaces that this computer keeps backups of."""
    from desktop.base.paths import folder

    return sorted(
        path.name for path in folder("backups").iterdir() if re.fullmatch("[0-9a-f]{32}", path.name)
    )


def _region(saved: Backup) -> str:
    """Which region a backup is about, in its own words; a dash when it cannot be read either."""
    from desktop.workspace import Workspace

    try:
        with Workspace.open(saved.path, read_only=True) as workspace:
            plan = workspace.plan()
            return f"{plan.region.name} {plan.first_year}-{plan.last_year}"
    except RancangError:
        return "-"


def _print(saved: Backup, console: Console, place: Path) -> None:
    from desktop.workspace import whose_backup

    whose = console.text(whose_backup.told(saved, place))
    when, size = moment(saved.at, console.language), file_size(saved.size, console.language)
    reason = {
        "open": Message("cli.backups.open"),
        "import": Message("cli.backups.import"),
        "bring_back": Message("cli.backups.bring_back"),
        "migrate": Message("cli.backups.migrate"),
        "asked": Message("cli.backups.asked"),
        "close": Message("cli.backups.close"),
    }.get(saved.reason)
    console.record(
        "backup",
        {
            "name": saved.name,
            "at": saved.at.isoformat(),
            "reason": saved.reason,
            "head": saved.head,
            "size": saved.size,
            "own": whose_backup.is_own(saved, place),
            "whose": whose,
        },
        f"{saved.name}  {when}  {size}  {console.text(reason) if reason else saved.reason}  {whose}",
    )
