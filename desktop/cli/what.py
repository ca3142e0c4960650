"""``rancang what``: what each file is, and what the program would do with it."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console


def add_arguments(parser: Parser, console: Console) -> None:
    """Files and folders."""
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar=console.text(Message("cli.metavar.file")),
        help=console.text(Message("cli.help.what_files")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """One line for each file; exit code 1 when there is one that nothing is done with."""
    from desktop.exchange.arrival import gather
    from desktop.exchange.receiving import Situation, decide

    arrivals = gather(options.files)
    tasks = {arrival.path: task for task in decide(arrivals, Situation()) for arrival in task.arrivals}
    for arrival in arrivals:
        data = {
            "file": str(arrival.path),
            "what": arrival.kind.value,
            "deed": tasks[arrival.path].deed.value,
            "workspace": arrival.workspace,
            "bytes": arrival.size,
        }
        console.record("file", data, arrival.explanation)
    return int(not arrivals or any(task.deed.value == "explain" for task in tasks.values()))
