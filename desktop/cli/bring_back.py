"""``rancang bring-back``: a colleague's workspace file is united with ours, after a preview."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.fields import TABLE_NAMES
from desktop.cli.opening import add_author, add_workspace, author, opened
from desktop.workspace.moving.slots import is_note

if TYPE_CHECKING:
    from desktop.cli.naming import Names
    from desktop.workspace import Workspace
    from desktop.workspace.bring_back import MergeReport, RowChange

_INSIDE = {"answer", "cell"}
"""Tables whose rows are values: what matters is the value, not that a row is new."""
_SILENT = {"sort", "policy", "of", "origin"}
"""Registers that say nothing to a person."""


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
    looking = _looking(options, console) if options.preview else opened(options, console)
    with looking as workspace:
        preview = workspace.preview(options.file)
        print_report(preview, workspace, console)
        nothing = not (preview.change_sets or preview.files)
        if options.preview or nothing or not (options.yes or _consents(console)):
            return 0
        report = workspace.bring_back(options.file)
        console.record(
            "brought-back",
            {
                "change_sets": report.change_sets,
                "rows": len(report.rows),
                "conflicts": report.open_conflicts,
                "files": report.files,
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


@contextlib.contextmanager
def _looking(options: argparse.Namespace, console: Console) -> Iterator[Workspace]:
    """A copy of our workspace to try the merge on: the file itself may be open elsewhere, or read-only."""
    from desktop.workspace import Workspace

    with tempfile.TemporaryDirectory(prefix="rancang-preview-") as folder:
        copy = Path(folder) / options.workspace.name
        with opened(options, console, read_only=True) as workspace:
            workspace.snapshot(copy)
        with Workspace.open(copy, author=author(options)) as tried:
            yield tried


def print_report(report: MergeReport, workspace: Workspace, console: Console) -> None:
    """What a merge would do, as text with names for everything, or as one JSON object."""
    names = _names(report, workspace)
    console.record(
        "preview",
        {
            "change_sets": report.change_sets,
            "authors": list(report.authors),
            "first": report.first,
            "last": report.last,
            "files": report.files,
            "rows": [
                {
                    "table": change.table,
                    "row": change.row,
                    "change": change.kind,
                    "fields": [list(field) for field in change.fields],
                    "text": value_text(names.row(change.table, change.row), console.language),
                }
                for change in report.rows
            ],
            "new_conflicts": [
                {"table": c.table, "row": c.row, "conflict": c.kind, "field": c.field}
                for c in report.new_conflicts
            ],
        },
        _summary(report),
    )
    if console.as_json:
        return
    order = list(TABLE_NAMES)
    told = (change for change in report.rows if not _is_note(change))
    for change in sorted(told, key=lambda each: order.index(each.table)):
        _print_change(change, names, console)
    for conflict in report.new_conflicts:
        what = names.row(conflict.table, conflict.row)
        field = names.field(conflict.table, conflict.row, conflict.field)
        console.note(Message("cli.bring_back.conflict", what=what, field=field))


def _is_note(change: RowChange) -> bool:
    """Whether it is the program's own note about a move to another guideline, which tells nobody anything."""
    return change.table == "answer" and any(
        name == "item" and is_note(str(after or before)) for name, before, after in change.fields
    )


def _summary(report: MergeReport) -> Message:
    if not report.change_sets and not report.files:
        return Message("cli.bring_back.nothing")
    return Message(
        "cli.bring_back.summary",
        n=report.change_sets,
        authors=", ".join(report.authors) or "-",
        rows=len(report.rows),
        files=report.files,
    )


def _names(report: MergeReport, workspace: Workspace) -> Names:
    """Names for our rows, and for those that the other file brings."""
    from desktop.cli.naming import Names

    names = Names(workspace.plan(), workspace.pack())
    for change in report.rows:
        if change.kind != "changed":
            side = 2 if change.kind == "new" else 1
            names.learn(change.table, change.row, {field[0]: field[side] for field in change.fields})
    return names


def _print_change(change: RowChange, names: Names, console: Console) -> None:
    what = names.row(change.table, change.row)
    line = {
        "new": Message("cli.bring_back.new", what=what),
        "changed": Message("cli.bring_back.changed", what=what),
        "deleted": Message("cli.bring_back.deleted", what=what),
    }[change.kind]
    console.note(line, 2)
    if change.kind == "deleted":
        return
    for name, before, after in change.fields:
        if name in _SILENT or (change.table in _INSIDE and name != "value"):
            continue
        if change.kind == "new" and change.table not in _INSIDE:
            continue
        for field, old, new in _by_language(name, before, after):
            label = value_text(names.field(change.table, change.row, field), console.language)
            told = [
                names.value(change.table, change.row, field, each, console.language) for each in (old, new)
            ]
            console.line(f"      {label}: {told[0]} → {told[1]}")


def _by_language(name: str, before: Any, after: Any) -> Iterator[tuple[str, Any, Any]]:
    """A text in several languages as one change for each language that differs."""
    if not isinstance(before, Mapping) and not isinstance(after, Mapping):
        yield name, before, after
        return
    old, new = before or {}, after or {}
    for language in [*old, *(each for each in new if each not in old)]:
        if ":" not in language and old.get(language) != new.get(language):
            yield f"{name}:{language}", old.get(language), new.get(language)


def _consents(console: Console) -> bool:
    """Ask at a terminal; without one, nobody consented."""
    if console.as_json or not sys.stdin.isatty():
        console.note(Message("cli.bring_back.not_done"))
        return False
    return console.ask(Message("cli.bring_back.ask")).casefold() in {"y", "ya", "yes"}
