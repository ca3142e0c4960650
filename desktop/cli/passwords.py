"""Passwords come from a prompt or a file, never from the command line, where others could read them."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.words import text_file


class NoPassword(RancangError):
    """There is no terminal to ask at, and no password file."""

    def __init__(self) -> None:
        super().__init__(Message("cli.no_password"))


def add_password(parser: Parser, console: Console) -> None:
    """``--password-file``; without it we ask."""
    parser.add_argument(
        "--password-file",
        type=Path,
        default=None,
        metavar=console.text(Message("cli.metavar.file")),
        help=console.text(Message("cli.help.password_file")),
    )


def password(options: argparse.Namespace, console: Console) -> str:
    """The password or PIN. Raises NoPassword, FileProblem, NotText."""
    if options.password_file is not None:
        return text_file(options.password_file).removesuffix("\n").removesuffix("\r")
    if console.as_json or not sys.stdin.isatty():
        raise NoPassword
    return getpass.getpass(console.text(Message("cli.ask_password")) + " ")
