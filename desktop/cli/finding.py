"""``rancang find``: where words stand in the texts of the whole plan."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened

if TYPE_CHECKING:
    from desktop.exchange.finding import Hit, Query, Source


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, the words, and how they are meant."""
    add_workspace(parser, console)
    add_query(parser, console)


def add_query(parser: Parser, console: Console) -> None:
    """What is looked for."""
    metavar = console.text(Message("cli.metavar.words_sought"))
    parser.add_argument("words", metavar=metavar, help=console.text(Message("cli.help.words_sought")))
    for option, help_text in (
        ("--case", Message("cli.help.find_case")),
        ("--whole-word", Message("cli.help.find_whole_word")),
        ("--pattern", Message("cli.help.find_pattern")),
    ):
        parser.add_argument(option, action="store_true", help=console.text(help_text))
    parser.add_argument(
        "--in",
        dest="languages",
        action="append",
        choices=["id", "en"],
        default=[],
        help=console.text(Message("cli.help.find_in")),
    )


def query_of(options: argparse.Namespace) -> Query:
    """The query that options ask for."""
    from desktop.exchange.finding import Query

    return Query(
        options.words,
        case=options.case,
        whole=options.whole_word,
        pattern=options.pattern,
        languages=frozenset(options.languages),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Every occurrence with its field; 1 when there is none."""
    from desktop.exchange.finding import find

    with opened(options, console, read_only=True) as workspace:
        found = find(workspace.plan(), workspace.pack(), query_of(options))
    for hit in found:
        print_hit(hit, console)
    if not found:
        console.note(Message("cli.find.nothing", words=options.words))
    return 0 if found else 1


def print_hit(hit: Hit, console: Console) -> None:
    """One occurrence on one line."""
    place, where = hit.source.place, value_text(hit.source.where, console.language)
    console.record(
        "occurrence",
        {
            "page": hit.source.page.page,
            "ref": hit.source.page.ref,
            "table": place.table,
            "row": place.row,
            "field": place.field or place.item,
            "about": place.scope,
            "language": hit.source.language,
            "number": hit.number,
            "before": hit.before,
            "found": hit.found,
            "after": hit.after,
            "where": where,
        },
        f"{told(hit.source, console)}: {hit.before}[{hit.found}]{hit.after}",
    )


def told(source: Source, console: Console) -> str:
    """Where a text stands, and in which language if it has one."""
    where = value_text(source.where, console.language)
    return f"{where} ({source.language})" if source.language else where
