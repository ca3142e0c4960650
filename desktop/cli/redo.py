"""``rancang redo``: do again what was undone last."""

from __future__ import annotations

import argparse

from desktop.cli import undo
from desktop.cli.console import Console
from desktop.cli.undo import add_arguments

__all__ = ["add_arguments", "run"]


def run(options: argparse.Namespace, console: Console) -> int:
    """Redo; exit code 1 when there was nothing."""
    return undo.run(options, console, again=True)
