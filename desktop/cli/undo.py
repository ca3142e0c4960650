"""``rancang undo``: take back this copy's newest change."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace and who works."""
    add_workspace(parser, console)
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console, *, again: bool = False) -> int:
    """Undo (or redo); exit code 1 when there was nothing."""
    with opened(options, console) as workspace:
        result = workspace.redo() if again else workspace.undo()
    if result is None:
        console.say(Message("cli.redo.nothing") if again else Message("cli.undo.nothing"))
        return 1
    line = (
        Message("cli.redo.done", label=result.label)
        if again
        else Message("cli.undo.done", label=result.label)
    )
    data = {"label": result.label.to_json(), "left_alone": ["/".join(place) for place in result.left_alone]}
    console.record("redone" if again else "undone", data, line)
    if result.left_alone:
        console.note(Message("cli.undo.left_alone", n=len(result.left_alone)))
    return 0
