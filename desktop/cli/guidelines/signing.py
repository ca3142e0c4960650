"""``rancang guideline sign``: the issuer's signature over a pack, written inside its file."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop.base import Message, clock
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.guidelines.naming import signature_of
from desktop.cli.sign import add_key, key


def add_arguments(parser: Parser, console: Console) -> None:
    """The pack's file or folder, the key, and where the signed file lies."""
    file = console.text(Message("cli.metavar.file"))
    parser.add_argument(
        "file", type=Path, metavar=file, help=console.text(Message("cli.help.guideline_sign"))
    )
    parser.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar=file,
        help=console.text(Message("cli.help.guideline_output")),
    )
    add_key(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the signed file. Raises BrokenPack, NoKey, KeyUnfit, FileProblem, what opening a key raises."""
    from desktop.guideline.container import SUFFIX
    from desktop.guideline.issuing import sign_pack
    from desktop.guideline.provenance import provenance
    from desktop.guideline.store import replace_whole
    from desktop.trust import load_anchors

    source: Path = options.file
    target = options.output or (source if source.is_file() else source.with_name(f"{source.name}{SUFFIX}"))
    if target != source and target.exists():
        from desktop.cli.packages import in_the_way

        raise in_the_way(target)
    anchors, now = load_anchors(options.trust), clock.now()
    signed, checks = sign_pack(source, key(options, console), anchors, now)
    replace_whole(target, signed.file_bytes)
    for each in checks:
        if each.grade.value != "good":
            console.note(each.message)
    said = provenance(signed, anchors, now)
    console.record(
        "guideline-signed",
        {"file": str(target), "id": signed.pack.pack.id, "version": signed.pack.pack.version}
        | signature_of(said),
        Message("cli.guideline.signed", file=str(target), who=said.holder),
    )
    return 0
