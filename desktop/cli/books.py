"""``rancang books``: print the books of the guideline, as PDF or in other forms."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.books.formats import DOCX, FORMATS, PDF
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened
from desktop.cli.overwriting import add_force

if TYPE_CHECKING:
    from desktop.books.printing import BookFile


def add_arguments(parser: Parser, console: Console) -> None:
    """Which books, in which languages, where."""
    add_force(parser, console)
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
    text = console.text
    parser.add_argument(
        "--agency",
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.agency")),
        help=text(Message("cli.help.books_agency")),
    )
    parser.add_argument("--together", action="store_true", help=text(Message("cli.help.books_together")))
    parser.add_argument(
        "--chapters",
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.chapter")),
        help=text(Message("cli.help.books_chapters")),
    )
    add_book_language(parser, console)
    parser.add_argument(
        "--format",
        action="append",
        choices=list(FORMATS),
        default=[],
        help=text(Message("cli.help.books_format")),
    )


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
    """Write the books and say where they are."""
    if options.chapters:
        return _chapters(options, console)
    from desktop.books.printing import write_books

    written = write_books(
        console.progress,
        options.workspace,
        options.output,
        book_languages(options),
        tuple(options.books),
        _agencies(options, console),
        options.together,
        tuple(dict.fromkeys(options.format)) or (PDF,),
    )
    for one in written:
        console.record(
            "book",
            {
                "book": one.book,
                "language": one.language,
                "file": str(one.path),
                "pages": one.pages,
                "draft": one.draft,
                "agency": one.agency,
                "format": one.format,
            },
            _told(one),
        )
    return 0


class OnlyWord(RancangError):
    """Chapters for editing are Word files, and no books beside."""

    def __init__(self) -> None:
        super().__init__(Message("cli.books.only_word"))


def _chapters(options: argparse.Namespace, console: Console) -> int:
    """Write chapters for editing, one file for each language. Raises OnlyWord, UnknownChapter."""
    from desktop.books.editing import file_name, write_chapters

    if options.books or set(options.format) - {DOCX}:
        raise OnlyWord
    wanted = tuple(dict.fromkeys(word for said in options.chapters for word in said.split(",") if word))
    with opened(options, console, read_only=True) as workspace:
        pack = workspace.pack()
    for language in book_languages(options):
        target = options.output / file_name(pack, wanted, Language(language))
        write_chapters(console.progress, options.workspace, target, wanted, language)
        data = {"chapters": list(wanted), "language": language, "file": str(target)}
        console.record("chapters", data, Message("cli.books.chapters", file=str(target)))
    return 0


def _told(one: BookFile) -> Message:
    """One file in a sentence; what has no pages is not counted in them."""
    file = str(one.path)
    if not one.pages:
        return (
            Message("cli.books.file_draft", file=file) if one.draft else Message("cli.books.file", file=file)
        )
    if one.draft:
        return Message("cli.books.draft", file=file, n=one.pages)
    return Message("cli.books.written", file=file, n=one.pages)


def _agencies(options: argparse.Namespace, console: Console) -> tuple[str, ...]:
    """Whose copies are wanted of what is printed for each agency. Raises UnknownName."""
    if not options.agency:
        return ()
    from desktop.cli.rows import Rows

    with opened(options, console, read_only=True) as workspace:
        rows = Rows(workspace.plan())
    return tuple(dict.fromkeys(rows.find("agency", name) for name in options.agency))
