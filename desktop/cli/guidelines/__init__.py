"""``rancang guideline``: the packs at hand, and what an issuer and a region do with packs.

Each sub-verb is a module here with ``add_arguments`` and ``run``, as the verbs themselves are.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from types import ModuleType

from desktop.base import Message
from desktop.cli.arguments import Parser, add_common
from desktop.cli.console import Console
from desktop.cli.verbs import Verb

SUB_VERBS = {
    "list": Verb("listing", Message("cli.guideline.verb.list")),
    "check": Verb("checking", Message("cli.guideline.verb.check")),
    "show": Verb("showing", Message("cli.guideline.verb.show")),
    "install": Verb("installing", Message("cli.guideline.verb.install")),
    "remove": Verb("removing", Message("cli.guideline.verb.remove")),
    "diff": Verb("differing", Message("cli.guideline.verb.diff")),
    "new-from": Verb("beginning", Message("cli.guideline.verb.new_from")),
    "move": Verb("moving", Message("cli.guideline.verb.move")),
    "leftover": Verb("leftover", Message("cli.guideline.verb.leftover")),
    "sign": Verb("signing", Message("cli.guideline.verb.sign")),
}
"""What is done with packs, in the order of a pack's life."""


def add_arguments(parser: Parser, console: Console) -> None:
    """One of the sub-verbs; none lists."""
    choices = parser.add_subparsers(dest="sub_verb", metavar=console.text(Message("cli.metavar.verb")))
    for name, entry in SUB_VERBS.items():
        child = parser.add_verb(choices, name, console.text(entry.summary))
        add_common(child, console, again=True)
        _module(entry).add_arguments(child, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Do what the sub-verb says; without one the packs at hand are listed."""
    return int(_module(SUB_VERBS[options.sub_verb or "list"]).run(options, console))


def _module(entry: Verb) -> ModuleType:
    return import_module(f"desktop.cli.guidelines.{entry.module}")
