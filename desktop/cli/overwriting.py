"""Where something is to be written and something lies already: an earlier one of ours, or not.

Only what is plainly ours, and as it was written (:mod:`desktop.base.written`), is replaced without asking;
anything else needs ``--force``. Writing itself asks for that; asked here it is said before the work is done.
In the window the dialog for files has asked.
"""

from __future__ import annotations

from pathlib import Path

from desktop.base import Message
from desktop.base.written import keep_strangers
from desktop.cli.arguments import Parser
from desktop.cli.console import Console


def add_force(parser: Parser, console: Console) -> None:
    """``--force``: write over whatever file lies there."""
    parser.add_argument("--force", action="store_true", help=console.text(Message("cli.help.force")))


def keep_others(*targets: Path) -> None:
    """Raise InTheWay where a file lies that is none of ours, unless ``--force`` was given; FileProblem."""
    for target in targets:
        keep_strangers(target)
