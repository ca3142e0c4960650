"""``rancang books``: print the books of the guideline as PDF."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Language, Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace


def add_arguments(parser: Parser, console: Console) -> None:
    """Which books, in which languages, where."""
    add_workspace(parser, console)
    parser.add_argument(
        "books",
        nargs="*",
        default=[],
        metavar=console.text(Message("cli.metavar.book")),
        help=console.text(Message("cli.help.books")),
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(),
        metavar=console.text(Message("cli.metavar.folder")),
        help=console.text(Message("cli.help.books_output")),
    )
    add_book_language(parser, console)


def add_book_language(parser: Parser, console: Console) -> None:
    """The language of the books, which need not be that of the command."""
    parser.add_argument(
        "--book-language",
        action="append",
        choices=[each.value for each in Language],
        default=[],
        help=console.text(Message("cli.help.book_language")),
    )


def book_languages(options: argparse.Namespace) -> tuple[str, ...]:
    """What was asked for, Indonesian by default."""
    return tuple(dict.fromkeys(options.book_language)) or (Language.ID.value,)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the PDFs and say where they are."""
    from desktop.books.printing import write_books

    written = write_books(
        console.progress, options.workspace, options.output, book_languages(options), tuple(options.books)
    )
    for one in written:
        line = (
            Message("cli.books.draft", file=str(one.path), n=one.pages)
            if one.draft
            else Message("cli.books.written", file=str(one.path), n=one.pages)
        )
        console.record(
            "book",
            {
                "book": one.book,
                "language": one.language,
                "file": str(one.path),
                "pages": one.pages,
                "draft": one.draft,
            },
            line,
        )
    return 0
