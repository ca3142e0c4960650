"""``rancang changes``: a small file with what the others do not have yet."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.base.speech import file_size
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.overwriting import add_force


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, where the file goes, and how much of it."""
    add_force(parser, console)
    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "--out",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.changes_out")),
    )
    parser.add_argument("--full", action="store_true", help=text(Message("cli.help.changes_full")))
    parser.add_argument("--evidence", action="store_true", help=text(Message("cli.help.changes_evidence")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the file; tell how much it holds, how large it is, and what stayed behind."""
    from desktop.exchange.changes_file import file_name, send
    from desktop.workspace.changes_file import SUFFIX

    with opened(options, console) as workspace:
        target = options.out if options.out is not None else options.workspace.parent
        if target.is_dir():
            target /= file_name(workspace)
        elif not target.suffix or " " in target.suffix:
            # not with_suffix: what follows the dot of "Kab. Lampung" is no ending
            target = target.with_name(target.name + SUFFIX)
        sent = send(workspace, target, evidence=options.evidence, full=options.full)
        size = file_size(sent.size, console.language)
        line = (
            Message("cli.changes.fits", file=target.name, n=sent.change_sets, size=size)
            if sent.fits_chat
            else Message("cli.changes.too_large", file=target.name, n=sent.change_sets, size=size)
        )
        data = {
            "file": str(target),
            "bytes": sent.size,
            "fits_chat": sent.fits_chat,
            "change_sets": sent.change_sets,
            "operations": sent.operations,
            "files": sent.files,
            "left_out": sent.left_out,
        }
        console.record("sent", data, line)
        if sent.left_out:
            console.note(Message("cli.changes.left_out", n=sent.left_out))
    return 0
