"""``rancang set``: answer an item of the guideline, or change a field of a row."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser, add_text_language
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.words import read_text
from desktop.exchange.quoting import KIND
from desktop.exchange.quoting import label as quoted

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.guideline import Guideline
    from desktop.guideline.pack import Field
    from desktop.workspace import Workspace

_ABOUT_PROGRAMMES = ("programme.", "quick_win.")


class UnknownItem(RancangError):
    """The guideline of this workspace asks nothing by this name."""

    def __init__(self, item: str, near: str) -> None:
        known = {
            True: Message("cli.unknown_item_near", item=item, near=near),
            False: Message("cli.unknown_item", item=item),
        }
        super().__init__(known[bool(near)])


class AboutWhat(RancangError):
    """The item is asked about each row, and it was not said about which one."""

    def __init__(self, item: str) -> None:
        super().__init__(Message("cli.about_what", item=item))


class AboutNothing(RancangError):
    """The item is asked once for the region, not about a row."""

    def __init__(self, item: str) -> None:
        super().__init__(Message("cli.about_nothing", item=item))


class CellNotItem(RancangError):
    """A column of a worksheet is filled row by row."""

    def __init__(self, item: str, worksheet: str, column: str) -> None:
        super().__init__(Message("cli.cell_not_item", item=item, worksheet=worksheet, column=column))


def add_arguments(parser: Parser, console: Console) -> None:
    """The place, the value, its language, and the row it is about."""
    add_workspace(parser, console)
    parser.add_argument(
        "place",
        metavar=console.text(Message("cli.metavar.place")),
        help=console.text(Message("cli.help.place")),
    )
    parser.add_argument(
        "value",
        metavar=console.text(Message("cli.metavar.value")),
        help=console.text(Message("cli.help.value")),
    )
    add_text_language(parser, console)
    parser.add_argument("--about", default="", metavar="ID", help=console.text(Message("cli.help.about")))
    parser.add_argument(
        "--source",
        default="",
        metavar=console.text(Message("cli.metavar.source")),
        help=console.text(Message("cli.help.source")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write one value as one operation."""
    text = read_text(options.value)
    with opened(options, console) as workspace:
        from desktop.cli.writing import Writer

        writer = Writer(workspace)
        if options.place.count("/") == 2:
            set_field(workspace, writer, options.place, text, options.text_language, options.source.strip())
        else:
            answer_item(
                workspace, writer, options.place, text, options.about, options.text_language,
                options.source.strip(),
            )  # fmt: skip
        console.record(
            "set",
            {"place": options.place, "head": workspace.head},
            Message("cli.set.done", place=options.place),
        )
    return 0


def answer_item(
    workspace: Workspace,
    writer: Writer,
    item: str,
    text: str,
    about: str,
    language: str,
    source: str = "",
) -> None:
    """Answer one item as its field wants it. Raises UnknownItem, AboutWhat, CellNotItem, NotUnderstood."""
    field = known_item(writer.guideline, item)
    scope = scope_of(writer, item, about)
    label = quoted(field.label, source) if source else Message("cli.label.set", what=field.label)
    with workspace.operation(label, kind=KIND if source else "edit") as op:
        writer.answer(op, item, field, text, scope=scope, language=language)


def known_item(guideline: Guideline, item: str) -> Field:
    """The field behind an item. Raises UnknownItem with those that look like it."""
    field = guideline.field(item)
    if field is None:
        raise UnknownItem(item, nearest(item, guideline))
    return field


def scope_of(writer: Writer, item: str, about: str) -> str:
    """The row an item is asked about. Raises AboutWhat, AboutNothing, CellNotItem, UnknownName."""
    holder, _, column = item.partition(".")
    sheet = writer.guideline.worksheet(holder)
    if sheet is not None and not sheet.binding:
        raise CellNotItem(item, holder, column)
    if sheet is not None or item.startswith(_ABOUT_PROGRAMMES):
        if not about:
            raise AboutWhat(item)
        table = sheet.binding if sheet is not None and sheet.binding else "programme"
        return writer.rows.find(table, about)
    if about:
        raise AboutNothing(item)
    return ""


def nearest(item: str, guideline: Guideline) -> str:
    """Item ids that look like what was typed."""
    import difflib

    known = [name for name, _ in guideline.items()]
    return ", ".join(difflib.get_close_matches(item, known, n=3, cutoff=0.5))


def set_field(
    workspace: Workspace, writer: Writer, place: str, text: str, language: str, source: str = ""
) -> None:
    """Change one field of a row: ``table/row/field``. Raises UnknownTable, UnknownField, UnknownName."""
    from desktop.cli.fields import TABLE_NAMES, field_name
    from desktop.cli.writing import UnknownTable

    table, wanted, name = place.split("/")
    if table not in SETTABLE:
        raise UnknownTable(table, list(SETTABLE))
    row = workspace.plan_row if table == "plan" else writer.rows.find(table, wanted)
    said = field_name(table, name)
    label = Message("cli.label.set_field", table=TABLE_NAMES[table], field=said)
    if source:
        label = quoted(said, source)
    with workspace.operation(label, kind=KIND if source else "edit") as op:
        writer.put(op, table, row, f"{name}.{language}" if language else name, text)


SETTABLE = (
    "plan",
    "agency",
    "person",
    "programme",
    "budget_line",
    "indicator",
    "target",
    "activity",
    "risk",
    "evidence",
)
"""The tables whose fields a person may change one by one."""
