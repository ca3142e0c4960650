"""``rancang seal``: lock the documents into a package that nobody has signed yet."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.books import add_book_language, book_languages
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, where to, and what it replaces."""
    add_workspace(parser, console)
    parser.add_argument(
        "package",
        type=Path,
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.seal_package")),
    )
    parser.add_argument(
        "--replaces",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.replaces")),
    )
    add_book_language(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the sealed package. Equal workspaces give equal bytes."""
    from desktop.submission import container_hash
    from desktop.submission.assembling import seal_workspace

    previous = container_hash(options.replaces) if options.replaces else ""
    sealed = seal_workspace(
        console.progress, options.workspace, options.package, book_languages(options), previous
    )
    console.record(
        "sealed",
        {"file": str(sealed.path), "id": sealed.id, "files": sealed.files, "size": sealed.size},
        Message("cli.seal.done", file=str(sealed.path), n=sealed.files, id=sealed.id[:16]),
    )
    return 0
