"""``rancang sessions``: guidance sessions with their outputs, meetings, and whose commitment is signed."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError, clock
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short
from desktop.workspace.groundwork import OUTPUT_STATES

if TYPE_CHECKING:
    from desktop.checks import Report
    from desktop.guideline.pack import Output, Pack, Session
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Place, Plan


class NoSuchOutput(RancangError):
    """The guideline's sessions have no such output."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(Message("cli.sessions.no_output", name=name, known=known))


class NothingToAttachTo(RancangError):
    """Values or files were given, but neither an output nor an agency they are about."""

    def __init__(self) -> None:
        super().__init__(Message("cli.sessions.about_what"))


class SignedHow(RancangError):
    """A commitment is signed by its sheet: a file and nothing else."""

    def __init__(self) -> None:
        super().__init__(Message("cli.sessions.signed_how"))


def add_arguments(parser: Parser, console: Console) -> None:
    """What to look at, or what to write about an output or an agency's commitment."""
    text = console.text
    add_workspace(parser, console)
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--output", default="", metavar="ID", help=text(Message("cli.help.sessions_output")))
    about.add_argument(
        "--signed",
        default="",
        metavar=text(Message("cli.metavar.agency")),
        help=text(Message("cli.help.sessions_signed")),
    )
    parser.add_argument("--state", choices=OUTPUT_STATES, help=text(Message("cli.help.sessions_state")))
    day = text(Message("cli.metavar.date"))
    parser.add_argument("--due", metavar=day, help=text(Message("cli.help.sessions_due")))
    parser.add_argument("--done", metavar=day, help=text(Message("cli.help.sessions_done")))
    parser.add_argument(
        "--by", metavar=text(Message("cli.metavar.name")), help=text(Message("cli.help.sessions_by"))
    )
    parser.add_argument(
        "--note", metavar=text(Message("cli.metavar.text")), help=text(Message("cli.help.sessions_note"))
    )
    parser.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.files")),
        help=text(Message("cli.help.sessions_file")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write what was given as one operation; then the list."""
    values = _values(options)
    if (values or options.file) and not (options.output or options.signed):
        raise NothingToAttachTo
    if options.signed and (values or not options.file):
        raise SignedHow
    changes = bool(values or options.file)
    with opened(options, console, read_only=not changes) as workspace:
        if changes and options.output:
            _write(workspace, options.output, values, options.file)
        elif changes:
            _sign(workspace, options.signed, options.file)
        _list(workspace, console, "" if changes else options.output)
    return 0


def _values(options: argparse.Namespace) -> dict[str, str]:
    from desktop.exchange.values import parse

    given = {
        "state": options.state,
        "due": options.due,
        "done_on": options.done,
        "signed_by": options.by,
        "note": options.note,
    }
    days = {name: str(parse("date", given[name]) or "") for name in ("due", "done_on") if given[name]}
    return {name: days.get(name, value) for name, value in given.items() if value is not None}


def _output(pack: Pack, name: str) -> tuple[Session, Output]:
    known = [(session, output) for session in pack.sessions for output in session.outputs]
    for session, output in known:
        if name in {output.id, f"{session.id}/{output.id}"}:
            return session, output
    raise NoSuchOutput(name, ", ".join(f"{session.id}/{output.id}" for session, output in known))


def _write(workspace: Workspace, name: str, values: dict[str, str], files: list[Path]) -> None:
    from desktop.checks.sessions import output_row
    from desktop.workspace.plan import Place

    session, output = _output(workspace.pack(), name)
    row = output_row(session.id, output.id)
    known = {each.id for each in workspace.plan().outputs}
    with workspace.operation(Message("cli.label.output", output=output.label)) as op:
        if row not in known:
            op.put("session_output", session=session.id, output=output.id, state="open")
        if values:
            op.set("session_output", row, **values)
        _attach(op, workspace.plan(), files, Place("session_output", row))


def _sign(workspace: Workspace, name: str, files: list[Path]) -> None:
    from desktop.checks.application import SIGNED
    from desktop.cli.rows import Rows
    from desktop.workspace.plan import Place

    agency = Rows(workspace.plan()).find("agency", name)
    with workspace.operation(Message("cli.label.commitment")) as op:
        _attach(op, workspace.plan(), files, Place("agency", agency, SIGNED))


def _attach(op: Operation, plan: Plan, files: list[Path], place: Place) -> None:
    """Keep files as they are and say what they show; what is here already is not kept twice."""
    from desktop.exchange.photos import Wishes, prepare

    here = {file.sha256: file.id for file in plan.evidence}
    for path in files:
        made = prepare(path, Wishes(original=True))
        known = here.get(made.sha256)
        op.claim(known or op.attach(made.data, name=made.name, media_type=made.media_type), place)


# ------------------------------------------------------------------------------------------- listing
def _list(workspace: Workspace, console: Console, output: str) -> None:
    """Everything there is, or what stands about one ``output`` alone."""
    from desktop.checks import check
    from desktop.workspace.choices import choice_name

    plan, pack = workspace.plan(), workspace.pack()
    only = _output(pack, output) if output else None
    _list_outputs(plan, pack, check(plan, pack), console, only)
    if only:
        return
    console.note(Message("cli.sessions.meetings"))
    for meeting in plan.meetings:
        came = sum(each.present for each in meeting.attendance)
        title = meeting.title.read(console.language.value, plan.source_language)
        kind = console.text(choice_name("meeting", meeting.kind))
        data = {
            "id": meeting.id,
            "kind": meeting.kind,
            "session": meeting.session,
            "start": meeting.start,
            "end": meeting.end,
            "title": title,
            "place": meeting.place,
            "present": came,
            "listed": len(meeting.attendance),
        }
        counted = console.text(Message("cli.sessions.came", present=came, listed=len(meeting.attendance)))
        parts = (short(meeting.id), f"{meeting.start or '–':<10}", kind, title, meeting.place, counted)
        console.record("meeting", data, "  " + "  ".join(part for part in parts if part))
    _list_commitments(plan, pack, console)


def _list_outputs(
    plan: Plan, pack: Pack, report: Report, console: Console, only: tuple[Session, Output] | None
) -> None:
    from desktop.checks.sessions import standings
    from desktop.workspace.choices import choice_name

    session = ""
    for each in standings(plan, pack, report, clock.today(plan.region.code)):
        if only and (each.session.id, each.output.id) != (only[0].id, only[1].id):
            continue
        if each.session.id != session:
            session = each.session.id
            console.note(Message("cli.sessions.session", session=session, title=each.session.title))
        row = each.row
        data = {
            "session": session,
            "output": each.output.id,
            "state": row.state,
            "due": row.due,
            "done_on": row.done_on,
            "signed_by": row.signed_by,
            "overdue": each.due.value == "late",
            "open": len(each.open),
            "evidence": each.files,
            "page": each.output.page.page if each.output.page else "",
        }
        state = console.text(choice_name("session_output", row.state))
        parts = [f"  {each.output.id:<20} {state:<8} {each.output.label.read(console.language)}"]
        if row.due:
            parts.append(console.text(Message("cli.sessions.due", day=dt.date.fromisoformat(row.due))))
        if row.signed_by:
            parts.append(console.text(Message("cli.sessions.signed", name=row.signed_by)))
        if each.open:
            parts.append(console.text(Message("cli.sessions.open", n=len(each.open))))
        console.record("output", data, "  ".join(parts))


def _list_commitments(plan: Plan, pack: Pack, console: Console) -> None:
    from desktop.checks.application import SIGNED
    from desktop.checks.places import agency_name

    if not any(book.per == "agency" for book in pack.books):
        return
    signed = {
        claim.row
        for file in plan.evidence
        for claim in file.claims
        if claim.table == "agency" and claim.field == SIGNED
    }
    console.note(Message("cli.sessions.commitments"))
    for agency in plan.agencies:
        name = value_text(agency_name(plan, agency.id), console.language)
        done = agency.id in signed
        state = console.text(
            Message("cli.sessions.is_signed") if done else Message("cli.sessions.not_signed")
        )
        console.record(
            "commitment", {"agency": agency.id, "name": name, "signed": done}, f"  {name}  {state}"
        )
