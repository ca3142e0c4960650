"""``rancang programme``: list, show, add, fill, fund, measure and delete programmes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, Rupiah
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.setting import fill, find_row

if TYPE_CHECKING:
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Programme

ACTIONS = ("list", "add", "set", "budget", "indicator", "target", "delete")


class UnknownProgramme(RancangError):
    """No programme has this id or code."""

    def __init__(self, wanted: str) -> None:
        super().__init__(Message("cli.unknown_programme", wanted=wanted))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, the programme or indicator, and name=value words."""
    add_workspace(parser, console)
    parser.add_argument(
        "action",
        choices=ACTIONS,
        nargs="?",
        default="list",
        help=console.text(Message("cli.help.programme_action")),
    )
    parser.add_argument(
        "words",
        nargs="*",
        metavar=console.text(Message("cli.metavar.cells")),
        help=console.text(Message("cli.help.programme_words")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Do one action as one operation."""
    with opened(options, read_only=options.action == "list") as workspace:
        if options.action == "list":
            for programme in workspace.plan().programmes:
                _print(programme, console)
            return 0
        with workspace.operation(_label(options.action)) as op:
            row = _act(op, options.action, list(options.words), workspace)
        console.record("programme", {"action": options.action, "row": row}, Message("cli.row.done", row=row))
    return 0


def _label(action: str) -> Message:
    return {
        "add": Message("cli.label.programme_add"),
        "set": Message("cli.label.programme_set"),
        "budget": Message("cli.label.programme_budget"),
        "indicator": Message("cli.label.programme_indicator"),
        "target": Message("cli.label.programme_target"),
        "delete": Message("cli.label.programme_delete"),
    }[action]


def _act(op: Operation, action: str, words: list[str], workspace: Workspace) -> str:
    plan, language = workspace.plan(), workspace.source_language
    if action == "add":
        row = op.insert("programme", origin="typed")
        fill(op, "programme", row, words, plan, language)
        return row
    owner = find_row(plan, words.pop(0)) if words else ""
    if action == "target":
        year, value = _year_and_word(words)
        return op.put("target", indicator=owner, year=year, target=_number(value))
    if owner not in {programme.id for programme in plan.programmes}:
        raise UnknownProgramme(owner)
    match action:
        case "set":
            fill(op, "programme", owner, words, plan, language)
        case "budget":
            year, source = _year_and_word(words[:2])
            line = op.put("budget_line", programme=owner, year=year, source=source)
            fill(op, "budget_line", line, words[2:], plan, language)
            return line
        case "indicator":
            indicator = op.insert("indicator", programme=owner)
            fill(op, "indicator", indicator, words, plan, language)
            return indicator
        case _:
            op.delete("programme", owner)
    return owner


def _year_and_word(words: list[str]) -> tuple[int, str]:
    from desktop.exchange.values import parse

    if len(words) < 2:
        raise MissingWords
    year = parse("year", words[0])
    return int(str(year)), words[1]


def _number(text: str) -> str:
    from desktop.exchange.values import parse

    return str(parse("decimal", text))


class MissingWords(RancangError):
    """An action was not told everything it needs."""

    def __init__(self) -> None:
        super().__init__(Message("cli.missing_words"))


def _print(programme: Programme, console: Console) -> None:
    from dataclasses import asdict

    from desktop.base.speech import value_text

    total = sum(line.indicative or 0 for line in programme.budget)
    title = programme.title.read(console.language)
    money = value_text(Rupiah(total), console.language)
    line = f"{programme.code or programme.id[-8:]}  {programme.dimension or '-':<12} {title}  {money}"
    console.record("programme", asdict(programme), line)
    if not console.as_json:
        for indicator in programme.indicators:
            print(f"    {indicator.id}  {indicator.name.read(console.language)} ({indicator.unit})")
