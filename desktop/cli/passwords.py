"""Passwords come from a prompt or a file, never from the command line, where others could read them."""

from __future__ import annotations

import argparse
import getpass
import sys
from pathlib import Path

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.cli.arguments import Parser
from desktop.cli.console import Console


class NoPassword(RancangError):
    """There is no terminal to ask at, and no password file."""

    def __init__(self) -> None:
        super().__init__(Message("cli.no_password"))


def add_password(parser: Parser, console: Console) -> None:
    """``--password-file``; without it we ask."""
    parser.add_argument(
        "--password-file", type=Path, default=None, help=console.text(Message("cli.help.password_file"))
    )


def password(options: argparse.Namespace, console: Console) -> str:
    """The password or PIN. Raises NoPassword, FileProblem."""
    if options.password_file is not None:
        try:
            text = options.password_file.read_text(encoding="utf-8")
        except OSError as error:
            raise FileProblem.from_os(error, str(options.password_file)) from error
        return str(text.removesuffix("\n").removesuffix("\r"))
    if not sys.stdin.isatty():
        raise NoPassword
    return getpass.getpass(console.text(Message("cli.ask_password")) + " ")
