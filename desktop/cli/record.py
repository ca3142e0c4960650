"""``rancang record``: the record of a meeting or visit, or its list to be signed: PDF, HTML or DOCX."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Language, Message
from desktop.cli.arguments import Parser
from desktop.cli.books import add_book_language
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened
from desktop.cli.overwriting import add_force
from desktop.cli.paper_targets import add_formats, targets


def add_arguments(parser: Parser, console: Console) -> None:
    """Which meeting, and where the PDF goes."""
    add_force(parser, console)
    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "meeting", metavar=text(Message("cli.metavar.meeting")), help=text(Message("cli.help.record_meeting"))
    )
    parser.add_argument(
        "output",
        nargs="?",
        type=Path,
        default=Path(),
        metavar=text(Message("cli.metavar.pdf")),
        help=text(Message("cli.help.record_output")),
    )
    parser.add_argument(
        "--attendance-list", action="store_true", help=text(Message("cli.help.record_attendance"))
    )
    add_formats(parser, text(Message("cli.help.record_format")))
    add_book_language(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write one file for each language. Raises NoSuchMeeting."""
    from desktop.books.record import Kind, file_name, write_record
    from desktop.cli.meetings import find_meeting

    with opened(options, console, read_only=True) as workspace:
        plan = workspace.plan()
    meeting = find_meeting(plan, options.meeting)
    kind: Kind = "attendance" if options.attendance_list else "record"

    def name(language: Language, form: str) -> str:
        return file_name(plan, meeting.id, kind, language, f".{form}")

    for language, target in list(targets(options, options.output, name)):
        path, pages = write_record(console.progress, options.workspace, target, meeting.id, language, kind)
        console.record(
            "record",
            {"meeting": meeting.id, "kind": kind, "language": language, "file": str(path), "pages": pages},
            Message("cli.books.written", file=str(path), n=pages)
            if pages
            else Message("cli.record.written", file=str(path)),
        )
    return 0
