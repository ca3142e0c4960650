"""``rancang deadline``: by when which page must be done, by everybody or by one agency."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser, add_action, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short, told

if TYPE_CHECKING:
    from desktop.checks.due import DueDate
    from desktop.cli.writing import Writer

ACTIONS = ("list", "set", "remove")
_WORDS = {"list": 0, "set": 2, "remove": 1}


class NoDeadline(RancangError):
    """Nothing has to be done by a day there."""

    def __init__(self, page: str) -> None:
        super().__init__(Message("cli.deadline.unknown", page=page))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, the page, the day; for one agency, with a note."""
    add_workspace(parser, console)
    text = console.text
    shown = Message("cli.help.deadline_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.deadline_words"))
    agency = text(Message("cli.metavar.agency"))
    parser.add_argument(
        "--agency", default="", metavar=agency, help=text(Message("cli.help.deadline_agency"))
    )
    note = text(Message("cli.metavar.text"))
    parser.add_argument("--note", default="", metavar=note, help=text(Message("cli.help.deadline_note")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List deadlines, or change one as one operation; listing exits with 1 while one is overdue."""
    from desktop.cli.writing import Writer

    words = words_for(options, "deadline", _WORDS, _WORDS)
    with opened(options, console, read_only=options.action == "list") as workspace:
        writer = Writer(workspace)
        if options.action == "list":
            return _list(writer, console)
        agency = writer.rows.find("agency", options.agency) if options.agency else ""
        if options.action == "set":
            from desktop.cli.places import page_named
            from desktop.exchange.values import parse

            page, ref = page_named(writer, words[0])
            due = str(parse("date", words[1]))
            with workspace.operation(Message("cli.label.deadline_set")) as op:
                row = op.deadline(due, page=page, ref=ref, agency=agency, note=options.note)
        else:
            row = _find(writer, words[0], agency)
            with workspace.operation(Message("cli.label.deadline_remove")) as op:
                op.delete("deadline", row)
        console.record(
            "deadline",
            {"action": options.action, "id": row, "head": workspace.head},
            told(row, deleted=options.action != "set"),
        )
    return 0


def _find(writer: Writer, word: str, agency: str) -> str:
    """A deadline by its id, or by its page (and agency). Raises NoDeadline, UnknownPage, UnknownName."""
    from desktop.cli.places import page_named

    for deadline in writer.plan.deadlines:
        if len(word) >= 6 and deadline.id.endswith(word):
            return deadline.id
    place = (*page_named(writer, word), agency)
    for deadline in writer.plan.deadlines:
        if (deadline.page, deadline.ref, deadline.agency) == place:
            return deadline.id
    raise NoDeadline(word)


def _list(writer: Writer, console: Console) -> int:
    """Every deadline with how it stands: overdue is what has passed while something is open there."""
    from desktop.checks import check
    from desktop.checks.due import Due, due_dates

    plan, pack = writer.plan, writer.pack
    today = clock.today(plan.region.code)
    found = due_dates(plan, pack, check(plan, pack), today) if plan.deadlines else ()
    for each in found:
        _print(each, writer, console)
    if not found:
        console.note(Message("cli.deadline.none"))
    return 1 if any(each.state is Due.LATE for each in found) else 0


def _print(each: DueDate, writer: Writer, console: Console) -> None:
    from desktop.checks.places import agency_name, title_of_page

    deadline = each.deadline
    title = title_of_page(writer.plan, writer.guideline, deadline.page, deadline.ref)
    told = {"due": each.day, "page": title, "agency": agency_name(writer.plan, deadline.agency)}
    line = {
        "late": Message("cli.deadline.late", **told),
        "done": Message("cli.deadline.done", **told),
    }.get(each.state, Message("cli.deadline.line", **told))
    console.record(
        "deadline",
        {
            "id": deadline.id,
            "page": deadline.page,
            "ref": deadline.ref,
            "title": value_text(title, console.language),
            "agency": deadline.agency,
            "due": deadline.due,
            "note": deadline.note,
            "state": each.state.value,
            "open": len(each.open),
        },
        "  ".join(part for part in (short(deadline.id), console.text(line), deadline.note) if part),
    )
