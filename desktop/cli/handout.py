"""``rancang handout``: a copy of the workspace for an agency, a mentor, or every agency at once."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.speech import file_size
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_name, add_workspace, opened
from desktop.cli.overwriting import add_force

if TYPE_CHECKING:
    from desktop.exchange.handing_out import HandedOut
    from desktop.workspace import Workspace
    from desktop.workspace.handouts import MadeFor
    from desktop.workspace.plan import Plan

ROLES = ("agency", "mentor", "assessor", "secretary")


class ForWhom(RancangError):
    """Nobody was named, or it is not clear in which role a person works in the copy."""

    def __init__(self, name: str = "") -> None:
        super().__init__(Message("cli.handout.role", name=name) if name else Message("cli.handout.for_whom"))


class OnePerson(RancangError):
    """One person was named for the copies of several agencies."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("cli.handout.one_person", name=name))


class NoAgencies(RancangError):
    """Every agency was to get a copy, and the plan has none."""

    def __init__(self) -> None:
        super().__init__(Message("cli.handout.no_agencies"))


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, for whom, and whether evidence goes along."""
    add_force(parser, console)
    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "--to",
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.whom")),
        help=text(Message("cli.help.handout_to")),
    )
    parser.add_argument(
        "--person",
        default="",
        metavar=text(Message("cli.metavar.name")),
        help=text(Message("cli.help.handout_person")),
    )
    parser.add_argument("--several", action="store_true", help=text(Message("cli.help.handout_several")))
    # not the role of whoever gives, as with other verbs
    parser.add_argument(
        "--role", dest="as_role", choices=ROLES, default="", help=text(Message("cli.help.handout_role"))
    )
    parser.add_argument("--all-agencies", action="store_true", help=text(Message("cli.help.all_agencies")))
    parser.add_argument("--xlsx", action="store_true", help=text(Message("cli.help.handout_xlsx")))
    parser.add_argument("--evidence", action="store_true", help=text(Message("cli.help.handout_evidence")))
    parser.add_argument(
        "--out",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.handout_out")),
    )
    add_name(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the copies; one line for each, with its size and whether a message carries it."""
    from desktop.exchange.handing_out import hand_out_all

    with opened(options, console) as workspace:
        people = _people(workspace.plan(), options)
        folder = options.out if options.out is not None else options.workspace.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileProblem.from_os(error, folder.name) from error
        if options.xlsx:
            return _workbooks(workspace, people, folder, console)
        made = hand_out_all(workspace, folder, people, evidence=options.evidence, report=console.progress)
        for each in made:
            _tell(each, console)
    return 0


def _workbooks(workspace: Workspace, people: list[MadeFor], folder: Path, console: Console) -> int:
    """Workbooks instead of copies: only agencies fill them in."""
    from desktop.cli.workbooks import hand_out
    from desktop.exchange.agency_workbook.making import NoSuchAgency

    for whom in people:
        if not whom.agency:
            raise NoSuchAgency(whom.person)
    return hand_out(workspace, [whom.agency for whom in people], folder, console)


def _people(plan: Plan, options: argparse.Namespace) -> list[MadeFor]:
    from desktop.exchange.handing_out import NobodyCalled, for_agency, for_all_agencies
    from desktop.workspace.handouts import MadeFor

    if options.person and (options.all_agencies or len(options.to) > 1):
        raise OnePerson(options.person)
    people = for_all_agencies(plan, several=options.several) if options.all_agencies else []
    if options.all_agencies and not people:
        raise NoAgencies
    for name in options.to:
        try:
            role = options.as_role or "agency"
            people.append(for_agency(plan, name, person=options.person, role=role, several=options.several))
        except NobodyCalled:
            if options.as_role == "agency":
                raise
            if not options.as_role:
                raise ForWhom(name) from None
            people.append(MadeFor(role=options.as_role, person=name.strip()))
    if not people:
        raise ForWhom
    return people


def _tell(made: HandedOut, console: Console) -> None:
    size = file_size(made.size, console.language)
    data = {
        "file": str(made.path),
        "bytes": made.size,
        "fits_chat": made.fits_chat,
        "agency": made.whom.agency,
        "person": made.whom.person,
        "role": made.whom.role,
        "handout": made.whom.handout,
    }
    line = (
        Message("cli.handout.fits", file=made.path.name, size=size)
        if made.fits_chat
        else Message("cli.handout.too_large", file=made.path.name, size=size)
    )
    console.record("handed-out", data, line)
