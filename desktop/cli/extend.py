"""``rancang extend``: add timestamps to a signed package, and answers about revocation if wanted."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.cli.arguments import Parser
from desktop.cli.believing import add_service, add_trust, believed, service_of
from desktop.cli.console import Console

if TYPE_CHECKING:
    pass

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
    add_trust(parser, console)
    parser.add_argument(
        "--output", type=Path, default=None, metavar=file, help=text(Message("cli.help.output"))
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the package with what was added; nothing is written unless all of it holds."""
    from desktop.cli.packages import check_target
    from desktop.submission import extend
    from desktop.submission.quoting import bounded, path_said, somebody
    from desktop.submission.resealing import asked_about
    from desktop.trust.anchors import read_list_file

    target = options.output or options.package
    with asked_about(target):
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
            "kept": str(done.kept or ""),
            "notes": [console.text(note) for note in done.notes],
        },
        Message("cli.extend.done", file=str(done.path), n=len(done.stamped)),
    )
    for one in done.stamped:
        console.note(
            Message(
                "cli.extend.line",
                what=path_said(one.file) or Message("cli.verify.package"),
                holder=somebody(one.holder),
                moment=one.proven_at,
                authority=bounded(one.proven_by),
            ),
            indent=4,
        )
    if done.kept is not None:
        console.note(Message("cli.package_kept", file=str(done.kept)))
    return 0
