"""``rancang nomenclature``: the region's own list of codes: taken in, searched, shown, removed."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser, add_action, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Plan

ACTIONS = ("show", "import", "search", "remove")
LEVEL_NAMES = {
    "field": Message("cli.nomenclature.field"),
    "division": Message("cli.nomenclature.division"),
    "programme": Message("cli.nomenclature.programme"),
    "activity": Message("cli.nomenclature.activity"),
    "sub_activity": Message("cli.nomenclature.sub_activity"),
    "": Message("cli.nomenclature.other"),
}


class NothingFound(RancangError):
    """No code begins so, and no title has these words."""

    exit_code = 1

    def __init__(self, words: str) -> None:
        super().__init__(Message("cli.nomenclature.nothing", words=words))


class NoListYet(RancangError):
    """There is no list that could be removed."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(Message("cli.nomenclature.no_list"))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, and the list or the words."""
    add_workspace(parser, console)
    shown = Message("cli.help.nomenclature_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.nomenclature_words"))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Do one action; taking in and removing are one change each."""
    words = words_for(
        options, "nomenclature", {"import": 1, "search": 1}, {"show": 0, "import": 1, "remove": 0}
    )
    with opened(options, console, read_only=options.action in {"show", "search"}) as workspace:
        plan = workspace.plan()
        match options.action:
            case "import":
                _take(workspace, Path(words[0]), console)
            case "search":
                _search(plan, workspace.pack(), " ".join(words), console)
            case "remove":
                _remove(workspace, plan, console)
            case _:
                _show(plan, workspace.pack(), console)
    return 0


def _take(workspace: Workspace, file: Path, console: Console) -> None:
    from desktop.exchange.code_lists import read_code_list

    found = read_code_list(file, console.progress)
    for remark in found.remarks:
        console.say(remark)
    with workspace.operation(
        Message("exchange.codes.label", file=found.file, codes=len(found.entries))
    ) as op:
        op.take_codes(found.entries, found.file)
    told = Message("cli.nomenclature.taken", file=found.file, codes=len(found.entries))
    data = {
        "file": found.file, "codes": len(found.entries), "levels": found.levels,
        "remarks": len(found.remarks), "head": workspace.head,
    }  # fmt: skip
    console.record("nomenclature", data, told)
    _print_levels(found.levels, console)


def _print_levels(levels: dict[str, int], console: Console) -> None:
    for level, name in LEVEL_NAMES.items():
        if levels.get(level):
            console.note(Message("cli.nomenclature.level", level=name, codes=levels[level]), 4)


def _search(plan: Plan, pack: Pack, words: str, console: Console) -> None:
    from desktop.exchange.code_lists import codes_at_hand
    from desktop.workspace.nomenclature import level_of

    found = codes_at_hand(plan, pack).search(words)
    if not found:
        raise NothingFound(words)
    for entry in found:
        data = {"code": entry.code, "title": entry.title, "level": level_of(entry.code)}
        console.record("code", data, f"{entry.code}  {entry.title}")


def _remove(workspace: Workspace, plan: Plan, console: Console) -> None:
    if not plan.nomenclature:
        raise NoListYet
    with workspace.operation(Message("cli.label.nomenclature_remove")) as op:
        op.take_codes((), "")
    done = Message("cli.nomenclature.removed", file=plan.nomenclature_name)
    console.record("nomenclature", {"removed": plan.nomenclature_name, "head": workspace.head}, done)


def _show(plan: Plan, pack: Pack, console: Console) -> None:
    from collections import Counter

    from desktop.exchange.code_lists import codes_at_hand
    from desktop.workspace.nomenclature import level_of

    codes = codes_at_hand(plan, pack)
    levels = dict(Counter(level_of(entry.code) for entry in codes.entries))
    data = {
        "file": plan.nomenclature_name, "sha256": plan.nomenclature, "codes": len(codes.entries),
        "levels": levels, "samples": not plan.codes,
    }  # fmt: skip
    if plan.codes:
        line = Message("cli.nomenclature.shown", file=plan.nomenclature_name, codes=len(codes.entries))
    elif plan.nomenclature:
        line = Message("cli.nomenclature.away", file=plan.nomenclature_name, codes=len(codes.entries))
    else:
        line = Message("cli.nomenclature.samples", codes=len(codes.entries))
    console.record("nomenclature", data, line)
    _print_levels(levels, console)
