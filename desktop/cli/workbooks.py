"""Agency workbooks on the command line: ``handout --xlsx`` makes them, ``bring-back`` takes them over."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError
from desktop.base.ordinary import read_ordinary
from desktop.base.speech import file_size, value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import opened

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook import Doubt, Proposal, Taken
    from desktop.exchange.agency_workbook.batch import Looked, Refused
    from desktop.workspace import Workspace

_MOST = 16 << 20
"""Bytes of a file of answers."""


class NoAnswers(RancangError):
    """A file of answers that is no JSON object of doubts with the answer to each."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("cli.workbooks.no_answers", file=file))


class UnknownDoubt(RancangError):
    """An answer to a question that no workbook raises."""

    def __init__(self, name: str) -> None:
        super().__init__(Message("cli.workbooks.unknown_doubt", name=name))


class NoWorkbooks(RancangError):
    """A folder or ZIP was named that holds no workbook."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("cli.workbooks.none_here", file=file))


# -- handing out -------------------------------------------------------------------------------------
def hand_out(workspace: Workspace, agencies: Iterable[str], folder: Path, console: Console) -> int:
    """Make a workbook for each of these agencies (their ids); one line for each."""
    from desktop.exchange.agency_workbook import make_all

    for each in make_all(console.progress, workspace, agencies, folder):
        data = {
            "file": str(each.path),
            "agency": each.agency,
            "handout": each.handout,
            "sheets": each.sheets,
            "rows": each.rows,
            "bytes": each.size,
        }
        size = file_size(each.size, console.language)
        line = Message("cli.workbooks.made", file=each.path.name, sheets=each.sheets, n=each.rows, size=size)
        console.record("workbook", data, line)
    return 0


# -- bringing back -----------------------------------------------------------------------------------
def add_arguments(parser: Parser, console: Console) -> None:
    """What comes along with workbooks, and how their doubts are answered."""
    text = console.text
    parser.add_argument(
        "--evidence",
        action="append",
        type=Path,
        default=[],
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.workbook_evidence")),
    )
    parser.add_argument(
        "--answers",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.workbook_answers")),
    )
    parser.add_argument("--skip-doubts", action="store_true", help=text(Message("cli.help.skip_doubts")))
    parser.add_argument("--accept", action="store_true", help=text(Message("cli.help.accept_doubts")))


def divided(files: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Workbooks, and folders and ZIPs that hold some; and all other files, which are the program's own."""
    from desktop.exchange.agency_workbook.batch import ENDINGS

    books: list[Path] = []
    others: list[Path] = []
    for path in files:
        ending = path.suffix.casefold()
        (books if path.is_dir() or ending in ENDINGS or ending == ".zip" else others).append(path)
    return books, others


def bring_back(options: argparse.Namespace, files: Iterable[Path], console: Console) -> int:
    """Show what the workbooks would change, ask, and take them over; nothing is written before.

    1 when a workbook could not be read, or a doubt is open and nobody said to leave it out.
    """
    from desktop.exchange.agency_workbook.batch import gather, inside, look, take
    from desktop.exchange.agency_workbook.evidence import along
    from desktop.exchange.agency_workbook.memory import standing
    from desktop.exchange.agency_workbook.taking_over import suggested

    asked = list(files)
    books, beside = gather(asked)
    answers = _read_answers(options.answers) if options.answers is not None else {}
    with (
        along([*options.evidence, *beside]) as evidence,
        opened(options, console, read_only=options.preview) as workspace,
    ):
        stands, books = standing(workspace), [*books, *inside(evidence)]
        if not books:
            raise NoWorkbooks(", ".join(path.name for path in asked))
        found = look(stands, books, evidence, answers, console.progress)
        _check_known(answers, found)
        if options.accept:
            answers = suggested(found.proposals) | answers
        elif _may_ask(options, console):
            answers |= _asked(found.open_doubts(answers), console)
        if answers:
            found = look(stands, books, evidence, answers)
        print_looked(found, answers, console)
        still = found.open_doubts(answers)
        refused = int(bool(found.refused))
        if options.preview:
            return int(bool(still)) or refused
        if still and not options.skip_doubts:
            console.record(
                "doubts-open",
                {"doubts": [doubt.id for doubt in still]},
                Message("cli.workbooks.open", n=len(still)),
            )
            return 1
        if all(each.is_empty for each in found.proposals):
            return refused
        if not (options.yes or options.accept or options.answers or options.skip_doubts or consents(console)):
            return refused
        result = take(workspace, found.books, evidence, answers, report=console.progress)
        told = [note for each in found.proposals for note in each.notes]
        for taken in result.taken:
            _print_taken(taken, told, console)
        _print_refused(result.refused, console)
        return int(bool(result.refused)) or refused


def _read_answers(path: Path) -> dict[str, str]:
    """Answers by the id of their doubt. Raises NoAnswers, FileProblem."""
    try:
        said: Any = json.loads(read_ordinary(path, _MOST, name=path.name).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NoAnswers(path.name) from error
    if not isinstance(said, dict) or not all(isinstance(each, str) for each in said.values()):
        raise NoAnswers(path.name)
    return {str(name): answer for name, answer in said.items()}


def _check_known(answers: Mapping[str, str], found: Looked) -> None:
    from desktop.exchange.agency_workbook.taking_over import NoSuchAnswer

    known = {doubt.id: doubt for doubt in found.doubts}
    for name, answer in answers.items():
        if name not in known:
            raise UnknownDoubt(name)
        if known[name].choice(answer) is None:
            raise NoSuchAnswer(known[name], answer)


def _may_ask(options: argparse.Namespace, console: Console) -> bool:
    return sys.stdin.isatty() and not (console.as_json or options.preview or options.skip_doubts)


def _asked(doubts: Iterable[Doubt], console: Console) -> dict[str, str]:
    """Ask at the terminal; an empty answer takes the suggestion."""
    answers: dict[str, str] = {}
    for doubt in doubts:
        _print_doubt(doubt, "", console)
        known = [choice.id for choice in doubt.choices]
        while doubt.id not in answers:
            typed = console.ask(Message("cli.import.ask")) or doubt.default
            number = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
            chosen = known[number - 1] if 0 < number <= len(known) else typed
            if chosen in known:
                answers[doubt.id] = chosen
    return answers


def consents(console: Console) -> bool:
    """Ask at a terminal; without one, nobody consented."""
    if console.as_json or not sys.stdin.isatty():
        console.note(Message("cli.bring_back.not_done"))
        return False
    return console.ask(Message("cli.bring_back.ask")).casefold() in {"y", "ya", "yes"}


# -- what is told ------------------------------------------------------------------------------------
def print_looked(found: Looked, answers: Mapping[str, str], console: Console) -> None:
    """Every workbook with what it would change, then what could not be read and what is left over."""
    for proposal in sorted(found.proposals, key=lambda each: each.name.casefold()):
        _print_proposal(proposal, answers, console)
    _print_refused(found.refused, console)
    for file, same in found.repeated:
        console.record(
            "workbook-repeated",
            {"file": file, "same_as": same},
            Message("cli.workbooks.repeated", file=file, same=same),
        )
    if found.loose_files:
        console.record(
            "files-unnamed",
            {"files": list(found.loose_files)},
            Message("cli.workbooks.loose", n=len(found.loose_files), files=", ".join(found.loose_files[:12])),
        )


def _print_proposal(proposal: Proposal, answers: Mapping[str, str], console: Console) -> None:
    from desktop.exchange.agency_workbook.brought import counted
    from desktop.exchange.counting import counted as in_words

    counts = {
        "values": len(proposal.taken),
        "differing": len(proposal.differing),
        "rows": len(proposal.new_rows),
        "files": len(proposal.files),
        "doubts": len(proposal.doubts),
        "same": proposal.same,
    }
    changes = [
        {"where": console.text(each.where.message), "text": console.text(each.message), "beside": each.beside}
        for each in (*proposal.taken, *proposal.differing)
    ]
    data = {"file": proposal.file, "agency": proposal.agency, "name": proposal.name, **counts}
    told = in_words(
        entries=counts["values"], new_rows=counts["rows"], differing=counts["differing"],
        files=counts["files"], doubts=counts["doubts"],
    )  # fmt: skip
    line = Message("cli.workbooks.preview", agency=proposal.name, file=proposal.file, counts=told)
    named = [
        {"where": console.text(each.where.message), "file": each.file} for each in proposal.files if each.file
    ]
    console.record("workbook-preview", {**data, "changes": changes, "named_files": named}, line)
    for each in (*proposal.taken, *proposal.differing):
        console.note(each.message, 2)
    for row in proposal.new_rows:
        console.note(row.message, 2)
    for said in filter(None, (file.message for file in proposal.files)):
        console.note(said, 2)
    if proposal.sent:
        console.note(counted(len(proposal.sent)), 2)
    if proposal.same:
        console.note(Message("exchange.plan_book.same", n=proposal.same), 2)
    for note in proposal.notes:
        console.note(note, 2)
    for doubt in proposal.doubts:
        _print_doubt(doubt, answers.get(doubt.id, ""), console)


def _print_doubt(doubt: Doubt, answer: str, console: Console) -> None:
    labels = {choice.id: value_text(choice.label, console.language) for choice in doubt.choices}
    data = {
        "id": doubt.id,
        "about": doubt.kind,
        "where": console.text(doubt.where.message),
        "text": console.text(doubt.message),
        "choices": [
            {
                "id": choice.id,
                "text": labels[choice.id],
                "does": [console.text(said) for said in choice.does],
            }
            for choice in doubt.choices
        ],
        "default": doubt.default,
        "answer": answer,
    }
    console.record("doubt", data, f"? [{doubt.id}] {console.text(doubt.message)}")
    # the same of each programme that a row may belong to: told once
    for said in doubt.does:
        console.note(said, 5)
    for number, choice in enumerate(doubt.choices, 1):
        mark = "*" if choice.id == (answer or doubt.default) else " "
        console.line(f"   {mark} {number}. {labels[choice.id]} [{choice.id}]")
        for said in choice.does:
            if said not in doubt.does:
                console.note(said, 9)


def _print_refused(refused: Iterable[Refused], console: Console) -> None:
    for each in refused:
        data = {"file": str(each.path), "id": each.reason.id, "text": console.text(each.reason)}
        console.record("workbook-refused", data, each.reason)


def _print_taken(taken: Taken, told: Collection[Message], console: Console) -> None:
    from desktop.exchange.agency_workbook.brought import counted
    from desktop.exchange.counting import counted as in_words

    data = {
        "file": taken.file,
        "agency": taken.agency,
        "values": taken.values,
        "differing": taken.differing,
        "rows": taken.rows,
        "deleted": taken.dropped,
        "files": taken.files,
        "left": [doubt.id for doubt in taken.left],
        "sent": taken.sent,
        "backup": taken.backup,
    }
    if taken.is_empty:
        line = Message("cli.workbooks.nothing", agency=taken.name)
    else:
        line = Message(
            "cli.workbooks.taken",
            agency=taken.name,
            counts=in_words(
                entries=taken.values, new_rows=taken.rows, differing=taken.differing, files=taken.files
            ),
            backup=taken.backup,
        )
    console.record("workbook-taken", data, line)
    for doubt in taken.left:
        console.note(Message("cli.workbooks.left", doubt=doubt.id), 2)
    if taken.sent:
        console.note(counted(taken.sent), 2)
    for note in taken.notes:
        if note not in told:  # a file that is no picture shows itself only when it is taken
            console.note(note, 2)
