"""``rancang import``: take programmes from a spreadsheet; what the source leaves open is asked first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.exchange.holding import Held
    from desktop.exchange.programmes import ImportPreview, ImportReport
    from desktop.exchange.questions import Question
    from desktop.exchange.table import Handed
    from desktop.workspace import Workspace


class OwnWorkbook(RancangError):
    """A workbook that this program wrote is no list: it comes back as a whole."""

    def __init__(self, file: Path) -> None:
        super().__init__(Message("cli.import.own_workbook", file=str(file)))


_FEW = 6
"""Choices that are listed with every question."""


class UnknownQuestion(RancangError):
    """The list raises no question with this id."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__(
            Message("cli.import.unknown_question", name=name, known=", ".join(known[:12]) or "-")
        )


def add_arguments(parser: Parser, console: Console) -> None:
    """The list, the decisions, and whether suggestions count."""
    add_workspace(parser, console)
    text = console.text
    parser.add_argument(
        "file",
        type=Path,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.import_file")),
    )
    parser.add_argument(
        "--decisions",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.decisions")),
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.answer")),
        help=text(Message("cli.help.answer")),
    )
    parser.add_argument(
        "--sheet",
        action="append",
        default=None,
        metavar=text(Message("cli.metavar.sheet")),
        help=text(Message("cli.help.sheet")),
    )
    parser.add_argument(
        "--unit",
        choices=("rupiah", "thousand", "million", "billion"),
        default="",
        help=text(Message("cli.help.unit")),
    )
    parser.add_argument(
        "--doubtful",
        choices=("plan", "list"),
        default="",
        help=text(Message("cli.help.doubtful")),
    )
    parser.add_argument("--accept", action="store_true", help=text(Message("cli.help.accept")))
    parser.add_argument("--forget", action="store_true", help=text(Message("cli.help.forget")))
    parser.add_argument("--preview", action="store_true", help=text(Message("cli.help.preview")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Ask, then import as one change; without answers nothing is written and exit code is 1."""
    from functools import partial

    from desktop.cli.words import assignments
    from desktop.exchange.brought import brought_by
    from desktop.exchange.decisions import decided_answers, read_decisions
    from desktop.exchange.holding import held_against
    from desktop.exchange.list_memory import ListMemory
    from desktop.exchange.programmes import agreed, apply_import, preview_programmes, refine
    from desktop.exchange.questions import open_questions, suggested_answers

    given = dict(assignments(options.answer))
    if options.unit:
        given["rupiah_unit"] = options.unit
    source = _source(options.file)
    with opened(options, console, read_only=options.preview) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        decisions = read_decisions(options.decisions) if options.decisions else None
        memory, brought = ListMemory(), brought_by(workspace.journal)
        read = partial(
            preview_programmes, source, plan, pack, decisions, sheets=options.sheet, brought=brought
        )
        preview = read(memory=memory)
        if options.forget and memory.forget(preview.heads):
            preview = read()
        asked = preview.questions
        # what is answered here may change the reading, and only then be asked
        preview = refine(preview, given, plan, pack)
        answers = decided_answers(preview.questions, decisions, str(options.decisions)) if decisions else {}
        answers |= given
        preview = refine(preview, answers, plan, pack)
        if options.accept:
            preview = agreed(preview, answers, plan, pack)
        _check_known((name for name in given if not _is_apart(name)), (*asked, *preview.questions))
        asking = (
            isinstance(source, Path) and sys.stdin.isatty() and not console.as_json and not options.preview
        )
        if options.accept:
            answers = suggested_answers(preview.questions) | answers
        while asking and not options.accept and (left := open_questions(preview.questions, answers)):
            answers |= _asked(left, console)
            preview = refine(preview, answers, plan, pack)
        _print_preview(preview, answers, console)
        held = held_against(preview, answers, plan)
        _check_known((name for name in given if name.startswith("held:")), held.questions)
        if options.doubtful:
            answers = dict.fromkeys((each.id for each in held.questions), options.doubtful) | answers
        elif asking:
            answers |= _asked(open_questions(held.questions, answers), console)
        _print_held(preview, held, answers, console)
        missing = open_questions((*preview.questions, *held.questions), answers)
        if options.preview or missing:
            return _tell_open(missing, console)
        _print_report(apply_import(workspace, preview, answers), workspace, console)
        memory.remember(preview, answers, plan.workspace)
    return 0


def _tell_open(missing: tuple[Question, ...], console: Console) -> int:
    """How much is open where nothing was written, and the exit code."""
    if missing:
        data = {"questions": [question.id for question in missing]}
        console.record("import-open", data, Message("cli.import.open", n=len(missing)))
    return 1 if missing else 0


def _source(file: Path) -> Path | Handed:
    """The list: a file, or for ``-`` what another program hands over.

    Raises OwnWorkbook, NotATable, TableTooLarge.
    """
    if str(file) != "-":
        from desktop.exchange.arrival import Kind, look

        if look(file, deep=False).kind is Kind.WORKBOOK:
            raise OwnWorkbook(file)
        return file
    from desktop.exchange.table import MAX_BYTES, Handed, tables_of

    return Handed("stdin", tables_of(sys.stdin.buffer.read(MAX_BYTES + 1), "stdin"))


def _check_known(given: Iterable[str], questions: tuple[Question, ...]) -> None:
    """Answers are to questions that the list raises. Raises UnknownQuestion."""
    known = list(dict.fromkeys(question.id for question in questions))
    for name in given:
        if name not in known:
            raise UnknownQuestion(name, known)


def _is_apart(name: str) -> bool:
    """Whether a decision is about a single programme without a question, or asked when the plan is known."""
    return name.startswith(("quick_win:", "rupiah_unit:", "held:", "programme_column"))


def _asked(questions: tuple[Question, ...], console: Console) -> dict[str, str]:
    """Ask at the terminal; an empty answer takes the suggestion, if there is one."""
    answers: dict[str, str] = {}
    above: set[tuple[str, ...]] = set()
    for question in questions:
        _print_question(question, console, "", above)
        known = [option.id for option in question.options]
        while question.id not in answers:
            typed = console.ask(Message("cli.import.ask")) or question.suggestion
            number = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
            chosen = known[number - 1] if 0 < number <= len(known) else typed
            if chosen in known:
                answers[question.id] = chosen
    return answers


def _print_preview(preview: ImportPreview, answers: dict[str, str], console: Console) -> None:
    from desktop.exchange.telling import summary, told

    counts = {
        "programmes": len(preview.programmes),
        "new": len(preview.new),
        "questions": len(preview.questions),
    }
    console.record(
        "import-preview",
        {"file": preview.file, **counts},
        Message("cli.import.preview", file=preview.file, summary=summary(preview, answers)),
    )
    _print_sheets(preview, console)
    above: set[tuple[str, ...]] = set()
    for question in preview.questions:
        if console.as_json or question.required:
            _print_question(question, console, answers.get(question.id, ""), above)
    for message in told(preview, answers):
        console.say(message)
    for name, number in preview.other_regions.items():
        console.say(Message("cli.import.other_region", region=name, n=number))


def _print_sheets(preview: ImportPreview, console: Console) -> None:
    from desktop.exchange.telling import sheet_sentence

    for sheet in preview.sheets:
        if len(preview.sheets) == 1 and not console.as_json:
            continue  # what it holds was said already
        data = {
            "name": sheet.name,
            "kind_of_table": sheet.kind,
            "levels": sheet.told,
            "agency": sheet.agency,
            "chosen": sheet.chosen,
            "programmes": sheet.programmes,
            "activities": sheet.activities,
            "indicators": sheet.indicators,
        }
        console.record("import-sheet", data, sheet_sentence(sheet))


def _print_held(preview: ImportPreview, held: Held, answers: dict[str, str], console: Console) -> None:
    """What the list is to the plan: how many of which state, what changes, what stays, what is doubtful."""
    from collections import Counter

    from desktop.exchange.counting import listed
    from desktop.exchange.holding import STATES, gone_sentence, kept_sentence

    states = Counter(held.states.values())
    for draft in preview.programmes:
        if console.as_json:
            state = held.states[draft.key]
            console.record(
                "import-programme", {"key": draft.key, "title": draft.title, "state": state}, STATES[state]
            )
    counts: dict[str, int] = {state: states[state] for state in STATES}
    parts = [Message("cli.import.state", number=n, state=STATES[state]) for state, n in states.items()]
    if parts:
        console.record("import-states", counts, Message("cli.import.states", states=listed(parts)))
    for change in held.changed:
        data = {"programme": change.programme.id, "name": change.name, "text": console.text(change.message)}
        console.record("import-change", data, change.message)
    for change in held.kept:
        message = kept_sentence(change)
        data = {"programme": change.programme.id, "name": change.name, "text": console.text(message)}
        console.record("import-kept", data, message)
    for programme in held.gone:
        message = gone_sentence(programme)
        console.record("import-gone", {"programme": programme.id, "text": console.text(message)}, message)
    for question in held.questions:
        _print_question(question, console, answers.get(question.id, ""))


def _print_question(
    question: Question, console: Console, answer: str, above: set[tuple[str, ...]] | None = None
) -> None:
    """A question; choices that were listed ``above`` in full are not listed again for every programme."""
    data = {
        "id": question.id,
        "about": question.kind,
        "text": console.text(question.message),
        "required": question.required,
        "options": [option.id for option in question.options],
        "suggestion": question.suggestion,
        "certainty": question.certainty,
        "answer": answer,
    }
    console.record("question", data, question.message)
    if console.as_json:
        return
    if question.hint is not None:
        console.note(question.hint)
    choices = tuple(option.id for option in question.options)
    again = above is not None and len(choices) > _FEW and choices in above
    if above is not None:
        above.add(choices)
    if again:
        console.note(Message("cli.import.as_above", n=len(choices)), 5)
    for number, option in enumerate(question.options, 1):
        if again and option.id != (answer or question.suggestion):
            continue
        label = option.label
        text = label.read(console.language) if isinstance(label, LocalText) else console.text(label)
        mark = "*" if option.id == (answer or question.suggestion) else " "
        console.line(f"   {mark} {number}. {text} [{option.id}]")
    console.line(f'     --answer "{question.id}=…"')


def _print_report(report: ImportReport, workspace: Workspace, console: Console) -> None:
    from desktop.exchange.counting import counted

    data = {
        "file": report.file,
        "new": report.new,
        "updated": report.updated,
        "agencies": report.agencies,
        "budget_lines": report.budget_lines,
        "indicators": report.indicators,
        "targets": report.targets,
        "activities": report.activities,
        "answers": dict(report.answers),
        "backup": report.backup.name if report.backup else "",
        "head": workspace.head,
    }
    console.record(
        "imported",
        data,
        Message(
            "cli.import.done",
            file=report.file,
            programmes=counted(new=report.new, known=report.updated),
            what=counted(
                activities=report.activities,
                budget_lines=report.budget_lines,
                indicators=report.indicators,
                targets=report.targets,
            ),
            backup=report.backup.name if report.backup else "-",
        ),
    )
