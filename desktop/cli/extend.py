"""``rancang extend``: add timestamps to a signed package, and answers about revocation if wanted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.base.settings import SettingsFile
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.trust import Anchors, TimeService

LEVELS = ("t", "lt")


def add_arguments(parser: Parser, console: Console) -> None:
    """The package, whom to ask, and how much to add."""
    text = console.text
    file = text(Message("cli.metavar.file"))
    parser.add_argument(
        "package",
        type=Path,
        metavar=text(Message("cli.metavar.package")),
        help=text(Message("cli.help.extend_package")),
    )
    add_service(parser, console)
    parser.add_argument("--level", choices=LEVELS, default="t", help=text(Message("cli.help.extend_level")))
    parser.add_argument(
        "--crl",
        type=Path,
        action="append",
        default=[],
        metavar=file,
        help=text(Message("cli.help.extend_crl")),
    )
    parser.add_argument(
        "--trust", type=Path, action="append", default=[], metavar="PEM", help=text(Message("cli.help.trust"))
    )
    parser.add_argument(
        "--output", type=Path, default=None, metavar=file, help=text(Message("cli.help.output"))
    )


def add_service(parser: Parser, console: Console, *, wanted: bool = True) -> None:
    """Whom to ask for timestamps, and who vouches for them; unless ``wanted``, only when it is named."""
    address = console.text(Message("cli.metavar.address"))
    about = Message("cli.help.tsa") if wanted else Message("cli.help.sign_tsa")
    if wanted:
        parser.add_argument("--tsa", default="", metavar=address, help=console.text(about))
    else:
        parser.add_argument(
            "--tsa", nargs="?", const="", default=None, metavar=address, help=console.text(about)
        )
    add_time_anchor(parser, console)


def add_time_anchor(parser: Parser, console: Console) -> None:
    """Who vouches for timestamps, for this call."""
    parser.add_argument(
        "--trust-time",
        type=Path,
        action="append",
        default=[],
        metavar="PEM",
        help=console.text(Message("cli.help.trust_time")),
    )


def believed(options: argparse.Namespace) -> Anchors:
    """The anchors of this computer and of this call. Raises NotAnAnchor, BadList, FileProblem."""
    from desktop.trust import AnchorClass, load_anchors

    return load_anchors(options.trust).plus(*options.trust_time, purpose=AnchorClass.TIMESTAMP)


def service_of(options: argparse.Namespace) -> TimeService:
    """The authority named in the call, else the one set on this computer. Raises NoTimeService, NoAnswer."""
    from desktop.trust import time_service

    return time_service(options.tsa or "", SettingsFile().value.timestamp_service)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the package with what was added; nothing is written unless all of it holds."""
    from desktop.cli.packages import check_target
    from desktop.submission import extend
    from desktop.trust.anchors import read_list_file

    target = options.output or options.package
    check_target(target, options.package)
    service = service_of(options)
    anchors = believed(options).with_lists(*(one for file in options.crl for one in read_list_file(file)))
    done = extend(console.progress, options.package, target, service, options.level, anchors, clock.now())
    for note in done.notes:
        console.warn(note)
    console.record(
        "extended",
        {
            "file": str(done.path),
            "signatures": [
                {
                    "file": one.file,
                    "holder": one.holder,
                    "proven_at": one.proven_at.isoformat(),
                    "proven_by": one.proven_by,
                    "revocation": one.revocation,
                }
                for one in done.stamped
            ],
            "notes": [console.text(note) for note in done.notes],
        },
        Message("cli.extend.done", file=str(done.path), n=len(done.stamped)),
    )
    for one in done.stamped:
        console.note(
            Message(
                "cli.extend.line",
                what=one.file or Message("cli.verify.package"),
                holder=one.holder,
                moment=one.proven_at,
                authority=one.proven_by,
            ),
            indent=4,
        )
    return 0
