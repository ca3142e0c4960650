"""``rancang wording``: how drafts are worded, part by part; the team's own words, or the template's."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.words import read_text
from desktop.workspace.wording import worded

if TYPE_CHECKING:
    from desktop.workspace import Workspace


class NoSuchPart(RancangError):
    """The document has no part of this name."""

    exit_code = 2

    def __init__(self, part: str, known: str) -> None:
        super().__init__(Message("cli.wording.no_part", part=part, known=known))


class TextMissing(RancangError):
    """A part was named for a text, and no text was given."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(Message("cli.wording.no_text"))


class OneOfThem(RancangError):
    """A text was given, and also the template or nothing in its place."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(Message("cli.wording.one_of_them"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which document and part, in which language, and the new wording."""
    from desktop.books.wording import PARTS

    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "document", nargs="?", choices=list(PARTS), default=None,
        help=text(Message("cli.help.wording_document", documents=", ".join(PARTS))),
    )  # fmt: skip
    parser.add_argument(
        "part", nargs="?", default="", metavar=text(Message("cli.metavar.part")),
        help=text(Message("cli.help.wording_part")),
    )  # fmt: skip
    parser.add_argument(
        "text", nargs="?", default=None, metavar=text(Message("cli.metavar.text")),
        help=text(Message("cli.help.wording_text")),
    )  # fmt: skip
    back = parser.add_mutually_exclusive_group()
    back.add_argument("--template", action="store_true", help=text(Message("cli.help.wording_template")))
    back.add_argument("--leave-out", action="store_true", help=text(Message("cli.help.wording_leave_out")))
    parser.add_argument(
        "--book-language",
        choices=[each.value for each in Language],
        default="",
        help=text(Message("cli.help.wording_language")),
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Tell the wording, or change one part of it."""
    from desktop.books.wording import LEFT_OUT, PARTS, label_of

    changes = options.text is not None or options.template or options.leave_out
    if options.part and options.part not in {each.id for each in PARTS[options.document]}:
        raise NoSuchPart(options.part, ", ".join(each.id for each in PARTS[options.document]))
    if changes and not options.part:
        raise TextMissing
    if options.text is not None and (options.template or options.leave_out):
        raise OneOfThem
    with opened(options, console, read_only=not changes) as workspace:
        language = options.book_language or workspace.source_language
        if changes:
            label = label_of(options.document, options.part)
            if options.template:
                said = _template(workspace, options.document, options.part, Language(language))
            else:
                said = LEFT_OUT if options.leave_out else read_text(options.text)
            if label is None or not (said.strip() or options.template):
                raise TextMissing
            _change(workspace, options.document, options.part, language, said, label)
        for document in [options.document] if options.document else list(PARTS):
            _tell(workspace, document, options.part, Language(language), console)
    return 0


def _template(workspace: Workspace, document: str, part: str, language: Language) -> str:
    """What brings the template back: nothing, unless the words of another language would stand there then."""
    from desktop.books.wording import LEFT_OUT, borrowed, templates

    plan = workspace.plan()
    if not borrowed(worded(plan, document, part), language.value, plan.source_language):
        return ""
    return templates(plan, workspace.pack(), document, language)[part] or LEFT_OUT


def _change(workspace: Workspace, document: str, part: str, language: str, text: str, label: Message) -> None:
    from desktop.workspace.wording import write

    with workspace.operation(Message("cli.label.wording", part=label)) as operation:
        write(operation, document, part, language, text)


def _tell(workspace: Workspace, document: str, only: str, language: Language, console: Console) -> None:
    """Each part with its words, and whose they are."""
    from desktop.books.wording import NAMES, PARTS, borrowed, templates

    plan = workspace.plan()
    given = templates(plan, workspace.pack(), document, language)
    console.note(NAMES[document])
    for part in PARTS[document]:
        if only and part.id != only:
            continue
        own = worded(plan, document, part.id)
        text = own.values.get(language.value, "").strip()
        whose = Message("cli.wording.own")
        if not text:
            text = borrowed(own, language.value, plan.source_language)
            whose = Message("cli.wording.borrowed") if text else Message("cli.wording.template")
        elif text == given[part.id].strip():
            whose = Message("cli.wording.template")
        record = {
            "document": document, "part": part.id, "language": language.value,
            "own": whose.id == "cli.wording.own",
            "text": text or given[part.id], "template": given[part.id],
        }  # fmt: skip
        console.record(
            "wording", record, Message("cli.wording.part", id=part.id, part=part.label, whose=whose)
        )
        for line in (text or given[part.id]).split("\n"):
            if line and not console.as_json:
                console.line(f"    {line}")
