"""Opening a workspace for a command: who works, and read-only where a command only looks."""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.workspace import Author, Workspace
    from desktop.workspace.remembered import Older


def add_workspace(parser: Parser, console: Console) -> None:
    """The workspace file a command works on."""
    parser.add_argument(
        "workspace",
        type=Path,
        metavar=console.text(Message("cli.metavar.workspace")),
        help=console.text(Message("cli.help.workspace")),
    )


def add_author(parser: Parser, console: Console) -> None:
    """Who is at work, for the history."""
    add_name(parser, console)
    parser.add_argument(
        "--role",
        default=os.environ.get("RANCANG_ROLE", ""),
        metavar=console.text(Message("cli.metavar.role")),
        help=console.text(Message("cli.help.role")),
    )


def add_name(parser: Parser, console: Console) -> None:
    """The same without the role, where a role says something else."""
    parser.add_argument(
        "--name",
        default=os.environ.get("RANCANG_NAME", ""),
        metavar=console.text(Message("cli.metavar.name")),
        help=console.text(Message("cli.help.name")),
    )


def author(options: argparse.Namespace) -> Author:
    """The person named by ``--name`` and ``--role``, else by the settings, else the account."""
    import getpass

    from desktop.base.settings import SettingsFile
    from desktop.workspace import Author

    name = getattr(options, "name", "").strip() or SettingsFile().value.name
    if not name:
        with contextlib.suppress(OSError, KeyError, ImportError):
            name = getpass.getuser()
    return Author(name or "?", getattr(options, "role", "").strip())


@contextlib.contextmanager
def opened(options: argparse.Namespace, console: Console, *, read_only: bool = False) -> Iterator[Workspace]:
    """The workspace of a command, closed afterwards."""
    from desktop.workspace import Workspace, opening, remembered

    person = author(options)
    if not getattr(options, "name", "").strip():
        # a copy that was made for somebody is worked on by them, unless somebody else says who they are
        person = opening.author_of(options.workspace, person)
    with Workspace.open(options.workspace, author=person, read_only=read_only) as workspace:
        if not read_only:
            _tell_who(workspace, options, console)
        if workspace.backup_problem is not None:
            console.warn(Message("cli.no_backup", reason=workspace.backup_problem))
        if not read_only:
            tell_older(workspace, console, workspace.older)
            _spread(workspace.id, console)
        yield workspace
        if not read_only:
            remembered.leave(workspace)


def tell_older(workspace: Workspace, console: Console, older: Older | None) -> None:
    """Where the file was replaced by an older copy of it: say so, and how what it lacks comes back."""
    from desktop.workspace import whose_backup

    if older is None:
        return
    if older.backup is None:
        console.warn(Message("cli.older.nowhere"))
        return
    command = shlex.join(["rancang", "bring-back", str(workspace.path), str(older.backup.path)])
    if older.others:
        whose = whose_backup.told(older.backup, workspace.path)
        known, others = older.change_sets, older.others
        console.warn(Message("cli.older.others", whose=whose, known=known, others=others, command=command))
    elif older.whole:
        console.warn(Message("cli.older.here", n=older.change_sets, command=command))
    else:
        console.warn(Message("cli.older.partly", n=older.change_sets, command=command))


def _tell_who(workspace: Workspace, options: argparse.Namespace, console: Console) -> None:
    """In a copy made for several people it is said once under which name the history will be kept."""
    from desktop.workspace import opening

    if opening.asks_who(workspace):
        if not getattr(options, "name", "").strip():
            console.warn(Message("cli.working_as", name=workspace.author.name))
        opening.work_as(workspace, workspace.author)


def _spread(workspace: str, console: Console) -> None:
    """Copy backups to the second place, where one is set; a stick that is away is no reason to stop."""
    from desktop.workspace import backup

    try:
        backup.spread(workspace)
    except RancangError as error:
        console.warn(error.message)
