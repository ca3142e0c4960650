"""``rancang settings``: what this computer remembers, shown and changed."""

from __future__ import annotations

import argparse

from desktop.base import Message, RancangError
from desktop.base.settable import SETTABLE, NoSuchSetting, Settable, change
from desktop.base.settings import Settings, SettingsFile
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

_MOVED = ("--anchors", "--add-anchor", "--remove-anchor")
"""What was asked here before ``rancang trust`` was there; not in the help any more."""


class Moved(RancangError):
    """Whom this computer believes is no setting any more; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(Message("cli.settings.moved"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Nothing shows all; a name shows one; a name and a value change it."""
    parser.add_argument(
        "name",
        nargs="?",
        default="",
        metavar=console.text(Message("cli.metavar.setting")),
        help=console.text(Message("cli.help.setting", known=", ".join(SETTABLE))),
    )
    parser.add_argument(
        "value",
        nargs="?",
        default=None,
        metavar=console.text(Message("cli.metavar.value")),
        help=console.text(Message("cli.help.setting_value")),
    )
    for option in _MOVED:
        parser.add_argument(option, nargs="*", dest="moved", default=None, help=argparse.SUPPRESS)


def run(options: argparse.Namespace, console: Console) -> int:
    """Show or change. Raises NoSuchSetting, NotAValue, NoSuchFolder, Moved."""
    if options.moved is not None:
        raise Moved
    file = SettingsFile()
    if options.value is not None:
        file.keep(change(file.value, options.name, options.value))
    if options.name and options.name not in SETTABLE:
        raise NoSuchSetting(options.name)
    for each in SETTABLE.values():
        if options.name in {"", each.name}:
            _print(each, file.value, console)
    return 0


def _print(setting: Settable, settings: Settings, console: Console) -> None:
    value, title = setting.read(settings), console.text(setting.title)
    console.record(
        "setting", {"name": setting.name, "value": value}, f"{setting.name:<18} {value or '-':<24} {title}"
    )
