"""``rancang row``: rows of a worksheet, or of a table such as agency or person: list, add, fill, delete."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.setting import UnknownField, assignments, fill, find_row, typed

if TYPE_CHECKING:
    from desktop.guideline.pack import Worksheet
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Row

TABLES = ("agency", "person", "activity", "risk", "indicator", "target", "budget_line", "programme_agency")


class UnknownWorksheet(RancangError):
    """Neither a worksheet of the guideline nor a table that rows can be added to."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(Message("cli.unknown_worksheet", name=name, known=known))


def add_arguments(parser: Parser, console: Console) -> None:
    """The worksheet, and what to do with which row."""
    add_workspace(parser, console)
    parser.add_argument(
        "worksheet",
        metavar=console.text(Message("cli.metavar.worksheet")),
        help=console.text(Message("cli.help.worksheet")),
    )
    parser.add_argument(
        "cells",
        nargs="*",
        metavar=console.text(Message("cli.metavar.cells")),
        help=console.text(Message("cli.help.cells")),
    )
    parser.add_argument("--row", default="", metavar="ID", help=console.text(Message("cli.help.row")))
    parser.add_argument("--fixed", default="", metavar="ID", help=console.text(Message("cli.help.fixed")))
    parser.add_argument("--agency", default="", help=console.text(Message("cli.help.agency")))
    parser.add_argument("--delete", default="", metavar="ID", help=console.text(Message("cli.help.delete")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List rows when nothing is to be written, else write one operation."""
    changes = bool(options.cells or options.row or options.fixed or options.delete)
    with opened(options, read_only=not changes) as workspace:
        worksheet = next((w for w in workspace.pack().worksheets if w.id == options.worksheet), None)
        if worksheet is None and options.worksheet not in TABLES:
            known = [w.id for w in workspace.pack().worksheets]
            raise UnknownWorksheet(options.worksheet, ", ".join([*known, *TABLES]))
        if not changes:
            _list(workspace, options.worksheet, worksheet, console)
            return 0
        label = Message("cli.label.row", worksheet=options.worksheet)
        with workspace.operation(label) as op:
            if options.delete:
                row = options.delete
                op.delete("row" if worksheet else options.worksheet, find_row(workspace.plan(), row))
            elif worksheet:
                row = _fill_cells(op, worksheet, options, workspace)
            else:
                row = _fill_table(op, options, workspace)
        console.record("row", {"worksheet": options.worksheet, "row": row}, Message("cli.row.done", row=row))
    return 0


def _fill_cells(
    op: Operation, worksheet: Worksheet, options: argparse.Namespace, workspace: Workspace
) -> str:
    agency = find_row(workspace.plan(), options.agency) if options.agency else ""
    if options.fixed:
        row = op.fixed_row(worksheet.id, options.fixed, agency=agency)
    else:
        row = options.row or op.add_row(worksheet.id, agency=agency)
    columns = {column.id: column for column in worksheet.columns}
    for name, text in assignments(options.cells):
        base, _, language = name.partition(".")
        column = columns.get(base)
        if column is None:
            raise UnknownField(worksheet.id, base, ", ".join(columns))
        if column.bilingual:
            op.cell_text(row, base, language or workspace.source_language, text, policy=column.policy)
        else:
            op.cell(row, base, typed(column, text, workspace), policy=column.policy)
    return row


def _fill_table(op: Operation, options: argparse.Namespace, workspace: Workspace) -> str:
    from desktop.workspace.registers import TABLES as SPECS

    spec, plan = SPECS[options.worksheet], workspace.plan()
    if options.row:
        row = find_row(plan, options.row)
        fill(op, spec.name, row, options.cells, plan, workspace.source_language)
        return row
    from desktop.cli.setting import field_value, known_register

    values: dict[str, object] = {}
    for name, text in assignments(options.cells):
        base, _, language = name.partition(".")
        register = known_register(spec.name, base)
        if register.shape == "bilingual":
            both = values.setdefault(base, {})
            if isinstance(both, dict):
                both[language or workspace.source_language] = text
        else:
            values[base] = field_value(register, text, plan)
    return op.insert(spec.name, **values)


def _list(workspace: Workspace, name: str, worksheet: Worksheet | None, console: Console) -> None:
    plan = workspace.plan()
    if worksheet is not None:
        for row in plan.rows.get(name, ()):
            shown = _shown(row, console.language)
            text = "  ".join(f"{column}={value}" for column, value in shown.items())
            console.record(
                "row",
                {"worksheet": name, "row": row.id, "fixed": row.fixed, "agency": row.agency, "cells": shown},
                f"{row.fixed or row.id}  {text}",
            )
        return
    from dataclasses import asdict

    if name == "agency":
        for agency in plan.agencies:
            line = f"{agency.id}  {agency.code}  {agency.name.read(console.language)}"
            console.record(name, asdict(agency), line)
    elif name == "person":
        for person in plan.people:
            console.record(name, asdict(person), f"{person.id}  {person.role}  {person.name}")


def _shown(row: Row, language: Language) -> dict[str, object]:
    return {column: cell.text.read(language) or cell.value for column, cell in row.cells.items()}
