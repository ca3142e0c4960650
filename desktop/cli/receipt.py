"""``rancang receipt``: the region's own record of a package, as a page to print or keep."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Language, Message, clock
from desktop.cli.arguments import Parser
from desktop.cli.believing import add_trust
from desktop.cli.console import Console
from desktop.cli.overwriting import add_force, keep_others


def add_arguments(parser: Parser, console: Console) -> None:
    """The package, where to, in which language, and whom to believe besides."""
    text = console.text
    parser.add_argument(
        "package",
        type=Path,
        metavar=text(Message("cli.metavar.package")),
        help=text(Message("cli.help.receipt_package")),
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar="PDF",
        help=text(Message("cli.help.receipt_output")),
    )
    add_force(parser, console)
    parser.add_argument(
        "--receipt-language",
        choices=[each.value for each in Language],
        default=Language.ID.value,
        help=text(Message("cli.help.receipt_language")),
    )
    add_trust(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the page and say where it is."""
    from desktop.submission.slip import slip_name, write_slip
    from desktop.trust import load_anchors

    target: Path = options.output or options.package.with_name(slip_name(options.package))
    keep_others(target)
    anchors = load_anchors(options.trust)
    path = write_slip(
        console.progress, options.package, target, anchors, clock.now(), options.receipt_language
    )
    console.record("receipt", {"file": str(path)}, Message("cli.receipt.written", file=str(path)))
    return 0
