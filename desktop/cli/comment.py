"""``rancang comment``: remarks on fields: list them, add one, answer it, say what became of it."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.speech import moment, value_text
from desktop.cli.arguments import Parser, add_action, add_text_language, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short, told
from desktop.cli.words import read_text

if TYPE_CHECKING:
    from desktop.base.message import Param
    from desktop.cli.naming import Names
    from desktop.cli.writing import Writer
    from desktop.exchange.remarks import Narrowed
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Comment, Plan

STATES = {"answered": "answered", "done": "done", "decline": "declined", "open": "open"}
"""The actions that say what became of a comment, and the state each gives it."""
ACTIONS = ("list", "add", "answer", *STATES, "delete")
_WORDS = dict.fromkeys(ACTIONS, 1) | {"list": 0, "add": 2, "answer": 2}


class NothingSaid(RancangError):
    """A comment without a word."""

    def __init__(self) -> None:
        super().__init__(Message("cli.comment.nothing_said"))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, what it is about, and what is said."""
    add_workspace(parser, console)
    text = console.text
    shown = Message("cli.help.comment_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.comment_words"))
    parser.add_argument("--all", action="store_true", help=text(Message("cli.help.comment_all")))
    named = text(Message("cli.metavar.name"))
    about = text(Message("cli.metavar.agency"))
    parser.add_argument("--agency", default="", metavar=about, help=text(Message("cli.help.review_agency")))
    parser.add_argument("--author", default="", metavar=named, help=text(Message("cli.help.review_author")))
    parser.add_argument("--about", default="", metavar="ID", help=text(Message("cli.help.comment_about")))
    add_text_language(parser, console)
    quoted = text(Message("cli.metavar.text"))
    parser.add_argument("--quote", default="", metavar=quoted, help=text(Message("cli.help.quote")))
    agency = text(Message("cli.metavar.agency"))
    parser.add_argument("--owner", default="", metavar=agency, help=text(Message("cli.help.owner")))
    day = text(Message("cli.metavar.date"))
    parser.add_argument("--due", default="", metavar=day, help=text(Message("cli.help.due")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List comments, or write one operation; exit code 1 while a listed one is open."""
    from desktop.cli.writing import Writer

    words = words_for(options, "comment", _WORDS, _WORDS)
    with opened(options, console, read_only=options.action == "list") as workspace:
        if options.action == "list":
            narrowed = narrow(workspace.plan(), options)
            return list_comments(workspace, console, everything=options.all, narrowed=narrowed)
        writer = Writer(workspace)
        with workspace.operation(_LABEL[options.action]) as op:
            row = _act(op, workspace, writer, options, words)
        console.record(
            "comment",
            {"action": options.action, "id": row, "head": workspace.head},
            told(row, deleted=options.action == "delete"),
        )
    return 0


_LABEL = {
    "add": Message("cli.label.comment_add"),
    "answer": Message("cli.label.comment_answer"),
    "answered": Message("cli.label.comment_answered"),
    "done": Message("cli.label.comment_done"),
    "decline": Message("cli.label.comment_decline"),
    "open": Message("cli.label.comment_open"),
    "delete": Message("cli.label.comment_delete"),
}


def _act(
    op: Operation, workspace: Workspace, writer: Writer, options: argparse.Namespace, words: list[str]
) -> str:
    """Do what was asked; the id of the comment. Raises NotYoursToSettle."""
    from desktop.exchange.remarks import settle

    if options.action == "add":
        return _add(op, workspace, writer, options, words)
    row = writer.rows.find("comment", words[0])
    if options.action == "answer":
        return op.reply(row, _said(words[1]), workspace.author)
    if options.action == "delete":
        op.delete("comment", row)
    else:
        found = next(each for each in writer.plan.comments if each.id == row)
        settle(op, found, STATES[options.action], workspace.author)
    return row


def _add(
    op: Operation, workspace: Workspace, writer: Writer, options: argparse.Namespace, words: list[str]
) -> str:
    from desktop.cli.places import place_of
    from desktop.exchange.values import parse

    return op.comment(
        place_of(writer, words[0], options.about, options.text_language),
        _said(words[1]),
        workspace.author,
        quote=options.quote,
        owner=writer.rows.find("agency", options.owner) if options.owner else "",
        due=str(parse("date", options.due)) if options.due else "",
    )


def _said(text: str) -> str:
    said = read_text(text).strip()
    if not said:
        raise NothingSaid
    return said


# -- listing -----------------------------------------------------------------------------------------
def narrow(plan: Plan, options: argparse.Namespace) -> Narrowed:
    """Which remarks are wanted, as the options say. Raises UnknownName."""
    from desktop.cli.rows import Rows
    from desktop.exchange.remarks import Narrowed

    agency = Rows(plan).find("agency", options.agency) if options.agency else ""
    return Narrowed(agency=agency, author=options.author)


def list_comments(
    workspace: Workspace, console: Console, *, everything: bool, narrowed: Narrowed, quiet: bool = False
) -> int:
    """Comments that nobody settled with their answers, or all; answers stand under what they answer.

    The exit code: 1 while one of them is not settled. ``quiet``: nothing is said where there is none.
    """
    from desktop.cli.naming import Names
    from desktop.exchange.remarks import UNSETTLED

    plan = workspace.plan()
    names = Names(plan, workspace.pack())
    _learn_deleted(names, workspace)
    firsts = [
        each
        for each in plan.comments
        if not each.parent and (everything or each.state in UNSETTLED) and narrowed.wants(plan, each)
    ]
    for comment in firsts:
        _print(comment, names, console)
        for reply in (each for each in plan.comments if each.parent == comment.id):
            _print(reply, names, console)
    if not firsts and not quiet:
        console.note(Message("cli.comment.none"))
    return 1 if any(comment.state in UNSETTLED for comment in firsts) else 0


def _learn_deleted(names: Names, workspace: Workspace) -> None:
    """What comments are about may be deleted; the journal still knows what it was called."""
    from desktop.cli.facts import facts_of

    known = facts_of(workspace.plan())
    for place in {each.place for each in workspace.plan().comments}:
        for row in filter(None, (place.row, place.scope)):
            table = place.table if row == place.row else "programme"
            if (table, row) not in known and table not in {"cell", "plan"}:
                names.learn(table, row, _said_last(workspace, table, row))


def _said_last(workspace: Workspace, table: str, row: str) -> dict[str, object]:
    """What a row said last about itself, texts by language."""
    facts: dict[str, object] = {}
    texts: dict[str, dict[str, str]] = {}
    for entry in workspace.history(table, row):
        name, _, language = entry.field.partition(":")
        if not name or entry.after is None:
            continue
        if language:
            texts.setdefault(name, {}).setdefault(language, str(entry.after))
        else:
            facts.setdefault(name, entry.after)
    return facts | texts


def _print(comment: Comment, names: Names, console: Console) -> None:
    place = comment.place
    about = {"table": place.table, "row": place.row, "field": place.field, "item": place.item}
    shown = _about(comment, names)
    console.record(
        "comment",
        {
            "id": comment.id,
            "about": {**about, "scope": place.scope, "language": place.language},
            "where": value_text(shown, console.language),
            "block": comment.block,
            "quote": comment.quote,
            "text": comment.body,
            "author": comment.author,
            "role": comment.role,
            "at": comment.at,
            "state": comment.state,
            "parent": comment.parent,
            "owner": comment.owner,
            "due": comment.due,
        },
        _line(comment, shown, names, console),
    )


def _line(comment: Comment, about: Param, names: Names, console: Console) -> list[str]:
    """The comment as people read it: who, when, about what, then each line of it, indented."""
    indent = "    " if comment.parent else ""
    parts = [short(comment.id), _when(comment.at, console), comment.author]
    if not comment.parent:
        state = names.value("comment", comment.id, "state", comment.state, console.language)
        parts = [f"[{state}]", *parts, value_text(about, console.language)]
    lines = [indent + "  ".join(part for part in parts if part)]
    if comment.quote:
        lines.append(f"{indent}      “{comment.quote}”")
    lines += [f"{indent}      {line}" for line in comment.body.splitlines()]
    if comment.owner or comment.due:
        lines.append(f"{indent}      {console.text(_agreed(comment, names))}")
    return lines


def _agreed(comment: Comment, names: Names) -> Message:
    owner: Param = names.row("agency", comment.owner) if comment.owner else "-"
    due: Param = dt.date.fromisoformat(comment.due) if comment.due else "-"
    return Message("cli.comment.agreed", owner=owner, due=due)


def _about(comment: Comment, names: Names) -> Param:
    place = comment.place
    what = names.place(
        table=place.table, row=place.row, field=place.field, item=place.item, scope=place.scope
    )
    if place.item or not place.field:
        return what
    return Message("cli.comment.about", field=names.field(place.table, place.row, place.field), what=what)


def _when(at: str, console: Console) -> str:
    try:
        return moment(dt.datetime.fromisoformat(at), console.language)
    except ValueError:
        return ""
