"""Where papers of ours are written, one for each language: a file by its name, or into a folder."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.base import Language, Message
from desktop.books.formats import ENDINGS, FORMATS, PDF
from desktop.cli.arguments import Parser
from desktop.cli.books import add_book_language, book_languages
from desktop.cli.console import Console
from desktop.cli.overwriting import add_force, keep_others


def add_paper(parser: Parser, console: Console) -> None:
    """In which form and languages a paper is written, and whether over another file."""
    parser.add_argument(
        "--format",
        choices=tuple(FORMATS),
        default=PDF,
        help=console.text(Message("cli.help.report_format")),
    )
    add_book_language(parser, console)
    add_force(parser, console)


def targets(
    options: argparse.Namespace, output: Path, name: Callable[[Language, str], str]
) -> Iterator[tuple[str, Path]]:
    """Language and file; ``name`` gives the names in a folder.

    Raises InTheWay, FileProblem.
    """
    languages = book_languages(options)
    for language in languages:
        target, suffix = output, output.suffix.casefold()
        if suffix not in ENDINGS:
            target /= name(Language(language), options.format)
        elif len(languages) > 1:
            target = target.with_suffix(f".{language}{suffix}")
        keep_others(target)
        yield language, target
