"""Whom a call believes besides the anchors of this computer, and whom it asks for timestamps."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.settings import SettingsFile
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.trust import Anchors, TimeService


def add_trust(parser: Parser, console: Console) -> None:
    """Whom else to believe, for this call."""
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="PEM",
        help=console.text(Message("cli.help.trust")),
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
