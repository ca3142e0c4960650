"""``rancang office``: offices renamed or merged, people replaced, contact and superior, hand-over reports."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser, add_action, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.overwriting import add_force

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.exchange.succession import Moved
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Agency, Person, Plan

ACTIONS = ("list", "contact", "superior", "rename", "merge", "replace", "handover")
_EXACTLY = {"list": 0, "contact": 2, "superior": 2, "rename": 2, "replace": 2, "handover": 1}


class IntoWhat(RancangError):
    """Offices are merged into one that is named."""

    def __init__(self) -> None:
        super().__init__(Message("cli.office.into_what"))


def add_arguments(parser: Parser, console: Console) -> None:
    """What happened to which office or person, from which day, and what moves along."""
    add_force(parser, console)
    add_workspace(parser, console)
    text = console.text
    shown = Message("cli.help.office_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.office_words"))
    words = text(Message("cli.metavar.text"))
    agency = text(Message("cli.metavar.agency"))
    date = text(Message("cli.metavar.date"))
    person = text(Message("cli.metavar.person"))
    parser.add_argument("--into", default="", metavar=agency, help=text(Message("cli.help.office_into")))
    parser.add_argument("--short", default="", metavar=words, help=text(Message("cli.help.office_short")))
    parser.add_argument(
        "--from", dest="day", default="", metavar=date, help=text(Message("cli.help.office_from"))
    )
    parser.add_argument("--keep", action="store_true", help=text(Message("cli.help.office_keep")))
    parser.add_argument("--nip", default="", metavar="NIP", help=text(Message("cli.help.office_nip")))
    parser.add_argument("--person", default="", metavar=person, help=text(Message("cli.help.office_person")))
    parser.add_argument(
        "--to",
        type=Path,
        default=Path("handover.pdf"),
        metavar=text(Message("cli.metavar.output")),
        help=text(Message("cli.help.office_to")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List offices with who answers for them, or write one change as one operation."""
    from desktop.cli.writing import Writer

    words_for(options, "office", {**_EXACTLY, "merge": 1}, _EXACTLY)
    looks = options.action in {"list", "handover"}
    with opened(options, console, read_only=looks) as workspace:
        writer = Writer(workspace)
        match options.action:
            case "list":
                _list(writer, console)
            case "handover":
                _hand_over(options, workspace, writer, console)
            case "contact" | "superior":
                _task(options, workspace, writer, console)
            case "replace":
                _told(_replace(options, workspace, writer), options, workspace, console)
            case _:
                _told(_follow(options, workspace, writer), options, workspace, console)
    return 0


def _day(options: argparse.Namespace, plan: Plan) -> str:
    """The first day of what comes after: as said, else that of today in the region."""
    from desktop.exchange.values import parse

    return str(parse("date", options.day)) if options.day else clock.today(plan.region.code).isoformat()


def _agency(writer: Writer, word: str) -> Agency:
    row = writer.rows.find("agency", word)
    return next(each for each in writer.plan.agencies if each.id == row)


def _person(writer: Writer, word: str) -> Person:
    row = writer.rows.find("person", word)
    return next(each for each in writer.plan.people if each.id == row)


def _follow(options: argparse.Namespace, workspace: Workspace, writer: Writer) -> Moved:
    from desktop.exchange.succession import Office, follow_agency, name_of_agency

    if options.action == "rename":
        old = [_agency(writer, options.words[0])]
        new = Office("", {writer.source: options.words[1]}, options.short)
    else:
        if not options.into:
            raise IntoWhat
        old = [_agency(writer, each) for each in options.words]
        new = Office(_agency(writer, options.into).id)
    label = Message("cli.label.agency_follows", agency=name_of_agency(old[0]))
    with workspace.operation(label) as op:
        return follow_agency(
            op, writer.plan, writer.pack, old, _day(options, writer.plan), new, move=not options.keep
        )


def _replace(options: argparse.Namespace, workspace: Workspace, writer: Writer) -> Moved:
    from desktop.cli.rows import UnknownName
    from desktop.exchange.succession import Holder, follow_person

    old = _person(writer, options.words[0])
    try:
        new = Holder(_person(writer, options.words[1]).id)
    except UnknownName:
        new = Holder("", options.words[1], options.nip)
    with workspace.operation(Message("cli.label.person_follows", name=old.name)) as op:
        return follow_person(op, writer.plan, old, _day(options, writer.plan), new, move=not options.keep)


def _told(moved: Moved, options: argparse.Namespace, workspace: Workspace, console: Console) -> None:
    record = {
        "action": options.action,
        "successor": moved.successor,
        "programmes": moved.programmes,
        "duties": moved.duties,
        "rows": moved.rows,
        "comments": moved.comments,
        "people": moved.people,
        "kept": moved.kept,
        "head": workspace.head,
    }
    done = Message(
        "cli.office.done",
        programmes=Message("cli.office.programmes", n=moved.programmes),
        duties=Message("cli.office.parts", n=moved.duties),
        rows=Message("cli.office.rows", n=moved.rows),
    )
    console.record("office-change", record, done)
    if moved.kept:
        console.note(Message("cli.office.kept", n=moved.kept))


def _task(options: argparse.Namespace, workspace: Workspace, writer: Writer, console: Console) -> None:
    from desktop.exchange.succession import name_of_agency, name_task

    agency = _agency(writer, options.words[0])
    with workspace.operation(Message("cli.label.task", agency=name_of_agency(agency))) as op:
        person = name_task(op, writer.plan, agency.id, options.action, options.words[1])
    console.record(
        "office-change",
        {"action": options.action, "agency": agency.id, "person": person, "head": workspace.head},
        Message("cli.duty.done"),
    )


def _list(writer: Writer, console: Console) -> None:
    from desktop.checks.owing import person_for
    from desktop.checks.places import agency_name

    today = clock.today(writer.plan.region.code)
    for agency in writer.plan.agencies:
        contact = person_for(writer.plan, agency.id, "contact", today)
        superior = person_for(writer.plan, agency.id, "superior", today)
        name = value_text(agency_name(writer.plan, agency.id), console.language)
        record = {
            "agency": agency.id,
            "name": name,
            "contact": contact.name if contact else "",
            "superior": superior.name if superior else agency.head,
            "until": agency.until,
            "successor": agency.successor,
        }
        told = {"agency": name, "contact": record["contact"] or "-", "superior": record["superior"] or "-"}
        line = Message("cli.office.line", **told)
        if agency.successor:
            after = agency_name(writer.plan, agency.successor)
            line = Message("cli.office.line_over", agency=name, until=agency.until or "-", successor=after)
        console.record("office", record, line)
    if not writer.plan.agencies:
        console.note(Message("cli.handout.no_agencies"))


def _hand_over(options: argparse.Namespace, workspace: Workspace, writer: Writer, console: Console) -> None:
    from desktop.base import Language
    from desktop.books.formats import rendered
    from desktop.books.handover import compose_handover, last_changes
    from desktop.books.printing import write_pdf

    agency = _agency(writer, options.words[0])
    person = _person(writer, options.person).id if options.person else ""
    people = [e for e in writer.plan.people if (e.id == person if person else e.agency == agency.id)]
    changes = last_changes(workspace, [each.name for each in people], workspace.plan().region.code)
    document = compose_handover(
        writer.plan, writer.pack, agency.id, Language(console.language),
        clock.today(writer.plan.region.code), changes, person,
    )  # fmt: skip
    write_pdf(options.to, rendered(options.to, document))
    console.record(
        "handover",
        {"agency": agency.id, "file": str(options.to)},
        Message("cli.office.written", file=str(options.to)),
    )
