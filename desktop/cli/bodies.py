"""``rancang bodies``: council, team, forum and working groups, with what each still lacks."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened


def add_arguments(parser: Parser, console: Console) -> None:
    """The document alone."""
    add_workspace(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List them; members, decrees and meetings are written with ``rancang row``."""
    from desktop.checks.missing import full_name, standings
    from desktop.checks.offers import outsiders
    from desktop.checks.reading import Reading
    from desktop.guideline import Guideline

    with opened(options, console, read_only=True) as workspace:
        pack = workspace.pack()
        guide = Guideline(pack)
        for standing in standings(Reading(workspace.plan(), pack)):
            dimension = guide.dimension(standing.dimension) if standing.dimension else None
            name = full_name(standing.asked, dimension.name if dimension else None)
            members = standing.row.members if standing.row else ()
            record = {
                "body": standing.asked.id,
                "dimension": standing.dimension,
                "row": standing.row.id if standing.row else "",
                "decree": standing.row.decree if standing.row else "",
                "members": len(members),
                "outsiders": outsiders(standing.row) if standing.row else 0,
                "missing": [console.text(each) for each in standing.missing],
            }
            console.record("body", record, Message("cli.bodies.line", body=name, n=len(members)))
            for each in standing.missing:
                console.note(each, 2)
    return 0
