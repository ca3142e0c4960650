"""``rancang guideline list``: every pack at hand with its state and whose it is."""

from __future__ import annotations

import argparse

from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import data_of, line_of


def add_arguments(_parser: Parser, _console: Console) -> None:
    """Nothing to be said."""


def run(_options: argparse.Namespace, console: Console) -> int:
    """In force first, the newest first; a damaged file with its sentence, which is no failure."""
    from desktop.guideline.store import available

    for one in available():
        console.record("guideline", data_of(one, console), line_of(one))
    return 0
