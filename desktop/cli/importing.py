"""``rancang import``: take programmes from a spreadsheet; what the source leaves open is asked."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.cli.arguments import Parser
from desktop.cli.console import Console


def add_arguments(parser: Parser, console: Console) -> None:
    """A table file and its decisions."""


def run(options: argparse.Namespace, console: Console) -> int:
    raise NotImplementedError(Path)
