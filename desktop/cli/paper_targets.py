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
    add_formats(parser, console.text(Message("cli.help.report_format")))
    add_book_language(parser, console)
    add_force(parser, console)


def add_formats(parser: Parser, said: str) -> None:
    """In which forms; one or several."""
    parser.add_argument("--format", action="append", choices=tuple(FORMATS), default=[], help=said)


def targets(
    options: argparse.Namespace, output: Path, name: Callable[[Language, str], str], usual: str = PDF
) -> Iterator[tuple[str, Path]]:
    """Language and file, one for each form asked for; ``name`` gives the names in a folder.

    A file that is named is in the form its name ends with.

    Raises InTheWay, FileProblem.
    """
    languages = book_languages(options)
    suffix = output.suffix.casefold()
    forms = tuple(dict.fromkeys(options.format)) or (usual,)
    for language in languages:
        if suffix not in ENDINGS:
            found = [output / name(Language(language), form) for form in forms]
        else:
            found = [output.with_suffix(f".{language}{suffix}") if len(languages) > 1 else output]
        keep_others(*found)
        yield from ((language, target) for target in found)
