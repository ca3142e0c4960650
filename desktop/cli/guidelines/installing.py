"""``rancang guideline install``: keep a pack on this computer, after a plain warning where one is due."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import data_of, line_of


def add_arguments(parser: Parser, console: Console) -> None:
    """The pack's file or folder, and whether the person agrees to an issuer nobody vouches for."""
    parser.add_argument(
        "file",
        type=Path,
        metavar=console.text(Message("cli.metavar.file")),
        help=console.text(Message("cli.help.guideline_install")),
    )
    parser.add_argument("--yes", action="store_true", help=console.text(Message("cli.help.guideline_yes")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Say whose it is; refuse what is broken, changed, or not agreed to."""
    from desktop.guideline import open_pack
    from desktop.guideline.provenance import provenance
    from desktop.guideline.store import install

    opened = open_pack(options.file)
    warning = provenance(opened).warning
    if warning is not None and options.yes:
        console.warn(warning)
    one = install(opened, confirmed=options.yes)
    done = Message("cli.guideline.installed", file=options.file.name, line=line_of(one))
    console.record("guideline-installed", data_of(one, console), done)
    return 0
