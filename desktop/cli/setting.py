"""``rancang set``: answer an item of the guideline, or change a field of a row."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.guideline import Guideline
    from desktop.guideline.pack import Field
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Plan, Value
    from desktop.workspace.registers import Register


class UnknownItem(RancangError):
    """The guideline of this workspace asks nothing by this name."""

    def __init__(self, item: str, near: str) -> None:
        known = {
            True: Message("cli.unknown_item_near", item=item, near=near),
            False: Message("cli.unknown_item", item=item),
        }
        super().__init__(known[bool(near)])


class UnknownField(RancangError):
    """A table has no such field."""

    def __init__(self, table: str, name: str, known: str) -> None:
        super().__init__(Message("cli.unknown_field", table=table, field=name, known=known))


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
    parser.add_argument(
        "--text",
        choices=[each.value for each in Language],
        default="",
        dest="text_language",
        help=console.text(Message("cli.help.text_language")),
    )
    parser.add_argument("--about", default="", metavar="ID", help=console.text(Message("cli.help.about")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write one value as one operation."""
    with opened(options) as workspace:
        text = read_text(options.value)
        if options.place.count("/") == 2:
            table, row, name = options.place.split("/")
            set_field(workspace, table, row, name, text, options.text_language)
        else:
            answer_item(workspace, options.place, text, options.about, options.text_language)
        console.record(
            "set",
            {"place": options.place, "head": workspace.head},
            Message("cli.set.done", place=options.place),
        )
    return 0


def read_text(value: str) -> str:
    """A value given directly, from a file (``@name``), or from standard input (``-``). Raises FileProblem."""
    from desktop.base.errors import FileProblem

    if value == "-":
        return sys.stdin.read()
    if value.startswith("@"):
        try:
            return Path(value[1:]).read_text(encoding="utf-8")
        except OSError as error:
            raise FileProblem.from_os(error, value[1:]) from error
    return value


def answer_item(workspace: Workspace, item: str, text: str, about: str, language: str) -> None:
    """Answer one item as its field type wants it. Raises UnknownItem, NotUnderstood."""
    from desktop.guideline import Guideline

    guideline = Guideline(workspace.pack())
    field = guideline.field(item)
    if field is None:
        raise UnknownItem(item, nearest(item, guideline))
    scope = find_row(workspace.plan(), about) if about else ""
    label = Message("cli.label.set", what=LocalText(field.label.texts))
    with workspace.operation(label) as op:
        if field.bilingual:
            op.answer_text(
                item,
                language or workspace.source_language,
                as_text(field, text),
                scope=scope,
                policy=field.policy,
            )
        else:
            op.answer(item, typed(field, text, workspace), scope=scope, policy=field.policy)


def as_text(field: Field, text: str) -> str:
    """A text as it is stored: rich text in the HTML subset, anything else as it is."""
    if field.type != "rich_text":
        return text
    from desktop.base.richtext import from_plain, sanitise

    return sanitise(text) if text.lstrip().startswith("<") else from_plain(text)


def typed(field: Field, text: str, workspace: Workspace) -> Value:
    """What a person wrote, as the value the field keeps. Raises NotUnderstood."""
    from desktop.exchange.values import options, parse

    return parse(field.type, text, options(field, workspace.plan(), workspace.pack()))


def nearest(item: str, guideline: Guideline) -> str:
    """Item ids that look like what was typed."""
    import difflib

    known = [name for name, _ in guideline.items()]
    return ", ".join(difflib.get_close_matches(item, known, n=3, cutoff=0.5))


def find_row(plan: Plan, wanted: str) -> str:
    """A row's id from the id itself, its beginning, a programme's code, or an agency's code or short name."""
    for programme in plan.programmes:
        if wanted in {programme.id, programme.code}:
            return programme.id
    for agency in plan.agencies:
        if wanted in {agency.id, agency.code, agency.short_name}:
            return agency.id
    ids = [each.id for each in plan.programmes] + [each.id for each in plan.agencies]
    begins = [each for each in ids if len(wanted) >= 6 and each.startswith(wanted)]
    return begins[0] if len(begins) == 1 else wanted


def set_field(workspace: Workspace, table: str, row: str, name: str, text: str, language: str) -> None:
    """Change one field of a first-class row. Raises UnknownField, UnknownRow, NotUnderstood."""
    register = known_register(table, name)
    row = workspace.plan_row if table == "plan" else find_row(workspace.plan(), row)
    with workspace.operation(Message("cli.label.set_field", table=table, field=name)) as op:
        if register.shape == "bilingual":
            op.write(table, row, name, language or workspace.source_language, text)
        else:
            op.set(table, row, **{name: field_value(register, text, workspace.plan())})


def known_register(table: str, name: str) -> Register:
    """The register of a table. Raises UnknownField with those that exist."""
    from desktop.workspace.registers import TABLES

    if table not in TABLES:
        raise UnknownField(table, name, ", ".join(TABLES))
    register = TABLES[table].register(name)
    if register is None:
        raise UnknownField(table, name, ", ".join(each.name for each in TABLES[table].registers))
    return register


def field_value(register: Register, text: str, plan: Plan) -> Value:
    """A typed word as the value a register keeps."""
    from desktop.exchange.values import parse

    match register.shape:
        case "integer":
            return parse("rupiah", text)
        case "boolean":
            return parse("boolean", text)
        case _ if register.references:
            return find_row(plan, text) or None
        case _:
            return text


def fill(op: Operation, table: str, row: str, pairs: list[str], plan: Plan, language: str) -> None:
    """Apply ``name=value`` and ``name.en=value`` words to a row."""
    for name, text in assignments(pairs):
        base, _, tongue = name.partition(".")
        register = known_register(table, base)
        if register.shape == "bilingual":
            op.write(table, row, base, tongue or language, text)
        else:
            op.set(table, row, **{base: field_value(register, text, plan)})


def assignments(pairs: list[str]) -> list[tuple[str, str]]:
    """``name=value`` words taken apart. Raises BadAssignment."""
    out = []
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign:
            raise BadAssignment(pair)
        out.append((name.strip(), read_text(text)))
    return out


class BadAssignment(RancangError):
    """A word is not of the form name=value."""

    def __init__(self, word: str) -> None:
        super().__init__(Message("cli.bad_assignment", word=word))
