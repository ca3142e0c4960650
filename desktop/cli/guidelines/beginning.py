"""``rancang guideline new-from``: a folder of JSON files in which a new pack is written."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import add_pack


def add_arguments(parser: Parser, console: Console) -> None:
    """What to begin with, the folder, and what the new pack is called."""
    text = console.text
    add_pack(parser, console)
    parser.add_argument(
        "folder",
        type=Path,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.guideline_folder")),
    )
    parser.add_argument("--id", default="", metavar="ID", help=text(Message("cli.help.guideline_id")))
    parser.add_argument(
        "--new-version",
        default="0.1",
        metavar=text(Message("cli.metavar.version")),
        help=text(Message("cli.help.guideline_version")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the folder; say what to edit. Raises WhichGuideline, BrokenPack, FileProblem."""
    from desktop.guideline.issuing import begin_from
    from desktop.guideline.store import open_named

    begun = begin_from(open_named(options.pack).pack, options.folder, options.id, options.new_version)
    console.record(
        "guideline-begun",
        {
            "folder": str(options.folder),
            "id": begun.id,
            "version": begun.version,
            "based_on": begun.based_on,
            "files": list(begun.files),
        },
        Message(
            "cli.guideline.begun", folder=str(options.folder), id=begun.id, version=begun.version,
            base=begun.based_on,
        ),
    )  # fmt: skip
    for name in begun.files:
        console.note(Message(f"cli.guideline.file.{name.removesuffix('.json')}", file=name), indent=2)
    console.note(Message("cli.guideline.begun_next", folder=str(options.folder)))
    return 0
