"""``rancang conflicts``: fields filled differently, and settling one by a value."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.speech import moment
from desktop.base.textdiff import apart
from desktop.cli.arguments import Parser, whole_number
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.cli.naming import Names
    from desktop.workspace import Workspace
    from desktop.workspace.merge import Conflict
    from desktop.workspace.resolving import Choice


class UnknownConflict(RancangError):
    """There is no open conflict, or no choice, with this number."""

    def __init__(self, number: int) -> None:
        super().__init__(Message("cli.unknown_conflict", number=str(number)))


class NoChoice(RancangError):
    """To settle, both the number of the field and that of the value are needed."""

    def __init__(self) -> None:
        super().__init__(Message("cli.no_choice"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which to settle, and by which of its values."""
    add_workspace(parser, console)
    parser.add_argument(
        "--settle",
        type=whole_number(1),
        default=0,
        metavar="N",
        help=console.text(Message("cli.help.settle")),
    )
    parser.add_argument(
        "--choose",
        type=whole_number(1),
        default=0,
        metavar="K",
        help=console.text(Message("cli.help.choose")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List them, or settle one; exit code 1 while any is open."""
    if bool(options.settle) != bool(options.choose):
        raise NoChoice
    with opened(options, console, read_only=not options.settle) as workspace:
        from desktop.cli.naming import Names

        if options.settle:
            _settle(workspace, options.settle, options.choose)
            console.record(
                "settled",
                {"number": options.settle, "choice": options.choose, "head": workspace.head},
                Message("cli.conflicts.settled"),
            )
        conflicts = workspace.conflicts()
        names = Names(workspace.plan(), workspace.pack())
        for number, conflict in enumerate(conflicts, 1):
            _print(number, conflict, workspace.choices(conflict), names, console)
        if not conflicts and not options.settle:
            console.note(Message("cli.conflicts.none"))
    return 1 if conflicts else 0


def _print(number: int, conflict: Conflict, choices: list[Choice], names: Names, console: Console) -> None:
    what = Message(
        "cli.conflicts.line",
        number=str(number),
        what=names.row(conflict.table, conflict.row),
        field=names.field(conflict.table, conflict.row, conflict.field),
    )
    console.record(
        "conflict",
        {
            "number": number,
            "table": conflict.table,
            "row": conflict.row,
            "field": conflict.field,
            "conflict": conflict.kind,
            "text": console.text(what),
            "choices": [
                {
                    "number": place,
                    "author": c.author,
                    "when": c.when.isoformat(),
                    "value": c.value,
                    "deletes": c.deletes,
                }
                for place, c in enumerate(choices, 1)
            ],
        },
        what,
    )
    values = _values(conflict, choices, names, console)
    for place, (choice, value) in enumerate(zip(choices, values, strict=True), 1):
        console.note(
            Message(
                "cli.conflicts.choice",
                number=str(place),
                author=choice.author,
                when=moment(choice.when, console.language),
                value=value,
            ),
            6,
        )
    if all(choice.deletes for choice in choices):
        # deleted here, while something that belongs to it was added there: nobody's change keeps it
        console.note(Message("cli.conflicts.keep", number=str(len(choices) + 1)), 6)


def _values(conflict: Conflict, choices: list[Choice], names: Names, console: Console) -> list[Message | str]:
    """What each would put there; of long texts what differs among them."""
    if conflict.field in {"", "*"}:
        stays = Message("cli.conflicts.keeps")
        return [Message("cli.conflicts.deletes") if each.deletes else stays for each in choices]
    place = conflict.table, conflict.row, conflict.field
    written = [each for each in choices if not each.deletes]
    said = iter(apart([names.whole(*place, each.value, console.language) for each in written]))
    return [Message("cli.conflicts.deletes") if each.deletes else next(said) or "-" for each in choices]


def _settle(workspace: Workspace, number: int, choice: int) -> None:
    """By whoever ``resolve`` would let, and with what it would write for the side this value is on."""
    from desktop.cli.resolve import settle
    from desktop.exchange.differing import Differing
    from desktop.workspace.entitled import decision
    from desktop.workspace.resolving import Decision

    found = Differing(workspace)
    if number > len(found.cases):
        raise UnknownConflict(number)
    case = found.cases[number - 1]
    choices = workspace.choices(case.conflict)
    if choice == len(choices) + 1 and all(each.deletes for each in choices):
        settle(workspace, found, case, Decision(case.conflict, keep=True))
        return
    if choice > len(choices):
        raise UnknownConflict(choice)
    chosen = choices[choice - 1]
    place = next(
        number
        for number, side in enumerate(case.sides)
        if side.deletes == chosen.deletes and (case.whole_row or side.value == chosen.value)
    )
    settle(workspace, found, case, decision(case, place))
