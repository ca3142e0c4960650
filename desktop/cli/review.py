"""``rancang review``: remarks and suggestions with what became of them; suggest, accept, decline; visits."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser, add_text_language
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short, told
from desktop.cli.words import read_text

if TYPE_CHECKING:
    from desktop.cli.naming import Names
    from desktop.cli.writing import Writer
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Place, Suggestion, Value

DEEDS = ("suggest", "accept", "decline", "withdraw", "visit")


class OneAtATime(RancangError):
    """Several things were asked for in one call."""

    def __init__(self, wanted: list[str]) -> None:
        super().__init__(Message("cli.review.one", wanted=", ".join(f"--{name}" for name in wanted)))


class NoVisit(RancangError):
    """There is no visit to print a record of."""

    def __init__(self) -> None:
        super().__init__(Message("cli.review.no_visit"))


def add_arguments(parser: Parser, console: Console) -> None:
    """What is listed, what is done with a suggestion, and what of a visit is written down."""
    text = console.text
    add_workspace(parser, console)
    key, words = text(Message("cli.metavar.key")), text(Message("cli.metavar.text"))
    place = text(Message("cli.metavar.place"))

    def option(name: str, metavar: str, message: Message) -> None:
        parser.add_argument(f"--{name}", default="", metavar=metavar, help=text(message))

    parser.add_argument("--all", action="store_true", help=text(Message("cli.help.review_all")))
    option("agency", text(Message("cli.metavar.agency")), Message("cli.help.review_agency"))
    option("author", text(Message("cli.metavar.name")), Message("cli.help.review_author"))
    parser.add_argument(
        "--suggest",
        nargs=2,
        default=None,
        metavar=(place, words),
        help=text(Message("cli.help.review_suggest")),
    )
    option("reason", words, Message("cli.help.review_reason"))
    parser.add_argument("--about", default="", metavar="ID", help=text(Message("cli.help.comment_about")))
    add_text_language(parser, console)
    option("accept", key, Message("cli.help.review_accept"))
    parser.add_argument(
        "--as", default=None, dest="as_text", metavar=words, help=text(Message("cli.help.review_as"))
    )
    option("decline", key, Message("cli.help.review_decline"))
    option("why", words, Message("cli.help.review_why"))
    option("withdraw", key, Message("cli.help.review_withdraw"))
    option("visit", place, Message("cli.help.visit"))
    option("day", text(Message("cli.metavar.date")), Message("cli.help.visit_day"))
    parser.add_argument(
        "--came", action="append", default=[], metavar=text(Message("cli.metavar.name")),
        help=text(Message("cli.help.visit_came")),
    )  # fmt: skip
    parser.add_argument(
        "--record", type=Path, default=None, metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.visit_record")),
    )  # fmt: skip
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Do one thing, or list; exit code 1 while something listed is not answered."""
    if options.workspace.is_dir():
        from desktop.cli.shelf import show_shelf

        return show_shelf(options.workspace, console)
    wanted = [name for name in DEEDS if getattr(options, name)]
    if len(wanted) > 1:
        raise OneAtATime(wanted)
    listing = not wanted and options.record is None
    with opened(options, console, read_only=not wanted) as workspace:
        if wanted:
            row = _DO[wanted[0]](workspace, options)
            data = {"action": wanted[0], "id": row, "head": workspace.head}
            console.record("review", data, told(row))
        if options.record is not None:
            _record(workspace, options, console)
        return _list(workspace, options, console) if listing else 0


# -- suggestions -------------------------------------------------------------------------------------
def _suggest(workspace: Workspace, options: argparse.Namespace) -> str:
    from desktop.cli.writing import Writer
    from desktop.workspace.suggesting import value_at

    writer = Writer(workspace)
    word, said = options.suggest
    place, proposed = _proposal(workspace, writer, word, read_text(said), options)
    base = value_at(workspace, place)
    reason = read_text(options.reason).strip()
    with workspace.operation(Message("cli.label.review_suggest")) as op:
        return op.suggest(place, base, proposed, workspace.author, reason=reason)


def _proposal(
    workspace: Workspace, writer: Writer, word: str, said: str, options: argparse.Namespace
) -> tuple[Place, Value]:
    """Where something is suggested, and the value as the field keeps it.

    Raises what a place and a value typed wrongly raise.
    """
    from dataclasses import replace

    from desktop.cli.places import place_of
    from desktop.cli.setting import known_item
    from desktop.cli.writing import as_text
    from desktop.workspace.suggesting import value_at

    place = place_of(writer, word, options.about, options.text_language)
    if place.table in {"answer", "cell"}:
        field = known_item(writer.guideline, place.item)
        if not field.bilingual:
            return replace(place, language=""), writer.typed(field, said)
        language = writer.text_language(field, word, options.text_language)
        place = replace(place, language=language)
        return place, as_text(field, said, value_at(workspace, place))
    register = writer.known_register(place.table, place.field)
    if register.shape == "bilingual":
        return replace(place, language=options.text_language or writer.source), said
    return replace(place, language=""), writer.register_value(place.table, register, said)


def _accept(workspace: Workspace, options: argparse.Namespace) -> str:
    from desktop.workspace.suggesting import accept, find

    found = find(workspace, options.accept)
    accept(workspace, found, None if options.as_text is None else _as_written(workspace, found, options))
    return found.id


def _as_written(workspace: Workspace, found: Suggestion, options: argparse.Namespace) -> Value:
    """What the owner writes in place of both, as the field keeps it."""
    from desktop.cli.writing import Writer, as_text
    from desktop.workspace.suggesting import value_at

    writer, said = Writer(workspace), read_text(options.as_text)
    place = found.place
    if place.table in {"answer", "cell"}:
        field = writer.guideline.field(place.item)
        if field is None:
            return said
        if field.bilingual:
            return as_text(field, said, value_at(workspace, place))
        return writer.typed(field, said)
    register = writer.known_register(place.table, place.field)
    return said if register.shape == "bilingual" else writer.register_value(place.table, register, said)


def _decline(workspace: Workspace, options: argparse.Namespace) -> str:
    from desktop.workspace.suggesting import decline, find

    found = find(workspace, options.decline)
    decline(workspace, found, read_text(options.why).strip())
    return found.id


def _withdraw(workspace: Workspace, options: argparse.Namespace) -> str:
    from desktop.workspace.suggesting import find, withdraw

    found = find(workspace, options.withdraw)
    withdraw(workspace, found)
    return found.id


# -- visits ------------------------------------------------------------------------------------------
def _visit(workspace: Workspace, options: argparse.Namespace) -> str:
    """Write down a visit: where, when, who came."""
    from desktop.exchange.values import parse
    from desktop.exchange.visits import record_visit

    day = str(parse("date", options.day) or "") if options.day else ""
    return record_visit(workspace, place=options.visit, day=day, came=options.came)


def _record(workspace: Workspace, options: argparse.Namespace, console: Console) -> None:
    """Print the record of the newest visit, in the language of the console."""
    from desktop.books.record import write_record
    from desktop.exchange.visits import newest_visit

    visit = newest_visit(workspace.plan())
    if visit is None:
        raise NoVisit
    language = Language(console.language)
    path, pages = write_record(console.progress, options.workspace, options.record, visit.id, language.value)
    console.record(
        "record",
        {"meeting": visit.id, "file": str(path), "pages": pages},
        Message("cli.record.written", file=str(path)),
    )


_DO = {
    "suggest": _suggest,
    "accept": _accept,
    "decline": _decline,
    "withdraw": _withdraw,
    "visit": _visit,
}


# -- listing -----------------------------------------------------------------------------------------
def _list(workspace: Workspace, options: argparse.Namespace, console: Console) -> int:
    """Suggestions first, then remarks as ``comment`` lists them."""
    from desktop.cli.comment import list_comments, narrow
    from desktop.cli.naming import Names

    plan = workspace.plan()
    narrowed = narrow(plan, options)
    names = Names(plan, workspace.pack())
    found = [
        each
        for each in plan.suggestions
        if (options.all or each.state == "open") and narrowed.wants(plan, each)
    ]
    for each in found:
        _print(workspace, each, names, console)
    code = list_comments(workspace, console, everything=options.all, narrowed=narrowed, quiet=bool(found))
    return 1 if any(each.state == "open" for each in found) else code


def _print(workspace: Workspace, each: Suggestion, names: Names, console: Console) -> None:
    from desktop.base.textdiff import compared
    from desktop.base.worddiff import excerpt
    from desktop.cli.differences import on_a_line
    from desktop.workspace.suggesting import standing

    place = each.place
    about = names.place(
        table=place.table, row=place.row, field=place.field, item=place.item, scope=place.scope
    )
    found = standing(workspace, each) if each.state == "open" else None
    old, new = ("" if value is None else str(value) for value in (each.base, each.proposed))
    said = on_a_line(excerpt(compared(old, new, console.text)), console.text)
    lines = [f"{short(each.id)}  {value_text(about, console.language)}  {each.author}", f"      {said}"]
    if each.reason:
        lines.append(f"      {each.reason}")
    if found is not None and not found.clear:
        why = Message("cli.review.clash") if found.there else Message("cli.review.gone")
        lines.append(f"      {console.text(why)}")
    data = {
        "id": each.id,
        "where": value_text(about, console.language),
        "base": each.base,
        "proposed": each.proposed,
        "reason": each.reason,
        "author": each.author,
        "role": each.role,
        "at": each.at,
        "state": each.state,
        "answer": each.answer,
        "clear": found.clear if found is not None else None,
    }
    console.record("suggestion", data, lines)
