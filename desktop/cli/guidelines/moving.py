"""``rancang guideline move``: a workspace goes over to another guideline, after a preview."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import add_pack
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.workspace.moving.planning import Move
    from desktop.workspace.moving.telling import Line


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, the pack, and whether to ask."""
    add_workspace(parser, console)
    add_pack(parser, console)
    parser.add_argument("--preview", action="store_true", help=console.text(Message("cli.help.preview")))
    parser.add_argument("--yes", action="store_true", help=console.text(Message("cli.help.move_yes")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Show what maps, falls away, differs and is new; on consent move.

    Raises what opening the pack or the workspace raises.
    """
    from desktop.guideline.provenance import provenance
    from desktop.guideline.store import open_named
    from desktop.workspace.moving.applying import move
    from desktop.workspace.moving.previewing import preview
    from desktop.workspace.moving.telling import remarks

    pack = open_named(options.pack)
    warning = provenance(pack).warning
    with opened(options, console, read_only=options.preview) as workspace:
        plan = workspace.plan()
        before = plan.guideline
        worked_out = preview(workspace, pack.content)
        info = worked_out.there.pack.pack
        if (before.id, before.version) == (info.id, info.version):
            console.say(Message("cli.move.there_already", title=info.title, version=info.version))
            return 0
        for remark in remarks(worked_out, len(plan.years)):
            console.warn(remark)
        if warning is not None and not _at_hand(pack.content):
            console.warn(warning)
        tell(worked_out, console)
        if options.preview or not (options.yes or _consents(console)):
            return 0
        move(workspace, pack.content)
        data = {"from": before.id, "to": info.id, "version": info.version, "head": workspace.head}
        console.record("moved", data, Message("cli.move.done", title=info.title, version=info.version))
    return 0


def _at_hand(content: bytes) -> bool:
    """Whether it is one that came with the program or was agreed to when it was installed."""
    from desktop.guideline.store import available

    return any(one.usable and one.read() == content for one in available())


def tell(move: Move, console: Console) -> None:
    """The preview, group by group."""
    from desktop.workspace.moving.telling import Group, lines, summary

    told = lines(move)
    for group in Group:
        mine = [line for line in told if line.group is group]
        if not mine:
            continue
        console.note(Message(f"workspace.moving.group.{group}"))
        for line in mine:
            console.record("move-line", _data(line, console), f"  {console.text(_sentence(line))}")
            for remark in _details(move, line, console):
                console.note(remark, indent=6)
    console.record("move", _counts(move), summary(move))


def _counts(move: Move) -> dict[str, Any]:
    info = move.there.pack.pack
    return {
        "to": info.id,
        "version": info.version,
        "status": info.status,
        "mapping": move.known,
        "new": len(move.new),
        "required": len(move.required),
    }


def _data(line: Line, console: Console) -> dict[str, Any]:
    from desktop.workspace.moving.telling import excerpt

    return {
        "group": line.group.value,
        "item": line.item,
        "label": console.text(line.label),
        "into": console.text(line.into) if line.into else "",
        "count": line.count,
        "written": excerpt(line.content, console.language.value),
        "there": excerpt(line.other, console.language.value),
        "newer": line.newer,
        "required": line.required,
    }


def _sentence(line: Line) -> Message:
    if line.required:
        return Message("cli.move.required", label=line.label)
    if line.group == "new":
        return line.label
    if line.into is not None:
        return Message("cli.move.into", label=line.label, into=line.into, n=line.count)
    return Message("cli.move.line", label=line.label, n=line.count)


def _details(move: Move, line: Line, console: Console) -> Iterator[Message]:
    from desktop.workspace.moving.telling import Group, excerpt

    language = console.language.value
    field = move.here.field(line.item)
    choices = field.choices if field else ()
    if line.group is Group.FALLS and line.content and field:
        yield Message("cli.move.written", text=excerpt(line.content, language, choices))
    if line.group is Group.DIFFERS and line.other:
        now, then = excerpt(line.content, language, choices), excerpt(line.other, language)
        kept = "newer" if line.newer else "earlier"
        yield Message(f"workspace.moving.{kept}", now=now, then=then)


def _consents(console: Console) -> bool:
    """Whether the person at the terminal agrees; nobody there does not. Any beginning of yes or ya does."""
    import sys

    if console.as_json or not sys.stdin.isatty():
        console.say(Message("cli.move.not_asked"))
        return False
    return console.ask(Message("cli.move.question")).lower()[:1] == "y"
