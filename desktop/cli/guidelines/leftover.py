"""``rancang guideline leftover``: what is kept from earlier guidelines and has no place now."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.workspace.moving.leftovers import Leftover


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace."""
    add_workspace(parser, console)
    parser.add_argument(
        "--take-along", action="store_true", help=console.text(Message("cli.help.take_along"))
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List it by guideline, each with its own words, its evidence and its comments."""
    from desktop.workspace.moving.late import take_along
    from desktop.workspace.moving.leftovers import leftovers

    with opened(options, console, read_only=not options.take_along) as workspace:
        if options.take_along:
            count = take_along(workspace)
            console.record("taken-along", {"count": count}, Message("cli.leftover.taken", n=count))
        found = leftovers(workspace)
    pack = ""
    for one in found:
        if one.pack != pack:
            pack = one.pack
            console.note(Message("cli.leftover.from", title=one.title))
        console.record("leftover", _data(one, console), f"  {_line(one, console)}")
        for file in one.evidence:
            console.note(Message("cli.leftover.evidence", file=file.name), indent=6)
        for comment in one.comments:
            said = Message("cli.leftover.comment", who=comment.author, text=comment.body)
            console.note(said, indent=6)
    console.record(
        "leftovers",
        {"count": len(found)},
        Message("cli.leftover.count", n=len(found)) if found else Message("cli.leftover.none"),
    )
    return 0


def _data(one: Leftover, console: Console) -> dict[str, Any]:
    content = one.content
    return {
        "pack": one.pack,
        "item": one.item,
        "label": one.label.read(console.language),
        "about": dict(one.about.values),
        "table": one.slot.table,
        "row": one.slot.row,
        "value": list(content.value) if isinstance(content.value, tuple) else content.value,
        "text": dict(content.text.values),
        "older": one.older,
        "late": one.late,
        "evidence": [file.id for file in one.evidence],
        "comments": [comment.id for comment in one.comments],
    }


def _line(one: Leftover, console: Console) -> str:
    from desktop.workspace.moving.slots import Content
    from desktop.workspace.moving.telling import said

    text = said(one.content, console.language.value, one.choices)
    about = said(Content(None, one.about), console.language.value)
    label = Message("cli.leftover.about", label=one.label, about=about) if about else one.label
    kind = "older" if one.older else "late" if one.late else "line"
    return console.text(Message(f"cli.leftover.{kind}", label=label, text=text))
