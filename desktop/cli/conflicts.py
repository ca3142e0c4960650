"""``rancang conflicts``: fields filled differently, and settling one by a value."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.workspace import Workspace
    from desktop.workspace.merge import Conflict


class UnknownConflict(RancangError):
    """There is no open conflict, or no choice, with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(Message("cli.unknown_conflict", number=str(number)))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which to settle, and by which of its values."""
    add_workspace(parser, console)
    parser.add_argument(
        "--settle", type=int, default=0, metavar="N", help=console.text(Message("cli.help.settle"))
    )
    parser.add_argument(
        "--choose", type=int, default=0, metavar="K", help=console.text(Message("cli.help.choose"))
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List them, or settle one; exit code 1 while any is open."""
    with opened(options, read_only=not options.settle) as workspace:
        if options.settle:
            _settle(workspace, options.settle, options.choose)
        conflicts = workspace.conflicts()
        for number, conflict in enumerate(conflicts, 1):
            choices = workspace.choices(conflict)
            console.record(
                "conflict",
                {
                    "number": number,
                    "table": conflict.table,
                    "row": conflict.row,
                    "field": conflict.field,
                    "conflict": conflict.kind,
                    "choices": [[c.author, c.value] for c in choices],
                },
                f"{number:>3}  {conflict.table}/{conflict.row}/{conflict.field or '*'}  ({conflict.kind})",
            )
            for place, choice in enumerate(choices, 1):
                if not console.as_json:
                    print(f"       {place}: {choice.author}: {choice.value}")
    return 1 if conflicts else 0


def _settle(workspace: Workspace, number: int, choice: int) -> None:
    conflicts: list[Conflict] = workspace.conflicts()
    if not 1 <= number <= len(conflicts):
        raise UnknownConflict(number)
    conflict = conflicts[number - 1]
    choices = workspace.choices(conflict)
    if not 1 <= choice <= len(choices):
        raise UnknownConflict(choice)
    chosen = choices[choice - 1]
    workspace.resolve(conflict, chosen.value, keep=not chosen.deletes)
