"""``rancang find``: words across everything, best answers first; or every occurrence, exactly as asked."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser, whole_number
from desktop.cli.console import Console
from desktop.cli.opening import add_workspace, opened

if TYPE_CHECKING:
    from desktop.exchange.finding import Hit, Query, Source
    from desktop.exchange.searching import Found, Match, Placing
    from desktop.workspace import Workspace

PER_KIND = 20


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, the words, and how they are meant."""
    from desktop.exchange.searching.documents import Kind

    add_workspace(parser, console)
    add_query(parser, console)
    parser.add_argument("--each", action="store_true", help=console.text(Message("cli.help.find_each")))
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=[kind.value for kind in Kind],
        metavar=console.text(Message("cli.metavar.kind")),
        help=console.text(Message("cli.help.find_kind")),
    )
    parser.add_argument(
        "--limit",
        type=whole_number(1),
        default=PER_KIND,
        metavar="N",
        help=console.text(Message("cli.help.find_limit")),
    )


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
    """The best answers by kind, or every occurrence with its field; 1 when there is none."""
    from desktop.exchange.finding import find

    exactly = options.each or options.case or options.whole_word or options.pattern or options.languages
    with opened(options, console, read_only=True) as workspace:
        if not exactly and _search(workspace, options, console):
            return 0
        # an index knows words by their beginning; what stands within one is found by looking through all
        query = query_of(options)
        found = find(workspace.plan(), workspace.pack(), query) if exactly or not options.kind else []
    for hit in found:
        print_hit(hit, console)
    if not found:
        console.note(Message("cli.find.nothing", words=options.words))
    return 0 if found else 1


def _search(workspace: Workspace, options: argparse.Namespace, console: Console) -> bool:
    """Answer out of the index; whether there was an answer."""
    from desktop.exchange.searching import Kind, Placing, filled

    index = filled(workspace)
    kinds = [Kind(each) for each in options.kind] or None
    found = index.find(options.words, per_kind=options.limit, kinds=kinds)
    index.close()
    if found.total:
        _print_found(found, Placing(workspace.plan(), workspace.pack()), console)
    return bool(found.total)


def _print_found(found: Found, placing: Placing, console: Console) -> None:
    from desktop.exchange.searching import NAMES

    for group in found.groups:
        console.note(Message("cli.find.group", kind=NAMES[group.kind], n=group.total))
        for match in group.matches:
            _print_match(match, placing, console)
        if group.total > len(group.matches):
            console.note(Message("cli.find.more", count=group.total - len(group.matches)), 2)


def _print_match(match: Match, placing: Placing, console: Console) -> None:
    spot = placing.spot(match)
    where = value_text(placing.where(match), console.language)
    text = "".join(f"[{piece}]" if hit else piece for piece, hit in match.text)
    name, _, language = match.field.partition(":")
    console.record(
        "result",
        {
            "group": match.kind.value,
            "page": spot.page if spot else "",
            "ref": spot.ref if spot else "",
            "table": match.table,
            "row": match.row,
            "field": str(match.facts.get("column") or match.facts.get("item") or name),
            "about": str(match.facts.get("scope") or ""),
            "language": language or str(match.facts.get("language") or ""),
            "text": match.plain,
            "found": [piece for piece, hit in match.text if hit],
            "where": where,
        },
        f"  {where}: {text}",
    )


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
