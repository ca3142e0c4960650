"""``rancang legal``: drafts of a decree or a regulation for the legal bureau, as DOCX, PDF or HTML."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from desktop.base import Message
from desktop.books.formats import DOCX
from desktop.cli.arguments import Parser
from desktop.cli.books import add_book_language
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace
from desktop.cli.overwriting import add_force
from desktop.cli.paper_targets import add_formats, targets


def add_arguments(parser: Parser, console: Console) -> None:
    """Which draft, and where it goes."""
    add_force(parser, console)
    from desktop.books.legal import KINDS

    text = console.text
    add_workspace(parser, console)
    parser.add_argument("kind", choices=KINDS, help=text(Message("cli.help.legal_kind")))
    parser.add_argument(
        "output",
        nargs="?",
        type=Path,
        default=Path(),
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.legal_output")),
    )
    add_formats(parser, text(Message("cli.help.legal_format")))
    add_book_language(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write one file for each language. Raises FileProblem."""
    from desktop.books.legal import file_name, write_legal

    files = list(targets(options, options.output, partial(file_name, options.kind), DOCX))
    for language, target in files:
        path = write_legal(console.progress, options.workspace, target, options.kind, language)
        console.record(
            "legal",
            {"kind": options.kind, "language": language, "file": str(path)},
            Message("cli.legal.written", file=str(path)),
        )
    return 0
