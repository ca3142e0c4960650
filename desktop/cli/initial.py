"""``rancang initial``: the parafs that stand before the signatures: who gave which, and who is missing."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.cli.arguments import MissingWords, Parser, TooManyWords
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.checks.initials import Paraf
    from desktop.cli.writing import Writer
    from desktop.workspace import Workspace

ACTIONS = ("list", "set", "return", "clear")


class NoSuchStep(RancangError):
    """The guideline asks for no such initials."""

    def __init__(self, word: str, known: list[str]) -> None:
        super().__init__(Message("cli.initial.unknown", step=word, known=", ".join(known) or "-"))


class WhichAgency(RancangError):
    """Each agency takes this step, and none is named."""

    def __init__(self, step: str) -> None:
        super().__init__(Message("cli.initial.which_agency", step=step))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, the step, whose it is, and what is noted of it."""
    add_workspace(parser, console)
    text = console.text
    parser.add_argument(
        "action",
        choices=ACTIONS,
        nargs="?",
        default="list",
        metavar=text(Message("cli.metavar.action")),
        help=text(Message("cli.help.initial_action", actions=", ".join(ACTIONS))),
    )
    parser.add_argument(
        "words",
        nargs="*",
        default=[],
        metavar=text(Message("cli.metavar.step")),
        help=text(Message("cli.help.initial_step")),
    )
    agency, name = text(Message("cli.metavar.agency")), text(Message("cli.metavar.name"))
    words, day = text(Message("cli.metavar.text")), text(Message("cli.metavar.date"))
    file = text(Message("cli.metavar.file"))
    parser.add_argument("--agency", default="", metavar=agency, help=text(Message("cli.help.initial_agency")))
    parser.add_argument("--by", default="", metavar=name, help=text(Message("cli.help.initial_by")))
    parser.add_argument("--office", default="", metavar=words, help=text(Message("cli.help.initial_office")))
    parser.add_argument("--at", default="", metavar=day, help=text(Message("cli.help.initial_at")))
    parser.add_argument("--note", default="", metavar=words, help=text(Message("cli.help.initial_note")))
    parser.add_argument(
        "--scan", type=Path, default=None, metavar=file, help=text(Message("cli.help.initial_scan"))
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List the parafs, or note one as one operation; listing exits with 1 while one is missing."""
    from desktop.checks.initials import parafs
    from desktop.cli.writing import Writer
    from desktop.exchange.initials import own_agency, within

    wanted = 0 if options.action == "list" else 1
    if len(options.words) < wanted:
        raise MissingWords(options.action, "initial")
    if len(options.words) > wanted:
        raise TooManyWords(options.words[wanted])
    with opened(options, console, read_only=options.action == "list") as workspace:
        writer = Writer(workspace)
        today = clock.today(writer.plan.region.code)
        found = parafs(writer.plan, writer.pack, today)
        mine = own_agency(workspace)
        if options.action == "list":
            return _list(within(found, workspace.author, mine), writer, console)
        paraf = _named(options, writer, found, mine, console.language)
        _note(options, workspace, writer, paraf, mine, today)
        console.record(
            "initial",
            {"action": options.action, "step": paraf.step.id, "agency": paraf.agency, "head": workspace.head},
            Message(f"cli.initial.done.{options.action}", who=paraf.message),
        )
    return 0


def _named(
    options: argparse.Namespace, writer: Writer, found: tuple[Paraf, ...], mine: str, language: Language
) -> Paraf:
    """The paraf meant, by its step (id, role or number) and agency. Raises NoSuchStep, WhichAgency."""
    (word,) = options.words
    wanted = [each for each in found if word in {each.step.id, each.step.role, str(each.number)}]
    if not wanted:
        raise NoSuchStep(word, list(dict.fromkeys(each.step.id for each in found)))
    if not wanted[0].step.per:
        return wanted[0]
    agency = writer.rows.find("agency", options.agency) if options.agency else mine
    for each in wanted:
        if each.agency == agency:
            return each
    if not agency:
        raise WhichAgency(word)
    raise NoSuchStep(options.agency or word, [value_text(each.whose, language) for each in wanted])


def _note(
    options: argparse.Namespace,
    workspace: Workspace,
    writer: Writer,
    paraf: Paraf,
    mine: str,
    today: dt.date,
) -> None:
    from desktop.exchange import initials
    from desktop.exchange.values import parse

    if not initials.entitled(paraf, workspace.author, mine):
        raise initials.NotEntitled(paraf)
    day = dt.date.fromisoformat(str(parse("date", options.at))) if options.at else None
    said = initials.Said(options.by, options.office, day, options.note, options.scan)
    with workspace.operation(Message(f"cli.label.initial_{options.action}")) as op:
        match options.action:
            case "set":
                initials.give(op, paraf, writer.plan, writer.pack, said, today)
            case "return":
                initials.give_back(op, paraf, writer.plan, said, today)
            case _:
                initials.clear(op, paraf)


def _list(found: tuple[Paraf, ...], writer: Writer, console: Console) -> int:
    for each in found:
        print_paraf(each, writer.plan.source_language, console)
    if not found:
        console.note(Message("cli.initial.none"))
        return 0
    console.note(Message("checks.initials.own_record"))
    return 0 if all(each.done for each in found) else 1


def print_paraf(each: Paraf, language: str, console: Console) -> None:
    """One paraf: its step, who, and how it stands."""
    from desktop.checks.initials import standing_name

    initial = each.initial
    given = initial if initial is not None and initial.state else None
    told: dict[str, Param] = {
        "number": str(each.number), "step": each.step.id, "who": each.message,
        "state": standing_name(each.standing), "name": each.name or "-",
    }  # fmt: skip
    day = dt.date.fromisoformat(given.at) if given is not None and given.at else None
    line = (
        Message("cli.initial.line", **told)
        if day is None
        else Message("cli.initial.line_at", **told, day=day)
    )
    console.record(
        "paraf",
        {
            "number": each.number,
            "step": each.step.id,
            "role": each.step.role,
            "agency": each.agency,
            "agency_name": value_text(each.whose, console.language),
            "state": each.standing.value,
            "name": each.name,
            "office": given.office if given is not None else each.title(language),
            "at": given.at if given is not None else "",
            "note": given.note if given is not None else "",
            "evidence": given.evidence if given is not None else "",
            "changes_since": initial.since if initial is not None and not each.agency else None,
        },
        line,
    )
    if given is not None and given.note:
        console.note(Message("cli.duty.note", note=" ".join(given.note.split())), 2)
