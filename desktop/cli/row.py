"""``rancang row``: rows of a worksheet, or of a table such as agency or person: list, add, fill, delete."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop.base import Language, LocalText, Message, RancangError
from desktop.cli.arguments import Parser, TooManyWords
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short, told
from desktop.exchange.quoting import KIND
from desktop.exchange.quoting import label as quoted

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.guideline.pack import Worksheet
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Row

TABLES = (
    "agency",
    "person",
    "activity",
    "risk",
    "indicator",
    "target",
    "budget_line",
    "programme_agency",
    "rpjmd_ceiling",
    "sub_activity",
    "figure",
    "decree",
    "body",
    "member",
    "meeting",
    "attendance",
    "session_output",
    "stakeholder",
    "input",
    "input_programme",
    "score",
)


class UnknownWorksheet(RancangError):
    """Neither a worksheet of the guideline nor a table that rows can be added to."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(Message("cli.unknown_worksheet", name=name, known=known))


class UnknownFixedRow(RancangError):
    """The guideline has no row of its own by this id."""

    def __init__(self, worksheet: LocalText, wanted: str, known: list[str]) -> None:
        super().__init__(
            Message("cli.unknown_fixed", worksheet=worksheet, wanted=wanted, known=", ".join(known) or "-")
        )


class NoFreeRows(RancangError):
    """Only the guideline's own rows stand in this worksheet."""

    def __init__(self, worksheet: LocalText, known: list[str]) -> None:
        super().__init__(Message("cli.no_free_rows", worksheet=worksheet, known=", ".join(known)))


class NotByAgency(RancangError):
    """The worksheet is filled once for the region, not by each agency."""

    def __init__(self, worksheet: LocalText) -> None:
        super().__init__(Message("cli.not_by_agency", worksheet=worksheet))


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
        default=[],
        metavar=console.text(Message("cli.metavar.cells")),
        help=console.text(Message("cli.help.cells")),
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--row", default="", metavar="ID", help=console.text(Message("cli.help.row")))
    which.add_argument("--fixed", default="", metavar="ID", help=console.text(Message("cli.help.fixed")))
    which.add_argument("--recap", action="store_true", help=console.text(Message("cli.help.recap")))
    which.add_argument("--take", default="", metavar="ID", help=console.text(Message("cli.help.take")))
    which.add_argument("--suggest", action="store_true", help=console.text(Message("cli.help.suggest")))
    which.add_argument(
        "--accept", default="", metavar="1,3|all", help=console.text(Message("cli.help.accept_suggested"))
    )
    which.add_argument("--delete", default="", metavar="ID", help=console.text(Message("cli.help.delete")))
    parser.add_argument(
        "--agency",
        default="",
        metavar=console.text(Message("cli.metavar.agency")),
        help=console.text(Message("cli.help.agency")),
    )
    parser.add_argument(
        "--source",
        default="",
        metavar=console.text(Message("cli.metavar.source")),
        help=console.text(Message("cli.help.source")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List rows when nothing is to be written, else write one operation."""
    from desktop.cli.fields import TABLE_NAMES
    from desktop.cli.writing import Writer

    changes = bool(
        options.cells or options.row or options.fixed or options.delete or options.take or options.accept
    )
    with opened(options, console, read_only=not changes) as workspace:
        writer = Writer(workspace)
        worksheet = writer.guideline.worksheet(options.worksheet)
        if worksheet is None and options.worksheet not in TABLES:
            known = [sheet.id for sheet in workspace.pack().worksheets]
            raise UnknownWorksheet(options.worksheet, ", ".join([*known, *TABLES]))
        if options.recap or options.take or options.suggest or options.accept:
            _recap(workspace, writer, worksheet, options, console)
            return 0
        table = worksheet.binding if worksheet else options.worksheet
        if not changes:
            if worksheet is not None and not table:
                _list_worksheet(writer, worksheet, options.agency, console)
            else:
                _list_table(writer, table, worksheet, console)
            return 0
        title = worksheet.title if worksheet else TABLE_NAMES[table]
        kind = KIND if options.source.strip() and not options.delete else "edit"
        with workspace.operation(_label(options, title), kind=kind) as op:
            if worksheet is not None and not table:
                row = _write_worksheet(op, writer, worksheet, options)
            else:
                row = _write_table(op, writer, table, options, worksheet)
        console.record(
            "row",
            {"worksheet": options.worksheet, "row": row, "deleted": bool(options.delete)},
            told(row, deleted=bool(options.delete)),
        )
    return 0


def _recap(
    workspace: Workspace,
    writer: Writer,
    sheet: Worksheet | None,
    options: argparse.Namespace,
    console: Console,
) -> None:
    from desktop.cli.recap import NoRecap, print_recap, suggest, take

    if options.cells:
        raise TooManyWords(options.cells[0])
    if sheet is None or sheet.binding:
        raise NoRecap(_title(sheet, options.worksheet))
    if options.suggest or options.accept:
        suggest(workspace, writer, sheet, options.accept, console)
    elif options.take:
        take(workspace, writer, sheet, options.take, console)
    else:
        print_recap(writer, sheet, console)


def _label(options: argparse.Namespace, title: LocalText | Message) -> Message:
    if options.delete:
        return Message("cli.label.row_delete", worksheet=title)
    if options.source.strip():
        return quoted(title, options.source.strip())
    return Message("cli.label.row", worksheet=title)


def _write_table(
    op: Operation, writer: Writer, table: str, options: argparse.Namespace, sheet: Worksheet | None
) -> str:
    """Add, fill or delete a row of a first-class table, which a worksheet may be a view of."""
    if options.agency:
        raise NotByAgency(_title(sheet, table))
    if options.fixed:
        raise UnknownFixedRow(_title(sheet, table), options.fixed, [])
    if options.delete:
        row = writer.rows.find(table, options.delete)
        op.delete(table, row)
        return row
    if not options.row:
        return writer.insert(op, table, options.cells, sheet)
    row = writer.rows.find(table, options.row)
    writer.fill(op, table, row, options.cells, sheet)
    return row


def _title(sheet: Worksheet | None, table: str) -> LocalText:
    return sheet.title if sheet else LocalText({"id": table})


def _write_worksheet(op: Operation, writer: Writer, sheet: Worksheet, options: argparse.Namespace) -> str:
    """Add, fill or delete a row that the worksheet itself keeps."""
    if options.agency and sheet.scope != "agency":
        raise NotByAgency(sheet.title)
    among = [row.id for row in writer.plan.rows.get(sheet.id, ())]
    if options.delete:
        row = writer.rows.find("row", options.delete, among)
        op.delete("row", row)
        return row
    agency = writer.rows.find("agency", options.agency) if options.agency else ""
    known = [each.id for each in sheet.fixed_rows]
    if options.fixed:
        if options.fixed not in known:
            raise UnknownFixedRow(sheet.title, options.fixed, known)
        row = op.fixed_row(sheet.id, options.fixed, agency=agency)
    elif options.row:
        row = writer.rows.find("row", options.row, among)
    elif not sheet.free_rows:
        raise NoFreeRows(sheet.title, known)
    else:
        row = op.add_row(sheet.id, agency=agency)
    writer.cells(op, sheet, row, options.cells)
    return row


# -- listing -----------------------------------------------------------------------------------------
def _list_worksheet(writer: Writer, sheet: Worksheet, agency: str, console: Console) -> None:
    """The guideline's own rows, also those nobody has touched, then the others."""
    if agency and sheet.scope != "agency":
        raise NotByAgency(sheet.title)
    wanted = writer.rows.find("agency", agency) if agency else ""
    rows = [row for row in writer.plan.rows.get(sheet.id, ()) if not wanted or row.agency == wanted]
    for fixed in sheet.fixed_rows:
        written = [row for row in rows if row.fixed == fixed.id]
        if not written:
            label = fixed.label.read(console.language)
            data = {"worksheet": sheet.id, "row": "", "fixed": fixed.id, "agency": "", "cells": {}}
            console.record("row", data, f"{fixed.id}  {label}")
        for row in written:
            _print_row(writer, sheet, row, fixed.label, console)
    for row in rows:
        if not row.fixed:
            _print_row(writer, sheet, row, LocalText(), console)


def _print_row(writer: Writer, sheet: Worksheet, row: Row, label: LocalText, console: Console) -> None:
    from desktop.workspace.computed import cell_of

    known = dict(row.cells) | {each.id: cell_of(each, row) for each in sheet.columns if each.difference}
    cells: dict[str, Any] = {
        name: dict(cell.text.values) if cell.text else cell.value
        for name, cell in known.items()
        if name in row.cells or cell.value is not None
    }
    parts = [row.fixed or short(row.id), label.read(console.language)]
    if row.agency:
        owner = writer.plan.agency(row.agency)
        parts.append(f"({owner.short_name or owner.name.read(console.language)})" if owner else "")
    for column in sheet.columns:
        cell = known.get(column.id)
        if cell is not None and column.id in cells:
            parts.append(
                f"{column.id}={_shown(writer, column, cell.text.values or cell.value, console.language)}"
            )
    data = {"worksheet": sheet.id, "row": row.id, "fixed": row.fixed, "agency": row.agency, "cells": cells}
    console.record("row", data, "  ".join(part for part in parts if part))


def _shown(writer: Writer, column: Any, value: Any, language: Language) -> str:
    from desktop.cli.naming import one_line
    from desktop.exchange.values import options, show

    if isinstance(value, dict):
        return one_line(LocalText(value).read(language))
    return one_line(show(column.type, value, language, options(column, writer.plan, writer.pack)))


def _list_table(writer: Writer, table: str, sheet: Worksheet | None, console: Console) -> None:
    """The rows of a first-class table with their fields; of a bound worksheet, its columns."""
    from desktop.cli.naming import Names

    names = Names(writer.plan, writer.pack)
    for row in writer.rows.ids(table):
        facts = writer.rows.facts[table, row]
        extra = dict(_extras(writer, sheet, row)) if sheet else {}
        data = {key: value for key, value in {**facts, "id": row}.items() if key not in {"order", "size"}}
        shown = [
            f"{name}={names.value(table, row, name, value, console.language)}"
            for name, value in facts.items()
            if value not in (None, "", {}) and name not in {"id", "order"}
        ]
        shown += [f"{name}={_extra(value, console.language)}" for name, value in extra.items()]
        console.record(
            table, {**data, **({"extra": extra} if sheet else {})}, "  ".join([short(row), *shown])
        )


def _extra(value: Any, language: Language) -> str:
    from desktop.cli.naming import one_line

    return one_line(LocalText(value).read(language) if isinstance(value, dict) else str(value))


def _extras(writer: Writer, sheet: Worksheet, row: str) -> Iterator[tuple[str, Any]]:
    """What a bound worksheet asks about a row besides its fields."""
    prefix = "programme" if sheet.binding == "programme" else sheet.id
    for column in sheet.columns:
        answer = writer.plan.answer(f"{prefix}.{column.id}", row)
        if answer.text or answer.value is not None:
            yield column.id, dict(answer.text.values) if answer.text else answer.value
