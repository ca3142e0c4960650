"""``rancang stakeholder``: the register: who has a stake, and how often each was heard."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.cli.arguments import Parser, add_action, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short, told

if TYPE_CHECKING:
    from desktop.cli.writing import Writer

ACTIONS = ("list", "add", "set", "delete")


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, the stakeholder, and name=value words."""
    add_workspace(parser, console)
    text = console.text
    shown = Message("cli.help.stakeholder_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.stakeholder_words"))
    parser.add_argument("--never", action="store_true", help=text(Message("cli.help.stakeholder_never")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List the register, or do one action as one operation."""
    from desktop.cli.writing import Writer

    words = words_for(options, "stakeholder", {"add": 1, "set": 2, "delete": 1}, {"list": 0, "delete": 1})
    with opened(options, console, read_only=options.action == "list") as workspace:
        writer = Writer(workspace)
        if options.action == "list":
            _list(writer, console, never=options.never)
            return 0
        with workspace.operation(_LABEL[options.action]) as op:
            if options.action == "add":
                row = writer.insert(op, "stakeholder", words)
            else:
                row = writer.rows.find("stakeholder", words.pop(0))
                if options.action == "delete":
                    op.delete("stakeholder", row)
                else:
                    writer.fill(op, "stakeholder", row, words)
        data = {"action": options.action, "row": row}
        console.record("stakeholder", data, told(row, deleted=options.action == "delete"))
    return 0


_LABEL = {
    "add": Message("cli.label.stakeholder_add"),
    "set": Message("cli.label.stakeholder_set"),
    "delete": Message("cli.label.stakeholder_delete"),
}


def _list(writer: Writer, console: Console, *, never: bool) -> None:
    """Everybody in the register, or those who were never heard."""
    from desktop.workspace.choices import choice_name
    from desktop.workspace.listening import hearings

    known = hearings(writer.plan)
    for each in writer.plan.stakeholders:
        heard = known[each.id]
        if never and heard.heard:
            continue
        data = {
            "id": each.id,
            "name": each.name,
            "kind_of_stakeholder": each.kind,
            "interest": dict(each.interest.values),
            "contact_person": each.contact_person,
            "contact": each.contact,
            "invited": heard.invited,
            "attended": heard.attended,
            "inputs": heard.inputs,
        }
        told = console.text(Message("cli.stakeholder.heard", attended=heard.attended, n=heard.inputs))
        kind = console.text(choice_name("stakeholder", each.kind))
        line = "  ".join([short(each.id), each.name or "-", f"({kind})", told])
        console.record("stakeholder", data, line)
    if not writer.plan.stakeholders:
        console.note(Message("cli.stakeholder.none"))
