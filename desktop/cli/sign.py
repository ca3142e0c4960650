"""``rancang sign``: sign a package's PDFs for a role, or the package itself; or bring a signed PDF back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.passwords import add_password, password

if TYPE_CHECKING:
    from desktop.trust import KeySource


class NoKey(RancangError):
    """Neither a key file nor a token was named."""

    def __init__(self) -> None:
        super().__init__(Message("cli.no_key"))


def add_arguments(parser: Parser, console: Console) -> None:
    """The package, whose signature, and with which key."""
    parser.add_argument(
        "package",
        type=Path,
        metavar=console.text(Message("cli.metavar.package")),
        help=console.text(Message("cli.help.package")),
    )
    parser.add_argument("--role", default="", help=console.text(Message("cli.help.sign_role")))
    parser.add_argument(
        "--container", action="store_true", help=console.text(Message("cli.help.sign_container"))
    )
    parser.add_argument("--p12", type=Path, default=None, help=console.text(Message("cli.help.p12")))
    parser.add_argument(
        "--token", type=Path, default=None, metavar="LIB", help=console.text(Message("cli.help.token"))
    )
    parser.add_argument("--key-id", default="", metavar="HEX", help=console.text(Message("cli.help.key_id")))
    parser.add_argument("--token-label", default="", help=console.text(Message("cli.help.token_label")))
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="PEM",
        help=console.text(Message("cli.help.trust")),
    )
    parser.add_argument(
        "--export",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.folder")),
        help=console.text(Message("cli.help.export")),
    )
    parser.add_argument(
        "--returned", type=Path, default=None, metavar="PDF", help=console.text(Message("cli.help.returned"))
    )
    parser.add_argument("--document", default="", help=console.text(Message("cli.help.document")))
    parser.add_argument("--confirmed-by", default="", help=console.text(Message("cli.help.confirmed_by")))
    parser.add_argument("--output", type=Path, default=None, help=console.text(Message("cli.help.output")))
    add_password(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the signed package beside or over the one given."""
    from desktop import submission
    from desktop.trust import load_anchors

    target = options.output or options.package
    if options.export is not None:
        for path in submission.export_pdfs(console.progress, options.package, options.export):
            console.record("exported", {"file": str(path)}, Message("cli.sign.exported", file=str(path)))
        return 0
    anchors, now = load_anchors(options.trust), clock.now()
    if options.returned is not None:
        signed = submission.bring_back_pdf(
            console.progress,
            options.package,
            target,
            options.document,
            options.returned,
            options.role,
            options.confirmed_by,
        )
    elif options.container:
        signed = submission.sign_container(
            console.progress, options.package, target, key(options, console), options.role, anchors, now
        )
    else:
        signed = submission.sign_pdfs(
            console.progress, options.package, target, key(options, console), options.role, anchors, now
        )
    for checked in signed.checks:
        if checked.grade.value != "good":
            console.note(checked.message)
    if signed.signature_dropped:
        console.note(Message("cli.sign.dropped"))
    console.record(
        "signed",
        {"file": str(signed.path), "id": signed.id, "documents": list(signed.files)},
        Message("cli.sign.done", file=str(signed.path), n=len(signed.files)),
    )
    return 0


def key(options: argparse.Namespace, console: Console) -> KeySource:
    """The key the person named. Raises NoKey, NoPassword."""
    from desktop.trust import P12Key, TokenKey

    if options.p12 is not None:
        return P12Key(options.p12, password(options, console))
    if options.token is not None:
        return TokenKey(
            options.token, password(options, console), token=options.token_label, key_id=options.key_id
        )
    raise NoKey
