"""``rancang guideline``: the packs at hand; a pack file checked."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console


def add_arguments(parser: Parser, console: Console) -> None:
    """Nothing lists; a file is checked."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.file")),
        help=console.text(Message("cli.help.guideline_file")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """List the bundled packs, or check one file: a broken pack is refused with file, key and remedy."""
    from desktop.guideline import bundled, load_pack

    if options.file is None:
        for each in bundled():
            console.record(
                "guideline",
                {"id": each.id, "version": each.version, "status": each.status},
                f"{each.id}  {each.version}  {each.title.read(console.language)}",
            )
        return 0
    pack = load_pack(options.file)
    counts = {
        "dimensions": len(pack.dimensions),
        "forms": len(pack.forms),
        "worksheets": len(pack.worksheets),
        "books": len(pack.books),
        "rules": len(pack.rules),
    }
    console.record(
        "guideline",
        {"id": pack.pack.id, "version": pack.pack.version, **counts},
        Message("cli.guideline.whole", title=pack.pack.title, version=pack.pack.version, **counts),
    )
    return 0
