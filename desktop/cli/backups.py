"""``rancang backups``: what this computer kept, and putting one back."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.base.speech import file_size, moment
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, author, opened


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
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List, newest first; restore by name. A damaged workspace is found by its remembered id."""
    from desktop.workspace import Workspace, backup

    identity = options.workspace_id
    if not identity:
        with opened(options, read_only=True) as workspace:
            identity = workspace.id
    if options.restore:
        saved = backup.find(identity, options.restore)
        Workspace.restore(options.workspace, saved, author(options)).close()
        console.record(
            "restored",
            {"backup": saved.name, "file": str(options.workspace)},
            Message("cli.backups.restored", backup=saved.name, file=str(options.workspace)),
        )
        return 0
    for saved in backup.listed(identity):
        when, size = moment(saved.at, console.language), file_size(saved.size, console.language)
        console.record(
            "backup",
            {
                "name": saved.name,
                "at": saved.at.isoformat(),
                "reason": saved.reason,
                "head": saved.head,
                "size": saved.size,
            },
            f"{saved.name}  {when}  {size}",
        )
    return 0
