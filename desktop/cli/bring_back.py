"""``rancang bring-back``: a colleague's workspace file is united with ours, after a preview."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.workspace.bring_back import MergeReport


def add_arguments(parser: Parser, console: Console) -> None:
    """Our workspace, the other file, and whether to ask."""
    add_workspace(parser, console)
    parser.add_argument(
        "file",
        type=Path,
        metavar=console.text(Message("cli.metavar.file")),
        help=console.text(Message("cli.help.bring_back")),
    )
    parser.add_argument("--preview", action="store_true", help=console.text(Message("cli.help.preview")))
    parser.add_argument("--yes", action="store_true", help=console.text(Message("cli.help.yes")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Show what would happen; on consent do it. Nothing is written before."""
    with opened(options) as workspace:
        preview = workspace.preview(options.file)
        print_report(preview, console, done=False)
        if options.preview or not (options.yes or _consents(console)):
            return 0
        report = workspace.bring_back(options.file)
        console.record(
            "brought-back",
            {
                "change_sets": report.change_sets,
                "rows": len(report.rows),
                "conflicts": report.open_conflicts,
                "backup": report.backup,
                "head": workspace.head,
            },
            Message(
                "cli.bring_back.done",
                n=report.change_sets,
                conflicts=report.open_conflicts,
                backup=report.backup,
            ),
        )
    return 0


def print_report(report: MergeReport, console: Console, *, done: bool) -> None:
    """A merge report as text, or as one JSON object."""
    data = {
        "change_sets": report.change_sets,
        "authors": list(report.authors),
        "first": report.first,
        "last": report.last,
        "files": report.files,
        "done": done,
        "rows": [
            {"table": c.table, "row": c.row, "change": c.kind, "fields": [list(f) for f in c.fields]}
            for c in report.rows
        ],
        "new_conflicts": [
            {"table": c.table, "row": c.row, "conflict": c.kind, "field": c.field}
            for c in report.new_conflicts
        ],
    }
    authors = ", ".join(report.authors) or "-"
    console.record(
        "preview",
        data,
        Message(
            "cli.bring_back.summary",
            n=report.change_sets,
            authors=authors,
            rows=len(report.rows),
            files=report.files,
        ),
    )
    if console.as_json:
        return
    for change in report.rows:
        print("  " + console.text(_kind(change.kind, change.table, change.row)))
        for name, before, after in change.fields if change.kind == "changed" else ():
            print(f"      {name}: {_short(before)} → {_short(after)}")
    for conflict in report.new_conflicts:
        console.note(
            Message(
                "cli.bring_back.conflict",
                table=conflict.table,
                row=conflict.row[-8:],
                field=conflict.field or "*",
            )
        )


def _kind(kind: str, table: str, row: str) -> Message:
    return {
        "new": Message("cli.bring_back.new", table=table, row=row[-8:]),
        "changed": Message("cli.bring_back.changed", table=table, row=row[-8:]),
        "deleted": Message("cli.bring_back.deleted", table=table, row=row[-8:]),
    }[kind]


def _short(value: object) -> str:
    text = str(value if value is not None else "-")
    return text if len(text) <= 80 else text[:77] + "..."


def _consents(console: Console) -> bool:
    """Ask at a terminal; without one, nobody consented."""
    if console.as_json or not sys.stdin.isatty():
        console.note(Message("cli.bring_back.not_done"))
        return False
    answer = input(console.text(Message("cli.bring_back.ask")) + " ").strip().casefold()
    return answer in {"y", "ya", "yes"}
