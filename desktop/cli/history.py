"""``rancang history``: the newest changes, or the story of one field or answer."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.base.speech import moment
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, a place, and how many."""
    add_workspace(parser, console)
    parser.add_argument(
        "place",
        nargs="?",
        default="",
        metavar=console.text(Message("cli.metavar.place")),
        help=console.text(Message("cli.help.history_place")),
    )
    parser.add_argument("--limit", type=int, default=50, help=console.text(Message("cli.help.limit")))


def run(options: argparse.Namespace, console: Console) -> int:
    """Who changed what when; newest first."""
    from desktop.base.ids import derived_id
    from desktop.cli.setting import find_row

    with opened(options, read_only=True) as workspace:
        if not options.place:
            for change in workspace.recent(options.limit):
                when = moment(change.when, console.language)
                console.record(
                    "change",
                    {
                        "id": change.id,
                        "when": change.wall,
                        "author": change.author,
                        "role": change.role,
                        "what": change.kind,
                        "label": change.message.to_json(),
                        "text": console.text(change.message),
                    },
                    f"{change.id[:12]}  {when}  {change.author}  {console.text(change.message)}",
                )
            return 0
        parts = options.place.split("/")
        if len(parts) >= 2:
            row = workspace.plan_row if parts[0] == "plan" else find_row(workspace.plan(), parts[1])
            entries = workspace.history(parts[0], row, parts[2] if len(parts) > 2 else "")
        else:
            answers = [derived_id("answer", options.place, "", language) for language in ("", "id", "en")]
            entries = [entry for answer in answers for entry in workspace.history("answer", answer, "value")]
        for entry in entries[: options.limit]:
            before = " / ".join(str(value) for value in entry.before)
            console.record(
                "entry",
                {
                    "when": entry.when.isoformat(),
                    "author": entry.author,
                    "field": entry.field,
                    "what": entry.kind,
                    "before": list(entry.before),
                    "after": entry.after,
                },
                f"{moment(entry.when, console.language)}  {entry.author}  "
                f"{entry.field}: {before} → {entry.after}",
            )
    return 0
