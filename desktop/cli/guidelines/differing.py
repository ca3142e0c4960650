"""``rancang guideline diff``: what is new, gone and changed from one pack to another, in sentences."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import add_pack


def add_arguments(parser: Parser, console: Console) -> None:
    """The older and the newer pack."""
    add_pack(parser, console, "before")
    add_pack(parser, console, "after")


def run(options: argparse.Namespace, console: Console) -> int:
    """One sentence for each difference, those of one kind together; always exit code 0."""
    from desktop.guideline.comparing import as_json, compare
    from desktop.guideline.store import open_named

    before, after = (open_named(each).pack for each in (options.before, options.after))
    found = compare(before, after, console.language.value)
    for one in found:
        console.record("difference", as_json(one), f"- {console.text(one.message)}")
        for aspect in one.aspects:
            console.line(f"    {console.text(aspect.message)}")
    counts = {change: sum(one.change == change for one in found) for change in ("new", "gone", "changed")}
    said = Message("cli.guideline.diff", before=_called(before.pack), after=_called(after.pack), **counts)
    console.record("differences", counts, said if found else Message("cli.guideline.same"))
    return 0


def _called(info: object) -> str:
    return f"{getattr(info, 'id', '')} {getattr(info, 'version', '')}"
