"""``rancang guideline remove``: take an installed pack away; documents made with it keep it."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import data_of


def add_arguments(parser: Parser, console: Console) -> None:
    """Which one: id, id@version, or the file name of a damaged one."""
    parser.add_argument(
        "pack",
        metavar=console.text(Message("cli.metavar.pack")),
        help=console.text(Message("cli.help.guideline_remove")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Raises NotInstalled, FileProblem."""
    from desktop.guideline.store import remove

    one = remove(options.pack)
    done = Message("cli.guideline.removed", name=one.name)
    console.record("guideline-removed", data_of(one, console), done)
    return 0
