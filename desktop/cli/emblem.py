"""``rancang emblem``: the region's emblem on covers and letters: which it is, another one, none."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message
from desktop.base.placing import put as put_file
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.overwriting import add_force


def add_arguments(parser: Parser, console: Console) -> None:
    """The picture, or what else to do."""
    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.picture")),
        help=text(Message("cli.help.emblem_file")),
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--remove", action="store_true", help=text(Message("cli.help.emblem_remove")))
    which.add_argument(
        "--save",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.picture")),
        help=text(Message("cli.help.emblem_save")),
    )
    add_force(parser, console)
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """One operation for a change; then which emblem there is. Raises EmblemProblem, PhotoProblem."""
    from desktop.exchange.emblem import prepared, take
    from desktop.workspace.emblem import emblem, emblems, remove

    picture = prepared(options.file) if options.file is not None else None
    changes = picture is not None or options.remove
    with opened(options, console, read_only=not changes) as workspace:
        if picture is not None:
            with workspace.operation(Message("exchange.emblem.taken")) as op:
                take(op, workspace.plan(), picture)
        if options.remove and emblem(workspace.plan()) is not None:
            with workspace.operation(Message("exchange.emblem.removed")) as op:
                remove(op, workspace.plan())
        plan = workspace.plan()
        found = emblem(plan)
        if found is None:
            console.record("emblem", {"file": ""}, Message("cli.emblem.none"))
            return 0
        if len(emblems(plan)) > 1:
            console.warn(Message("exchange.emblem.several", file=found.name))
        facts = {"id": found.id, "file": found.name, "sha256": found.sha256, "size": found.size}
        if options.save is not None:
            put_file(options.save, workspace.evidence_bytes(found.sha256))
            facts["saved"] = str(options.save)
        console.record("emblem", facts, Message("cli.emblem.is", file=found.name))
    return 0
