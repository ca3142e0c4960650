"""``rancang export``: the whole plan as one Excel workbook, or as CSV files; ``receive`` takes it back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.speech import file_size
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_name, add_workspace, opened
from desktop.cli.overwriting import add_force, keep_others

if TYPE_CHECKING:
    from desktop.exchange.plan_workbook.making import Wanted
    from desktop.workspace import Workspace

SEPARATORS = ("semicolon", "comma", "tab")


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, in which form, and where to."""
    add_force(parser, console)
    text = console.text
    add_workspace(parser, console)
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--xlsx",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.export_xlsx")),
    )
    form.add_argument(
        "--csv",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.export_csv")),
    )
    parser.add_argument(
        "--separator", choices=SEPARATORS, default="", help=text(Message("cli.help.export_separator"))
    )
    parser.add_argument(
        "--one-language", action="store_true", help=text(Message("cli.help.export_one_language"))
    )
    add_name(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write it, and say where it is."""
    from desktop.exchange.plan_workbook.making import Wanted
    from desktop.workspace.errors import InUse

    wanted = Wanted(console.language.value, translations=not options.one_language)
    if options.csv is not None:
        with opened(options, console, read_only=True) as workspace:
            return _tables(workspace, options, wanted, console)
    try:
        with opened(options, console) as workspace:
            return _workbook(workspace, options, wanted, console)
    except InUse:
        # somebody works in it: nothing is remembered of the export, which knows everything itself
        with opened(options, console, read_only=True) as workspace:
            return _workbook(workspace, options, wanted, console)


def _workbook(workspace: Workspace, options: argparse.Namespace, wanted: Wanted, console: Console) -> int:
    from desktop.exchange.agency_workbook.making import giver
    from desktop.exchange.plan_workbook.making import file_name, remember, write

    plan = workspace.plan()
    target: Path = options.xlsx or options.workspace.parent / f"{file_name(plan, console.language)}.xlsx"
    keep_others(target)
    made = write(plan, workspace.pack(), giver(workspace), target, wanted, console.progress)
    remember(workspace, made)
    data = {"file": str(target), "handout": made.handout, "sheets": made.sheets, "rows": made.rows,
            "bytes": made.size}  # fmt: skip
    size = file_size(made.size, console.language)
    line = Message("cli.export.workbook", file=str(target), sheets=made.sheets, n=made.rows, size=size)
    console.record("exported", data, line)
    console.note(Message("cli.export.back", file=target.name))
    return 0


def _tables(workspace: Workspace, options: argparse.Namespace, wanted: Wanted, console: Console) -> int:
    from desktop.exchange.plan_workbook.tables import separator_of, write_tables

    separator = options.separator or separator_of(console.language)
    plan, pack = workspace.plan(), workspace.pack()
    for each in write_tables(console.progress, plan, pack, options.csv, wanted, separator):
        data = {"file": str(each.path), "sheet": each.sheet, "rows": each.rows, "separator": separator}
        line = Message("cli.export.table", file=str(each.path), n=each.rows)
        console.record("exported", data, line)
    return 0
