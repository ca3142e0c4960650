"""``rancang input``: what stakeholders said, what they were answered, and the sheets that ask for it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.cli.arguments import Parser, add_action, words_for
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.overwriting import add_force
from desktop.cli.rows import short, told
from desktop.cli.words import read_text

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.exchange.input_sheets import Returned
    from desktop.workspace import Workspace
    from desktop.workspace.hearing import Input
    from desktop.workspace.operation import Operation

CHANGES = ("add", "answer", "link", "unlink", "delete")
ACTIONS = ("list", *CHANGES, "sheets", "answers", "import")
_FEWEST = {"add": 1, "answer": 2, "link": 2, "unlink": 2, "delete": 1, "import": 1}
_MOST = {"list": 0, "add": 1, "answer": 3, "delete": 1}


class NothingSaid(RancangError):
    """An input without a word."""

    def __init__(self) -> None:
        super().__init__(Message("cli.input.nothing_said"))


class UnknownSubject(RancangError):
    """Nothing that an input can be about is called so."""

    def __init__(self, wanted: str) -> None:
        super().__init__(Message("cli.input.unknown_subject", wanted=wanted))


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, what it is done to, and the particulars."""
    add_force(parser, console)
    add_workspace(parser, console)
    text = console.text
    shown = Message("cli.help.input_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.input_words"))
    quoted = text(Message("cli.metavar.text"))
    for name, metavar in (("from", quoted), ("about", quoted), ("meeting", quoted), ("by", quoted)):
        help_ = text(Message(f"cli.help.input_{name}"))
        parser.add_argument(f"--{name}", default="", dest=f"{name}_", metavar=metavar, help=help_)
    day = text(Message("cli.metavar.date"))
    parser.add_argument("--date", default="", metavar=day, help=text(Message("cli.help.input_date")))
    _add_choice(parser, "--decision", ("open", "accepted", "partly", "rejected"), console)
    _add_choice(parser, "--channel", ("meeting", "letter", "form", "online", "other"), console)
    _add_choice(parser, "--text", tuple(each.value for each in Language), console)
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(),
        metavar=text(Message("cli.metavar.folder")),
        help=text(Message("cli.help.input_output")),
    )
    for option, choices in (
        ("--sheet-language", [each.value for each in Language]),
        ("--format", ["docx", "pdf"]),
    ):
        help_ = text(Message(f"cli.help.input_{option.removeprefix('--').replace('-', '_')}"))
        parser.add_argument(option, action="append", choices=choices, default=[], help=help_)
    parser.add_argument("--blank", action="store_true", help=text(Message("cli.help.input_blank")))
    parser.add_argument("--accept", action="store_true", help=text(Message("cli.help.input_accept")))
    add_author(parser, console)


def _add_choice(parser: Parser, option: str, choices: tuple[str, ...], console: Console) -> None:
    name = option.removeprefix("--")
    help_ = console.text(Message(f"cli.help.input_{name}"))
    parser.add_argument(option, choices=choices, default="", dest=f"{name}_", help=help_)


def run(options: argparse.Namespace, console: Console) -> int:
    """List inputs, change one as one operation, write sheets, or read those that came back."""
    from desktop.cli.writing import Writer

    words = words_for(options, "input", _FEWEST, _MOST)
    reads = options.action not in CHANGES and not (options.action == "import" and options.accept)
    with opened(options, console, read_only=reads) as workspace:
        writer = Writer(workspace)
        match options.action:
            case "list":
                return _list(writer, options, console)
            case "sheets" | "answers":
                return _write(writer, options, words, console)
            case "import":
                return _import(workspace, options, words, console)
        with workspace.operation(_LABEL[options.action]) as op:
            row = _act(op, workspace, writer, options, words)
        data = {"action": options.action, "row": row}
        console.record("input", data, told(row, deleted=options.action == "delete"))
    return 0


_LABEL = {
    "add": Message("cli.label.input_add"),
    "answer": Message("cli.label.input_answer"),
    "link": Message("cli.label.input_link"),
    "unlink": Message("cli.label.input_link"),
    "delete": Message("cli.label.input_delete"),
}


# -- one input ---------------------------------------------------------------------------------------
def _act(
    op: Operation, workspace: Workspace, writer: Writer, options: argparse.Namespace, words: list[str]
) -> str:
    """Do what was asked; the id of the input."""
    from desktop.base.ids import derived_id

    language = options.text_ or workspace.source_language
    if options.action == "add":
        return _add(op, writer, options, _said(words[0]), language)
    row = _find(writer, words[0])
    match options.action:
        case "delete":
            op.delete("input", row)
        case "answer":
            _answer(op, workspace, writer, row, words[1:], language)
        case action:
            for word in words[1:]:
                programme = writer.rows.find("programme", word)
                if action == "link":
                    op.put("input_programme", input=row, programme=programme)
                elif programme in next(each.programmes for each in writer.plan.inputs if each.id == row):
                    op.delete("input_programme", derived_id("input_programme", row, programme))
    return row


def _add(op: Operation, writer: Writer, options: argparse.Namespace, said: str, language: str) -> str:
    from desktop.base import clock
    from desktop.exchange.values import parse

    meeting = writer.rows.find("meeting", options.meeting_) if options.meeting_ else ""
    held = next((each.start for each in writer.plan.meetings if each.id == meeting), "")
    date = (
        str(parse("date", options.date))
        if options.date
        else held or clock.today(writer.plan.region.code).isoformat()
    )
    return op.insert(
        "input",
        stakeholder=writer.rows.find("stakeholder", options.from_) if options.from_ else None,
        meeting=meeting or None,
        author=options.by_,
        date=date,
        channel=options.channel_ or ("meeting" if meeting else "other"),
        item=subject_named(writer, options.about_),
        body={language: said},
        decision="open",
    )


def _answer(
    op: Operation, workspace: Workspace, writer: Writer, row: str, words: list[str], language: str
) -> None:
    """A decision, by its id or its name, and perhaps the reason."""
    from desktop.base import clock
    from desktop.workspace.listening import decide

    register = writer.known_register("input", "decision")
    decision = str(writer.register_value("input", register, words[0]) or "open")
    decide(op, row, decision, by=workspace.author.name, on=clock.today(writer.plan.region.code))
    if len(words) > 1:
        op.write("input", row, "answer", language, read_text(words[1]).strip())


def _find(writer: Writer, wanted: str) -> str:
    """An input by its id, the end of it, or its number in the list."""
    if wanted.isdecimal() and 0 < int(wanted[:9]) <= len(writer.plan.inputs) and len(wanted) < 6:
        return writer.plan.inputs[int(wanted) - 1].id
    return writer.rows.find("input", wanted)


def subject_named(writer: Writer, word: str) -> str:
    """What an input is about, as it is kept: a chapter (``II.3``), a dimension, a programme, an item.

    Raises UnknownSubject.
    """
    from desktop.cli.rows import UnknownName
    from desktop.workspace.listening import ABOUT_CHAPTER, ABOUT_DIMENSION, ABOUT_PROGRAMME

    word = word.strip()
    guide = writer.guideline
    name = word.removeprefix(ABOUT_CHAPTER)
    if not word:
        return ""
    if guide.chapter(name):
        return f"{ABOUT_CHAPTER}{name}"
    if guide.field(word):
        return word
    for dimension in writer.pack.dimensions:
        names = {dimension.id, *(text.casefold() for text in dimension.name.texts.values())}
        if word.removeprefix(ABOUT_DIMENSION).casefold() in names:
            return f"{ABOUT_DIMENSION}{dimension.id}"
    try:
        return f"{ABOUT_PROGRAMME}{writer.rows.find('programme', word.removeprefix(ABOUT_PROGRAMME))}"
    except UnknownName:
        raise UnknownSubject(word) from None


def _said(text: str) -> str:
    said = read_text(text).strip()
    if not said:
        raise NothingSaid
    return said


# -- listing -----------------------------------------------------------------------------------------
def _list(writer: Writer, options: argparse.Namespace, console: Console) -> int:
    """Inputs with their answers; exit code 1 while one that is listed has none."""
    wanted = writer.rows.find("stakeholder", options.from_) if options.from_ else ""
    meeting = writer.rows.find("meeting", options.meeting_) if options.meeting_ else ""
    item = subject_named(writer, options.about_)
    listed = [
        (number, each)
        for number, each in enumerate(writer.plan.inputs, 1)
        if wanted in {"", each.stakeholder}
        and meeting in {"", each.meeting}
        and options.decision_ in {"", each.decision}
        and (not item or item == each.item or item.removeprefix("programme/") in each.programmes)
    ]
    for number, each in listed:
        _print(writer, number, each, console)
    if not listed:
        console.note(Message("cli.input.none"))
    return int(any(each.decision == "open" for _, each in listed))


def _print(writer: Writer, number: int, each: Input, console: Console) -> None:
    from desktop.base.speech import value_text
    from desktop.checks.places import title_of_subject
    from desktop.cli.naming import one_line
    from desktop.workspace.choices import choice_name
    from desktop.workspace.listening import speaker

    plan, language = writer.plan, console.language
    who = speaker(plan, each)
    about = title_of_subject(plan, writer.guideline, each.item)
    data = {
        "id": each.id,
        "number": number,
        "stakeholder": each.stakeholder,
        "from": who.name if who else each.author,
        "meeting": each.meeting,
        "date": each.date,
        "channel": each.channel,
        "about": each.item,
        "text": dict(each.body.values),
        "decision": each.decision,
        "answer": dict(each.answer.values),
        "answered_by": each.answered_by,
        "answered_on": each.answered_on,
        "programmes": list(each.programmes),
    }
    head = f"{number}  {short(each.id)}  [{console.text(choice_name('input', each.decision))}]"
    lines = [f"{head}  {data['from'] or '-'}  {value_text(about, language)}"]
    lines += [
        f"      {one_line(text)}" for text in (each.body.read(language), each.answer.read(language)) if text
    ]
    changed = [p.title.read(language) for p in plan.programmes if p.id in each.programmes]
    if changed:
        lines.append("      " + console.text(Message("cli.input.changed", programmes=", ".join(changed))))
    console.record("input", data, lines)


# -- sheets ------------------------------------------------------------------------------------------
def _write(writer: Writer, options: argparse.Namespace, words: list[str], console: Console) -> int:
    """Write sheets or lists of answers and say where they are."""
    from desktop.exchange.input_sheets import write_answers, write_sheets
    from desktop.exchange.input_sheets.writing import FORMATS

    people = tuple(writer.rows.find("stakeholder", word) for word in words)
    languages = tuple(dict.fromkeys(options.sheet_language)) or (Language.ID.value,)
    forms = tuple(dict.fromkeys(options.format)) or FORMATS
    shared = (console.progress, options.workspace, options.output, languages, forms, people)
    written = write_answers(*shared) if options.action == "answers" else write_sheets(*shared, options.blank)
    for one in written:
        data = {
            "file": str(one.path), "stakeholder": one.stakeholder,
            "language": one.language, "format": one.format,
        }  # fmt: skip
        console.record("sheet", data, str(one.path))
    if not written:
        console.say(Message("cli.input.no_sheets"))
    return int(not written)


def _import(workspace: Workspace, options: argparse.Namespace, words: list[str], console: Console) -> int:
    """Show what returned sheets bring; with ``--accept`` take it in, each sheet as one operation."""
    from desktop.exchange.input_sheets import read_sheet, take_in

    for word in words:
        returned = read_sheet(Path(word), workspace.plan(), workspace.pack())
        _show(workspace, returned, console)
        taken = take_in(workspace, returned) if options.accept else 0
        data = {"file": word, "taken": taken, "accepted": options.accept}
        line = Message("cli.input.taken", n=taken) if options.accept else Message("cli.input.not_taken")
        console.record("sheet", data, line)
    return 0


def _show(workspace: Workspace, returned: Returned, console: Console) -> None:
    from desktop.base.speech import value_text
    from desktop.checks.places import title_of_subject
    from desktop.guideline import Guideline

    plan, guide = workspace.plan(), Guideline(workspace.pack())
    name = next(
        (each.name for each in plan.stakeholders if each.id == returned.stakeholder), returned.speaker
    )
    console.note(
        Message("cli.input.sheet", file=returned.file, who=name or Message("checks.hearing.unknown"))
    )
    for each in returned.said:
        about = value_text(title_of_subject(plan, guide, each.item), console.language)
        data = {
            "standing": each.standing.value,
            "about": each.item,
            "text": each.text,
            "existing": each.existing,
            "doubt": console.text(each.doubt) if each.doubt else "",
        }
        standing = console.text(_STANDING[each.standing.value])
        # all of it: it is taken in by what is read here
        lines = [f"[{standing}]  {about}", f"      {' '.join(each.text.split())}"]
        if each.doubt:
            lines.append(f"      {console.text(each.doubt)}")
        console.record("said", data, lines)


_STANDING = {
    "new": Message("cli.input.new"),
    "changed": Message("cli.input.changed_words"),
    "same": Message("cli.input.same"),
}
