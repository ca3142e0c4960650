"""``rancang show``: what a workspace is about, or what was answered to one item."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console, hanging
from desktop.cli.opening import add_workspace, opened, tell_older
from desktop.cli.overwriting import add_force, keep_others

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.workspace import Workspace
    from desktop.workspace.plan import Plan, Value


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, and one item to show instead of the whole."""
    add_workspace(parser, console)
    parser.add_argument(
        "item",
        nargs="?",
        default="",
        metavar=console.text(Message("cli.metavar.place")),
        help=console.text(Message("cli.help.show_item")),
    )
    parser.add_argument(
        "--from", dest="origin", action="store_true", help=console.text(Message("cli.help.show_from"))
    )
    parser.add_argument(
        "--next", dest="what_now", action="store_true", help=console.text(Message("cli.help.show_next"))
    )
    parser.add_argument(
        "--agency",
        default="",
        metavar=console.text(Message("cli.metavar.agency")),
        help=console.text(Message("cli.help.show_agency")),
    )
    _add_form_arguments(parser, console)


def _add_form_arguments(parser: Parser, console: Console) -> None:
    """A whole form, as it stands or ready to be copied."""
    text = console.text
    parser.add_argument("--form", default="", metavar="ID", help=text(Message("cli.help.show_form")))
    parser.add_argument("--copy", action="store_true", help=text(Message("cli.help.show_copy")))
    parser.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.files")),
        help=text(Message("cli.help.show_output")),
    )
    add_force(parser, console)
    parser.add_argument(
        "--answer-language",
        default="",
        choices=[each.value for each in Language],
        help=text(Message("cli.help.show_answer_language")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Region, years, guideline, counts; or every answer to one item."""
    from desktop.workspace.remembered import older_than_remembered

    with opened(options, console, read_only=True) as workspace:
        tell_older(workspace, console, older_than_remembered(workspace))
        plan, pack = workspace.plan(), workspace.pack()
        if options.what_now:
            from desktop.cli.what_now import show_next

            show_next(workspace, options.agency, console)
            return 0
        if options.form:
            from desktop.cli.copying import show_form

            if options.output is not None:
                # a text says nothing of whose it is
                keep_others(options.output)
            show_form(
                plan,
                pack,
                options.form,
                console,
                language=options.answer_language,
                copy=options.copy,
                output=options.output,
            )
            return 0
        if options.item:
            _show_item(options.item, plan, pack, console, workspace if options.origin else None)
            return 0
        console.record(
            "workspace",
            {
                "region": plan.region.code,
                "name": plan.region.name,
                "years": [plan.first_year, plan.last_year],
                "guideline": plan.guideline.id,
                "head": plan.head,
                "programmes": len(plan.programmes),
                "evidence": len(plan.evidence),
                "conflicts": len(plan.conflicts),
            },
            Message(
                "cli.show.plan",
                region=plan.region.name,
                code=plan.region.code,
                first=str(plan.first_year),
                last=str(plan.last_year),
                guideline=LocalText(pack.pack.title.texts),
                head=plan.head[:12],
                programmes=len(plan.programmes),
                evidence=len(plan.evidence),
                conflicts=len(plan.conflicts),
            ),
        )
    return 0


def _show_item(item: str, plan: Plan, pack: Pack, console: Console, asked: Workspace | None) -> None:
    """Every answer to an item, in all its languages. Raises UnknownItem.

    A workspace that is ``asked`` tells where each of them comes from.
    """
    from desktop.base.ids import derived_id
    from desktop.base.speech import value_text
    from desktop.cli.naming import Names
    from desktop.cli.setting import known_item
    from desktop.guideline import Guideline

    known_item(Guideline(pack), item)
    names = Names(plan, pack)
    found = [answer for (name, _), answer in plan.answers.items() if name == item]
    for answer in found:
        about = value_text(names.item(item, answer.scope), console.language)
        texts = dict(answer.text.values)
        lines: list[list[str]] = []
        written: list[tuple[str, Value]] = [("", answer.value)]
        if texts:
            written = sorted(texts.items(), key=lambda each: each[0] != plan.source_language)
        for language, value in written:
            row = derived_id("answer", item, answer.scope, language)
            shown = names.value("answer", row, "value", value, console.language)
            lines.append(hanging(f"{about}{f' ({language})' if language else ''}: ", shown))
        data = {"item": item, "scope": answer.scope, "value": answer.value, "texts": texts}
        if asked is not None:
            rows = {key: derived_id("answer", item, answer.scope, key) for key, _ in written}
            origins = asked.provenance([("answer", row, "value") for row in rows.values()])
            for place, (language, row) in enumerate(rows.items()):
                told = origins["answer", row, "value"]
                lines[place].append(f"  {console.text(told.message)}")
                data[f"from:{language}" if language else "from"] = {
                    "manner": told.manner.value,
                    "author": told.author,
                    "when": told.when.isoformat(),
                    "source": told.detail,
                }
        console.record("answer", data, [line for each in lines for line in each])
    if not found:
        console.note(Message("cli.show.nothing", item=item))
