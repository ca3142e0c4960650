"""``rancang help``: the built-in help, the same that the window shows; contents, a topic, or a search."""

from __future__ import annotations

import argparse

from desktop.base import Message, manual
from desktop.cli.arguments import Parser
from desktop.cli.console import Console


def add_arguments(parser: Parser, console: Console) -> None:
    """A topic, or words to look for; nothing lists the contents."""
    parser.add_argument(
        "topic",
        nargs="?",
        default="",
        metavar=console.text(Message("cli.metavar.topic")),
        help=console.text(Message("cli.help.topic")),
    )
    parser.add_argument(
        "--search",
        default="",
        metavar=console.text(Message("cli.metavar.words")),
        help=console.text(Message("cli.help.search")),
    )


def run(options: argparse.Namespace, console: Console) -> int:
    """Contents, one topic, a code of the verifier, or the topics that hold words. Raises NoSuchTopic."""
    from desktop.submission import code_help
    from desktop.submission.codes import find

    code_help.offer()
    language = console.language
    row = find(options.topic)
    if row is not None:
        data = {
            "code": row.code,
            "weight": row.weight.value,
            "group": row.group.value,
            "meaning": console.text(row.meaning),
            "remedy": console.text(row.remedy),
        }
        heading = f"{row.code} ({console.text(row.group.message)})"
        console.record("code", data, [heading, f"    {data['meaning']}", f"    {data['remedy']}"])
        return 0
    if options.search:
        found = manual.search(options.search, language)
        for each in found:
            data = {"id": each.topic.id, "title": each.topic.title, "around": each.around}
            console.record("help", data, [f"{each.topic.id:<20}{each.topic.title}", f"    {each.around}"])
        if not found:
            console.note(Message("cli.help.nothing", words=options.search))
        return 0
    if options.topic:
        topic = manual.topic(options.topic, language)
        console.record(
            "help", {"id": topic.id, "title": topic.title, "text": topic.text}, _printed(topic).splitlines()
        )
        return 0
    for topic in manual.topics(language):
        console.record("help", {"id": topic.id, "title": topic.title}, f"{topic.id:<20}{topic.title}")
    return 0


def _printed(topic: manual.Topic) -> str:
    """A topic for a terminal: links show the topic they lead to."""
    return manual.LINK.sub(
        lambda link: f"{link[1]} ({link[3]})" if link[2] == "help" else link[1], topic.text
    )
