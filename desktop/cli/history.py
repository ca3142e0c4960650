"""``rancang history``: the newest changes, or the story of one field, row or answer."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.speech import moment, value_text
from desktop.cli.arguments import Parser, whole_number
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened

if TYPE_CHECKING:
    from desktop.cli.naming import Names
    from desktop.cli.writing import Writer
    from desktop.workspace import HistoryEntry, Workspace
    from desktop.workspace.journal import ChangeSet


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
    parser.add_argument("--about", default="", metavar="ID", help=console.text(Message("cli.help.about")))
    parser.add_argument(
        "--limit",
        type=whole_number(1),
        default=50,
        metavar="N",
        help=console.text(Message("cli.help.limit")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Who changed what when; newest first."""
    with opened(options, console, read_only=True) as workspace:
        if not options.place:
            for change in workspace.recent(options.limit):
                _print_change(change, console)
            return 0
        from desktop.cli.naming import Names

        names = Names(workspace.plan(), workspace.pack())
        found = _entries(workspace, options.place, options.about)
        for table, row, entry in found[: options.limit]:
            _print_entry(table, row, entry, names, console)
        if not found:
            console.note(Message("cli.history.nothing", place=options.place))
    return 0


def _entries(workspace: Workspace, place: str, about: str) -> list[tuple[str, str, HistoryEntry]]:
    """The entries of a field, a row, or an answer in all its languages; newest first."""
    from desktop.base.ids import derived_id
    from desktop.cli.setting import SETTABLE, known_item, scope_of
    from desktop.cli.writing import UnknownTable, Writer

    writer = Writer(workspace)
    if "/" in place:
        table, wanted, name = [*place.split("/"), ""][:3]
        if table not in SETTABLE:
            raise UnknownTable(table, list(SETTABLE))
        if name:
            writer.known_register(table, name)
        row = workspace.plan_row if table == "plan" else _row(writer, table, wanted)
        story = workspace.history(table, row, name)
        return [(table, row, entry) for entry in story if entry.field != "sort"]
    known_item(writer.guideline, place)
    scope = scope_of(writer, place, about)
    rows = [derived_id("answer", place, scope, language) for language in ("", *writer.languages())]
    found = [("answer", row, entry) for row in rows for entry in workspace.history("answer", row, "value")]
    return sorted(found, key=lambda each: each[2].when, reverse=True)


def _row(writer: Writer, table: str, wanted: str) -> str:
    """The row meant; one that was deleted has its history still, by its whole id."""
    return wanted if re.fullmatch("[0-9a-f]{32}", wanted) else writer.rows.find(table, wanted)


def _print_change(change: ChangeSet, console: Console) -> None:
    label: Message = change.message
    if change.kind == "undo":
        label = Message("cli.undo.done", label=change.message)
    elif change.kind == "redo":
        label = Message("cli.redo.done", label=change.message)
    console.record(
        "change",
        {
            "id": change.id,
            "when": change.wall,
            "author": change.author,
            "role": change.role,
            "what": change.kind,
            "label": change.message.to_json(),
            "text": console.text(label),
        },
        f"{moment(change.when, console.language)}  {change.author}  {console.text(label)}",
    )


def _print_entry(table: str, row: str, entry: HistoryEntry, names: Names, console: Console) -> None:
    language = console.language
    before = " / ".join(names.value(table, row, entry.field, value, language) for value in entry.before)
    after = names.value(table, row, entry.field, entry.after, language)
    field = value_text(names.field(table, row, entry.field), language)
    change = f"{before} → {after}" if entry.before else after
    console.record(
        "entry",
        {
            "when": entry.when.isoformat(),
            "author": entry.author,
            "role": entry.role,
            "field": entry.field,
            "what": entry.kind,
            "before": list(entry.before),
            "after": entry.after,
            "text": f"{field}: {change}",
        },
        f"{moment(entry.when, language)}  {entry.author}  {field}: {change}",
    )
