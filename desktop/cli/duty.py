"""``rancang duty``: who owes what, by when, and how far it is; reminders and official notes about it."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, author, opened
from desktop.cli.overwriting import add_force

if TYPE_CHECKING:
    from desktop.checks.owing import Owed, Owing
    from desktop.cli.writing import Writer
    from desktop.workspace import Workspace

STATES = ("empty", "filled", "sent", "approved", "returned", "not_ours")
_SAYING = ("send", "approve", "withdraw", "not_ours", "return_")


class WhichAgency(RancangError):
    """Something is to be said of an agency's part, and no agency is named."""

    def __init__(self) -> None:
        super().__init__(Message("cli.duty.which_agency"))


class WhichPart(RancangError):
    """Something is to be said of a part, and none is named."""

    def __init__(self) -> None:
        super().__init__(Message("cli.duty.which_part"))


class NotOwed(RancangError):
    """The agency does not owe this page."""

    def __init__(self, page: str, known: list[str]) -> None:
        super().__init__(Message("cli.duty.not_owed", page=page, known=", ".join(known) or "-"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which parts of which agencies; what is said of them, or what is to be written about them."""
    add_workspace(parser, console)
    text = console.text
    parser.add_argument(
        "parts",
        nargs="*",
        default=[],
        metavar=text(Message("cli.metavar.part")),
        help=text(Message("cli.help.duty_parts")),
    )
    agency = text(Message("cli.metavar.agency"))
    parser.add_argument(
        "--agency", action="append", default=[], metavar=agency, help=text(Message("cli.help.duty_agency"))
    )
    parser.add_argument("--overdue", action="store_true", help=text(Message("cli.help.duty_overdue")))
    parser.add_argument("--state", choices=STATES, default="", help=text(Message("cli.help.duty_state")))
    words = text(Message("cli.metavar.text"))
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--assign", action="store_true", help=text(Message("cli.help.duty_assign")))
    doing.add_argument("--take-away", action="store_true", help=text(Message("cli.help.duty_take_away")))
    doing.add_argument("--send", action="store_true", help=text(Message("cli.help.duty_send")))
    doing.add_argument("--approve", action="store_true", help=text(Message("cli.help.duty_approve")))
    doing.add_argument("--withdraw", action="store_true", help=text(Message("cli.help.duty_withdraw")))
    doing.add_argument(
        "--not-ours", default=None, metavar=words, help=text(Message("cli.help.duty_not_ours"))
    )
    doing.add_argument(
        "--return", dest="return_", default=None, metavar=words, help=text(Message("cli.help.duty_return"))
    )
    doing.add_argument("--reminder", action="store_true", help=text(Message("cli.help.duty_reminder")))
    doing.add_argument(
        "--note",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.output")),
        help=text(Message("cli.help.duty_note")),
    )
    parser.add_argument(
        "--person",
        default="",
        metavar=text(Message("cli.metavar.person")),
        help=text(Message("cli.help.duty_person")),
    )
    day = text(Message("cli.metavar.date"))
    parser.add_argument("--due", default="", metavar=day, help=text(Message("cli.help.duty_due")))
    parser.add_argument("--number", default="", metavar=words, help=text(Message("cli.help.duty_number")))
    add_force(parser, console)
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List what is owed, or say something of parts as one operation; exits with 1 while one is overdue."""
    from desktop.checks.owing import Owing
    from desktop.cli.writing import Writer

    saying = next((name for name in _SAYING if getattr(options, name) not in (None, False)), "")
    changes = bool(saying or options.assign or options.take_away or options.due)
    with opened(options, console, read_only=not changes) as workspace:
        writer = Writer(workspace)
        today = clock.today(writer.plan.region.code)
        owing = Owing(writer.plan, writer.pack, today)
        agencies = [writer.rows.find("agency", each) for each in options.agency]
        if not agencies and (saying or options.reminder):
            agencies = _own(workspace, writer)
        if changes:
            told = _change(options, workspace, writer, owing, agencies, saying)
            if told is not None:
                console.note(told)
            data = {
                "head": workspace.head, "parts": options.parts, "agencies": agencies,
                "told": console.text(told) if told is not None else "",
            }  # fmt: skip
            console.record("duty-change", data, Message("cli.duty.done"))
            return 0
        chosen = _chosen(options, writer, owing, agencies)
        if options.reminder:
            return _remind(options, writer, chosen, console)
        if options.note is not None:
            return _note(options, workspace, writer, chosen, console)
        for each in chosen:
            _print(each, writer, console)
        if not chosen:
            console.note(Message("cli.duty.none") if owing.parts else Message("cli.duty.nothing_owed"))
        return 1 if any(each.late for each in chosen) else 0


def _own(workspace: Workspace, writer: Writer) -> list[str]:
    """The agency a copy was made for, or what came after it: there nobody has to name it."""
    from desktop.exchange.succession import present
    from desktop.workspace.opening import made_for

    whom = made_for(workspace)
    agency = present(writer.plan, whom.agency) if whom is not None else ""
    return [agency] if agency else []


# -- which ------------------------------------------------------------------------------------------
def _chosen(
    options: argparse.Namespace, writer: Writer, owing: Owing, agencies: list[str]
) -> tuple[Owed, ...]:
    from desktop.cli.places import page_named

    pages = [page_named(writer, each) for each in options.parts]
    return tuple(
        each
        for each in owing.parts
        if (not agencies or each.agency in agencies)
        and (not pages or (each.page, each.ref) in pages)
        and (not options.overdue or each.late)
        and (not options.state or each.standing.value == options.state)
    )


def _named(options: argparse.Namespace, writer: Writer, owing: Owing, agencies: list[str]) -> list[Owed]:
    """The parts that something is said of. Raises NotOwed."""
    from desktop.cli.places import page_named

    found = []
    for agency in agencies:
        for word in options.parts:
            part = owing.find((*page_named(writer, word), agency))
            if part is None:
                raise NotOwed(word, [_word(writer, each) for each in owing.of(agency)])
            found.append(part)
    return found


def _word(writer: Writer, part: Owed) -> str:
    """How a part is named in a command."""
    ref = part.ref
    if part.page == "programmes":
        programme = next((each for each in writer.plan.programmes if each.id == ref), None)
        ref = (programme.code or programme.id[-8:]) if programme is not None else ref
    return f"{part.page}/{ref}" if ref else part.page


# -- saying -----------------------------------------------------------------------------------------
def _change(
    options: argparse.Namespace,
    workspace: Workspace,
    writer: Writer,
    owing: Owing,
    agencies: list[str],
    saying: str,
) -> Message | None:
    """Say it, as one operation; what is to be told of it besides."""
    from desktop.cli.places import page_named
    from desktop.exchange import duties
    from desktop.exchange.values import parse

    who = author(options)
    person = writer.rows.find("person", options.person) if options.person else ""
    places = [page_named(writer, each) for each in options.parts]
    said: list[Owed] = []
    if not agencies:
        raise WhichAgency
    if not places and saying != "send":
        raise WhichPart
    with workspace.operation(Message("cli.label.duty")) as op:
        if options.assign:
            duties.assign(op, owing, places, agencies, person)
        if options.due:
            due = str(parse("date", options.due))
            for (page, ref), agency in product(places, agencies):
                op.deadline(due, page=page, ref=ref, agency=agency)
        if options.take_away:
            for part in _named(options, writer, owing, agencies):
                duties.take_away(op, part)
        if saying:
            state, note = _said(options, saying)
            everything = [part for each in agencies for part in duties.to_send(owing.of(each))]
            for part in _named(options, writer, owing, agencies) if places else everything:
                duties.say(op, owing, part, state, who, note)
                said.append(part)
    return duties.approved_anew(said) if saying == "approve" else None


def _said(options: argparse.Namespace, saying: str) -> tuple[str, str]:
    match saying:
        case "send":
            return "sent", ""
        case "approve":
            return "approved", ""
        case "withdraw":
            return "", ""
        case "not_ours":
            return "not_ours", str(options.not_ours)
        case _:
            return "returned", str(options.return_)


# -- telling ----------------------------------------------------------------------------------------
def _print(part: Owed, writer: Writer, console: Console) -> None:
    from desktop.checks.owing import standing_name
    from desktop.checks.places import agency_name

    agency = agency_name(writer.plan, part.agency)
    record = {
        "part": _word(writer, part),
        "page": part.page,
        "ref": part.ref,
        "agency": part.agency,
        "agency_name": value_text(agency, console.language),
        "title": value_text(part.title, console.language),
        "state": part.standing.value,
        "changed": part.changed,
        "changed_by_others": part.moved and not part.changed,
        "differs": part.differs,
        "filled": part.filled,
        "required": part.required,
        "rows": part.measure.rows,
        "files": part.measure.files,
        "evidence_wanting": part.measure.wanting,
        "due": part.due,
        "late": part.late,
        "person": part.person.name if part.person else "",
        "superior": part.superior.name if part.superior else "",
        "note": part.note,
    }
    told = {
        "agency": agency, "part": part.title, "state": standing_name(part), "filled": part.filled,
        "required": part.required,
    }  # fmt: skip
    line = Message("cli.duty.line", **told)
    if part.due:
        due = value_text(_day(part.due), console.language)
        line = Message("cli.duty.line_late" if part.late else "cli.duty.line_due", **told, due=due)
    console.record("duty", record, line)
    if part.note:
        console.note(Message("cli.duty.note", note=" ".join(part.note.split())), 2)


def _day(day: str) -> dt.date:
    return dt.date.fromisoformat(day)


def _by_agency(parts: Iterable[Owed]) -> dict[str, list[Owed]]:
    found: dict[str, list[Owed]] = {}
    for each in parts:
        found.setdefault(each.agency, []).append(each)
    return found


def _remind(options: argparse.Namespace, writer: Writer, chosen: tuple[Owed, ...], console: Console) -> int:
    """The reminder of each agency that has something open, ready to be copied."""
    from desktop.exchange.reminders import reminder

    open_ = [each for each in chosen if each.open or each.changed]
    for agency, parts in _by_agency(open_).items():
        whose = writer.plan.agency(agency)
        if whose is None:
            continue
        text = reminder(
            writer.plan, whose, parts, Language(console.language), clock.today(writer.plan.region.code),
            options.name.strip(),
        )  # fmt: skip
        console.record("reminder", {"agency": agency, "text": text}, [*text.splitlines(), ""])
    if not open_:
        console.note(Message("cli.duty.none_open"))
    return 0


def _note(
    options: argparse.Namespace,
    workspace: Workspace,
    writer: Writer,
    chosen: tuple[Owed, ...],
    console: Console,
) -> int:
    """The official note to each agency: one file, or a folder of them."""
    from desktop.books.formats import ENDINGS
    from desktop.books.notes import Facts, note_name, write_note

    open_ = _by_agency(each for each in chosen if each.open or each.changed)
    target: Path = options.note
    single = target.suffix.casefold() in ENDINGS
    if single and len(open_) > 1:
        raise WhichAgency
    language = Language(console.language)
    for agency, parts in open_.items():
        path = target if single else target / note_name(writer.plan, agency, language)
        facts = Facts(number=options.number)
        write_note(path, writer.plan, writer.pack, agency, parts, language, facts, workspace.evidence_bytes)
        console.record(
            "note", {"agency": agency, "file": str(path)}, Message("cli.duty.written", file=str(path))
        )
    if not open_:
        console.note(Message("cli.duty.none_open"))
    return 0
