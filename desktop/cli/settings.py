"""``rancang settings``: what this computer remembers, shown and changed, trusted certificates too."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.settable import SETTABLE, NoSuchSetting, Settable, change
from desktop.base.settings import Settings, SettingsFile
from desktop.base.speech import date
from desktop.cli.arguments import Parser
from desktop.cli.console import Console

if TYPE_CHECKING:
    from desktop.trust import KnownAnchor


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
    file, anchor = console.text(Message("cli.metavar.file")), console.text(Message("cli.metavar.anchor"))
    parser.add_argument("--anchors", action="store_true", help=console.text(Message("cli.help.anchors")))
    parser.add_argument(
        "--add-anchor", type=Path, metavar=file, help=console.text(Message("cli.help.add_anchor"))
    )
    parser.add_argument(
        "--remove-anchor", default="", metavar=anchor, help=console.text(Message("cli.help.remove_anchor"))
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Show or change. Raises NoSuchSetting, NotAValue, NoSuchFolder, NotAnAnchor, NoSuchAnchor."""
    if options.anchors or options.add_anchor or options.remove_anchor:
        return _anchors(options, console)
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


def _anchors(options: argparse.Namespace, console: Console) -> int:
    from desktop.trust import adopt, drop, known

    if options.add_anchor:
        for each in adopt(options.add_anchor):
            _print_anchor(each, console)
    if options.remove_anchor:
        drop(options.remove_anchor)
        console.record(
            "anchor-removed",
            {"file": options.remove_anchor},
            Message("cli.settings.anchor_removed", file=options.remove_anchor),
        )
    if options.anchors:
        for each in known():
            _print_anchor(each, console)
    return 0


def _print_anchor(anchor: KnownAnchor, console: Console) -> None:
    console.record(
        "anchor",
        {
            "file": anchor.file,
            "name": anchor.name.texts,
            "kind": anchor.kind.value,
            "sha256": anchor.fingerprint,
            "until": anchor.until.isoformat(),
        },
        Message(
            "cli.settings.anchor",
            file=anchor.file,
            name=anchor.name,
            fingerprint=anchor.fingerprint,
            until=date(anchor.until.date(), console.language),
        ),
    )
