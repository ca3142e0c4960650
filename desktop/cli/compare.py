"""``rancang compare``: two states of a plan as a document: what was added, changed and removed, and money."""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace
from desktop.cli.paper_targets import add_paper, targets

if TYPE_CHECKING:
    from desktop.cli.revisions.writing import Compared


class NotAMoment(RancangError):
    """An option wants a day, or a day with a time, and got something else."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(Message("cli.revisions.no_moment", text=text[:40]))


class NothingToCompare(RancangError):
    """Neither an earlier file nor a moment was named, or both were."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(Message("cli.revisions.which"))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which states, and where the document goes."""
    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "earlier",
        nargs="?",
        type=Path,
        default=None,
        metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.compare_earlier")),
    )
    for option, message in (
        ("--since", Message("cli.help.compare_since")),
        ("--until", Message("cli.help.compare_until")),
    ):
        parser.add_argument(
            option, type=_moment, default=None, metavar=text(Message("cli.metavar.date")), help=text(message)
        )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path(),
        metavar=text(Message("cli.metavar.output")),
        help=text(Message("cli.help.compare_output")),
    )
    add_paper(parser, console)


def _moment(text: str) -> dt.datetime:
    """The end of a day, or a time of it, by this computer's clock."""
    try:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return dt.datetime.fromisoformat(text).astimezone()
        return dt.datetime.combine(day, dt.time(23, 59, 59)).astimezone()
    except (ValueError, OverflowError) as error:
        # argparse passes on what is neither its own error nor a ValueError, so the sentence stays ours
        raise NotAMoment(text) from error


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the comparison in each language, and say what differs."""
    from desktop.books.revisions import file_name
    from desktop.cli.revisions import Wanted
    from desktop.cli.revisions.writing import compare, write

    if (options.earlier is None) == (options.since is None):
        raise NothingToCompare
    wanted = Wanted(options.earlier, options.since, options.until)
    files = list(targets(options, options.output, file_name))
    _tell(compare(options.workspace, wanted, console.language), console)
    for language, target in files:
        spoken = Language(language)
        path = write(target, compare(options.workspace, wanted, spoken), spoken)
        said = Message("cli.revisions.written", file=str(path))
        console.record("comparison", {"language": language, "file": str(path)}, said)
    return 0


def _tell(compared: Compared, console: Console) -> None:
    """What differs: for programs each change, for people how many of each kind."""
    for state, said in (("before", compared.before.said), ("after", compared.after.said)):
        console.record("state", {"state": state, "text": console.text(said)}, said)

    def text(param: Param) -> str:
        return value_text(param, console.language)

    for each in compared.changes if console.as_json else ():
        page = {"page": each.page.page, "ref": each.page.ref} if each.page is not None else {}
        fields = [{"field": one.label, "before": one.before, "after": one.after} for one in each.said]
        record = {
            "what": each.what,
            **page,
            "owner": text(each.owner),
            "name": text(each.name),
            "fields": fields,
        }
        console.record("change", record, "")
    counts = Counter(each.what for each in compared.changes)
    console.note(
        Message(
            "cli.revisions.counts",
            added=counts["added"], changed=counts["changed"], removed=counts["removed"],
        )
    )  # fmt: skip
