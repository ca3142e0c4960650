"""``rancang show``: what a workspace is about and how far it has come."""

from __future__ import annotations

import argparse

from desktop.base import LocalText, Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, and one item to show instead of the whole."""
    add_workspace(parser, console)
    parser.add_argument(
        "item",
        nargs="?",
        default="",
        metavar=console.text(Message("cli.metavar.place")),
        help=console.text(Message("cli.help.show_item")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Region, years, guideline, counts; or every answer to one item."""
    with opened(options, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        if options.item:
            for (item, scope), answer in plan.answers.items():
                if item == options.item:
                    shown = answer.text.read(console.language) or answer.value
                    data = {
                        "item": item,
                        "scope": scope,
                        "value": answer.value,
                        "texts": dict(answer.text.values),
                    }
                    console.record("answer", data, f"{scope or '-'}  {shown}")
            return 0
        console.record(
            "workspace",
            {
                "region": plan.region.code,
                "name": plan.region.name,
                "years": [plan.first_year, plan.last_year],
                "guideline": plan.guideline.id,
                "head": plan.head,
                "programmes": len(plan.programmes),
                "evidence": len(plan.evidence),
                "conflicts": len(plan.conflicts),
            },
            Message(
                "cli.show.plan",
                region=plan.region.name,
                code=plan.region.code,
                first=str(plan.first_year),
                last=str(plan.last_year),
                guideline=LocalText(pack.pack.title.texts),
                head=plan.head[:12],
                programmes=len(plan.programmes),
                evidence=len(plan.evidence),
                conflicts=len(plan.conflicts),
            ),
        )
    return 0
