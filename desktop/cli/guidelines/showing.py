"""``rancang guideline show``: what a pack asks, as an outline; what no source confirms is marked."""

from __future__ import annotations

import argparse

from desktop.base import Message
from desktop.base.message import Param
from desktop.base.quoting import bounded, bounded_each
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import add_pack, hash_of, signature_of


def add_arguments(parser: Parser, console: Console) -> None:
    """Which pack."""
    add_pack(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Title, issuer, state and signature, then part by part. Raises what opening a pack raises."""
    from desktop.guideline.outline import outline
    from desktop.guideline.parts import built
    from desktop.guideline.provenance import BUNDLED, provenance
    from desktop.guideline.store import WhichGuideline, find, open_named

    opened = open_named(options.pack)
    try:
        signed = find(options.pack).provenance
    except WhichGuideline:
        signed = provenance(opened)
    info = opened.pack.pack
    sure = signed.warning is None
    status = Message(f"guideline.status.{info.status}")
    if not sure:
        status = Message("cli.guideline.status_says", status=status)
    # nobody known vouches for what it calls itself
    called: dict[str, Param] = {
        "title": info.called if sure else bounded_each(info.called),
        "name": bounded(f"{info.id}@{info.version}"),
    }
    console.record(
        "guideline",
        {
            "info": built(info),
            "sha256": opened.sha256,
            "bundled": signed == BUNDLED,
            **signature_of(signed),
        },
        Message("cli.guideline.head", **called, status=status)
        if sure
        else Message("cli.guideline.head_says", **called, status=status),
    )
    if issuer := info.issuer.read(console.language):
        ours, own = (
            Message("cli.guideline.issuer", issuer=issuer),
            Message("cli.guideline.issuer_says", issuer=issuer),
        )
        console.note(ours if sure else own)
    console.note(hash_of(opened))
    console.note(Message("guideline.remark.signature", signature=signed.message))
    if info.based_on:
        console.note(Message("cli.guideline.based_on", base=info.based_on))
    if not info.verified:
        console.note(Message("guideline.remark.not_verified"))
    if note := info.note.read(console.language):
        console.note(Message("cli.guideline.note", note=note))
    for line in outline(opened.pack):
        text = console.text(line.message)
        data = {"level": line.level, "id": line.id, "text": text, "verified": line.verified}
        shown = f"{'  ' * line.level}{text}" + (f"  [{line.id}]" if line.level and line.id else "")
        console.record("outline", data, shown if line.level else ["", shown])
    return 0
