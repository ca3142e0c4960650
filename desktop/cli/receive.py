"""``rancang receive``: do with files what they are for, as the window does with files let go on it.

With ``--register`` it is the ministry's desk (:mod:`desktop.cli.desk`).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.cli import desk
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author

if TYPE_CHECKING:
    from desktop.exchange.receiving import Task


def add_arguments(parser: Parser, console: Console) -> None:
    """Files, and the workspace or the ministry's register they are for."""
    text = console.text
    parser.add_argument(
        "files",
        type=Path,
        nargs="*",
        default=[],
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.receive_files")),
    )
    parser.add_argument(
        "--into",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.workspace")),
        help=text(Message("cli.help.into")),
    )
    parser.add_argument("--accept", action="store_true", help=text(Message("cli.help.accept")))
    add_author(parser, console)
    desk.add_arguments(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Each kind of file goes the way of its own command; the worst exit code of all."""
    if desk.wanted(options):
        return desk.run(options, console)
    if not options.files:
        raise desk.NoFolder
    from desktop.exchange.arrival import gather, workspace_of
    from desktop.exchange.receiving import Situation, decide
    from desktop.workspace import file

    now = Situation()
    if options.into is not None:
        # says in a sentence what is wrong with it before anything is done
        file.version_of(options.into)
        now = Situation(workspace_of(options.into), options.into)
    tasks = decide(gather(options.files), now)
    if not tasks:
        console.say(Message("exchange.receive.nothing"))
        return 1
    worst = 0
    for task in tasks:
        console.note(task.promise)
        for words in _commands(task, options):
            worst = max(worst, _call(words, console))
        if task.deed.value in {"open", "start", "return"} or task.refused:
            worst = max(worst, _tell(task, console))
    return worst


def _commands(task: Task, options: argparse.Namespace) -> list[list[str]]:
    """The commands that do a task: the words a person would have typed."""
    into = str(options.into)
    who = [f"--name={options.name}"] * bool(options.name) + [f"--role={options.role}"] * bool(options.role)
    paths = [str(path) for path in task.paths]
    match task.deed.value:
        case "verify":
            return [["verify", "--", *paths]]
        case "guideline":
            # what it is, whose, and what to know of it; that it is kept here is no suggestion to take
            return [["guideline", "check", "--", path] for path in paths]
        case "bring-back":
            yes = ["--yes"] * options.accept
            return [["bring-back", *yes, *who, "--", into, *paths]]
        case "workbooks":
            # photos that came with them are what their evidence columns name
            books = [str(each.path) for each in task.arrivals if each.kind.value == "workbook"]
            beside = [f"--evidence={path}" for path in paths if path not in books]
            return [["bring-back", *["--accept"] * options.accept, *beside, *who, "--", into, *books]]
        case "import":
            accept = ["--accept"] * options.accept
            return [["import", *accept, *who, "--", into, path] for path in paths]
        case "input-sheet":
            accept = ["--accept"] * options.accept
            return [["input", *accept, *who, "--", into, "import", path] for path in paths]
        case "edited":
            return [["bring-back", *["--yes"] * options.accept, *who, "--", into, *paths]]
        case "evidence":
            return [["evidence", *who, "--", into, *paths]]
    return []


def _call(words: list[str], console: Console) -> int:
    from desktop.cli.main import run as run_command

    shared = [f"--language={console.language.value}"] + ["--json"] * console.as_json
    return run_command([*shared, *words])


def _tell(task: Task, console: Console) -> int:
    """What the command line does not do by itself, file by file, and what to do; always exit code 1."""
    for arrival in task.arrivals:
        next_ = Message(f"cli.receive.{task.deed.value}", file=str(arrival.path))
        told = arrival.explanation if task.deed.value == "explain" else next_
        if arrival.kind.value == "changes" and task.deed.value == "needs-document":
            told = Message("cli.receive.needs-own-document", file=str(arrival.path))
        data = {"file": str(arrival.path), "what": arrival.kind.value, "text": console.text(told)}
        console.record("not-received", data, told)
    return 1
