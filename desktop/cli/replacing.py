"""``rancang replace``: put words in place of others in the whole plan, as one change that can be undone."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.finding import add_query, query_of, told
from desktop.cli.opening import add_author, add_workspace, opened


def add_arguments(parser: Parser, console: Console) -> None:
    """The workspace, the words, what comes in their place, and whether only to tell."""
    add_workspace(parser, console)
    add_query(parser, console)
    metavar = console.text(Message("cli.metavar.new_words"))
    parser.add_argument("new", metavar=metavar, help=console.text(Message("cli.help.new_words")))
    dry = console.text(Message("cli.help.dry_run_replace"))
    parser.add_argument("--dry-run", action="store_true", help=dry)
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Replace everywhere; 1 when nothing was found."""
    from desktop.exchange.replacing import changes, write

    query = query_of(options)
    with opened(options, console, read_only=options.dry_run) as workspace:
        plan = workspace.plan()
        made = changes(plan, workspace.pack(), query, options.new)
        for each in made:
            where = value_text(each.source.where, console.language)
            console.record(
                "changed",
                {
                    "page": each.source.page.page,
                    "ref": each.source.page.ref,
                    "language": each.source.language,
                    "count": each.count,
                    "where": where,
                    "before": each.source.value,
                    "after": each.new,
                },
                f"{told(each.source, console)}: {each.count}",
            )
        count = sum(each.count for each in made)
        if made and not options.dry_run:
            label = Message("ui.op.replace", words=options.words, new=options.new, n=count)
            with workspace.operation(label) as operation:
                write(operation, plan, made)
    if options.dry_run:
        console.note(Message("cli.replace.would", n=count, words=options.words))
    else:
        console.note(Message("cli.replace.done", n=count, words=options.words))
    return 0 if made else 1
