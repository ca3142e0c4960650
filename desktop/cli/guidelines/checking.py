"""``rancang guideline check``: every fault of a pack with file, key and remedy, and what to know of it."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import add_pack, hash_of, signature_of


def add_arguments(parser: Parser, console: Console) -> None:
    """Which pack."""
    add_pack(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Exit code 1 when something must be mended; what should only be known does not count."""
    from desktop.guideline import BrokenPack
    from desktop.guideline.parts import remarks
    from desktop.guideline.provenance import provenance
    from desktop.guideline.store import open_named

    try:
        opened = open_named(options.pack)
    except BrokenPack as error:
        for fault in error.faults:
            console.fail(fault.message)
        console.note(Message("cli.guideline.faults", n=len(error.faults)))
        return error.exit_code
    signed = provenance(opened)
    pack = opened.pack
    counts = {
        "dimensions": len(pack.dimensions),
        "forms": len(pack.forms),
        "worksheets": len(pack.worksheets),
        "books": len(pack.books),
        "rules": len(pack.rules),
    }
    console.record(
        "guideline",
        {
            "id": pack.pack.id,
            "version": pack.pack.version,
            "sha256": opened.sha256,
            **counts,
            **signature_of(signed),
        },
        Message("cli.guideline.whole", title=pack.pack.title, version=pack.pack.version, **counts),
    )
    console.note(hash_of(opened))
    for message in remarks(pack, signed):
        console.record("remark", {"id": message.id, "text": console.text(message)}, message)
    return 0
